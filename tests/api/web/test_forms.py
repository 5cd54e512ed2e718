"""What a browser sends becomes answers: parts put together, all errors at once, nothing that the flow does not have."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.datastructures import FormData

from api.service.dossiers import CITIZEN, Dossier, Moment
from api.web import lists
from api.web.drawing import TEMPLATES, WORK_TEMPLATES, static
from api.web.forms import Sent, read_answers
from api.web.links import anchor, href
from engine.errors import RefusedEvent
from engine.journey import events as ev
from tests.ui_schema.samples import PAGES
from tests.ui_schema.walks import START, Walk, compiled
from ui_schema.page import PageKind
from ui_schema.shape import Language
from ui_schema.work import WorkKind

PARTY = (Path(__file__).resolve().parents[2] / "browser" / "flows" / "feest" / "flow.yaml").read_text(encoding="utf-8")


def form(*pairs: tuple[str, str]) -> Sent:
    """A form as it was sent."""
    return Sent(FormData(list(pairs)), "", None, 0, ())


def test_date_boxes_become_one_day() -> None:
    """Day, month and year are one answer, in the canonical form."""
    sent = form(("dag.day", "27"), ("dag.month", "2"), ("dag.year", "2027"))
    assert read_answers(compiled(PARTY), sent, ["dag"], Language.NL).answers == {"dag": "2027-02-27"}


def test_empty_and_wrong_answers_are_told_all_at_once() -> None:
    """Two refused answers give two errors, and both stand as they were typed."""
    sent = form(("gasten", "veel"))
    read = read_answers(compiled(PARTY), sent, ["dag", "gasten"], Language.NL)
    assert [(error.fact, error.code) for error in read.errors] == [
        ("dag", "answer.required"),
        ("gasten", "answer.number"),
    ]
    assert read.typed["gasten"] == "veel"


def test_several_choices_and_parts() -> None:
    """Ticked boxes are a list, a composite fact an object."""
    sent = form(("muziek", "dj"), ("muziek", "band"), ("bewoner.name", "Sem"), ("bewoner.phone", ""))
    read = read_answers(compiled(PARTY), sent, ["muziek", "bewoner"], Language.NL)
    assert read.answers == {"muziek": ["band", "dj"], "bewoner": {"name": "Sem"}}


def test_facts_that_the_flow_does_not_have_are_left_out() -> None:
    """A made-up name in a form does nothing."""
    read = read_answers(compiled(PARTY), form(("geheim", "x")), ["geheim", "tenten.naam", "x[0].y"], Language.NL)
    assert (read.answers, list(read.errors)) == ({}, [])


def party() -> Walk:
    """Two tents, the list closed."""
    own = Walk(compiled(PARTY)).answer({"gasten": 50, "tenten[0].naam": "A", "tenten[0].lengte": "4"})
    own.answer({"tenten[1].naam": "B", "tenten[1].lengte": "5"})
    return own.take(ev.ListClosed, fact="tenten", count=2)


def told(own: Walk, make: object) -> Walk:
    """Carry out a maker's events."""
    moment = Moment(START, CITIZEN, ev.Channel.WEB, "c")
    for event in make(Dossier(own.graph, own.journey), moment):  # type: ignore[operator]
        fields = event.model_dump(exclude={"id", "at", "actor", "channel", "subject", "type"})
        own.take(type(event), **fields)
    return own


def test_taking_an_item_away_moves_the_others_up() -> None:
    """The second tent is then the first, and the list counts one."""
    own = told(party(), lists.remove("tenten", 0))
    assert own.journey.answers["tenten[0].naam"].value == "B"
    assert "tenten[1].naam" not in own.journey.answers
    assert own.journey.answers["tenten"].value == 1


def test_one_more_opens_a_closed_list() -> None:
    """After reopening the next item can be told and the list closed again."""
    own = told(party(), lists.reopen("tenten"))
    assert lists.first_of_next(Dossier(own.graph, own.journey), "tenten") == "tenten[2].naam"
    own.answer({"tenten[2].naam": "C", "tenten[2].lengte": "6"})
    assert told(own, lists.close("tenten")).journey.answers["tenten"].value == 3


@pytest.mark.parametrize(("name", "at"), [("gasten", 0), ("tenten", 9)])
def test_what_is_no_item_is_refused(name: str, at: int) -> None:
    """Neither another fact nor an item that is not there."""
    with pytest.raises(RefusedEvent):
        told(party(), lists.remove(name, at))


def test_every_kind_of_page_has_a_template() -> None:
    """No page can be made that cannot be drawn."""
    assert set(TEMPLATES) == set(PageKind)
    assert set(WORK_TEMPLATES) == set(WorkKind)


def test_addresses_hold_no_answer_and_anchors_are_safe() -> None:
    """The address of every action of every sample page is a path of ours; an anchor is a plain id."""
    for page in PAGES.values():
        for action in page.actions:
            assert href(page, action).startswith("/")
    assert anchor("kinderen[0].geboren", "day") == "f-kinderen-0--geboren-day"


def test_static_addresses_carry_a_fingerprint() -> None:
    """A changed file has another address, so it may be cached for ever."""
    first, _, rest = static("wegwijzer.css").removeprefix("/static/").partition("/")
    assert len(first) == 10
    assert rest == "wegwijzer.css"
