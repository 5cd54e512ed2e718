"""Hit policies on rows that hold, or may hold: what comes out of them while not everything is known.

    hit         what it can still be
    first       the outputs of live rows up to the first that holds
    unique      the output of the one row that holds; null when two do
    any         the output on which all rows that hold agree; null when they differ
    priority    outputs not worse (in the options' order) than what the rows that hold give at worst
    collect     the options of rows that hold, plus any of those that may, each once: in the order of the options, as
                for `output order`; for `rule order` in that of the rows. Sum, count, min, max of their outputs

No row: null; where options are listed an empty list. DMN 1.5, section 8.2.8.
Called by `engine.graph.rulings`; tests: tests/engine/graph/test_hits.py.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final, NamedTuple

from engine.flow.model import Hit
from engine.graph import intervals
from engine.graph.exact import apply, call
from engine.graph.fold import FOLDS, options
from engine.graph.frozen import freeze, thaw
from engine.graph.possible import ANY, LIMIT, Between, One, Possible, finite, hull, is_null, join, same, some

NULL: Final = One(None)

Order = tuple[str, ...]


class LiveRow(NamedTuple):
    """A live row: what its output can be, and whether the row certainly holds."""

    output: Possible
    holds: bool


def gathered(hit: Hit, live: list[LiveRow], order: Order, *, disjoint: bool) -> Possible:
    """What the decision can still be; `order` are its options, `disjoint` says that no two rows hold together."""
    if hit is Hit.UNIQUE:
        return _unique(live, disjoint=disjoint)
    if hit in _RULES:
        return _RULES[hit](live, order)
    return _aggregate(hit, live)


def _certain(live: list[LiveRow]) -> list[Possible]:
    return [own.output for own in live if own.holds]


def _first(live: list[LiveRow], order: Order) -> Possible:
    outputs = [own.output for own in live]
    return join(*outputs) if _certain(live) else join(*outputs, NULL)


def _unique(live: list[LiveRow], *, disjoint: bool) -> Possible:
    certain = _certain(live)
    if len(certain) > 1:
        return NULL
    if certain:
        return certain[0] if disjoint or len(live) == 1 else join(certain[0], NULL)
    return join(*(own.output for own in live), NULL)


def _any(live: list[LiveRow], order: Order) -> Possible:
    certain = [own for own in _certain(live) if isinstance(own, One)]
    if any(not same(own.value, certain[0].value) for own in certain):
        return NULL
    agreed = join(*(own.output for own in live), *(() if _certain(live) else (NULL,)))
    return agreed if isinstance(agreed, One) or len(live) < 2 else join(agreed, NULL)


def _priority(live: list[LiveRow], order: Order) -> Possible:
    worst = ceiling(live, order)
    outputs: list[Possible] = [] if _certain(live) else [NULL]
    for own in live:
        values = finite(own.output)
        if values is None:
            return ANY
        outputs.extend(One(value) for value in values if rank(value, order) <= worst)
    return join(*outputs)


def rank(value: object, order: Order) -> int:
    """Place among the options; unlisted values come last."""
    return order.index(value) if isinstance(value, str) and value in order else len(order)


def ceiling(live: list[LiveRow], order: Order) -> int:
    """The worst rank that can still come out: what the rows that hold give at worst."""
    worst = len(order)
    for own in live:
        values = finite(own.output)
        if own.holds and values is not None:
            worst = min(worst, max(rank(value, order) for value in values))
    return worst


def _by_options(live: list[LiveRow], order: Order) -> Possible:
    """Options in the options' order. Which row gives one makes no difference, so rows that hold come first."""
    return _listed(Hit.OUTPUT_ORDER, sorted(live, key=lambda own: not own.holds), order)


def _by_rows(live: list[LiveRow], order: Order) -> Possible:
    """Options in the order of the rows that give them."""
    return _listed(Hit.RULE_ORDER, live, order)


def _listed(hit: Hit, live: list[LiveRow], order: Order) -> Possible:
    """Every list that can still come: a row that holds adds its options, one that may hold adds them or does not."""
    step, found = FOLDS[hit].step, dict.fromkeys([FOLDS[hit].start])
    for own in live:
        values = finite(own.output)
        if values is None:
            return ANY
        longer = dict(found) if not own.holds else {}
        longer.update(dict.fromkeys(step(so_far, freeze(value), order) for so_far in found for value in values))
        if len(longer) > LIMIT:
            return ANY
        found = longer
    return some(thaw(own) for own in found)


def given(output: Possible) -> frozenset[object]:
    """The options that a row certainly gives when it holds."""
    return frozenset(options(freeze(output.value))) if isinstance(output, One) else frozenset()


def _count(live: list[LiveRow], order: Order) -> Possible:
    sure, most = len(_certain(live)), len(live)
    return One(Decimal(sure)) if sure == most else Between(Decimal(sure), Decimal(most))


def _aggregate(hit: Hit, live: list[LiveRow]) -> Possible:
    """Sum, least or greatest; null for no rows and for a row whose output is null."""
    if all(isinstance(own.output, One) and own.holds for own in live):
        values = [own.output.value for own in live if isinstance(own.output, One)]
        return One(call(_AGGREGATES[hit], (values,)) if values else None)
    if any(is_null(output) for output in _certain(live)):
        return NULL
    nothing = () if _certain(live) else (NULL,)
    if hit is not Hit.COLLECT_SUM:
        return join(*(hull(own.output) for own in live), *nothing)
    total: Possible = One(Decimal(0))
    for own in live:
        addend = own.output if own.holds else join(One(Decimal(0)), own.output)
        total = intervals.arithmetic("+", total, addend, lambda a, b: apply("+", a, b))
    return join(total, *nothing)


_AGGREGATES: Final = {Hit.COLLECT_SUM: "sum", Hit.COLLECT_MIN: "min", Hit.COLLECT_MAX: "max"}

_RULES: Final[dict[Hit, Callable[[list[LiveRow], Order], Possible]]] = {
    Hit.FIRST: _first,
    Hit.ANY: _any,
    Hit.PRIORITY: _priority,
    Hit.COLLECT: _by_options,
    Hit.OUTPUT_ORDER: _by_options,
    Hit.RULE_ORDER: _by_rows,
    Hit.COLLECT_COUNT: _count,
}
