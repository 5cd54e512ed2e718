"""L-SKILL-JUDGED: a judgement for a skill that no place, no task and no contact of the flow has."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import SupplierKind
from engine.graph.standard import STANDARDS, task_kind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_JUDGED = """
facts: {kan_zwemmen: {type: boolean, from: [worker], skill: %s, ask: "Kan deze inwoner zwemmen?", why: "Dat ziet de badmeester."}}
decisions: {gratis: {table: "| kan_zwemmen || gratis | source | because |\\n| yes || ja | tarief | u kunt zwemmen |\\n| - || nee | tarief | u kunt nog niet zwemmen |"}}
tasks: {beoordelen: {skill: badmeester, within: P2W, text: "Kijk of deze inwoner kan zwemmen."}}
promises: []
"""  # noqa: E501
PAGE = Page(
    "L-SKILL-JUDGED",
    Severity.WARNING,
    Two("a judgement for whom nothing comes in", "een beoordeling voor wie geen werk binnenkomt"),
    Two(
        "Work comes to people by the skill of a place or a task. A judgement for a skill that none of them has is seen "
        "by whoever is there for something else, and not by the expert who was meant.",
        "Werk komt bij mensen door de vaardigheid van een stap of taak. Een beoordeling voor een vaardigheid die geen "
        "van die heeft, ziet iemand die er voor iets anders is, en niet de deskundige die bedoeld is.",
    ),
    avoid=_JUDGED % "zwemdocent",
    prefer=_JUDGED % "badmeester",
)


def check(subject: Subject) -> Iterator[Found]:
    flow, process = subject.flow, subject.graph.process
    kinds = {*flow.tasks, *(name for own in STANDARDS.values() for name in own.tasks)}
    skills = {kind.skill for name in kinds if (kind := task_kind(flow, name)) is not None}
    skills |= {place.skill for place in process.places.values()}
    skills |= {contact.skill for contact in flow.contact.values()}
    for path, name, fact in subject.facts:
        judged = any(ref.kind is SupplierKind.WORKER for ref in fact.suppliers)
        if judged and fact.skill and fact.skill not in skills:
            yield Found(
                subject.at(*path, "skill"),
                Two(
                    f"`{name}` is judged by `{fact.skill}`, and no place or task brings work to them.",
                    f"`{name}` wordt beoordeeld door `{fact.skill}`, en geen stap of taak brengt hun werk.",
                ),
                Two("Name the skill of the place or task in which it is judged.",
                    "Noem de vaardigheid van de stap of taak waarin het beoordeeld wordt."),
            )  # fmt: skip


RULE = Rule(PAGE, check)
