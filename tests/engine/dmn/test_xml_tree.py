"""XML becomes nodes with lines, and nothing else: no entities, no outside, no endless depth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dmn.xml_tree import MAX_DEPTH, parse_document
from engine.errors import FlowError


def test_a_node_knows_its_line_and_namespace():
    """Every node carries the line it starts on, its local name and its namespace."""
    root = parse_document('<a xmlns="urn:x">\n  <b c="1">text</b>\n</a>').root
    child = root.children[0]
    assert (root.tag, root.namespace, root.line) == ("a", "urn:x", 1)
    assert (child.tag, child.line, child.get("c"), child.text) == ("b", 2, "1", "text")


def test_prefixes_and_foreign_attributes_are_kept():
    """Prefixes are known by name; an attribute of another namespace does not pass for one without."""
    document = parse_document('<p:a xmlns:p="urn:p" p:kind="J" kind="FEEL"/>')
    assert document.prefixes == {"p": "urn:p"}
    assert document.root.get("kind") == "FEEL"
    assert document.root.get("{urn:p}kind") == "J"


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE a [<!ENTITY b "boom">]>\n<a>&b;</a>',
        '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">\n<a/>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]>\n<a/>',
        "<!DOCTYPE a>\n<a/>",
    ],
)
def test_a_document_type_is_refused(xml: str):
    """No document type declaration is read, so no entity is ever expanded or fetched."""
    with pytest.raises(FlowError) as refused:
        parse_document(xml)
    assert [problem.code for problem in refused.value.problems] == ["E-XML-DOCTYPE"]


def test_an_undeclared_entity_is_an_error_not_a_text():
    """An entity nobody declared makes the document unusable."""
    with pytest.raises(FlowError, match="undefined entity"):
        parse_document("<a>&nbsp;</a>")


def test_a_broken_text_is_refused_with_its_line():
    """A text that is not well-formed says on which line."""
    with pytest.raises(FlowError) as refused:
        parse_document("<a>\n<b>\n</a>", "m.dmn")
    (problem,) = refused.value.problems
    assert (problem.where.file, problem.where.line, problem.code) == ("m.dmn", 3, "E-XML")


def test_depth_is_limited():
    """A document nested deeper than the limit is refused before it is built."""
    deep = "<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1)
    with pytest.raises(FlowError) as refused:
        parse_document(deep)
    assert refused.value.problems[0].code == "E-XML-SIZE"


def test_a_declared_encoding_does_not_matter():
    """The text is already characters; what its declaration says about bytes is ignored."""
    assert parse_document('<?xml version="1.0" encoding="UTF-16"?><a>é</a>').root.text == "é"


@given(st.text(alphabet="<>&/ab=\"'!?[]-\n\x00\ud800é ", max_size=60))
def test_any_text_is_a_document_or_a_flow_error(text: str):
    """Whatever the text, the outcome is a document or FlowError."""
    try:
        outcome: object = parse_document(text).root.tag
    except FlowError as refused:
        outcome = refused.problems
    assert outcome
