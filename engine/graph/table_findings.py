"""The tables and rules of a flow, checked: gaps, overlap, rows without use; as problems with values that show it.

    E-TABLE-OVERLAP    rows of a `unique` or `any` table that hold together; a warning while it is not certain
    W-TABLE-GAP        values for which no row holds: the decision is null (unless its last row concludes `none`)
    W-TABLE-SHADOWED   a row that never counts

What a column can be comes from the graph: a fact by its type, options, `min`, `max` and `when`, anything else by what
it can still be while nothing is known. Columns that read the same facts depend on each other, which is not seen here:
then a finding says "may". Called by `engine.graph.compile`, `engine.lint` and `engine.harness`; tests:
tests/engine/graph/test_table_findings.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

from engine.errors import Problem, Severity, together, worded
from engine.feel.analysis import Analysis, analyse
from engine.feel.cells import All, CellTest, ColumnType, Has, Interval, Kind, OneOf, Only, parts
from engine.feel.names import free_names
from engine.feel.table_hits import Policy
from engine.feel.table_model import Computed, Conclusion, Constant, InputColumn, TableModel, TableRule
from engine.feel.table_rules import as_columns, taken_apart
from engine.feel.tree import Expr, Literal, Name
from engine.feel.unsure import UNSURE
from engine.feel.values import YearsMonths
from engine.flow.model import Hit
from engine.graph.abstract import Env, possible
from engine.graph.graph import CellCondition, Graph, Row, Ruling
from engine.graph.kinds import kind_of, of_fact, of_ruling
from engine.graph.possible import Between, Possible, finite, may_be
from engine.graph.together import called, hit_of, siblings, stands_for_all
from engine.graph.view import View

SHOWN = 4


def findings(graph: Graph, ruling: Ruling, prove: bool = False) -> Analysis | None:
    """What the check of a decision or function says; None when it has no rows."""
    if not ruling.rows:
        return None
    model = table_of(graph, ruling)
    found = analyse(model, prove=prove, related=_related(graph, ruling, model))
    nothing = all(_ends_in_null(own) for own in siblings(graph, ruling))
    is_said = ruling.hit.lists or ruling.hit is Hit.COLLECT_COUNT  # no row at all is an empty list, or 0
    full = _has_else(ruling) or nothing or is_said
    return replace(found, gaps=()) if full else found


def disjoint(graph: Graph, ruling: Ruling) -> bool:
    """Whether it is proven that no two rows of a `unique` decision hold together."""
    found = findings(graph, ruling)
    return found is not None and found.disjoint is True and not _has_else(ruling)


def problems(graph: Graph, prove: bool = False) -> list[Problem]:
    """The findings about all decisions and functions, in the order of the file."""
    found: list[Problem] = []
    for ruling in (*graph.functions.values(), *graph.rulings.values()):
        analysis = findings(graph, ruling, prove) if stands_for_all(graph, ruling) else None
        if analysis is not None:
            heads = [column.head for column in table_of(graph, ruling).columns]
            found += _problems(graph, ruling, analysis, heads)
    return sorted(found)


def doubtful(graph: Graph) -> Iterator[Problem]:
    """Tables of several outputs under `any` of which it is not proven that rows that hold together agree.

    Where they differ in one output DMN gives no value for any of them, which decisions by themselves cannot know.
    """
    for ruling in graph.rulings.values():
        if not ruling.table or ruling.hit is not Hit.ANY or not ruling.rows or not stands_for_all(graph, ruling):
            continue
        found = findings(graph, ruling)
        if found is None or found.disjoint is True:
            continue
        heads = [column.head for column in table_of(graph, ruling).columns]
        if found.overlaps:
            told = _problems(graph, ruling, replace(found, gaps=(), shadowed=()), heads)
            yield from (replace(problem, severity=Severity.ERROR) for problem in told)
            continue
        message = worded("It is not proven that rows of `{name}` that hold together agree.", name=ruling.table)
        hint = worded("Choose `hit: first` and put the rows in order.")
        yield Problem(graph.tables[ruling.table], "E-TABLE-OVERLAP", message, hint)


def table_of(graph: Graph, ruling: Ruling) -> TableModel:
    """The rows as a table: written cells as they are, conditions of `rules` taken apart."""
    rows = [row for row in ruling.rows if row.conditions] if _has_else(ruling) else list(ruling.rows)
    heads, cells = _grid(rows)
    names = {condition.head.expr: condition.head.text for row in rows for condition in _written(row)}
    view = _view(graph, ruling)
    columns = []
    for at, head in enumerate(heads):
        kind = _type(graph, ruling, view, head, [line[at] for line in cells])
        columns.append(InputColumn(names.get(head) or _text(head, rows), kind, head))
    own = siblings(graph, ruling)
    said = _conclusions(own)
    rules = tuple(_rule(row, line, said[row.number]) for row, line in zip(rows, cells, strict=True))
    options = tuple(tuple(each.options) for each in own)
    return TableModel(tuple(columns), tuple(each.name for each in own), rules, Policy(ruling.hit.value), options)


def _written(row: Row) -> list[CellCondition]:
    return [condition for condition in row.conditions if isinstance(condition, CellCondition)]


def _grid(rows: Sequence[Row]) -> tuple[list[Expr], list[list[CellTest]]]:
    written = [_written(row) for row in rows]
    if all(written):
        heads = [condition.head.expr for condition in written[0]]
        return heads, [[condition.test for condition in line] for line in written]
    conditions = [[each for each in row.conditions if not isinstance(each, CellCondition)] for row in rows]
    return as_columns([[part for each in line for part in taken_apart(each.expr)] for line in conditions])


def _rule(row: Row, cells: Sequence[CellTest], conclusions: tuple[Conclusion, ...]) -> TableRule:
    return TableRule(tuple(cells), conclusions, row.source, row.because, row.where.line)


def _conclusions(own: Sequence[Ruling]) -> dict[int, tuple[Conclusion, ...]]:
    """By number of a row what it concludes, in every output of its table."""
    found: dict[int, tuple[Conclusion, ...]] = {}
    for row in (row for ruling in own for row in ruling.rows):
        expr = row.output.expr
        conclusion = Constant(expr.value) if isinstance(expr, Literal) else Computed(expr)
        found[row.number] = (*found.get(row.number, ()), conclusion)
    return found


def _has_else(ruling: Ruling) -> bool:
    """`rules` that end in `else`, under a policy where the order of rows says nothing."""
    return not ruling.rows[-1].conditions and len(ruling.rows) > 1 and ruling.hit.value != Policy.FIRST.value


def _ends_in_null(ruling: Ruling) -> bool:
    last = ruling.rows[-1].output.expr
    return isinstance(last, Literal) and last.value is None


def _text(head: Expr, rows: Sequence[Row]) -> str:
    """How a head of `rules` reads in the file."""
    for row in rows:
        for condition in row.conditions:
            if not isinstance(condition, CellCondition) and head.end:
                text = condition.text[head.start : head.end]
                if head in [part.head for part in taken_apart(condition.expr)]:
                    return text
    return head.name if isinstance(head, Name) else "a condition"


# --- types ------------------------------------------------------------------------------------------------------


def _view(graph: Graph, ruling: Ruling) -> Env:
    view = View(graph, {})
    return view.item(ruling.each, 0) if ruling.each else view


def _type(graph: Graph, ruling: Ruling, view: Env, head: Expr, tests: Sequence[CellTest]) -> ColumnType:
    """What the column can be, as closely as the graph knows."""
    spec = _spec(graph, ruling, head)
    if spec is not None and spec.kind in (Kind.BOOLEAN, Kind.CHOICE, Kind.CHOICES, Kind.NUMBER, Kind.DATE):
        known = spec
    else:
        known = _by_tests(tests, kind_of(head, {}, graph.parameters))
    if isinstance(head, Name) and (head.name in ruling.given or _fact(graph, ruling, head.name) is not None):
        return known
    return _narrowed(known, possible(head, view))


def _fact(graph: Graph, ruling: Ruling, name: str) -> ColumnType | None:
    node = graph.facts.get(f"{ruling.each}.{name}" if ruling.each else name) or graph.facts.get(name)
    return None if node is None else of_fact(node.spec)


def _spec(graph: Graph, ruling: Ruling, head: Expr) -> ColumnType | None:
    """The declared type of a name."""
    if not isinstance(head, Name):
        return None
    if head.name in ruling.given:
        spec = graph.flow.functions[ruling.name].given[head.name]
        return replace(of_ruling(spec), nullable=False)
    fact = _fact(graph, ruling, head.name)
    if fact is not None:
        return fact
    other = graph.rulings.get(head.name)
    return None if other is None else of_ruling(graph.flow.decisions[other.name])


_PYTHON: tuple[tuple[type, Kind], ...] = (
    (bool, Kind.BOOLEAN),
    (Decimal, Kind.NUMBER),
    (date, Kind.DATE),
    (YearsMonths, Kind.MONTHS),
    (str, Kind.TEXT),
)


def _by_tests(tests: Sequence[CellTest], otherwise: ColumnType) -> ColumnType:
    """The type that the cells speak of."""
    for part in (part for test in tests for part in parts(test)):
        if isinstance(part, Has | All | Only):
            return ColumnType(Kind.CHOICES, part.options)
        values = part.values if isinstance(part, OneOf) else ()
        values = (part.low, part.high) if isinstance(part, Interval) else values
        for value in values:
            for own, kind in _PYTHON:
                if isinstance(value, own):
                    return replace(otherwise, kind=kind)
    return otherwise


def _narrowed(kind: ColumnType, can_be: Possible) -> ColumnType:
    """With what the graph knows about null, UNSURE, options and bounds."""
    found = replace(kind, nullable=may_be(can_be, None), unsure=may_be(can_be, UNSURE) and finite(can_be) is not None)
    values = finite(can_be)
    if values is not None and kind.kind in (Kind.TEXT, Kind.CHOICE):
        return replace(found, kind=Kind.CHOICE, options=tuple(value for value in values if isinstance(value, str)))
    if isinstance(can_be, Between) and kind.kind in (Kind.NUMBER, Kind.DATE):
        return replace(found, minimum=can_be.low, maximum=can_be.high)
    return found


def _related(graph: Graph, ruling: Ruling, model: TableModel) -> bool:
    """Whether two heads read the same fact, through decisions."""
    leaves = [_leaves(graph, ruling, column.expr) for column in model.columns if column.expr is not None]
    return any(one & two for one, two in combinations(leaves, 2))


def _leaves(graph: Graph, ruling: Ruling, head: Expr) -> frozenset[str]:
    found: set[str] = set()
    for name in free_names(head):
        other = graph.rulings.get(name)
        if other is not None:
            found |= other.reads
        elif name not in graph.parameters and name not in graph.functions:
            found.add(f"{ruling.each}.{name}" if f"{ruling.each}.{name}" in graph.facts else name)
    return frozenset(found)


# --- sentences --------------------------------------------------------------------------------------------------


def _problems(graph: Graph, ruling: Ruling, found: Analysis, heads: Sequence[str]) -> list[Problem]:
    rows, sure = ruling.rows, found.certain
    made: list[Problem] = []
    for gap in (found.gaps or ())[:1]:
        says = worded(
            "No row holds {heads}; then `{name}` has no value."
            if sure
            else "No row may hold {heads}; then `{name}` has no value.",
            heads=_when(heads, gap.witness),
            name=called(ruling),
        )
        hint = worded("Add a row for it, or a last row that concludes `none`.")
        made.append(Problem(graph.tables.get(ruling.table, ruling.where), "W-TABLE-GAP", says, hint, Severity.WARNING))
    for pair in found.overlaps or ():
        first, second = rows[pair.first].number, rows[pair.second].number
        says = worded(
            "Rows {first} and {second} both hold {heads}."
            if sure
            else "Rows {first} and {second} may both hold {heads}.",
            first=first,
            second=second,
            heads=_when(heads, pair.witness),
        )
        hint = worded("Make one of them narrower, or choose `hit: first`.")
        severity = Severity.ERROR if sure else Severity.WARNING
        made.append(Problem(rows[pair.second].where, "E-TABLE-OVERLAP", says, hint, severity))
    for shadow in found.shadowed or ():
        row = rows[shadow.rule]
        by = ", ".join(str(rows[each].number) for each in shadow.by)
        why = worded("what it matches goes to row {by}", by=by) if by else worded("nothing satisfies it")
        says = worded("Row {number} never counts: {why}.", number=row.number, why=why)
        by_rank = hit_of(graph, ruling) is Hit.PRIORITY
        way_out = worded("Remove it, or put its option higher." if by_rank else "Remove it, or move it up.")
        made.append(Problem(row.where, "W-TABLE-SHADOWED", says, way_out, Severity.WARNING))
    return made


def _when(heads: Sequence[str], witness: Sequence[object]) -> str:
    told = [
        worded("{head} is {value}", head=head, value=_said(value)) for head, value in zip(heads, witness, strict=True)
    ]
    shown = together(told[:SHOWN], " and ")
    return worded("when {shown} and so on", shown=shown) if len(told) > SHOWN else worded("when {shown}", shown=shown)


_WORDS: Mapping[object, str] = {True: "yes", False: "no", None: "none", UNSURE: "unsure"}


def _said(value: object) -> str:
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(str(each) for each in value)) + "}"
    if value is None or isinstance(value, bool) or value is UNSURE:
        return _WORDS[value]
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
