"""Names in a tree are replaced where they are free, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.feel import tree
from engine.feel.parser import parse
from engine.feel.render import render
from engine.feel.rewrite import rewrite


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b.a", "k.a + b.a"),
        ("for a in a return a", "for a in k.a return a"),
        ("some x in a, a in x satisfies a", "some x in k.a, a in x satisfies a"),
        ("function(a) a + b", "function(a) a + b"),
        ("{b: a, a: a, c: a}", "{b: k.a, a: k.a, c: a}"),
        ("f(a, [a], if a then a else 1)", "f(k.a, [k.a], if k.a then k.a else 1)"),
        ("x[a > item]", "x[k.a > item]"),
        ("not(a) and a in (< a, [1..a])", "not(k.a) and k.a in (< k.a, [1..k.a])"),
        ("for i in a..b return i", "for i in k.a..b return i"),
    ],
)
def test_free_names_are_replaced(text: str, expected: str):
    """A name declared inside the expression stays."""
    assert render(rewrite(parse(text), {"a": parse("k.a")})) == expected


def test_calls_can_be_changed():
    """Every node passes by once its parts are done."""

    def longer(expr: tree.Expr) -> tree.Expr:
        if isinstance(expr, tree.Call) and expr.function == tree.Name("f"):
            return replace(expr, arguments=(*expr.arguments, tree.Name("z")))
        return expr

    assert render(rewrite(parse("f(f(1)) + g(2)"), {}, longer)) == "f(f(1, z), z) + g(2)"
