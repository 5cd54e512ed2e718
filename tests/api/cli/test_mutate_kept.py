"""Verdicts kept from one `wegwijzer mutate` to the next: never another verdict, and a file that may be thrown away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.cli import mutate_kept
from api.cli.main import main
from engine.graph.load import load_flow
from engine.harness.mutate import NOTHING, Judge, Kept, Verdict, mutants
from engine.harness.scenario import Scenario, read_scenarios
from engine.harness.seed import seed

FILES = seed("hulp", "Kan ik hulp krijgen?", "", "")
FLOW = FILES["flow.yaml"]
GRAPH = load_flow(FLOW)
SCENARIOS = read_scenarios(FILES["scenarios/eerste.yaml"], "s.yaml")
MUTANTS = mutants(FLOW, "f")[::7]


def judged(scenarios: list[Scenario], kept: Kept = NOTHING) -> tuple[list[Verdict], frozenset[str]]:
    judge = Judge(GRAPH, FLOW, "f", scenarios, kept)
    return [judge.harmed(judge.verdict(own)) for own in MUTANTS], judge.scenarios


def said(verdicts: list[Verdict]) -> list[tuple[object, ...]]:
    """What counts of a verdict; which of several scenarios noticed first depends on who was asked first."""
    return [(own.mutant.name, own.by, own.same, own.harm) for own in verdicts]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(range(len(SCENARIOS)))), st.sets(st.sampled_from(range(len(SCENARIOS)))))
def test_scenarios_that_come_and_go_get_the_verdicts_of_a_first_run(
    tmp_path: Path, before: set[int], after: set[int]
) -> None:
    """Whatever was kept, written and read, the verdicts are those of somebody who kept nothing."""
    path = tmp_path / "flow.yaml"
    first, met = judged([SCENARIOS[number] for number in sorted(before)])
    mutate_kept.write(path, FLOW, NOTHING, first, met, tmp_path)
    kept = mutate_kept.read(path, FLOW, MUTANTS, tmp_path)
    assert said([kept.verdicts[own.name] for own in MUTANTS]) == said(first)
    wanted = [SCENARIOS[number] for number in sorted(after)]
    assert said(judged(wanted, kept)[0]) == said(judged(wanted)[0])


def test_nothing_is_kept_for_another_text(tmp_path: Path) -> None:
    """A comment more is another text."""
    path = tmp_path / "flow.yaml"
    mutate_kept.write(path, FLOW, NOTHING, [Verdict(MUTANTS[0], "lint")], frozenset(), tmp_path)
    assert mutate_kept.read(path, FLOW, MUTANTS, tmp_path).verdicts
    assert mutate_kept.read(path, FLOW + "# more\n", MUTANTS, tmp_path) == NOTHING


@pytest.mark.parametrize("content", ["", "[]", "{", '{"stamp": 1}', '{"verdicts": []}'])
def test_a_file_that_cannot_be_used_is_none(tmp_path: Path, content: str) -> None:
    """It is judged anew, without a word."""
    path = tmp_path / "flow.yaml"
    mutate_kept.write(path, FLOW, NOTHING, [], frozenset(), tmp_path)
    (file,) = (tmp_path / "mutate").iterdir()
    file.write_text(content, "utf-8")
    assert mutate_kept.read(path, FLOW, MUTANTS, tmp_path) == NOTHING


def test_a_folder_that_cannot_be_written_is_no_matter(tmp_path: Path) -> None:
    """Where the cache cannot be, nothing is kept and nothing fails."""
    (tmp_path / "file").write_text("x", "utf-8")
    mutate_kept.write(tmp_path / "flow.yaml", FLOW, NOTHING, [], frozenset(), tmp_path / "file")
    assert mutate_kept.read(tmp_path / "flow.yaml", FLOW, MUTANTS, tmp_path / "file") == NOTHING


def test_survivors_that_have_not_met_every_scenario_are_not_kept(tmp_path: Path) -> None:
    """A survivor of fewer scenarios than there are now was not judged by all of them."""
    path = tmp_path / "flow.yaml"
    old = Kept({MUTANTS[0].name: Verdict(MUTANTS[0], ""), MUTANTS[1].name: Verdict(MUTANTS[1], "load")}, frozenset("a"))
    mutate_kept.write(path, FLOW, old, [], frozenset("ab"), tmp_path)
    assert set(mutate_kept.read(path, FLOW, MUTANTS, tmp_path).verdicts) == {MUTANTS[1].name}


def test_what_was_kept_is_told_in_the_language_of_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Verdicts kept by an English run are told in Dutch by a Dutch one, survivors and figures alike."""
    monkeypatch.chdir(tmp_path)
    told = ["--question", "Kan ik hulp krijgen?", "--problem", "p", "--evidence", "e"]
    assert main(["new", "hulp", *told]) == 0
    only = ["mutate", "hulp", "--only", "outcomes", "--only", "rules"]
    main([*only, "--language", "en"])
    english = capsys.readouterr().out
    main([*only, "--language", "nl"])
    dutch = capsys.readouterr().out
    assert "noticed by" in english
    assert "faults noticed" in english
    assert "gemerkt door" in dutch
    assert not [own for own in ("notice", "nobody", "gets ", "whoever", "Whoever", "row ", "survive") if own in dutch]


def test_a_second_run_says_what_it_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same verdicts; `--fresh` keeps nothing; the folder asks git to look away."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C")
    told = ["--question", "Kan ik hulp krijgen?", "--problem", "p", "--evidence", "e"]
    assert main(["new", "hulp", *told]) == 0
    capsys.readouterr()
    verdicts = []
    for more in ([], [], ["--fresh"]):
        main(["mutate", "hulp", "--only", "outcomes", "--json", *more])
        report = json.loads(capsys.readouterr().out)
        verdicts.append(report["details"]["verdicts"])
        kept = any("kept from an earlier run" in own for own in report["parts"][0]["said"])
        assert kept is (len(verdicts) == 2)
    assert verdicts[0] == verdicts[1] == verdicts[2]
    assert "*" in (tmp_path / ".wegwijzer_cache/.gitignore").read_text("utf-8")
