"""Lists of which not everything is known: items that may be kept or dropped, more items that may still come.

    Items(parts, open)      parts: (what the item can be, is it certainly in the list); open: more may follow
    Record(fields, needs)   an item with named fields, each of which can still be several things

`count` needs only the number of items; `some` is true as soon as one item is; `every` false as soon as one is not.
Called by `engine.graph.abstract` and `engine.graph.view`; tests: tests/engine/graph/test_possible.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.feel.unknown import UNKNOWN
from engine.graph.exact import apply, call, member
from engine.graph.intervals import arithmetic, monotone, truth
from engine.graph.possible import ANY, Anything, Between, One, Possible, finite, is_null, join, lift, some

Need = Callable[[set[str]], None]
MOST_STEPS: Final = 400


@dataclass(frozen=True, slots=True, eq=False)
class Record(Anything):
    """One item of a list with its fields, read lazily; `needs` says which facts a field still wants."""

    fields: Mapping[str, Possible]
    needs: Mapping[str, Need]


def _nothing(into: set[str]) -> None:
    """Nothing is needed."""


@dataclass(frozen=True, slots=True, eq=False)
class Items(Anything):
    """A list. `length` adds what is needed to know how long it is."""

    parts: tuple[tuple[Possible, bool], ...]
    open: bool = False
    length: Need = _nothing

    def need(self, into: set[str], *, deep: bool) -> None:
        """Add what is needed to know the length, and with `deep` every field of every item."""
        self.length(into)
        if deep:
            for element, _ in self.parts:
                if isinstance(element, Record):
                    for want in element.needs.values():
                        want(into)


def source_items(possible: Possible) -> Items | None:
    """The items of a list, None when it may be no list. A lone value is a list of itself (DMN 10.3.2.9.4)."""
    if isinstance(possible, Items):
        return possible
    if isinstance(possible, One):
        if isinstance(possible.value, list):
            return Items(tuple((One(item), True) for item in possible.value))
        return None if possible.value is None else Items(((possible, True),))
    return None


def iterate(source: Possible, until: Possible | None) -> Items | None:
    """What a `for` runs over; `a..b` counts up or down as FEEL does."""
    if until is None:
        return source_items(source)
    if not isinstance(source, One) or not isinstance(until, One):
        return None
    first, last = source.value, until.value
    if not isinstance(first, Decimal) or not isinstance(last, Decimal) or abs(last - first) > MOST_STEPS:
        return None
    step = 1 if last >= first else -1
    return Items(tuple((One(first + step * number), True) for number in range(int(abs(last - first)) + 1)))


def path_of_items(base: Possible, name: str) -> Possible:
    """`base.name` on a record, a context, or each item of a list."""
    if isinstance(base, Record):
        return base.fields.get(name, One(None))
    if isinstance(base, Items):
        return Items(
            tuple((path_of_items(element, name), certain) for element, certain in base.parts), base.open, base.length
        )
    if name == "year" and isinstance(base, Between):
        low, high = (None if end is None else member(end, name) for end in (base.low, base.high))
        return Between(low, high, base.null)
    return lift(lambda value: member(value, name), (base,)) or ANY


def may_be_number(verdict: Possible) -> bool:
    """Whether what stands in a filter may be a number, so that it picks one item by its place."""
    values = finite(verdict)
    if values is None:
        return not isinstance(verdict, Items | Record)
    return any(isinstance(value, Decimal) for value in values)


def at(items: Items, verdicts: Sequence[Possible]) -> Possible | None:
    """The item at the one known place that all `verdicts` give, counted from 1 or back from -1; None when not known."""
    place = verdicts[0] if verdicts else None
    if not isinstance(place, One) or any(not isinstance(own, One) or own.value != place.value for own in verdicts):
        return None
    number, count = place.value, len(items.parts)
    if not isinstance(number, Decimal) or number != int(number) or not 1 <= abs(number) <= count:
        return None
    before = items.parts[: int(number)] if number > 0 else items.parts[int(number) :]
    if not all(certain for _, certain in before) or (number < 0 and items.open):
        return None
    return before[-1 if number > 0 else 0][0]


def plain(value: Possible) -> object:
    """The value with everything in it as FEEL has it; UNKNOWN when something of it is not certain."""
    if isinstance(value, One):
        return value.value
    if isinstance(value, Items):
        return plain_list(value)
    if isinstance(value, Record):
        fields = {key: plain(own) for key, own in value.fields.items()}
        return UNKNOWN if any(own is UNKNOWN for own in fields.values()) else fields
    return UNKNOWN


def plain_list(items: Items) -> object:
    """A list of which everything is known; UNKNOWN otherwise."""
    if items.open or not all(certain for _, certain in items.parts):
        return UNKNOWN
    values = [plain(element) for element, _ in items.parts]
    return UNKNOWN if any(value is UNKNOWN for value in values) else values


def quantified(word: str, verdicts: list[tuple[Possible, bool]], *, open_ended: bool) -> Possible:
    """`some` and `every` over items that may be dropped or still to come."""
    decisive = word == "some"
    certain = [truth(verdict) for verdict, is_in in verdicts if is_in]
    maybe = [truth(verdict) for verdict, is_in in verdicts if not is_in]
    if any(own == {decisive} for own in certain):
        return One(decisive)
    outcomes: list[bool | None] = []
    if open_ended or any(decisive in own for own in (*certain, *maybe)):
        outcomes.append(decisive)
    if all((not decisive) in own for own in certain):
        outcomes.append(not decisive)
    if open_ended or any(None in own for own in (*certain, *maybe)):
        outcomes.append(None)
    return some(outcomes)


def list_call(name: str, arguments: tuple[Possible, ...]) -> Possible | None:
    """A built-in on one list, or None when this module has no rule for it."""
    if len(arguments) != 1 or not isinstance(arguments[0], Items):
        return None
    rule = _LIST_CALLS.get(name)
    return None if rule is None else rule(arguments[0])


def _count(items: Items) -> Possible:
    sure = sum(certain for _, certain in items.parts)
    if items.open:
        return Between(Decimal(sure), None)
    return One(Decimal(sure)) if sure == len(items.parts) else Between(Decimal(sure), Decimal(len(items.parts)))


def _sum(items: Items) -> Possible:
    """FEEL gives null for the sum of nothing."""
    if items.open:
        return ANY
    total: Possible = One(None)
    for element, certain in items.parts:
        added = element if is_null(total) else _add(total, element)
        total = added if certain else join(total, added)
    return total


def _add(left: Possible, right: Possible) -> Possible:
    def exact(a: Any, b: Any) -> Any:
        return b if a is None else apply("+", a, b)

    return arithmetic("+", left, right, exact)


def _extreme(name: str) -> Callable[[Items], Possible]:
    def rule(items: Items) -> Possible:
        if items.open or not items.parts or any(not certain for _, certain in items.parts):
            return ANY
        return extreme(name, tuple(element for element, _ in items.parts))

    return rule


def extreme(name: str, elements: tuple[Possible, ...]) -> Possible:
    """`min` or `max` of values, each of which can still be several things."""
    total = elements[0]
    for element in elements[1:]:
        total = _extreme_of_two(name, total, element)
    return total


def _extreme_of_two(name: str, left: Possible, right: Possible) -> Possible:
    return monotone(lambda a, b: call(name, (a, b)), (left, right), (1, 1))


_LIST_CALLS: Final[dict[str, Callable[[Items], Possible]]] = {
    "count": _count,
    "sum": _sum,
    "min": _extreme("min"),
    "max": _extreme("max"),
}
