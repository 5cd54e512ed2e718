"""L-REMEDY-PLACE: the way to object closes by itself before the time to object is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.errors import Severity
from engine.graph.process import LATE, OUTCOME, By, Do, Process
from engine.graph.process_people import ANY_REMEDY
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

_FLOW = """
outcomes: {nee: {kind: refusal, remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W, source: tarief}}}
process:
  places: {decided: {who: citizen, does: outcome, within: %s, title: "Ons besluit"}}
  steps: |
    | from    | event  | by      | if | to     | do |
    | closed  | object | citizen | -  | remove | -  |
"""
PAGE = Page(
    "L-REMEDY-PLACE",
    Severity.ERROR,
    Two("a way to object that closes too early", "een weg naar bezwaar die te vroeg dichtgaat"),
    Two(
        "The letter gives a time to object or appeal, and the clock of the place where that can be done runs out "
        "before. Whoever comes in the last week finds no button, and was in time.",
        "De brief geeft een tijd voor bezwaar of beroep, en de klok van de plaats waar dat kan, loopt eerder af. Wie "
        "in de laatste week komt, vindt geen knop, en was op tijd.",
    ),
    avoid=_FLOW % "P2W",
    prefer=_FLOW % "P6W",
    source="Awb article 6:7",
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.graph.process
    needed = _needed(subject)
    for name, place in process.places.items():
        length = needed.get(name)
        if length is None or not _can_object(process, name):
            continue
        there = _open_for(process, name, frozenset())
        if there is not None and there < parse_period(length).at_most:
            yield Found(
                process.where(name),
                Two(
                    f"One may object for {length}; in `{name}` that is possible for {place.within}, and not after it.",
                    f"Bezwaar kan {length} lang; in `{name}` kan het {place.within} lang, en daarna niet meer.",
                ),
                Two(f"Give the place {length}, or a step to object where its clock leads to.",
                    f"Geef de plaats {length}, of een stap voor bezwaar waar zijn klok heen leidt."),
            )  # fmt: skip


def _needed(subject: Subject) -> dict[str, str]:
    """Places into which a determination is published, with the longest time that it gives to object."""
    found: dict[str, str] = {}
    outcomes = subject.flow.outcomes
    for step in subject.graph.process.steps:
        for what in step.does(Do.PUBLISH):
            own = outcomes.values() if what == OUTCOME else [outcomes[what]] if what in outcomes else []
            lengths = [outcome.remedy.within for outcome in own if outcome.remedy and outcome.remedy.within]
            known = [found[step.target]] if step.target in found else []
            longest = max([*lengths, *known], key=lambda text: parse_period(text).at_most, default=None)
            if longest is not None:
                found[step.target] = longest
    return found


def _can_object(process: Process, name: str) -> bool:
    return any(step.by is By.CITIZEN and step.event in ANY_REMEDY for step in process.by_source[name])


def _open_for(process: Process, name: str, before: frozenset[str]) -> timedelta | None:
    """How long one can object from here while only clocks run; None: always, or it cannot be said."""
    if not _can_object(process, name):
        return timedelta()
    place = process.places.get(name)
    if place is None or name in before or not place.within:
        return None
    lates = process.rows(name, LATE)
    if not lates or any(step.internal for step in lates):
        return None
    after = [_open_for(process, step.target, before | {name}) for step in lates]
    known = [own for own in after if own is not None]
    return parse_period(place.within).at_most + min(known) if known else None


RULE = Rule(PAGE, check)
