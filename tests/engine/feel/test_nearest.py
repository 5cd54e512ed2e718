"""A suggestion is a word that was probably meant, or there is none."""

from __future__ import annotations

import pytest

from engine.feel.nearest import figure, nearest
from engine.lint.linting import lint
from tests.engine.lint.flows import laid_over


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("leeftid", ["leeftijd", "begin"], ["leeftijd"]),
        ("neen", ["ja", "nee"], ["nee"]),
        ("typ", ["type", "ask"], ["type"]),
        ("drie", ["during", "leeftijd"], []),
        ("getal", ["email", "date"], []),
        ("vrij", ["ja", "nee"], []),
        ("a" * 10_000, ["a" * 60], ["a" * 60]),
    ],
)
def test_only_what_looks_alike_is_near(word: str, known: list[str], found: list[str]) -> None:
    """Some letters in common are chance."""
    assert nearest(word, known) == found


def test_a_figure_in_words_is_a_figure() -> None:
    """In both languages, however it is written."""
    assert [figure(own) for own in ("drie", "Twaalf", "seven", "dozijn")] == ["3", "12", "7", ""]


TABLE = """
decisions:
  gratis:
    table: |
      | leeftijd || gratis | source |
      | %s || ja | tarief |
      | - || nee | tarief |
"""
PROMISE = "promises: [{never: {outcome: nee, when: '%s'}}]"


@pytest.mark.parametrize(
    ("flow", "hint"),
    [
        (TABLE % "> drie", "Write the figure: 3."),
        (TABLE % "> leeftij", "Did you mean `leeftijd`?"),
        (TABLE % "> duur", "Declare it as a fact, a decision or a parameter."),
        (PROMISE % "leeftijd > twaalf", "Write the figure: 12."),
        (PROMISE % "leeftid > 3", "Did you mean `leeftijd`?"),
        (PROMISE % "coun(leeftijd) > 3", "Did you mean `count`?"),
        (PROMISE % "gratis = ja", 'An option stands between quotes: "ja".'),
        (PROMISE % "leeftijd > durend", "Declare it under `facts` or `decisions`, or put quotes around a text."),
        ("facts: {leeftijd: {type: getal}}", "Known are: "),
    ],
)
def test_a_suggestion_fits_where_it_stands(flow: str, hint: str) -> None:
    """A name where a value stands, a function where one is called, an option, a figure; never something else."""
    assert [own.hint for own in lint(laid_over(flow)).problems if own.hint.startswith(hint)]
