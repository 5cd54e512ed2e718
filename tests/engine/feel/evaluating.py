"""What the tests of the evaluator share: one line from text to value, and strategies for values and expressions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from engine.feel.evaluator import Run, compile_expression
from engine.feel.parser import Profile, parse
from engine.feel.unknown import UNKNOWN
from engine.feel.unsure import UNSURE
from engine.feel.values import FarDate, OpenList, Range, YearsMonths


def evaluate(text: str, run: Run | None = None, /, **scope: object) -> object:
    """The value of an expression of the flow profile in a scope."""
    return compile_expression(parse(text, scope, profile=Profile.FLOW))(scope, run)


def evaluate_in(text: str, scope: Mapping[str, object]) -> object:
    return compile_expression(parse(text, scope, profile=Profile.FLOW))(scope)


small = st.integers(-5, 5).map(Decimal)
scalars = st.one_of(
    small,
    st.decimals(),
    st.booleans(),
    st.none(),
    st.text(max_size=5),
    st.sampled_from(["a", "P1D", "2024-02-29", "10:00:00Z"]),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.datetimes(timezones=st.just(UTC)),
    st.timedeltas(),
    st.integers(-50, 50).map(YearsMonths),
    st.sampled_from([FarDate(-44, 3, 15), UNSURE, time(1, 2, tzinfo=UTC), date(2024, 2, 29), timedelta(days=1)]),
    st.just(datetime(9999, 12, 31, 23, 59)),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        st.builds(Range, inner, inner, st.booleans(), st.booleans()),
    ),
    max_leaves=6,
)
partly_known = st.recursive(
    st.one_of(scalars, st.just(UNKNOWN)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(OpenList),
        st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    ),
    max_leaves=6,
)
