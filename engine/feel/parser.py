"""The parser: precedence climbing over tokens, with the names in scope at hand.

    or  <  and  <  = != < <= > >= between in  <  + -  <  * /  <  **  <  unary -  <  instance of  <  . [ ] ( )

All binary operators associate to the left; `in` binds like a comparison (DMN 1.5, 10.3.1.2). `if`, `for`,
`some`, `every` and `function` reach as far to the right as they can. Time is linear in the text; nesting,
depth and length are bounded (`engine.feel.syntax`), so no text can hang the parser or exhaust the stack.
"""

from __future__ import annotations

from collections.abc import Collection

from engine.errors import worded
from engine.feel import tree
from engine.feel.cursor import Cursor
from engine.feel.lexer import Token
from engine.feel.parse_forms import FormParser
from engine.feel.syntax import MAX_DEPTH, FeelSyntaxError, Profile
from engine.feel.tree import Expr

__all__ = ["FeelSyntaxError", "Profile", "parse", "parse_type", "parse_unary_tests"]


def parse(
    text: str, names: Collection[str] = (), *, members: Collection[str] = (), profile: Profile = Profile.DMN
) -> Expr:
    """The tree of one expression.

    `names` are the variables in scope (they may hold spaces and symbols); `members` are names that may
    follow a dot or stand in a filter, such as the fields of contexts. Names in scope may always follow a dot.
    Raises FeelSyntaxError and nothing else, whatever the text.
    """
    parser = FormParser(Cursor(text, names, members, profile))
    expr = parser.expression()
    parser.at.expect_end()
    return _bounded(expr)


def parse_unary_tests(
    text: str, names: Collection[str] = (), *, members: Collection[str] = (), profile: Profile = Profile.DMN
) -> Expr:
    """The tests of one cell: `-`, `not(...)`, or tests separated by commas. The value under test is `?`.

    Raises FeelSyntaxError and nothing else.
    """
    parser = FormParser(Cursor(text, names, members, profile))
    at = parser.at
    if at.symbol("-") and at.peek().token is Token.END:
        return tree.UnaryTests((), start=at.here.start, end=at.here.end)
    tests = _negated(parser) if at.word("not") and "not" not in at.scope else None
    if tests is None:
        parser = FormParser(Cursor(text, names, members, profile))
        tests = tree.UnaryTests(parser.tests(), start=0, end=len(text))
        parser.at.expect_end()
    return _bounded(tests)


def parse_type(text: str, names: Collection[str] = ()) -> tree.TypeExpr:
    """A type such as `list<number>`; raises FeelSyntaxError."""
    parser = FormParser(Cursor(text, names, (), Profile.DMN))
    found = parser.type()
    parser.at.expect_end()
    return found


def _negated(parser: FormParser) -> tree.UnaryTests | None:
    """`not(test, test)` as a whole; None when the text goes on behind it, as in `not(a) and b`."""
    at = parser.at
    if at.peek().text != "(":
        return None
    at.advance()
    at.advance()
    tests = parser.tests()
    at.expect(")")
    if at.here.token is not Token.END:
        return None
    return tree.UnaryTests(tests, negated=True, start=0, end=at.here.end)


def _bounded(expr: Expr) -> Expr:
    """Refuses a tree deeper than MAX_DEPTH, such as a sum of hundreds of terms."""
    level: list[Expr] = [expr]
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in tree.children(node)]
        if not level:
            return expr
    deepest = min(level, key=lambda node: node.start)
    raise FeelSyntaxError(
        worded("This expression is too deep."), deepest.start, worded("Split it into several decisions.")
    )
