"""What a step came to, told in the reader's language.

    evidence_told("7 of 9 citizens as expected", "nl") -> "7 van 9 burgers zoals verwacht"

Evidence lies beside the flow as one English sentence, for who reads it in git (`api.service.evidence` and
`api.cli.stand_compared` write it). Each part of it is one of the templates of this table, so its figures can be read
back and told in Dutch, out of old records too. What a person wrote there by hand stays as it is. Called by whoever
shows a `Turn`; tests: tests/engine/harness/test_evidence_words.py.
"""

from __future__ import annotations

import re
from typing import Final

from engine.errors import Said, together, worded
from engine.lint.dutch import told

TEMPLATES: Final = (
    worded("nothing found"),
    worded("no scenarios"),
    worded("{count} found"),
    worded("{facts} facts, {situations} situations"),
    worded("{found} found, {open} not proven"),
    worded("{good} of {all} citizens as expected"),
    worded("{count} problems in scenario files"),
    worded("with {name}: {gain} groups gain, {lose} lose, {changes} changes in words or process"),
    worded("{count} accepted"),
    worded("norms: {verdict}"),
)
BETWEEN: Final = re.compile(r", |; ")
FIGURE: Final = re.compile(r"\d{1,3}(,\d{3})*|\d+")
PLACE: Final = re.compile(r"\\\{(\w+)\\\}")


def _reads(template: str) -> re.Pattern[str]:
    return re.compile(PLACE.sub(lambda place: rf"(?P<{place[1]}>(?:[^,;:]|,(?=\d))+?)", re.escape(template)))


READS: Final = tuple((template, _reads(template)) for template in TEMPLATES)


def evidence_told(text: str, language: str) -> str:
    """What a record says of a step, in a language."""
    return told(recognised(text), language)


def recognised(text: str) -> str:
    """The sentence with its figures apart; a text that none of our templates made is given back as it is."""
    cuts = [(0, 0), *((cut.start(), cut.end()) for cut in BETWEEN.finditer(text)), (len(text), len(text))]
    found: str | None = None
    at = 0
    while at < len(cuts) - 1:
        before = text[cuts[at][0] : cuts[at][1]]
        ends = range(len(cuts) - 1, at, -1)
        tries = ((_part(text[cuts[at][1] : cuts[end][0]]), end) for end in ends)
        part, at = next((own for own in tries if own[0] is not None), (None, at))
        if part is None:
            return text
        found = part if found is None else together((found, part), before)
    return text if found is None else found


def _part(text: str) -> Said | None:
    for template, reads in READS:
        match = reads.fullmatch(text)
        if match is not None:
            return worded(str(template), **{name: _value(name, value) for name, value in match.groupdict().items()})
    return None


def _value(name: str, value: str) -> str:
    if name == "verdict":
        return worded(value)
    is_figure = name != "name" and FIGURE.fullmatch(value) is not None
    return Said(value, others={"nl": value.replace(",", ".")}) if is_figure else value
