"""L-LONG-WAIT: a worker's place, a task or a call that may take longer than the law gives for a whole decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from engine.errors import Severity
from engine.flow.model import Span
from engine.flow.positions import Path
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

_TASK = """
tasks: {bel_terug: {skill: zwembad, within: %s, text: "Bel deze inwoner."}}
outcomes: {nee: {kind: task, task: bel_terug}}
"""
PAGE = Page(
    "L-LONG-WAIT",
    Severity.WARNING,
    Two("a wait for a person that is longer than the law's", "wachten op iemand, langer dan de wet toelaat"),
    Two(
        "Where no other term holds eight weeks are reasonable for a whole decision. A call, a task or a step of a "
        "worker that may take longer by itself is a slip (`P20W` for `P2W`), or needs a legal term under `terms`, "
        "with its source. Whoever asks for a person is not called after more than a week.",
        "Zonder andere termijn is acht weken redelijk voor een heel besluit. Een belletje, taak of stap van een "
        "medewerker die alleen al langer mag duren, is een vergissing (`P20W` voor `P2W`), of heeft een wettelijke "
        "termijn nodig onder `terms`, met bron. Wie om een mens vraagt, wordt binnen een week gebeld.",
    ),
    avoid=_TASK % "P20W",
    prefer=_TASK % "P2W",
    source="Awb article 4:13",
)
EIGHT_WEEKS: Final = timedelta(weeks=8)
A_WEEK: Final = timedelta(weeks=1)
_HOURS, _DAYS = 40, 5
"""Opening hours and days of a week."""


def check(subject: Subject) -> Iterator[Found]:
    for path, name, within, most in _waits(subject):
        if within > most:
            weeks = most.days // 7
            yield Found(
                subject.at(*path, "within"),
                Two(
                    f"`{name}` may take longer than {weeks} weeks; nobody waits that long for a person."
                    if weeks > 1
                    else f"`{name}` may take longer than a week; nobody waits that long to be called.",
                    f"`{name}` mag langer duren dan {weeks} weken; zo lang wacht niemand op een mens."
                    if weeks > 1
                    else f"`{name}` mag langer duren dan een week; zo lang wacht niemand op een belletje.",
                ),
                Two(
                    "Shorten it, or put the place `under` a legal term with its source.",
                    "Maak het korter, of zet de stap met `under` onder een wettelijke termijn met bron.",
                ),
            )


def _waits(subject: Subject) -> Iterator[tuple[Path, str, timedelta, timedelta]]:
    flow = subject.flow
    for name, place in flow.process.places.items() if flow.process is not None else ():
        if place.who == "worker" and place.does == "judge" and place.within:
            yield ("process", "places", name), name, parse_period(place.within).at_most, EIGHT_WEEKS
    for name, kind in flow.tasks.items():
        if kind.within is not None:
            yield ("tasks", name), name, _length(kind.within), EIGHT_WEEKS
    for name, contact in flow.contact.items():
        if contact.within is not None:
            yield ("contact", name), name, _length(contact.within), A_WEEK


def _length(span: Span) -> timedelta:
    """On the calendar, by the opening hours of a usual week."""
    if span.duration:
        return parse_period(str(span.duration)).at_most
    if span.working_days:
        return timedelta(weeks=span.working_days / _DAYS)
    return timedelta(weeks=float(span.working_hours or 0) / _HOURS)


RULE = Rule(PAGE, check)
