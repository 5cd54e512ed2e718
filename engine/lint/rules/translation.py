"""L-TRANSLATION: a language in which the flow exists lacks texts, so people read two languages on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from engine.errors import Severity
from engine.flow.positions import Path
from engine.graph.together import called, stands_for_all
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

SHOWN = 4
PAGE = Page(
    "L-TRANSLATION",
    Severity.WARNING,
    Two("a language of the flow lacks texts", "een taal van het proces mist teksten"),
    Two(
        "What a block leaves out is shown in the flow's own language. Half a translation is no translation: who "
        "needs the other language stops at the sentence that lacks it. The law may ask for it too: every channel "
        "reaches everybody.",
        "Wat een blok weglaat, staat er in de taal van het proces. Een halve vertaling is geen vertaling: wie de "
        "andere taal nodig heeft, haakt af bij de zin die ontbreekt.",
    ),
    avoid="""
en:
  facts: {leeftijd: {ask: "How old are you?"}}
""",
    prefer="""
en:
  question: May I swim for free?
  notice: "An example."
  facts: {leeftijd: {label: "Age", ask: "How old are you?", why: "Who is young swims for free."}}
  decisions: {gratis: {because: {u bent jong: "you are young", u bent niet jong: "you are not young"}}}
  outcomes: {ja: {title: "Free", text: "You swim for free."}, nee: {title: "Not free", text: "You pay 5 euros."}}
  contact: {ask_person: {tell: "We call you before {deadline}."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for language in subject.flow.languages:
        lacking = [path for path, text in subject.texts if language not in text and not _is_id(path, str(text))]
        lacking += [*_reasons(subject, language), *_tasks(subject, language)]
        for owner, paths in groupby(lacking, key=lambda path: path[:2]):
            names = list(dict.fromkeys(_short(path) for path in paths))
            told = ", ".join(names[:SHOWN]) + (f" (+{len(names) - SHOWN})" if len(names) > SHOWN else "")
            what = owner[-1]
            yield Found(
                subject.key(*owner),
                Two(
                    f"`{what}` lacks texts in `{language}`: {told}.", f"`{what}` mist teksten in `{language}`: {told}."
                ),
                Two(f"Write them in the block `{language}:`.", f"Schrijf ze in het blok `{language}:`."),
            )


def _tasks(subject: Subject, language: str) -> Iterator[Path]:
    """Tasks for which there are no words, where others have them: a worklist in two languages."""
    kinds = subject.flow.tasks
    if any(language in kind.text for kind in kinds.values()):
        yield from (("tasks", name, "text") for name, kind in kinds.items() if language not in kind.text)


def _short(path: Path) -> str:
    """`options.diep`, `text`: without the numbers of parts."""
    words = [str(step) for step in path[2:] if not isinstance(step, int)]
    return ".".join(word for at, word in enumerate(words) if word not in words[:at]) or str(path[-1])


def _is_id(path: Path, text: str) -> bool:
    """An option that is its own label needs no translation: nobody reads it."""
    return len(path) > 1 and path[-2] == "options" and text == path[-1] and path[0] != "facts"


def _reasons(subject: Subject, language: str) -> Iterator[Path]:
    """The reasons in tables, which a block translates by their own words."""
    if language == subject.flow.language:
        return
    for name, ruling in subject.graph.rulings.items():
        if subject.flow.decisions[name].table is None or not stands_for_all(subject.graph, ruling):
            continue
        for because in dict.fromkeys(row.because for row in ruling.rows if row.because):
            if because not in ruling.reasons or language not in ruling.reasons[because]:
                yield "decisions", called(ruling), f"because `{because}`"


RULE = Rule(PAGE, check)
