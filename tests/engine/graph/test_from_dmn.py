"""A DMN model becomes the draft of a flow that loads and decides the same; what does not fit is named."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from engine.dmn.reader import read_definitions
from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.graph.from_dmn import Draft, from_dmn
from engine.graph.graph import Graph
from engine.graph.view import View
from tests.engine.dmn.models import decision, definitions, input_element, literal
from tests.engine.graph.test_to_dmn import FLOWS, citizen, exported, graph_of, name_of

TYPES = """
<itemDefinition name="tRisk"><typeRef>string</typeRef><allowedValues><text>"hoog", "laag"</text></allowedValues>
</itemDefinition>
<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues>
</itemDefinition>
<itemDefinition name="tPerson"><itemComponent name="Age now"><typeRef>tAge</typeRef></itemComponent>
<itemComponent name="Risk"><typeRef>tRisk</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tKids" isCollection="true"><itemComponent name="Born"><typeRef>date</typeRef></itemComponent>
</itemDefinition>
"""
DOUBLE = (
    '<businessKnowledgeModel id="b_twice" name="Twice as much"><variable name="Twice as much" typeRef="number"/>'
    '<encapsulatedLogic><formalParameter name="n" typeRef="number"/><formalParameter name="by" typeRef="number"/>'
    "<literalExpression><text>n * by</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"
)
INVOKED = (
    "<invocation><literalExpression><text>Twice as much</text></literalExpression>"
    "<binding><parameter name='by'/><literalExpression><text>2</text></literalExpression></binding>"
    "<binding><parameter name='n'/><literalExpression><text>Person.Age now</text></literalExpression></binding>"
    "</invocation>"
)


def table(*rules: tuple[str, ...], hit: str = "FIRST", outputs: str = '<output name="o"/>', heads: str = "") -> str:
    """A decision table with the given heads (separated by commas); a rule has its tests first."""
    columns = heads.split(", ") if heads else []
    inputs = "".join(f"<input><inputExpression><text>{head}</text></inputExpression></input>" for head in columns)
    rows = ""
    for rule in rules:
        cells = [cell.replace("<", "&lt;") for cell in rule]
        tests = "".join(f"<inputEntry><text>{cell}</text></inputEntry>" for cell in cells[: len(columns)])
        ends = "".join(f"<outputEntry><text>{cell}</text></outputEntry>" for cell in cells[len(columns) :])
        rows += f"<rule>{tests}{ends}</rule>"
    return f'<decisionTable hitPolicy="{hit}">{inputs}{outputs}{rows}</decisionTable>'


def draft(*elements: str) -> Draft:
    return from_dmn(read_definitions(definitions(TYPES + "".join(elements))))


def loaded(made: Draft) -> Graph:
    return compile_flow(parse_flow(made.text, "draft.yaml"))


ROUTE = table(
    ("< 18", "-", '"jong"'),
    ("[18..67)", '"hoog"', '"urgent"'),
    ("-", 'not("laag")', '"gesprek"'),
    ("-", "-", '"geen"'),
    heads="Person.Age now, Person.Risk",
)
PERSON = input_element("Person", "tPerson")


def test_a_structure_becomes_a_fact_per_component():
    """Components are questions of their own, typed by their definitions."""
    graph = loaded(draft(PERSON, decision("Route", ROUTE, "i_Person")))
    age, risk = graph.facts["person_age_now"].spec, graph.facts["person_risk"].spec
    assert (age.type, age.min, age.max) == ("number", "0", "120")
    assert (risk.type, list(risk.options)) == ("choice", ["hoog", "laag"])


@pytest.mark.parametrize(
    ("age", "risk", "expected"),
    [(5, "hoog", "jong"), (18, "hoog", "urgent"), (70, "hoog", "gesprek"), (18, "laag", "geen")],
)
def test_a_table_becomes_a_pipe_table(age: int, risk: str, expected: str):
    """The table is written as one, and decides the same; its outputs are the goal's outcomes."""
    made = draft(PERSON, decision("Route", ROUTE, "i_Person"))
    graph = loaded(made)
    assert "| person_age_now | person_risk" in made.text
    assert View(graph, {"person_age_now": Decimal(age), "person_risk": risk}).value("route") == expected
    assert (graph.flow.goal, list(graph.flow.outcomes)) == ("route", ["jong", "urgent", "gesprek", "geen"])
    assert made.called == {"Route": "route", "Person.Age now": "person_age_now", "Person.Risk": "person_risk"}


def test_cells_that_need_more_become_rules():
    """A cell that is an expression on its value cannot stand in a pipe table."""
    logic = table(("even(?)", '"even"'), ("? > 10 and odd(?)", '"veel"'), ("-", '"weinig"'), heads="n")
    made = draft(input_element("n", "number"), decision("Soort", logic, "i_n"))
    graph = loaded(made)
    assert "rules:" in made.text
    answers = [View(graph, {made.called["n"]: Decimal(n)}).value("soort") for n in (4, 11, 3)]
    assert answers == ["even", "veel", "weinig"]


def test_a_knowledge_model_becomes_a_function():
    """Bindings by name find the place of their parameter."""
    made = draft(PERSON, DOUBLE, decision("Dubbel", INVOKED, "i_Person", "number", "b_twice"))
    graph = loaded(made)
    assert View(graph, {"person_age_now": Decimal(21)}).value("dubbel") == 42
    assert "is: twice_as_much(person_age_now, 2)" in made.text


def test_several_outputs_become_several_decisions():
    """A table with two outputs is two decisions, read by their own names elsewhere."""
    outputs = '<output name="kleur"/><output name="aantal"/>'
    both = table(("-", '"rood"', "2"), outputs=outputs, heads="Person.Age now")
    made = draft(PERSON, decision("Keuze", both, "i_Person"), decision("Meer", literal("Keuze.aantal + 1"), "d_Keuze"))
    view = View(loaded(made), {"person_age_now": Decimal(1)})
    assert (view.value("keuze_kleur"), view.value("meer")) == ("rood", 3)


def test_a_goal_that_is_no_choice_gets_one():
    """A boolean becomes yes or no; a number is reported with the outcome."""
    yes = loaded(draft(PERSON, decision("Mag het", literal("Person.Age now >= 18"), "i_Person")))
    assert View(yes, {"person_age_now": Decimal(20)}).value(yes.flow.goal) == "ja"
    number = loaded(draft(PERSON, decision("Bedrag", literal("Person.Age now * 2"), "i_Person")))
    assert number.flow.outcomes["bekend"].values == ("bedrag",)


def test_a_collection_becomes_a_list():
    """A collection of structures is a list with a fact per component."""
    logic = literal("count(Kids[item.Born > date(2020, 1, 1)]) > 0 or (some k in Kids satisfies k.Born.year = 2000)")
    graph = loaded(draft(input_element("Kids", "tKids"), decision("Jong", logic, "i_Kids")))
    assert graph.facts["kids.born"].spec.type == "date"


@pytest.mark.parametrize(
    ("logic", "remark"),
    [
        ("<relation><column name='c'/></relation>", "a boxed relation"),
        (literal("1 +"), "an expression that is no FEEL"),
        ("", "a decision without logic"),
        (table(("1",), hit="RULE ORDER"), "a list of collected values without fixed options"),
        (literal("Person"), "`Person` as a whole"),
    ],
)
def test_what_does_not_fit_is_named(logic: str, remark: str):
    """Nothing is left out in silence: the remark names the decision and the form."""
    made = draft(PERSON, decision("Vreemd", logic, "i_Person"))
    assert any(
        "`vreemd`: a flow has no form for" in text and text.startswith("line ") and remark in text
        for text in made.remarks
    )
    loaded(made)


NO_FORM_IN_A_FLOW = {
    "every_construct": "much of it",
    "dagopname": "a telephone number is a text",
    "verkeersboete": "a parameter of one column goes out as a table inside a context",
    "bijstand": "a person, and a table inside a calculation",
    "paspoort": "a person",
    "omgevingsvergunning": "a person",
    "03-redundancy-pay": "a parameter of two columns goes out as a function that gives a context",
    "08-kindgebonden-budget": "a parameter of several columns, and amounts for each child",
}


def _comes_back_whole(path) -> bool:
    return name_of(path) not in NO_FORM_IN_A_FLOW


@pytest.mark.parametrize("path", [path for path in FLOWS if _comes_back_whole(path)], ids=name_of)
def test_a_flow_survives_the_way_there_and_back(path):
    """A flow exported to DMN and imported again decides its goal the same for every citizen without a list."""
    graph, made = graph_of(path), from_dmn(read_definitions(exported(path)))
    again = loaded(made)
    assert made.remarks == ()
    chance = random.Random(3)  # noqa: S311 - citizens at random, the same ones each time
    for _ in range(40):
        known, inputs = citizen(graph, chance)
        if any(isinstance(value, list) and value for value in inputs.values()):
            continue
        there = {made.called[name]: 0 if value == [] else value for name, value in inputs.items()}
        goal = graph.flow.goal
        assert View(again, there).value(made.called[goal]) == View(graph, known).value(goal)
