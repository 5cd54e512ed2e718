"""L-NEXT: bad news that stops there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import Outcome, OutcomeKind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_STEP = {
    "nl": re.compile(
        r"\b(u kunt|kunt u|u mag|kijk|bel|belt|bellen|vraag|vraagt|maak|neem|ga|stuur|kom|doe|help\w*|"
        r"denkt? (?:\w+ )*mee|betaal\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(you can|can you|you may|look|call|calls|ask|apply|make|bring|go|send|come|help\w*|think along|pay)\b",
        re.IGNORECASE,
    ),
}
_NO = {
    "nl": re.compile(r"\b(niet|geen|nog niet|helaas)\b", re.IGNORECASE),
    "en": re.compile(r"\b(not|no|cannot|unfortunately)\b", re.IGNORECASE),
}
PAGE = Page(
    "L-NEXT",
    Severity.NOTE,
    Two("bad news without a next step", "slecht nieuws zonder volgende stap"),
    Two(
        "Who gets the worst outcome needs the page most: what can I do now, who helps me, what would change it? A "
        "text that only says no sends people to the telephone with a question that nobody prepared.",
        "Wie de slechtste uitkomst krijgt, heeft de pagina het hardst nodig: wat kan ik nu, wie helpt mij, wat zou "
        "het anders maken? Een tekst die alleen nee zegt, stuurt mensen naar de telefoon.",
    ),
    avoid="""
outcomes: {ja: {rank: 1}, nee: {rank: 0, text: "Gratis zwemmen is voor kinderen."}}
""",
    prefer="""
outcomes: {ja: {rank: 1}, nee: {rank: 0, text: "Gratis zwemmen is voor kinderen. Vraag naar de badenkaart."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    outcomes = subject.flow.outcomes
    ranks = [own.rank for own in outcomes.values() if own.rank is not None]
    for name, outcome in outcomes.items():
        worst = bool(ranks) and outcome.rank == min(ranks) < max(ranks)
        if (worst and outcome.kind is OutcomeKind.ANSWER) or outcome.kind is OutcomeKind.REFUSAL:
            yield from _stops(subject, name, outcome)


def _stops(subject: Subject, name: str, outcome: Outcome) -> Iterator[Found]:
    language = subject.flow.language
    said = " ".join(part.text.in_(language) for part in outcome.text if part.text)
    news = f"{outcome.title.in_(language) if outcome.title else ''} {said}"
    bad = outcome.kind is OutcomeKind.REFUSAL or (language in _NO and _NO[language].search(news))
    if bad and language in _STEP and not _STEP[language].search(said):
        yield Found(
            subject.key("outcomes", name),
            Two(
                f"`{name}` says no, and not what the citizen can do now.",
                f"`{name}` zegt nee, en niet wat iemand nu kan doen.",
            ),
            Two("Add a sentence: what is possible, and who helps.", "Voeg een zin toe: wat wel kan, en wie helpt."),
        )


RULE = Rule(PAGE, check)
