"""Sentences that say the same in nearly the same words are told from those that differ in what they ask."""

from __future__ import annotations

import pytest

from engine.lint.alike import mistyped, repeats, same
from engine.lint.linting import lint
from tests.engine.lint.flows import laid_over


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("Wat is uw geboortedatum?", "Wat is de geboortedatum?", True),
        ("Hoeveel verdient u per maand?", "Hoeveel verdient u  per maand", True),
        ("Hoeveel verdient u per maand?", "Hoeveel verdiend u per maand?", True),
        ("Hoeveel verdient u per maand?", "Hoeveel verdient u per jaar?", False),
        ("Woont uw vader in Nederland?", "Woont uw moeder in Nederland?", False),
        ("Hoe oud is {item}?", "Hoe heet {item}?", False),
        ("Is het 2025?", "Is het 2026?", False),
    ],
)
def test_the_same_question_in_other_words(one: str, two: str, alike: bool) -> None:
    """Small words and a slip of the pen make no other question; one word of meaning does."""
    assert same(one, two) is alike
    assert same(two, one) is alike


@pytest.mark.parametrize(
    ("why", "ask", "again"),
    [
        ("Hoe oud u bent.", "Hoe oud bent u?", True),
        ("We willen weten hoe oud u bent.", "Hoe oud bent u?", True),
        ("Uw leeftijd.", "Wat is uw leeftijd?", True),
        ("Dan weten we waar u bent.", "Waar kunnen we langskomen?", False),
        ("Wie jong is, zwemt gratis.", "Hoe oud bent u?", False),
    ],
)
def test_a_reason_that_says_nothing_more(why: str, ask: str, again: bool) -> None:
    """It has no word that the question has not, but words that any reason has."""
    assert repeats(why, ask, frozenset({"we", "willen", "weten"})) is again


def test_one_letter_in_a_long_word() -> None:
    """Another, one too many, one too few; figures and short words are what they are."""
    alike = [("inkomen", "inkomem"), ("inkomen", "inkoomen"), ("behandelaar", "behandelar")]
    apart = [("nee", "mee"), ("schaal10", "schaal11"), ("inkomen", "inkomen"), ("inkomen", "inkomsten")]
    assert [mistyped(*own) for own in (*alike, *apart)] == [True] * 3 + [False] * 4


FACTS = """
facts:
  jaren: {type: integer, min: 0, max: 130, label: "%s", ask: "%s", why: "Wie jong is, zwemt gratis."%s}
  stil: {type: integer, min: 0, max: 9, label: "Stil", ask: "Hoe lang?", why: "Zo weten we genoeg."%s}
outcomes: {nee: {needs: [jaren, stil]}}
"""


@pytest.mark.parametrize(
    ("flow", "found"),
    [
        (FACTS % ("Jaren", "Hoe oud was u toen?", "", ""), False),
        (FACTS % ("Jaren", "Hoe oud bent u dan?", "", ""), True),
        (FACTS % ("leeftijd", "Hoe lang zwemt u al?", "", ""), True),
        (FACTS % ("Jaren", "Hoe lang is dat?", ", when: leeftijd < 9", ", when: leeftijd > 9"), False),
        (FACTS % ("Jaren", "Hoe lang is dat?", ", when: leeftijd < 9", ""), True),
    ],
)
def test_questions_that_are_nearly_one(flow: str, found: bool) -> None:
    """In one list of facts; two that each have a `when` of their own are for different people."""
    assert ("L-ASK-TWICE" in {own.code for own in lint(laid_over(flow)).problems}) is found


SKILLS = """
tasks:
  kijk: {skill: zwembad, within: {working_hours: 8}, text: "Kijk mee."}
  meet: {skill: %s, within: {working_hours: 8}, text: "Meet het bad."}
contact: {ask_person: {skill: balie}}
outcomes: {ja: {kind: task, task: kijk}, nee: {kind: task, task: meet}}
"""


@pytest.mark.parametrize(("skill", "found"), [("zwembat", True), ("zwembaden", False), ("sauna", False)])
def test_two_skills_that_each_stand_once(skill: str, found: bool) -> None:
    """One letter apart is a slip of the pen, whichever of the two it is in."""
    assert ("L-SKILL-NEAR" in {own.code for own in lint(laid_over(SKILLS % skill)).problems}) is found


PAID = """
facts: {inkomen: {type: money, min: 0, max: 90000, label: "Inkomen", ask: "Hoeveel verdient u?", why: "Dat telt mee."}}
decisions: {korting: {type: money, is: "max(0, inkomen)"%s}}
outcomes:
  ja: {kind: %s, values: [korting], text: "U krijgt {korting}.", remedy: {kind: bezwaar, at: "Zwembad", within: P6W}}
"""


@pytest.mark.parametrize(
    ("source", "kind", "found"),
    [("", "grant", True), (", source: tarief", "grant", False), ("", "answer", False)],
)
def test_an_amount_in_a_determination_has_a_source(source: str, kind: str, found: bool) -> None:
    """Whoever gets it may know on which rule it rests."""
    assert ("L-SOURCE" in {own.code for own in lint(laid_over(PAID % (source, kind))).problems}) is found


TWO_BATHS = """
facts: {bad: {type: choice, options: {a: "Het bad", b: "%s"}, ask: "Welk bad?", why: "Het is er vol."}}
outcomes: {ja: {needs: [bad]}}
"""


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        ('outcomes: {ja: {text: "TODO: bedrag noemen"}}', "L-FILL-IN"),
        ('outcomes: {ja: {text: "..."}}', "L-FILL-IN"),
        ('outcomes: {ja: {text: "Nader te bepalen."}}', "L-FILL-IN"),
        ('outcomes: {ja: {text: "U zwemt gratis tot 1 mei."}}', ""),
        (TWO_BATHS % "het bad.", "L-OPTION-LABEL"),
        (TWO_BATHS % "Het grote bad", ""),
    ],
)
def test_words_that_say_nothing_to_a_citizen(piece: str, code: str) -> None:
    """A place that is held open, and two options that cannot be told apart."""
    found = {own.code for own in lint(laid_over(piece)).problems} & {"L-FILL-IN", "L-OPTION-LABEL"}
    assert found == ({code} if code else set())
