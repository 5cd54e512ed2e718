"""L-GROUND: a fact about a person without the ground on which it is used."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-GROUND",
    Severity.WARNING,
    Two("a fact about a person without its legal ground", "een gegeven over iemand zonder grondslag"),
    Two(
        "A fact about a person may be used for a stated purpose on a legal ground only, and the person may ask which.",
        "Een gegeven over iemand mag alleen worden gebruikt voor een doel dat er staat, met een grondslag. Wie het "
        "betreft mag vragen welke.",
    ),
    avoid="""
facts:
  bellen:
    type: phone
    ask: "Op welk nummer bent u te bellen?"
    why: "Dan bellen we u."
    retention: P1Y
outcomes: {ja: {needs: [bellen]}}
""",
    prefer="""
facts:
  bellen:
    type: phone
    ask: "Op welk nummer bent u te bellen?"
    why: "Dan bellen we u."
    retention: P1Y
    ground: {text: "Nodig om u te bellen.", source: tarief}
outcomes: {ja: {needs: [bellen]}}
""",
    source="GDPR (AVG) articles 5(1)(b), 6 and 13",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.personal:
        if fact.ground is None:
            yield Found(
                subject.key(*path),
                Two(
                    f"`{name}` is about a person and has no `ground`.",
                    f"`{name}` gaat over iemand en heeft geen `ground`.",
                ),
                Two(
                    'Add `ground: {text: "Needed to ...", source: NAME}`.',
                    'Voeg toe: `ground: {text: "Nodig om ...", source: NAAM}`.',
                ),
            )


RULE = Rule(PAGE, check)
