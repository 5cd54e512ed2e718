"""Ranges and their functions (DMN 1.5, 10.3.2.7 and table 79)."""

from __future__ import annotations

import pytest

from tests.engine.feel.evaluating import evaluate


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("(..2)", "(< 2)"),
        ("]..2]", "(<= 2)"),
        ("[2..)", "(>= 2)"),
        ("(2..[", "(> 2)"),
        ('(..@\\"P1D\\"]', '(<= @"P1D")'),
        ('[date(\\"2024-02-29\\")..)', '(>= @"2024-02-29")'),
        (" [ 1 .. 2 ) ", "[1..2)"),
        ('[\\"a..\\"..)', '(>= "a..")'),
    ],
)
def test_an_open_end_may_be_left_out_of_a_text(text: str, same: str):
    """A text for `range` may leave out an open end: all up to a value, or from a value on (rules 66 and 67)."""
    assert evaluate(f'range("{text}") = {same}') is True


@pytest.mark.parametrize("text", ["", "[..2]", "[2..]", "[..]", "(..)", "(..true)", "(..x)", "(..1..2)", "2..)", "("])
def test_other_texts_are_no_range(text: str):
    """A closed end needs a value, one end at least is given, and it is a literal that has an order."""
    assert evaluate(f'range("{text}")') is None


def test_a_range_from_a_text_holds_what_one_written_as_a_comparison_holds():
    """`range("[2..)")` is asked for a value as `(>= 2)` is."""
    assert evaluate('[1, 2, 3][item in range("[2..)")]') == [2, 3]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("before([1..2), 2)", True),
        ("before([1..2], [2..3])", False),
        ("before([1..2), [2..3])", True),
        ("after((1..2], 1)", True),
        ("meets([1..2], [2..3])", True),
        ("meets([1..2), [2..3])", False),
        ("met by([2..3], [1..2])", True),
        ("overlaps([1..2], [2..3])", True),
        ("overlaps([1..2), [2..3])", False),
        ("overlaps before([1..3], [2..4])", True),
        ("overlaps before([1..3], (1..3))", False),
        ("overlaps before([1..3], (1..3])", True),
        ("overlaps after((1..3], [1..3))", True),
        ("overlaps after([1..3], [1..3])", False),
        ("finishes((1..3], [1..3])", True),
        ("finishes([1..3), [1..3])", False),
        ("finished by([1..3], 3)", True),
        ("finished by([1..3), 3)", False),
        ("includes((1..3], 1)", False),
        ("includes([1..3], [1..3])", True),
        ("includes((1..3], [1..3])", False),
        ("during((1..3), (1..3))", True),
        ("starts([1..2], [1..3])", True),
        ("starts((1..2], [1..3])", False),
        ("started by([1..3], 1)", True),
        ("coincides((1..3), [1..3])", False),
        ("coincides(3, [3..3])", None),
        ("includes([1..3], null)", None),
        ('before(1, "a")', None),
    ],
)
def test_relations_look_at_closed_and_open_ends(call: str, expected: object):
    """Each relation of table 79 tells closed ends from open ones; what has no order gives null."""
    assert evaluate(call) is expected
