"""What is written is valid DMN 1.5, and reads back as the same model with the same answers."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from engine.dmn import export_model, load_model
from engine.dmn.model import Decision, Definitions, KnowledgeSource, Literal, Reference, Variable
from engine.dmn.reader import read_definitions
from engine.errors import FlowError
from tests.shared_material import shared_folder, tck_folder

EVERYTHING = (Path(__file__).parent / "everything.dmn").read_text(encoding="utf-8")


def bare(value: object) -> object:
    """A model without lines and prefixes, which differ between two texts of the same model."""
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    if not dataclasses.is_dataclass(value):
        return value
    parts = (field.name for field in dataclasses.fields(value))
    return (type(value).__name__, *(bare(getattr(value, part)) for part in parts if part not in ("line", "prefixes")))


def schema() -> etree.XMLSchema:
    kit = shared_folder("dmn-tck")
    if kit is None:
        pytest.skip("DMN15.xsd is not here; set WEGWIJZER_SHARED to the folder that holds dmn-tck")
    return etree.XMLSchema(etree.parse(str(kit / "DMN15.xsd")))


def test_everything_reads_back_as_it_was():
    """Every kind of element survives writing and reading."""
    once = read_definitions(EVERYTHING)
    assert bare(read_definitions(export_model(once))) == bare(once)


def test_everything_is_valid_dmn():
    """What is written passes the schema of DMN 1.5."""
    xsd = schema()
    written = etree.fromstring(export_model(read_definitions(EVERYTHING)).encode())
    assert xsd.validate(written), xsd.error_log


def test_the_whole_kit_survives():
    """Every model of the compatibility kit is valid after writing, and reads back as it was but for lacking ids."""
    kit, xsd = tck_folder(), schema()
    if kit is None:
        pytest.skip("the DMN TCK is not here; set WEGWIJZER_DMN_TCK to its folder")
    for path in sorted(kit.glob("*/*/*.dmn")):
        once = read_definitions(path.read_text(encoding="utf-8"))
        written = export_model(once)
        assert xsd.validate(etree.fromstring(written.encode())), (path.name, xsd.error_log)
        again = export_model(read_definitions(written))
        assert again == written, path.name


def test_answers_stay_the_same():
    """A model gives the same answers after writing and reading."""
    model, again = load_model(EVERYTHING), load_model(export_model(read_definitions(EVERYTHING)))
    given = {"x": 3}
    names = ["list", "context", "relation", "conditional", "filter", "for each", "all positive", "invocation", "table"]
    answers = {name: model.evaluate(name, given) for name in names}
    assert {name: again.evaluate(name, given) for name in names} == answers
    assert answers["table"] == model.evaluate("service", given) == 3


CARRIED = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")


@given(st.text(CARRIED, max_size=40), st.text(CARRIED, max_size=20))
def test_any_text_survives(text: str, name: str):
    """Whatever stands in a text or a name comes back the same."""
    source = KnowledgeSource("", f"n{name}", description=text)
    (read,) = read_definitions(export_model(Definitions("m", "urn:m", sources=(source,)))).sources
    assert (read.description, read.name) == (text.strip(), f"n{name}".strip())


@pytest.mark.parametrize("character", ["\x00", "\x07", "\ud800", "\uffff"])
def test_what_xml_cannot_carry_is_refused(character: str):
    """A control character would make the document unreadable."""
    with pytest.raises(FlowError, match="control character"):
        export_model(Definitions(f"m{character}", "urn:m"))


def test_ids_become_unique_and_links_follow():
    """Ids that XML does not allow, or that occur twice, are replaced, and the links with them."""
    variable = Variable("a")
    first = Decision("1 a", "a", variable, Literal("1"))
    second = Decision("", "b", Variable("b"), Literal("a"), requires=(Reference("1 a"),))
    third = Decision("", "c", Variable("c"), Literal("2"))
    written = export_model(Definitions("m", "urn:m", decisions=(first, second, third)))
    assert schema().validate(etree.fromstring(written.encode()))
    assert load_model(written).evaluate("b", {}) == 1
