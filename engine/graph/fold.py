"""How a hit policy gathers the rows that hold, one after another: start, step, end (DMN 1.5, section 8.2.8).

`first` and proven-disjoint `unique` need no gathering: `engine.graph.decide` chains them. Tests:
tests/engine/graph/test_hits.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.flow.model import Hit
from engine.graph.frozen import FrozenList


class _Mark:
    """A value that no flow can produce."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


NOTHING: Final = _Mark("<no row yet>")
CLASH: Final = _Mark("<rows disagree>")

Order = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """`step(so far, output of a row that holds, the options' order)`; `end` turns the last state into the value."""

    start: Hashable
    step: Callable[[Any, Any, Order], Hashable]
    end: Callable[[Any], Hashable]


def _only(so_far: Any, value: Any, order: Order) -> Any:
    return value if so_far is NOTHING else CLASH


def _agreeing(so_far: Any, value: Any, order: Order) -> Any:
    if so_far is NOTHING:
        return value
    return so_far if type(so_far) is type(value) and so_far == value else CLASH


def _better(so_far: Any, value: Any, order: Order) -> Any:
    if so_far is NOTHING:
        return value
    ranks = {option: rank for rank, option in enumerate(order)}
    return value if ranks.get(value, len(order)) < ranks.get(so_far, len(order)) else so_far


def _with(so_far: Any, value: Any, order: Order) -> Any:
    """A set of options, in the options' order, each once; a row may give several in a list."""
    ranks = {option: rank for rank, option in enumerate(order)}
    return FrozenList(sorted({*so_far, *options(value)}, key=lambda own: ranks.get(own, len(order))))


def _after(so_far: Any, value: Any, order: Order) -> Any:
    """Options as rows give them, each where it comes first."""
    return FrozenList(dict.fromkeys((*so_far, *options(value))))


def options(value: Any) -> tuple[Any, ...]:
    """The options that one row gives: none, one of them, or several in a list."""
    return () if value is None else tuple(value) if isinstance(value, FrozenList) else (value,)


def _one_more(so_far: Any, value: Any, order: Order) -> Any:
    return so_far + 1


def _as_it_is(so_far: Any) -> Any:
    return so_far


def _or_null(so_far: Any) -> Any:
    return None if so_far is NOTHING or so_far is CLASH else so_far


FOLDS: Final[dict[Hit, Fold]] = {
    Hit.FIRST: Fold(NOTHING, _only, _or_null),
    Hit.UNIQUE: Fold(NOTHING, _only, _or_null),
    Hit.ANY: Fold(NOTHING, _agreeing, _or_null),
    Hit.PRIORITY: Fold(NOTHING, _better, _or_null),
    Hit.COLLECT: Fold(FrozenList(), _with, _as_it_is),
    Hit.OUTPUT_ORDER: Fold(FrozenList(), _with, _as_it_is),
    Hit.RULE_ORDER: Fold(FrozenList(), _after, _as_it_is),
    Hit.COLLECT_COUNT: Fold(Decimal(0), _one_more, _as_it_is),
}
