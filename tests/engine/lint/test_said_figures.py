"""Figures in a sentence, and whether words and rules name the same ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.lint.linting import lint
from engine.lint.said_figures import figures
from tests.engine.lint.flows import laid_over


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nl", "binnen zes weken, of 3.350 euro", [("6", "weken"), ("3350", "euro")]),
        ("en", "within six weeks, or 3,350.50 euros", [("6", "weeks"), ("3350.50", "euros")]),
        ("nl", "€ 12,50 per dag, 1,30 meter hoog", [("12.50", "euro"), ("1.30", "meter")]),
        ("nl", "een week, {bedrag} euro en artikel 4:13", []),
        ("nl", "om 16:30, versie 1.2.3, A4", []),
        ("fr", "deux fois, 30 jours", [("30", "jours")]),
    ],
)
def test_figures_are_read_as_they_are_said(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    """Digits in the notation of the language, words up to twenty and round ones; no times, articles or values."""
    assert [(own.value, own.unit) for own in figures(language, text)] == [(Decimal(n), unit) for n, unit in expected]


ROWS = """
decisions:
  gratis:
    table: |
      | leeftijd || gratis | source | because |
      | %s || ja | tarief | %s |
      | - || nee | tarief | %s |
"""


@pytest.mark.parametrize(
    ("cell", "reason", "rest", "found"),
    [
        ("< 12", "u bent jonger dan 12 jaar", "u bent 12 jaar of ouder", 0),
        ("<= 11", "u bent jonger dan 12 jaar", "u bent 12 jaar of ouder", 0),
        ("<= 12", "u bent hooguit 12 jaar", "u bent ouder dan twaalf", 0),
        ("<= 12", "u bent jonger dan 12 jaar", "u bent niet jong", 1),
        ("< 12", "u bent hooguit twaalf jaar", "u bent niet jong", 1),
        ("[4..12)", "u bent minstens 4 en jonger dan 12", "u bent niet jong", 0),
        ("(4..12)", "u bent minstens 4 en jonger dan 12", "u bent niet jong", 1),
        ("< 12", "u bent jonger dan 14 jaar", "u bent niet jong", 1),
        ("< 12", "u bent jong", "u bent 14 jaar of ouder", 1),
    ],
)
def test_a_reason_is_held_against_its_row(cell: str, reason: str, rest: str, found: int) -> None:
    """The figure, and on which side of it the row stands; the last row may name any limit of the table."""
    problems = lint(laid_over(ROWS % (cell, reason, rest)), "flow.yaml").problems
    assert [own.code for own in problems].count("L-REASON-FIGURE") == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Tot 12 jaar is het gratis.", 0),
        ("Van 13 jaar en ouder betaalt u.", 1),
        ("U hebt 48 uur de tijd.", 0),
        ("Het bad is 25 meter lang.", 0),
        ("U betaalt 5 euro.", 0),
    ],
)
def test_only_what_the_rules_measure_has_to_stand_in_them(words: str, found: int) -> None:
    """An age here; no rule of this flow is about metres, money or hours."""
    problems = lint(laid_over(f'outcomes: {{nee: {{text: "{words}"}}}}'), "flow.yaml").problems
    assert [own.code for own in problems].count("L-FIGURE-SAID") == found
