"""Rows of tables and rules: can each decide, do two hold together, is there always one? Called by
`engine.harness.prove`."""

from __future__ import annotations

from functools import cached_property, partial

from engine.errors import worded
from engine.feel.cells import Anything
from engine.feel.tree import Literal
from engine.flow.model import Hit
from engine.graph.fold import FOLDS
from engine.graph.graph import CellCondition, Row, Ruling
from engine.graph.rows_at_once import RowsAtOnce, heads_of
from engine.graph.together import called, hit_of, siblings, stands_for_all
from engine.graph.view import View
from engine.harness import claims
from engine.harness.finding import Citizen
from engine.harness.inquiry import Inquiry
from engine.harness.prove_points import NOBODY, Points, pairs


def check_rows(inquiry: Inquiry, ruling: Ruling) -> None:
    """Everything about the rows of one decision; of one about items, for an item."""
    if ruling.rows and stands_for_all(inquiry.graph, ruling):
        own = siblings(inquiry.graph, ruling)
        about, names = ("rows", called(ruling), inquiry.graph.goal in own), [each.name for each in own]
        inquiry.once(about, names, lambda: _Rows(inquiry, ruling).check())


class _Rows:
    def __init__(self, inquiry: Inquiry, ruling: Ruling) -> None:
        self.inquiry = inquiry
        self.ruling = ruling
        self.name = called(ruling)
        self.outputs = siblings(inquiry.graph, ruling)
        self.forest = inquiry.builder.forest
        self.never = self.forest.terminal(False)
        self.above: list[int | None] = [self.never]
        self._made: dict[int, int | None] = {}

    def _holds(self, at: int) -> int | None:
        """True where a row holds; `else` does where no row above it does."""
        if at not in self._made:
            row = self.ruling.rows[at]
            if self.ruling.each:
                self._made[at] = None
            elif row.rest:
                above = self._any(at)
                self._made[at] = None if above is None else self.inquiry.node(partial(self.inquiry.untrue, above))
            else:
                self._made[at] = self.inquiry.node(partial(self._condition, row))
        return self._made[at]

    def _condition(self, row: Row) -> int:
        """True where the row holds, False elsewhere (null is not true)."""
        both = self.forest.terminal(True)
        for condition in row.conditions:
            if isinstance(condition, CellCondition) and isinstance(condition.test, Anything):
                continue
            both = self.forest.choose(self.inquiry.builder.row_condition(condition), both, self.never)
        return both

    def _any(self, below: int) -> int | None:
        """True where one of the first `below` rows holds; each is made from the one before it."""
        while len(self.above) <= below:
            at = len(self.above) - 1
            so_far, own = self.above[at], self._holds(at)
            made = None if so_far is None or own is None else self.inquiry.node(partial(self._or, so_far, own))
            self.above.append(made)
        return self.above[below]

    def _or(self, so_far: int, own: int) -> int:
        return self.forest.choose(so_far, self.forest.terminal(True), own)

    @cached_property
    def _deciding(self) -> int | None:
        """The number of the first row that holds, None where none does."""
        return None if self.ruling.each else self.inquiry.node(self._first_that_holds)

    def _first_that_holds(self) -> int | None:
        rows, forest = self.ruling.rows, self.forest
        heads = heads_of(self.inquiry.builder, rows)
        if heads is not None and self._is_too_large():
            return None
        if heads is not None:
            return RowsAtOnce(forest, heads, Hit.FIRST, FOLDS[Hit.FIRST], range(len(rows)), ()).diagram()
        holds = [own for own in map(self._holds, range(len(rows))) if own is not None]
        if len(holds) < len(rows):
            return None
        found = forest.terminal(None)
        for at in range(len(holds) - 1, -1, -1):
            found = forest.choose(holds[at], forest.terminal(at), found)
        return found

    def _is_too_large(self) -> bool:
        """Whether the table has no diagram although each row gives one value: its size alone can be why."""
        ruling, inquiry = self.ruling, self.inquiry
        is_plain = ruling.hit in FOLDS and all(isinstance(row.output.expr, Literal) for row in ruling.rows)
        return is_plain and inquiry.ruling(ruling) is None

    @cached_property
    def _is_plain(self) -> bool:
        """Whether every path through `_deciding` is a citizen: it rests on answers alone, and no check refuses any."""
        return self._deciding is not None and self.inquiry.witnesses.is_plain(self._deciding)

    @cached_property
    def _points(self) -> Points | None:
        """The rows as boxes, where there is no diagram of them."""
        return Points.of(self.inquiry, self.ruling) if self._deciding is None else None

    def check(self) -> None:
        """Each row by itself, rows in pairs, all rows together."""
        for at, row in enumerate(self.ruling.rows):
            self._one(at, row)
        if self.ruling.hit in (Hit.UNIQUE, Hit.ANY):
            for first, second in pairs(self.inquiry.graph, self.ruling):
                self._pair(first, second)
        self._gap()

    def _one(self, at: int, row: Row) -> None:
        inquiry, first = self.inquiry, self.ruling.hit is Hit.FIRST
        question = worded("whether row {number} of `{name}` can decide", number=row.number, name=self.name)
        if self._is_plain and at in self.forest.values(self._deciding or self.never):
            return
        known = self._points.first(at) if self._points is not None else None
        if known:
            return
        if not first:
            self._holds_for_somebody(at, row, question)
            return
        if known is None and self._decides(at, question):
            return
        if self._holds_for_somebody(at, row, question):
            by_rank = hit_of(inquiry.graph, self.ruling) is Hit.PRIORITY
            message = worded(
                "Row {number} of `{name}` is always overtaken by rows with a higher option."
                if by_rank
                else "Row {number} of `{name}` is always overtaken by rows above.",
                number=row.number,
                name=self.name,
            )
            hint = worded("Remove it, or put its option higher." if by_rank else "Move it up, or remove it.")
            inquiry.find("P-ROW-OVERTAKEN", row.where, message, hint)

    def _decides(self, at: int, question: str) -> bool:
        """Whether the row can hold with none above it; also while that could not be said."""
        inquiry, decides, before = self.inquiry, None, len(self.inquiry.not_proven)
        if self._deciding is not None:
            deciding = self._deciding
            decides = inquiry.node(lambda: self.forest.combine(lambda own: own == at and own is not False, deciding))
        found = inquiry.is_anybody(question, claims.row_first(self.ruling, at), decides)
        return found or len(inquiry.not_proven) > before

    def _holds_for_somebody(self, at: int, row: Row, question: str) -> bool:
        inquiry, before = self.inquiry, len(self.inquiry.not_proven)
        found = inquiry.is_anybody(question, claims.row(self.ruling, at), self._holds(at))
        if not found and len(inquiry.not_proven) == before:
            message = worded("Row {number} of `{name}` can never hold.", number=row.number, name=self.name)
            inquiry.find("P-ROW-IMPOSSIBLE", row.where, message, worded("Its conditions contradict."))
            return False
        return True

    def _pair(self, first: int, second: int) -> None:
        inquiry, row, other = self.inquiry, self.ruling.rows[first], self.ruling.rows[second]
        said = ((own.rows[first].output.expr, own.rows[second].output.expr) for own in self.outputs)
        if self.ruling.hit is Hit.ANY and all(one == two for one, two in said):
            return
        one, two = self._holds(first), self._holds(second)
        node = None if one is None or two is None else inquiry.node(lambda: inquiry.both(one, two))
        question = worded(
            "whether rows {number} and {second} of `{name}` can hold together",
            number=row.number,
            second=other.number,
            name=self.name,
        )
        found = inquiry.anybody(question, claims.rows(self.ruling, first, second), node)
        if found is not None:
            message = worded(
                "Rows {number} and {second} of `{name}` both hold for this citizen.",
                number=row.number,
                second=other.number,
                name=self.name,
            )
            hint = worded("Make one of them narrower, or choose `hit: first` and mind the order.")
            inquiry.find("P-AMBIGUOUS", other.where, message, hint, found)

    def _gap(self) -> None:
        ruling, inquiry = self.ruling, self.inquiry
        ends_in_none = all(own.rows[-1].output.text.strip() == "none" for own in self.outputs)
        is_goal = inquiry.graph.goal in self.outputs
        if ends_in_none or ruling.hit.gathers or is_goal:
            return
        found = self._nobody_fits()
        if found is not None:
            hint = worded("Add a row; if there is nothing to say then, end with `none` as conclusion.")
            message = worded("`{name}` has no row for this citizen.", name=self.name)
            where = inquiry.graph.tables.get(self.name, ruling.where)
            inquiry.find("P-GAP", where, message, hint, found, warning=True)

    def _nobody_fits(self) -> Citizen | None:
        """A citizen for whom no row holds."""
        inquiry, claim = self.inquiry, claims.no_row(self.ruling)
        known = self._points.gap() if self._points is not None else None
        if known is not None and (known == NOBODY or claim.real(View(inquiry.graph, known))):
            return inquiry.shown(known) if known else None
        nobody, deciding = None, self._deciding
        if deciding is not None:
            nobody = inquiry.node(lambda: self.forest.combine(lambda own: own is None, deciding))
        return inquiry.anybody(worded("whether `{name}` always has a row", name=self.name), claim, nobody)
