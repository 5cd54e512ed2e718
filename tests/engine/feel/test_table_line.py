"""The line of an ordered column: every piece between cuts has a witness that lies in it, or none lies there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.cells import ColumnType, Interval, Kind, holds
from engine.feel.table_masks import compile_column
from engine.feel.values import YearsMonths

VALUES: dict[Kind, st.SearchStrategy[object]] = {
    Kind.NUMBER: st.integers(-6, 6).map(lambda half: Decimal(half) / 2),
    Kind.DATE: st.integers(0, 6).map(lambda days: date(2026, 1, 1) + timedelta(days=days)),
    Kind.TIME: st.integers(0, 23).map(time),
    Kind.DATE_TIME: st.integers(0, 6).map(lambda hours: datetime(2026, 1, 1) + timedelta(hours=hours)),
    Kind.DAYS: st.integers(-3, 3).map(timedelta),
    Kind.MONTHS: st.integers(-3, 3).map(YearsMonths),
    Kind.TEXT: st.sampled_from(["", "a", "a\x00", "b"]),
}


@pytest.mark.parametrize("kind", list(VALUES))
@given(source=st.data())
def test_every_class_has_a_true_witness(kind: Kind, source: st.DataObject) -> None:
    """The witness of a class has the mask of that class, by definition and by look-up."""
    values = VALUES[kind]
    bound = st.one_of(st.none(), values)
    cells = source.draw(
        st.lists(st.builds(Interval, bound, bound, st.booleans(), st.booleans()), min_size=1, max_size=4)
    )
    column = compile_column(ColumnType(kind), cells)
    for each in column.classes:
        by_definition = sum(1 << rule for rule, cell in enumerate(cells) if holds(cell, each.witness))
        assert each.mask == by_definition == column.mask(each.witness)
    value = source.draw(values)
    assert column.mask(value) in {each.mask for each in column.classes}
