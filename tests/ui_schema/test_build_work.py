"""A worker's pages: the list with reasons and promises, one task with everything, forms that stay apart."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import jsonschema

from engine.journey import events as ev
from tests.ui_schema.walks import WORKER, Walk, compiled, graph_of
from ui_schema.build_fields import Attempt
from ui_schema.build_work import Desk, TaskFacts, sign_in_page, task_page
from ui_schema.build_worklist import Shown, worklist_page
from ui_schema.export import work_page_schema
from ui_schema.fields import Form, Message
from ui_schema.house import VOORBEELD
from ui_schema.scene import Scene, Wanted
from ui_schema.shape import Language
from ui_schema.work import Claim, WorkPage

JUDGED = """
wegwijzer: 1
flow: proef
language: nl
question: Mag dit?
goal: mag
facts:
  groot: {type: boolean, ask: "Is het groot?", say: "Zeg eens: is het groot?", why: "Groot mag niet", unsure: worker}
  hoogte: {type: integer, ask: "Hoe hoog is het?", why: "Hoog mag niet."}
decisions:
  mag: {type: choice, options: [wel, niet], is: if groot and hoogte > 3 then "niet" else "wel"}
outcomes:
  wel: {kind: grant, rank: 1, text: "Het mag."}
  niet: {kind: refusal, rank: 0, text: "Het mag niet.", remedy: {kind: bezwaar}}
"""


def waiting() -> Walk:
    """A journey in which the citizen handed one fact on and asked for a person; anna has both tasks."""
    own = Walk(compiled(JUDGED)).take(ev.HelpWanted, fact="groot", leads_to="worker")
    own.take(ev.PersonAsked, over="phone", contact="+31612345678", about="Ik twijfel.", preferred_time="morgen")
    own.answer({"hoogte": 5})
    for task in list(own.journey.tasks):
        own.take(ev.TaskClaimed, WORKER, task=task)
    return own


def facts(own: Walk, **parts: Any) -> TaskFacts:
    """The journey's first task as the store lists it."""
    task = next(iter(own.journey.tasks.values()))
    shared: dict[str, Any] = {"id": task.id, "journey": "j-1", "reference": "WW-1", "flow": "proef", "kind": task.kind}
    return TaskFacts(**(shared | {"claimed_by": task.claimed_by, "due": task.due} | parts))


def desk(own: Walk, **parts: Any) -> Desk:
    """Anna at her desk."""
    return Desk(Language.NL, VOORBEELD, own.now, "anna", "Anna de Vries", **parts)


def task(own: Walk, attempt: Attempt | None = None, **parts: Any) -> WorkPage:
    """The page of the first task."""
    look = Wanted(now=own.now, actor=WORKER, history=tuple(own.history), attempt=attempt or Attempt())
    return task_page(desk(own), Scene(own.graph, own.journey, Language.NL, look), facts(own, **parts))


def test_pages_fit_the_published_schema() -> None:
    """Sign in, worklist and task are valid under the schema that we publish."""
    own = waiting()
    pages = (sign_in_page(desk(own)), worklist_page(desk(own), [facts(own)], {"proef": own.graph}, Shown()), task(own))
    for page in pages:
        jsonschema.Draft202012Validator(work_page_schema()).validate(json.loads(page.model_dump_json(by_alias=True)))


def test_task_shows_what_the_citizen_said_and_how_to_reach_them() -> None:
    """The words, the number as people write it, and when it suits: nothing is told twice."""
    shown = task(waiting()).task
    assert shown is not None
    assert (shown.asked, shown.call, shown.preferred_time) == ("Ik twijfel.", "06 1234 5678", "morgen")


def test_answers_name_their_supplier_and_cannot_be_changed_by_a_link() -> None:
    """A worker reads "de burger" and fills in through a form, never through the citizen's own links."""
    lines = [line for group in task(waiting()).answers for line in group.lines]
    assert [line.supplier for line in lines] == ["de burger"]
    assert all(line.change is None and line.dispute is None for line in lines)


def test_judgement_and_open_questions_have_their_own_forms() -> None:
    """What was handed on is judged with a motive; a fact on the task page is asked in the words to say."""
    own = Walk(compiled(JUDGED)).take(ev.PersonAsked, over="phone", contact="+31612345678")
    own.take(ev.TaskClaimed, WORKER, task=next(iter(own.journey.tasks)))
    shown = task(own).task
    assert shown is not None
    assert shown.fill_in[0].fields[0].label == "Zeg eens: is het groot?"
    judged = task(waiting()).task
    assert judged is not None
    assert [[field.id for field in form.fields] for form in judged.judge] == [["groot", "motive"]]


def test_no_two_fields_on_the_page_share_an_id() -> None:
    """Several forms have a motive; each has its own place in the page."""
    shown = task(waiting()).task
    assert shown is not None
    every = [
        shown.propose,
        shown.finish,
        shown.give_back,
        shown.contact_note,
        *shown.judge,
        *shown.fill_in,
        *shown.steps,
    ]
    ids = [field.scope + field.id for form in every if isinstance(form, Form) for field in form.fields]
    assert len(ids) == len(set(ids))


def test_what_was_typed_returns_in_its_own_form_only() -> None:
    """An error in one form leaves the others as they were."""
    attempt = Attempt({"note": "x"}, {"note": (Message(code="answer.required", text="Vul iets in."),)}, "finish--")
    shown = task(waiting(), attempt).task
    assert shown is not None
    assert shown.finish is not None
    assert shown.give_back is not None
    assert [bool(field.errors) for field in shown.finish.fields] == [True]
    assert [bool(field.errors) for field in shown.give_back.fields] == [False]


def test_without_the_claim_there_is_nothing_to_fill_in() -> None:
    """Somebody else's task can be read and not changed; it says who has it."""
    shown = task(waiting(), claimed_by="bram", claimed_name="Bram Bakker").task
    assert shown is not None
    assert shown.row.claim is Claim.TAKEN
    assert shown.row.claimed_by == "Bram Bakker"
    assert (shown.judge, shown.propose, shown.finish) == ((), None, None)


def test_late_promises_say_so_and_rows_name_their_reason() -> None:
    """A promise that was not kept stands out in words, not only in colour."""
    own = waiting()
    late = facts(own, due=own.now - timedelta(hours=1), claimed_by="")
    page = worklist_page(desk(own), [late], {"proef": own.graph}, Shown())
    assert page.rows[0].promise.late
    assert page.rows[0].promise.text.startswith("Te laat:")
    assert page.rows[0].reason == "De burger vraagt om een medewerker."
    assert page.rows[0].take is not None


def test_flows_own_tasks_speak_their_own_words() -> None:
    """A task kind of the flow has its title and text in the list."""
    own = Walk(graph_of("boom-kappen")).answer({"spoed": True})
    rows = worklist_page(desk(own), [facts(own, flow="boom-kappen")], {"boom-kappen": own.graph}, Shown()).rows
    assert rows[0].title == "Spoed bij een boom"
    assert rows[0].reason.startswith("Iemand meldt spoed")


def test_an_empty_list_says_that_nothing_is_to_be_done() -> None:
    """No rows, a friendly sentence."""
    own = waiting()
    assert (
        worklist_page(desk(own), [], {}, Shown("alles")).empty == "Er is niets te doen. Alles is opgepakt of afgerond."
    )


def test_the_worklist_keeps_what_is_in_force() -> None:
    """Every link changes one thing and keeps the rest, the form keeps what it does not ask, the way on keeps all."""
    own = waiting()
    shown = Shown("mijn", due="laat", flow="proef", channel="phone")
    page = worklist_page(desk(own), [facts(own)], {"proef": own.graph}, shown, {"laat": 3, "mijn": 100}, "[1,2]")
    whose, due = page.filters
    assert [choice.to for choice in whose.filters] == [
        "termijn=laat&proces=proef&kanaal=phone",
        "toon=mijn&termijn=laat&proces=proef&kanaal=phone",
        "toon=alles&termijn=laat&proces=proef&kanaal=phone",
    ]
    assert [choice.label for choice in due.filters if choice.current] == ["Te laat"]
    assert [choice.count for choice in due.filters] == [None, 3, None, None]
    assert page.search is not None
    assert [(kept.name, kept.value) for kept in page.search.kept] == [("toon", "mijn"), ("termijn", "laat")]
    assert [choice.to for group in page.search.choices for choice in group.filters if choice.current] == [
        "proef",
        "phone",
    ]
    assert page.search.clear == "toon=mijn"
    assert page.more is not None
    assert page.more.to == "toon=mijn&termijn=laat&proces=proef&kanaal=phone&na=%5B1%2C2%5D"


def test_a_reference_that_is_none_is_said_so() -> None:
    """What was typed stays in its box, with what a reference looks like; nothing in force has nothing to clear."""
    own = waiting()
    typed = worklist_page(desk(own), [], {}, Shown("alles", reference="Jansen", wrong=True)).search
    assert typed is not None
    assert (typed.value, "WW-K7QM-3X9T" in typed.wrong, typed.clear) == ("Jansen", True, "toon=alles")
    plain = worklist_page(desk(own), [], {}, Shown()).search
    assert plain is not None
    assert (plain.clear, plain.kept) == ("", ())
