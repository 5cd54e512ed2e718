"""Small DMN models for tests: wraps elements in a `definitions` of DMN 1.5."""

from __future__ import annotations

from engine.dmn import Model, load_model

DMN_15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(body: str, namespace: str = "urn:test", dmn: str = DMN_15) -> str:
    """The XML of a model with these elements."""
    return f'<definitions xmlns="{dmn}" name="test" namespace="{namespace}">{body}</definitions>'


def literal(text: str, tag: str = "literalExpression") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<{tag}><text>{escaped}</text></{tag}>"


def input_element(name: str, type_ref: str = "Any") -> str:
    return f'<inputData id="i_{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/></inputData>'


def decision(name: str, logic: str, requires: str = "", type_ref: str = "Any", knowledge: str = "") -> str:
    """A decision; `requires` and `knowledge` list ids separated by spaces (`i_age d_risk`)."""
    kinds = {"i": "requiredInput", "d": "requiredDecision"}
    links = "".join(
        f'<informationRequirement><{kinds[link[0]]} href="#{link}"/></informationRequirement>'
        for link in requires.split()
    )
    links += "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{link}"/></knowledgeRequirement>'
        for link in knowledge.split()
    )
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<decision id="d_{name.replace(" ", "_")}" name="{name}">{variable}{links}{logic}</decision>'


def model(*elements: str) -> Model:
    return load_model(definitions("".join(elements)))


def value(logic: str, type_ref: str = "Any", **inputs: object) -> object:
    """What a decision with this logic gives; the inputs are in its scope."""
    elements = [input_element(name) for name in inputs]
    asked = decision("asked", logic, " ".join(f"i_{name}" for name in inputs), type_ref)
    return model(*elements, asked).evaluate("asked", inputs)
