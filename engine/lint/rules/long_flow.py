"""L-LONG: more questions than a small process has."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

MOST = 18
"""Questions for a citizen. Of thirty published flows of GOV.UK twenty-eight have at most 18; the median is 10."""

PAGE = Page(
    "L-LONG",
    Severity.NOTE,
    Two("more questions than a small process has", "meer vragen dan een klein proces heeft"),
    Two(
        "A flow answers one question of a citizen. Above eighteen questions it usually answers several: split it, "
        "and hand over with what is known. The proof gets heavier with every question too.",
        "Een proces beantwoordt één vraag van een inwoner. Boven de achttien vragen zijn het er meestal meer: "
        "splits het, en draag over wat bekend is. Ook het bewijs wordt met elke vraag zwaarder.",
    ),
    avoid="facts:\n" + "".join(f'  v{n}: {{type: boolean, ask: "Vraag {n}?", why: "Reden {n}."}}\n' for n in range(19))
    + f"outcomes: {{ja: {{needs: [{', '.join(f'v{n}' for n in range(19))}]}}}}\n",
    prefer='facts:\n  v1: {type: boolean, ask: "Vraag 1?", why: "Reden 1."}\noutcomes: {ja: {needs: [v1]}}\n',
)  # fmt: skip


def check(subject: Subject) -> Iterator[Found]:
    count = len(subject.asked)
    if count > MOST:
        yield Found(
            subject.key("facts"),
            Two(f"A citizen may be asked {count} questions here.", f"Een inwoner kan hier {count} vragen krijgen."),
            Two("Split it into flows that hand over.", "Splits het in processen die aan elkaar overdragen."),
        )


RULE = Rule(PAGE, check)
