"""L-REMIND: a reminder that comes before there is anything to be reminded of."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

_PLACE = '{who: citizen, does: questions, within: P30D, remind: %s, title: "Uw vragen"}'
PAGE = Page(
    "L-REMIND",
    Severity.ERROR,
    Two("a reminder as soon as the clock starts", "een herinnering zodra de klok begint"),
    Two(
        "`remind` says how long before the end. As long as the clock itself, or longer, the citizen is reminded at "
        "once of what has only just been said, and not when it would help.",
        "`remind` zegt hoe lang voor het eind. Is dat even lang als de klok zelf, of langer, dan komt de herinnering "
        "meteen, en niet op het moment dat die helpt.",
    ),
    avoid="process:\n  places:\n    answering: " + _PLACE % "P40D" + "\n",
    prefer="process:\n  places:\n    answering: " + _PLACE % "P7D" + "\n",
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.graph.process
    for name, place in process.places.items():
        if place.within and place.remind and parse_period(place.remind).at_most >= parse_period(place.within).at_most:
            yield Found(
                process.where(name),
                Two(
                    f"`{name}` lasts {place.within} and reminds {place.remind} before its end.",
                    f"`{name}` duurt {place.within} en herinnert {place.remind} voor het eind.",
                ),
                Two("Write how long before the end, such as P7D.", "Schrijf hoe lang voor het eind, zoals P7D."),
            )


RULE = Rule(PAGE, check)
