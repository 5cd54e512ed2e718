"""Decision tables: each hit policy, aggregations, defaults, priorities, input values, several outputs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from engine.dmn import load_model
from tests.engine.dmn.models import decision, definitions, input_element, model


def table(
    rules: Sequence[tuple[str, ...]], hit: str = "UNIQUE", outputs: str = "<output/>", inputs: str = "x", more: str = ""
) -> str:
    """A decision table; each rule has its tests first, its outputs last."""
    columns = "".join(f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in inputs)
    rows = ""
    for rule in rules:
        cells = [cell.replace("<", "&lt;") for cell in rule]
        tests = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells[: len(inputs)])
        ends = "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in cells[len(inputs) :])
        rows += f"<rule>{tests}{ends}</rule>"
    return f'<decisionTable hitPolicy="{hit}" {more}>{columns}{outputs}{rows}</decisionTable>'


def ask(logic: str, **inputs: object) -> object:
    elements = [input_element(name) for name in inputs]
    return model(*elements, decision("t", logic, " ".join(f"i_{name}" for name in inputs))).evaluate("t", inputs)


BOTH = [("> 1", '"a"'), ("> 2", '"b"')]
ORDERED = '<output><outputValues><text>"b", "a"</text></outputValues></output>'


@pytest.mark.parametrize(
    ("hit", "x", "expected"),
    [
        ("UNIQUE", 2, "a"),
        ("UNIQUE", 3, None),
        ("UNIQUE", 0, None),
        ("FIRST", 3, "a"),
        ("FIRST", 0, None),
        ("ANY", 3, None),
        ("ANY", 2, "a"),
        ("PRIORITY", 3, "b"),
        ("PRIORITY", 2, "a"),
        ("RULE ORDER", 3, ["a", "b"]),
        ("OUTPUT ORDER", 3, ["b", "a"]),
        ("COLLECT", 3, ["a", "b"]),
        ("COLLECT", 2, ["a"]),
    ],
)
def test_each_hit_policy_keeps_what_it_says(hit: str, x: int, expected: object):
    """The policy decides which of the rules that hold give the output, and in which order."""
    assert ask(table(BOTH, hit, ORDERED), x=x) == expected


@pytest.mark.parametrize(
    ("aggregation", "x", "expected"),
    [("SUM", 3, 30), ("COUNT", 3, 2), ("MIN", 3, 10), ("MAX", 3, 20), ("SUM", 0, None), ("COUNT", 0, 0)],
)
def test_collect_aggregates(aggregation: str, x: int, expected: object):
    """Collect with an aggregator gives one number; nothing collected counts zero and sums to null."""
    rules = [("> 1", "10"), ("> 2", "20")]
    outcome = ask(table(rules, "COLLECT", more=f'aggregation="{aggregation}"'), x=x)
    assert outcome == (None if expected is None else Decimal(str(expected)))


def test_equal_outputs_agree_under_any():
    """Under ANY several rules may hold as long as they say the same."""
    assert ask(table([("> 1", "1"), ("> 2", "1.0")], "ANY"), x=3) == 1


def test_several_outputs_make_a_context():
    """With several output columns the output is a context with their names."""
    outputs = '<output name="kleur"/><output name="aantal"/>'
    assert ask(table([("-", '"rood"', "x + 1")], outputs=outputs), x=1) == {"kleur": "rood", "aantal": 2}


def test_priority_looks_at_every_output_column_in_turn():
    """With several outputs the first column decides, the next one breaks ties."""
    column = '<output name="{}"><outputValues><text>"hoog", "laag"</text></outputValues></output>'
    outputs = column.format("a") + column.format("b")
    rules = [("-", '"hoog"', '"laag"'), ("-", '"hoog"', '"hoog"'), ("-", '"laag"', '"hoog"')]
    assert ask(table(rules, "PRIORITY", outputs), x=1) == {"a": "hoog", "b": "hoog"}


LEVEL = '<allowedValues><text>"hoog", "laag"</text></allowedValues>'
LEVELS = (
    f'<itemDefinition name="tHoogte"><typeRef>string</typeRef>{LEVEL}</itemDefinition>'
    '<itemDefinition name="tSoms"><typeRef>tHoogte</typeRef></itemDefinition>'
    '<itemDefinition name="tHoogten" isCollection="true"><typeRef>tHoogte</typeRef></itemDefinition>'
    '<itemDefinition name="tBeide"><itemComponent name="a"><typeRef>tHoogte</typeRef></itemComponent>'
    f'<itemComponent name="b"><typeRef>string</typeRef>{LEVEL}</itemComponent></itemDefinition>'
)
TWO = '<output name="a"/><output name="b"/>'


@pytest.mark.parametrize(
    ("hit", "outputs", "declared", "expected"),
    [
        ("PRIORITY", "<output/>", "tHoogte", "hoog"),
        ("PRIORITY", "<output/>", "tSoms", "hoog"),
        ("PRIORITY", '<output typeRef="tHoogte"/>', "Any", "hoog"),
        ("OUTPUT ORDER", "<output/>", "tHoogten", ["hoog", "laag", "laag"]),
        ("PRIORITY", TWO, "tBeide", {"a": "hoog", "b": "laag"}),
    ],
)
def test_allowed_values_of_the_type_are_an_order_too(hit: str, outputs: str, declared: str, expected: object):
    """Without output values the allowed values of the output's type, or of the decision's, are the priorities."""
    ends = ('"laag"', '"hoog"', '"laag"')
    rules = [("-", end, '"laag"') if outputs is TWO else ("-", end) for end in ends]
    asked = model(LEVELS, input_element("x"), decision("t", table(rules, hit, outputs), "i_x", declared))
    assert asked.evaluate("t", {"x": 1}) == expected


def test_the_order_may_stand_in_an_imported_type():
    """The allowed values of a type of an imported model are an order as those of an own type are."""
    wanted = '<import name="o" namespace="urn:other" importType="urn:x"/>'
    logic = table([("-", '"laag"'), ("-", '"hoog"')], "PRIORITY", '<output typeRef="o.tSoms"/>')
    root = definitions(wanted + input_element("x") + decision("t", logic, "i_x"))
    assert load_model(root, {"urn:other": definitions(LEVELS, "urn:other")}).evaluate("t", {"x": 1}) == "hoog"


def test_any_compares_as_feel_does():
    """Under ANY the number one and true are different outputs, though Python has them equal."""
    assert ask(table([("> 1", "1"), ("> 2", "true")], "ANY"), x=3) is None


def test_defaults_stand_in_when_nothing_matches():
    """A default output is given when no rule holds, also as a list member's stand-in for COLLECT."""
    outputs = '<output><defaultOutputEntry><text>"geen"</text></defaultOutputEntry></output>'
    assert ask(table(BOTH, "UNIQUE", outputs), x=0) == "geen"
    assert ask(table(BOTH, "UNIQUE", outputs), x=2) == "a"


def test_a_value_outside_the_input_values_gives_null():
    """An input value that the column does not allow is an error, even where a rule would hold."""
    inside = "<inputExpression><text>x</text></inputExpression><inputValues><text>[0..10]</text></inputValues>"
    rows = '<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"ja"</text></outputEntry></rule>'
    logic = f"<decisionTable><input>{inside}</input><output/>{rows}</decisionTable>"
    assert ask(logic, x=3) == "ja"
    assert ask(logic, x=11) is None


def test_cells_may_be_expressions_over_the_value_under_test():
    """A cell can use `?`, other inputs, lists and negation."""
    rules = [("? > y and even(?)", '"even boven y"'), ("not(1, 2)", '"anders"')]
    logic = table([(test, "-", end) for test, end in rules], "FIRST", inputs="xy")
    assert ask(logic, x=4, y=3) == "even boven y"
    assert ask(logic, x=3, y=3) == "anders"
    assert ask(logic, x=1, y=3) is None


def test_behind_in_a_condition_asks_of_what_stands_before_it():
    """In `x in (? > 1)` the `?` is x; in `"a" in ?` it stays the value that the cell tests."""
    rules = [("x in (? > 1)", "-", '"x is meer"'), ("3 in ?", "-", '"drie zit erin"')]
    logic = table(rules, "FIRST", inputs="yx")
    assert ask(logic, y=[1], x=2) == "x is meer"
    assert ask(logic, y=[1, 3], x=1) == "drie zit erin"
    assert ask(logic, y=[1], x=1) is None


def test_a_broken_cell_says_so_and_the_rest_goes_on():
    """A cell that is no FEEL never matches, and the diagnostic names its line."""
    broken = model(input_element("x"), decision("t", table([("> > 1", "1"), ("> 1", "2")], "FIRST"), "i_x"))
    assert broken.evaluate("t", {"x": 5}) == 2
    assert any("Expected" in note.message for note in broken.diagnostics)
    assert all(note.element == "t" and note.line for note in broken.diagnostics)
