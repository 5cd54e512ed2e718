"""What the process tells stands on the citizen's page, with its deadline and the way to a person, and stays there."""

from __future__ import annotations

import pytest

from engine.journey import events as ev
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.reducer import advance
from tests.engine.journey.travelling import CLOCK
from tests.ui_schema.test_build import seen
from tests.ui_schema.walks import WORKER, Walk, graph_of
from ui_schema.page import PageKind
from ui_schema.shape import Language

FINE = {"wens": "betalen", "bedrag": "120", "verhoogd": "geen", "brief": "2026-11-02"}
REASON = {"reden": "anders", "toelichting": "Ik was er niet.", "belnummer": "+31612345678"}


def appealed(language: str = "nl") -> Walk:
    """Somebody who contests a fine, and said why."""
    own = Walk(graph_of("verkeersboete"), language).answer(FINE)
    return own.take(ev.StepTaken, step="contest").answer(REASON)


@pytest.mark.parametrize(
    ("language", "says"),
    [(Language.NL, "Uw beroep is binnen. U hoeft nu niet te betalen."), (Language.EN, "We have received your appeal.")],
)
def test_what_is_told_stands_on_the_page(language: Language, says: str) -> None:
    """In the reader's language, above the page of where the journey is, with the day on which one hears."""
    shown = seen(appealed(), language=language)
    assert shown.kind is PageKind.STATUS
    told = [notice.text for notice in shown.notices if notice.text.startswith(says)]
    assert len(told) == 1
    assert "2027" in told[0]
    assert "…" not in told[0]


def test_it_stays_in_what_happened() -> None:
    """Everything that was told can be read back, in order."""
    own = appealed()
    own.take(ev.StepTaken, WORKER, step="ask_more")
    texts = [moment.text for moment in seen(own, PageKind.STATUS).timeline if moment.title == "Bericht van ons"]
    assert [text.split(".")[0] for text in texts] == [
        "Uw beroep is binnen",
        "We hebben nog iets van u nodig voor uw beroep",
    ]


def test_the_number_to_call_stands_in_the_text() -> None:
    """`{contact}` is a number, in what is told and in an outcome."""
    own = Walk(graph_of("verkeersboete")).answer({"wens": "vraag", "belnummer": "unsure"})
    outcome = seen(own, PageKind.OUTCOME).outcome
    assert outcome is not None
    assert any("Bel 088 000 0002, of kom langs." in text for text in outcome.paragraphs)


def test_in_another_place_it_is_no_longer_the_last() -> None:
    """What was told about an earlier place does not stand above the next one."""
    own = Walk(graph_of("verkeersboete")).answer({**FINE, "wens": "kan_niet", "belnummer": "unsure"})
    own.take(ev.StepTaken, step="pay_in_parts")
    assert own.journey.told is not None
    assert own.journey.told.text == "schema"
    own.take(ev.StepTaken, step="contest")
    assert own.journey.told is None


def test_a_reminder_does_not_take_its_place() -> None:
    """What was said stays the last thing said; a reminder brings one back to read it."""
    own = Walk(graph_of("verkeersboete")).answer({**FINE, "wens": "kan_niet", "belnummer": "unsure"})
    own.take(ev.StepTaken, step="pay_in_parts")
    until = own.journey.deadlines["remind"]
    event = ev.DeadlinePassed(id="r", at=until, actor=CLOCK, clock="remind", entry=len(own.journey.visits))
    step = advance(own.graph, own.journey, event)
    assert [effect.type for effect in step.effects] == ["Notify"]
    assert step.journey.told == own.journey.told


def test_an_outcome_is_not_told_twice() -> None:
    """The outcome stands on its own page, so `tell outcome` adds no message."""
    own = Walk(graph_of("verkeersboete")).answer({"wens": "vraag", "belnummer": "+31612345678"})
    assert own.journey.place == "talking"
    assert not [event for event in own.history if isinstance(event, ev.Told)]


def test_it_is_stored_and_read_back() -> None:
    """In the snapshot and as an event, without loss."""
    own = appealed()
    plain = dump_journey(own.graph, own.journey)
    assert load_journey(own.graph, plain) == own.journey
    told = [event for event in own.history if isinstance(event, ev.Told)]
    assert [load_event(dump_event(event)) for event in told] == told


def test_a_fact_in_what_is_told_is_filled_in() -> None:
    """A new day in hospital is named in the message, as it was chosen."""
    fine = {"gevoel": "rustig", "medicijnen": ["geen"], "allergie": ["geen"], "taal": "nederlands", "naar_huis": True}
    own = Walk(graph_of("dagopname")).answer(fine)
    own.answer({"ziek": False, "nacht": True, "opnamedag": "2026-12-23", "belnummer": "+31612345678"})
    own.take(ev.StepTaken, step="postpone")
    task = next(task.id for task in own.journey.tasks.values() if task.kind == "bel_nieuwe_dag")
    own.take(ev.TaskClaimed, WORKER, task=task)
    for fact, value in {"opnamedag": "2027-01-20", "afgesproken": True}.items():
        own.take(ev.JudgementGiven, WORKER, fact=fact, value=value, motive="", task=task)
    own.take(ev.StepTaken, WORKER, step="new_day")
    texts = [moment.text for moment in seen(own, PageKind.STATUS).timeline]
    assert any(text.startswith("Uw nieuwe dag is 20 januari 2027.") for text in texts)
