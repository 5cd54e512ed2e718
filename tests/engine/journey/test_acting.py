"""Who may act for the citizen, pausing and going on, channels that bring work, and remedies with their last day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from engine.errors import RefusedEvent
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.journey import events as ev
from engine.journey.codec import dump_journey, load_journey
from engine.journey.explain import explain
from engine.journey.remedies import told_outcome, told_proposal
from tests.architecture.tree import ROOT
from tests.engine.journey.travelling import MONDAY, Traveller, fact, facts, graph_of, worker

FACTS = facts(fact("klein", "boolean"), fact("oud", "boolean"))
GOAL = 'doel: {type: choice, options: [mag, mag_niet], is: if klein and oud then "mag" else "mag_niet"}'
OUTCOMES = """
mag: {kind: grant, text: "Het mag."}
mag_niet: {kind: refusal, text: "Het mag niet.", remedy: {kind: bezwaar, at: "ons", within: P6W, source: awb}}
"""


def flow() -> Graph:
    return graph_of(FACTS, GOAL, OUTCOMES, more='sources: {awb: {bwb: BWBR0005537, article: "6:7", title: "Awb"}}\n')


def friend(mandate: str = "m1") -> ev.Actor:
    return ev.Actor(kind=ev.ActorKind.REPRESENTATIVE, id=mandate)


def with_mandate(scope: str = "answer", days: int = 30) -> Traveller:
    own = Traveller(flow())
    until = own.at + timedelta(days=days)
    own.do(ev.Represented, mandate="m1", name="Jan Smit", relation="zoon", scope=scope, until=until)
    return own


def saved(own: Traveller) -> None:
    assert load_journey(own.graph, dump_journey(own.graph, own.journey)) == own.journey


def test_a_representative_answers_and_the_explanation_says_so():
    """What somebody else told for the citizen counts as the citizen's, and carries that person's name."""
    own = with_mandate()
    own.answer("klein", False, friend())
    assert own.journey.answers["klein"].supplier is ev.Supplier.CITIZEN
    own.answer("oud", True) if "oud" in own.relevant.askable else None
    used = explain(own.graph, own.journey).facts
    assert {fact.by for fact in used if fact.fact == "klein"} == {"Jan Smit"}
    saved(own)


@pytest.mark.parametrize(
    ("scope", "allowed"), [("read", set()), ("answer", {"AnswerGiven"}), ("all", {"AnswerGiven", "ReachGiven"})]
)
def test_a_mandate_allows_what_its_scope_says(scope: str, allowed: set[str]):
    """Reading is not answering, and answering is not deciding where the post goes."""
    tried: dict[str, tuple[type[ev.Event], dict[str, Any]]] = {
        "AnswerGiven": (ev.AnswerGiven, {"fact": "klein", "value": True}),
        "ReachGiven": (ev.ReachGiven, {"over": "email", "address": "a@example.org"}),
        "Represented": (ev.Represented, {"mandate": "m2", "name": "X", "until": MONDAY + timedelta(days=2)}),
    }
    for name, (kind, fields) in tried.items():
        own = with_mandate(scope)
        if name in allowed:
            own.do(kind, friend(), **fields)
            continue
        with pytest.raises(RefusedEvent, match=r"refused\.not_in_mandate"):
            own.do(kind, friend(), **fields)
    may = with_mandate(scope).may(friend())
    assert bool(may.questions) == ("AnswerGiven" in allowed)
    assert not may.may_represent


def test_a_mandate_ends_by_itself_and_by_the_citizen():
    """After its last moment, or once taken back, nothing can be done with it; others never existed."""
    own = with_mandate(days=2).later(days=3)
    with pytest.raises(RefusedEvent, match=r"refused\.no_mandate"):
        own.answer("klein", True, friend())
    own = with_mandate()
    own.do(ev.MandateEnded, mandate="m1")
    assert own.may().mandates == ()
    with pytest.raises(RefusedEvent, match=r"refused\.no_mandate"):
        own.answer("klein", True, friend())
    with pytest.raises(RefusedEvent, match=r"refused\.no_mandate"):
        own.answer("klein", True, friend("unknown"))


@pytest.mark.parametrize("days", [0, 400])
def test_a_mandate_ends_within_a_year(days: int):
    """Nobody is represented for ever by one click."""
    with pytest.raises(RefusedEvent, match=r"refused\.mandate_until"):
        with_mandate(days=days)


def test_a_pause_stops_the_citizens_clock_and_gives_the_time_back():
    """After a pause there is as much time left as before it, whether the citizen or the calendar ended it."""
    for ended_by_clock in (True, False):
        own = Traveller(flow())
        left = own.journey.deadlines["place"] - own.at
        own.do(ev.JourneyPaused, until=own.at + timedelta(days=20))
        assert "place" not in own.journey.deadlines
        assert "remind" not in own.journey.deadlines
        assert own.may().paused_until == own.at + timedelta(days=20)
        saved(own)
        if ended_by_clock:
            own.passed("pause")
            assert own.told() == ["resumed"]
        else:
            own.later(days=5).do(ev.JourneyResumed)
        assert own.journey.pause is None
        assert own.journey.deadlines["place"] - own.at == left
        saved(own)


def test_answering_ends_a_pause():
    """Who answers has gone on; nobody has to say so first."""
    own = Traveller(flow())
    own.do(ev.JourneyPaused, until=own.at + timedelta(days=20))
    own.later(days=1).answer("klein", True)
    assert own.journey.pause is None
    assert "pause" not in own.journey.deadlines


@pytest.mark.parametrize("days", [0, 91])
def test_a_pause_has_a_length(days: int):
    """Not shorter than half a day, not longer than 90 days."""
    own = Traveller(flow())
    with pytest.raises(RefusedEvent, match=r"refused\.pause_until"):
        own.do(ev.JourneyPaused, until=own.at + timedelta(days=days))


def test_where_a_legal_term_runs_there_is_no_pause():
    """The clock of the law is not ours to stop."""
    own = Traveller(flow()).answers(klein=False)
    own.step("submit")
    assert not own.may().may_pause
    with pytest.raises(RefusedEvent, match=r"refused\.no_pause"):
        own.do(ev.JourneyPaused, until=own.at + timedelta(days=5))


def test_a_letter_is_work_for_a_person_once():
    """Going on by letter puts one letter in the worklist, however often it is chosen."""
    own = Traveller(flow())
    for channel in ("letter", "web", "letter"):
        own.do(ev.ChannelSwitched, to=channel)
    assert [task.kind for task in own.open_tasks()] == ["send_letter"]
    assert own.open_tasks()[0].due is not None


def test_by_email_needs_an_address_and_sends_a_link():
    """Without an address there is nothing to mail to; with one a link goes out."""
    own = Traveller(flow())
    assert ev.Channel.EMAIL not in own.may().channels
    with pytest.raises(RefusedEvent, match=r"refused\.no_address"):
        own.do(ev.ChannelSwitched, to="email")
    own.do(ev.ReachGiven, over="email", address="a@example.org")
    assert ev.Channel.EMAIL in own.may().channels
    own.do(ev.ChannelSwitched, to="email")
    assert own.told() == ["resume_link"]
    saved(own)


def test_what_no_system_carries_out_becomes_a_task():
    """A payment or a handover without a system behind it is a person's work."""
    own = Traveller(flow())
    own.do(ev.WorkNeeded, ev.Actor(kind=ev.ActorKind.ENGINE), work="pay_out", about="terug", effect="e1/1")
    assert [(task.kind, task.reason) for task in own.open_tasks()] == [("pay_out", "terug")]


def test_a_worker_takes_the_citizens_step_as_told():
    """On the phone a worker submits for the citizen; without that word it is not the worker's to do."""
    own = Traveller(flow()).answers(klein=False)
    with pytest.raises(RefusedEvent, match=r"refused\.not_yours"):
        own.step("submit", worker())
    own.step("submit", worker(), on_behalf=True, channel="phone")
    assert own.journey.place == "judging"
    assert all(effect.told for effect in own.effects if effect.type == "Notify")


def decided() -> Traveller:
    own = Traveller(flow()).answers(klein=False)
    own.step("submit")
    own.step("propose", worker(), outcome="mag_niet")
    return own


def test_a_remedy_has_kind_place_term_and_last_day():
    """Six weeks from the day after the determination was made known (Awb 6:7, 6:8), by the Algemene termijnenwet."""
    own = decided()
    (remedy,) = own.may().remedies
    assert (remedy.kind, remedy.step, remedy.within, remedy.source) == ("bezwaar", "object", "P6W", "awb")
    assert remedy.last_day == date(2026, 4, 13)
    assert not remedy.late


def test_a_late_objection_is_taken_in_and_called_late():
    """Awb 6:11: whether lateness can be excused is judged by a person; the door stays open."""
    own = decided()
    own.passed("place")
    own.later(days=10)
    (remedy,) = own.may().remedies
    assert remedy.late
    own.step(remedy.step, motive="Ik lag in het ziekenhuis.")
    assert own.may().remedies == ()


def test_against_the_decision_on_an_objection_one_goes_to_court():
    """After bezwaar comes beroep, counted anew from the decision on the objection."""
    own = decided()
    own.step("object")
    own.later(days=7).step("propose", worker("bram"), outcome="mag_niet")
    (remedy,) = own.may().remedies
    assert (remedy.kind, remedy.step) == ("beroep", "go_to_judge")
    assert remedy.last_day == date(2026, 4, 20)


SECOND_LOOK = """
process:
  places:
    second_look: {who: worker, does: judge, under: object, skill: bomen, title: "Een collega kijkt mee"}
  steps: |
    | from        | event    | by                 | if | to          | do              |
    | objecting   | propose  | worker             | -  | second_look | task meekijken  |
    | second_look | agree    | worker not propose | -  | reviewed    | publish outcome |
    | second_look | disagree | worker not propose | -  | objecting   | task meekijken  |
    | second_look | late     | clock              | -  | stay        | task teamleider |
tasks: {meekijken: {skill: bomen, text: "Kijk mee."}}
sources: {awb: {bwb: BWBR0005537, article: "6:7", title: "Awb"}}
"""
DEVIATION = {"outcome": "mag", "motive": "De boom is ziek."}


def shown(own: Traveller) -> tuple[str, str, str]:
    """What its citizen may know: the outcome, why a worker deviated, the remedy against it."""
    proposal = told_proposal(own.graph, own.journey)
    remedies = ",".join(remedy.kind for remedy in own.may().remedies)
    return told_outcome(own.graph, own.journey), proposal.motive if proposal is not None else "", remedies


def test_a_later_proposal_is_nobodys_before_it_is_made_known():
    """On an objection a worker proposes otherwise: until a colleague agreed, the citizen sees what was published."""
    own = Traveller(graph_of(FACTS, GOAL, OUTCOMES, more=SECOND_LOOK)).answers(klein=False)
    own.step("submit")
    own.step("propose", worker(), outcome="mag_niet", motive="Te oud.")
    own.step("object")
    before = shown(own)
    assert before[:2] == ("mag_niet", "Te oud.")
    own.step("propose", worker("bram"), **DEVIATION)
    assert own.journey.proposed == "mag"
    assert shown(own) == before
    own.step("disagree", worker("carla"))
    assert shown(own) == before
    own.step("propose", worker("bram"), **DEVIATION)
    saved(own)
    own.step("agree", worker("carla"))
    assert shown(own) == ("mag", "De boom is ziek.", "")


def test_who_withdraws_an_objection_keeps_the_determination():
    """What a worker determined, and published, stands; what the rules said, or a colleague proposed since, does not."""
    own = Traveller(graph_of(FACTS, GOAL, OUTCOMES, more=SECOND_LOOK)).answers(klein=False)
    own.step("submit")
    own.step("propose", worker(), **DEVIATION)
    published = shown(own)[:2]
    assert (own.journey.outcome, published) == ("mag_niet", ("mag", "De boom is ziek."))
    own.step("object", motive="Niet eens.")
    own.step("propose", worker("bram"), outcome="mag_niet", motive="Toch niet.")
    own.step("disagree", worker("carla"))
    own.step("withdraw")
    assert own.journey.place == "withdrawn"
    assert shown(own) == (*published, "")


def test_nothing_is_determined_for_who_withdraws_before():
    """The rules had come to an outcome; nobody determined it, so there is none."""
    own = Traveller(flow()).answers(klein=False)
    own.step("submit")
    own.step("withdraw")
    assert (own.journey.outcome, told_outcome(own.graph, own.journey)) == ("mag_niet", "")


def test_a_proposal_kept_from_before_stands_until_the_next_is_made_known():
    """A journey that was saved before proposals were kept one by one: the published one goes on to be the known one."""
    own = Traveller(graph_of(FACTS, GOAL, OUTCOMES, more=SECOND_LOOK)).answers(klein=False)
    own.step("submit")
    own.step("propose", worker(), outcome="mag_niet", motive="Te oud.")
    plain = dump_journey(own.graph, own.journey)
    del plain["proposals"]
    own._journey = load_journey(own.graph, plain)
    own.step("object")
    assert shown(own)[:2] == ("mag_niet", "Te oud.")
    own.step("propose", worker("bram"), **DEVIATION)
    assert shown(own)[:2] == ("mag_niet", "Te oud.")


def test_every_example_flow_lets_a_citizen_pause_or_names_why_not():
    """Where a flow asks its first questions within a span, the citizen may stop for a while."""
    for path in sorted((ROOT / "flows").glob("*/flow.yaml")):
        graph = load_flow(path.read_text(encoding="utf-8"), path.parent.name)
        place = graph.process.places[graph.process.start]
        waits_for_answers = place.does == "questions" and bool(place.within)
        assert Traveller(graph).may().may_pause == waits_for_answers
