"""List functions that give one value (DMN 1.5, 10.3.4.4): counting, adding, comparing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from engine.feel.arithmetic import calculate, finite
from engine.feel.compare import conjunction, disjunction, equal, negation, ordered
from engine.feel.decimals import FEEL_CONTEXT
from engine.feel.registry import built_in
from engine.feel.run import Run
from engine.feel.unknown import UNKNOWN
from engine.feel.values import OpenList, YearsMonths


def numbers(run: Run, items: list[object]) -> list[Decimal] | None:
    """The items when all are numbers, else None."""
    run.spend(len(items))
    found = [Decimal(item) for item in items if type(item) is Decimal or type(item) is int]
    return found if len(found) == len(items) else run.null("This list holds something that is not a number.")


@built_in("count", "list", partial=True, collects=True)
def count(_: Run, items: list[object]) -> object:
    return UNKNOWN if isinstance(items, OpenList) else Decimal(len(items))


def _extreme(run: Run, items: list[object], op: str) -> object:
    run.spend(len(items))
    if not items:
        return None
    for item in items:
        if type(item) is not Decimal or not item.is_finite():
            break
    else:
        return (min if op == "<" else max)(items)  # type: ignore[type-var]
    best = items[0]
    if ordered("<=", best, best, run) is not True:
        return run.null("The items of this list have no order.")
    for item in items[1:]:
        better = ordered(op, item, best, run)
        if better is None:
            return None
        best = item if better is True else best
    return best


@built_in("min", "list", collects=True)
def minimum(run: Run, items: list[object]) -> object:
    return _extreme(run, items, "<")


@built_in("max", "list", collects=True)
def maximum(run: Run, items: list[object]) -> object:
    return _extreme(run, items, ">")


@built_in("sum", "list", collects=True)
def total(run: Run, items: list[object]) -> object:
    if not items:
        return None
    run.spend(len(items))
    if not isinstance(items[0], Decimal | int | timedelta | YearsMonths):
        return run.null("Only numbers and durations can be added up.")
    added = Decimal(0)
    for item in items:
        if type(item) is not Decimal:
            break
        added = FEEL_CONTEXT.add(added, item)
    else:
        return finite(added)
    whole: object = items[0]
    for item in items[1:]:
        whole = calculate("+", whole, item, run) if type(whole) is type(item) else None
        if whole is None:
            return run.null("This list holds something that cannot be added up.")
    return whole


@built_in("mean", "list", collects=True)
def mean(run: Run, items: list[object]) -> object:
    whole = total(run, items)
    return None if whole is None else calculate("/", whole, Decimal(len(items)), run)


@built_in("product", "list", collects=True)
def product(run: Run, items: list[object]) -> object:
    found = numbers(run, items)
    if not found:
        return None
    whole = Decimal(1)
    for number in found:
        whole = FEEL_CONTEXT.multiply(whole, number)
    return finite(whole)


@built_in("median", "list", collects=True)
def median(run: Run, items: list[object]) -> object:
    found = numbers(run, items)
    if not found or any(number.is_nan() for number in found):
        return None
    found.sort()
    middle = len(found) // 2
    if len(found) % 2:
        return found[middle]
    return finite(FEEL_CONTEXT.divide(FEEL_CONTEXT.add(found[middle - 1], found[middle]), Decimal(2)))


@built_in("stddev", "list", collects=True)
def stddev(run: Run, items: list[object]) -> object:
    """The standard deviation of a sample."""
    found = numbers(run, items)
    if found is None or len(found) < 2:
        return None
    size = Decimal(len(found))
    whole = Decimal(0)
    for number in found:
        whole = FEEL_CONTEXT.add(whole, number)
    middle = FEEL_CONTEXT.divide(whole, size)
    squares = Decimal(0)
    for number in found:
        away = FEEL_CONTEXT.subtract(number, middle)
        squares = FEEL_CONTEXT.add(squares, FEEL_CONTEXT.multiply(away, away))
    return finite(FEEL_CONTEXT.sqrt(FEEL_CONTEXT.divide(squares, size - 1)))


@built_in("mode", "list", collects=True)
def mode(run: Run, items: list[object]) -> object:
    """The numbers that occur most, smallest first."""
    found = numbers(run, items)
    if found is None or any(number.is_nan() for number in found):
        return None
    times: dict[Decimal, int] = {}
    for number in found:
        times[number] = times.get(number, 0) + 1
    most = max(times.values(), default=0)
    return sorted(number for number, often in times.items() if often == most)


def _truths(items: list[object]) -> list[object]:
    known = [item if isinstance(item, bool) or item is UNKNOWN else None for item in items]
    return [*known, UNKNOWN] if isinstance(items, OpenList) else list(known)


@built_in("not", "any", partial=True)
def inverted(_: Run, value: object) -> object:
    return negation(value)


@built_in("all", "list", partial=True, collects=True)
def every_one(run: Run, items: list[object]) -> object:
    run.spend(len(items))
    return conjunction(_truths(items))  # type: ignore[arg-type]


@built_in("any", "list", partial=True, collects=True)
def any_one(run: Run, items: list[object]) -> object:
    run.spend(len(items))
    return disjunction(_truths(items))  # type: ignore[arg-type]


@built_in("list contains", "list", "any", partial=True)
def list_contains(run: Run, items: list[object], element: object) -> object:
    run.spend(len(items))
    unknown = isinstance(items, OpenList)
    for item in items:
        same = equal(item, element, run)
        if same is True:
            return True
        unknown = unknown or same is UNKNOWN
    return UNKNOWN if unknown else False
