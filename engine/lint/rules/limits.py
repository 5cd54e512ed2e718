"""L-LIMITS: a number or an amount that may be anything."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import FactType
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_COUNTED = {FactType.INTEGER, FactType.NUMBER, FactType.MONEY}
PAGE = Page(
    "L-LIMITS",
    Severity.NOTE,
    Two("a number without a lowest value", "een getal zonder laagste waarde"),
    Two(
        "A slip of the keyboard (-5 years, a minus before an amount) is caught at once where a lowest and highest "
        "value stand. They also let the proof be exact.",
        "Een typefout (-5 jaar, een min voor een bedrag) valt meteen op als er een laagste en hoogste waarde "
        "staan. Ook het bewijs wordt er preciezer van.",
    ),
    avoid="""
facts:
  lengte:
    type: number
    unit: cm
    ask: "Hoe lang bent u?"
    why: "Voor de glijbaan moet u lang genoeg zijn."
outcomes: {ja: {needs: [lengte]}}
""",
    prefer="""
facts:
  lengte:
    type: number
    unit: cm
    ask: "Hoe lang bent u?"
    why: "Voor de glijbaan moet u lang genoeg zijn."
    min: 0
    max: 250
outcomes: {ja: {needs: [lengte]}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.asked:
        if fact.type in _COUNTED and not fact.min:
            yield Found(
                subject.key(*path),
                Two(f"`{name}` may be less than nothing.", f"`{name}` mag minder dan niets zijn."),
                Two("Add `min` and, where there is one, `max`.", "Voeg `min` toe en, als die er is, `max`."),
            )


RULE = Rule(PAGE, check)
