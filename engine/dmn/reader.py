"""DMN XML (1.1 to 1.5) in, `Definitions` out.

Tolerant where tools differ (unknown elements, diagrams and extensions are skipped and named in `unread`), strict where
a model would mean something else: not DMN, an element without a name, an unknown hit policy. Expressions are read by
`boxed`. Callers: `engine.dmn.load_model`, `engine.graph.from_dmn`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from engine.dmn import boxed
from engine.dmn.model import (
    Decision,
    DecisionService,
    Definitions,
    FunctionItem,
    Import,
    InputElement,
    ItemDefinition,
    KnowledgeModel,
    KnowledgeSource,
    Reference,
    Variable,
)
from engine.dmn.unread import unread
from engine.dmn.xml_tree import Document, Node, parse_document
from engine.errors import FlowError, Problem, Where, worded

MODEL_NAMESPACES: Final = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
T = TypeVar("T")


def read_definitions(xml: str, source: str = "model.dmn") -> Definitions:
    """Read one model. Raises FlowError, with line, when the text is not a usable DMN document."""
    document = parse_document(xml, source)
    root = document.root
    _check_root(root, source)
    read = _Reader(source, document)
    return Definitions(
        name=root.get("name"),
        namespace=root.get("namespace"),
        imports=read.each("import", read.an_import),
        types=read.each("itemDefinition", read.item_definition),
        inputs=read.each("inputData", read.input_element),
        decisions=read.each("decision", read.decision),
        knowledge_models=read.each("businessKnowledgeModel", read.knowledge_model),
        services=read.each("decisionService", read.service),
        sources=read.each("knowledgeSource", read.knowledge_source),
        description=root.text_of("description"),
        prefixes=tuple(document.prefixes.items()),
        unread=unread(root),
    )


def _check_root(root: Node, source: str) -> None:
    if root.tag == "definitions" and root.namespace in MODEL_NAMESPACES:
        return
    message = worded("This is not a DMN model: the root is not `definitions` in a namespace of DMN 1.1 to 1.5.")
    hint = worded("Save the model as DMN 1.5 in your modeller.")
    raise FlowError([Problem(Where(source, root.line, 1), "E-DMN-ROOT", message, hint)])


class _Reader:
    """Reads the elements under one root; knows the file's name for messages and its prefixes for imports."""

    def __init__(self, source: str, document: Document) -> None:
        self.source = source
        self.root = document.root
        self.prefixes = document.prefixes

    def each(self, tag: str, read: Callable[[Node], T]) -> tuple[T, ...]:
        return tuple(read(node) for node in self.root.all(tag))

    def name(self, node: Node) -> str:
        name = node.get("name").strip()
        if not name:
            message = worded("A `{tag}` has no name.", tag=node.tag)
            where = Where(self.source, node.line, 1)
            raise FlowError([Problem(where, "E-DMN-NAME", message, worded("Give it a name attribute."))])
        return name

    def an_import(self, node: Node) -> Import:
        namespace = node.get("namespace")
        name = node.get("name").strip() if "name" in node.attributes else self._prefix_of(namespace)
        return Import(name, namespace, node.get("importType"), node.get("locationURI"), node.line)

    def _prefix_of(self, namespace: str) -> str:
        """DMN 1.1 imports have no name: there the XML prefix names the model."""
        return next((prefix for prefix, uri in self.prefixes.items() if uri == namespace), "")

    def item_definition(self, node: Node) -> ItemDefinition:
        return ItemDefinition(
            name=self.name(node),
            type_ref=node.text_of("typeRef"),
            components=tuple(self.item_definition(child) for child in node.all("itemComponent")),
            allowed_values=boxed.tests(node.first("allowedValues")),
            type_constraint=boxed.tests(node.first("typeConstraint")),
            is_collection=node.get("isCollection").strip() in ("true", "1"),
            function=_function_item(node.first("functionItem")),
            line=node.line,
        )

    def variable(self, node: Node) -> Variable:
        """The element's variable; without one the element's own name stands (7.3.4)."""
        variable = node.first("variable")
        if variable is None:
            return Variable(self.name(node))
        return Variable(variable.get("name").strip() or self.name(node), variable.get("typeRef").strip())

    def input_element(self, node: Node) -> InputElement:
        return InputElement(
            node.get("id"),
            self.name(node),
            self.variable(node),
            description=node.text_of("description"),
            line=node.line,
        )

    def decision(self, node: Node) -> Decision:
        return Decision(
            node.get("id"),
            self.name(node),
            self.variable(node),
            boxed.Boxes(self.source).optional(node),
            requires=_references(node, "informationRequirement", ("requiredDecision", "requiredInput")),
            knowledge=_references(node, "knowledgeRequirement", ("requiredKnowledge",)),
            authority=_references(node, "authorityRequirement", ("requiredAuthority",)),
            question=node.text_of("question"),
            allowed_answers=node.text_of("allowedAnswers"),
            description=node.text_of("description"),
            line=node.line,
        )

    def knowledge_model(self, node: Node) -> KnowledgeModel:
        logic = node.first("encapsulatedLogic")
        return KnowledgeModel(
            node.get("id"),
            self.name(node),
            self.variable(node),
            boxed.Boxes(self.source).function(logic) if logic is not None else None,
            knowledge=_references(node, "knowledgeRequirement", ("requiredKnowledge",)),
            authority=_references(node, "authorityRequirement", ("requiredAuthority",)),
            description=node.text_of("description"),
            line=node.line,
        )

    def service(self, node: Node) -> DecisionService:
        return DecisionService(
            node.get("id"),
            self.name(node),
            self.variable(node),
            outputs=_links(node, "outputDecision"),
            encapsulated=_links(node, "encapsulatedDecision"),
            input_decisions=_links(node, "inputDecision"),
            inputs=_links(node, "inputData"),
            description=node.text_of("description"),
            line=node.line,
        )

    def knowledge_source(self, node: Node) -> KnowledgeSource:
        return KnowledgeSource(
            node.get("id"),
            self.name(node),
            location=node.get("locationURI"),
            type=node.text_of("type"),
            description=node.text_of("description"),
            line=node.line,
        )


def _function_item(node: Node | None) -> FunctionItem | None:
    if node is None:
        return None
    parameters = tuple(
        Variable(child.get("name").strip(), child.get("typeRef").strip()) for child in node.all("parameters")
    )
    return FunctionItem(parameters, node.get("outputTypeRef").strip())


def _references(node: Node, requirement: str, kinds: tuple[str, ...]) -> tuple[Reference, ...]:
    return tuple(link for child in node.all(requirement) for kind in kinds for link in _links(child, kind))


def _links(node: Node, tag: str) -> tuple[Reference, ...]:
    return tuple(_reference(child) for child in node.all(tag))


def _reference(node: Node) -> Reference:
    namespace, hash_sign, identity = node.get("href").strip().rpartition("#")
    return Reference(identity, namespace if hash_sign else "", node.line)
