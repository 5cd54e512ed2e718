"""L-SKILL-NEAR: a skill that is written almost as another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.errors import Severity
from engine.feel.nearest import nearest
from engine.flow.positions import Path
from engine.lint.alike import mistyped
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

NEAR = 0.84
"""How alike two names are (0..1) before one is taken for a slip of the pen for the other."""

_FLOW = """
outcomes: {ja: {kind: task, task: kijk}, nee: {kind: task, task: meet}}
tasks:
  kijk: {skill: zwembad, within: {working_hours: 8}, text: "Kijk mee."}
  meet: {skill: %s, within: {working_hours: 8}, text: "Meet het bad."}
"""
PAGE = Page(
    "L-SKILL-NEAR",
    Severity.WARNING,
    Two("a skill written almost as another", "een vaardigheid die bijna zo heet als een andere"),
    Two(
        "Skills are names that worklists are filled by. One letter too few, and the work is in nobody's list while a "
        "citizen waits.",
        "Vaardigheden zijn de namen waarop werklijsten worden gevuld. Eén letter te weinig, en het werk staat bij "
        "niemand terwijl een inwoner wacht.",
    ),
    avoid=_FLOW % "zwembat",
    prefer=_FLOW % "zwembad",
)


def check(subject: Subject) -> Iterator[Found]:
    used = [own for own in _skills(subject) if own[1]]
    often = Counter(skill for _, skill in used)
    for path, skill in used:
        others = [name for name in often if name != skill and often[name] > often[skill]]
        near = nearest(skill, others, near=NEAR) or _twin(skill, [own for _, own in used], often)
        if near:
            yield Found(
                subject.at(*path),
                Two(f"The skill `{skill}` stands nowhere else.", f"De vaardigheid `{skill}` staat nergens anders."),
                Two(f"Write `{near[0]}` if that is meant.", f"Schrijf `{near[0]}` als u die bedoelt."),
            )


def _twin(skill: str, used: list[str], often: Counter[str]) -> list[str]:
    """The skill before it that differs in one letter, where both stand once."""
    before = used[: used.index(skill)] if often[skill] == 1 else []
    return [own for own in before if often[own] == 1 and mistyped(own, skill)][:1]


def _skills(subject: Subject) -> Iterator[tuple[Path, str]]:
    """Every skill that the flow names, and where."""
    flow = subject.flow
    yield from (((*path, "skill"), fact.skill) for path, _, fact in subject.facts)
    yield from ((("tasks", name, "skill"), task.skill) for name, task in flow.tasks.items())
    yield from ((("contact", kind, "skill"), contact.skill) for kind, contact in flow.contact.items())
    written = flow.process.places if flow.process is not None else {}
    yield from ((("process", "places", name, "skill"), place.skill) for name, place in written.items())


RULE = Rule(PAGE, check)
