"""A rule set aside in writing: a comment in the flow file, with the reason.

    # lint: L-ASK-SHORT: the law prescribes these words
    verklaring: {type: boolean, ask: "..."}

On a line of its own it counts for the entry below it, with everything inside; above the first key of the file, for the
whole file. Only a rule (`L-...`) or a warning (`W-...`) can be set aside: an error cannot. A waiver is a comment, so it
is no part of the flow's version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WAIVER = re.compile(r"^(\s*)#\s*lint:\s*([A-Za-z0-9-]+)\s*(?::\s*(.*))?$")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver: the lines `first` up to and including `last` (from 1) are free of `code`, for `reason`."""

    code: str
    reason: str
    line: int
    column: int
    first: int
    last: int

    def covers(self, code: str, line: int) -> bool:
        """Whether a finding on `line` is set aside."""
        return code == self.code and self.first <= line <= self.last


def waivers_of(text: str) -> tuple[Waiver, ...]:
    """Every waiver of a flow file, in its order."""
    return tuple(_waivers(text.splitlines()))


def _waivers(lines: list[str]) -> Iterator[Waiver]:
    seen = False
    for number, line in enumerate(lines, start=1):
        match = _WAIVER.match(line)
        if match:
            first, last = _block(lines, number) if seen else (1, len(lines))
            yield Waiver(match[2], (match[3] or "").strip(), number, len(match[1]) + 1, first, last)
        seen = seen or bool(line.strip() and not line.lstrip().startswith("#"))


def _block(lines: list[str], after: int) -> tuple[int, int]:
    """The entry below line `after`: its line up to the last one that is indented deeper."""
    rest = [(number, line) for number, line in enumerate(lines, start=1) if number > after]
    written = [(number, line) for number, line in rest if line.strip() and not line.lstrip().startswith("#")]
    if not written:
        return after, after
    first, head = written[0]
    depth = len(head) - len(head.lstrip())
    last = first
    for number, line in written[1:]:
        if len(line) - len(line.lstrip()) <= depth:
            break
        last = number
    return first, last
