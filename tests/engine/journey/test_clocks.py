"""Clocks of a journey: places, reminders, legal terms that are extended and stand still, promises, late once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.errors import RefusedEvent
from engine.flow.model import Span
from engine.graph.graph import Graph
from engine.journey import clocks
from engine.journey import events as ev
from tests.engine.journey.travelling import CLOCK, MONDAY, Traveller, fact, facts, graph_of, worker

NETHERLANDS = ZoneInfo("Europe/Amsterdam")
GOAL = """
doel:
  type: choice
  options: [wel, niet]
  is: if x then "wel" else "niet"
"""
REMEDY = "remedy: {kind: bezwaar, within: P6W}"
OUTCOMES = f"""
wel: {{kind: grant, text: Ja, {REMEDY}}}
niet: {{kind: refusal, text: Nee, {REMEDY}}}
"""


def standard(more: str = "") -> Graph:
    """One question, the standard process, a refusal that a worker judges."""
    return graph_of(facts(fact("x", "boolean")), GOAL, OUTCOMES, more=more)


def last_day(moment: datetime) -> date:
    """The last day in the Netherlands before a clock runs out."""
    return (moment.astimezone(NETHERLANDS) - timedelta(microseconds=1)).date()


def submitted(more: str = "") -> Traveller:
    """A citizen whose request is being judged, sent on Monday 2 March 2026."""
    traveller = Traveller(standard(more))
    traveller.answers(x=False).step("submit")
    return traveller


def test_a_place_starts_its_clock_and_its_reminder() -> None:
    """Entering the first place: 90 days to answer, a reminder 60 days before the end."""
    traveller = Traveller(standard())
    deadlines = traveller.journey.deadlines
    assert last_day(deadlines["place"]) == date(2026, 5, 31)
    assert last_day(deadlines["remind"]) == date(2026, 4, 1)


def test_a_reminder_is_sent_once() -> None:
    """When the reminder's moment comes the citizen hears of the deadline, and only once."""
    traveller = Traveller(standard())
    traveller.passed("remind")
    assert traveller.told() == ["reminder"]
    assert traveller.effects[-1].deadline == traveller.journey.deadlines["place"]  # type: ignore[union-attr]
    traveller.passed("remind")
    assert traveller.told() == ["reminder"]


def test_the_clock_of_a_place_ends_with_the_place() -> None:
    """After the questions the 90 days no longer count; a timer of the earlier place does nothing."""
    traveller = Traveller(standard()).answers(x=False)
    assert traveller.journey.place == "checking"
    before = traveller.journey
    traveller.at = MONDAY + timedelta(days=100)
    traveller.do(ev.DeadlinePassed, CLOCK, clock="place", entry=1)
    assert traveller.journey.place == "checking"
    assert traveller.journey.passed == before.passed == {}


def test_a_timer_that_comes_too_early_does_nothing() -> None:
    """A clock that moved on has not run out, whatever an old timer says."""
    traveller = Traveller(standard())
    traveller.do(ev.DeadlinePassed, CLOCK, clock="place", entry=1)
    assert traveller.journey.place == "answering"


def test_late_in_a_place_is_taken() -> None:
    """Who does not answer in time: the journey expires and the citizen is told."""
    traveller = Traveller(standard())
    traveller.passed("place")
    assert traveller.journey.place == "expired"
    assert traveller.told() == ["verlopen"]


def test_a_term_starts_with_its_event_and_is_told() -> None:
    """Sending starts the eight weeks of Awb 4:13; the text that says so names that very day."""
    traveller = submitted()
    until = traveller.journey.deadlines["term:decide"]
    assert last_day(until) == date(2026, 4, 28)  # 27 April is King's Day: Algemene termijnenwet 1(1)
    assert [(effect.text, effect.deadline) for effect in traveller.effects if effect.type == "Notify"] == [
        ("ontvangen", until)
    ]


def test_a_term_that_leads_to_its_end_at_once_does_not_run() -> None:
    """A grant that is decided at once: nothing is waited for."""
    traveller = Traveller(standard())
    traveller.answers(x=True).step("submit")
    assert traveller.journey.place == "decided"
    assert "term:decide" not in traveller.journey.deadlines


def test_a_term_that_is_late_escalates_once() -> None:
    """The team leader gets one task, the citizen one notice, however often the timer comes."""
    traveller = submitted()
    traveller.passed("term:decide")
    traveller.passed("term:decide")
    assert [task.kind for task in traveller.open_tasks()].count("teamleider") == 1
    assert traveller.told().count("te_laat") == 1
    assert "term:decide" in traveller.journey.deadlines  # people still see which day was not met


def test_extending_adds_the_length_of_the_named_term_only() -> None:
    """`extend decide` runs that term once more its length, and the citizen hears the new day."""
    terms = "process:\n  terms: {vooraf: {starts: submit, ends: [decided, withdrawn, expired], length: P30W}}\n"
    rows = """
      steps: |
        | from | event | by | if | to | do |
        | judging, completing | late:vooraf | clock | - | stay | task teamleider |
    """
    traveller = submitted(terms + "  " + "\n  ".join(line[6:] for line in rows.strip("\n").splitlines()) + "\n")
    other = traveller.journey.deadlines["term:vooraf"]
    traveller.step("extend", worker())
    assert last_day(traveller.journey.deadlines["term:decide"]) == date(2026, 6, 22)
    assert traveller.journey.deadlines["term:vooraf"] == other
    notice = traveller.effects[-1]
    assert notice.type == "Notify"
    assert (notice.text, notice.deadline) == ("uitstel", traveller.journey.deadlines["term:decide"])


def test_an_extended_term_can_be_late_again() -> None:
    """What ran out and was extended runs out once more."""
    traveller = submitted()
    traveller.passed("term:decide")
    traveller.step("extend", worker())
    traveller.passed("term:decide")
    assert [task.kind for task in traveller.open_tasks()].count("teamleider") == 2


def test_a_term_stands_still_while_something_is_missing() -> None:
    """Awb 4:15: in `completing` no day counts; afterwards the last day has moved by as many days."""
    traveller = submitted()
    traveller.later(days=10).step("ask_more", worker())
    assert "term:decide" not in traveller.journey.deadlines
    assert traveller.journey.terms["decide"].stands_still
    traveller.later(days=10).step("submit")  # the day of asking counts, that of the answer too: nine do not
    assert last_day(traveller.journey.deadlines["term:decide"]) == date(2026, 5, 6)


def test_a_term_that_stands_still_twice_moves_twice() -> None:
    """Every pause counts, and only while it lasted."""
    traveller = submitted()
    for _ in range(2):
        traveller.later(days=2).step("ask_more", worker())
        traveller.later(days=6).step("submit")
    assert last_day(traveller.journey.deadlines["term:decide"]) == date(2026, 5, 7)  # 27 April and twice five days


def test_a_term_ends_where_it_says() -> None:
    """After the decision nothing of it runs any more, and an old timer is nothing."""
    traveller = submitted()
    traveller.step("propose", worker(), outcome="niet")
    assert "term:decide" not in traveller.journey.deadlines
    traveller.later(weeks=9).do(ev.DeadlinePassed, CLOCK, clock="term:decide", entry=3)
    assert traveller.journey.place == "decided"


ADVANCE = """
process:
  terms:
    decide: {starts: submit, ends: [decided, withdrawn, expired], length: P8W}
    advance: {starts: submit, ends: [pay_advance, decided, withdrawn, expired], length: P4W}
  steps: |
    | from | event | by | if | to | do |
    | judging, completing | pay_advance | worker | - | stay | pay voorschot; tell voorschot |
    | judging, completing | late:advance | clock | - | stay | task teamleider |
texts: {voorschot: "U krijgt een voorschot."}
"""


def test_a_term_can_end_by_a_step_that_leads_nowhere() -> None:
    """The advance payment ends its four weeks although the journey stays where it is."""
    traveller = submitted(ADVANCE)
    assert last_day(traveller.journey.deadlines["term:advance"]) == date(2026, 3, 30)
    traveller.step("pay_advance", worker())
    assert "term:advance" not in traveller.journey.deadlines
    assert traveller.journey.terms["advance"].ended is not None
    assert "term:decide" in traveller.journey.deadlines


def test_a_term_that_lapses_elsewhere_has_its_own_row() -> None:
    """`late:advance` asks somebody to look, and the journey stays."""
    traveller = submitted(ADVANCE)
    traveller.passed("term:advance")
    assert traveller.journey.place == "judging"
    assert "teamleider" in [task.kind for task in traveller.open_tasks()]


def test_objection_runs_its_own_term() -> None:
    """Six weeks of Awb 7:10 from the objection; another worker than the one who decided."""
    traveller = submitted()
    traveller.step("propose", worker("anna"), outcome="niet")
    traveller.step("object")
    assert last_day(traveller.journey.deadlines["term:object"]) == date(2026, 4, 13)
    with pytest.raises(RefusedEvent) as refused:
        traveller.step("propose", worker("anna"), outcome="niet")
    assert refused.value.code == "refused.four_eyes"
    traveller.step("propose", worker("bram"), outcome="niet")
    assert traveller.journey.place == "reviewed"
    assert "term:object" not in traveller.journey.deadlines


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(working_hours=4), "2026-03-06 15:00"),
        (Span(working_days=2), "2026-03-10 17:00"),
        (Span(duration="P5D"), "2026-03-12 00:00"),
        (Span(duration="PT4H"), "2026-03-06 15:00"),
        (None, None),
    ],
)
def test_promises_count_opening_hours_or_the_calendar(span: Span | None, expected: str | None) -> None:
    """From Friday 6 March 11:00: working days are days of being open, an ISO duration is the calendar."""
    friday = datetime(2026, 3, 6, 11, 0, tzinfo=NETHERLANDS)
    found = clocks.promised(standard(), span, friday)
    assert (found.astimezone(NETHERLANDS).strftime("%Y-%m-%d %H:%M") if found else None) == expected


def test_the_standard_kinds_of_task_bring_skill_and_promise() -> None:
    """A flow that defines no tasks gets those of the standard: who can do it and how soon."""
    traveller = submitted()
    task = next(task for task in traveller.open_tasks() if task.kind == "beoordelen")
    assert task.skill == "behandelaar"
    assert task.due is not None
    assert task.due < traveller.journey.deadlines["term:decide"]


def test_a_flow_s_own_task_wins_over_the_standard_s() -> None:
    """Same name, own skill and promise."""
    traveller = submitted('tasks: {beoordelen: {skill: bomen, within: P1D, text: "Beoordeel dit."}}\n')
    task = next(task for task in traveller.open_tasks() if task.kind == "beoordelen")
    assert (task.skill, last_day(task.due)) == ("bomen", date(2026, 3, 3))  # type: ignore[arg-type]


def test_a_promise_to_call_is_watched() -> None:
    """Asking for a person promises a moment; when nobody called by then, somebody else sees to it, once."""
    traveller = Traveller(standard())
    traveller.do(ev.PersonAsked, over=ev.Channel.PHONE)
    task = traveller.open_tasks()[0]
    assert traveller.journey.deadlines[f"task:{task.id}"] == task.due
    traveller.passed(f"task:{task.id}")
    traveller.passed(f"task:{task.id}")
    assert [own.kind for own in traveller.open_tasks()] == ["ask_person", "teamleider"]
    assert traveller.told() == ["te_laat"]


def test_a_promise_that_was_kept_rings_no_bell() -> None:
    """The task done in time stops its clock."""
    traveller = Traveller(standard())
    traveller.do(ev.PersonAsked, over=ev.Channel.DESK)
    task = traveller.open_tasks()[0]
    traveller.do(ev.TaskClaimed, worker(), task=task.id)
    traveller.do(ev.TaskFinished, worker(), task=task.id)
    assert f"task:{task.id}" not in traveller.journey.deadlines
    traveller.later(days=7).do(ev.DeadlinePassed, CLOCK, clock=f"task:{task.id}", entry=1)
    assert traveller.open_tasks() == []


def test_the_promise_is_that_of_the_channel_asked_for() -> None:
    """A desk that opens later promises later than the telephone."""
    more = """
    channels:
      web: {}
      phone: {number: 14 020, open: [mo-fr 09:00-17:00]}
      desk: {where: "Plein 1", open: [mo-fr 13:00-17:00]}
    contact: {ask_person: {over: [phone, desk], skill: balie, within: {working_hours: 2}}}
    """
    traveller = Traveller(standard(more))
    for way in traveller.may().contact:
        traveller.do(ev.PersonAsked, over=way.channel)
        assert traveller.journey.contacts[-1].due == way.promise
    assert traveller.journey.contacts[0].due != traveller.journey.contacts[1].due


DAY = """
doel:
  type: choice
  options: [ja]
  is: '"ja"'
"""


def test_a_place_waits_until_a_date_and_moves_with_it() -> None:
    """`until` a fact: its clock starts when the date comes in, and follows when it changes."""
    process = """
    process:
      from: none
      places:
        wachten: {who: citizen, does: questions, until: dag, title: Wachten}
      ends: {klaar: Klaar}
      steps: |
        | from    | event | by      | if | to    | do |
        | wachten | stop  | citizen | -  | klaar | -  |
        | wachten | late  | clock   | -  | klaar | -  |
    """
    outcomes = "ja: {kind: answer, needs: [dag], text: Klaar}"
    graph = graph_of(facts(fact("dag", "date")), DAY, outcomes, more=process)
    traveller = Traveller(graph)
    assert "place" not in traveller.journey.deadlines
    traveller.answer("dag", "2026-04-10")
    assert last_day(traveller.journey.deadlines["place"]) == date(2026, 4, 10)
    traveller.answer("dag", "2026-04-20")
    assert last_day(traveller.journey.deadlines["place"]) == date(2026, 4, 20)
    traveller.passed("place")
    assert traveller.journey.place == "klaar"
