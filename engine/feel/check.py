"""The type checker: everything that is wrong with an expression, before it ever runs.

    check(parse("inkomen < 1200 and not(partner)"), {"inkomen": MONEY, "partner": BOOLEAN})
    -> Checked(type=boolean, problems=())

It finds unknown names and options (with what was probably meant), operators and built-ins on the wrong
kinds, and `unsure` where only yes and no make sense. It never stops at the first. Nothing is said about values
that are null or zero: that is for evaluation.

    code            says
    E-NAME          there is no such variable or field
    E-OPTION        the text is not one of the options
    E-TYPE          this kind of value cannot stand here
    E-UNSURE        the value may be `unsure`
    E-CALL          wrong number or names of arguments, or no function at all
    E-VALUE         a literal that means nothing, such as a date that does not exist
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.errors import worded
from engine.feel import builtins, check_calls, check_forms, check_operators
from engine.feel.checker import RULES, Checked, Checker, Finding
from engine.feel.tree import Expr
from engine.feel.types import Type, loose

__all__ = ["Checked", "Finding", "check"]

_RULING = (builtins, check_calls, check_forms, check_operators)
assert RULES, _RULING


def check(expr: Expr, types: Mapping[str, Type], wanted: Type | None = None) -> Checked:
    """The type of `expr` and all problems in it.

    `types` are the variables in scope; the value under test of a cell is `?`. With `wanted`, that the whole
    gives this type is checked too.
    """
    checker = Checker(types)
    kind = checker.type(expr)
    if wanted is not None and not loose(kind):
        checker.fit(expr, kind, wanted, worded("this"))
    return Checked(kind, tuple(sorted(set(checker.problems))))
