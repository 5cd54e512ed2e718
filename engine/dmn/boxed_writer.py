"""Boxed expressions to XML, in the element order of DMN15.xsd: one small function per kind. Caller: `writer`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.dmn.markup import Markup
from engine.dmn.model import (
    Conditional,
    Context,
    DecisionTable,
    Expression,
    Filter,
    FunctionDefinition,
    HitPolicy,
    Invocation,
    Iterator,
    IteratorKind,
    ListExpression,
    Literal,
    Relation,
    Rule,
    UnaryTests,
    Variable,
)


def variable(out: Markup, tag: str, item: Variable) -> None:
    """An information item: name and declared type."""
    out.empty(tag, {"name": item.name, "typeRef": item.type_ref})


def tests(out: Markup, tag: str, item: UnaryTests | None) -> None:
    """Unary tests, left out when there are none."""
    if item is not None:
        with out.element(tag, {}):
            out.text("text", item.text, always=True)


def expression(out: Markup, item: Expression | None, tag: str = "") -> None:
    """Any boxed expression; `tag` replaces its usual element name (`encapsulatedLogic`, `inputExpression`)."""
    if item is None:
        return
    usual, write = WRITERS[type(item)]
    if isinstance(item, Iterator):
        usual = str(item.kind)
    write(out, tag or usual, item)


def _wrapped(out: Markup, tag: str, item: Expression, type_ref: str = "") -> None:
    with out.element(tag, {"typeRef": type_ref}):
        expression(out, item)


def _literal(out: Markup, tag: str, item: Literal) -> None:
    with out.element(tag, {"typeRef": item.type_ref, "expressionLanguage": item.language}):
        out.text("text", item.text, always=True)


def _context(out: Markup, tag: str, item: Context) -> None:
    with out.element(tag, {"typeRef": item.type_ref}):
        for entry in item.entries:
            with out.element("contextEntry", {}):
                if entry.name:
                    variable(out, "variable", Variable(entry.name, entry.type_ref))
                expression(out, entry.value)


def _list(out: Markup, tag: str, item: ListExpression) -> None:
    with out.element(tag, {"typeRef": item.type_ref}):
        for member in item.items:
            expression(out, member)


def _relation(out: Markup, tag: str, item: Relation) -> None:
    with out.element(tag, {"typeRef": item.type_ref}):
        for column in item.columns:
            variable(out, "column", column)
        for row in item.rows:
            with out.element("row", {}):
                for cell in row:
                    expression(out, cell)


def _function(out: Markup, tag: str, item: FunctionDefinition) -> None:
    with out.element(tag, {"typeRef": item.type_ref, "kind": item.kind}):
        for parameter in item.parameters:
            variable(out, "formalParameter", parameter)
        expression(out, item.body)


def _invocation(out: Markup, tag: str, item: Invocation) -> None:
    with out.element(tag, {"typeRef": item.type_ref}):
        expression(out, item.called)
        for binding in item.bindings:
            with out.element("binding", {}):
                variable(out, "parameter", binding.parameter)
                expression(out, binding.value)


def _conditional(out: Markup, tag: str, item: Conditional) -> None:
    with out.element(tag, {"typeRef": item.type_ref}):
        _wrapped(out, "if", item.test)
        _wrapped(out, "then", item.then)
        _wrapped(out, "else", item.otherwise)


def _filter(out: Markup, tag: str, item: Filter) -> None:
    with out.element(tag, {"typeRef": item.type_ref}):
        _wrapped(out, "in", item.source)
        _wrapped(out, "match", item.match)


def _iterator(out: Markup, tag: str, item: Iterator) -> None:
    with out.element(tag, {"typeRef": item.type_ref, "iteratorVariable": item.variable}):
        _wrapped(out, "in", item.source, item.source_type)
        _wrapped(out, "return" if item.kind is IteratorKind.FOR else "satisfies", item.body)


def _table(out: Markup, tag: str, item: DecisionTable) -> None:
    head = {
        "typeRef": item.type_ref,
        "hitPolicy": item.hit_policy if item.hit_policy is not HitPolicy.UNIQUE else "",
        "aggregation": item.aggregation or "",
        "outputLabel": item.output_label,
    }
    with out.element(tag, head):
        for clause in item.inputs:
            with out.element("input", {"label": clause.label}):
                _literal(out, "inputExpression", clause.expression)
                tests(out, "inputValues", clause.values)
        for output in item.outputs:
            named = {"name": output.name, "typeRef": output.type_ref, "label": output.label}
            with out.element("output", named, keep=()):
                tests(out, "outputValues", output.values)
                expression(out, output.default, tag="defaultOutputEntry")
        for name in item.annotations:
            out.empty("annotation", {"name": name})
        for rule in item.rules:
            _rule(out, rule)


def _rule(out: Markup, rule: Rule) -> None:
    with out.element("rule", {}):
        out.text("description", rule.description)
        for cell in rule.tests:
            tests(out, "inputEntry", cell)
        for entry in rule.outputs:
            _literal(out, "outputEntry", entry)
        for annotation in rule.annotations:
            with out.element("annotationEntry", {}):
                out.text("text", annotation)


# The values take exactly the type of their key; a mapping cannot say so to the type checker.
WRITERS: Final[Mapping[type[Expression], tuple[str, Callable[[Markup, str, Any], None]]]] = {
    Literal: ("literalExpression", _literal),
    Context: ("context", _context),
    ListExpression: ("list", _list),
    Relation: ("relation", _relation),
    FunctionDefinition: ("functionDefinition", _function),
    Invocation: ("invocation", _invocation),
    DecisionTable: ("decisionTable", _table),
    Conditional: ("conditional", _conditional),
    Filter: ("filter", _filter),
    Iterator: ("", _iterator),
}
