"""The text of a tree: `parse(render(tree))` gives the same tree again. Callers: DMN export and import (`engine.graph`).

    level   form                              level   form
    0       if, for, some, every, function    5       * /
    1       or                                6       **
    2       and                               7       unary -
    3       comparison, between, in           8       instance of
    4       + -                               9       . [ ] ( )
                                              10      names, literals, brackets

A part stands between parentheses when its level is below what its place asks for (see `engine.feel.parser`). Under
Profile.DMN the text is standard FEEL; `unsure`, which DMN does not know, becomes the text "unsure".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from engine.feel import tree
from engine.feel.run import Run
from engine.feel.syntax import Profile
from engine.feel.text import text_of
from engine.feel.tree import Expr, Kind
from engine.feel.unsure import UNSURE

_LEVELS: Final = {"or": 1, "and": 2, "+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SPECIAL: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")

Written = tuple[int, str]
"""The level of a form, and its text."""


def render(expr: Expr, profile: Profile = Profile.DMN) -> str:
    """The expression, or the unary tests, as text."""
    return _Renderer(profile).at(expr, 0)


def render_value(value: object, profile: Profile = Profile.DMN) -> str:
    """A value as the expression that gives it: a constant, or a list or context of constants."""
    if isinstance(value, list):
        return "[" + ", ".join(render_value(item, profile) for item in value) + "]"
    if isinstance(value, dict):
        return (
            "{" + ", ".join(f"{key_text(str(key))}: {render_value(item, profile)}" for key, item in value.items()) + "}"
        )
    return _constant(value, profile)[1]


def quoted(text: str) -> str:
    """A text as a string literal, without any character that XML or a pipe table could not carry."""
    escaped = "".join(_SPECIAL.get(char, char) for char in text)
    return '"' + _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}", escaped) + '"'


def key_text(key: str) -> str:
    """A key of a context: bare where it is one word, else between quotes."""
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)


def _constant(value: object, profile: Profile) -> Written:
    if value is None:
        return 10, "null"
    if isinstance(value, bool):
        return 10, "true" if value else "false"
    if value is UNSURE:
        return 10, '"unsure"' if profile is Profile.DMN else "unsure"
    if isinstance(value, str):
        return 10, quoted(value)
    if isinstance(value, Decimal):
        return (10 if value >= 0 else 7), f"{value:f}"
    return 10, f'@"{text_of(value, Run())}"'


class _Renderer:
    """Writes each kind of node; `at` adds the parentheses."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def at(self, expr: Expr, level: int) -> str:
        own, text = WRITERS[type(expr)](self, expr)
        return text if own >= level else f"({text})"

    def several(self, exprs: Sequence[Expr]) -> str:
        return ", ".join(self.at(expr, 0) for expr in exprs)

    def literal(self, expr: tree.Literal) -> Written:
        if expr.kind is Kind.TEMPORAL and expr.value is None:
            return 10, '@""'
        if isinstance(expr.value, list | dict):  # made by whoever built the tree; the parser makes none
            return 10, render_value(expr.value, self.profile)
        return _constant(expr.value, self.profile)

    def name(self, expr: tree.Name) -> Written:
        return 10, expr.name

    def path(self, expr: tree.Path) -> Written:
        number = isinstance(expr.base, tree.Literal) and expr.base.kind is Kind.NUMBER
        return 9, f"{self.at(expr.base, 11 if number else 9)}.{expr.name}"

    def filter(self, expr: tree.Filter) -> Written:
        return 9, f"{self.at(expr.base, 9)}[{self.at(expr.condition, 0)}]"

    def negate(self, expr: tree.Negate) -> Written:
        return 7, f"-{self.at(expr.operand, 7)}"

    def arithmetic(self, expr: tree.Arithmetic) -> Written:
        level = _LEVELS[expr.op]
        return level, f"{self.at(expr.left, level)} {expr.op} {self.at(expr.right, level + 1)}"

    def comparison(self, expr: tree.Comparison) -> Written:
        return 3, f"{self.at(expr.left, 3)} {expr.op} {self.at(expr.right, 4)}"

    def logic(self, expr: tree.Logic) -> Written:
        level = _LEVELS[expr.op]
        return level, f" {expr.op} ".join(self.at(operand, level + 1) for operand in expr.operands)

    def negation(self, expr: tree.Not) -> Written:
        return 9, f"not({self.at(expr.operand, 0)})"

    def between(self, expr: tree.Between) -> Written:
        return 3, f"{self.at(expr.value, 3)} between {self.at(expr.low, 4)} and {self.at(expr.high, 4)}"

    def membership(self, expr: tree.In) -> Written:
        return 3, f"{self.at(expr.value, 3)} in ({self.tests(expr.tests)})"

    def tests(self, tests: Sequence[Expr]) -> str:
        """Tests separated by commas: a comparison stands there without parentheses."""
        return ", ".join(
            f"{test.op} {self.at(test.operand, 4)}" if isinstance(test, tree.Test) else self.at(test, 0)
            for test in tests
        )

    def test(self, expr: tree.Test) -> Written:
        return 10, f"({expr.op} {self.at(expr.operand, 4)})"

    def unary(self, expr: tree.UnaryTests) -> Written:
        if not expr.tests:
            return 0, "-"
        tests = self.tests(expr.tests)
        if expr.negated:
            return 0, f"not({tests})"
        alone = len(expr.tests) == 1 and isinstance(expr.tests[0], tree.Not)
        return 0, f"({tests})" if alone else tests

    def span(self, expr: tree.RangeExpr) -> Written:
        filtered = any(isinstance(part, tree.Filter) for part in tree.walk(expr.high))
        low, high = self.at(expr.low, 4), self.at(expr.high, 11 if filtered else 4)
        return 10, f"{'[' if expr.low_closed else '('}{low}..{high}{']' if expr.high_closed else ')'}"

    def instance(self, expr: tree.InstanceOf) -> Written:
        return 8, f"{self.at(expr.value, 8)} instance of {render_type(expr.type)}"

    def conditional(self, expr: tree.If) -> Written:
        parts = (self.at(part, 0) for part in (expr.condition, expr.then, expr.otherwise))
        return 0, "if {} then {} else {}".format(*parts)

    def iterations(self, iterations: Sequence[tree.Iteration]) -> str:
        return ", ".join(
            f"{each.name} in {self.at(each.source, 1)}"
            + (f"..{self.at(each.until, 1)}" if each.until is not None else "")
            for each in iterations
        )

    def loop(self, expr: tree.For) -> Written:
        return 0, f"for {self.iterations(expr.iterations)} return {self.at(expr.body, 0)}"

    def quantified(self, expr: tree.Quantified) -> Written:
        return 0, f"{expr.word} {self.iterations(expr.iterations)} satisfies {self.at(expr.condition, 0)}"

    def function(self, expr: tree.FunctionDef) -> Written:
        parameters = ", ".join(
            each.name if each.type is None else f"{each.name}: {render_type(each.type)}" for each in expr.parameters
        )
        external = "external " if expr.external else ""
        return 0, f"function({parameters}) {external}{self.at(expr.body, 0)}"

    def call(self, expr: tree.Call) -> Written:
        if not expr.names:
            return 9, f"{self.at(expr.function, 9)}({self.several(expr.arguments)})"
        pairs = zip(expr.names, expr.arguments, strict=True)
        return 9, f"{self.at(expr.function, 9)}({', '.join(f'{name}: {self.at(item, 0)}' for name, item in pairs)})"

    def list_of(self, expr: tree.ListExpr) -> Written:
        return 10, f"[{self.several(expr.items)}]"

    def context(self, expr: tree.ContextExpr) -> Written:
        return 10, "{" + ", ".join(f"{key_text(key)}: {self.at(value, 0)}" for key, value in expr.entries) + "}"


def render_type(kind: tree.TypeExpr) -> str:
    """A type as `instance of` writes it."""
    match kind:
        case tree.TypeName(name):
            return name
        case tree.ListType(item):
            return f"list<{render_type(item)}>"
        case tree.RangeType(item):
            return f"range<{render_type(item)}>"
        case tree.ContextType(entries):
            return "context<" + ", ".join(f"{name}: {render_type(entry)}" for name, entry in entries) + ">"
        case tree.FunctionType(parameters, returns):
            return f"function<{', '.join(map(render_type, parameters))}> -> {render_type(returns)}"


# Each function takes exactly the node of its key; a mapping cannot say so to the type checker.
WRITERS: Final[Mapping[type[Expr], Callable[[_Renderer, Any], Written]]] = {
    tree.Literal: _Renderer.literal,
    tree.Name: _Renderer.name,
    tree.Path: _Renderer.path,
    tree.Filter: _Renderer.filter,
    tree.Negate: _Renderer.negate,
    tree.Arithmetic: _Renderer.arithmetic,
    tree.Comparison: _Renderer.comparison,
    tree.Logic: _Renderer.logic,
    tree.Not: _Renderer.negation,
    tree.Between: _Renderer.between,
    tree.In: _Renderer.membership,
    tree.Test: _Renderer.test,
    tree.UnaryTests: _Renderer.unary,
    tree.RangeExpr: _Renderer.span,
    tree.InstanceOf: _Renderer.instance,
    tree.If: _Renderer.conditional,
    tree.For: _Renderer.loop,
    tree.Quantified: _Renderer.quantified,
    tree.FunctionDef: _Renderer.function,
    tree.Call: _Renderer.call,
    tree.ListExpr: _Renderer.list_of,
    tree.ContextExpr: _Renderer.context,
}
