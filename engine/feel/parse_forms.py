"""The forms with brackets and words: literals, names, lists, contexts, ranges, if, for, functions, calls.

The top half of the grammar stands in `engine.feel.parse_operators`.
"""

from __future__ import annotations

from typing import Final

from engine.errors import worded
from engine.feel import tree
from engine.feel.decimals import FEEL_CONTEXT
from engine.feel.lexer import Token, unescape
from engine.feel.lexical import read_temporal
from engine.feel.parse_operators import ADDITIVE, OperatorParser
from engine.feel.parse_words import constant
from engine.feel.syntax import Profile
from engine.feel.tree import Expr, Kind

_COMPARISONS: Final = ("=", "!=", "<", "<=", ">", ">=")


class FormParser(OperatorParser):
    """What can stand at the start of an expression, and what can follow it without an operator."""

    def primary(self) -> Expr:
        here = self.at.here
        if here.token is Token.WORD:
            return self._word()
        if here.token is Token.NUMBER:
            return self._number()
        if here.token is Token.STRING:
            self.at.advance()
            return tree.Literal(unescape(here.text), Kind.STRING, start=here.start, end=here.end)
        if here.token is Token.AT:
            self.at.advance()
            quoted = here.text[here.text.index('"') :]
            value = read_temporal(unescape(quoted), weeks=self.at.profile is not Profile.DMN)
            return tree.Literal(value, Kind.TEMPORAL, start=here.start, end=here.end)
        return self._symbol()

    def _number(self) -> Expr:
        start = self.at.here.start
        dated = constant(self.at)
        if dated is not None:
            return dated
        value = FEEL_CONTEXT.create_decimal(self.at.here.text)
        if not value.is_finite():
            raise self.at.error(
                worded("This number is too large."), worded("FEEL numbers have 34 digits and exponents up to 6144.")
            )
        self.at.advance()
        return tree.Literal(value, Kind.NUMBER, start=start, end=self.at.passed)

    def _symbol(self) -> Expr:
        at = self.at
        start = at.here.start
        if at.symbol("?"):
            name = at.variable() or at.advance().text
            return tree.Name(name, start=start, end=at.passed)
        if at.symbol("("):
            return self._parenthesis()
        if at.symbol("[", "]"):
            return self._bracket()
        if at.symbol("{"):
            return self._context()
        raise at.error(
            worded("Expected a value here, found {found}.", found=at.found()),
            worded("A value is a name, a number, a text or `(`."),
        )

    def _word(self) -> Expr:
        at = self.at
        start = at.here.start
        name = at.variable()
        if name is not None:
            return tree.Name(name, start=start, end=at.passed)
        literal = constant(at)
        if literal is not None:
            return literal
        if at.word("if"):
            return self._if()
        if at.word("for"):
            return self._for()
        if at.word("some", "every"):
            return self._quantified()
        if at.word("function"):
            return self._function()
        if at.here.text in at.reserved:
            raise at.error(
                worded("Expected a value here, found {found}.", found=at.found()),
                worded("This word cannot start a value."),
            )
        return tree.Name(at.words(), start=start, end=at.passed)

    def _parenthesis(self) -> Expr:
        at = self.at
        start = at.advance().start
        if at.symbol(*_COMPARISONS):
            return self._half_range(start)
        inner = self.expression()
        if at.accept(".."):
            return self._range_end(inner, start, closed=False)
        at.expect(")", "Every `(` needs its `)`.")
        return inner

    def _half_range(self, start: int) -> Expr:
        """`(< 5)` and the like (DMN 1.5 rule 7): a range written as a comparison."""
        at = self.at
        op = at.advance().text
        operand = self.expression(ADDITIVE)
        at.expect(")", "Every `(` needs its `)`.")
        return tree.Test(op, operand, start=start, end=at.passed)

    def _bracket(self) -> Expr:
        """`[a, b]`, `[a..b]` or `]a..b]`."""
        at = self.at
        opening = at.advance()
        if opening.text == "[" and at.accept("]"):
            return tree.ListExpr((), start=opening.start, end=at.passed)
        first = self.expression()
        if opening.text == "]" and not at.symbol(".."):
            raise at.error(
                worded("Expected `..` here, found {found}.", found=at.found()),
                worded("`]` opens a range such as `]1..5]`."),
            )
        if at.accept(".."):
            return self._range_end(first, opening.start, closed=opening.text == "[")
        items = [first]
        while at.accept(","):
            items.append(self.expression())
        at.expect("]", "Every `[` needs its `]`.")
        return tree.ListExpr(tuple(items), start=opening.start, end=at.passed)

    def _range_end(self, low: Expr, start: int, *, closed: bool) -> Expr:
        at = self.at
        high = self.expression(ADDITIVE, ranged=True)
        if not at.symbol(")", "]", "["):
            raise at.error(
                worded("Expected the end of the range here, found {found}.", found=at.found()),
                worded("End it with `]` or `)`."),
            )
        high_closed = at.advance().text == "]"
        return tree.RangeExpr(low, high, closed, high_closed, start=start, end=at.passed)

    def _context(self) -> Expr:
        at = self.at
        start = at.advance().start
        entries: list[tuple[str, Expr]] = []
        while not at.accept("}"):
            if entries:
                at.expect(",", "Entries of a context are separated by commas; every `{` needs its `}`.")
            key = self._key()
            entries.append((key, self.expression()))
            at.scope.declare(key)
            at.members.declare(key)
        for key, _ in entries:
            at.scope.forget(key)
        return tree.ContextExpr(tuple(entries), start=start, end=at.passed)

    def _key(self) -> str:
        at = self.at
        if at.here.token is Token.STRING:
            key = unescape(at.advance().text)
            at.expect(":")
            return key
        name = at.key()
        if name is None:
            raise at.error(
                worded("Expected a name and a colon here, found {found}.", found=at.found()),
                worded("As in `{name: value}`."),
            )
        return name

    def _if(self) -> Expr:
        at = self.at
        start = at.advance().start
        condition = self.expression()
        at.expect("then", "As in `if condition then value else value`.")
        then = self.expression()
        at.expect("else", "An `if` always has an `else`.")
        otherwise = self.expression()
        return tree.If(condition, then, otherwise, start=start, end=at.passed)

    def _for(self) -> Expr:
        at = self.at
        start = at.advance().start
        iterations = self._iterations()
        at.expect("return", "As in `for x in list return x + 1`.")
        at.scope.declare("partial")
        body = self.expression()
        at.scope.forget("partial")
        self._forget(iterations)
        return tree.For(iterations, body, start=start, end=at.passed)

    def _quantified(self) -> Expr:
        at = self.at
        taken = at.advance()
        iterations = self._iterations()
        at.expect("satisfies", "As in `some x in list satisfies x > 1`.")
        condition = self.expression()
        self._forget(iterations)
        return tree.Quantified(taken.text, iterations, condition, start=taken.start, end=at.passed)

    def _iterations(self) -> tuple[tree.Iteration, ...]:
        iterations = [self._iteration()]
        while self.at.accept(","):
            self.at.enter()
            iterations.append(self._iteration())
        self.at.nesting -= len(iterations) - 1
        return tuple(iterations)

    def _iteration(self) -> tree.Iteration:
        at = self.at
        start = at.here.start
        name = at.declared()
        at.expect("in", "As in `for x in list`.")
        source = self.expression()
        until = self.expression() if at.accept("..") else None
        at.scope.declare(name)
        return tree.Iteration(name, source, until, start=start, end=at.passed)

    def _forget(self, iterations: tuple[tree.Iteration, ...]) -> None:
        for iteration in iterations:
            self.at.scope.forget(iteration.name)

    def _function(self) -> Expr:
        at = self.at
        start = at.advance().start
        at.expect("(", "As in `function(a, b) a + b`.")
        parameters: list[tree.Parameter] = []
        while not at.accept(")"):
            if parameters:
                at.expect(",")
            parameters.append(self._parameter())
        external = at.accept("external")
        for parameter in parameters:
            at.scope.declare(parameter.name)
        body = self.expression()
        for parameter in parameters:
            at.scope.forget(parameter.name)
        return tree.FunctionDef(tuple(parameters), body, external, start=start, end=at.passed)

    def _parameter(self) -> tree.Parameter:
        at = self.at
        start = at.here.start
        keyed = at.key()
        name = keyed if keyed is not None else at.declared()
        kind = self.type() if keyed is not None or at.accept(":") else None
        return tree.Parameter(name, kind, start=start, end=at.passed)

    def follow(self, base: Expr) -> Expr | None:
        """One `.name`, `[filter]` or `(arguments)` behind `base`; None when nothing of the kind follows."""
        at = self.at
        if at.symbol("."):
            at.advance()
            name = at.member()
            return tree.Path(base, name, start=base.start, end=at.passed)
        if at.symbol("[") and not self._closes_range():
            at.advance()
            at.filters += 1
            condition = self.expression()
            at.filters -= 1
            at.expect("]", "Every `[` needs its `]`.")
            return tree.Filter(base, condition, start=base.start, end=at.passed)
        if at.symbol("("):
            return self._call(base)
        return None

    def _call(self, function: Expr) -> Expr:
        at = self.at
        at.advance()
        arguments: list[Expr] = []
        names: list[str] = []
        while not at.accept(")"):
            if arguments:
                at.expect(",", "Arguments are separated by commas; every `(` needs its `)`.")
            name = at.key()
            if name is not None:
                names.append(name)
            arguments.append(self.expression())
        if names and len(names) != len(arguments):
            raise at.error(worded("Either all arguments of a call have a name, or none has."))
        negated = not names and len(arguments) == 1 and isinstance(function, tree.Name) and function.name == "not"
        if negated and "not" not in at.scope:
            return tree.Not(arguments[0], start=function.start, end=at.passed)
        return tree.Call(function, tuple(arguments), tuple(names), start=function.start, end=at.passed)
