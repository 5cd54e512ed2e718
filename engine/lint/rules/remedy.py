"""L-REMEDY: a refusal that does not say what the citizen can do against it, or a remedy against what is none."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import OutcomeKind, RemedyKind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

AGAINST = (RemedyKind.BEZWAAR, RemedyKind.ADMINISTRATIEF_BEROEP, RemedyKind.BEROEP)
PAGE = Page(
    "L-REMEDY",
    Severity.ERROR,
    Two("a refusal without its remedy", "een afwijzing zonder rechtsmiddel"),
    Two(
        "A determination says with whom, and until when, one can object or appeal. Without it the term may not be "
        "held against the citizen, and the citizen does not know that there is a way.",
        "Een besluit vermeldt bij wie en tot wanneer bezwaar of beroep kan. Zonder die vermelding weet de inwoner "
        "niet dat er een weg is.",
    ),
    avoid="""
outcomes: {nee: {kind: refusal}}
""",
    prefer="""
outcomes: {nee: {kind: refusal, remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W, source: tarief}}}
""",
    source="Awb articles 3:45 and 6:23",
)


def check(subject: Subject) -> Iterator[Found]:
    for name, outcome in subject.flow.outcomes.items():
        remedy = outcome.remedy
        if not outcome.kind.is_determination and remedy is not None and remedy.kind in AGAINST:
            yield Found(
                subject.key("outcomes", name),
                Two(
                    f"`{name}` names a remedy, and is no determination: it is of the kind {outcome.kind}.",
                    f"`{name}` noemt een rechtsmiddel, en is geen besluit: de soort is {outcome.kind}.",
                ),
                Two("Write `kind: refusal` or `kind: grant`, or leave the remedy out.",
                    "Schrijf `kind: refusal` of `kind: grant`, of laat het rechtsmiddel weg."),
            )  # fmt: skip
        if outcome.kind is not OutcomeKind.REFUSAL:
            continue
        if remedy is None or remedy.kind is RemedyKind.NONE:
            message = Two(f"`{name}` refuses, and names no remedy.", f"`{name}` wijst af, en noemt geen rechtsmiddel.")
        elif remedy.at is None or remedy.within is None:
            message = Two(
                f"`{name}` does not say with whom and until when one can object.",
                f"`{name}` zegt niet bij wie en tot wanneer bezwaar kan.",
            )
        else:
            continue
        hint = Two(
            "Add `remedy: {kind: bezwaar, at: ..., within: P6W, source: ...}`.",
            "Voeg toe: `remedy: {kind: bezwaar, at: ..., within: P6W, source: ...}`.",
        )
        yield Found(subject.key("outcomes", name), message, hint)


RULE = Rule(PAGE, check)
