"""The checker and the evaluator agree: what the checker passes gives a value of the type it named, or null."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from engine.feel.check import check
from engine.feel.evaluator import compile_expression
from engine.feel.parser import FeelSyntaxError, Profile, parse
from engine.feel.types import BOOLEAN, DATE, INTEGER, NUMBER, Type, choice, list_of
from engine.feel.values import FarDate, FarDateTime, Range, YearsMonths
from tests.fuzz.fuzz_feel import Fuzzer

TYPES: dict[str, Type] = {
    "a": NUMBER,
    "b": BOOLEAN,
    "c": choice(["a", "b"]),
    "xs": list_of(INTEGER),
    "item": DATE,
}
SCOPE: dict[str, object] = {
    "a": Decimal("1.5"),
    "b": True,
    "c": "b",
    "xs": [Decimal(1), Decimal(3)],
    "item": date(2024, 1, 1),
}
BELONGS: dict[str, Callable[[object, Type], bool]] = {
    "number": lambda value, _: isinstance(value, Decimal),
    "money": lambda value, _: isinstance(value, Decimal),
    "integer": lambda value, _: isinstance(value, Decimal) and value == value.to_integral_value(),
    "text": lambda value, _: isinstance(value, str),
    "choice": lambda value, kind: value in kind.options,
    "boolean": lambda value, _: isinstance(value, bool),
    "date": lambda value, _: type(value) in (date, FarDate),
    "time": lambda value, _: isinstance(value, time),
    "date and time": lambda value, _: isinstance(value, datetime | FarDateTime),
    "duration": lambda value, _: isinstance(value, timedelta),
    "period": lambda value, _: isinstance(value, YearsMonths),
    "range": lambda value, _: isinstance(value, Range),
    "function": lambda value, _: callable(value),
}


def belongs(value: object, kind: Type) -> bool:
    """Whether a value is of a type of the checker; null is of every type."""
    if value is None or kind.kind in ("any", "null", "unsure"):
        return True
    if kind.kind == "list":
        return isinstance(value, list) and all(belongs(item, kind.item or Type("any")) for item in value)
    if kind.kind == "context":
        return isinstance(value, dict) and all(belongs(value.get(key), entry) for key, entry in kind.entries or ())
    return BELONGS[kind.kind](value, kind)


@pytest.mark.parametrize("seed", range(5))
def test_what_passes_has_its_type(seed: int) -> None:
    """Among a thousand random expressions, each without findings gives what the checker said."""
    fuzzer = Fuzzer(seed)
    passed = 0
    for _ in range(1000):
        text = fuzzer.expression(3)
        try:
            expr = parse(text, TYPES, profile=Profile.FLOW)
        except FeelSyntaxError:
            continue
        checked = check(expr, TYPES)
        if checked.problems:
            continue
        passed += 1
        value = compile_expression(expr)(SCOPE)
        assert belongs(value, checked.type), f"{text} gives {value!r}, not {checked.type}"
    assert passed > 100
