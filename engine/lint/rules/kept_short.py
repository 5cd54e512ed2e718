"""L-KEPT: a fact about a person that is gone before the time to object is over."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

_FLOW = """
facts:
  bellen:
    type: phone
    ask: "Op welk nummer bent u te bellen?"
    why: "Dan bellen we u."
    retention: %s
    ground: {text: "Nodig om u te bellen.", source: tarief}
outcomes:
  ja: {needs: [bellen]}
  nee: {kind: refusal, remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W, source: tarief}}
"""
PAGE = Page(
    "L-KEPT",
    Severity.WARNING,
    Two("a fact that is gone before one can object", "een gegeven dat weg is voor het bezwaar"),
    Two(
        "Whoever looks at an objection looks at what was decided on. What is kept for less time than one may object "
        "may be gone by then.",
        "Wie een bezwaar bekijkt, bekijkt waarop is beslist. Wat korter wordt bewaard dan bezwaar mogelijk is, kan dan "
        "al weg zijn.",
    ),
    avoid=_FLOW % "P1W",
    prefer=_FLOW % "P1Y",
    source="Awb article 6:7",
)


def check(subject: Subject) -> Iterator[Found]:
    remedies = [outcome.remedy for outcome in subject.flow.outcomes.values() if outcome.remedy is not None]
    lengths = [own.within for own in remedies if own.within]
    longest = max(lengths, key=lambda text: parse_period(text).at_most, default=None)
    for path, name, fact in subject.facts if longest is not None else ():
        if fact.retention and longest and parse_period(fact.retention).at_most < parse_period(longest).at_most:
            yield Found(
                subject.at(*path, "retention"),
                Two(
                    f"`{name}` is kept for {fact.retention}, and one may object for {longest}.",
                    f"`{name}` wordt {fact.retention} bewaard, en bezwaar kan {longest} lang.",
                ),
                Two(f"Keep it for {longest} at least.", f"Bewaar het minstens {longest}."),
            )


RULE = Rule(PAGE, check)
