"""Nothing of a DMN model is dropped in silence: each thing that the draft does not take over is named with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from api.cli.main import main
from engine.dmn.reader import read_definitions
from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.graph.from_dmn import from_dmn
from engine.graph.view import View
from tests.engine.dmn.models import definitions, input_element

MODEL = """
<description>Wie krijgt korting?</description>
<extensionElements><tool xmlns="urn:tool" version="7"/></extensionElements>
<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>(0..120)</text></allowedValues>
</itemDefinition>
<itemDefinition name="tLevel"><typeRef>number</typeRef><allowedValues><text>1, 2, 3</text></allowedValues>
</itemDefinition>
<itemDefinition name="tAges" isCollection="true"><typeRef>number</typeRef>
<typeConstraint><text>count(?) &lt; 4</text></typeConstraint></itemDefinition>
<itemDefinition name="tFunction"><functionItem outputTypeRef="number"/></itemDefinition>
<inputData id="i_Age" name="Age"><description>Hoe oud bent u?</description>
<variable name="Age" typeRef="number"/></inputData>
<decision id="d_Discount" name="Discount"><description>Jongeren krijgen korting.</description>
<question>Krijg ik korting?</question><allowedAnswers>ja of nee</allowedAnswers>
<variable name="Discount" typeRef="string"/>
<informationRequirement><requiredInput href="#i_Age"/></informationRequirement>
<authorityRequirement><requiredAuthority href="#k_law"/></authorityRequirement>
<authorityRequirement><requiredAuthority href="#k_policy"/></authorityRequirement>
<performanceIndicator name="Doorlooptijd"/>
<decisionTable hitPolicy="UNIQUE"><input label="Leeftijd"><inputExpression><text>Age</text></inputExpression>
<inputValues><text>[0..120]</text></inputValues></input><output name="o" label="Korting"/>
<annotation name="waarom"/>
<rule><description>jong</description><inputEntry><text>&lt; 18</text></inputEntry>
<outputEntry><text>"ja"</text></outputEntry><annotationEntry><text>artikel 2</text></annotationEntry></rule>
<rule><inputEntry><text>&gt;= 18</text></inputEntry><outputEntry><text>"nee"</text></outputEntry></rule>
</decisionTable></decision>
<decision id="d_Other" name="Other"><question>En anders?</question><variable name="Other" typeRef="number"/>
<literalExpression><text>Age + 1</text></literalExpression></decision>
<decisionService id="s_1" name="Korting als dienst"><variable name="Korting als dienst"/>
<outputDecision href="#d_Discount"/></decisionService>
<knowledgeSource id="k_law" name="Wet op de korting" locationURI="https://wetten.example/korting"/>
<knowledgeSource id="k_policy" name="Beleid"/>
<knowledgeSource id="k_expert" name="Expert"/>
<textAnnotation id="t_1"><text>Let op de grens.</text></textAnnotation>
<association id="a_1"/>
<organizationUnit id="o_1" name="Afdeling Korting"/>
<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/"><dmndi:DMNDiagram/></dmndi:DMNDI>
"""


def line_of(text: str) -> int:
    """The line of the first place where the model says so."""
    return next(at for at, line in enumerate(definitions(MODEL).splitlines(), 1) if text in line)


CHANGES = [
    ("(0..120)", "type `tAge`: its allowed values ((0..120)) are left out"),
    ("1, 2, 3", "type `tLevel`: its allowed values (1, 2, 3) are left out"),
    ("count(?)", "type `tAges`: its constraint (count(?) < 4) is left out"),
    ("tFunction", "type `tFunction`: a flow has no types of functions"),
    ("[0..120]", "`Discount`: the values that column `Leeftijd` may have ([0..120]) are left out"),
]
CHANGES_NOTHING = [
    ("<extensionElements>", "what a tool added"),
    ('name="Discount"', "`Discount`: its description is left out"),
    ('name="Discount"', "`Discount`: its allowed answers (ja of nee) are left out"),
    ('name="Discount"', "`Discount`: of its 2 authorities the first is its source"),
    ("performanceIndicator", 'a performance indicator "Doorlooptijd"'),
    ("<decisionTable", "`Discount`: the notes at 1 of its 2 rows are left out"),
    ("<decisionTable", "`Discount`: the labels of its columns (Leeftijd, Korting) are left out"),
    ('name="Other"', "`Other`: no decision needs it and it is not the goal"),
    ('name="Other"', "`Other`: its question is left out"),
    ("<decisionService", "the decision service `Korting als dienst` is left out"),
    ("k_expert", "the knowledge source `Expert` is left out"),
    ("<textAnnotation", 'a note (`textAnnotation`) "Let op de grens."'),
    ("<association", "a line to a note"),
    ("<organizationUnit", 'an organisational unit "Afdeling Korting"'),
    ("<dmndi:DMNDI", "the diagram (`DMNDI`)"),
]


@pytest.mark.parametrize(("place", "says"), CHANGES)
def test_a_limit_that_the_draft_does_not_have_is_a_remark(place: str, says: str) -> None:
    """With its line, and what to write instead."""
    found = [text for text in from_dmn(read_definitions(definitions(MODEL))).remarks if says in text]
    assert len(found) == 1
    assert found[0].startswith(f"line {line_of(place)}: ")


@pytest.mark.parametrize(("place", "says"), CHANGES_NOTHING)
def test_what_changes_no_value_is_told_too(place: str, says: str) -> None:
    """So that a person can keep it by hand."""
    found = [text for text in from_dmn(read_definitions(definitions(MODEL))).left_out if says in text]
    assert len(found) == 1
    assert found[0].startswith(f"line {line_of(place)}: ")


def test_nothing_else_is_said() -> None:
    """A model's own names, questions and first authority are in the draft."""
    made = from_dmn(read_definitions(definitions(MODEL)))
    assert len(made.remarks) == len(CHANGES)
    unmentioned = [text for text in made.left_out if not any(says in text for _, says in CHANGES_NOTHING)]
    (policy,) = unmentioned
    line = line_of('id="k_policy"')
    assert policy.startswith(f"line {line}: the knowledge source `Beleid` is left out")
    graph = compile_flow(parse_flow(made.text, "draft.yaml"))
    assert "ask: Hoe oud bent u?" in made.text
    assert graph.rulings["discount"].source == "wet_op_de_korting"
    assert graph.flow.sources["wet_op_de_korting"].url == "https://wetten.example/korting"


TABLE = (
    '<decision id="d_Route" name="Route"><variable name="Route" typeRef="tRoute"/>'
    '<informationRequirement><requiredInput href="#i_Age"/></informationRequirement>'
    '<decisionTable hitPolicy="{hit}"><input><inputExpression><text>Age</text></inputExpression></input>'
    '<output name="o"><outputValues><text>"hoog", "midden", "laag"</text></outputValues>'
    '<defaultOutputEntry><text>"laag"</text></defaultOutputEntry></output>'
    '<rule><inputEntry><text>&gt; 10</text></inputEntry><outputEntry><text>"midden"</text></outputEntry></rule>'
    '<rule><inputEntry><text>&gt; 50</text></inputEntry><outputEntry><text>"hoog"</text></outputEntry></rule>'
    "</decisionTable></decision>"
)
ROUTE = (
    '<itemDefinition name="tRoute"><typeRef>string</typeRef>'
    '<allowedValues><text>"hoog", "midden", "laag"</text></allowedValues></itemDefinition>'
)


@pytest.mark.parametrize(
    ("hit", "age", "expected"),
    [
        ("PRIORITY", 60, "hoog"),
        ("PRIORITY", 20, "midden"),
        ("PRIORITY", 5, "laag"),
        ("FIRST", 60, "midden"),
        ("UNIQUE", 20, "midden"),
        ("UNIQUE", 5, "laag"),
        ("UNIQUE", 60, None),
    ],
)
def test_a_default_output_keeps_the_hit_policy(hit: str, age: int, expected: str | None) -> None:
    """The default holds where no row does; among rows that hold the model's own policy decides."""
    made = from_dmn(read_definitions(definitions(ROUTE + input_element("Age", "number") + TABLE.format(hit=hit))))
    graph = compile_flow(parse_flow(made.text, "draft.yaml"))
    assert View(graph, {"age": Decimal(age)}).value("route") == expected


def test_the_command_tells_both_and_ends_in_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is left out goes to standard error, the draft to standard output."""
    path = tmp_path / "model.dmn"
    path.write_text(definitions(MODEL), encoding="utf-8")
    assert main(["dmn", "import", str(path)]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("wegwijzer: 1")
    assert all(says in err for _, says in (*CHANGES, *CHANGES_NOTHING))
