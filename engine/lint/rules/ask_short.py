"""L-ASK-SHORT: a question that is not one short sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

LONGEST = 20
"""Words in one question. The longest in the example flows has 14."""

_SENTENCE = re.compile(r"[.!?](?=\s+\S)")
PAGE = Page(
    "L-ASK-SHORT",
    Severity.WARNING,
    Two("a question that is not one short sentence", "een vraag die niet uit één korte zin bestaat"),
    Two(
        f"A question is one sentence of at most {LONGEST} words: that is what people read, and what a screen "
        "reader says. Explanation belongs to `help`, the reason to `why`, the spoken form to `say`.",
        f"Een vraag is één zin van hooguit {LONGEST} woorden: dat lezen mensen, en dat zegt een schermlezer. "
        "Uitleg hoort bij `help`, de reden bij `why`, de gesproken vorm bij `say`.",
    ),
    avoid="""
facts: {leeftijd: {ask: "Wij willen graag iets weten. Hoe oud bent u?"}}
""",
    prefer="""
facts: {leeftijd: {ask: "Hoe oud bent u?", help: "Tel alleen hele jaren."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.facts:
        for language, text in fact.ask.each() if fact.ask else ():
            where = subject.at_text((*path, "ask"), language)
            words = len(text.split())
            if _SENTENCE.search(text):
                yield Found(
                    where,
                    Two(f"The question for `{name}` has more than one sentence.",
                        f"De vraag bij `{name}` heeft meer dan één zin."),
                    Two("Move the explanation to `help`.", "Zet de uitleg bij `help`."),
                )  # fmt: skip
            elif words > LONGEST:
                yield Found(
                    where,
                    Two(
                        f"The question for `{name}` has {words} words.", f"De vraag bij `{name}` heeft {words} woorden."
                    ),
                    Two("Ask one thing, briefly; explain in `help`.", "Vraag kort één ding; leg uit bij `help`."),
                )


RULE = Rule(PAGE, check)
