"""A declared population: how citizens are spread over the answers, instead of a line for each of them.

    population:
      size: 1000000
      facts:
        soort: {a: 50, b: 30, c: 20}            weights, of any sum
        leeftijd: {0..17: 20, 18..120: 80}      spread evenly within each range, both ends included
        werk: {yes: 55, no: 45}

A fact that is not named is spread evenly over its own domain. Facts are taken to be independent, so the part of the
population in a diagram is worked out exactly, whatever its size; where they are not, use a file with a line a citizen.
Called by `wegwijzer compare --population`; tests: tests/engine/harness/test_declared.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import worded
from engine.feel.unsure import UNSURE
from engine.flow.model import FactType, SupplierKind
from engine.graph.axes import Axis, FactAxis, OptionAxis
from engine.graph.cells import FiniteCells, OrderedCells
from engine.graph.domains import clock_days
from engine.graph.graph import FactNode
from engine.graph.mdd import Forest
from engine.graph.possible import Between

Spread = Mapping[str, float]
Range = tuple[Decimal, Decimal, float]
STEPS = {FactType.INTEGER: Decimal(1), FactType.YEAR: Decimal(1), FactType.MONEY: Decimal("0.01")}
FINE = Decimal("0.000001")
LIFE, MUCH = 100, Decimal(100_000)
"""How many years ago a day without limits can lie, and how high a figure goes, where somebody is only to be shown."""


class NotSpread(Exception):
    """It cannot be told how citizens are spread over a fact; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Declared:
    """`spread`: per fact the weight of each option, figure, date or range `low..high`; of a list of each length.

    `today`: the day of the clock, where neither the population nor the flow says which days it can be.
    """

    size: int
    spread: Mapping[str, Spread]
    today: date | None = None

    def part(self, forest: Forest, axes: Sequence[Axis], node: int) -> float | None:
        """The part of the population (0..1) for which `node` is True; None where a term or decision stands in it.

        Raises NotSpread.
        """
        memo: dict[int, float | None] = {}
        weights: dict[int, list[float]] = {}

        def walk(own: int) -> float | None:
            if forest.is_terminal(own):
                return float(forest.value(own) is True)
            if own not in memo:
                number = forest.top[own]
                if number not in weights:
                    weights[number] = self.weights(axes[number])
                memo[own] = _mean(weights[number], [walk(kid) for kid in forest.children[own]])
            return memo[own]

        return walk(node)

    def weights(self, axis: Axis) -> list[float]:
        """The part of the population in each cell of an axis; none for a term. Raises NotSpread."""
        if isinstance(axis, OptionAxis) and axis.node.path not in self.spread and not axis.node.spec.alone:
            return [0.5, 0.5]  # every set of options alike
        if isinstance(axis, OptionAxis):
            raise NotSpread(
                worded("`{path}` has too many sets of options; use a file with a line a citizen", path=axis.node.path)
            )
        if not isinstance(axis, FactAxis):
            return []
        given = self.spread.get(axis.node.path)
        if isinstance(axis.cells, FiniteCells):
            words = [word_of(value) for value in axis.cells.values]
            if given is not None and (unknown := sorted(set(given) - set(words))):
                raise NotSpread(
                    worded(
                        "`{path}` has no answer `{unknown}`; it has {words}",
                        path=axis.node.path,
                        unknown=unknown[0],
                        words=", ".join(words),
                    )
                )
            plain = [1.0 if given is None else given.get(word, 0.0) for word in words]
        else:
            ranges = ranges_of(self, axis.node)
            plain = [_over(axis.cells, cell, ranges, step_of(axis.node)) for cell in range(len(axis.cells))]
        total = sum(plain)
        if total <= 0:
            raise NotSpread(worded("`{path}`: nobody has any of the answers that the flow takes", path=axis.node.path))
        return [own / total for own in plain]


class Anybody(Declared):
    """Everybody who can be, to show somebody and not to count: each cell of an answer as often as any other."""

    __slots__ = ()

    def weights(self, axis: Axis) -> list[float]:
        """Alike for each cell in which there is an answer. Raises NotSpread."""
        plain = [float(own > 0) for own in super().weights(axis)]
        return [own / sum(plain) for own in plain]


def anybody(nodes: Iterable[FactNode], today: date) -> Anybody:
    """Everybody who can be, on this day; a fact without limits lies in a likely range."""
    spread = {node.path: {_likely(node, today): 1.0} for node in nodes if _has_no_limits(node)}
    return Anybody(1, spread, today)


def _has_no_limits(node: FactNode) -> bool:
    own = node.domain
    is_ordered = node.spec.type is FactType.DATE or node.spec.type in STEPS or node.spec.type is FactType.NUMBER
    return is_ordered and not _by_clock(node) and isinstance(own, Between) and None in (own.low, own.high)


def _likely(node: FactNode, today: date) -> str:
    own = node.domain
    assert isinstance(own, Between)
    if node.spec.type is FactType.DATE:
        first, last = date(today.year - LIFE, 1, 1), date(today.year + 2, 12, 31)
        low = own.low or min(first, own.high or first)
        return f"{low}..{own.high or max(last, low)}"
    low = own.low if own.low is not None else min(Decimal(0), own.high or Decimal(0))
    return f"{low}..{own.high if own.high is not None else low + MUCH}"


def _mean(weights: list[float], parts: list[float | None]) -> float | None:
    if not weights or any(part is None for part, own in zip(parts, weights, strict=True) if own):
        return None
    return sum(own * (part or 0) for own, part in zip(weights, parts, strict=True))


def word_of(value: object) -> str:
    """How an answer is written: yes, no, unsure, an option, options joined by a plus."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "+".join(value) or "none"
    return "unsure" if value is UNSURE else str(value)


def step_of(node: FactNode) -> Decimal:
    """Of what the answers to a fact with an order are multiples here."""
    return Decimal(1) if node.spec.type is FactType.DATE else STEPS.get(node.spec.type, FINE)


def ranges_of(declared: Declared, node: FactNode) -> list[Range]:
    """Ranges as figures with a weight; the fact's own limits where nothing is declared. Raises NotSpread."""
    own = clock_days(node.spec) if _by_clock(node) else node.domain
    limits = None
    if isinstance(own, Between) and own.low is not None and own.high is not None:
        limits = _figure(own.low), _figure(own.high)
    elif _by_clock(node) and declared.today is not None:
        limits = (_figure(declared.today),) * 2
    return figures(node, declared.spread.get(node.path), limits)


def _by_clock(node: FactNode) -> bool:
    return node.spec.type is FactType.DATE and any(ref.kind is SupplierKind.CLOCK for ref in node.spec.suppliers)


def figures(node: FactNode, given: Spread | None, limits: tuple[Decimal, Decimal] | None) -> list[Range]:
    """What is declared as ranges with a weight, or everything between the limits. Raises NotSpread."""
    if given is not None:
        return [(*_ends(node, text), weight) for text, weight in given.items()]
    if limits is not None:
        return [(*limits, 1.0)]
    raise NotSpread(worded("`{path}` has no limits: say in the population how it is spread", path=node.path))


def _ends(node: FactNode, text: str) -> tuple[Decimal, Decimal]:
    low, dots, high = text.partition("..")
    try:
        first, last = _read(node, low), _read(node, high if dots else low)
    except (ArithmeticError, ValueError):
        raise NotSpread(worded("`{path}`: a range is written as low..high, such as 0..17", path=node.path)) from None
    if last < first:
        raise NotSpread(worded("`{path}`: a range runs from low to high", path=node.path))
    return first, last


def _read(node: FactNode, text: str) -> Decimal:
    return _figure(date.fromisoformat(text.strip())) if node.spec.type is FactType.DATE else Decimal(text.strip())


def _figure(value: Any) -> Decimal:
    return Decimal(value.toordinal()) if isinstance(value, date) else Decimal(value)


def _over(cells: OrderedCells, cell: int, ranges: list[Range], step: Decimal) -> float:
    """The weight of one cell: of each range the part of its figures that lies in the cell."""
    total = 0.0
    for low, high, weight in ranges:
        ends = clipped(cells, cell, low, high, step)
        if ends is not None:
            total += weight * float(((ends[1] - ends[0]) // step + 1) / ((high - low) // step + 1))
    return total


def clipped(
    cells: OrderedCells, cell: int, low: Decimal, high: Decimal, step: Decimal
) -> tuple[Decimal, Decimal] | None:
    """The part of a range that lies in the cell; None where none of it does."""
    slot = cells.slots[cell]
    if slot > 2 * len(cells.cuts):
        return None  # null: nobody answers that of itself
    at, is_cut = divmod(slot, 2)
    if is_cut:
        first, last = max(low, _figure(cells.cuts[at])), min(high, _figure(cells.cuts[at]))
    else:
        first = max(low, _figure(cells.cuts[at - 1]) + step) if at else low
        last = min(high, _figure(cells.cuts[at]) - step) if at < len(cells.cuts) else high
    return (first, last) if last >= first else None
