"""List functions that give a list (DMN 1.5, 10.3.4.4), and `sort` (10.3.4.10).

Places are counted from 1, or from the end when negative.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from engine.feel.compare import equal, ordered
from engine.feel.registry import built_in, call
from engine.feel.run import Run


def _made(run: Run, items: list[object]) -> list[object]:
    run.spend(len(items))
    run.grow(len(items))
    return items


def _place(items: list[object], position: int) -> int | None:
    """The index of a place; None when the list has no such place."""
    if position == 0 or abs(position) > len(items):
        return None
    return position - 1 if position > 0 else len(items) + position


NO_PLACE = "This list has no such place."


@built_in("sublist", "list", "place", "place?")
def sublist(run: Run, items: list[object], start: int, length: int | None = None) -> object:
    first = _place(items, start)
    if first is None or (length is not None and (length < 0 or first + length > len(items))):
        return run.null(NO_PLACE)
    return _made(run, items[first:] if length is None else items[first : first + length])


@built_in("append", "list", "any...")
def append(run: Run, items: list[object], *more: object) -> object:
    return _made(run, [*items, *more])


@built_in("concatenate", "list...")
def concatenate(run: Run, *lists: list[object]) -> object:
    run.grow(sum(map(len, lists)))
    return _made(run, [item for items in lists for item in items])


@built_in("insert before", "list", "place", "any")
def insert_before(run: Run, items: list[object], position: int, item: object) -> object:
    place = _place(items, position)
    return run.null(NO_PLACE) if place is None else _made(run, [*items[:place], item, *items[place:]])


@built_in("remove", "list", "place")
def remove(run: Run, items: list[object], position: int) -> object:
    place = _place(items, position)
    return run.null(NO_PLACE) if place is None else _made(run, items[:place] + items[place + 1 :])


@built_in("list replace", "list", "place", "any")
def list_replace(run: Run, items: list[object], position: int, item: object) -> object:
    place = _place(items, position)
    return run.null(NO_PLACE) if place is None else _made(run, [*items[:place], item, *items[place + 1 :]])


@built_in("list replace", "list", "function", "any")
def list_replace_where(run: Run, items: list[object], match: object, item: object) -> object:
    made: list[object] = []
    for old in items:
        verdict = call(match, (old, item), run)
        if not isinstance(verdict, bool):
            return run.null("Whether an item is replaced is said by true or false.")
        made.append(item if verdict else old)
    return _made(run, made)


@built_in("reverse", "list")
def reverse(run: Run, items: list[object]) -> object:
    return _made(run, items[::-1])


@built_in("index of", "list", "any")
def index_of(run: Run, items: list[object], match: object) -> object:
    places = [Decimal(place) for place, item in enumerate(items, 1) if equal(item, match, run) is True]
    return _made(run, list(places))


def _distinct(run: Run, items: list[object]) -> list[object]:
    made: list[object] = []
    for item in items:
        run.spend(len(made))
        if not any(equal(item, other, run) is True for other in made):
            made.append(item)
    return _made(run, made)


@built_in("union", "list...")
def union(run: Run, *lists: list[object]) -> object:
    return _distinct(run, [item for items in lists for item in items])


@built_in("distinct values", "list")
def distinct_values(run: Run, items: list[object]) -> object:
    return _distinct(run, items)


@built_in("flatten", "list")
def flatten(run: Run, items: list[object]) -> object:
    made: list[object] = []
    waiting: list[object] = [items]
    while waiting:
        item = waiting.pop()
        run.spend()
        if isinstance(item, list):
            run.spend(len(item))
            waiting.extend(reversed(item))
        else:
            made.append(item)
    return _made(run, made)


class _NoOrder(Exception):
    """Two items have no order."""


def _sorted(run: Run, items: list[object], first: Callable[[object, object], object]) -> object:
    def compare(one: object, two: object) -> int:
        run.spend()
        verdict = first(one, two)
        if not isinstance(verdict, bool):
            raise _NoOrder
        return -1 if verdict else 1 if first(two, one) is True else 0

    try:
        return _made(run, sorted(items, key=cmp_to_key(compare)))
    except _NoOrder:
        return run.null("The items of this list have no order.")


@built_in("sort", "list", "function?")
def sort(run: Run, items: list[object], precedes: object = None) -> object:
    if precedes is None:
        if all(type(item) is Decimal and item.is_finite() for item in items):
            return _made(run, sorted(items))  # type: ignore[type-var]
        return _sorted(run, items, lambda one, two: ordered("<", one, two, run))
    return _sorted(run, items, lambda one, two: call(precedes, (one, two), run))
