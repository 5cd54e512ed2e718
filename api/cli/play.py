"""`wegwijzer play FLOW`: walk through a flow in the terminal, as a citizen.

The question as the citizen reads it; `?` says why it is asked, `why not FACT` why another is not. Undo, another
channel, time that passes, a person, the civil servant's steps; `save NAME` keeps the walk as a scenario that
`wegwijzer test` runs. Reads standard input, so a walk can be piped in. Exit code 0; 2 for a flow that cannot be used.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from api.cli.exits import GOOD, Unusable
from api.cli.flow_files import FLOWS, called, find, load
from api.cli.play_answers import answer_move
from api.cli.play_screen import Screen
from api.cli.report import language_of
from api.clock import SystemClock
from engine.errors import AnswerError, RefusedEvent, WegwijzerError, worded
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.harness.recorded import recorded, shortfall
from engine.harness.walk import BadMove, BareMove, Move, NoMove, Walk, read_move, walked
from engine.harness.why import WhyNot, why_not
from engine.journey.facts import day
from ui_schema.build_answers import supplier_words
from ui_schema.build_bench import trouble_words
from ui_schema.flow_texts import label_of, shown
from ui_schema.shape import Language
from ui_schema.texts import say

MOST_FILES = 100


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--day", metavar="DATE", help="the day on which the walk starts [today]")
    parser.add_argument("--language", choices=("nl", "en"), help="language of the words [that of LANG, else en]")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(worded("--day takes a day, written as 2026-03-01.")) from None


def run(given: argparse.Namespace) -> int:
    """Walk until `quit` or the end of the input. Raises Unusable or FlowError for a flow that cannot be used."""
    path = find(given.flow, given.flows)
    graph = load(given.flow, given.flows)
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401  lines can be edited and called back
    start = _day(given.day) if given.day else day(SystemClock().now())
    language = Language(language_of(given))
    once_more = say(language, "dev.play.interrupted")
    Play(graph, path, start, language, sys.stdout).whole(lines(sys.stdin, once_more))
    return GOOD


def lines(source: TextIO, once_more: str) -> Iterator[str]:
    """What is typed, line by line; what is piped in is shown behind the prompt, so that a transcript reads well.

    Ctrl-C drops what was typed, and says how to stop; twice in a row it stops, so that nobody loses a walk by it.
    """
    interrupted = not source.isatty()
    while True:
        try:
            line = input("> ")
        except EOFError:
            print()
            return
        except KeyboardInterrupt:
            print()
            if interrupted:
                return
            interrupted = True
            print(once_more)
            continue
        except UnicodeDecodeError:
            raise Unusable(worded("What was piped in is not UTF-8 text.")) from None
        interrupted = not source.isatty()
        if interrupted:
            print(line)
        yield line.strip()


class Play:
    """One walk in the terminal."""

    def __init__(self, graph: Graph, path: Path, start: date, language: Language, out: TextIO) -> None:
        self.graph = graph
        self.path = path
        self.language = language
        self.walk = Walk(graph, start)
        self.screen = Screen(graph, language, out)
        self.chosen = ""
        self.skipped: set[str] = set()

    def whole(self, typed: Iterator[str]) -> None:
        """From the first question to the last line."""
        self.screen.opening()
        self._show()
        for line in typed:
            if line in ("quit", "exit", "stop", "q"):
                return
            if line and not self._command(line):
                self._move(line)

    # -- where we are

    @property
    def asked(self) -> str:
        """The question on the screen: the one that was chosen, else the first that was not skipped."""
        open_now = [ask.fact for ask in self.walk.may().questions]
        if self.chosen in open_now:
            return self.chosen
        left = [fact for fact in open_now if fact not in self.skipped]
        recommended = self.walk.may().recommended
        return recommended if recommended in left else next(iter(left), "")

    def _show(self) -> None:
        self.screen.show(self.walk, self.asked)

    # -- commands

    def _command(self, line: str) -> bool:
        """Whether the line was a command of this program."""
        word, _, rest = line.partition(" ")
        command = self._commands().get(word.lower())
        if line == "?" or (word.lower() in ("why", "waarom") and not rest):
            self.screen.why(self.walk, self.asked)
        elif word.lower() in ("why", "waarom"):
            self._why_not(rest.removeprefix("not ").removeprefix("niet ").strip())
        elif command is None:
            return False
        else:
            command(rest.strip())
        return True

    def _commands(self) -> dict[str, Callable[[str], None]]:
        return {
            "help": lambda _: self.screen.told("dev.play.help"),
            "undo": self._undo,
            "terug": self._undo,
            "answers": lambda _: self.screen.answers(self.walk),
            "questions": lambda _: self.screen.questions(self.walk),
            "go": self._go,
            "skip": self._skip,
            "save": self._save,
        }

    def _undo(self, _rest: str) -> None:
        if not self.walk.told:
            self.screen.told("dev.play.nothing_to_undo")
            return
        last = self.walk.told[-1]
        self.walk = walked(self.graph, self.walk.day, self.walk.told[:-1])
        self.chosen = last.name if last.kind == "answer" else ""
        self.screen.told("dev.play.undone", move=last)
        self._show()

    def _go(self, fact: str) -> None:
        names = [ask.fact for ask in self.walk.may().questions]
        if fact not in names:
            self.screen.told("dev.play.no_question" if names else "dev.play.nothing", fact=fact, open=", ".join(names))
            return
        self.chosen = fact
        self.skipped.discard(fact)
        self._show()

    def _skip(self, _rest: str) -> None:
        if self.asked:
            self.skipped.add(self.asked)
            self.chosen = ""
        self._show()

    def _why_not(self, fact: str) -> None:
        reason = why_not(self.graph, self.walk.now, fact)
        values: dict[str, str] = {"fact": fact, "next": self._label(self.asked), "value": "", "when": "", "names": ""}
        node = self.graph.facts.get(fact)
        if reason is WhyNot.NO_FACT:
            near = get_close_matches(fact, self.graph.facts, 3, 0.4) or list(self.graph.facts)[:5]
            values["names"] = ", ".join(near)
        elif reason is WhyNot.KNOWN:
            values["value"] = shown(self.graph, fact, self.walk.now.answers[fact].value, self.language)
        elif reason is WhyNot.NOT_APPLICABLE and node is not None and node.when is not None:
            values["when"] = node.when.text
        elif reason is WhyNot.OTHER and node is not None:
            kind = next((ref for ref in node.spec.suppliers), None)
            name = f"{kind.name}" if kind is not None and kind.kind is SupplierKind.REGISTER else ""
            values["supplier"] = supplier_words(str(kind.kind) if kind else "worker", name, self.language, True)
        self.screen.told(f"dev.play.not.{reason}", **values)

    def _label(self, fact: str) -> str:
        return label_of(self.graph, fact, self.language) if fact else ""

    # -- moves

    def _move(self, line: str) -> None:
        """An answer to the question on the screen, or any other move."""
        try:
            self.walk.move(self._read(line))
        except (AnswerError, RefusedEvent, BadMove) as error:
            self._refused(error)
            return
        self.chosen = ""
        self._show()

    def _read(self, line: str) -> Move:
        """The move; what is none answers the question. A bare `via` that does not is told to lack a name."""
        try:
            return read_move(line)
        except BadMove as bad:
            if not self.asked:
                raise
            try:
                return answer_move(self.graph, self.asked, line, self.language)
            except AnswerError:
                if isinstance(bad, BareMove):
                    raise bad from None
                raise

    def _refused(self, error: WegwijzerError) -> None:
        words = trouble_words(self.graph, error, self.language)
        if isinstance(error, NoMove) and not self.asked:
            words = say(self.language, "dev.play.nothing_asked")
        elif isinstance(error, BadMove):
            words = say(self.language, "dev.play.did_not_understand", problem=words)
        elif isinstance(error, AnswerError) and error.code == "answer.required" and error.fact == self.asked:
            words = self.screen.choices(self.asked) or words
        self.screen.line(f"✗ {words}")

    # -- keeping it

    def _save(self, name: str) -> None:
        if not name or not self.walk.told:
            self.screen.told("dev.play.name" if self.walk.told else "dev.play.nothing_walked")
            return
        text = recorded(self.walk, name)
        wrong = shortfall(self.walk, text)
        if wrong:
            self.screen.told("dev.play.not_saved", problem=wrong[0])
            return
        for file in self._files(name):
            if not file.exists():
                break
            if file.read_bytes() == text.encode():
                self.screen.told("dev.play.saved_before", file=file)
                return
            self.screen.told("dev.play.saved_beside", taken=file)
        else:
            raise Unusable(
                worded("There are {most_files} scenarios of that name; choose another one.", most_files=MOST_FILES)
            )
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.screen.told("dev.play.saved", file=file, flow=called(self.path))

    def _files(self, name: str) -> Iterator[Path]:
        """The files in which a walk of that name may stand, the likeliest first."""
        plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.lower())
        stem = "-".join(part for part in plain.split("-") if part)[:60] or "gelopen"
        for number in range(1, MOST_FILES):
            yield self.path.parent / "scenarios" / (f"{stem}.yaml" if number == 1 else f"{stem}-{number}.yaml")
