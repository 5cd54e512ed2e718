"""`Definitions` in, DMN 1.5 XML out, valid against DMN15.xsd and readable by `engine.dmn.reader` with the same meaning.

Elements are written in the order of the schema. Identifiers become unique NCNames (xsd:ID); links follow them.
Rows carry their annotations (legal source, reason); sources become knowledge sources with authority requirements.
Expressions are written by `boxed_writer`. Caller: `engine.dmn.export_model`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from engine.dmn.boxed_writer import expression, tests, variable
from engine.dmn.markup import Markup
from engine.dmn.model import (
    Decision,
    DecisionService,
    Definitions,
    Element,
    ItemDefinition,
    KnowledgeModel,
    Reference,
)

MODEL_NAMESPACE: Final = "https://www.omg.org/spec/DMN/20230324/MODEL/"
FEEL_NAMESPACE: Final = "https://www.omg.org/spec/DMN/20230324/FEEL/"
NCNAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")


def write_definitions(model: Definitions, exporter: str = "Wegwijzer") -> str:
    """The whole model as XML text. Raises FlowError when a text holds characters XML cannot carry."""
    out = Markup()
    ids = _Ids(model)
    head = {
        "xmlns": MODEL_NAMESPACE,
        "id": ids.fresh("definitions"),
        "name": model.name,
        "namespace": model.namespace,
        "expressionLanguage": FEEL_NAMESPACE,
        "typeLanguage": FEEL_NAMESPACE,
        "exporter": exporter,
    }
    with out.element("definitions", head):
        out.text("description", model.description)
        for item in model.imports:
            kind = item.import_type or MODEL_NAMESPACE
            link = {"name": item.name, "namespace": item.namespace, "locationURI": item.location, "importType": kind}
            out.empty("import", link, keep=("name",))
        for definition in model.types:
            _item_definition(out, "itemDefinition", definition)
        _Graph(out, ids).write(model)
    return out.done()


class _Ids:
    """Unique NCNames for elements; the model's own ids are kept where XML allows them."""

    def __init__(self, model: Definitions) -> None:
        self.taken: set[str] = set()
        self.of: dict[str, str] = {}
        groups: tuple[Iterable[Element], ...] = (
            model.inputs, model.decisions, model.knowledge_models, model.services, model.sources,
        )  # fmt: skip
        for group in groups:
            for element in group:
                self.of.setdefault(_key(element), self.fresh(element.id or element.name))

    def fresh(self, wanted: str) -> str:
        base = wanted if NCNAME.fullmatch(wanted) else "_" + re.sub(r"[^A-Za-z0-9._-]", "_", wanted)
        name, count = base, 1
        while name in self.taken:
            count += 1
            name = f"{base}_{count}"
        self.taken.add(name)
        return name

    def href(self, link: Reference) -> str:
        return f"{link.namespace}#{link.id}" if link.namespace else f"#{self.of.get(link.id, link.id)}"


def _key(element: Element) -> str:
    return element.id or f"name {element.name}"


class _Graph:
    """Writes the requirement graph: inputs, sources, knowledge models, decisions, services."""

    def __init__(self, out: Markup, ids: _Ids) -> None:
        self.out = out
        self.ids = ids
        self.decisions: set[str] = set()

    def write(self, model: Definitions) -> None:
        self.decisions = {decision.id for decision in model.decisions}
        for item in model.inputs:
            with self.out.element("inputData", self._head(item)):
                self.out.text("description", item.description)
                variable(self.out, "variable", item.variable)
        for source in model.sources:
            with self.out.element("knowledgeSource", {**self._head(source), "locationURI": source.location}):
                self.out.text("description", source.description)
                self.out.text("type", source.type)
        for knowledge_model in model.knowledge_models:
            self._knowledge_model(knowledge_model)
        for decision in model.decisions:
            self._decision(decision)
        for service in model.services:
            self._service(service)

    def _head(self, element: Element) -> dict[str, str]:
        return {"id": self.ids.of[_key(element)], "name": element.name}

    def _links(self, tag: str, kind: str, links: Iterable[Reference]) -> None:
        for link in links:
            with self.out.element(tag, {}):
                self.out.empty(kind, {"href": self.ids.href(link)})

    def _decision(self, decision: Decision) -> None:
        with self.out.element("decision", self._head(decision)):
            self.out.text("description", decision.description)
            self.out.text("question", decision.question)
            self.out.text("allowedAnswers", decision.allowed_answers)
            variable(self.out, "variable", decision.variable)
            for link in decision.requires:
                kind = "requiredDecision" if link.id in self.decisions or link.namespace else "requiredInput"
                self._links("informationRequirement", kind, [link])
            self._links("knowledgeRequirement", "requiredKnowledge", decision.knowledge)
            self._links("authorityRequirement", "requiredAuthority", decision.authority)
            expression(self.out, decision.expression)

    def _knowledge_model(self, model: KnowledgeModel) -> None:
        with self.out.element("businessKnowledgeModel", self._head(model)):
            self.out.text("description", model.description)
            variable(self.out, "variable", model.variable)
            expression(self.out, model.logic, tag="encapsulatedLogic")
            self._links("knowledgeRequirement", "requiredKnowledge", model.knowledge)
            self._links("authorityRequirement", "requiredAuthority", model.authority)

    def _service(self, service: DecisionService) -> None:
        groups = {
            "outputDecision": service.outputs,
            "encapsulatedDecision": service.encapsulated,
            "inputDecision": service.input_decisions,
            "inputData": service.inputs,
        }
        with self.out.element("decisionService", self._head(service)):
            self.out.text("description", service.description)
            variable(self.out, "variable", service.variable)
            for tag, links in groups.items():
                for link in links:
                    self.out.empty(tag, {"href": self.ids.href(link)})


def _item_definition(out: Markup, tag: str, item: ItemDefinition) -> None:
    with out.element(tag, {"name": item.name, "isCollection": "true" if item.is_collection else ""}):
        if item.components:
            for component in item.components:
                _item_definition(out, "itemComponent", component)
        elif item.function is not None:
            with out.element("functionItem", {"outputTypeRef": item.function.output_type}):
                for parameter in item.function.parameters:
                    variable(out, "parameters", parameter)
        else:
            out.text("typeRef", item.type_ref or "Any")
            tests(out, "allowedValues", item.allowed_values)
            tests(out, "typeConstraint", item.type_constraint)
