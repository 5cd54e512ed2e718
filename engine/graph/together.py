"""What the outputs of one table have in common: each is a decision, and one row gives the value of all of them.

    unique, first    each decision for itself: the same rows hold for all of them
    any              likewise, once it is proven that rows which hold together agree in every output
                     (`engine.graph.table_findings.doubtful`): DMN gives no value at all where they differ in one
    priority         one row for all outputs (DMN 1.5, 8.2.11): by the order of the first output's options, then of the
                     second's, then by the order of rows. Options stand in the cells, so the order of rows is known
                     beforehand: the rows are put in it, and the first that holds counts
    lists            `collect`, `rule order` and `output order`: each decision for itself

Tests: tests/engine/graph/test_outputs.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from engine.errors import worded
from engine.feel.tree import Literal
from engine.flow.model import FactType, Hit
from engine.graph.graph import Graph, Row, Ruling
from engine.graph.reading import Reading


def siblings(graph: Graph, ruling: Ruling) -> tuple[Ruling, ...]:
    """The decisions that one table gives, in the order of its outputs; of any other decision that one alone."""
    if not ruling.table:
        return (ruling,)
    return tuple(own for own in graph.rulings.values() if own.table == ruling.table)


def stands_for_all(graph: Graph, ruling: Ruling) -> bool:
    """Whether what is found about rows is told of this decision: of a table once, for its first output."""
    return siblings(graph, ruling)[0] is ruling


def called(ruling: Ruling) -> str:
    """The name under which an author finds the rows: that of the table."""
    return ruling.table or ruling.name


def hit_of(graph: Graph, ruling: Ruling) -> Hit:
    """The hit policy as it was written."""
    return graph.flow.tables[ruling.table].hit if ruling.table else ruling.hit


def in_file_order(ruling: Ruling) -> tuple[Row, ...]:
    """The rows as the author sees them."""
    return tuple(sorted(ruling.rows, key=lambda row: row.number)) if ruling.table else ruling.rows


def by_rank(rulings: Mapping[str, Ruling], reading: Reading) -> dict[str, Ruling]:
    """The decisions, those of a `priority` table with its rows in order of rank; what has no rank is complained of."""
    found = dict(rulings)
    for table, spec in reading.flow.tables.items():
        own = [ruling for ruling in rulings.values() if ruling.table == table]
        if spec.hit is Hit.PRIORITY and own:
            order = _order(own, reading)
            found.update({ruling.name: _ranked(ruling, order) for ruling in own})
    return found


def _ranked(ruling: Ruling, order: Mapping[int, tuple[int, ...]]) -> Ruling:
    rows = sorted(ruling.rows, key=lambda row: (order.get(row.number, ()), row.number))
    return replace(ruling, hit=Hit.FIRST, rows=tuple(rows))


def _order(own: Iterable[Ruling], reading: Reading) -> dict[int, tuple[int, ...]]:
    """By number of a row the ranks of its outputs, that of the first output first."""
    found: dict[int, tuple[int, ...]] = {}
    for ruling in own:
        if ruling.type is not FactType.CHOICE:
            continue
        options = [*ruling.options, None]
        for row in ruling.rows:
            expr = row.output.expr
            if isinstance(expr, Literal) and expr.value in options:
                found[row.number] = (*found.get(row.number, ()), options.index(expr.value))
                continue
            message = worded("`hit: priority` needs an option here: an expression has no place in their order.")
            hint = worded("Write the option, or choose `hit: first` and put the rows in order.")
            reading.complain(row.output.where, "E-CELL-VALUE", message, hint)
    return found
