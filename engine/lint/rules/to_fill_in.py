"""L-FILL-IN: text that came with a new flow and was never written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from engine.errors import Severity
from engine.flow.model import Text
from engine.flow.positions import Path
from engine.lint.rule import KEPT, Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-FILL-IN",
    Severity.WARNING,
    Two("text of the template that is still to be filled in", "tekst uit het voorbeeld die nog ingevuld moet worden"),
    Two(
        "A new flow begins with words that hold its place. A citizen who reads them learns nothing, and norms that "
        "rest on them rest on nothing.",
        "Een nieuw proces begint met woorden die de plek openhouden. Een inwoner die ze leest, leert niets. Normen "
        "die erop rusten, rusten op niets.",
    ),
    avoid="""
canvas:
  norms: {call_back: {working_hours: 4}}
  evidence: Vul in hoe u dit weet.
""",
    prefer="""
canvas:
  norms: {call_back: {working_hours: 4}}
  evidence: In een proef van zes weken haalden we dit bij negen van de tien.
""",
)

TO_FILL_IN = re.compile(
    r"kunt u mij hiermee helpen\?|vul (dit )?in\b( hoe u dit weet)?[. ]*|fill (this )?in[. ]*"
    r"|schrijf hier waarom deze vraag nodig is\.?|lorem ipsum\b.*"
    r"|(todo|tbd|n\.?t\.?b\.?|nader te bepalen|to be (done|determined|filled in)|xx+|\?\?+|\.\.\.|…)(\W.*)?",
    re.IGNORECASE,
)
"""What `wegwijzer new` and `wegwijzer dmn import` write where somebody has to."""


def check(subject: Subject) -> Iterator[Found]:
    for path, text in _texts(subject):
        for language, words in text.each():
            if _is_template(words):
                yield Found(
                    subject.at_text(path, language),
                    Two(
                        f"“{words}” is still the text of the template.", f"“{words}” is nog de tekst uit het voorbeeld."
                    ),
                    Two("Write what it is in your own words.", "Schrijf het in uw eigen woorden."),
                )


@lru_cache(maxsize=KEPT)
def _is_template(words: str) -> bool:
    return TO_FILL_IN.fullmatch(words.strip()) is not None


def _texts(subject: Subject) -> Iterator[tuple[Path, Text]]:
    yield from subject.texts
    canvas = subject.flow.canvas
    if canvas is not None and canvas.evidence is not None:
        yield ("canvas", "evidence"), canvas.evidence


RULE = Rule(PAGE, check)
