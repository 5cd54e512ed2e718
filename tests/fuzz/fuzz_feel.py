"""A fuzzer for FEEL: parser, checker and evaluator on made-up, mutated and meaningless texts.

    python -m tests.fuzz.fuzz_feel --minutes 10 --seed 1

It ends at the first text that raises anything but FeelSyntaxError or BudgetExceeded, takes longer than
`SLOWEST` seconds, contradicts what was known with facts missing, or makes the process larger than
`LARGEST` MB; else it prints how much it tried.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import resource
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from engine.feel.check import check
from engine.feel.evaluator import BudgetExceeded, Run, compile_expression
from engine.feel.names import free_names
from engine.feel.parser import FeelSyntaxError, Profile, parse, parse_type, parse_unary_tests
from engine.feel.types import BOOLEAN, DATE, NUMBER, choice, list_of, or_unsure
from engine.feel.unknown import UNKNOWN
from engine.feel.unsure import UNSURE
from engine.feel.values import FarDate, FarDateTime, OpenList, Range, YearsMonths
from tests.engine.feel.generated import ATOMS, CALLS, NAMES, TEMPLATES, agrees

SLOWEST: Final = 5.0
LARGEST: Final = 200
_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_TYPES: Final = {
    "a": NUMBER,
    "b": or_unsure(BOOLEAN),
    "c": choice(["a", "b"]),
    "xs": list_of(DATE),
    "item": DATE,
}
_VALUES: Final[tuple[object, ...]] = (
    *(Decimal(text) for text in ("0", "-0", "1", "2.5", "-7", "1E+6144", "1E-6143", "NaN", "sNaN", "Infinity", "1e30")),
    *("", "a", "b", "P1D", "2024-02-29", "\ud83d", "x" * 1000, "10:00:00@Europe/Amsterdam", "[1..2]", "(a+)+$"),
    *(True, False, None, UNKNOWN, UNSURE, 3, 2.5, object()),
    *(date(1, 1, 1), date(9999, 12, 31), FarDate(-999_999_999, 1, 1), FarDate(999_999_999, 12, 31)),
    *(datetime(9999, 12, 31, 23, 59, 59), datetime(1, 1, 1, tzinfo=_ZONE), datetime(2024, 3, 31, 2, 30, tzinfo=_ZONE)),
    *(
        FarDateTime(10_000, 2, 29, tzinfo=_ZONE),
        FarDateTime(-1, 1, 1),
        clock(2, 30, tzinfo=_ZONE),
        clock(1, tzinfo=UTC),
    ),
    *(timedelta.max, timedelta.min, timedelta(0), YearsMonths(10**16), YearsMonths(-1)),
)
_SCRAPS: Final = (*"()[]{}<>=+-*/.,:?@\"'\\|#\n\t é🐎", "..", "**", "//", "/*", "*/", "->", "1e9", "0x", "\\u12")
_WORDS: Final = ("and", "or", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies", "between")


@dataclass
class Tally:
    """What was tried, and the slowest of it."""

    texts: int = 0
    parsed: int = 0
    evaluated: int = 0
    spent: int = 0
    compared: int = 0
    slowest: float = 0.0
    slowest_text: str = field(default="", repr=False)


class Fuzzer:
    """Makes texts and scopes from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  (no secret is made of it)
        self.tally = Tally()

    def expression(self, depth: int) -> str:
        pick = self.random
        if depth <= 0 or pick.random() < 0.2:
            return pick.choice(ATOMS)
        template = pick.choice(TEMPLATES if pick.random() < 0.6 else CALLS)
        return template.format(*(self.expression(depth - 1) for _ in range(3)))

    def mutated(self, text: str) -> str:
        """`text` with pieces cut, doubled, swapped or strange things put in."""
        pick = self.random
        for _ in range(pick.randint(1, 4)):
            here, there = sorted(pick.randint(0, len(text)) for _ in range(2))
            piece = text[here:there]
            filling = pick.choice((*_SCRAPS, *_WORDS, *NAMES, piece * 2, piece[::-1], "", "(" * 50))
            text = text[:here] + filling + text[there:]
        return text[:5000]

    def text(self) -> str:
        made = self.expression(self.random.randint(1, 5))
        return made if self.random.random() < 0.6 else self.mutated(made)

    def value(self, depth: int = 2) -> object:
        pick = self.random
        if depth <= 0 or pick.random() < 0.6:
            return pick.choice(_VALUES)
        items = [self.value(depth - 1) for _ in range(pick.randint(0, 4))]
        kind = pick.randint(0, 3)
        if kind == 0:
            return OpenList(items)
        if kind == 1:
            return dict(zip("abcd", items, strict=False))
        if kind == 2:
            return Range(pick.choice(_VALUES), pick.choice(_VALUES), pick.random() < 0.5, pick.random() < 0.5)
        return items

    def completion(self, value: object) -> object:
        """What `value` may turn out to be."""
        if value is UNKNOWN:
            return self.completion(self.value())
        if isinstance(value, list):
            more = [self.completion(self.value(0)) for _ in range(self.random.randint(0, 2))]
            return [*map(self.completion, value), *(more if isinstance(value, OpenList) else ())]
        if isinstance(value, dict):
            return {key: self.completion(part) for key, part in value.items()}
        if isinstance(value, Range):
            low, high = self.completion(value.low), self.completion(value.high)
            return Range(low, high, value.low_closed, value.high_closed)
        return value

    def once(self) -> None:
        """One text through everything."""
        text = self.text()
        self.tally.texts += 1
        profile = self.random.choice(list(Profile))
        with suppress(FeelSyntaxError):
            parse_type(text)
        with suppress(FeelSyntaxError):
            cell = parse_unary_tests(text, NAMES, profile=profile)
            self.evaluate(text, compile_expression(cell), {"?": self.value()})
        try:
            expr = parse(text, NAMES, profile=profile)
        except FeelSyntaxError:
            return
        self.tally.parsed += 1
        free_names(expr)
        check(expr, _TYPES)
        program = compile_expression(expr)
        scope = {name: self.value() for name in NAMES if self.random.random() < 0.9}
        partial = self.evaluate(text, program, scope)
        full = self.evaluate(text, program, {name: self.completion(value) for name, value in scope.items()})
        if partial is not _SPENT and full is not _SPENT:
            self.tally.compared += 1
            if not agrees(partial, full):
                raise AssertionError(f"{text!r} in {scope!r}: first {partial!r}, later {full!r}")

    def evaluate(self, text: str, program: object, scope: dict[str, object]) -> object:
        """The value, timed; _SPENT when the budget ran out."""
        assert callable(program)
        run = Run(now=datetime(2026, 1, 1, tzinfo=UTC))
        started = time.perf_counter()
        try:
            self.tally.evaluated += 1
            return program(scope, run)
        except BudgetExceeded:
            self.tally.spent += 1
            return _SPENT
        finally:
            took = time.perf_counter() - started
            if took > self.tally.slowest:
                self.tally.slowest, self.tally.slowest_text = took, text
            if took > SLOWEST:
                raise AssertionError(f"{text!r} took {took:.1f} s")


_SPENT: Final = object()


def megabytes() -> float:
    """The largest size of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fuzz(seconds: float, seed: int) -> Tally:
    """Tries texts for so long; raises at the first fault."""
    fuzzer = Fuzzer(seed)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        fuzzer.once()
        if megabytes() > LARGEST:
            raise AssertionError(f"{megabytes():.0f} MB after {fuzzer.tally}")
    return fuzzer.tally


def main() -> None:
    """Runs the fuzzer as asked on the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=10)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    faulthandler.dump_traceback_later(chosen.minutes * 60 + 60, exit=True)
    tally = fuzz(chosen.minutes * 60, chosen.seed)
    sys.stdout.write(f"{tally}\nslowest: {tally.slowest_text[:300]!r}\nlargest: {megabytes():.0f} MB\n")


if __name__ == "__main__":
    main()
