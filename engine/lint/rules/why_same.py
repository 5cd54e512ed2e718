"""L-WHY-SAME: a `why` that says nothing of its own: the question itself, in the same words or nearly."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.alike import repeats, words
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

NO_REASON = words(
    "we wij willen wil moeten moet graag weten weet omdat daarom zo nodig hebben vragen vraagt antwoord ons "
    "want need must know ask asking because so us have"
)
"""Words that a reason may have without saying anything."""

PAGE = Page(
    "L-WHY-SAME",
    Severity.NOTE,
    Two("a reason that repeats the question", "een reden die de vraag herhaalt"),
    Two(
        "Who is asked something personal wants to know what it changes. A reason that repeats the question is no "
        "reason.",
        "Wie iets persoonlijks wordt gevraagd, wil weten wat het uitmaakt. Een reden die de vraag herhaalt is geen "
        "reden.",
    ),
    avoid="""
facts: {leeftijd: {ask: "Hoe oud bent u?", why: "Hoe oud bent u?"}}
""",
    prefer="""
facts: {leeftijd: {ask: "Hoe oud bent u?", why: "Wie jong is, zwemt gratis."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.facts:
        why, ask = str(fact.why or ""), str(fact.ask or "")
        if why and ask and repeats(why, ask, NO_REASON):
            yield Found(
                subject.at(*path, "why"),
                Two(f"The reason for `{name}` is the question again.", f"De reden bij `{name}` is weer de vraag."),
                Two("Say what the answer changes for the citizen.", "Zeg wat het antwoord voor de inwoner uitmaakt."),
            )


RULE = Rule(PAGE, check)
