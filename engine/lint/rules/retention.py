"""L-RETENTION: a fact about a person that is kept for ever."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-RETENTION",
    Severity.WARNING,
    Two("a fact about a person without a time limit", "een gegeven over iemand zonder bewaartermijn"),
    Two(
        "A fact about a person is kept no longer than it is needed; how long that is, is decided by the team that "
        "asks it.",
        "Een gegeven over iemand wordt niet langer bewaard dan nodig. Hoe lang dat is, beslist het team dat het "
        "vraagt.",
    ),
    avoid="""
facts:
  bellen:
    type: phone
    ask: "Op welk nummer bent u te bellen?"
    why: "Dan bellen we u."
    ground: {text: "Nodig om u te bellen.", source: tarief}
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
    source="GDPR (AVG) article 5(1)(e)",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.personal:
        if fact.retention is None:
            yield Found(
                subject.key(*path),
                Two(f"`{name}` is about a person, but how long it is kept is not said.",
                    f"`{name}` gaat over iemand, maar hoe lang het bewaard wordt, staat er niet."),
                Two("Add `retention: P5Y`.", "Voeg `retention: P5Y` toe."),
            )  # fmt: skip


RULE = Rule(PAGE, check)
