"""A journey as a page: what comes next, in which words, with which ways out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from engine.errors import AnswerError
from engine.journey import events as ev
from tests.ui_schema.walks import Walk, compiled, graph_of
from ui_schema.build import page
from ui_schema.build_fields import Attempt
from ui_schema.export import page_schema
from ui_schema.messages import attempts
from ui_schema.page import Page, PageKind
from ui_schema.scene import Wanted
from ui_schema.shape import ActionKind, Language, MomentState

NEEDS_WORKER = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
sources: {wet: {title: "De wet", bwb: BWBR0005537, article: "1"}}
facts:
  groot: {type: boolean, ask: "Is het groot?", why: "Groot mag niet altijd.", unsure: worker}
  lengte: {type: number, unit: "cm", min: 1, max: 500, ask: "Hoe lang is het?", why: "Dan weten we genoeg."}
  bewoner: {type: person, from: [register:brp.persoon, citizen], ask: "Wie bent u?", why: "Voor het besluit."}
decisions:
  mag:
    type: choice
    options: [wel, niet]
    hit: first
    table: |
      | groot | lengte || mag  | source | because     |
      |-------|--------||------|--------|-------------|
      | yes   | > 100  || niet | wet    | te lang     |
      | -     | -      || wel  | wet    | dat kan wel |
outcomes:
  wel: {kind: grant, rank: 1, needs: [bewoner], text: "Het mag."}
  niet:
    kind: refusal
    rank: 0
    needs: [bewoner]
    text: "Het mag niet."
    remedy: {kind: bezwaar, within: P6W, source: wet, at: "Postbus 1"}
"""


def walk() -> Walk:
    """A fresh journey of boom-kappen."""
    return Walk(graph_of("boom-kappen"))


def seen(own: Walk, kind: PageKind | None = None, language: Language = Language.NL, **wanted: Any) -> Page:
    """The page of a walk."""
    return page(own.graph, own.journey, language, Wanted(now=own.now, kind=kind, history=tuple(own.history), **wanted))


def test_first_page_is_the_recommended_question() -> None:
    """It asks one thing, says why, and offers the other questions that are open."""
    shown = seen(walk())
    assert shown.kind is PageKind.QUESTION
    assert [field.id for field in shown.fields] == ["spoed"]
    assert shown.fields[0].why
    assert shown.fields[0].help
    assert "werk" in [choice.fact for choice in shown.choices]
    assert shown.back is not None
    assert shown.back.kind is ActionKind.HOME


def test_any_open_question_can_be_chosen() -> None:
    """The page asks the chosen question; the engine's own advice is then among the others."""
    shown = seen(walk(), PageKind.QUESTION, fact="werk")
    assert [field.id for field in shown.fields] == ["werk"]
    assert "spoed" in [choice.fact for choice in shown.choices]


def test_progress_is_never_a_percentage_and_never_behind() -> None:
    """Step and estimate are whole numbers, and the step is at most the estimate."""
    own = walk()
    for answer in ({}, {"spoed": False}, {"werk": "snoeien"}):
        shown = seen(own.answer(answer)) if answer else seen(own)
        assert shown.progress is not None
        assert shown.progress.step <= shown.progress.about
        assert "%" not in shown.progress.text


def test_back_leads_to_the_answer_before() -> None:
    """From the second question back leads to the first, with its answer in the field."""
    own = walk().answer({"spoed": False})
    back = seen(own).back
    assert back is not None
    assert back.fact == "spoed"
    again = seen(own, PageKind.QUESTION, fact="spoed")
    assert again.fields[0].value is False


def test_the_answer_comes_with_its_reasons_in_three_grades() -> None:
    """Short reason, the facts with who told them, the rules with their source."""
    own = walk().answer({"spoed": False, "omtrek_31_of_meer": False, "herplant_boom": False})
    shown = seen(own)
    assert shown.kind is PageKind.OUTCOME
    assert shown.outcome is not None
    assert shown.outcome.id == "toestemmingsvrij"
    why = shown.outcome.explanation
    assert why is not None
    assert "dun" in why.short
    assert {use.supplier for use in why.why} == {"uzelf"}
    assert all(step.source for step in why.rules)


def test_rows_that_count_together_are_named_with_all_their_reasons() -> None:
    """A list in the order of its rows: its labels, the reasons and the row numbers, on the citizen's page."""
    text = (Path(__file__).parents[1] / "engine" / "graph" / "in_order.yaml").read_text("utf-8")
    shown = seen(Walk(compiled(text)).answer({"spoed": True, "partner": True, "loon": "50"}))
    assert shown.outcome is not None
    assert shown.outcome.explanation is not None
    assert shown.outcome.values[0].items == ("Bewijs van haast", "Uw trouwakte", "Uw loonstrook", "Uw paspoort")
    own = shown.outcome.explanation.rules[-1]
    assert own.concludes == "Papieren: Bewijs van haast, Uw trouwakte, Uw loonstrook en Uw paspoort"
    assert own.because == "u hebt haast, u bent samen en het moet"
    assert own.rule == "papieren, regels 1, 3 en 4"


def test_urgency_leads_to_a_person_with_a_promise() -> None:
    """The outcome that is a task says who calls and before when."""
    shown = seen(walk().answer({"spoed": True}))
    assert shown.kind is PageKind.OUTCOME
    assert shown.outcome is not None
    assert shown.outcome.kind == "task"
    assert [promise.text for promise in shown.outcome.next] == ["U hoort voor vandaag 15.22 uur van ons."]


@pytest.mark.parametrize("kind", list(PageKind))
@pytest.mark.parametrize("language", list(Language))
def test_every_page_is_valid_and_keeps_the_way_to_a_person(kind: PageKind, language: Language) -> None:
    """Whatever is asked for: the published schema holds, and two ways to a person of which one is not digital."""
    if kind in (PageKind.HOME, PageKind.DEMO, PageKind.START, PageKind.RESUME, PageKind.ERROR):
        pytest.skip("a page without a journey")
    shown = seen(walk().answer({"spoed": False}), kind, language, fact="werk" if kind is PageKind.QUESTION else "spoed")
    jsonschema.Draft202012Validator(page_schema()).validate(json.loads(shown.model_dump_json(by_alias=True)))
    assert shown.contact is not None
    assert len(shown.contact.ways) >= 2
    assert any(not way.digital for way in shown.contact.ways)


def test_the_same_page_in_english() -> None:
    """Texts of the flow and of the product change together."""
    shown = seen(walk(), language=Language.EN)
    assert shown.title == "Is it urgent, or is there immediate danger?"
    assert shown.form is not None
    assert shown.form.submit.label == "Continue"
    assert shown.disclaimer.startswith("This is an example")


def test_phone_is_open_in_its_hours_and_says_when_it_opens() -> None:
    """Monday morning it is open; at night the page says when it opens next."""
    own = walk()
    phone = next(way for way in seen(own).contact.ways if way.channel == "phone")  # type: ignore[union-attr]
    assert (phone.open_now, phone.now) == (True, "Nu open tot 17.00 uur")
    assert phone.dial == "0880000000"
    night = own.now.replace(hour=22)
    late = page(own.graph, own.journey, Language.NL, Wanted(now=night)).contact
    assert late is not None
    assert next(way.now for way in late.ways if way.channel == "phone") == "Weer open morgen om 8.30 uur"


def test_asking_for_a_person_shows_the_promise_everywhere() -> None:
    """After the request every page carries what was promised."""
    own = walk().take(ev.PersonAsked, over="phone", contact="06 12345678")
    for kind in (None, PageKind.STATUS, PageKind.CONTACT):
        asked = seen(own, kind).contact
        assert asked is not None
        assert [promise.text for promise in asked.asked] == ["Een boomdeskundige belt u voor vandaag 15.22 uur."]


def test_status_tells_past_present_and_future() -> None:
    """What happened, where it stands, what comes next."""
    shown = seen(walk().answer({"spoed": True}), PageKind.STATUS)
    states = [moment.state for moment in shown.timeline]
    assert states[0] is MomentState.DONE
    assert MomentState.NOW in states
    assert MomentState.NEXT in states
    assert shown.timeline[0].title == "U bent begonnen"


def test_a_refused_answer_stands_there_as_it_was_typed() -> None:
    """The field shows what was typed with a sentence that says what to do, and no echo in that sentence."""
    own = Walk(compiled(NEEDS_WORKER)).answer({"groot": True})
    errors = [AnswerError("lengte", "answer.number")]
    attempt = Attempt({"lengte": "heel lang"}, attempts(own.graph, errors, Language.NL))
    shown = seen(own, PageKind.QUESTION, fact="lengte", attempt=attempt)
    assert shown.fields[0].value == "heel lang"
    assert [message.text for message in shown.fields[0].errors] == ["Vul een getal in, bijvoorbeeld 31 of 31,5."]


def test_a_limit_is_told_in_the_facts_own_notation() -> None:
    """The lowest value is written with its unit."""
    own = Walk(compiled(NEEDS_WORKER))
    found = attempts(own.graph, [AnswerError("lengte", "answer.number.max", {"max": 500})], Language.NL)
    assert found["lengte"][0].text == "Vul 500 cm of minder in."


def test_third_refusal_offers_help() -> None:
    """Help is offered on what happens, with a way to a person."""
    own = walk()
    assert not seen(own, tries=2).notices
    offered = seen(own, tries=3).notices
    assert [notice.action.kind for notice in offered if notice.action] == [ActionKind.ASK_PERSON]


def test_prefilled_fact_shows_its_source_and_can_be_disputed() -> None:
    """On the check page a register's answer names the register and offers "klopt niet"."""
    own = Walk(compiled(NEEDS_WORKER))
    own.take(
        ev.FactFetched,
        ev.Actor(kind=ev.ActorKind.REGISTER),
        fact="bewoner",
        value={"name": "Sem"},
        source="brp.persoon",
    )
    own.answer({"groot": False})
    shown = seen(own)
    assert shown.kind is PageKind.CHECK
    line = next(line for group in shown.answers for line in group.lines if line.fact == "bewoner")
    assert line.supplier == "Basisregistratie Personen"
    assert line.dispute is not None
    assert shown.primary is not None
    assert shown.primary.step == "submit"
    assert [promise.text for promise in shown.promises] == ["U krijgt binnen 8 weken ons besluit."]


def test_dont_know_is_offered_where_the_flow_offers_it() -> None:
    """Only the question with `unsure` has the button."""
    own = Walk(compiled(NEEDS_WORKER))
    first = seen(own).form
    assert first is not None
    assert [action.kind for action in first.others] == [ActionKind.UNSURE]
    second = seen(own.answer({"groot": True})).form
    assert second is not None
    assert second.others == ()


@pytest.mark.parametrize(
    ("kind", "label", "told"),
    [
        ("phone", "Ik heb geen telefoonnummer", "Geen telefoonnummer"),
        ("email", "Ik heb geen e-mailadres", "Geen e-mailadres"),
        ("date", "Weet ik niet", "Weet ik niet"),
    ],
)
def test_who_has_no_number_says_so(kind: str, label: str, told: str) -> None:
    """Where that counts as the answer (`unsure: value`) there is a button for it, and it can be read back."""
    flow = NEEDS_WORKER.replace("type: person, from: [register:brp.persoon, citizen]", f"type: {kind}, unsure: value")
    own = Walk(compiled(flow)).answer({"groot": False})
    asked = seen(own).form
    assert asked is not None
    assert [action.label for action in asked.others] == [label]
    own.answer({"bewoner": "unsure"})
    lines = {line.fact: line.text for group in seen(own, PageKind.STATUS).answers for line in group.lines}
    assert lines["bewoner"] == told


def test_an_answer_is_shown_as_it_was_told() -> None:
    """Our own words begin with a capital; an address that somebody typed stays as it is."""
    own = Walk(compiled(NEEDS_WORKER.replace("type: person, from: [register:brp.persoon, citizen]", "type: email")))
    own.answer({"groot": False}).answer({"bewoner": "sem@example.org"})
    told = {line.fact: line.text for group in seen(own, PageKind.STATUS).answers for line in group.lines}
    assert told == {"groot": "Nee", "bewoner": "sem@example.org"}
