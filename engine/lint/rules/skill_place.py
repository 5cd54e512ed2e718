"""L-SKILL-PLACE: the tasks with which a worker's place is entered are for another skill than the place itself."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.graph.process import OUTCOME, By, Do, Step
from engine.graph.standard import task_kind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_PLACE = """
process:
  places: {nazien: {who: worker, does: judge, within: P2W, skill: %s, title: "Wij zien het na"}}
  steps: |
    | from     | event | by      | if | to     | do          |
    | answered | ask   | citizen | -  | nazien | task nazien |
    | nazien   | done  | worker  | -  | closed | -           |
    | nazien   | late  | clock   | -  | stay   | task nazien |
tasks: {nazien: {skill: zwembad, within: P1W, text: "Zie het na."}}
"""
PAGE = Page(
    "L-SKILL-PLACE",
    Severity.WARNING,
    Two("a place whose work comes in for another skill", "een stap waarvan het werk bij anderen binnenkomt"),
    Two(
        "Who has the skill of the task gets the work, and who has the skill of the place may take its steps. When no "
        "task with which the place is entered is for the place's own skill, whoever gets the work cannot finish it, "
        "and whoever could never hears of it.",
        "Wie de vaardigheid van de taak heeft, krijgt het werk; wie die van de stap heeft, mag hem zetten. Is geen "
        "taak waarmee men er binnenkomt voor de vaardigheid van de stap zelf, dan kan wie het werk krijgt het niet "
        "afmaken, en hoort wie het wel kan er niet van.",
    ),
    avoid=_PLACE % "kassa",
    prefer=_PLACE % "zwembad",
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.flow.process
    for name, place in process.places.items() if process is not None else ():
        if place.who != "worker" or not place.skill:
            continue
        skills = {skill for step in subject.graph.process.steps for skill in _opened(subject, step, name)}
        if skills and place.skill not in skills:
            told = ", ".join(f"`{skill}`" for skill in sorted(skills))
            yield Found(
                subject.at("process", "places", name, "skill"),
                Two(
                    f"`{name}` is for `{place.skill}`, and every task with which one comes there is for {told}.",
                    f"`{name}` is voor `{place.skill}`, en elke taak waarmee men er komt is voor {told}.",
                ),
                Two(
                    "Give the place and one of these tasks the same skill.",
                    "Geef de stap en een van deze taken dezelfde vaardigheid.",
                ),
            )


def _opened(subject: Subject, step: Step, name: str) -> Iterator[str]:
    """The skills of the tasks with which a step leads there; a clock's are for whoever helps out."""
    if step.target != name or step.internal or step.by is By.CLOCK:
        return
    outcomes = subject.flow.outcomes.values()
    for task in step.does(Do.TASK):
        for own in [spec.task for spec in outcomes if spec.task] if task == OUTCOME else [task]:
            kind = task_kind(subject.flow, own)
            if kind is not None and kind.skill:
                yield kind.skill


RULE = Rule(PAGE, check)
