"""L-GUARD-EARLY: a row that hangs on what is paid, where nobody can have paid yet."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.feel.names import free_names
from engine.flow.model import SupplierKind
from engine.graph.process import By, Process
from engine.graph.process_ways import reachable
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_FLOW = """
facts: {betaald: {type: money, min: 0, max: 100, from: [payment]}}
process:
  steps: |
    | from     | event | by      | if           | to     | do            |
    | %s | pay   | payment | betaald >= 5 | closed | -             |
    | %s | pay   | payment | else         | stay   | tell reminder |
    | answered | leave | citizen | %s | closed | -             |
    | answered | leave | citizen | else         | stay   | tell reminder |
"""
PAGE = Page(
    "L-GUARD-EARLY",
    Severity.ERROR,
    Two("a row that waits for what was paid too early", "een regel die te vroeg op een betaling wacht"),
    Two(
        "What only a payment supplies is not known before one came in. A condition on it is never true there, so "
        "everybody goes by the row with `else`.",
        "Wat alleen een betaling geeft, is niet bekend voor er een binnen is. Een voorwaarde daarop is daar nooit "
        "waar, dus gaat iedereen langs de regel met `else`.",
    ),
    avoid=_FLOW % ("closed", "closed", "betaald >= 5"),
    prefer=_FLOW % ("answered", "answered", "betaald >= 5"),
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.graph.process
    paid = {name for name, fact in subject.flow.facts.items()
            if all(own.kind is SupplierKind.PAYMENT for own in fact.suppliers)}  # fmt: skip
    after = _after_a_payment(process) if paid else set()
    for step in process.steps:
        formula = subject.graph.guards.get(step.guard) if step.guard else None
        if formula is None or step.by is By.PAYMENT or step.source in after:
            continue
        for name in sorted(paid & free_names(formula.expr)):
            yield Found(
                step.where,
                Two(
                    f"`{name}` is what a payment tells, and nobody can have paid before `{step.source}`.",
                    f"`{name}` komt van een betaling, en voor `{step.source}` kan niemand hebben betaald.",
                ),
                Two("Let the payment come first, or leave this condition out.",
                    "Laat de betaling eerst komen, of laat deze voorwaarde weg."),
            )  # fmt: skip


def _after_a_payment(process: Process) -> set[str]:
    """Every place and end to which a way leads on which a payment came in."""
    return {name for step in process.steps if step.by is By.PAYMENT for name in reachable(process, step.target)}


RULE = Rule(PAGE, check)
