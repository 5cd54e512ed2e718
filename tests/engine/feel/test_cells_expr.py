"""A cell as an expression is true exactly where the cell matches."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel.cells import holds
from engine.feel.cells_expr import as_expression
from engine.feel.evaluator import compile_expression
from engine.feel.tree import Name
from tests.engine.feel.table_cases import TYPES, cells_of, values_of


@given(st.data())
@settings(max_examples=300)
def test_the_expression_is_true_where_the_cell_matches(source: st.DataObject) -> None:
    """For every kind of cell and value, null and UNSURE included."""
    kind = source.draw(st.sampled_from(TYPES))
    cell, value = source.draw(cells_of(kind)), source.draw(values_of(kind))
    expr = as_expression(Name("x"), cell, kind.unsure)
    known = list(value) if isinstance(value, frozenset) else value
    found = compile_expression(expr, ["x"])({"x": known})
    assert (found is True) == (holds(cell, value) is True)
