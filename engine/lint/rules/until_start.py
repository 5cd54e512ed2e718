"""L-UNTIL-START: a place that waits until the day on which the journey began."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_PLACE = """
facts:
  vandaag: {type: date, from: [clock:start]}
  dag: {type: date, ask: "Wanneer komt u zwemmen?", why: "Tot die dag houden we een plek vrij."}
outcomes: {ja: {needs: [dag]}}
process:
  from: standard@1
  places: {ready: {who: citizen, does: wait, until: %s, at_least: P1D, title: "Uw plek is vrij"}}
  steps: |
    | from     | event    | by      | if | to     | do |
    | answered | reserve  | citizen | -  | ready  | -  |
    | ready    | late     | clock   | -  | closed | -  |
    | ready    | withdraw | citizen | -  | closed | -  |
"""
PAGE = Page(
    "L-UNTIL-START",
    Severity.WARNING,
    Two("a place that waits until a day that is past", "een stap die wacht tot een dag die voorbij is"),
    Two(
        "Whoever comes there came later than the journey began, so that day is always today or past: the clock runs "
        "out at once, or after `at_least`, whatever day is meant.",
        "Wie daar komt, is later dan het begin, dus die dag is altijd vandaag of voorbij: de klok loopt meteen af, of "
        "na `at_least`, welke dag er ook bedoeld is.",
    ),
    avoid=_PLACE % "vandaag",
    prefer=_PLACE % "dag",
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.flow.process
    for name, place in process.places.items() if process is not None else ():
        if place.until is not None and str(place.until).strip() in subject.graph.clocks:
            yield Found(
                subject.at("process", "places", name, "until"),
                Two(
                    f"`{name}` waits until `{place.until}`, the day on which the journey began.",
                    f"`{name}` wacht tot `{place.until}`, de dag waarop iemand begon.",
                ),
                Two("Name the day that is waited for.", "Noem de dag waarop gewacht wordt."),
            )


RULE = Rule(PAGE, check)
