"""Boxed expressions compiled once to programs over a scope (DMN 1.5, 10.2 and 10.3.2.10).

Each kind has one function below. A value that does not fit the expression's declared type becomes null with a
diagnostic. The boxed conditional, filter and iterators are stricter than their FEEL relatives: a condition that is
no boolean gives null for the whole (10.2.1.8 to 10.2.1.10). Callers: `engine.dmn.library`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from engine.dmn import model
from engine.dmn.functions import boxed_function, call_by_name, unavailable
from engine.dmn.iterate import filtered, mapped, quantified
from engine.dmn.model import Expression, FunctionKind
from engine.dmn.scope import Program, Scope
from engine.dmn.table_compile import compile_table
from engine.dmn.texts import Texts
from engine.dmn.typed import typed

Names = frozenset[str]


class Compiler:
    """Compiles the expressions of one model; knows its texts and types."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def program(self, item: Expression | None, names: Names) -> Program:
        """The program of an expression that sees `names`; an absent expression gives null."""
        if item is None:
            return _nothing
        program = COMPILERS[type(item)](self, item, names)
        if isinstance(item, model.FunctionDefinition):
            return program
        return self.typed(program, item.type_ref, item.line)

    def typed(self, program: Program, type_ref: str, line: int) -> Program:
        return typed(program, type_ref, line, self.texts.types)

    def literal(self, item: model.Literal, names: Names) -> Program:
        if item.language and "feel" not in item.language.lower():
            return not_feel(item)
        return self.texts.expression(item.text, names, item.line)

    def context(self, item: model.Context, names: Names) -> Program:
        steps: list[tuple[str, Program]] = []
        for entry in item.entries:
            program = self.program(entry.value, names)
            steps.append((entry.name, self.typed(program, entry.type_ref, entry.value.line)))
            names |= {entry.name} if entry.name else frozenset()
        return lambda scope: _context_value(steps, scope)

    def list_of(self, item: model.ListExpression, names: Names) -> Program:
        programs = [self.program(member, names) for member in item.items]
        return lambda scope: [program(scope) for program in programs]

    def relation(self, item: model.Relation, names: Names) -> Program:
        """A list of contexts; null where a row has more or fewer cells than there are columns."""
        if any(len(row) != len(item.columns) for row in item.rows):
            return lambda scope: scope.note("A row of the relation has more or fewer cells than columns.", item.line)
        rows = [
            [
                (column.name, self.typed(self.program(cell, names), column.type_ref, cell.line))
                for column, cell in zip(item.columns, row, strict=True)
            ]
            for row in item.rows
        ]
        return lambda scope: [{name: program(scope) for name, program in row} for row in rows]

    def function(self, item: model.FunctionDefinition, names: Names) -> Program:
        """A function value; `type_ref` may name its function type or the type of what it gives."""
        if item.kind is not FunctionKind.FEEL:
            return unavailable(item)
        body = self.program(item.body, names | {parameter.name for parameter in item.parameters})
        output = self.texts.types.output_of(item.type_ref)
        parameters = [(parameter.name, self.texts.types.get(parameter.type_ref)) for parameter in item.parameters]
        return boxed_function(parameters, body, output, item)

    def invocation(self, item: model.Invocation, names: Names) -> Program:
        called = self.program(item.called, names)
        arguments = {binding.parameter.name: self.program(binding.value, names) for binding in item.bindings}
        return lambda scope: call_by_name(
            called(scope), {name: program(scope) for name, program in arguments.items()}, scope, item.line
        )

    def conditional(self, item: model.Conditional, names: Names) -> Program:
        test, then, otherwise = (self.program(part, names) for part in (item.test, item.then, item.otherwise))

        def choose(scope: Scope) -> object:
            holds = test(scope)
            if not isinstance(holds, bool):
                scope.note("The `if` of a conditional is neither true nor false.", item.line)
                return None
            return then(scope) if holds else otherwise(scope)

        return choose

    def filter(self, item: model.Filter, names: Names) -> Program:
        source, match = self.program(item.source, names), self.program(item.match, names | {"item"})
        return lambda scope: filtered(source(scope), match, scope, item.line)

    def iterator(self, item: model.Iterator, names: Names) -> Program:
        source = self.typed(self.program(item.source, names), item.source_type, item.line)
        body = self.program(item.body, names | {item.variable, "partial"})
        if item.kind is model.IteratorKind.FOR:
            return lambda scope: mapped(source(scope), item.variable, body, scope, item.line)
        return lambda scope: quantified(item, source(scope), body, scope)

    def table(self, item: model.DecisionTable, names: Names) -> Program:
        return compile_table(item, names, self.texts)


def _nothing(_: Scope) -> object:
    return None


def not_feel(item: model.Literal) -> Program:
    """The program of an expression in another language: null with a diagnostic."""
    return lambda scope: scope.note("The expression is not in FEEL, the only language that is run.", item.line)


def _context_value(steps: Iterable[tuple[str, Program]], scope: Scope) -> object:
    """The entries as a dict; or the value of the entry without a name, which comes last."""
    entries: dict[str, object] = {}
    for name, program in steps:
        value = program(scope.having(entries))
        if not name:
            return value
        entries[name] = value
    return entries


# Each function takes exactly the expression of its key; a mapping cannot say so to the type checker.
COMPILERS: Final[Mapping[type[Expression], Callable[[Compiler, Any, Names], Program]]] = {
    model.Literal: Compiler.literal,
    model.Context: Compiler.context,
    model.ListExpression: Compiler.list_of,
    model.Relation: Compiler.relation,
    model.FunctionDefinition: Compiler.function,
    model.Invocation: Compiler.invocation,
    model.Conditional: Compiler.conditional,
    model.Filter: Compiler.filter,
    model.Iterator: Compiler.iterator,
    model.DecisionTable: Compiler.table,
}
