"""L-NEGATIVE: a yes/no question with a negation, to which "yes" means "not"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import FactType
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_NOT = {
    "nl": re.compile(r"\b(niet|geen|nooit|nergens|niemand|niets)\b", re.IGNORECASE),
    "en": re.compile(r"\b(not|no|never|nowhere|nobody|nothing|none)\b|n['’]t\b", re.IGNORECASE),
}
PAGE = Page(
    "L-NEGATIVE",
    Severity.WARNING,
    Two("a yes/no question with a negation", "een ja/nee-vraag met een ontkenning"),
    Two(
        "With a negation in the question people answer yes and no for the same situation: does yes mean that there "
        "is none? By phone it is worse. Ask for what is there.",
        "Met een ontkenning in de vraag zeggen mensen ja én nee in dezelfde situatie: betekent ja dat het er niet "
        "is? Aan de telefoon is het nog erger. Vraag naar wat er wel is.",
    ),
    avoid="""
facts: {pas: {type: boolean, ask: "Hebt u geen zwempas?", why: "Met een pas zwemt u gratis."}}
outcomes: {ja: {needs: [pas]}}
""",
    prefer="""
facts: {pas: {type: boolean, ask: "Hebt u een zwempas?", why: "Met een pas zwemt u gratis."}}
outcomes: {ja: {needs: [pas]}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.asked:
        if fact.type is not FactType.BOOLEAN or fact.ask is None:
            continue
        for language, text in fact.ask.each():
            negation = _NOT[language].search(text) if language in _NOT else None
            if negation:
                yield Found(
                    subject.at_text((*path, "ask"), language, negation.start()),
                    Two(f"To `{name}`, yes and no are easily confused: the question says `{negation[0]}`.",
                        f"Bij `{name}` raken ja en nee verward: in de vraag staat `{negation[0]}`."),
                    Two("Ask for what is there; turn the rules round.", "Vraag naar wat er is; draai de regels om."),
                )  # fmt: skip


RULE = Rule(PAGE, check)
