"""The help of every command, and what is said of a mistake on the command line, in Dutch and English."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

import pytest

from api.cli.examples import EXAMPLE, EXAMPLES
from api.cli.help_nl import ARGPARSE, DUTCH, SENTENCES, in_dutch
from api.cli.main import COMMANDS, full_parser, main


def texts(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Everything that a parser and those of its commands say of themselves."""
    yield from filter(None, (parser.description, (parser.epilog or "").split(EXAMPLE)[0]))
    for group in parser._action_groups:
        yield from filter(None, (group.title, group.description))
    for action in parser._actions:
        if action.help and action.help != argparse.SUPPRESS:
            yield action.help
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help for choice in action._choices_actions if choice.help)
            for sub in action.choices.values():
                yield from texts(sub)


def test_every_text_of_the_help_has_a_dutch_one() -> None:
    """Whoever adds an option writes what it does in both languages."""
    assert sorted({text for text in texts(full_parser()) if text not in {*DUTCH, *ARGPARSE, *SENTENCES}}) == []


def test_nothing_in_the_catalogue_is_left_over() -> None:
    """What no command says any more leaves the catalogue."""
    said = set(texts(full_parser()))
    assert sorted(english for english in DUTCH if english not in said) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_one_example_that_is_right(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It stands under the help in both languages, and the parser takes it as it is."""
    words = shlex.split(EXAMPLES[command])
    assert words[:2] == ["wegwijzer", command]
    assert full_parser().parse_args(words[1:]).command == command
    for language, begins in (("nl", "voorbeeld: "), ("en", "example: ")):
        assert main([command, "--language", language, "--help"]) == 0
        assert begins in capsys.readouterr().out


def test_dutch_help_holds_no_english() -> None:
    """Told in Dutch nothing of the English is left, but what is the same in both."""
    parser = full_parser()
    before = set(texts(parser))
    in_dutch(parser)
    assert before & set(texts(parser)) <= {"options"}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_the_language_of_the_environment(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """LANG says it, and afterwards it is English again."""
    monkeypatch.setenv("COLUMNS", "400")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert main([command, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("gebruik: wegwijzer")
    assert DUTCH[COMMANDS[command]][1:] in said
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert main([command, "--help"]) == 0
    assert COMMANDS[command][1:] in capsys.readouterr().out


def test_a_mistake_is_told_in_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """`--language` on the same line counts, also for what argparse has to say."""
    assert main(["lint", "x", "--language", "nl", "--kleur"]) == 2
    assert "fout: onbekende argumenten: --kleur" in capsys.readouterr().err
    assert main(["lint", "x", "--language=en", "--colour"]) == 2
    assert "error: unrecognized arguments: --colour" in capsys.readouterr().err


@pytest.mark.parametrize("command", [own for own in COMMANDS if own not in ("serve", "password", "key", "schema")])
def test_every_command_takes_a_language(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--language` wins over LANG, in the help and in what is refused."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert main([command, "--language", "nl", "--help"]) == 0
    assert capsys.readouterr().out.startswith("gebruik: wegwijzer")


def test_an_action_of_dmn_takes_a_language_behind_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes it last is heard too."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert main(["dmn", "export", "nergens", "--language", "nl"]) == 2
    assert capsys.readouterr().err.startswith("Er is geen proces `nergens`")
