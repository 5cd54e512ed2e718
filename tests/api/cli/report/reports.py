"""One report with everything in it, and schemas of what SARIF and JUnit readers take, as far as we write it.

The schemas are our own wording of SARIF 2.1.0 (sections 3.13-3.58) and of the JUnit form that Jenkins documents; they
are closed, so that a key which those forms do not have fails here.
"""

from __future__ import annotations

from typing import Any

from api.cli.report import Case, Finding, Part, Report

BAD = Finding(
    code="P-GAP", severity="error", message="No row <holds> & \"none\" \x07.", hint="Add a row.",
    file="flows/een flow/flow.yaml", line=3, column=4, witness={"leeftijd": 17, "samen": True},
    way=("answering", "-settled->", "closed"),
)  # fmt: skip
NOTE = Finding(code="L-WORDS", severity="note", message="A long sentence.", file="flow.yaml", line=1)
NOWHERE = Finding(code="E-PROCESS-TELL", severity="warning", message="No words.", file="standard@1")

FULL = Report(
    command="test",
    parts=(
        Part(flow="een", file="flows/een flow/flow.yaml", version="ab12", findings=(BAD, NOTE, NOWHERE),
             checked=("P-GAP", "P-USELESS"), said=("covered: 100 %",)),
        Part(flow="twee", cases=(
            Case(name="gaat goed", file="s.yaml", line=2, seconds=0.01),
            Case(name="gaat mis", file="s.yaml", line=9, failures=("expected a, got b", "asked twice")),
            Case(name="later", skipped="needs z3"),
        ), not_done=("the sum of a and b",)),
    ),
)  # fmt: skip
CLEAN = Report(command="lint", parts=(Part(flow="een", file="flow.yaml"),))
UNDECIDED = Report(command="prove", parts=(Part(flow="een", file="flow.yaml", not_done=("the sum",)),))


def _closed(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object", "additionalProperties": False, "properties": properties, "required": list(required),
    }  # fmt: skip


_STRING = {"type": "string", "minLength": 1}
_MESSAGE = _closed(("text",), text=_STRING)
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
_REGION = _closed(("startLine",), startLine={"type": "integer", "minimum": 1}, startColumn={"minimum": 1})
_PHYSICAL = _closed(
    ("artifactLocation",),
    artifactLocation=_closed(("uri",), uri={"type": "string", "format": "uri-reference", "pattern": r"^[^\s\\]+$"}),
    region=_REGION,
)
_NAMED = {"type": "array", "items": _closed(("name",), name=_STRING)}
_RESULT = _closed(
    ("message", "ruleId", "ruleIndex"), ruleId=_STRING, ruleIndex={"type": "integer", "minimum": 0}, level=_LEVEL,
    message=_MESSAGE, partialFingerprints={"type": "object", "additionalProperties": _STRING},
    properties={"type": "object"},
    locations={"type": "array", "items": _closed(physicalLocation=_PHYSICAL, logicalLocations=_NAMED)},
)  # fmt: skip
_TEXT = _closed(("text",), text=_STRING, markdown=_STRING)
_RULE = _closed(
    ("id",), id=_STRING, name=_STRING, shortDescription=_TEXT, fullDescription=_TEXT, help=_TEXT,
    helpUri={"type": "string", "format": "uri"}, defaultConfiguration=_closed(level=_LEVEL),
)  # fmt: skip
_INVOCATION = _closed(
    ("executionSuccessful",), executionSuccessful={"type": "boolean"}, exitCode={"type": "integer"},
    toolExecutionNotifications={"type": "array", "items": _closed(("message",), level=_LEVEL, message=_MESSAGE)},
)  # fmt: skip
_DRIVER = _closed(
    ("name",), name=_STRING, version=_STRING, informationUri={"type": "string", "format": "uri"},
    rules={"type": "array", "items": _RULE, "uniqueItems": True},
)  # fmt: skip
_RUN = _closed(
    ("tool",), tool=_closed(("driver",), driver=_DRIVER), automationDetails=_closed(id=_STRING),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]}, results={"type": "array", "items": _RESULT},
    invocations={"type": "array", "items": _INVOCATION},
)  # fmt: skip
SARIF: dict[str, Any] = _closed(
    ("version", "runs"), **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"}, runs={"type": "array", "items": _RUN},
)  # fmt: skip

JUNIT = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:complexType name="told" mixed="true">
    <xs:attribute name="type" type="xs:string"/>
    <xs:attribute name="message" type="xs:string"/>
  </xs:complexType>
  <xs:complexType name="case">
    <xs:choice minOccurs="0">
      <xs:element name="failure" type="told"/>
      <xs:element name="error" type="told"/>
      <xs:element name="skipped" type="told"/>
    </xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="classname" type="xs:string" use="required"/>
    <xs:attribute name="time" type="xs:decimal"/>
  </xs:complexType>
  <xs:complexType name="property">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="value" type="xs:string" use="required"/>
  </xs:complexType>
  <xs:complexType name="suite">
    <xs:sequence>
      <xs:element name="properties" minOccurs="0">
        <xs:complexType>
          <xs:sequence><xs:element name="property" type="property" maxOccurs="unbounded"/></xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="testcase" type="case" maxOccurs="unbounded"/>
      <xs:element name="system-out" type="xs:string" minOccurs="0"/>
    </xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="file" type="xs:string"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
  </xs:complexType>
  <xs:element name="testsuites">
    <xs:complexType>
      <xs:sequence><xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
      <xs:attribute name="name" type="xs:string"/>
      <xs:attribute name="tests" type="xs:nonNegativeInteger"/>
      <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
      <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""
