"""L-ASK-TWICE: two questions that say nearly the same, or that have one label."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import Fact
from engine.flow.positions import Path
from engine.lint.alike import LONG, said, same
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

Asked = tuple[Path, str, Fact]
_TWO = """
facts:
  jaren: {type: integer, min: 0, max: 130, label: "Jaren", ask: "%s", why: "Wie jong is, zwemt gratis."}
outcomes: {nee: {needs: [jaren]}}
"""
PAGE = Page(
    "L-ASK-TWICE",
    Severity.WARNING,
    Two("two questions that say nearly the same", "twee vragen die bijna hetzelfde zeggen"),
    Two(
        "What somebody told once is not asked again in other words; who reads it twice thinks that the first answer "
        "was lost. Two answers under one label cannot be told apart in an overview.",
        "Wat iemand al verteld heeft, wordt niet in andere woorden nog eens gevraagd. Wie het twee keer leest, denkt "
        "dat het eerste antwoord weg is. Twee antwoorden met één naam zijn in een overzicht niet uit elkaar te houden.",
    ),
    avoid=_TWO % "Hoe oud bent u dan?",
    prefer=_TWO % "Hoe lang zwemt u al?",
    source="Awb article 4:2(2); once-only principle, Regulation (EU) 2018/1724 article 14",
)


def check(subject: Subject) -> Iterator[Found]:
    seen: dict[object, list[Asked]] = {}
    for own in subject.asked:
        path, name, fact = own
        keys = list(_keys(path, fact))
        for first in dict.fromkeys(place[1] for key in keys for place in seen.get(key, ())):
            other = next(before for key in keys for before in seen.get(key, ()) if before[1] == first)[2]
            if not _apart(other, fact):
                yield from _told(subject, path, (first, other), (name, fact))
        for key in keys:
            seen.setdefault(key, []).append(own)


def _keys(path: Path, fact: Fact) -> Iterator[object]:
    """Two questions can only be alike where they share one of these: all words, all but a long one, or the label."""
    words = said(str(fact.ask or ""))
    yield path[:-1], words
    yield from ((path[:-1], words - {word}) for word in words if len(word) >= LONG)
    if fact.label:
        yield path[:-1], str(fact.label).casefold()


def _told(subject: Subject, path: Path, first: tuple[str, Fact], later: tuple[str, Fact]) -> Iterator[Found]:
    (name, fact), (other, its) = first, later
    if _near(fact, its):
        message = Two(f"`{other}` asks nearly the same as `{name}`.", f"`{other}` vraagt bijna hetzelfde als `{name}`.")
        yield _found(subject, (*path, "ask"), message)
    elif fact.label and its.label and str(fact.label).casefold() == str(its.label).casefold():
        message = Two(f"`{other}` has the label of `{name}`.", f"`{other}` heeft hetzelfde label als `{name}`.")
        yield _found(subject, (*path, "label"), message)


def _found(subject: Subject, path: Path, message: Two) -> Found:
    hint = Two(
        "Drop one of them, or say in each what it asks that the other does not.",
        "Haal er een weg, of zeg in elke vraag wat de andere niet vraagt.",
    )
    return Found(subject.at(*path), message, hint)


def _near(fact: Fact, its: Fact) -> bool:
    """Alike, and not told as P-ASKED-TWICE already: that is the same sentence with the same options."""
    one, two = str(fact.ask or ""), str(its.ask or "")
    if not one or not two or not same(one, two):
        return False
    return one.casefold().strip(" ?.!") != two.casefold().strip(" ?.!") or fact.options != its.options


def _apart(fact: Fact, its: Fact) -> bool:
    """Whether they are likely to be for different people: each has a `when` of its own."""
    return fact.when is not None and its.when is not None and fact.when != its.when


RULE = Rule(PAGE, check)
