"""Operators, unary tests and types: the precedence climb itself.

`FormParser` (engine.feel.parse_forms) fills in `primary` and `follow`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from engine.errors import worded
from engine.feel import tree
from engine.feel.cursor import RESERVED, Cursor
from engine.feel.lexer import Token
from engine.feel.names_in_scope import NamesInScope
from engine.feel.tree import Expr

COMPARISONS: Final = ("=", "!=", "<", "<=", ">", ">=")
COMPARISON: Final = 3
ADDITIVE: Final = 4
_UNARY: Final = 7
_POWERS: Final[dict[str, int]] = {
    "or": 1,
    "and": 2,
    **dict.fromkeys((*COMPARISONS, "between", "in"), COMPARISON),
    **dict.fromkeys("+-", ADDITIVE),
    **dict.fromkeys("*/", 5),
    "**": 6,
    "instance": 8,
}
_TYPES: Final = NamesInScope(
    (
        "years and months duration",
        "days and time duration",
        "date and time",
        "year and month duration",
        "day and time duration",
    )
)


class OperatorParser(ABC):
    """Expressions by precedence, cell tests, and type names."""

    def __init__(self, at: Cursor) -> None:
        self.at = at
        self._ranged = False

    @abstractmethod
    def primary(self) -> Expr:
        """What an expression can start with."""

    @abstractmethod
    def follow(self, base: Expr) -> Expr | None:
        """What can follow `base` without an operator."""

    def expression(self, power: int = 0, *, ranged: bool = False) -> Expr:
        """An expression of operators binding at least as tightly as `power`.

        `ranged`: it is the right end of a range, where `[` may close the range.
        """
        at = self.at
        at.enter()
        outer, self._ranged = self._ranged, ranged
        left = self._negation() if at.symbol("-") else self._postfix()
        while (binding := self._binding()) >= max(power, 1):
            left = self._infix(left, binding)
        self._ranged = outer
        at.leave()
        return left

    def _binding(self) -> int:
        here = self.at.here
        if here.token is Token.SYMBOL or here.token is Token.WORD:
            return _POWERS.get(here.text, 0)
        return 0

    def _negation(self) -> Expr:
        start = self.at.advance().start
        operand = self.expression(_UNARY, ranged=self._ranged)
        return tree.Negate(operand, start=start, end=self.at.passed)

    def _postfix(self) -> Expr:
        expr = self.primary()
        while (longer := self.follow(expr)) is not None:
            expr = longer
        return expr

    def _closes_range(self) -> bool:
        """Whether the `[` here closes a range: it does when what follows it can start no expression."""
        if not self._ranged:
            return False
        after = self.at.peek()
        if after.token is Token.WORD:
            return after.text in RESERVED - {"if", "for", "some", "every", "function", "true", "false", "null"}
        return after.token is Token.END or (after.token is Token.SYMBOL and after.text not in ("(", "[", "{", "?", "-"))

    def _infix(self, left: Expr, binding: int) -> Expr:
        at = self.at
        op = at.advance().text
        if op in ("and", "or"):
            return self._logic(op, left, binding)
        if op == "between":
            return self._between(left)
        if op == "in":
            return self._in(left)
        if op == "instance":
            at.expect("of", "As in `x instance of number`.")
            kind = self.type()
            return tree.InstanceOf(left, kind, start=left.start, end=at.passed)
        right = self.expression(binding + 1, ranged=self._ranged)
        make = tree.Comparison if binding == COMPARISON else tree.Arithmetic
        return make(op, left, right, start=left.start, end=at.passed)

    def _logic(self, op: str, left: Expr, binding: int) -> Expr:
        operands = [left, self.expression(binding + 1, ranged=self._ranged)]
        while self.at.accept(op):
            operands.append(self.expression(binding + 1, ranged=self._ranged))
        return tree.Logic(op, tuple(operands), start=left.start, end=self.at.passed)

    def _between(self, value: Expr) -> Expr:
        low = self.expression(ADDITIVE)
        self.at.expect("and", "As in `x between 1 and 5`.")
        high = self.expression(ADDITIVE, ranged=self._ranged)
        return tree.Between(value, low, high, start=value.start, end=self.at.passed)

    def _in(self, value: Expr) -> Expr:
        at = self.at
        if at.symbol("("):
            tests = self._followed(self._in_parentheses())
        elif at.symbol(*COMPARISONS):
            tests = (self._test(),)
        else:
            tests = (self.expression(ADDITIVE, ranged=self._ranged),)
        return tree.In(value, tests, start=value.start, end=at.passed)

    def _followed(self, tests: tuple[Expr, ...]) -> tuple[Expr, ...]:
        """`x in (a).b`: what looked like tests in brackets was the start of one expression."""
        if len(tests) != 1 or isinstance(tests[0], tree.Test):
            return tests
        expr = tests[0]
        while (longer := self.follow(expr)) is not None:
            expr = longer
        return (expr,)

    def _in_parentheses(self) -> tuple[Expr, ...]:
        """`(1, 2)`, `(< 5)`, or the range `(1..5)`."""
        at = self.at
        start = at.advance().start
        tests = self.tests()
        if len(tests) == 1 and at.accept(".."):
            high = self.expression(ADDITIVE, ranged=True)
            if not at.symbol(")", "]", "["):
                raise at.error(
                    worded("Expected the end of the range here, found {found}.", found=at.found()),
                    worded("End it with `]` or `)`."),
                )
            closed = at.advance().text == "]"
            return (tree.RangeExpr(tests[0], high, False, closed, start=start, end=at.passed),)
        at.expect(")", "Every `(` needs its `)`.")
        return tests

    def tests(self) -> tuple[Expr, ...]:
        """Tests separated by commas, of which any may hold."""
        tests = [self._test()]
        while self.at.accept(","):
            tests.append(self._test())
        return tuple(tests)

    def _test(self) -> Expr:
        at = self.at
        if not at.symbol(*COMPARISONS):
            return self.expression()
        op = at.advance()
        operand = self.expression(ADDITIVE)
        return tree.Test(op.text, operand, start=op.start, end=at.passed)

    def type(self) -> tree.TypeExpr:
        """A type: a name, or `list<...>`, `range<...>`, `context<...>`, `function<...> -> ...`."""
        at = self.at
        at.enter()
        start = at.here.start
        if at.word("list", "range", "context", "function") and at.peek().text == "<":
            word = at.advance().text
            at.advance()
            kind = self._composed(word, start)
        else:
            kind = tree.TypeName(self._type_name(), start=start, end=at.passed)
        at.leave()
        return kind

    def _type_name(self) -> str:
        at = self.at
        built_in = _TYPES.longest(at.text, at.here.start)
        if built_in:
            at.jump(built_in[1])
            return built_in[0]
        if at.word("function", "null"):
            return at.advance().text
        name = self._known_name() or at.declared()
        while at.accept("."):
            name += "." + (self._known_name() or at.declared())
        return name

    def _known_name(self) -> str | None:
        """Takes the name in scope or the member that starts here, such as the name of an import."""
        at = self.at
        for names in (at.scope, at.members):
            match = names.longest(at.text, at.here.start)
            if match:
                at.jump(match[1])
                return match[0]
        return None

    def _composed(self, word: str, start: int) -> tree.TypeExpr:
        at = self.at
        if word == "context":
            return self._context_type(start)
        if word == "function":
            return self._function_type(start)
        item = self.type()
        at.expect(">")
        make = tree.ListType if word == "list" else tree.RangeType
        return make(item, start=start, end=at.passed)

    def _context_type(self, start: int) -> tree.TypeExpr:
        at = self.at
        entries: list[tuple[str, tree.TypeExpr]] = []
        while not at.accept(">"):
            if entries:
                at.expect(",")
            name = at.key()
            if name is None:
                raise at.error(
                    worded("Expected a name and a colon here, found {found}.", found=at.found()),
                    worded("As in `context<a: number>`."),
                )
            entries.append((name, self.type()))
        return tree.ContextType(tuple(entries), start=start, end=at.passed)

    def _function_type(self, start: int) -> tree.TypeExpr:
        at = self.at
        parameters: list[tree.TypeExpr] = []
        while not at.accept(">"):
            if parameters:
                at.expect(",")
            parameters.append(self.type())
        at.expect("->", "As in `function<number> -> string`.")
        returns = self.type()
        return tree.FunctionType(tuple(parameters), returns, start=start, end=at.passed)
