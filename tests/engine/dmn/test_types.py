"""Item definitions: what conforms, what is converted, what becomes null."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.dmn import Model, load_model
from tests.engine.dmn.models import decision, definitions, input_element, literal, model

TYPES = """
<itemDefinition name="tKleur"><typeRef>string</typeRef><allowedValues><text>"rood", "blauw"</text></allowedValues>
</itemDefinition>
<itemDefinition name="tKleuren" isCollection="true"><typeRef>tKleur</typeRef></itemDefinition>
<itemDefinition name="tPaar" isCollection="true"><typeRef>number</typeRef><allowedValues><text>&gt; 0</text>
</allowedValues><typeConstraint><text>count(?) = 2</text></typeConstraint></itemDefinition>
<itemDefinition name="tPersoon"><itemComponent name="naam"><typeRef>string</typeRef></itemComponent>
<itemComponent name="kleuren" isCollection="true"><typeRef>tKleur</typeRef></itemComponent>
<itemComponent name="adres"><itemComponent name="huis nummer"><typeRef>number</typeRef></itemComponent></itemComponent>
</itemDefinition>
<itemDefinition name="tBoom"><itemComponent name="takken" isCollection="true"><typeRef>tBoom</typeRef></itemComponent>
</itemDefinition>
"""


def typed(type_ref: str) -> Model:
    return model(TYPES, input_element("x", type_ref), decision("d", literal("x"), "i_x"))


@pytest.mark.parametrize(
    ("type_ref", "given", "expected"),
    [
        ("number", 1, Decimal(1)),
        ("number", "1", None),
        ("number", [1], Decimal(1)),
        ("number", [1, 2], None),
        ("string", "a", "a"),
        ("boolean", True, True),
        ("number", True, None),
        ("date", date(2026, 4, 6), date(2026, 4, 6)),
        ("date", datetime(2026, 4, 6), None),
        ("date and time", date(2026, 4, 6), datetime(2026, 4, 6, tzinfo=UTC)),
        ("tKleur", "rood", "rood"),
        ("tKleur", "geel", None),
        ("tKleuren", ["rood", "blauw"], ["rood", "blauw"]),
        ("tKleuren", ["rood", "geel"], None),
        ("tKleuren", "rood", ["rood"]),
        ("tKleur", ["rood"], "rood"),
        ("tPaar", [1, 2], [1, 2]),
        ("tPaar", [1, 2, 3], None),
        ("tPaar", [1, -2], None),
        ("tPersoon", {"naam": "An", "kleuren": ["rood"], "adres": {"huis nummer": 3}, "extra": 1}, ...),
        ("tPersoon", {"naam": "An", "kleuren": None, "adres": None}, ...),
        ("tPersoon", {"naam": "An", "kleuren": []}, None),
        ("tPersoon", {"naam": 3, "kleuren": [], "adres": None}, None),
        ("tPersoon", {"naam": "An", "kleuren": [], "adres": {"huis nummer": "x"}}, None),
        ("tPersoon", "An", None),
        ("tBoom", {"takken": [{"takken": []}]}, ...),
        ("Any", [1, "a"], [1, "a"]),
        ("tKleur", None, None),
        ("onbekend", 5, 5),
        ("feel:number", 5, 5),
        ("context", {"a": 1}, {"a": 1}),
    ],
)
def test_an_input_becomes_what_its_type_says(type_ref: str, given: object, expected: object):
    """A value that conforms stays, one that can be converted is, anything else is null."""
    outcome = typed(type_ref).evaluate("d", {"x": given})
    assert outcome == (given if expected is ... else expected)


def test_a_refused_value_is_explained():
    """The diagnostic names the element and the type."""
    asked = typed("tKleur")
    asked.evaluate("d", {"x": "geel"})
    assert [str(note) for note in asked.diagnostics] == ["x (line 13): The value is not of type `tKleur`."]


def test_a_decision_is_converted_to_its_variables_type():
    """The value of a decision meets its own declared type too."""
    for type_ref, text, expected in (("tKleur", '"rood"', "rood"), ("tKleur", '"geel"', None), ("number", "[7]", 7)):
        assert model(TYPES, decision("d", literal(text), type_ref=type_ref)).evaluate("d", {}) == expected


def test_feel_knows_the_types_of_the_model():
    """`instance of` and typed parameters may name item definitions."""
    text = """[ "rood" instance of tKleur, "geel" instance of tKleur, [1, 2] instance of tPaar, null instance of tKleur,
    (function(k: tKleur) "kreeg " + k)("rood"), (function(k: tKleur) "kreeg")("geel") ]"""
    outcome = model(TYPES, decision("d", literal(text))).evaluate("d", {})
    assert outcome == [True, False, True, False, "kreeg rood", None]


@pytest.mark.parametrize(("text", "fits"), [("function(a) a", True), ("function(a, b) a", False), ("1", False)])
def test_a_function_type_asks_for_as_many_parameters(text: str, fits: bool):
    """A value is of a function type when it is a function that takes as many arguments; null is of every type."""
    kind = '<functionItem outputTypeRef="number"><parameters name="x" typeRef="number"/></functionItem>'
    elements = f'<itemDefinition name="tVan">{kind}</itemDefinition>' + decision("f", literal(text), type_ref="tVan")
    assert (model(elements).evaluate("f", {}) is not None) is fits


def test_types_of_an_import_go_by_its_prefix():
    """A type of an imported model is named with the import's name, and with the XML prefix as in DMN 1.1."""
    other = definitions('<itemDefinition name="tKlein"><typeRef>number</typeRef><allowedValues><text>[0..9]</text>'
                        "</allowedValues></itemDefinition>", "urn:other")  # fmt: skip
    wanted = '<import name="ander model" namespace="urn:other" importType="urn:x"/>'
    for type_ref in ("ander model.tKlein", "o:tKlein"):
        xml = definitions(wanted + input_element("x", type_ref) + decision("d", literal("x"), "i_x"))
        asked = load_model(xml.replace("<definitions ", '<definitions xmlns:o="urn:other" '), {"urn:other": other})
        assert asked.evaluate("d", {"x": 5}) == 5
        assert asked.evaluate("d", {"x": 50}) is None


@pytest.mark.parametrize("own", ["", TYPES])
@pytest.mark.parametrize("prefix", ["o", "ander model", ""])
def test_feel_knows_the_types_of_an_import(own: str, prefix: str):
    """`instance of` names a type of an import, also where the import's own elements are in scope."""
    small = "<typeRef>number</typeRef><allowedValues><text>[0..9]</text></allowedValues>"
    elements = f'<itemDefinition name="tKlein">{small}</itemDefinition>' + decision("vijf", literal("5"))
    wanted = f'<import name="{prefix}" namespace="urn:other" importType="urn:x"/>'
    name = f"{prefix}.tKlein" if prefix else "tKlein"
    five = f"{prefix}.vijf" if prefix else "vijf"
    text = f"[5 instance of {name}, 50 instance of {name}, {five} instance of {name}, 50 in [10..99]]"
    root = wanted + own + decision("d", literal(text), "d_vijf").replace('"#d_vijf"', '"urn:other#d_vijf"')
    asked = load_model(definitions(root), {"urn:other": definitions(elements, "urn:other")})
    assert asked.evaluate("d", {}) == [True, False, True, True]


@pytest.mark.parametrize("type_ref", ["een soort", " een  soort", "een\n soort "])
def test_white_space_in_the_name_of_a_type_does_not_matter(type_ref: str):
    """The name of a type is the same with more spaces, or a new line, between its words."""
    kind = '<itemDefinition name="een  soort"><typeRef>number</typeRef></itemDefinition>'
    asked = model(kind, decision("d", literal("[5, 5 instance of een   soort][1]"), type_ref=type_ref))
    assert asked.evaluate("d", {}) == 5
    assert model(kind, decision("d", literal('"a"'), type_ref=type_ref)).evaluate("d", {}) is None
    assert model(kind, decision("d", literal("5 instance of een   soort"))).evaluate("d", {}) is True


def test_a_prefix_that_nobody_declared_may_stand_before_a_built_in_type():
    """`feel:number` is a number also where the document forgot to say what `feel` is."""
    asked = model(decision("d", literal('"a"'), type_ref="feel:number"))
    assert asked.evaluate("d", {}) is None


def test_models_that_import_each_other_without_names_end():
    """A type that neither of two models knows is looked for once, and conforms to everything."""
    there, here = (f'<import name="" namespace="urn:{name}" importType="urn:x"/>' for name in ("other", "test"))
    root = definitions(there + decision("d", literal("5"), type_ref="tNergens"))
    asked = load_model(root, {"urn:other": definitions(here, "urn:other"), "urn:test": root})
    assert asked.evaluate("d", {}) == 5


def test_a_type_that_refers_to_itself_ends():
    """Types that stand for each other without end give null, no endless loop."""
    loop = "".join(f'<itemDefinition name="{a}"><typeRef>{b}</typeRef></itemDefinition>' for a, b in ("pq", "qp"))
    asked = model(loop, input_element("x", "p"), decision("d", literal("x"), "i_x"))
    assert asked.evaluate("d", {"x": 1}) is None
    assert asked.diagnostics
