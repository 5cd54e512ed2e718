"""Boxed expressions from XML nodes (DMN 1.5, 10.2): one small function per kind, found by the element's name.

A structure that could mean anything (an `if` without its `then`, an unknown hit policy) raises FlowError; unknown
elements beside expressions (extensions, diagrams) are skipped. Caller: `engine.dmn.reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from engine.dmn.model import (
    Aggregation,
    Binding,
    Conditional,
    Context,
    ContextEntry,
    DecisionTable,
    Expression,
    Filter,
    FunctionDefinition,
    FunctionKind,
    HitPolicy,
    InputClause,
    Invocation,
    Iterator,
    IteratorKind,
    ListExpression,
    Literal,
    OutputClause,
    Relation,
    Rule,
    UnaryTests,
    Variable,
)
from engine.dmn.xml_tree import Node
from engine.errors import FlowError, Problem, Said, Where, worded

E = TypeVar("E", bound=StrEnum)


def tests(node: Node | None) -> UnaryTests | None:
    """The unary tests of a cell or type; None where the element is absent or has no text."""
    if node is None or not (text := node.text_of("text")):
        return None
    return UnaryTests(text, node.line)


class Boxes:
    """Reads expressions of one file; `source` names it in messages."""

    def __init__(self, source: str) -> None:
        self.source = source

    def fail(self, node: Node, message: Said, hint: Said) -> FlowError:
        return FlowError([Problem(Where(self.source, node.line, 1), "E-DMN-EXPRESSION", message, hint)])

    def optional(self, node: Node) -> Expression | None:
        """The first expression among the node's children; None when there is none."""
        return next(iter(self.all(node)), None)

    def required(self, node: Node) -> Expression:
        """The node's expression; where it is absent an empty one, which gives null with a diagnostic."""
        expression = self.optional(node)
        return Literal("", line=node.line) if expression is None else expression

    def child(self, node: Node, tag: str) -> Expression:
        """The expression wrapped in the child `tag` (`<if>`, `<in>`, `<return>`)."""
        wrapper = node.first(tag)
        if wrapper is None:
            raise self.fail(
                node,
                worded("A `{tag}` has no `{tag_2}`.", tag=node.tag, tag_2=tag),
                worded("Add its <{tag}>.", tag=tag),
            )
        return self.required(wrapper)

    def choice(self, node: Node, attribute: str, kind: type[E], default: E) -> E:
        text = node.get(attribute).strip()
        if not text:
            return default
        try:
            return kind(text)
        except ValueError:
            allowed = ", ".join(kind)
            raise self.fail(
                node,
                worded("`{attribute}` is not one of: {allowed}.", attribute=attribute, allowed=allowed),
                worded("Correct the attribute."),
            ) from None

    def literal(self, node: Node) -> Literal:
        return Literal(node.text_of("text"), node.get("expressionLanguage"), type_ref=_type(node), line=node.line)

    def context(self, node: Node) -> Context:
        return Context(
            tuple(self.entry(child) for child in node.all("contextEntry")), type_ref=_type(node), line=node.line
        )

    def entry(self, node: Node) -> ContextEntry:
        variable = node.first("variable")
        named = Variable("") if variable is None else _variable(variable)
        return ContextEntry(named.name, self.required(node), named.type_ref)

    def list_of(self, node: Node) -> ListExpression:
        return ListExpression(self.all(node), type_ref=_type(node), line=node.line)

    def all(self, node: Node) -> tuple[Expression, ...]:
        children = (child for child in node.children if child.namespace == node.namespace and child.tag in KINDS)
        return tuple(KINDS[child.tag](self, child) for child in children)

    def relation(self, node: Node) -> Relation:
        columns = tuple(_variable(child) for child in node.all("column"))
        rows = tuple(self.all(row) for row in node.all("row"))
        return Relation(columns, rows, type_ref=_type(node), line=node.line)

    def function(self, node: Node) -> FunctionDefinition:
        parameters = tuple(_variable(child) for child in node.all("formalParameter"))
        kind = self.choice(node, "kind", FunctionKind, _legacy_kind(node))
        return FunctionDefinition(parameters, self.optional(node), kind, type_ref=_type(node), line=node.line)

    def invocation(self, node: Node) -> Invocation:
        bindings = tuple(self.binding(child) for child in node.all("binding"))
        return Invocation(self.required(node), bindings, type_ref=_type(node), line=node.line)

    def binding(self, node: Node) -> Binding:
        parameter = node.first("parameter")
        if parameter is None:
            raise self.fail(node, worded("A binding names no parameter."), worded("Add its <parameter>."))
        return Binding(_variable(parameter), self.optional(node))

    def conditional(self, node: Node) -> Conditional:
        parts = (self.child(node, tag) for tag in ("if", "then", "else"))
        return Conditional(*parts, type_ref=_type(node), line=node.line)

    def filter(self, node: Node) -> Filter:
        return Filter(self.child(node, "in"), self.child(node, "match"), type_ref=_type(node), line=node.line)

    def iterator(self, node: Node) -> Iterator:
        kind = IteratorKind(node.tag)
        source = node.first("in")
        return Iterator(
            kind,
            node.get("iteratorVariable").strip(),
            self.child(node, "in"),
            self.child(node, "return" if kind is IteratorKind.FOR else "satisfies"),
            source.get("typeRef").strip() if source is not None else "",
            type_ref=_type(node),
            line=node.line,
        )

    def table(self, node: Node) -> DecisionTable:
        aggregation = self.choice(node, "aggregation", Aggregation, Aggregation.SUM)
        return DecisionTable(
            tuple(self.input_clause(child) for child in node.all("input")),
            tuple(self.output_clause(child) for child in node.all("output")),
            tuple(self.rule(child) for child in node.all("rule")),
            self.choice(node, "hitPolicy", HitPolicy, HitPolicy.UNIQUE),
            aggregation if node.get("aggregation").strip() else None,
            tuple(child.get("name") for child in node.all("annotation")),
            node.get("outputLabel"),
            type_ref=_type(node),
            line=node.line,
        )

    def input_clause(self, node: Node) -> InputClause:
        expression = node.first("inputExpression")
        if expression is None:
            raise self.fail(
                node, worded("An input of a decision table has no expression."), worded("Add its <inputExpression>.")
            )
        return InputClause(self.literal(expression), node.get("label"), tests(node.first("inputValues")))

    def output_clause(self, node: Node) -> OutputClause:
        default = node.first("defaultOutputEntry")
        return OutputClause(
            node.get("name").strip(),
            node.get("typeRef").strip(),
            node.get("label"),
            tests(node.first("outputValues")),
            self.literal(default) if default is not None else None,
        )

    def rule(self, node: Node) -> Rule:
        return Rule(
            tuple(UnaryTests(child.text_of("text") or "-", child.line) for child in node.all("inputEntry")),
            tuple(self.literal(child) for child in node.all("outputEntry")),
            tuple(child.text_of("text") for child in node.all("annotationEntry")),
            node.text_of("description"),
            node.line,
        )


def _variable(node: Node) -> Variable:
    return Variable(node.get("name").strip(), node.get("typeRef").strip())


def _type(node: Node) -> str:
    return node.get("typeRef").strip()


def _legacy_kind(node: Node) -> FunctionKind:
    """DMN 1.1 had no `kind`: modellers wrote J or P in an attribute of their own."""
    marks = {text[:1].upper() for name, text in node.attributes.items() if name.endswith("}kind")}
    if "J" in marks:
        return FunctionKind.JAVA
    return FunctionKind.PMML if "P" in marks else FunctionKind.FEEL


KINDS: Final[Mapping[str, Callable[[Boxes, Node], Expression]]] = {
    "literalExpression": Boxes.literal,
    "context": Boxes.context,
    "list": Boxes.list_of,
    "relation": Boxes.relation,
    "functionDefinition": Boxes.function,
    "invocation": Boxes.invocation,
    "decisionTable": Boxes.table,
    "conditional": Boxes.conditional,
    "filter": Boxes.filter,
    "for": Boxes.iterator,
    "some": Boxes.iterator,
    "every": Boxes.iterator,
}
