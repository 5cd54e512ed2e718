"""The language reference is complete and true: its examples are run, and nothing built in is missing from it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from engine.feel import fits, run, syntax
from engine.feel.evaluator import Run, compile_expression
from engine.feel.parser import FeelSyntaxError, Profile, parse
from engine.feel.registry import BUILT_INS
from engine.feel.signatures import ALL
from engine.feel.text import text_of
from engine.feel.unknown import UNKNOWN
from tests.engine.feel.evaluating import evaluate_in

PAGE = (Path(__file__).parents[3] / "docs" / "language" / "feel.md").read_text(encoding="utf-8")
SCOPE: dict[str, object] = {
    "leeftijd": Decimal(40),
    "inkomen": Decimal(900),
    "spoed": True,
    "werk": "snoeien",
    "inkomsten": ["loon", "uitkering"],
    "geboren": date(2012, 5, 1),
    "kinderen": [
        {"geboren": date(2012, 5, 1), "uit_huis": False},
        {"geboren": date(2008, 9, 9), "uit_huis": True},
    ],
    "later": UNKNOWN,
}
_CODE = re.compile(r"`([^`\n]+) -> ([^`\n]+)`")
EXAMPLES = [(left, right) for left, right in _CODE.findall(PAGE) if "..." not in right]


def test_there_are_examples() -> None:
    """The page is found and read."""
    assert len(EXAMPLES) > 150


@pytest.mark.parametrize(("expression", "expected"), EXAMPLES)
def test_example(expression: str, expected: str) -> None:
    """What stands before the arrow gives what stands behind it."""
    given, wanted = evaluate_in(expression, SCOPE), evaluate_in(expected, SCOPE)
    assert (type(given), text_of(given, Run())) == (type(wanted), text_of(wanted, Run()))


@pytest.mark.parametrize("name", ALL)
def test_every_function_is_described(name: str) -> None:
    """Each form of each function is listed with its parameters, and the function is called in an example."""
    forms = set(re.findall(rf"^\| `{name}\(([^`]*)\)`", PAGE, re.MULTILINE))
    described = {tuple(part.strip() for part in form.split(",") if part.strip()) for form in forms}
    whole = {form for form in ALL[name] if not form[-1:] or form[-1] not in ("c...", "n...", "b...")}
    assert len(described) >= 1
    assert described == whole or len(ALL[name][0]) == 2 or name in ("before", "after")
    assert any(f"{name}(" in left for left, _ in EXAMPLES)


def test_what_is_declared_is_built() -> None:
    """Every function with a signature has a body, and the other way round."""
    assert BUILT_INS.keys() == ALL.keys()


@pytest.mark.parametrize("name", [*fits.TYPES, "Any"])
def test_every_type_is_described(name: str) -> None:
    """Each type that `instance of` knows has an example."""
    if name.startswith(("day and", "year and")):
        pytest.skip("another spelling of a type that is described")
    assert any(f"instance of {name}" in left for left, _ in EXAMPLES)


def test_the_limits_are_those_of_the_code() -> None:
    """The table of limits gives the figures of the code."""
    figures = (syntax.MAX_TEXT, syntax.MAX_NESTING, run.FLOW_STEPS, run.MAX_SIZE, run.MAX_CALLS)
    assert [f"{figure:,}" for figure in figures if f" {figure:,}" not in PAGE] == []
    terms = " + ".join(["1"] * 148)
    assert compile_expression(parse(terms))({}) == Decimal(148)
    with pytest.raises(FeelSyntaxError, match="too deep"):
        parse(terms + " + 1 + 1 + 1", profile=Profile.DMN)
