"""The proof of a decision table by z3: the same verdicts as the walk, also where columns depend on each other.

Needs the extra `verify` (z3-solver, MIT). Without it `prove` gives None, and `available` tells.
A cell becomes two formulas, when it is true and when it is false; neither is null, as in FEEL. Then

    gap        no rule's cells are all true                      satisfiable: the model is the witness
    overlap    two rules' cells are all true                     satisfiable
    shadowed   a rule's cells are all true and no earlier rule's unsatisfiable: the core names the rules `by`

The effort is bounded by z3's own resource count, so that a verdict does not depend on the machine's speed.
Called by `engine.feel.analysis` and `engine.harness`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from engine.errors import WegwijzerError
from engine.feel.analysis_model import Analysis, Gap, Overlap, Shadowed, Witness, ranked, wanted_pairs
from engine.feel.analysis_walk import OutOfSteps, Walker
from engine.feel.analysis_z3_cells import Cells
from engine.feel.analysis_z3_logic import logic
from engine.feel.analysis_z3_terms import Term, Terms, Untranslatable
from engine.feel.cells import ColumnType
from engine.feel.table import Table
from engine.feel.tree import Name

EFFORT = 20_000_000
"""z3's resource limit for one question (`rlimit`): a second or so."""


class _Undecided(WegwijzerError):
    """z3 used up its effort."""


def available() -> bool:
    """Whether z3 is installed."""
    return find_spec("z3") is not None


def prove(table: Table, names: Mapping[str, ColumnType], effort: int = EFFORT) -> Analysis | None:
    """The verdicts; None when z3 is not installed or the table holds something that z3 has no exact word for."""
    if not available():
        return None
    try:
        proof = _Proof.of(table, logic(), names, effort)
        return Analysis(proof.gaps(), proof.overlaps(), proof.shadowed(), "z3", proof.exact)
    except (Untranslatable, _Undecided):
        return None


@dataclass(slots=True)
class _Proof:
    """One table in z3: the columns' terms, what always holds, and for each bit when its rule matches."""

    table: Table
    z3: Any
    terms: Terms
    columns: Sequence[Term]
    matches: Sequence[Any]
    exact: bool
    effort: int

    @classmethod
    def of(cls, table: Table, z3: Any, names: Mapping[str, ColumnType], effort: int) -> _Proof:
        plain = [column for column in table.model.columns if column.expr is None or isinstance(column.expr, Name)]
        heads = {column.expr.name if isinstance(column.expr, Name) else column.head: column.type for column in plain}
        terms = Terms(z3, {**heads, **names})
        columns: list[Term] = []
        exact = True
        for column in table.model.columns:
            try:
                found = terms.expression(column.expr or Name(column.head))
                if found.kind is not column.type.kind:
                    raise Untranslatable(column.head)
            except Untranslatable:
                found = terms.variable(f"column {column.head}", column.type)
                exact = False
            columns.append(found)
        cells = Cells(z3, terms)
        matches = [
            z3.And([cells.holds(cell, term) for cell, term in zip(table.model.rules[rule].cells, columns, strict=True)])
            for rule in table.order
        ]
        return cls(table, z3, terms, columns, matches, exact, effort)

    def gaps(self) -> tuple[Gap, ...]:
        solver = self._solver()
        solver.add(self.z3.Not(self.z3.Or(list(self.matches))))
        return (Gap(self._witness(solver)),) if self._possible(solver) else ()

    def overlaps(self) -> tuple[Overlap, ...]:
        wanted = wanted_pairs(self.table)
        if wanted is None:
            return ()
        found: list[Overlap] = []
        solver = self._solver()
        meets = self._meets()
        for second in range(len(self.matches)):
            for first in range(second):
                if not wanted(first, second) or not meets[second] >> first & 1:
                    continue
                solver.push()
                solver.add(self.matches[first], self.matches[second])
                if self._possible(solver):
                    pair = (self.table.order[first], self.table.order[second])
                    found.append(Overlap(*pair, self._witness(solver)))
                solver.pop()
        return tuple(found)

    def shadowed(self) -> tuple[Shadowed, ...]:
        found = [each for bit in range(len(self.matches)) if (each := self._shadow(bit)) is not None]
        return tuple(sorted(found, key=lambda each: each.rule))

    def _shadow(self, bit: int) -> Shadowed | None:
        solver = self._solver()
        solver.add(self.matches[bit])
        rule = self.table.order[bit]
        if not self._possible(solver):
            return Shadowed(rule, (), None)
        if not ranked(self.table) or bit == 0:
            return None
        witness = self._witness(solver)
        marks = [self.z3.Bool(f"not rule {each}") for each in range(bit)]
        for mark, match in zip(marks, self.matches, strict=False):
            solver.add(self.z3.Implies(mark, self.z3.Not(match)))
        if self._possible(solver, *marks):
            return None
        core = {str(mark) for mark in solver.unsat_core()}
        by = tuple(self.table.order[each] for each, mark in enumerate(marks) if str(mark) in core)
        return Shadowed(rule, by, witness)

    def _meets(self) -> list[int]:
        """Pairs that the walk already knows to be apart need no proof."""
        try:
            return Walker(self.table.columns, len(self.matches), 1 << 30).meets()
        except OutOfSteps:
            return [self.table.all] * len(self.matches)

    def _solver(self) -> Any:
        solver = self.z3.Solver()
        solver.set("rlimit", self.effort)
        solver.set("core.minimize", True)
        solver.add(self.terms.domain)
        return solver

    def _possible(self, solver: Any, *assumptions: Any) -> bool:
        verdict = solver.check(*assumptions)
        if verdict == self.z3.unknown:
            raise _Undecided
        return bool(verdict == self.z3.sat)

    def _witness(self, solver: Any) -> Witness:
        found = solver.model()
        return tuple(self.terms.decode(term, found) for term in self.columns)
