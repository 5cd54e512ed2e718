"""L-CONFIRM: a fact about a person that comes from a register and is never shown to that person."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import Confirm, SupplierKind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject, supplied_by

PAGE = Page(
    "L-CONFIRM",
    Severity.WARNING,
    Two("a fact from a register that nobody shows", "een gegeven uit een register dat niemand laat zien"),
    Two(
        "Registers hold mistakes, and the person they are about is the one who sees them. What is shown with its "
        "source can be disputed; what is used in silence cannot.",
        "In registers staan fouten, en degene over wie het gaat ziet ze. Wat met de bron erbij wordt getoond, kan "
        "worden betwist. Wat stil wordt gebruikt, niet.",
    ),
    avoid="""
facts:
  leeftijd:
    from: [register:brp.leeftijd, citizen]
    confirm: silent
    retention: P1Y
    ground: {text: "Nodig.", source: tarief}
""",
    prefer="""
facts:
  leeftijd:
    from: [register:brp.leeftijd, citizen]
    retention: P1Y
    ground: {text: "Nodig.", source: tarief}
""",
    source="GDPR (AVG) articles 15 and 16",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.facts:
        if fact.confirm is Confirm.SILENT and supplied_by(fact, SupplierKind.REGISTER):
            yield Found(
                subject.key(*path, "confirm"),
                Two(
                    f"`{name}` comes from a register and is never shown.",
                    f"`{name}` komt uit een register en is nooit te zien.",
                ),
                Two("Leave `confirm` out, or write `confirm: ask`.", "Laat `confirm` weg, of schrijf `confirm: ask`."),
            )


RULE = Rule(PAGE, check)
