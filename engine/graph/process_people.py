"""Process checks about people: a remedy after an adverse determination, words, skills, a person within reach.

Run by `engine.graph.process_checks`. Checks that need the flow's words are silent without a flow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.errors import Problem, either, worded
from engine.flow.model import ChannelName, Flow, OutcomeKind, RemedyKind
from engine.graph.process import OUTCOME, By, Do, Step
from engine.graph.process_finding import Finding, Subject, at_place, at_step
from engine.graph.standard import STANDARD_1

REMEDY_EVENTS: dict[RemedyKind, tuple[str, ...]] = {
    RemedyKind.BEZWAAR: ("object",),
    RemedyKind.ADMINISTRATIEF_BEROEP: ("appeal", "contest"),
    RemedyKind.BEROEP: ("go_to_judge",),
    RemedyKind.KLACHT: ("complain",),
}
ANY_REMEDY = frozenset(event for events in REMEDY_EVENTS.values() for event in events)
DIGITAL = {ChannelName.WEB, ChannelName.EMAIL}
ORGANISATION_REACH = (ChannelName.PHONE, ChannelName.DESK)


def remedies(subject: Subject) -> Iterator[Finding]:
    """An adverse determination is published where the citizen has no step against it.

    `publish outcome` counts as adverse where some outcome of the flow is; an id that is no outcome of the flow counts
    as adverse unless the journey ends there (it was granted).
    """
    process = subject.process
    for step in process.steps:
        for what in step.does(Do.PUBLISH):
            if _adverse(subject, step, what) and not _remedy_in(subject, step.target):
                message = worded(
                    "In `{target}` the citizen cannot do anything against what is published here.", target=step.target
                )
                hint = worded("Add a step by citizen: object, appeal, contest, go_to_judge or complain.")
                yield at_step(process, step, "E-PROCESS-REMEDY", message, hint)
    yield from _remedies_without_step(subject)


def _adverse(subject: Subject, step: Step, what: str) -> bool:
    outcomes = subject.flow.outcomes if subject.flow else None
    if what == OUTCOME:
        return outcomes is None or bool(_with_remedy(subject.flow))
    if outcomes is not None and what in outcomes:
        return what in _with_remedy(subject.flow)
    return not subject.process.is_end(step.target)


def _with_remedy(flow: Flow | None) -> dict[str, RemedyKind]:
    """Outcomes against which something can be done, and what."""
    found: dict[str, RemedyKind] = {}
    for name, outcome in flow.outcomes.items() if flow else ():
        kind = outcome.remedy.kind if outcome.remedy else RemedyKind.NONE
        if kind is not RemedyKind.NONE or outcome.kind is OutcomeKind.REFUSAL:
            found[name] = kind
    return found


def _remedy_in(subject: Subject, name: str) -> bool:
    return any(step.by is By.CITIZEN and step.event in ANY_REMEDY for step in subject.process.by_source[name])


def _remedies_without_step(subject: Subject) -> Iterator[Finding]:
    """An outcome names a remedy that is no step of the process."""
    events = {step.event for step in subject.process.steps if step.by is By.CITIZEN}
    for name, kind in _with_remedy(subject.flow).items():
        expected = REMEDY_EVENTS.get(kind, ())
        if expected and not events & set(expected):
            message = worded(
                "`{name}` names the remedy {kind}, but no step of the process is called {expected}.",
                name=name,
                kind=kind,
                expected=either(expected),
            )
            where = subject.where("outcomes", name)
            yield Finding(
                Problem(
                    where,
                    "E-PROCESS-REMEDY",
                    message,
                    worded("Add a step {expected} by citizen.", expected=expected[0]),
                )
            )


def words(subject: Subject) -> Iterator[Finding]:
    """`tell` without a text, `task` without a kind of task, `fetch` without a fact."""
    flow = subject.flow
    if flow is None:
        return
    known = {
        Do.TELL: ("E-PROCESS-TELL", {OUTCOME, *flow.texts, *STANDARD_1.texts}, "texts"),
        Do.TASK: ("E-PROCESS-TASK", {OUTCOME, *flow.tasks, *STANDARD_1.tasks}, "tasks"),
        Do.FETCH: ("E-PROCESS-FETCH", set(flow.facts), "facts"),
    }
    for step in subject.process.steps:
        for action in step.do:
            code, names, section = known.get(action.kind, ("", {action.what}, ""))
            if action.what not in names:
                message = worded(
                    "`{action}`: there is no `{what}` under `{section}`.",
                    action=action,
                    what=action.what,
                    section=section,
                )
                yield at_step(
                    subject.process, step, code, message, worded("Write it under `{section}`.", section=section)
                )


def skills(subject: Subject) -> Iterator[Finding]:
    """A place of a worker for which no skill is known: nobody would find the work."""
    process, flow = subject.process, subject.flow
    general = flow.contact["ask_person"].skill if flow and "ask_person" in flow.contact else ""
    for name, place in process.places.items():
        if place.who != "worker" or place.skill or general:
            continue
        opened = [what for step in process.steps if step.target == name for what in step.does(Do.TASK)]
        kinds = [subject.task(what) for what in opened]
        if not any(kind and kind.skill for kind in kinds):
            message = worded("`{name}` is for a worker, but which skill it needs is not said.", name=name)
            yield at_place(process, name, "E-PROCESS-SKILL", message, worded("Give the place a `skill`."))


def said_anew(subject: Subject) -> Iterator[Finding]:
    """A fact that must be said anew in a place that there is not."""
    for name, fact in subject.flow.facts.items() if subject.flow is not None else ():
        for place in fact.anew:
            if place not in subject.process.places:
                message = worded(
                    "`{name}` is to be said anew in `{place}`, and there is no such place.", name=name, place=place
                )
                hint = worded("Name a place of the process, or leave `anew` out.")
                yield Finding(Problem(subject.where("facts", name, "anew"), "E-REFERENCE", message, hint))


def reach(subject: Subject) -> Iterator[Finding]:
    """A person over at least two channels, one of them not digital, with opening hours and a promise."""
    flow = subject.flow
    contact = flow.contact.get("ask_person") if flow else None
    if flow is None or (contact is None and not flow.channels):
        return
    over = contact.over if contact and contact.over else _all_reach(flow)
    where = subject.where("contact", "ask_person") if contact else subject.where("channels")
    if len(set(over)) < 2 or set(over) <= DIGITAL:
        message = worded("A person can be reached over fewer than two channels, or over digital ones only.")
        hint = worded("Name at least two under `over`, such as phone and desk.")
        yield Finding(Problem(where, "E-PROCESS-REACH", message, hint))
    if contact and contact.over and contact.within is None:
        message = worded("A person can be asked for, but it is not promised when.")
        yield Finding(Problem(where, "E-PROCESS-REACH", message, worded("Write `within: {working_hours: 4}`.")))
    for channel in over if flow.channels else ():
        terms = flow.channels.get(channel)
        if terms is None:
            message = worded("A person is promised over {channel}, which is not among the `channels`.", channel=channel)
            yield Finding(
                Problem(
                    where, "E-PROCESS-REACH", message, worded("Describe {channel} under `channels`.", channel=channel)
                )
            )
        elif channel in (ChannelName.PHONE, ChannelName.DESK) and not terms.open:
            message = worded("When the {channel} is open is not said.", channel=channel)
            place = subject.where("channels", channel.value)
            yield Finding(Problem(place, "E-PROCESS-REACH", message, worded("Write `open: [mo-fr 09:00-17:00]`.")))


def _all_reach(flow: Flow) -> tuple[ChannelName, ...]:
    return tuple(channel for channel in flow.channels if channel not in DIGITAL) or ORGANISATION_REACH


PEOPLE_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (remedies, words, skills, said_anew, reach)
