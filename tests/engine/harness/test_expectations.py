"""What a scenario may expect and wish: each expectation holds where it should, and says so where it does not."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.run import run
from engine.harness.scenario import read_scenarios
from engine.harness.seed import seed
from tests.shared_material import ROOT

FLOW = seed("hulp", "Kan ik hulp krijgen?", "", "")["flow.yaml"]
GRAPH = load_flow(FLOW)
USUAL = "as_of: 2026-01-15\ncitizen: {haast: no, woont_hier: yes}\n"


def failures(scenario: str) -> tuple[str, ...]:
    (only,) = read_scenarios(USUAL + f"scenarios: {{een: {{{scenario}}}}}\n", "s.yaml")
    return run(GRAPH, only).failures


@pytest.mark.parametrize(
    ("holds", "does_not", "says"),
    [
        ("rule: {antwoord: 2}", "rule: {antwoord: 3}", "row 3 of antwoord"),
        ("because: [u woont in de gemeente]", "because: [iets anders]", "the reason “iets anders”"),
        ("says: regelen dit", "says: appeltaart", "to read “appeltaart”"),
        ("says: [Dat kan, voor u]", "says: [Dat kan, niet]", "to read “niet”"),
        ("unsaid: appeltaart", "unsaid: regelen dit", "never to read “regelen dit”"),
        ("asks: {haast: vandaag nog hulp}", "asks: {haast: woont u}", "“woont u” in the question about haast"),
        ("asks: {woont_hier: Alleen voor inwoners}", "asks: {niets: x}", "asked about niets"),
        ("may: [withdraw]", "may: [object]", "may object"),
        ("states: [answering, answered]", "states: [answered, answering]", "to pass answered, answering"),
        ("does: [tell outcome]", "does: []", "expected nothing to be done"),
        ("days: {place: 30}", "days: {place: 31}", "due in 31 days, it is due in 30"),
        ("asked: {all: [haast, woont_hier]}", "asked: {all: [haast]}", "instead of haast"),
    ],
)
def test_an_expectation_holds_or_says_what_was_otherwise(holds: str, does_not: str, says: str) -> None:
    """Each once as it is, once as it is not; the sentence names what came instead."""
    assert failures(f"expect: {{{holds}}}") == ()
    (said,) = failures(f"expect: {{{does_not}}}")
    assert says in said


def test_the_words_of_a_workers_task_are_held() -> None:
    """Those of a task that was opened, in the citizen's language; without the task there is no work."""
    assert failures("with: {haast: yes}, expect: {work: {bel_terug: Bel}}") == ()
    assert failures("with: {haast: yes}, wishes: {language: en}, expect: {work: {bel_terug: Call}}") == ()
    (said,) = failures("expect: {work: {bel_terug: Bel}}")
    assert said == "expected “Bel” in the work bel_terug: there was none"


def test_a_citizen_reads_it_in_another_language() -> None:
    """With `language` the questions and the outcome are those of that language."""
    assert failures("wishes: {language: en}, expect: {says: We arrange this, asks: {haast: help today}}") == ()
    assert len(failures("wishes: {language: en}, expect: {says: Wij regelen dit}")) == 1


def test_the_skill_of_the_task_is_held() -> None:
    """The expected task is for people with that skill."""
    assert failures("with: {haast: yes}, expect: {task: bel_terug, skill: behandelaar}") == ()
    (said,) = failures("with: {haast: yes}, expect: {task: bel_terug, skill: jurist}")
    assert said == "expected a task for jurist, got behandelaar"


def test_time_passes_and_every_clock_is_heard() -> None:
    """After a month the answered journey is closed; after a day it is not."""
    assert failures("then: [{wait: P31D}], expect: {place: closed}") == ()
    assert failures("then: [{wait: P1D}], expect: {place: answered, days: {place: 29}}") == ()


def test_another_channel_after_the_questions() -> None:
    """The citizen goes on over the phone, and is called back over it."""
    assert failures("then: [{switch: phone}, {asks: phone}], expect: {task: ask_person}") == ()


def test_several_citizens_share_one_expectation() -> None:
    """Each is a run of its own, with a number in its title."""
    found = read_scenarios(USUAL + "scenarios: {een: {with: [{}, {haast: yes}], expect: {}}}\n", "s.yaml")
    assert [own.title for own in found] == ["een", "een (2)"]


def test_a_question_that_the_citizen_does_not_answer_is_named() -> None:
    """A flow that grew a question: the scenario says which answer it lacks."""
    (only,) = read_scenarios("citizen: {haast: no}\nscenarios: {een: {expect: {outcome: ja}}}\n", "s.yaml")
    assert run(GRAPH, only).failures == (
        "expected outcome ja, got none yet: the flow asks `woont_hier`, which this citizen does not answer",
    )


@pytest.mark.parametrize(
    ("written", "holds"),
    [("publish geweigerd", True), ("publish outcome", True), ("publish bezwaar_besluit", False), ("publish", False)],
)
def test_a_scenario_says_which_determination_was_made_known(written: str, holds: bool) -> None:
    """By its name, or `publish outcome` for whichever; another one is another thing that was done."""
    folder = ROOT / "flows" / "paspoort"
    text = (folder / "scenarios" / "met-een-mens.yaml").read_text("utf-8")
    graph = load_flow((folder / "flow.yaml").read_text("utf-8"))
    told = read_scenarios(text.replace("publish geweigerd", written), "s.yaml")
    about = [own for own in told if own.expect.does and written in own.expect.does]
    assert about
    assert [not run(graph, own, twice=False).failures for own in about] == [holds] * len(about)


KOSTEN = "decisions:\n  kosten: {type: money, is: if woont_hier then 1012.5 else 9}"
AMOUNT = FLOW.replace("decisions:", KOSTEN, 1).replace(
    'text: "Wij regelen dit voor u."', 'values: [kosten], text: "U betaalt {kosten}."'
)


@pytest.mark.parametrize(
    ("expect", "holds"),
    [
        ('says: "U betaalt {kosten}."', True),
        ('says: "U betaalt € 1.012,50."', True),
        ('says: "U betaalt € 9,00."', False),
        ('unsaid: "€ 9,00"', True),
        ('unsaid: "1.012,50"', False),
    ],
)
def test_words_are_read_with_their_values(expect: str, holds: bool) -> None:
    """A scenario may write what the citizen reads, amounts and all, or what the author wrote."""
    (only,) = read_scenarios(USUAL + f"scenarios: {{een: {{expect: {{{expect}}}}}}}\n", "s.yaml")
    assert (run(load_flow(AMOUNT), only).failures == ()) is holds
