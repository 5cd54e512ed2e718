"""What one save did not touch is not worked out again, and what it did touch always is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from api.service import drafts
from api.service.drafts import Draft, read_draft, scenario_files
from api.service.warm import Warm

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUG = "boom-kappen"


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A flow that may be edited."""
    shutil.copytree(FLOWS / SLUG, tmp_path / SLUG)
    return tmp_path / SLUG / "flow.yaml"


def draft(flow: Path) -> Draft:
    return read_draft(SLUG, flow, scenario_files(flow.parent))


def edit(flow: Path, old: str, new: str) -> None:
    text = flow.read_text("utf-8")
    assert old in text
    flow.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_comment_and_words_run_no_scenario(flow: Path) -> None:
    """What people read decides nothing."""
    warm = Warm()
    first = warm.verdict(draft(flow))
    assert first.fresh == len(first.runs) > 20
    flow.write_text(flow.read_text("utf-8") + "# a note\n", encoding="utf-8")
    edit(flow, "    why: ", "    why: Kort gezegd. ")
    again = warm.verdict(draft(flow))
    assert (again.fresh, again.failed) == (0, ())
    assert again.proof is first.proof


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not(omtrek_31_of_meer) and not(herplant_boom)", "not(omtrek_31_of_meer)"),
        ("| yes            | no            ||", "| -              | no            ||"),
        ("dunnen and beheerplan", "dunnen or beheerplan"),
        ("is: dunnen and beheerplan", "is: beheerplan and dunnen"),
    ],
)  # fmt: skip
def test_a_rule_runs_what_it_touches_and_says_what_a_whole_run_says(flow: Path, old: str, new: str) -> None:
    """Some scenarios run again, others do not; the failures are those of a run of everything."""
    warm = Warm()
    warm.verdict(draft(flow))
    edit(flow, old, new)
    now = draft(flow)
    again = warm.verdict(now)
    assert 0 <= again.fresh < len(again.runs)
    whole = drafts.test(now)
    assert {ran.scenario.title for ran in again.failed} == {ran.scenario.title for ran in whole.failed}


def test_another_question_runs_everything(flow: Path) -> None:
    """A fact, an outcome or the process may touch anybody."""
    warm = Warm()
    first = warm.verdict(draft(flow))
    edit(flow, "within: {working_hours: 4}", "within: {working_hours: 8}")
    again = warm.verdict(draft(flow))
    assert again.fresh == len(first.runs)


def test_an_edited_scenario_runs_alone(flow: Path) -> None:
    """The flow is as it was: only what was written anew runs."""
    warm = Warm()
    warm.verdict(draft(flow))
    file = flow.parent / "scenarios" / "spoed.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("task: kijk_mee", "task: ask_person", 1), encoding="utf-8")
    again = warm.verdict(draft(flow))
    assert again.fresh == 1
    assert len(again.failed) == 1


def test_a_broken_file_and_then_a_good_one(flow: Path) -> None:
    """A fault in between forgets nothing."""
    warm = Warm()
    warm.verdict(draft(flow))
    good = flow.read_text("utf-8")
    flow.write_text(good.replace("goal:", "gaol:"), encoding="utf-8")
    broken = warm.verdict(draft(flow))
    assert broken.problems
    assert broken.proof is None
    flow.write_text(good, encoding="utf-8")
    assert warm.verdict(draft(flow)).fresh == 0


def test_words_that_a_scenario_expects_are_read_again(flow: Path) -> None:
    """Where a scenario expects to read something, an edit of words is held against it."""
    warm = Warm()
    assert warm.verdict(draft(flow)).failed == ()
    text = flow.read_text("utf-8")
    words = [(ran, one) for ran in drafts.test(draft(flow)).runs for one in ran.scenario.expect.says if one in text]
    ran, told = words[0]
    flow.write_text(text.replace(told, "iets anders"), encoding="utf-8")
    now = draft(flow)
    assert ran.scenario.title in {own.scenario.title for own in warm.verdict(now).failed}
    assert {own.scenario.title for own in Warm().verdict(now).failed} == {
        own.scenario.title for own in warm.verdict(now).failed
    }


@pytest.mark.parametrize(
    ("expect", "old", "new"),
    [
        ("unsaid: appeltaart", "Er kijkt meteen iemand met u mee", "Er komt meteen appeltaart"),
        ("work: {kijk_mee: Bel terug}", "Bel terug, kijk mee", "Kijk mee"),
    ],
)
def test_whatever_a_scenario_says_of_words_is_read_again(flow: Path, expect: str, old: str, new: str) -> None:
    """Words that must stand nowhere, and those of a worker's task."""
    (flow.parent / "scenarios" / "woorden.yaml").write_text(
        f"citizen: {{spoed: yes}}\nscenarios: {{Woorden: {{expect: {{{expect}}}}}}}\n", encoding="utf-8"
    )
    warm = Warm()
    assert warm.verdict(draft(flow)).failed == ()
    edit(flow, old, new)
    assert [own.scenario.title for own in warm.verdict(draft(flow)).failed] == ["Woorden"]


def test_a_question_put_in_the_words_of_another_is_proven_again(flow: Path) -> None:
    """The proof reads the words of questions: the same question under two names is told at once."""
    warm = Warm()
    warm.verdict(draft(flow))
    graph = draft(flow).graph
    assert graph is not None
    first, other = [str(node.spec.ask) for node in graph.facts.values() if node.spec.ask is not None][:2]
    edit(flow, f"ask: {other}", f"ask: {first}")
    now = draft(flow)
    proof, fresh = warm.verdict(now).proof, Warm().verdict(now).proof
    assert proof is not None
    assert fresh is not None
    assert [own.problem for own in proof.findings] == [own.problem for own in fresh.findings]


@pytest.mark.parametrize(
    ("old", "new"), [("    rank: 1", "    rank: 2"), ("\npromises:\n", "\npromises:\n  - possible: spoed\n")]
)
def test_a_promise_or_a_rank_runs_no_scenario(flow: Path, old: str, new: str) -> None:
    """No journey hears of either; the proof does."""
    warm = Warm()
    first = warm.verdict(draft(flow))
    edit(flow, old, new)
    again = warm.verdict(draft(flow))
    assert (again.fresh, again.failed) == (0, ())
    assert again.proof is not first.proof
