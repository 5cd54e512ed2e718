"""Promises about the process, held against every way that a journey can go (`engine.harness.explore`).

Ways are finite: from the first place, step by step. `given(o)`: a step publishes, tells, hands on or first shows
outcome o. `at(p)`: the journey is in place p. In the words of temporal logic (CTL; Clarke and Emerson, 1981):

    promise                                   holds when                                        broken by a way
    every: {outcome: o, passes: [p, q]}       A[ not given(o) W (at(p) or at(q)) ]              to given(o) before
    every: {outcome: o, does: a}              AG( given(o) -> a )                               to given(o) without it
    every: {enters: r, passes: [p, e]}        A[ not at(r) W (at(p) or e) ]                     to r before
    always: {event: e, reaches: worker}       AG( e -> a worker has the move or a task opens )  to an e with neither
    always: {event: e, reaches: [p, q]}       AG( e -> at(p) or at(q) )                         to an e elsewhere
    always: {enters: p, does: a, by: w}       AG( enter(p) -> a is done, and it is w's step )   to p without it
    always: {event: e, apart_from: f}         AG( e -> not by the worker who took f )           to an e by the same
    never: {enters: p, when: x}               AG( not (enter(p) and x) )                        to p, and a citizen
    may: {step: s, in: p, when: x}            AG( at(p) and x -> EX s )                         to p, and a citizen
    may: {step: s, in: p, reaches: q}         AG( at(p) -> EX (s and at(q)) )                   to p, and a citizen
    within: {from: e, to: [p, q], length: L}  each e: A F(<= L) (at(p) or at(q) or an end)      that can take longer
    within: {from: e, to: a, length: L}       each e: A F(<= L) (a, or an end that is chosen)   that can take longer
    within: {from: e, to: worker, length: L}  each e: its tasks are due within L                to an e with a later one

`within` counts what the process plans, every clock kept: a place is left when its clock runs out at the latest, a term
has ended when its length is over. While a term runs its places count together, at most its length; days on which it
stands still are not counted (Awb 4:15), nor are extensions, which the citizen is told (Awb 4:14). Where no clock runs,
or only one until a date that the flow does not know, nothing bounds the wait. Each set of terms gives a bound; the
least of them counts. Clocks are whole: a way that is found can take that long.

A promise about an event or a place that the process does not have says nothing, which is a finding too.
Called by `engine.harness.process_proof`; tests: tests/engine/harness/test_process_promises.py and
test_promises_given.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.errors import Where
from engine.flow.model import Promise
from engine.harness.explore import Explored
from engine.harness.finding import Finding
from engine.harness.guards import Guards
from engine.harness.inquiry import Inquiry
from engine.harness.moments import Fits
from engine.harness.process_about import About, Kept
from engine.harness.process_known import ProcessKnown
from engine.harness.process_steps import always, every, may, never
from engine.harness.process_times import within


def check_promises(inquiry: Inquiry, known: ProcessKnown, guards: Guards) -> Iterator[Finding | Kept]:
    """Each promise about the process, in order. What cannot be said of a citizen is named by the inquiry."""
    graph = inquiry.graph
    for number, promise in enumerate(graph.flow.promises, 1):
        marks = graph.promise_marks
        where = marks[number - 1] if number <= len(marks) else Where()
        checked = known.promise(number, partial(_looked, Fits(inquiry, guards, number), promise, where))
        if checked is not None:
            yield checked


def _looked(fits: Fits, promise: Promise, where: Where, explored: Explored) -> Finding | Kept | None:
    return _check(About(fits.graph, explored, fits.number, where), fits, promise)


def _check(about: About, fits: Fits, promise: Promise) -> Finding | Kept | None:
    """One promise; None for one about values."""
    if promise.every is not None:
        return every(about, promise.every)
    if promise.within is not None:
        return within(about, fits, promise.within)
    if promise.may is not None:
        return may(about, fits, promise.may)
    if promise.never is not None and not promise.never.outcome:
        return never(about, fits, promise.never)
    if promise.always is not None and promise.always.any_step:
        return always(about, promise.always)
    return None
