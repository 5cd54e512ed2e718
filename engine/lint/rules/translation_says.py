"""L-TRANSLATION-SAYS: a translation that names another figure, or shows another value, than the text it translates."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from engine.errors import Severity
from engine.flow.slots import Slot, split_text
from engine.lint.rule import KEPT, Found, Page, Rule, Two
from engine.lint.said_figures import figures
from engine.lint.subject import Subject

_TEXT = """
outcomes: {nee: {text: "U betaalt 5 euro, binnen zes weken."}}
en:
  question: May I swim for free?
  notice: "An example."
  facts: {leeftijd: {label: "Age", ask: "How old are you?", why: "Who is young swims for free."}}
  decisions: {gratis: {because: {u bent jong: "you are young", u bent niet jong: "you are not young"}}}
  outcomes: {ja: {title: "Free", text: "You swim for free."}, nee: {title: "Not free", text: "You pay 5 euros, within %s weeks."}}
  contact: {ask_person: {tell: "We call you before {deadline}."}}
"""  # noqa: E501
PAGE = Page(
    "L-TRANSLATION-SAYS",
    Severity.WARNING,
    Two("a translation with another figure or value", "een vertaling met een ander getal of een andere waarde"),
    Two(
        "Who reads the other language acts on what stands there: another term, amount or limit, or a value that is "
        "written out, costs them a right that others have. It happens when one of the two is changed alone.",
        "Wie de andere taal leest, doet wat daar staat: een andere termijn, een ander bedrag of een uitgeschreven "
        "waarde kost een recht dat anderen wel hebben. Het gebeurt als een van de twee alleen verandert.",
    ),
    avoid=_TEXT % "four",
    prefer=_TEXT % "six",
    source="Single Digital Gateway Regulation (EU) 2018/1724 articles 9 and 13",
)


def check(subject: Subject) -> Iterator[Found]:
    own = subject.flow.language
    for path, text in subject.texts if len(subject.flow.languages) > 1 else ():
        said = text.in_(own)
        for language, other in text.each():
            if language == own or other == said:
                continue
            lacking = _differs(own, said, language, other)
            if lacking:
                yield Found(
                    subject.at_text(path, language),
                    Two(
                        f"This text says otherwise than the one in `{own}`: only one of them has {lacking}.",
                        f"Deze tekst zegt iets anders dan die in `{own}`: alleen een van de twee heeft {lacking}.",
                    ),
                    Two("Let both say the same.", "Laat beide hetzelfde zeggen."),
                )


@lru_cache(maxsize=KEPT)
def _differs(language: str, said: str, into: str, other: str) -> str:
    """What only one of the two names, values first; "" where they name the same."""
    values = _values(said) ^ _values(other)
    if values:
        return ", ".join(f"`{{{name}}}`" for name in sorted(values))
    numbers = _numbers(language, said) ^ _numbers(into, other)
    return ", ".join(format(number.normalize(), "f") for number in sorted(numbers))


def _values(said: str) -> frozenset[str]:
    return frozenset(piece.name for piece in split_text(said) if isinstance(piece, Slot))


def _numbers(language: str, said: str) -> frozenset[Decimal]:
    return frozenset(own.value for own in figures(language, said))


RULE = Rule(PAGE, check)
