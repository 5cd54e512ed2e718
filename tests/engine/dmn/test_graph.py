"""The requirements graph: decisions, inputs, services, imports, and what happens when something is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.dmn import Model, load_model
from engine.errors import FlowError
from tests.engine.dmn.models import DMN_15, decision, definitions, input_element, literal, model

IMPORT = '<import name="{}" namespace="urn:other" importType="urn:x"/>'


def service(name: str, outputs: str, encapsulated: str = "", decisions: str = "", inputs: str = "") -> str:
    groups = (
        ("outputDecision", outputs),
        ("encapsulatedDecision", encapsulated),
        ("inputDecision", decisions),
        ("inputData", inputs),
    )
    links = "".join(f'<{tag} href="#{link}"/>' for tag, listed in groups for link in listed.split())
    return f'<decisionService id="s_{name}" name="{name}"><variable name="{name}"/>{links}</decisionService>'


CHAIN = (
    input_element("x", "number"),
    decision("base", literal("x * 2"), "i_x", "number"),
    decision("top", literal("base + 1"), "d_base", "number"),
)


def test_decisions_build_on_each_other():
    """A decision sees the values of the inputs and decisions it requires, and of nothing else."""
    asked = model(*CHAIN, decision("blind", literal("base")))
    assert asked.evaluate("top", {"x": 3}) == 7
    assert asked.evaluate("blind", {"x": 3}) is None
    assert [str(note) for note in asked.diagnostics] == ["blind (line 1): There is no `base` here."]


@pytest.mark.parametrize("given", [3, 3.0, Decimal(3), [3]])
def test_numbers_may_be_of_any_python_kind(given: object):
    """An int, a float and a Decimal mean the same number."""
    assert model(*CHAIN).evaluate("top", {"x": given}) == Decimal(7)


def test_names_with_spaces_and_signs_are_one_name():
    """A name may hold spaces and signs; white space does not matter."""
    spaced = definitions(
        '<inputData id="i1" name="pre-tax   sum"><variable name="pre-tax sum"/></inputData>'
        '<decision id="d1" name="d"><variable name="d"/><informationRequirement><requiredInput href="#i1"/>'
        "</informationRequirement><literalExpression><text>pre-tax sum-1</text></literalExpression></decision>"
    )
    assert load_model(spaced).evaluate("d", {"pre-tax sum": 3}) == 2


def test_an_unknown_name_gives_null_and_says_so():
    """Asking for what the model does not have is no crash."""
    asked = model(*CHAIN)
    assert asked.evaluate("nothing", {}) is None
    assert "no decision" in asked.diagnostics[0].message


def test_a_circle_gives_null_and_says_so():
    """Decisions that require each other give null."""
    asked = model(decision("a", literal("b"), "d_b"), decision("b", literal("a"), "d_a"))
    assert asked.evaluate("a", {}) is None
    assert any("requires itself" in note.message for note in asked.diagnostics)


def test_a_link_to_nothing_is_noted():
    """A requirement that leads nowhere is a diagnostic; the decision still runs."""
    asked = model(decision("a", literal("1"), "d_gone"))
    assert asked.evaluate("a", {}) == 1
    assert any("d_gone" in note.message for note in asked.diagnostics)


def test_running_leaves_the_model_as_it_was():
    """`run` gives value and diagnostics together, and two runs do not mix."""
    asked = model(*CHAIN)
    bad = asked.run("top", {"x": "tekst"})
    good = asked.run("top", {"x": 1})
    assert (bad.value, bool(bad.diagnostics)) == (None, True)
    assert (good.value, good.diagnostics) == (3, ())


def test_time_is_an_input():
    """`now()` and `today()` give the moment the model was loaded with; without one they are null."""
    xml = definitions(decision("d", literal("[today(), now() instance of date and time]")))
    moment = datetime(2026, 4, 6, 12, tzinfo=UTC)
    assert load_model(xml, now=moment).evaluate("d", {}) == [date(2026, 4, 6), True]
    assert load_model(xml).evaluate("d", {}) == [None, False]


def test_a_decision_without_logic_takes_a_given_value():
    """A decision that has no expression is supplied from outside, or null."""
    asked = model(decision("given", ""), decision("d", literal("given + 1"), "d_given"))
    assert asked.evaluate("d", {"given": 1}) == 2
    assert asked.evaluate("d", {}) is None


def with_service() -> Model:
    return model(
        *CHAIN,
        decision("other", literal("base - 1"), "d_base"),
        service("one", "d_top", "d_base", inputs="i_x"),
        service("two", "d_top d_other", "d_base", inputs="i_x"),
        service("upper", "d_top", decisions="d_base"),
        decision("by place", literal("one(5)"), knowledge="s_one"),
        decision("by name", literal("upper(base: 5)"), knowledge="s_upper"),
        decision("wrong", literal("one()"), knowledge="s_one"),
    )


@pytest.mark.parametrize(
    ("name", "inputs", "expected"),
    [
        ("one", {"x": 3}, 7),
        ("two", {"x": 3}, {"top": 7, "other": 5}),
        ("upper", {"base": 10, "x": 99}, 11),
        ("by place", {}, 11),
        ("by name", {"x": 99}, 6),
        ("wrong", {"x": 3}, None),
        ("one", {"x": "tekst"}, None),
    ],
)
def test_a_service_gives_its_output_decisions(name: str, inputs: dict[str, object], expected: object):
    """A service is a function of its inputs and input decisions; several outputs make a context."""
    assert with_service().evaluate(name, inputs) == expected


def other_model() -> str:
    elements = (*CHAIN, service("dienst", "d_top", "d_base", inputs="i_x"))
    knowledge = (
        '<businessKnowledgeModel id="b_f" name="f"><variable name="f"/><encapsulatedLogic>'
        f'<formalParameter name="n"/>{literal("n + 100")}</encapsulatedLogic></businessKnowledgeModel>'
    )
    return definitions("".join(elements) + knowledge, "urn:other")


def importing(prefix: str, text: str) -> Model:
    asked = decision("d", literal(text), "d_top", knowledge="b_f s_dienst").replace('href="#', 'href="urn:other#')
    return load_model(definitions(IMPORT.format(prefix) + asked), {"urn:other": other_model()})


@pytest.mark.parametrize("inputs", [{"x": 3}, {"ander model.x": 3}, {"ander model": {"x": 3}}])
def test_imported_elements_go_by_prefix(inputs: dict[str, object]):
    """Decisions, services and knowledge models of an import are `prefix.name`; its inputs also go by bare name."""
    asked = importing("ander model", "[ander model.top, ander model.f(1), ander model.dienst(x: 1)]")
    assert asked.evaluate("d", inputs) == [7, 101, 3]
    assert asked.evaluate("ander model.top", inputs) == 7
    assert asked.evaluate("ander model.f", {"n": 1}) == 101


def test_an_import_without_a_name_needs_no_prefix():
    """With an empty name the imported elements stand among the model's own."""
    assert importing("", "[top, f(1), dienst(1)]").evaluate("d", {"x": 3}) == [7, 101, 3]


@pytest.mark.parametrize(
    ("given", "inputs"),
    [
        ("i_x", {"x": 3}),
        ("i_x", {"o.x": 3}),
        ("i_x", {"o": {"x": 3}}),
        ("d_base", {"base": 6}),
        ("d_base", {"o.base": 6, "o.x": 99}),
        ("d_base", {"o": {"base": 6}}),
    ],
)
def test_a_service_takes_what_is_imported_under_each_of_its_names(given: str, inputs: dict[str, object]):
    """An imported input or input decision is given to a service as it is to a decision: bare, or with its prefix."""
    kind = "inputData" if given == "i_x" else "inputDecision"
    links = f'<outputDecision href="#d_d"/><{kind} href="urn:other#{given}"/>'
    root = (
        IMPORT.format("o")
        + decision("d", literal("o.top"), "d_top").replace('"#d_top"', '"urn:other#d_top"')
        + f'<decisionService id="s_own" name="own"><variable name="own"/>{links}</decisionService>'
    )
    asked = load_model(definitions(root), {"urn:other": other_model()})
    assert asked.evaluate("own", inputs) == 7


@pytest.mark.parametrize("names", [("een", "twee"), ("twee", "een"), ("een", "")])
def test_a_model_imported_twice_goes_by_both_names(names: tuple[str, str]):
    """Two imports of one namespace: its elements, services and types go by each of the two names."""
    first, second = (f"{name}." if name else "" for name in names)
    text = f"[{first}top, {second}top, {first}dienst(1), {second}f(1), 6 instance of {second}tKlein]"
    asked = decision("d", literal(text), "d_top", knowledge="b_f s_dienst").replace('href="#', 'href="urn:other#')
    small = '<itemDefinition name="tKlein"><typeRef>number</typeRef></itemDefinition>'
    other = other_model().replace("<inputData", f"{small}<inputData", 1)
    links = '<outputDecision href="#d_d"/><inputData href="urn:other#i_x"/>'
    own = f'<decisionService id="s_own" name="own"><variable name="own"/>{links}</decisionService>'
    model = load_model(definitions("".join(map(IMPORT.format, names)) + asked + own), {"urn:other": other})
    assert model.evaluate("d", {"x": 3}) == [7, 7, 3, 101, True]
    for prefix in (first, second):
        assert model.evaluate("d", {f"{prefix}x": 3}) == [7, 7, 3, 101, True]
        assert model.evaluate(f"{prefix}top", {"x": 3}) == 7
        assert model.evaluate(f"{prefix}dienst", {f"{prefix}x": 3}) == 7
    assert model.evaluate("own", {"x": 3}) == [7, 7, 3, 101, True]


def test_an_imported_service_takes_inputs_under_each_of_their_names():
    """A service of an import is given its inputs by bare name or with the prefix."""
    asked = importing("o", "1")
    for inputs in ({"x": 3}, {"o.x": 3}, {"o": {"x": 3}}):
        assert asked.evaluate("o.dienst", inputs) == 7


def test_imports_may_import_and_go_round():
    """Imports are followed through; models that import each other do not loop."""
    back = other_model().replace(
        '<inputData id="i_x"', '<import name="terug" namespace="urn:test" importType="urn:x"/><inputData id="i_x"', 1
    )
    asked = decision("d", literal("o.top"), "d_top").replace('href="#', 'href="urn:other#')
    root = definitions(IMPORT.format("o") + asked)
    assert load_model(root, {"urn:other": back, "urn:test": root}).evaluate("d", {"x": 3}) == 7


def test_a_missing_import_is_noted():
    """An import whose text was not given leaves null and a reason."""
    asked = decision("d", literal("o.top"), "d_top").replace('href="#', 'href="urn:other#')
    lonely = load_model(definitions(IMPORT.format("o") + asked))
    assert lonely.evaluate("d", {}) is None
    assert "`urn:other` was not given" in lonely.diagnostics[0].message


@pytest.mark.parametrize(
    "dmn",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        DMN_15,
    ],
)
def test_every_version_of_dmn_is_read(dmn: str):
    """DMN 1.1 to 1.5 differ in their namespace; the elements mean the same."""
    assert load_model(definitions("".join(CHAIN), dmn=dmn)).evaluate("top", {"x": 3}) == 7


def inside(body: str) -> str:
    return f'<definitions xmlns="{DMN_15}">{body}</definitions>'


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        ("<definitions>\n<a>\n</definitions>", 3),
        ("\n<bpmn/>", 2),
        (inside('\n\n<decision id="a"/>'), 3),
        (inside('\n<decision name="a"><decisionTable hitPolicy="LAST"/></decision>'), 2),
        (inside('<decision name="a">\n<conditional><if/></conditional></decision>'), 2),
    ],
)
def test_a_broken_document_is_refused_with_its_line(xml: str, line: int):
    """What is no usable DMN raises FlowError, and says where."""
    with pytest.raises(FlowError) as refused:
        load_model(xml)
    assert [problem.where.line for problem in refused.value.problems] == [line]
