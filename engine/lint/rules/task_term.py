"""L-TASK-TERM: work that is due after the legal term under which the citizen waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.graph.process import OUTCOME, Do
from engine.graph.standard import task_kind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject
from engine.terms.periods import parse_period

_FLOW = """
process:
  places: {nazien: {who: worker, does: judge, within: P1W, skill: zwembad, title: "Wij zien het na"}}
  steps: |
    | from     | event | by      | if | to     | do             |
    | answered | ask   | citizen | -  | nazien | task nazien    |
    | nazien   | done  | worker  | -  | closed | -              |
    | nazien   | late  | clock   | -  | stay   | task nazien    |
tasks: {nazien: {skill: zwembad, within: %s, text: "Zie het na."}}
"""
PAGE = Page(
    "L-TASK-TERM",
    Severity.WARNING,
    Two("a task that is due after its place is late", "een taak die pas af hoeft als de plaats al te laat is"),
    Two(
        "The worklist goes by what a task promises. When that is longer than the place lasts, or than the legal term "
        "it stands under, work that looks on time makes the citizen wait too long.",
        "De werklijst gaat uit van wat een taak belooft. Is dat langer dan de plaats duurt, of dan de wettelijke "
        "termijn waar die onder valt, dan wacht de inwoner te lang op werk dat op tijd lijkt.",
    ),
    avoid=_FLOW % "P4W",
    prefer=_FLOW % "P1W",
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.graph.process
    seen: set[tuple[str, str]] = set()
    for step in process.steps:
        place = process.places.get(step.target)
        if place is None or place.who != "worker" or step.internal:
            continue
        lasts = place.within or (process.terms[place.under].length if place.under in process.terms else "")
        kinds = [(name, task_kind(subject.flow, name)) for name in step.does(Do.TASK) if name != OUTCOME]
        opened = [(name, kind.within.duration) for name, kind in kinds if kind is not None and kind.within is not None]
        if any(due is None or _fits(due, lasts) for _, due in opened):
            continue
        for name, due in opened:
            if due is None or (name, step.target) in seen:
                continue
            seen.add((name, step.target))
            yield Found(
                subject.key("tasks", name),
                Two(
                    f"`{name}` is due within {due}, and `{step.target}`, where it is done, lasts {lasts}.",
                    f"`{name}` moet binnen {due} af, en `{step.target}`, waar dat gebeurt, duurt {lasts}.",
                ),
                Two("Give the task less time than the place.", "Geef de taak minder tijd dan de plaats."),
            )


def _fits(due: str, lasts: str) -> bool:
    return not lasts or parse_period(due).at_most <= parse_period(lasts).at_most


RULE = Rule(PAGE, check)
