"""L-RETENTION-SHORT: facts that are gone while somebody may still object to what rests on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine.errors import Severity
from engine.flow.model import Outcome
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

_FACT = """
facts:
  leeftijd: {retention: %s}
outcomes: {nee: {kind: refusal, remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W, source: tarief}}}
"""
PAGE = Page(
    "L-RETENTION-SHORT",
    Severity.WARNING,
    Two(
        "a fact that is gone before the remedy against its outcome lapses",
        "een gegeven dat weg is voordat bezwaar niet meer kan",
    ),
    Two(
        "A journey can end early, and an objection may be late for a good reason (Awb 6:11). Then nobody can look at "
        "the facts again on which the determination rests.",
        "Een zaak kan vroeg eindigen, en een bezwaar kan met een goede reden te laat zijn (Awb 6:11). Dan kan niemand "
        "de gegevens nog nakijken waarop het besluit rust.",
    ),
    avoid=_FACT % "P2W",
    prefer=_FACT % "P1Y",
    source="Awb articles 6:7 and 6:11",
)


def check(subject: Subject) -> Iterator[Found]:
    graph = subject.graph
    for name, spec in graph.facts.items():
        kept = spec.spec.retention
        if kept is None:
            continue
        rests = [own for own, outcome in subject.flow.outcomes.items() if _rests_on(subject, outcome, name)]
        longest = max(rests, key=lambda own: _open_for(subject.flow.outcomes[own]), default="")
        remedy = subject.flow.outcomes[longest].remedy if longest else None
        if remedy is None or parse_period(str(kept)).at_most >= _open_for(subject.flow.outcomes[longest]):
            continue
        yield Found(
            spec.where,
            Two(
                f"`{name}` is kept for {kept}, and against `{longest}` one can object for {remedy.within}.",
                f"`{name}` wordt {kept} bewaard, en tegen `{longest}` kan {remedy.within} lang bezwaar.",
            ),
            Two("Keep it at least as long as the remedy.", "Bewaar het minstens zo lang als het rechtsmiddel."),
        )


def _open_for(outcome: Outcome) -> timedelta:
    remedy = outcome.remedy
    return parse_period(remedy.within).at_most if remedy is not None and remedy.within else timedelta()


def _rests_on(subject: Subject, outcome: Outcome, fact: str) -> bool:
    """Whether the outcome has a remedy, and the goal reads the fact or the outcome needs it."""
    return bool(_open_for(outcome)) and (fact in subject.graph.goal.reads or fact in outcome.needs)


RULE = Rule(PAGE, check)
