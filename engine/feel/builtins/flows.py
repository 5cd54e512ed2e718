"""Wegwijzer's own functions, in flows only: `up`, `days`, `years`, `has any`, `has all`, `has only`.

`up(a, b)` counts from a to b and is empty when b < a, where FEEL's own `a..b` would run down.
"""

from __future__ import annotations

from decimal import Decimal

from engine.feel.compare import Truth, conjunction, disjunction, equal
from engine.feel.lexical import days_in_month
from engine.feel.moments import Day, Moment, day_of, number_of
from engine.feel.registry import built_in
from engine.feel.run import Run
from engine.feel.unknown import UNKNOWN
from engine.feel.values import OpenList


@built_in("up", "integer", "integer")
def up(run: Run, first: int, last: int) -> object:
    size = max(0, last - first + 1)
    run.spend(size)
    run.grow(size)
    return [Decimal(number) for number in range(first, last + 1)]


@built_in("days", "date", "date")
def days(run: Run, first: Day, last: Day) -> object:
    """Each date from `first` to `last`, both included."""
    start, end = number_of(first), number_of(last)
    size = max(0, end - start + 1)
    run.spend(size)
    run.grow(size)
    return [day_of(number) for number in range(start, end + 1)]


@built_in("years", "day", "day")
def years(_: Run, start: Day | Moment, end: Day | Moment) -> object:
    """Whole years between two dates, such as an age: the largest n with start <= end - n years.

    29 February less n years falls on 28 February where there is none.
    """
    whole = end.year - start.year
    month, day = end.month, end.day
    if (month, day) == (2, 29):
        day = days_in_month(start.year, 2)
    return Decimal(whole if (start.month, start.day) <= (month, day) else whole - 1)


def _has(run: Run, chosen: list[object], option: object) -> Truth:
    """Whether an option is among the chosen ones."""
    run.spend(len(chosen))
    truth = disjunction([same for same in (equal(one, option, run) for one in chosen) if same is not None])
    return UNKNOWN if truth is False and isinstance(chosen, OpenList) else truth


@built_in("has any", "list", "list", partial=True)
def has_any(run: Run, chosen: list[object], options: list[object]) -> object:
    """Whether at least one option is among the chosen ones."""
    verdict = disjunction([_has(run, chosen, option) for option in options])
    return UNKNOWN if verdict is not True and isinstance(options, OpenList) else verdict


@built_in("has all", "list", "list", partial=True)
def has_all(run: Run, chosen: list[object], options: list[object]) -> object:
    """Whether all options are among the chosen ones."""
    verdict = conjunction([_has(run, chosen, option) for option in options])
    return UNKNOWN if verdict is not False and isinstance(options, OpenList) else verdict


@built_in("has only", "list", "list", partial=True)
def has_only(run: Run, chosen: list[object], options: list[object]) -> object:
    """Whether at least one option is chosen, and nothing else."""
    verdict = conjunction([_has(run, options, one) for one in chosen])
    if isinstance(chosen, OpenList):
        return verdict if verdict is False else UNKNOWN
    return verdict if chosen else False
