"""L-SKILL: a task or a question for a worker, without saying for which."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import SupplierKind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject, supplied_by

PAGE = Page(
    "L-SKILL",
    Severity.WARNING,
    Two("work without the skill it needs", "werk zonder de vaardigheid die het vraagt"),
    Two(
        "Work goes to whoever can do it. Without a skill it shows up in everybody's worklist, or in nobody's.",
        "Werk gaat naar wie het kan. Zonder vaardigheid staat het op ieders werklijst, of op die van niemand.",
    ),
    avoid="""
outcomes: {nee: {kind: task, task: kijk}}
tasks: {kijk: {within: {working_hours: 8}, text: "Kijk mee."}}
""",
    prefer="""
outcomes: {nee: {kind: task, task: kijk}}
tasks: {kijk: {skill: zwembad, within: {working_hours: 8}, text: "Kijk mee."}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    hint = Two("Add `skill`.", "Voeg `skill` toe.")
    for name, task in subject.flow.tasks.items():
        if not task.skill:
            message = Two(
                f"Which skill the task `{name}` needs is not said.",
                f"Welke vaardigheid `{name}` vraagt, staat er niet.",
            )
            yield Found(subject.key("tasks", name), message, hint)
    for path, name, fact in subject.facts:
        if supplied_by(fact, SupplierKind.WORKER) and not fact.skill:
            message = Two(
                f"Which worker supplies `{name}` is not said.", f"Welke medewerker `{name}` geeft, staat er niet."
            )
            yield Found(subject.key(*path), message, hint)


RULE = Rule(PAGE, check)
