"""A legal term that has ended starts anew with its event: a second objection, a second application."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.replay import replay
from tests.engine.journey.test_clocks import NETHERLANDS, last_day, submitted
from tests.engine.journey.travelling import CLOCK, MONDAY, Traveller, worker


def objected_twice() -> Traveller:
    """Decided on 2 March, objected then, decided again, closed; a second objection on Friday 1 May."""
    traveller = submitted()
    traveller.step("propose", worker("anna"), outcome="niet")
    traveller.step("object")
    traveller.step("propose", worker("bram"), outcome="niet")
    traveller.step("go_to_judge")
    assert traveller.journey.place == "closed"
    traveller.at = datetime(2026, 5, 1, 9, 0, tzinfo=NETHERLANDS)
    traveller.step("object")
    return traveller


def test_a_second_objection_has_its_own_six_weeks() -> None:
    """Awb 7:10 counts for each objection: the second one from the day on which it came, not from the first."""
    traveller = objected_twice()
    run = traveller.journey.terms["object"]
    assert (run.started, run.ended, run.extensions, run.pauses) == (traveller.at, None, 0, ())
    assert last_day(traveller.journey.deadlines["term:object"]) == date(2026, 6, 12)
    assert traveller.effects[-2].type == "Notify"
    assert traveller.effects[-2].deadline == traveller.journey.deadlines["term:object"]


def test_the_timer_of_the_first_objection_does_not_ring_for_the_second() -> None:
    """A timer set for 13 April that comes late finds a term that runs until June; that one is late once."""
    traveller = objected_twice()
    first = datetime(2026, 4, 13, 22, 0, tzinfo=NETHERLANDS)
    assert first < traveller.at
    traveller.do(ev.DeadlinePassed, CLOCK, clock="term:object", entry=4)
    assert "teamleider" not in [task.kind for task in traveller.open_tasks()]
    for _ in range(2):
        traveller.passed("term:object")
        assert [task.kind for task in traveller.open_tasks()].count("teamleider") == 1
    assert traveller.journey.place == "objecting"


def test_a_term_that_ran_before_is_replayed_as_it_was_stored() -> None:
    """Each start is an event: a replay has both, and history in which a second start is missing stays as it was."""
    traveller = objected_twice()
    load = partial(load_fact, traveller.graph)
    assert replay(load, traveller.stored) == traveller.journey
    turns = [own.turn for own in traveller.stored if isinstance(own, ev.ClockSet) and own.clock == "term:object"]
    assert turns == ["started", "ended", "started"]
    earlier = [own for own in traveller.stored if not (isinstance(own, ev.ClockSet) and own.at == traveller.at)]
    assert replay(load, earlier).terms["object"].ended is not None


def test_a_second_request_for_what_is_missing_stops_the_same_term_again() -> None:
    """Awb 4:15: both pauses are added to the eight weeks; sending again in between starts nothing anew."""
    traveller = submitted()
    for days in (4, 10):
        traveller.step("ask_more", worker())
        assert "term:decide" not in traveller.journey.deadlines
        traveller.later(days=days)
        traveller.step("submit")
    run = traveller.journey.terms["decide"]
    assert (run.started, len(run.pauses)) == (MONDAY, 2)
    assert last_day(traveller.journey.deadlines["term:decide"]) == date(2026, 5, 11)


AGAIN = """
process:
  steps: |
    | from | event | by | if | to | do |
    | closed | apply_again | citizen | - | checking | - |
"""


def test_a_new_application_after_the_decision_has_its_own_term() -> None:
    """Awb 4:13: the term to decide belongs to an application; the second one starts it anew, with its whole length."""
    traveller = submitted(AGAIN)
    traveller.step("extend", worker())
    traveller.step("propose", worker("anna"), outcome="niet")
    traveller.passed("place")
    assert traveller.journey.place == "closed"
    traveller.step("apply_again")
    assert "term:decide" not in traveller.journey.deadlines
    traveller.at = datetime(2026, 6, 1, 9, 0, tzinfo=NETHERLANDS)
    traveller.step("submit")
    assert traveller.journey.terms["decide"].extensions == 0
    assert last_day(traveller.journey.deadlines["term:decide"]) == date(2026, 7, 27)
