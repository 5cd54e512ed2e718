"""L-SAY: a question in words of the screen, without its spoken form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_SCREEN = re.compile(
    r"\b(klik\w*|scherm|hieronder|hierboven|vink\w*|upload\w*|knop|veld|link|click|screen|below|above|tick|button|field)\b",
    re.IGNORECASE,
)
PAGE = Page(
    "L-SAY",
    Severity.WARNING,
    Two("a question that cannot be spoken, without `say`", "een vraag die niet uit te spreken is, zonder `say`"),
    Two(
        'The same question is asked by phone and at a desk. Who hears "choose below" sees nothing below.',
        'Dezelfde vraag klinkt aan de telefoon en aan de balie. Wie "kies hieronder" hoort, ziet daar niets.',
    ),
    avoid="""
facts: {leeftijd: {ask: "Vul hieronder uw leeftijd in."}}
""",
    prefer="""
facts: {leeftijd: {ask: "Vul hieronder uw leeftijd in.", say: "Hoe oud bent u?"}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.asked:
        for language, text in fact.ask.each() if fact.ask else ():
            seen = _SCREEN.search(text)
            if seen and (fact.say is None or language not in fact.say):
                yield Found(
                    subject.at_text((*path, "ask"), language, seen.start()),
                    Two(f"`{seen[0]}` in the question for `{name}` means nothing by phone or at a desk.",
                        f"`{seen[0]}` in de vraag bij `{name}` zegt niets aan de telefoon of de balie."),
                    Two("Add `say`: the question as spoken.", "Voeg `say` toe: de vraag zoals je die uitspreekt."),
                )  # fmt: skip


RULE = Rule(PAGE, check)
