"""L-TASK-CLOCK: work for a person that may wait for ever."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-TASK-CLOCK",
    Severity.WARNING,
    Two("a task without a clock", "een taak zonder klok"),
    Two(
        "Behind every task a citizen waits. Without `within` the worklist cannot put it in order and nobody is warned.",
        "Achter elke taak wacht een inwoner. Zonder `within` kan de werklijst hem niet op volgorde zetten en "
        "waarschuwt niemand.",
    ),
    avoid="""
outcomes: {nee: {kind: task, task: kijk}}
tasks: {kijk: {skill: zwembad, text: "Kijk mee."}}
""",
    prefer="""
outcomes: {nee: {kind: task, task: kijk}}
tasks: {kijk: {skill: zwembad, within: {working_hours: 8}, text: "Kijk mee."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for name, task in subject.flow.tasks.items():
        if task.within is None:
            yield Found(
                subject.key("tasks", name),
                Two(f"How soon `{name}` must be done is not said.", f"Hoe snel `{name}` klaar moet, staat er niet."),
                Two("Add `within: {working_hours: 8}` or `within: P1W`.",
                    "Voeg toe: `within: {working_hours: 8}` of `within: P1W`."),
            )  # fmt: skip


RULE = Rule(PAGE, check)
