"""Validate, leave out what the model refuses, validate again: so that one fault never hides another.

A refused value is left out where the model can do without it; else the fact, decision or list item that
holds it goes. A head that is missing gets a stand-in, so that everything below can still be looked at.
Called by `engine.flow.parse`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from engine.errors import EngineBug, Problem
from engine.flow.model import Flow
from engine.flow.model_base import Translations
from engine.flow.outputs import named
from engine.flow.positions import Mark, Path, Positions
from engine.flow.sentences import own_path, problem_of
from engine.flow.yaml_tree import MAX_PROBLEMS

_ROUNDS: Final = 100
_STAND_INS: Final[Mapping[str, Any]] = {
    "wegwijzer": "1",
    "flow": "unnamed",
    "language": "nl",
    "question": "?",
    "goal": "",
    "facts": {},
    "decisions": {},
    "outcomes": {},
}
_NEEDS_A_KEY: Final = ("one_of", "at_least_one_of")
"""Faults of a thing without any of some keys: a key that was left out may be the one."""

_NAMESPACES: Final = ("facts", "parameters", "functions", "decisions")


class _Kept(list[Any]):
    """A list that remembers which of its items were left out: `at` holds the numbers they had in the file."""

    def __init__(self, items: Sequence[Any]) -> None:
        super().__init__(items)
        self.at = list(range(len(items)))


class LenientModel:
    """One reading: `flow()` gives the model, `problems` what it refused, `dropped` the names it went without."""

    def __init__(self, values: Mapping[str, Any], language: str, positions: Positions) -> None:
        self.values = _copied(values)
        self.language = language
        self.positions = positions
        self.problems: list[Problem] = []
        self.gone: set[Path] = set()
        self.named = _names(values)

    @property
    def dropped(self) -> frozenset[str]:
        """Facts, parameters, functions and decisions of the file that the model went without."""
        return frozenset(self.named - _names(self.values))

    def flow(self) -> Flow:
        """The flow without what was refused."""
        for _ in range(_ROUNDS):
            try:
                return Flow.model_validate(self.values, context={"language": self.language})
            except ValidationError as refused:
                self._without(refused)
        raise EngineBug("a flow that stays invalid whatever is left out")

    def moved_marks(self) -> Mapping[Path, Mark]:
        """The marks by the paths of the model, which differ where list items were left out."""
        if not self.gone:
            return self.positions.marks
        marks = dict(self.positions.marks)
        for now, was in _renumbered(self.values, (), ()):
            old = {path: mark for path, mark in self.positions.marks.items() if path[: len(was)] == was}
            marks.update({now + path[len(was) :]: mark for path, mark in old.items()})
        return marks

    def _without(self, refused: ValidationError) -> None:
        leave: set[Path] = set()
        for error in refused.errors(include_url=False):
            path = own_path(error)
            was = self._in_file(path)
            if not self._follows(was, error["type"]) and len(self.problems) < MAX_PROBLEMS:
                self.problems.append(problem_of({**error, "loc": was}, self.positions))
            leave.add(self._fault(path, error["type"]))
        for path in sorted(leave, key=_order, reverse=True):
            self._leave_out(path)

    def _follows(self, was: Path, kind: str) -> bool:
        """Whether it is there only because something was left out: itself, or a key that this thing needs."""
        if kind in _NEEDS_A_KEY:
            return any(own[: len(was)] == was for own in self.gone)
        return was in self.gone

    def _fault(self, path: Path, kind: str) -> Path:
        """The part of the values that must go: the deepest that exists, for a missing key what lacks it.

        Without its `outputs` a table is no decision either.
        """
        if len(path) == 3 and path[::2] == ("decisions", "outputs"):
            return path[:2]
        value: Any = self.values
        for depth, step in enumerate(path):
            if isinstance(value, Translations) or not _has(value, step):
                if kind == "missing" and depth == 0:
                    return (path[0],)
                return path[:depth]
            value = value[step]
        return path

    def _leave_out(self, path: Path) -> None:
        self.gone.add(self._in_file(path))
        if len(path) <= 1:
            key = str(path[0]) if path else ""
            self.values.pop(key, None)
            if key in _STAND_INS and (key,) in self.gone:
                self.values[key] = _STAND_INS[key]
            return
        holder: Any = self.values
        for step in path[:-1]:
            if not _has(holder, step):
                return
            holder = holder[step]
        if _has(holder, path[-1]):
            del holder[path[-1]]
            if isinstance(holder, _Kept):
                del holder.at[int(path[-1])]

    def _in_file(self, path: Path) -> Path:
        """The path as it is in the file, before items were left out."""
        value: Any = self.values
        steps: list[str | int] = []
        for step in path:
            steps.append(value.at[int(step)] if isinstance(value, _Kept) and _has(value, step) else step)
            value = value[step] if _has(value, step) else None
        return tuple(steps)


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    """Sorts numbers as numbers, so that later items go first."""
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


def _has(value: Any, step: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(step, int) and step < len(value)
    return isinstance(value, dict) and step in value


def _copied(value: Any) -> Any:
    if isinstance(value, Translations):
        return value
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return _Kept([_copied(part) for part in value]) if isinstance(value, list) else value


def _names(values: Mapping[str, Any]) -> set[str]:
    sections = [values.get(key) for key in _NAMESPACES]
    return {str(name) for section in sections if isinstance(section, dict) for name in named(section)}


def _renumbered(value: Any, now: Path, was: Path) -> Iterator[tuple[Path, Path]]:
    if isinstance(value, dict) and not isinstance(value, Translations):
        for key, part in value.items():
            yield from _renumbered(part, (*now, key), (*was, key))
    elif isinstance(value, _Kept):
        for number, (old, part) in enumerate(zip(value.at, value, strict=True)):
            if number != old:
                yield (*now, number), (*was, old)
            yield from _renumbered(part, (*now, number), (*was, old))
