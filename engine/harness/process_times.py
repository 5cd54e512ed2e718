"""Promises about time: `within`, to a place or to a person. What it counts stands on top of
`engine.harness.process_promises`, which calls it; tests: tests/engine/harness/test_process_promises.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations

from engine.errors import Said, together, worded
from engine.flow.model import Span, WithinPromise
from engine.graph.process import By, Do
from engine.graph.standard import answered_by
from engine.harness.explore import Taken
from engine.harness.finding import Finding, finding
from engine.harness.moments import Fits, Moment, does, one_of
from engine.harness.process_about import WORKER, About, Kept
from engine.harness.process_waits import Arrives, Begins, Waits, at_most
from engine.terms.periods import PeriodError, parse_period

MOST_TERMS = 6
ASKED = "ask_person"


def within(about: About, fits: Fits, promise: WithinPromise) -> Finding | Kept:
    """For each start, an event or a place: the way on which it takes longest, or a task that is due too late."""
    kept: Finding | Kept = Kept(about.number)
    for start in promise.start:
        kept = _within(about, fits, promise, start)
        if isinstance(kept, Finding):
            break
    return kept


def _within(about: About, fits: Fits, promise: WithinPromise, start: str) -> Finding | Kept:
    person = promise.to == (WORKER,)
    known = (*about.events, *about.places, *((ASKED,) if person else ()))
    empty = about.empty([start], known, "event") or about.empty(
        () if person else promise.to, (*about.places, *about.actions), "place"
    )
    if empty is not None:
        return empty
    try:
        begins = _begins(about, fits, start)
        return _to_a_person(about, promise, start, begins) if person else _to_a_place(about, promise, start, begins)
    except PeriodError as refused:
        return _uncounted(about, refused.args[0])


def _begins(about: About, fits: Fits, start: str) -> Begins:
    """Whether a step is one from which is counted: by somebody for whom `when` is true."""
    moment = Moment(event=(start,)) if start in about.events else Moment(enters=(start,))
    return lambda state, own: moment.is_at(own.step) and (fits.when is None or fits.whom(state, own) is not None)


def _arrives(about: About, promise: WithinPromise) -> Arrives:
    """Whether a step arrives: at one of the places, or doing one of the things; an end stops the count.

    Of something to be done an end is no substitute, unless the citizen's own later step chose it.
    """
    process = about.explored.process
    places = set(promise.to) & {*process.places, *process.ends}
    actions = set(promise.to) - places

    def arrives(own: Taken, *, first: bool) -> bool:
        if own.to.place in places or any(does(own.step, wanted) for wanted in actions):
            return True
        chosen = not first and own.step.by is By.CITIZEN
        return process.is_end(own.to.place) and (chosen or not actions)

    return arrives


def _uncounted(about: About, why: Said) -> Finding:
    return finding(
        "P-PROMISE-EMPTY", about.where, worded("Promise {number} cannot be counted.", number=about.number), why
    )


def _to_a_place(about: About, promise: WithinPromise, start: str, begins: Begins) -> Finding | Kept:
    process = about.explored.process
    if promise.length.duration is None:
        return _uncounted(about, worded("Write a length on the calendar, P2D say: places are counted in days."))
    most = parse_period(promise.length.duration).at_most
    waits = [
        Waits(about.explored, begins, _arrives(about, promise), terms, about.graph.flow).longest()
        for terms in _subsets(process.terms)
    ]
    longest = min(waits, key=lambda own: own.sort_key)
    if longest.total is not None and longest.total <= most:
        return Kept(about.number, _note(about, longest.terms))
    place = one_of(promise.to)
    if longest.total is None:
        message = worded(
            "from `{start}` to {place} can take longer than {length}: {why}",
            start=start,
            place=place,
            length=promise.length.duration,
            why=longest.why,
        )
    else:
        message = worded(
            "from `{start}` to {place} can take {days}, and {length} is {most}",
            start=start,
            place=place,
            days=_days(longest.total.days),
            length=promise.length.duration,
            most=_days(most.days),
        )
    hint = worded("Shorten a clock on this way, name where the promise ends, or promise what you can keep.")
    return about.broken(message, hint, longest.way, more=longest.counted)


def _note(about: About, terms: Iterable[str]) -> str:
    process = about.explored.process
    used = tuple(terms)
    parts = []
    if any(place.suspends in used for place in process.places.values()):
        parts.append(worded("days on which a term stands still are not counted"))
    if any(set(own.step.does(Do.EXTEND)) & set(used) for own in about.explored.each_taken):
        parts.append(worded("an extension that the citizen is told adds to it"))
    return together((worded("every clock kept"), *parts), "; ")


def _days(count: int) -> str:
    return worded("{count} day", count=count) if count == 1 else worded("{count} days", count=count)


def _subsets(terms: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Sets of terms that may bound the wait; of very many terms each one, none, and all."""
    names = tuple(terms)
    if len(names) > MOST_TERMS:
        return iter(((), *((name,) for name in names), names))
    return chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))


# -- to a person


def _to_a_person(about: About, promise: WithinPromise, start: str, begins: Begins) -> Finding | Kept:
    """A step after which no task is due in time. Without a task the clock of a worker's place counts."""
    if start == ASKED:
        _, span = answered_by(about.graph.flow)
        said = _too_long(span, promise.length)
        if not said:
            return Kept(about.number, worded("every task in time"))
        message = worded(
            "Promise {number} is broken: after `{start}` {said}.", number=about.number, start=start, said=said
        )
        hint = worded("Promise it sooner under `contact`, or mend the promise.")
        return finding("P-PROMISE", about.where, message, hint)
    for state, own in about.explored.all_taken():
        if not begins(state, own):
            continue
        late = next(filter(None, (_too_long(span, promise.length) for span in _due(about, own))), "")
        if late:
            message = worded("after `{start}` {said}", start=start, said=late)
            hint = worded("Give the task less time, open one, or promise what you can keep.")
            return about.broken(message, hint, (*about.explored.ways[state], own))
    return Kept(about.number, worded("every task in time"))


def _due(about: About, own: Taken) -> Iterator[Span | None]:
    """By when each task of a step is due; without any, its worker's place; None: nobody has to do it at any time."""
    kinds = about.tasks(own)
    yield from (kind.within for kind in kinds)
    if not kinds:
        place = about.explored.process.places.get(own.step.target)
        length = place.within if place is not None and place.who == WORKER else None
        yield Span(duration=length) if length is not None else None


def _too_long(span: Span | None, most: Span) -> str:
    """What is wrong with a span beside the longest that was promised; "" when nothing is."""
    if span is None:
        return worded("nobody has to do it before a time")
    for unit in ("working_hours", "working_days"):
        own, limit = getattr(span, unit), getattr(most, unit)
        if own is not None and limit is not None:
            said = worded("a task is due within {count} {unit}", count=own, unit=worded(unit.replace("_", " ")))
            return said if own > limit else ""
    if span.duration is None and most.duration is not None:  # working time on the calendar, wide
        late = at_most(span) > parse_period(most.duration).at_most
        return worded("a task is due in working time that can take longer") if late else ""
    if span.duration is None or most.duration is None:
        return worded("a task is counted otherwise than the promise: write both in the same unit")
    mine, its = parse_period(span.duration).at_most, parse_period(most.duration).at_most
    return worded("a task is due within {length}", length=span.duration) if mine > its else ""
