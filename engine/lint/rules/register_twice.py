"""L-REGISTER-TWICE: two facts that are filled from one and the same field of a register."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import SupplierKind
from engine.flow.positions import Path
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_TWO = """
facts:
  geboren: {type: date, from: [register:brp.geboortedatum, citizen], ask: "Wat is uw geboortedatum?", why: "Wie jong is, zwemt gratis.", retention: P1Y, ground: {text: "Nodig.", source: tarief}}
  partner: {type: date, from: [register:%s, citizen], ask: "Sinds wanneer woont u samen?", why: "Samen zwemt u goedkoper.", retention: P1Y, ground: {text: "Nodig.", source: tarief}}
outcomes: {ja: {needs: [geboren, partner]}}
"""  # noqa: E501
PAGE = Page(
    "L-REGISTER-TWICE",
    Severity.WARNING,
    Two("two facts from one field of a register", "twee feiten uit een veld van een register"),
    Two(
        "One field holds one thing. Filled in under two questions it is wrong under one of them, and the citizen sees "
        "an answer to something else; or both are one fact, and one is enough.",
        "Een veld bevat een ding. Ingevuld bij twee vragen klopt het bij een van de twee niet, en ziet de inwoner een "
        "antwoord op iets anders. Of het is een feit, en dan is een genoeg.",
    ),
    avoid=_TWO % "brp.geboortedatum",
    prefer=_TWO % "brp.partner_sinds",
    source="GDPR (AVG) article 5(1)(d)",
)


def check(subject: Subject) -> Iterator[Found]:
    seen: dict[str, tuple[Path, str]] = {}
    for path, name, fact in subject.facts:
        for ref in fact.suppliers:
            if ref.kind is not SupplierKind.REGISTER:
                continue
            other = seen.setdefault(ref.name, (path, name))
            if other[0] != path:
                yield Found(
                    subject.at(*path, "from"),
                    Two(
                        f"`{name}` comes from `register:{ref.name}`, and so does `{other[1]}`.",
                        f"`{name}` komt uit `register:{ref.name}`, en `{other[1]}` ook.",
                    ),
                    Two(
                        "Name the field of this fact, or use one fact.",
                        "Noem het veld van dit feit, of gebruik een feit.",
                    ),
                )


RULE = Rule(PAGE, check)
