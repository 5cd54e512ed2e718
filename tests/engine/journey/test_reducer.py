"""What follows from an event: outcomes, places, tasks, effects; and what is not allowed changes nothing."""

from __future__ import annotations

from functools import partial
from textwrap import dedent

import pytest

from engine.errors import AnswerError, RefusedEvent
from engine.graph.graph import Graph
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.replay import replay
from tests.engine.journey.travelling import REGISTER, Traveller, fact, facts, graph_of, worker

PLACE = """
doel:
  type: choice
  options: [vrij, plicht, spoed, doorsturen]
  hit: first
  table: |
    | haast | dik  || doel       |
    | yes   | -    || spoed      |
    | -     | < 31 || vrij       |
    | -     | > 99 || doorsturen |
    | -     | -    || plicht     |
"""
OUTCOMES = """
vrij: {kind: answer, text: Vrij}
plicht: {kind: refusal, text: Plicht, needs: [naam], remedy: {kind: bezwaar, within: P6W}}
spoed: {kind: task, task: kijk, needs: [foto, veilig], text: Spoed}
doorsturen: {kind: handover, to: "flow:kapvergunning", text: Door}
"""
FACTS = facts(
    fact("haast", "boolean"),
    fact("dik", "number", "unsure: worker"),
    fact("naam", "text"),
    fact("foto", "text"),
    'veilig: {type: boolean, from: [worker], skill: bomen, ask: "Veilig?", why: "Daarom."}',
)
TASKS = 'tasks: {kijk: {skill: bomen, within: {working_hours: 4}, text: "Kijk mee."}}\n'


def tree() -> Graph:
    """Four kinds of outcome, the standard process."""
    return graph_of(FACTS, PLACE, OUTCOMES, more=TASKS)


def prefilled() -> Graph:
    """A fact from a register, then a citizen; the goal reads it."""
    goal = 'doel: {type: choice, options: [wel, niet], is: if partner then "wel" else "niet"}'
    outcomes = "wel: {kind: grant, text: Ja}\nniet: {kind: answer, text: Nee}"
    more = "from: [register:brp.partner, citizen]"
    return graph_of(facts(fact("partner", "boolean", more), fact("naam", "text")), goal, outcomes)


def test_an_answer_leads_straight_to_its_outcome() -> None:
    """An outcome that is only an answer: settled, told, and the journey is where it is answered."""
    traveller = Traveller(tree()).answers(haast=False, dik=20)
    assert (traveller.journey.outcome, traveller.journey.place) == ("vrij", "answered")
    assert traveller.told() == ["outcome"]


def test_a_handover_is_handed_over_and_closed() -> None:
    """Where another organisation or flow goes on, it hears so at once."""
    traveller = Traveller(tree()).answers(haast=False, dik=120)
    assert traveller.journey.place == "closed"
    assert [effect.to for effect in traveller.effects if effect.type == "HandOver"] == ["flow:kapvergunning"]


def test_a_task_outcome_asks_what_the_citizen_can_tell_first() -> None:
    """The photo is asked before the task opens; the worker's own fact never delays it."""
    traveller = Traveller(tree()).answers(haast=True)
    assert traveller.relevant.askable == ("foto",)
    assert traveller.open_tasks() == []
    traveller.answer("foto", "gezien")
    assert traveller.journey.place == "judging"
    assert [(task.kind, task.skill) for task in traveller.open_tasks()] == [("kijk", "bomen")]
    assert "veilig" in traveller.may(worker()).judge


def test_the_given_event_is_stored_first() -> None:
    """What is stored begins with what was given; the rest is derived, by the engine, with ids of its own."""
    traveller = Traveller(tree()).answers(haast=False, dik=20)
    given, *derived = traveller.last.events
    assert given.id == "e3"
    assert [event.id for event in derived] == [f"e3.{number}" for number in range(2, len(derived) + 2)]
    assert {event.actor.kind for event in derived} == {ev.ActorKind.ENGINE}


def test_changing_an_answer_after_the_outcome_opens_the_journey_again() -> None:
    """From the answer back to the questions and on to the other outcome, in one event, the given one stored first."""
    traveller = Traveller(tree()).answers(haast=False, dik=20)
    step = traveller.answer("dik", 50)
    assert step.events[0].type == "AnswerGiven"
    assert traveller.journey.place == "answering"
    assert traveller.relevant.outcome == "plicht"
    assert traveller.relevant.askable == ("naam",)
    traveller.answer("naam", "Jan")
    assert traveller.journey.place == "checking"


def test_a_change_closes_the_tasks_of_the_place_it_leaves() -> None:
    """No worker is left with a task that is overtaken."""
    process = """
    process:
      steps: |
        | from                          | event       | by      | if | to        | do              |
        | judging                       | change      | citizen | -  | answering | -               |
        | answering, checking, answered | late:decide | clock   | -  | stay      | task teamleider |
    """
    graph = graph_of(FACTS, PLACE, OUTCOMES, more=TASKS + dedent(process))
    traveller = Traveller(graph).answers(haast=True, foto="gezien")
    assert len(traveller.open_tasks()) == 1
    traveller.answer("haast", False)
    assert traveller.open_tasks() == []
    assert traveller.last.effects[0].type == "CloseTask"


def test_changing_where_it_is_not_offered_is_refused_and_changes_nothing() -> None:
    """Once a worker judges, the citizen asks; the journey stays as it was."""
    traveller = Traveller(tree()).answers(haast=True, foto="gezien")
    before = traveller.journey
    with pytest.raises(RefusedEvent) as refused:
        traveller.answer("haast", False)
    assert refused.value.code == "refused.not_here"
    assert traveller.journey is before


def test_not_knowing_goes_to_a_worker_when_nothing_else_can_be_asked() -> None:
    """`unsure: worker`: the citizen told all, a worker finds it out, and the decision follows from that."""
    traveller = Traveller(tree()).answers(haast=False)
    traveller.do(ev.HelpWanted, fact="dik", leads_to="worker")
    assert traveller.journey.place == "checking"
    assert traveller.journey.outcome == ""
    traveller.step("submit")
    assert [task.kind for task in traveller.open_tasks()] == ["beoordelen"]
    assert traveller.may(worker()).judge == ("dik",)
    traveller.do(ev.JudgementGiven, worker(), fact="dik", value=50, motive="gemeten")
    assert traveller.journey.outcome == "plicht"


def test_help_leaves_the_question_open() -> None:
    """`unsure: help` shows help; a value of its own is an answer; without `unsure` it is not offered."""
    goal = 'doel: {type: choice, options: [wel, niet], is: if x = yes and y and z then "wel" else "niet"}'
    lines = facts(fact("x", "boolean", "unsure: value"), fact("y", "boolean", "unsure: help"), fact("z", "boolean"))
    graph = graph_of(lines, goal, "wel: {kind: answer, text: Ja}\nniet: {kind: answer, text: Nee}")
    traveller = Traveller(graph)
    assert [(ask.fact, ask.unsure) for ask in traveller.may().questions] == [("x", "value"), ("y", "help"), ("z", "")]
    traveller.do(ev.HelpWanted, fact="y", leads_to="help")
    assert "y" in traveller.relevant.askable
    for name, leads_to in (("y", "worker"), ("z", "help"), ("x", "worker")):
        with pytest.raises(RefusedEvent):
            traveller.do(ev.HelpWanted, fact=name, leads_to=leads_to)
    traveller.answer("x", "unsure")
    assert traveller.journey.outcome == "niet"


def test_a_disputed_fact_is_unknown_and_the_decision_waits() -> None:
    """Nothing is decided on a disputed fact; a worker settles it, and its task is done by that."""
    traveller = Traveller(prefilled())
    traveller.fetched("partner", False)
    assert (traveller.journey.outcome, traveller.journey.place) == ("niet", "answered")
    traveller.do(ev.FactDisputed, fact="partner", reason="Wij zijn getrouwd.")
    assert traveller.journey.outcome == ""
    assert traveller.relevant.askable == ()
    assert traveller.relevant.waiting == ("partner",)
    assert [(task.kind, task.fact) for task in traveller.open_tasks()] == [("dispute", "partner")]
    with pytest.raises(RefusedEvent):
        traveller.answer("partner", True)
    traveller.do(ev.DisputeSettled, worker(), fact="partner", value=True, motive="Akte gezien.")
    assert traveller.journey.outcome == "wel"
    assert traveller.open_tasks() == []


def test_a_dispute_opens_an_answered_journey_again() -> None:
    """Whoever disputes what the answer rests on, is answered anew once it is settled."""
    traveller = Traveller(prefilled())
    traveller.fetched("partner", False)
    traveller.do(ev.FactDisputed, fact="partner", reason="Nee.")
    assert traveller.journey.place != "answered"
    traveller.do(ev.DisputeSettled, worker(), fact="partner", value=False, motive="Klopt toch.")
    assert (traveller.journey.outcome, traveller.journey.place) == ("niet", "answered")


def test_only_what_somebody_else_supplied_can_be_disputed() -> None:
    """One's own answer is changed, not disputed; twice the same is nothing new."""
    traveller = Traveller(prefilled())
    with pytest.raises(RefusedEvent):
        traveller.do(ev.FactDisputed, fact="partner", reason="Nee.")
    traveller.answer("partner", True)
    with pytest.raises(RefusedEvent):
        traveller.do(ev.FactDisputed, fact="partner", reason="Nee.")


def test_a_register_never_overwrites_what_a_person_said() -> None:
    """A register that answers late comes too late."""
    traveller = Traveller(prefilled())
    traveller.answer("partner", True)
    with pytest.raises(RefusedEvent):
        traveller.do(ev.FactFetched, REGISTER, fact="partner", value=False, source="brp")
    assert traveller.journey.outcome == "wel"


def test_registers_are_asked_at_the_start() -> None:
    """One effect for each fact of which a register is the first supplier; an absent register is no dead end."""
    traveller = Traveller(prefilled())
    assert [(own.fact, own.source) for own in traveller.effects if own.type == "FetchFromRegister"] == [
        ("partner", "brp.partner")
    ]
    assert traveller.relevant.askable == ("partner",)


def test_withdrawing_ends_it_without_a_decision() -> None:
    """From the questions and from judging; tasks are closed, terms end, the citizen is told."""
    traveller = Traveller(tree()).answers(haast=True, foto="gezien")
    traveller.step("withdraw")
    assert traveller.journey.place == "withdrawn"
    assert traveller.open_tasks() == []
    assert not [clock for clock in traveller.journey.deadlines if clock.startswith("term:")]
    assert traveller.told()[-1] == "ingetrokken"
    with pytest.raises(RefusedEvent):
        traveller.step("withdraw")


def test_nobody_judges_their_own_proposal() -> None:
    """Four eyes: the step of the second pair is refused to the first, also when it comes from elsewhere."""
    process = """
    process:
      places:
        second_look: {who: worker, does: judge, under: decide, skill: bomen, title: "Een collega kijkt mee"}
      steps: |
        | from        | event    | by                 | if | to          | do              |
        | judging     | propose  | worker             | -  | second_look | task meekijken  |
        | second_look | agree    | worker not propose | -  | decided     | publish outcome |
        | second_look | disagree | worker not propose | -  | judging     | task beoordelen |
        | second_look | late     | clock              | -  | stay        | task teamleider |
    """
    tasks = 'tasks: {kijk: {skill: bomen, text: "Kijk."}, meekijken: {skill: bomen, text: "Kijk mee."}}\n'
    graph = graph_of(FACTS, PLACE, OUTCOMES, more=tasks + dedent(process))
    traveller = Traveller(graph).answers(haast=False, dik=50, naam="Jan")
    traveller.step("submit")
    traveller.step("propose", worker("anna"), outcome="plicht")
    assert "agree" not in traveller.may(worker("anna")).steps
    assert "agree" in traveller.may(worker("bram")).steps
    with pytest.raises(RefusedEvent) as refused:
        traveller.step("agree", worker("anna"))
    assert refused.value.code == "refused.four_eyes"
    traveller.step("agree", worker("bram"))
    assert traveller.journey.place == "decided"
    assert [own.outcome for own in traveller.effects if own.type == "Publish"] == ["plicht"]


def test_deviating_from_the_rules_takes_a_motive() -> None:
    """The professional has room, and says why; the proposed outcome is what is published."""
    traveller = Traveller(tree()).answers(haast=False, dik=50, naam="Jan")
    traveller.step("submit")
    with pytest.raises(RefusedEvent) as refused:
        traveller.step("propose", worker(), outcome="vrij")
    assert refused.value.code == "refused.motive_needed"
    traveller.step("propose", worker(), outcome="vrij", motive="De boom is ziek.")
    assert (traveller.journey.outcome, traveller.journey.proposed) == ("plicht", "vrij")
    assert [own.outcome for own in traveller.effects if own.type == "Publish"] == ["vrij"]


def test_nothing_is_not_proposed() -> None:
    """While a fact behind it is disputed there is no outcome: a worker settles that, or names one with a motive."""
    traveller = Traveller(tree()).answers(haast=False)
    traveller.do(ev.FactFetched, ev.Actor(kind=ev.ActorKind.REGISTER), fact="dik", value="50", source="bomen")
    traveller.answers(naam="Jan")
    traveller.step("submit")
    traveller.do(ev.FactDisputed, fact="dik", reason="Het is een struik.")
    assert traveller.journey.outcome == ""
    with pytest.raises(RefusedEvent) as refused:
        traveller.step("propose", worker())
    assert refused.value.code == "refused.outcome_needed"
    assert traveller.journey.place == "judging"
    assert not [own for own in traveller.effects if own.type == "Publish"]
    traveller.step("propose", worker(), outcome="plicht", motive="Ik zag de boom.")
    assert [own.outcome for own in traveller.effects if own.type == "Publish"] == ["plicht"]


def test_one_worker_claims_a_task() -> None:
    """A task has one holder; only the holder returns or finishes it."""
    traveller = Traveller(tree()).answers(haast=True, foto="gezien")
    task = traveller.open_tasks()[0].id
    traveller.do(ev.TaskClaimed, worker("anna"), task=task)
    for kind, code in (
        (ev.TaskClaimed, "refused.task_taken"),
        (ev.TaskReturned, "refused.task_taken"),
        (ev.TaskFinished, "refused.task_taken"),
    ):
        with pytest.raises(RefusedEvent) as refused:
            traveller.do(kind, worker("bram"), task=task)
        assert refused.value.code == code
    traveller.do(ev.TaskReturned, worker("anna"), task=task)
    traveller.do(ev.TaskClaimed, worker("bram"), task=task)
    traveller.do(ev.TaskFinished, worker("bram"), task=task, note="gebeld")
    with pytest.raises(RefusedEvent):
        traveller.do(ev.TaskFinished, worker("bram"), task=task)


def test_what_is_not_asked_is_not_accepted() -> None:
    """The flow decides what may be told now: unknown names, worker's facts, and questions that do not matter."""
    traveller = Traveller(tree()).answers(haast=False)
    for name, code in (
        ("veilig", "refused.not_askable"),
        ("naam", "refused.not_askable"),
        ("bestaat_niet", "refused.no_such_fact"),
        ("haast[0].x", "refused.no_such_fact"),
    ):
        with pytest.raises(RefusedEvent) as refused:
            traveller.answer(name, True)
        assert refused.value.code == code


def test_only_one_s_own_answers_are_withdrawn() -> None:
    """A citizen cannot make a register's fact or a worker's judgement go away."""
    traveller = Traveller(prefilled())
    traveller.fetched("partner", True)
    with pytest.raises(RefusedEvent):
        traveller.do(ev.AnswersWithdrawn, facts=("partner",))
    own = Traveller(tree()).answers(haast=False)
    own.do(ev.AnswersWithdrawn, facts=("haast",))
    assert own.relevant.next == "haast"


def test_a_check_refuses_the_answer_that_came_last_and_names_the_others() -> None:
    """Judged once all its facts are known, with the author's own sentence."""
    more = """
    checks:
      - {must: jaren <= leeftijd - 15, say: "U kunt hier niet voor uw vijftiende zijn begonnen."}
      - {must: leeftijd >= 10, say: "Zo jong?"}
    """
    goal = 'doel: {type: choice, options: [wel, niet], is: if leeftijd + jaren > 50 then "wel" else "niet"}'
    lines = facts(fact("leeftijd", "integer"), fact("jaren", "integer"))
    outcomes = "wel: {kind: answer, text: Ja}\nniet: {kind: answer, text: Nee}"
    graph = graph_of(lines, goal, outcomes, more=more)
    for first, second in (("leeftijd", "jaren"), ("jaren", "leeftijd")):
        traveller = Traveller(graph)
        values = {"leeftijd": 20, "jaren": 9}
        traveller.answer(first, values[first])
        with pytest.raises(AnswerError) as refused:
            traveller.answer(second, values[second])
        assert (refused.value.fact, refused.value.also) == (second, (first,))
        assert refused.value.say["nl"].startswith("U kunt hier niet")
    with pytest.raises(AnswerError):
        Traveller(graph).answer("leeftijd", 9)


def test_a_journey_is_the_fold_of_what_is_stored() -> None:
    """Replaying the stored events, without a rule, gives the very journey."""
    traveller = Traveller(tree()).answers(haast=True, foto="gezien")
    traveller.do(ev.PersonAsked, over=ev.Channel.PHONE, about="spoed")
    assert replay(partial(load_fact, traveller.graph), traveller.stored) == traveller.journey


def test_a_process_without_a_step_for_a_worker_asks_one_all_the_same() -> None:
    """Whatever the process says: when the citizen told all and the rules wait, somebody looks, once."""
    process = """
    process:
      from: none
      places:
        vragen: {who: citizen, does: questions, within: P90D, title: Vragen}
      ends: {klaar: Klaar}
      steps: |
        | from   | event   | by     | if | to    | do              |
        | vragen | settled | engine | -  | klaar | tell outcome    |
        | vragen | late    | clock  | -  | klaar | task teamleider |
    """
    graph = graph_of(
        facts(fact("x", "boolean"), fact("y", "boolean")),
        "doel:\n  type: choice\n  options: [wel]\n  hit: first\n  table: |\n    | x   || doel |\n    | yes || wel  |\n",
        "wel: {kind: answer, text: Ja}",
        more=process,
    )
    traveller = Traveller(graph).answers(x=False)
    assert traveller.relevant.stuck
    assert [(task.kind, task.reason) for task in traveller.open_tasks()] == [("needs_worker", "no_outcome")]
    traveller.answer("x", True)
    assert traveller.journey.place == "klaar"
