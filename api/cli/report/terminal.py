"""A report for people: a place, a mark, the sentence, the line of the file, a citizen who shows it, what to do next.

Readable without colour: every mark is a symbol and a word. Colour only on a terminal, never with NO_COLOR.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import IO

from rich.console import Console
from rich.text import Text

from api.cli.report.frame import frame
from api.cli.report.model import Case, Finding, Part, Report
from api.cli.report.words import symbol, word

STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan", "good": "bold green", "not_done": "bold"}


class Terminal:
    """Prints reports in one language on one stream."""

    def __init__(self, language: str, stream: IO[str] | None = None) -> None:
        self.language = language
        self.console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
        self.plain = not (self.console.encoding or "").lower().startswith("utf")

    def show(self, report: Report) -> None:
        """All of a report, and where to read more."""
        self.tell(self.lines(report))

    def tell(self, lines: Iterable[Text]) -> None:
        """Lines at once: one by one each costs as much as ten."""
        told = list(lines)
        if told:
            self.console.print(Text("\n").join(told))

    def lines(self, report: Report) -> Iterator[Text]:
        """The lines of a report."""
        for part in report.parts:
            yield from self._part(part, report)
        codes = list(dict.fromkeys(found.code for found in report.findings()))
        if codes:
            yield Text(f"{word('explain', self.language)}: wegwijzer lint --explain {codes[0]}", style="dim")

    def _part(self, part: Part, report: Report) -> Iterator[Text]:
        for found in part.findings:
            yield from self._finding(found)
        for case in part.cases:
            yield from self._case(case)
        for what in part.not_done:
            yield self._marked("not_done", f"{word('not_done', self.language)}: {what}")
        yield self._verdict(part, "proven" if report.command == "prove" else "sound")
        for line in part.said:
            yield Text(f"    {line}")

    def _marked(self, mark: str, rest: str) -> Text:
        return Text.assemble((self._symbol(mark), STYLES[mark]), " ", rest)

    def _symbol(self, name: str) -> str:
        return symbol(name, plain=self.plain)

    def _finding(self, found: Finding) -> Iterator[Text]:
        style = STYLES[found.severity]
        yield Text.assemble(
            (self._symbol(found.severity), style), " ",
            (f"{_place(found)}: ", "bold"),
            (f"{word(found.severity, self.language)} {found.code}", style), f": {found.message}",
        )  # fmt: skip
        shown = frame(found.file, found.line, found.column, self._symbol("bar"))
        if shown:
            yield Text("    " + shown[0], style="dim")
            yield Text.assemble(("    " + shown[1], style))
        if found.witness is not None:
            told = ", ".join(f"{fact}: {_said(value)}" for fact, value in found.witness.items())
            yield Text(f"    {word('witness', self.language)}: {told or word('anybody', self.language)}")
        if found.way:
            yield from self._way(found.way)
        if found.hint:
            yield Text.assemble("    ", (self._symbol("next"), "bold"), f" {found.hint}")

    def _way(self, way: tuple[str, ...]) -> Iterator[Text]:
        """Steps on one line; sentences each on their own."""
        if not way[0].endswith("."):
            yield Text(f"    {word('way', self.language)}: {' '.join(way)}")
            return
        yield Text(f"    {word('way', self.language)}:")
        for number, sentence in enumerate(way, 1):
            yield Text(f"    {number:>4}. {sentence}")

    def _case(self, case: Case) -> Iterator[Text]:
        if case.failures:
            yield self._marked("error", f"{case.file}:{case.line}: {case.name}" if case.file else case.name)
            for failure in case.failures:
                yield Text(f"    {failure}")
        elif case.skipped:
            yield self._marked("not_done", f"{case.name}: {word('skipped', self.language)}: {case.skipped}")

    def _verdict(self, part: Part, good: str) -> Text:
        counted = Counter(found.severity for found in part.findings)
        bad = bool(counted["error"] or counted["warning"] or any(case.failures for case in part.cases))
        mark = "error" if bad else "not_done" if part.not_done else "good"
        said = [
            f"{counted[each]} {self._number(each, counted[each])}" for each in ("error", "warning") if counted[each]
        ]
        if part.cases:
            held = sum(not case.failures and not case.skipped for case in part.cases)
            says = f"{held} {word('of', self.language)} {len(part.cases)} {word('held', self.language)}"
            said.append(says)
        if part.not_done:
            said.append(f"{len(part.not_done)} {word('not_done', self.language)}")
        if not said:
            said.append(word(good, self.language))
        if counted["note"]:
            said.append(f"{counted['note']} {self._number('note', counted['note'])}")
        return self._marked(mark, f"{part.file or part.flow}: {', '.join(said)}")

    def _number(self, severity: str, count: int) -> str:
        return word(severity if count == 1 else f"{severity}s", self.language)


def words_of(report: Report) -> str:
    """A report as plain lines, without colour: for logs and tests."""
    return "\n".join(line.plain for line in Terminal(report.language).lines(report))


def _place(found: Finding) -> str:
    if not found.line:
        return found.file or "?"
    return f"{found.file}:{found.line}:{found.column}" if found.column else f"{found.file}:{found.line}"


def _said(value: object) -> str:
    if value is None or isinstance(value, bool):
        return {None: "none", True: "yes", False: "no"}[value]
    return str(value)
