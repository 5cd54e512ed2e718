"""Axes: the variables of a flow's diagrams. What each asks of a journey, and who must answer.

    FactAxis       the raw answer to a fact, cut into cells: boolean, choice, number, date, a few choices
    OptionAxis     one option of a `choices` fact with many: chosen or not
    TermAxis       an expression over several facts (a sum, a list, a date against another date): its cells
                   are found by interval reasoning
    DecisionAxis   a decision with a diagram of its own, where putting it inside would make this one too large

Built by `engine.graph.decide`; asked by `engine.graph.diagrams`. Tests: tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.feel.unknown import UNKNOWN
from engine.graph.cells import Cells, FiniteCells
from engine.graph.graph import FactNode
from engine.graph.possible import Possible

if TYPE_CHECKING:
    from engine.graph.view import View


@dataclass(frozen=True, slots=True)
class FactAxis:
    """The raw answer to one fact."""

    node: FactNode
    cells: Cells

    def cell(self, view: View) -> int:
        """The cell of the answer; -1 while it is not known, or where it lies in none."""
        raw = view.known.get(self.node.path, UNKNOWN)
        return -1 if raw is UNKNOWN else self.cells.index(raw)

    def index(self, raw: object) -> int:
        """The cell of an answer; -1 where it lies in none."""
        return self.cells.index(raw)

    def mask(self, view: View) -> int:
        """Bitmask of the cells in which the answer can still lie."""
        return _mask(self.cell(view), len(self.cells))


@dataclass(frozen=True, slots=True)
class OptionAxis:
    """Whether one option of a `choices` fact was chosen: cell 0 yes, cell 1 no."""

    node: FactNode
    option: str
    cells: Cells

    def cell(self, view: View) -> int:
        """The same as for a `FactAxis`."""
        return self.index(view.known.get(self.node.path, UNKNOWN))

    def index(self, raw: object) -> int:
        """The same as for a `FactAxis`."""
        if not isinstance(raw, list):
            return -1
        return 0 if self.option in raw else 1

    def mask(self, view: View) -> int:
        """The same as for a `FactAxis`."""
        return _mask(self.cell(view), 2)


@dataclass(frozen=True, slots=True)
class TermAxis:
    """An expression of which interval reasoning tells what it can still be; `wants` says which facts it still needs.

    `names` are those that it reads.
    """

    possible: Callable[[View], Possible]
    wants: Callable[[View, set[str]], None]
    cells: Cells
    names: frozenset[str]

    def mask(self, view: View) -> int:
        """Bitmask of the cells in which it can still lie."""
        return self.cells.mask(self.possible(view))


@dataclass(frozen=True, slots=True)
class DecisionAxis:
    """A decision by its own diagram `root`; `cell_of` says which cell each of its terminals is."""

    name: str
    root: int
    cells: FiniteCells
    cell_of: Mapping[int, int]


Axis = FactAxis | OptionAxis | TermAxis | DecisionAxis


def _mask(cell: int, cells: int) -> int:
    return 1 << cell if cell >= 0 else (1 << cells) - 1
