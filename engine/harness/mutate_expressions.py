"""Faults in one expression or one cell of a table: what a hand mistypes, and what a reader takes the wrong way.

    threshold     a number one step higher or lower        1000 -> 1001, 999       0.4 -> 0.5, 0.3
    comparison    the limit itself, or the other side      >= -> >, <              = -> !=
    connective    and <-> or, not( ) dropped, some <-> every
    arithmetic    + <-> -, * <-> /, min <-> max
    truth         yes <-> no, true <-> false
    list          one of several values dropped

Strings stay as they are. Called by `engine.harness.mutate_rules` and `mutate_facts`; tests:
tests/engine/harness/test_mutate.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

TOKEN = re.compile(
    r'(?P<string>@?"(?:[^"\\]|\\.)*")|(?P<number>\d+(?:\.\d+)?)|(?P<word>[^\W\d]\w*)|(?P<sign><=|>=|!=|\.\.|[^\s\w])'
)
COMPARISON = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "=": ("!=",), "!=": ("=",),
}  # fmt: skip
CONNECTIVE = {"and": "or", "or": "and", "some": "every", "every": "some"}
ARITHMETIC = {"+": "-", "-": "+", "*": "/", "/": "*", "min": "max", "max": "min"}
TRUTH = {"yes": "no", "no": "yes", "true": "false", "false": "true"}
Fault = tuple[str, str, int, int]
"""Operator, the new text, and from where to where the old text differs."""


def faults(text: str) -> Iterator[Fault]:
    """Every fault of this module in an expression or cell."""
    tokens = list(TOKEN.finditer(text))
    between = False
    for place, token in enumerate(tokens):
        word = token.group()
        if token.lastgroup == "string":
            continue
        if token.lastgroup == "number":
            yield from (_changed("threshold", text, token, own) for own in steps(word))
        elif word in COMPARISON:
            yield from (_changed("comparison", text, token, own) for own in COMPARISON[word])
        elif word in CONNECTIVE and not (word == "and" and between):
            yield _changed("connective", text, token, CONNECTIVE[word])
        elif word in ARITHMETIC and place and tokens[place - 1].group() not in "(,=<>":
            yield _changed("arithmetic", text, token, ARITHMETIC[word])
        elif word in TRUTH:
            yield _changed("truth", text, token, TRUTH[word])
        elif word == "not" and text[token.end() :].lstrip().startswith("("):
            yield _changed("connective", text, token, "")
        between = word == "between" or (between and word != "and")
    yield from _shorter(text)


def _changed(operator: str, text: str, token: re.Match[str], own: str) -> Fault:
    return operator, text[: token.start()] + own + text[token.end() :], token.start(), token.end()


def steps(number: str) -> tuple[str, str]:
    """The number one step of its last digit higher and lower."""
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return str(value + step), str(value - step)


def _shorter(text: str) -> Iterator[Fault]:
    """`a, b` without one of them, where the cell is a plain list."""
    parts = text.split(",")
    if len(parts) > 1 and all(re.fullmatch(r"\s*[\w-]+\s*", part) for part in parts):
        for number, part in enumerate(parts):
            left = ", ".join(own.strip() for at, own in enumerate(parts) if at != number)
            start = sum(len(own) + 1 for own in parts[:number])
            yield "list", left, start, start + len(part)
