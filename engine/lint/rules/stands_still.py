"""L-STANDS-STILL: a legal term that stands still for longer than it lasts, or without an end."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.graph.process import LATE, Process
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

_PLACE = (
    'process: {places: {completing: {who: citizen, does: questions, within: %s, suspends: decide, title: "Nog iets"}}}'
)
PAGE = Page(
    "L-STANDS-STILL",
    Severity.ERROR,
    Two("a term that may stand still without an end", "een termijn die zonder eind stil kan staan"),
    Two(
        "While a term stands still nobody is late, and the citizen waits. So it stands still until what is missing has "
        "come or the time for it is over: when the clock of such a place runs out, the journey goes on, and that "
        "clock is no longer than the term itself.",
        "Zolang een termijn stilstaat is niemand te laat, en wacht de inwoner. Daarom staat een termijn stil tot er "
        "is wat ontbrak, of tot de tijd daarvoor om is: loopt de klok van zo'n plaats af, dan gaat het verder, en die "
        "klok is niet langer dan de termijn zelf.",
    ),
    avoid=_PLACE % "P26W",
    prefer=_PLACE % "P2W",
    source="Awb article 4:15",
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.graph.process
    for name, place in process.places.items():
        if not place.suspends:
            continue
        staying = next((step for step in process.rows(name, LATE) if step.internal), None)
        if staying is not None:
            yield Found(
                staying.where,
                Two(
                    f"When the clock of `{name}` runs out, the journey stays there and `{place.suspends}` stands still "
                    "for ever.",
                    f"Loopt de klok van `{name}` af, dan blijft het daar, en staat `{place.suspends}` voor altijd "
                    "stil.",
                ),
                Two("Lead on to the place that decides with what there is.",
                    "Ga verder naar de plaats die beslist met wat er is."),
            )  # fmt: skip
        elif place.within and _longer(process, place.within, place.suspends):
            length = process.terms[place.suspends].length
            yield Found(
                process.where(name),
                Two(
                    f"In `{name}` the term `{place.suspends}` of {length} may stand still for {place.within}.",
                    f"In `{name}` kan de termijn `{place.suspends}` van {length} wel {place.within} stilstaan.",
                ),
                Two("Give the place less time.", "Geef de plaats minder tijd."),
            )


def _longer(process: Process, within: str, term: str) -> bool:
    about = process.terms.get(term)
    return about is not None and parse_period(within).at_most > parse_period(about.length).at_most


RULE = Rule(PAGE, check)
