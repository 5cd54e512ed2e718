"""What one version of a flow promises and the other does not: `prove` holds a flow to its promises, so one that is gone
is missed by nobody but a reader.

    no longer promised     the promise is gone
    promised less          the same promise to fewer people, of fewer steps, or for longer
    promised otherwise     another condition, so that nobody can say by rule whether it is less

These are differences, in the author's own words; what is promised besides, or more, is a note. A promise that says
the same in other words is no difference. Called by `engine.harness.compare`; tests:
tests/engine/harness/test_compare_promises.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final

from engine.errors import Said, worded
from engine.flow.model import Span
from engine.graph.graph import Formula, Graph
from engine.harness.compare_alike import shape
from engine.harness.compare_harms import hours
from engine.harness.compare_words import PROMISE, About, Change

ALIKE: Final = 0.6
"""How much of two promises must be the same words for the one to be taken for the other."""

ANY_OF: Final = frozenset({"passes", "to", "reaches", "by", "not_in"})
"""Parts of which one will do, or that are left out: more of them promise less. More of any other list promise more."""
EVERYWHERE: Final = frozenset({("always", "outcome"), ("always", "in"), ("never", "in")})
"""Parts that are about everything where they are left out."""
LESS, MORE = -1, 1
READS: Final = ("fact", "step", "outcome", "event", "enters", "from", "in", "not_in", "when")
"""The order in which parts are read: for whom and of what first, then what is promised."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A promise: its kind and parts, as the author wrote it, and by what it is the same as another."""

    kind: str
    parts: Mapping[str, Any]
    sentence: str
    meaning: object

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that it names."""
        named = self.parts.get("outcome", ())
        return (named,) if isinstance(named, str) else tuple(named)


class Promises:
    """See the top of this module: `changes` are differences, `notes` only told."""

    def __init__(self, old: Graph, new: Graph) -> None:
        before, after = (list(_promises(graph)) for graph in (old, new))
        known = [[own.meaning for own in promises] for promises in (before, after)]
        come = [own for own in after if own.meaning not in known[0]]
        self.changes: list[Change] = []
        self.notes: list[Said] = []
        for own in before:
            if own.meaning not in known[1]:
                twin = _twin(own, come)
                come = [other for other in come if other is not twin]
                self._tell(own, twin)
        self.notes += [worded("now promised as well: {promise}", promise=own.sentence) for own in come]

    def _tell(self, own: _Told, twin: _Told | None) -> None:
        if twin is None:
            said = worded("no longer promised: {promise}", promise=own.sentence)
            self.changes.append(_change(said, own, is_gone=True))
            return
        way, both = _direction(own, twin), {"old": own.sentence, "new": twin.sentence}
        if way == MORE:
            self.notes.append(worded("promised more: {old} -> {new}", **both))
            return
        less, other = (
            worded("promised less: {old} -> {new}", **both),
            worded("promised otherwise: {old} -> {new}", **both),
        )
        self.changes.append(_change(less if way == LESS else other, own))


def _change(said: Said, own: _Told, *, is_gone: bool = False) -> Change:
    return Change(PROMISE, said, About("promises", own.sentence, several=own.outcomes, new=not is_gone))


def _promises(graph: Graph) -> Iterator[_Told]:
    for promise, formula in zip(graph.flow.promises, graph.promises, strict=True):
        plain = promise.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        kind, parts = next(iter(plain.items()))
        parts = parts if isinstance(parts, dict) else {"holds": parts}
        parts = {key: parts[key] for key in dict.fromkeys((*READS, *parts)) if key in parts}
        yield _Told(kind, parts, f"{kind}: {_written(parts)}", _meaning(kind, parts, formula))


def _meaning(kind: str, parts: Mapping[str, Any], formula: Formula | None) -> object:
    """Equal for promises that say the same: lists in any order, a length in other units, a condition turned round."""
    found = {key: _plain(key, own) for key, own in parts.items() if key not in ("when", "holds")}
    return kind, frozenset(found.items()), None if formula is None else shape(formula.expr)


def _plain(key: str, own: Any) -> object:
    if key == "length":
        return _length(own)
    return frozenset(own) if isinstance(own, list) else str(own)


def _length(own: Mapping[str, Any]) -> tuple[str, Decimal | int | None]:
    span = Span.model_validate(own)
    if span.duration is not None:
        return "calendar", hours(span.duration)
    return ("open", span.working_hours) if span.working_hours is not None else ("days", span.working_days)


def _written(parts: Mapping[str, Any]) -> str:
    """The parts as they stand in a file."""
    if set(parts) == {"holds"}:
        return str(parts["holds"])
    return "{" + ", ".join(f"{key}: {_value(own)}" for key, own in parts.items()) + "}"


def _value(own: Any) -> str:
    if isinstance(own, Mapping):
        own = {key: value for key, value in own.items() if value is not None}
        return str(own["duration"]) if "duration" in own else _written(own)
    if isinstance(own, list):
        return str(own[0]) if len(own) == 1 else f"[{', '.join(map(str, own))}]"
    return str(own)


def _twin(own: _Told, among: list[_Told]) -> _Told | None:
    """The promise of the new version that stands for this one of the old one."""
    fits = [(SequenceMatcher(None, own.sentence, other.sentence).ratio(), other) for other in among]
    fits = [each for each in fits if each[0] >= ALIKE and each[1].kind == own.kind]
    return max(fits, key=lambda each: each[0])[1] if fits else None


def _direction(own: _Told, twin: _Told) -> int:
    """Whether the new one promises less or more; 0 where that cannot be said by rule."""
    keys = {*own.parts, *twin.parts}
    ways = {_way(own.kind, key, own.parts.get(key), twin.parts.get(key)) for key in keys}
    ways.discard(None)
    return ways.pop() or 0 if len(ways) == 1 else 0


def _way(kind: str, key: str, before: Any, after: Any) -> int | None:
    """The direction of one part; None where it is the same."""
    if before == after:
        return None
    if key == "when" and None in (before, after):
        return LESS if before is None else MORE
    if key == "length":
        first, then = _length(before), _length(after)
        if first == then or first[0] != then[0]:
            return None if first == then else 0
        return LESS if (then[1] or 0) > (first[1] or 0) else MORE
    if not isinstance(before or [], list) or not isinstance(after or [], list):
        return LESS if after is None else MORE if before is None else 0
    return _listed(kind, key, set(before or ()), set(after or ()))


def _listed(kind: str, key: str, before: set[str], after: set[str]) -> int | None:
    if before == after:
        return None
    if (kind, key) in EVERYWHERE and not (before and after):
        return LESS if after else MORE
    wide = LESS if key in ANY_OF else MORE
    if before < after:
        return wide if before or key not in ANY_OF else MORE
    if after < before:
        return -wide if after or key not in ANY_OF else LESS
    return 0
