"""Promises about the steps of a process: `every`, `always`, `never` and `may`. What each means, and in which words of
temporal logic, stands on top of `engine.harness.process_promises`, which calls them; tests:
tests/engine/harness/test_process_promises.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from engine.errors import together, worded
from engine.flow.model import Always, ChannelName, Every, May, Never
from engine.graph.process import ALWAYS_THERE, By, Do, Step
from engine.graph.standard import answered_by
from engine.harness.explore import State, Taken
from engine.harness.finding import Finding, finding
from engine.harness.moments import Fits, Moment, does, one_of
from engine.harness.process_about import WORKER, About, Kept

SWITCH = "switch_channel"
TO_A_PERSON = ("ask_person", "dispute")
STAY = "stay"
PARTIES = {"citizen": (By.CITIZEN, By.PAYMENT), "worker": (By.WORKER,)}
Fails = Callable[[Taken], str]
"""Says what is missing at a step, "" when nothing is."""


def every(about: About, promise: Every) -> Finding | Kept:
    """A way on which the outcome is given, or the place is entered, and something of the promise is missing."""
    empty = about.empty(promise.passes, (*about.places, *about.events), "place or event")
    empty = empty or about.empty(promise.enters, about.places, "place")
    empty = empty or about.empty(promise.does, about.actions, "action")
    if empty is not None:
        return empty
    if promise.passes and not promise.does and not promise.knows:
        start = about.explored.process.start
        passed = next((own for own in promise.passes if own == start or own in promise.enters), "")
        if passed:
            return about.idle(worded("everybody has passed `{place}`", place=passed))
    wanted = Moment(enters=promise.enters)
    tried = [_past(about, promise, outcome, wanted) for outcome in promise.outcome or ("",) if promise.passes]
    tried += [_undone_for(about, outcome, action) for outcome in promise.outcome for action in promise.does]
    return next((own for own in tried if own is not None), Kept(about.number))


def _past(about: About, promise: Every, wanted: str, moment: Moment) -> Finding | None:
    """Past none of the places and events."""
    process = about.explored.process

    def found(own: Taken, outcome: str) -> bool:
        if wanted:
            return outcome == wanted and own.gives(process, outcome)
        return own.step.event not in promise.passes and moment.is_at(own.step)

    way = about.explored.search(found, without=promise.passes)
    if way is None:
        return None
    message = worded(
        "somebody can get `{outcome}` without having passed {passed}"
        if wanted
        else "somebody can come to {places} without having passed {passed}",
        outcome=wanted,
        places=one_of(promise.enters),
        passed=one_of(promise.passes),
    )
    return about.broken(message, worded("Lead this way past it, or say what you do promise."), way, wanted)


def _undone_for(about: About, wanted: str, action: str) -> Finding | None:
    """Given by a step that leaves the action undone."""
    process = about.explored.process

    def found(own: Taken, outcome: str) -> bool:
        return outcome == wanted and own.gives(process, outcome) and not does(own.step, action)

    way = about.explored.search(found)
    if way is None:
        return None
    message = worded("somebody can get `{outcome}` by a step without `{action}`", outcome=wanted, action=action)
    return about.broken(
        message, worded("Add `{action}` to that row, or lead it elsewhere.", action=action), way, wanted
    )


# -- always


def always(about: About, promise: Always) -> Finding | Kept:
    """A step at the moment of the promise that does not do what is promised."""
    there = [event for event in promise.event if event in ALWAYS_THERE]
    if there:
        return _always_there(about, promise, there[0])
    moment = Moment.of(promise)
    empty = about.empty_moment(moment) or about.empty(
        promise.reaches, (WORKER, STAY, *about.explored.process.places, *about.explored.process.ends), "place"
    )
    if empty is not None:
        return empty
    outcomes = frozenset(promise.outcome)
    if not any(not outcomes or outcomes & own.outcomes for own in about.taken(moment)):
        hint = worded("Promise it of a step that there is.")
        return finding(
            "P-PROMISE-EMPTY",
            about.where,
            worded("Promise {number}: there is never {moment}.", number=about.number, moment=moment.told),
            hint,
        )
    fails = tuple(_fails(about, promise))

    def found(own: Taken, outcome: str) -> bool:
        return moment.is_at(own.step) and outcome in (outcomes or own.outcomes) and any(fail(own) for fail in fails)

    way = about.explored.search(found)
    if way is None:
        return Kept(about.number)
    said = next(filter(None, (fail(way[-1]) for fail in fails)))
    return about.broken(
        worded("after {moment} {said}", moment=moment.told, said=said),
        worded("Mend that row, or say what you do promise."),
        way,
    )


def _fails(about: About, promise: Always) -> Iterator[Fails]:
    if promise.reaches:
        yield lambda own: _reaches(about, own.step, promise.reaches)
    if promise.skill:
        yield lambda own: _skill(about, own, promise)
    for event in promise.apart_from:
        yield partial(_same_worker, other=event)
    for wanted in promise.does:
        yield partial(_undone, wanted=wanted)
    if promise.by:
        yield (
            lambda own: (
                "" if own.step.by.value in promise.by else worded("it was the step of the {by}", by=worded(own.step.by))
            )
        )


def _undone(own: Taken, *, wanted: str) -> str:
    return "" if does(own.step, wanted) else worded("there is no `{wanted}`", wanted=wanted)


def _same_worker(own: Taken, *, other: str) -> str:
    """Four eyes: the row keeps out whoever took the other event."""
    apart = own.step.by is not By.WORKER or other in own.step.not_by
    return "" if apart else worded("it can be the worker of `{other}` again", other=other)


def _reaches(about: About, step: Step, wanted: tuple[str, ...]) -> str:
    place = about.explored.process.places.get(step.target)
    person = step.does(Do.TASK) or (place is not None and place.who == WORKER)
    if step.target in wanted or (WORKER in wanted and person) or (STAY in wanted and step.target == step.source):
        return ""
    if wanted == (STAY,):
        return worded("it does not stay where it was, but goes to `{place}`", place=step.target)
    named = tuple(name for name in wanted if name != WORKER)
    nobody = worded("nobody has the move or a task") if WORKER in wanted else ""
    elsewhere = worded("it is not in {places}", places=one_of(named)) if named else ""
    return together(filter(None, (nobody, elsewhere)), " and ")


def _skill(about: About, own: Taken, promise: Always) -> str:
    """Every task that is opened is for this skill; where there is none, the place is."""
    wanted = promise.skill
    place = about.explored.process.places.get(own.step.target)
    only = own if not promise.outcome else replace(own, outcomes=own.outcomes & frozenset(promise.outcome))
    skills = [kind.skill for kind in about.tasks(only)] or [place.skill if place is not None else ""]
    other = next((skill for skill in skills if skill != wanted), None)
    if other is None:
        return ""
    if not other:
        return worded("no `{wanted}` has it", wanted=wanted)
    return worded("it comes to `{other}`, not to `{wanted}`", other=other, wanted=wanted)


def _always_there(about: About, promise: Always, event: str) -> Finding | Kept:
    """A promise about what is possible everywhere: it opens a task, of a person with the skill of `contact`."""
    if event == SWITCH and set(promise.reaches) <= _channels(about) and not (promise.skill or promise.does):
        return Kept(about.number)
    skill, _ = answered_by(about.graph.flow, "dispute" if event == "dispute" else "ask_person")
    rest = (
        set(promise.reaches) - {WORKER}
        or promise.does
        or promise.by
        or promise.enters
        or promise.apart_from
        or len(promise.event) > 1
    )
    if event in TO_A_PERSON and not rest and promise.skill in ("", skill):
        return Kept(about.number)
    lost = sorted(set(promise.reaches) - _channels(about)) if event == SWITCH else []
    said = worded("opens no task")
    if event in TO_A_PERSON:
        said = worded("comes to `{skill}` and changes no place", skill=skill)
    elif lost and WORKER not in lost:
        said = worded("does not reach {lost}", lost=", ".join(lost))
    message = worded(
        "Promise {number} is broken: `{event}` is possible everywhere and {said}.",
        number=about.number,
        event=event,
        said=said,
    )
    return finding(
        "P-PROMISE", about.where, message, worded("Promise it of `ask_person`, or of a step of the process.")
    )


def _channels(about: About) -> set[str]:
    """How the citizen can go on: the channels that the flow names; without any, every channel there is."""
    return {str(name) for name in about.graph.flow.channels or ChannelName}


# -- never, may


def never(about: About, fits: Fits, promise: Never) -> Finding | Kept:
    """A step that should not be there, or a citizen for whom it should not."""
    moment = Moment.of(promise, promise.does)
    empty = about.empty_moment(moment)
    if empty is not None:
        return empty
    when = fits.when
    for state, own in about.explored.all_taken():
        if not moment.is_at(own.step):
            continue
        citizen = fits.whom(state, own) if when is not None else {}
        if citizen is not None:
            way = (*about.explored.ways[state], own)
            message = worded("there is {moment}", moment=moment.told)
            if when is not None:
                message = worded("there is {moment}, although {text}", moment=moment.told, text=when.text)
            hint = worded("Give that row a guard, lead it elsewhere, or mend the promise.")
            return about.broken(message, hint, way, citizen=citizen or None)
    return Kept(about.number)


def may(about: About, fits: Fits, promise: May) -> Finding | Kept:
    """A state in one of the places where the step cannot be taken, by anybody or by a citizen."""
    when = fits.when
    named = promise.places or promise.others
    empty = about.empty([promise.step], about.events, "event")
    empty = empty or about.empty((*named, *promise.reaches), about.places, "place")
    if empty is not None:
        return empty
    inside = [state for state in about.explored.taken if _is_inside(about, state, promise)]
    if not inside:
        return about.idle(worded("no place is left"))
    for state in inside:
        found = _shut_in(about, fits, state, promise)
        if found is not None:
            message = worded(
                "in `{place}` there is no `{step}`{to} for everybody"
                if when is None
                else "in `{place}` there is no `{step}`{to} although {text}",
                place=state.place,
                step=promise.step,
                to=worded(" to {places}", places=one_of(promise.reaches)) if promise.reaches else "",
                text=when.text if when is not None else "",
            )
            hint = worded("Add a row for it, or say where it cannot be taken.")
            return about.broken(message, hint, about.explored.ways[state], citizen=found or None)
    return Kept(about.number)


def _is_inside(about: About, state: State, promise: May) -> bool:
    """Whether it is promised here: in one of the places named, or in every other that is no end."""
    if promise.places:
        return state.place in promise.places
    return state.place not in promise.others and not about.explored.process.is_end(state.place)


def _shut_in(about: About, fits: Fits, state: State, promise: May) -> dict[str, str] | None:
    """Somebody in this state who cannot take the step: {} for everybody, None for nobody."""
    rows = [row for row in about.explored.process.rows(state.place, promise.step) if row.by in PARTIES[promise.by]]

    def counts(row: Step) -> bool:
        return not promise.reaches or (row.target in promise.reaches and not row.internal)

    if not any(map(counts, rows)):
        return {}
    found = fits.shut(rows, state, counts)
    return None if found is None else dict(found)
