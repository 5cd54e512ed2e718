"""`wegwijzer test` and `wegwijzer mutate` as a person at a terminal meets them, in a folder of their own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from api.cli.main import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a flow that `wegwijzer new` wrote."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C")
    told = ["--question", "Kan ik hulp krijgen?", "--problem", "p", "--evidence", "e"]
    assert main(["new", "hulp", *told]) == 0
    return tmp_path / "flows" / "hulp"


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def test_coverage_is_a_table_with_what_is_missing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each kind has a line; a row that nobody saw is named with its line."""
    (folder / "scenarios/eerste.yaml").write_text(
        "citizen: {haast: no, woont_hier: yes}\nscenarios: {een: {expect: {outcome: ja}}}\n", "utf-8"
    )
    capsys.readouterr()
    assert main(["test", "hulp"]) == 0
    shown = capsys.readouterr().out
    assert "rules               1 of 3     33 %" in shown
    assert "not seen: antwoord row 1 (line " in shown


@pytest.mark.parametrize(
    ("least", "code"),
    [(["100"], 0), (["rules=100", "boundaries=100"], 0), (["states=100"], 1), (["100", "people=90"], 1)],
)
def test_the_least_coverage_is_for_decisions_or_for_one_kind(folder: Path, least: list[str], code: int) -> None:
    """A plain figure is about outcomes, rules and boundaries; KIND=PERCENT about that kind."""
    assert main(["test", "hulp", *[word for own in least for word in ("--min", own)]]) == code


def test_a_wrong_least_says_what_to_write(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown kind ends in exit code 2 and names the kinds."""
    for wrong in ("rows=100", "101", "²", "states="):
        capsys.readouterr()
        assert main(["test", "hulp", "--min", wrong, "--json", "--language", "nl"]) == 2
        (found,) = json.loads(capsys.readouterr().out)["parts"][0]["findings"]
        assert found["message"].startswith("--min wil 0 tot 100 procent")


def test_suggestions_can_be_written_and_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--suggest --write` makes a file that closes the gap; a second time it is not overwritten."""
    (folder / "scenarios/eerste.yaml").write_text(
        "citizen: {haast: no, woont_hier: yes}\nscenarios: {een: {expect: {outcome: ja}}}\n", "utf-8"
    )
    assert main(["test", "hulp", "--suggest"]) == 0
    assert "# review: covers" in capsys.readouterr().out
    assert main(["test", "hulp", "--suggest", "--write"]) == 0
    assert main(["test", "hulp", "--min", "100"]) == 0
    (folder / "scenarios/eerste.yaml").unlink()
    (folder / "scenarios/suggested.yaml").write_text("scenarios: {leeg: {expect: {}}}\n", "utf-8")
    assert main(["test", "hulp", "--suggest", "--write"]) == 2
    assert "is there already" in capsys.readouterr().err


def test_write_alone_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There is nothing to write without `--suggest`."""
    assert main(["test", "hulp", "--write"]) == 2
    assert "--write needs --suggest" in capsys.readouterr().err


def test_only_what_an_edit_touches_is_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing changed: none; a scenario: that one; a row: who gets or is asked something else; the process: all."""
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    capsys.readouterr()

    def told() -> str:
        main(["test", "hulp", "--changed"])
        return next(line for line in capsys.readouterr().out.splitlines() if "touched" in line).strip()

    assert told() == "0 of 3 citizens are touched by what changed since HEAD."
    scenarios, flow = folder / "scenarios/eerste.yaml", folder / "flow.yaml"
    before, text = scenarios.read_text("utf-8"), flow.read_text("utf-8")
    scenarios.write_text(before.replace("at_most: 2", "at_most: 3"), "utf-8")
    assert told().startswith("1 of 3")
    scenarios.write_text(before, "utf-8")
    flow.write_text(text.replace("| -     | -          || nee ", "| -     | -          || ja  "), "utf-8")
    assert told().startswith("2 of 3")  # one gets something else, one is asked less
    flow.write_text(text.replace("working_hours: 4", "working_hours: 5"), "utf-8")
    assert told().startswith("3 of 3")
    assert main(["test", "hulp", "--since", "nergens"]) == 2


@pytest.mark.parametrize("expect", ["says: x", "unsaid: x", "asks: {haast: x}", "work: {bel_terug: x}"])
def test_an_edit_of_words_touches_whoever_expects_words(
    folder: Path, capsys: pytest.CaptureFixture[str], expect: str
) -> None:
    """Of the outcome's text alone: whoever gets the same outcome is run only for the words that are expected."""
    scenarios, flow = folder / "scenarios/eerste.yaml", folder / "flow.yaml"
    told = f"scenarios: {{een: {{expect: {{{expect}}}}}, ander: {{expect: {{}}}}}}\n"
    scenarios.write_text("citizen: {haast: no, woont_hier: yes}\n" + told, "utf-8")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    text = flow.read_text("utf-8")
    assert "Wij regelen dit" in text
    flow.write_text(text.replace("Wij regelen dit", "Wij doen dit", 1), "utf-8")
    capsys.readouterr()
    main(["test", "hulp", "--changed"])
    assert "1 of 2 citizens are touched" in capsys.readouterr().out


def test_changed_outside_git_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without git there is no before."""
    assert main(["test", "hulp", "--changed"]) == 2
    assert "git" in capsys.readouterr().err


def test_mutate_lists_survivors_and_scores(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Below the least score it is a finding, above it advice; the JSON has every verdict."""
    capsys.readouterr()
    assert main(["mutate", "hulp", "--only", "outcomes", "--min", "100", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    (part,) = report["parts"]
    verdicts = report["details"]["verdicts"]
    assert part["figures"]["faults"] == sum(own["by"] != "same" for own in verdicts)
    assert {own["by"] for own in verdicts} <= {"same", "nobody", "load", "lint", "prove", "promises", "scenarios"}
    assert all(own["code"] == "M-SURVIVES" for own in part["findings"])
    assert main(["mutate", "hulp", "--only", "outcomes", "--min", "10"]) == 0
    assert "faults noticed" in capsys.readouterr().out


def test_mutate_that_runs_out_of_time_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was not judged is named, and the exit code is 3."""
    assert main(["mutate", "hulp", "--budget", "0"]) == 3
    assert "since the budget was used up" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [("--min", "nan"), ("--min", "101"), ("--budget", "inf"), ("--budget", "-1")])
def test_a_measure_that_is_none_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    """Nothing is judged by it: the sentence says which option and what it takes."""
    assert main(["mutate", "hulp", *wrong]) == 2
    assert f"{wrong[0]} takes" in capsys.readouterr().err
