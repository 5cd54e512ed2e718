"""What an explanation tells of a decision, and to whom: two flows with decisions more, which say so.

    Telling            the reason and the legal source of a row, as `engine.journey.explain` names them
    why NAME           which telling is given; of rows that are collected `tells T NAME`, for each telling
    order T U NAME     which of two tellings is given first, where both are
    reach OWN NAME     the explanation goes on from decision OWN to NAME, which it rests on

Called by `engine.harness.compare_reasons` only; tests: tests/engine/harness/test_compare_reasons.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import combinations

from engine.graph.graph import Graph, Row, Ruling
from engine.graph.order import names_read
from engine.harness.shared_axes import same_meaning
from engine.harness.told_rows import NO, YES, anyone, before, decides
from engine.journey.explain import decisions_among, names_until

MOST_ORDERS = 60
"""Pairs of collected reasons that are looked at."""


@dataclass(frozen=True, slots=True)
class Telling:
    """The reason in a language that both flows have, and the key of the source; "" where there is none."""

    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Twins:
    """A decision of the new flow and what stands for it in the old one; goals stand for each other."""

    name: str
    old: Ruling
    new: Ruling

    @property
    def collects(self) -> bool:
        """Whether all rows that hold are told, not one."""
        return self.old.hit.gathers and self.new.hit.gathers


class Told:
    """See the top of this module. `old` and `new` are the flows with decisions more, `twins` the decisions of both."""

    def __init__(self, old: Graph, new: Graph) -> None:
        self._pair = old, new
        self.languages = tuple(own for own in new.flow.languages if own in old.flow.languages) or (new.flow.language,)
        self._labels: dict[Telling, str] = {}
        self.twins = tuple(self._twins())
        self.changed = tuple(own for own in self.twins if self._differs(own))
        more = [self._more(side) for side in (0, 1)]
        self.old, self.new = (_wider(graph, own) for graph, own in zip(self._pair, more, strict=True))

    @cached_property
    def tellings(self) -> Mapping[str, Telling]:
        """By the label that stands for it in the decisions."""
        return {label: own for own, label in self._labels.items()}

    def _twins(self) -> Iterator[Twins]:
        old, new = self._pair
        for name, ruling in new.rulings.items():
            twin = old.rulings.get(old.flow.goal if name == new.flow.goal else name)
            if twin is not None and (twin.name == old.flow.goal) == (name == new.flow.goal):
                yield Twins(name, twin, ruling)

    def _differs(self, own: Twins) -> bool:
        """Whether anybody could be told otherwise: other rules, or other words for the same ones."""
        told = [[self.telling(side, ruling, row) for row in (*ruling.rows, None)] for side, ruling in _sides(own)]
        return told[0] != told[1] or own.old.name != own.name or not same_meaning(*self._pair, own.name)

    # -- tellings

    def telling(self, side: int, ruling: Ruling, row: Row | None) -> Telling:
        """What is told of a row; of None: where no row holds, or the decision is a formula."""
        because = row.because if row is not None else ""
        text = ruling.reasons.get(because) if because else ruling.because
        reason = text.in_(self.languages[0]) if text is not None else because
        return Telling(reason, self._source(side, row.source if row is not None else ruling.source))

    def translated(self, own: Twins) -> Iterator[tuple[str, str, str, str]]:
        """Reasons of both that another language says otherwise: the reason, the language, the words of old and new."""
        first = self.languages[0]
        mine, its = ({text.in_(first): text for text in ruling.reasons.values()} for ruling in (own.old, own.new))
        for reason in mine:
            for language in self.languages[1:] if reason in its else ():
                old, new = mine[reason].in_(language), its[reason].in_(language)
                if old != new:
                    yield reason, language, old, new

    def _source(self, side: int, key: str) -> str:
        """A source of the new flow under the key that it had in the old one, where only the key is another."""
        old, new = (graph.flow.sources for graph in self._pair)
        if not side or key in old or key not in new:
            return key
        return next((before for before, own in old.items() if own == new[key]), key)

    def label(self, side: int, ruling: Ruling, row: Row | None) -> str:
        """The label of a telling, the same in both flows."""
        telling = self.telling(side, ruling, row)
        return self._labels.setdefault(telling, f"t{len(self._labels)}")

    def labels(self, own: Twins) -> tuple[list[str], list[str]]:
        """The labels of the rows of both, in order."""
        first, then = ([self.label(side, ruling, row) for row in ruling.rows] for side, ruling in _sides(own))
        return first, then

    def turned(self, own: Twins) -> Sequence[tuple[str, str]]:
        """Collected tellings of both flows, in pairs, of which not always the same one comes first."""
        both = self.labels(own)
        common = [label for label in dict.fromkeys(both[0]) if label in both[1]]
        found = [
            pair for pair in combinations(common, 2) if len(set().union(*(_leads(own, *pair) for own in both))) > 1
        ]
        return found[:MOST_ORDERS]

    # -- the decisions that say so

    def _more(self, side: int) -> dict[str, Ruling]:
        found: dict[str, Ruling] = {}
        for own in self.changed:
            ruling = own.new if side else own.old
            if ruling.each:
                continue
            found |= self._collected(side, own, ruling) if own.collects else self._single(side, own, ruling)
        if any(own.name != self._pair[1].flow.goal for own in self.changed):
            found |= {made.name: made for made in _reaches(self._pair[side])}
        return found

    def _single(self, side: int, own: Twins, ruling: Ruling) -> Iterator[tuple[str, Ruling]]:
        name = why(own.name)
        yield name, decides(name, ruling, lambda row: self.label(side, ruling, row))

    def _collected(self, side: int, own: Twins, ruling: Ruling) -> Iterator[tuple[str, Ruling]]:
        both = self.labels(own)
        mine = both[side]
        for label in dict.fromkeys((*both[0], *both[1])):
            name = tells(label, own.name)
            numbers = {row.number for row, told in zip(ruling.rows, mine, strict=True) if told == label}
            yield name, anyone(name, ruling, numbers)
        for one, two in self.turned(own):
            name = order(one, two, own.name)
            yield name, before(name, ruling, *(_rows(ruling, mine, label) for label in (one, two)))


def _rows(ruling: Ruling, labels: Sequence[str], label: str) -> list[Row]:
    return [row for row, own in zip(ruling.rows, labels, strict=True) if own == label]


def _leads(labels: Sequence[str], one: str, two: str) -> set[bool]:
    """Whether a row with the first label stands above one with the second, of every two such rows."""
    first, then = ([at for at, own in enumerate(labels) if own == label] for label in (one, two))
    return {at < other for at in first for other in then}


def _sides(own: Twins) -> tuple[tuple[int, Ruling], tuple[int, Ruling]]:
    return (0, own.old), (1, own.new)


def _reaches(graph: Graph) -> Iterator[Ruling]:
    """For each decision that rests on others: whether the explanation goes on to each of these."""
    for ruling in graph.rulings.values():
        if ruling.each:
            continue
        on = {row.number: decisions_among(graph, frozenset(names_until(ruling, row))) for row in ruling.rows}
        for name in decisions_among(graph, names_read(ruling)):
            yield decides(reach(ruling.name, name), ruling, partial(_goes_on, on, name))


def _goes_on(on: Mapping[int, Sequence[str]], name: str, row: Row | None) -> str:
    return YES if row is None or name in on[row.number] else NO


def why(name: str) -> str:
    """The decision which telling is given of `name`."""
    return f"why {name}"


def tells(label: str, name: str) -> str:
    """The decision whether a telling is given of `name`, whose rows are collected."""
    return f"tells {label} {name}"


def order(one: str, two: str, name: str) -> str:
    """The decision which of two tellings of `name` is given first."""
    return f"order {one} {two} {name}"


def reach(own: str, name: str) -> str:
    """The decision whether the explanation goes on from one decision to the other."""
    return f"reach {own} {name}"


def _wider(graph: Graph, more: Mapping[str, Ruling]) -> Graph:
    return replace(graph, rulings={**graph.rulings, **more}) if more else graph
