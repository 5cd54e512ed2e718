"""The command line: exit codes that scripts rely on, sentences instead of traces."""

from __future__ import annotations

import io
import os
from importlib import import_module
from types import SimpleNamespace

import pytest

from api.cli import main as command_line
from api.cli.exits import BUG, FINDINGS, GOOD, UNUSABLE, Unusable
from api.cli.main import COMMANDS, full_parser, main
from api.security import passwords
from api.settings import load
from engine.errors import EngineBug, FlowError, Problem, Where, worded


def test_the_command_alone_lists_what_there_is(capsys: pytest.CaptureFixture[str]):
    """No command is unusable input; what there is stands on standard error."""
    assert main([]) == UNUSABLE
    out, err = capsys.readouterr()
    assert out == ""
    assert "new" in err
    assert "Exit codes" in err


@pytest.mark.parametrize("words", [[], ["nonsense"], ["serve", "--nonsense"], ["serve", "--port", "many"]])
def test_a_wrong_command_line_is_unusable_input(words: list[str], capsys: pytest.CaptureFixture[str]):
    """A missing or unknown command or option ends in exit code 2 with the usage."""
    assert main(words) == UNUSABLE
    assert "usage: wegwijzer" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["serve", "--help"]])
def test_help_is_no_fault(words: list[str], capsys: pytest.CaptureFixture[str]):
    """Asking for help or the version is good."""
    assert main(words) == GOOD
    assert "wegwijzer" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("raised", "code", "says"),
    [
        (Unusable("Name a flow."), UNUSABLE, "Name a flow."),
        (
            FlowError([Problem(Where("f.yaml", 2, 3), "E-X", worded("Wrong."), worded("Mend it."))]),
            UNUSABLE,
            "f.yaml:2:3: error E-X: Wrong.",
        ),
        (PermissionError(13, "Permission denied", "x.yaml"), UNUSABLE, "x.yaml: Permission denied."),
        (EngineBug("999993653"), BUG, "fault of Wegwijzer itself (EngineBug"),
        (ValueError("999993653"), BUG, "fault of Wegwijzer itself (ValueError"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_an_error_is_a_sentence(
    raised: BaseException, code: int, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Whatever a command raises ends in its exit code and a sentence, without a trace and without values."""

    def run(_given: object) -> int:
        raise raised

    monkeypatch.setattr(command_line, "import_module", lambda _: SimpleNamespace(arguments=lambda _: None, run=run))
    assert main(["key"]) == code
    err = capsys.readouterr().err
    assert says in err
    assert "Traceback" not in err
    assert "999993653" not in err


def test_what_the_machine_says_of_a_file_is_told_in_dutch_too(capsys: pytest.CaptureFixture[str]):
    """A file that is not there, in the language of whoever asks."""
    assert main(["answer", "boom-kappen", "/nowhere/people.jsonl", "--language", "nl"]) == UNUSABLE
    assert "dat bestand of die map is er niet" in capsys.readouterr().err


def test_a_command_s_exit_code_is_handed_on(monkeypatch: pytest.MonkeyPatch):
    """Findings are exit code 1."""
    finds = SimpleNamespace(arguments=lambda _: None, run=lambda _: FINDINGS)
    monkeypatch.setattr(command_line, "import_module", lambda _: finds)
    assert main(["key"]) == FINDINGS


def test_every_command_has_its_file_and_its_options():
    """Each command of the table has a module with `arguments` and `run`, and the parser of all of them stands."""
    for name in COMMANDS:
        module = import_module(f"api.cli.{name.replace('-', '_')}")
        assert callable(module.arguments)
        assert callable(module.run)
    assert "serve" in full_parser().format_help()


def test_a_key_fits_the_setting(capsys: pytest.CaptureFixture[str]):
    """`wegwijzer key` prints what WEGWIJZER_MASTER_KEYS takes; a name that cannot stand there is refused."""
    assert main(["key", "k2026"]) == GOOD
    assert capsys.readouterr().out.startswith("k2026:")
    assert main(["key", "a:b"]) == UNUSABLE
    assert main(["key", "demo"]) == UNUSABLE


def test_a_password_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """`wegwijzer password` never takes a password as an argument, and what it prints matches that password."""
    monkeypatch.setattr("sys.stdin", io.StringIO("a long sentence\n"))
    assert main(["password"]) == GOOD
    assert passwords.matches("a long sentence", capsys.readouterr().out.strip())
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["password"]) == UNUSABLE


def test_the_settings_of_this_environment_are_readable():
    """Nothing in the environment of the tests is a misspelled setting."""
    assert load(os.environ).demo
