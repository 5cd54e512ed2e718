"""`wegwijzer compare` for builds: every group of citizens is a finding, what is approved is advice, details whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from junitparser import JUnitXml

from api.cli.exits import FINDINGS, GOOD, UNUSABLE
from api.cli.main import main
from api.cli.report import report_schema
from tests.engine.lint.flows import SOUND, laid_over

RANKED = laid_over("outcomes: {ja: {rank: 1}, nee: {rank: 0}}\n")


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    """A flow, and a version in which children of eleven pay."""
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(RANKED, encoding="utf-8")
    new.write_text(RANKED.replace("| < 12 ", "| < 11 "), encoding="utf-8")
    return str(old), str(new)


def told(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, Any]:
    """The exit code and the JSON."""
    code = main(["compare", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_each_group_is_a_finding(versions: tuple[str, str], capsys: pytest.CaptureFixture[str]):
    """Who loses is an error with a citizen; the report is as its schema says and holds everything else as details."""
    code, report = told([*versions], capsys)
    assert code == report["exitCode"] == FINDINGS
    assert list(Draft202012Validator(report_schema()).iter_errors(report)) == []
    (found,) = report["parts"][0]["findings"]
    assert (found["code"], found["severity"]) == ("C-LOSES", "error")
    assert found["witness"]["leeftijd"] in (11, "11")
    assert found["file"] == versions[1]
    assert report["details"]["shifts"][0]["effect"] == "loses"


def test_what_is_approved_is_a_note(versions: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """An accepted difference is still told, and fails nothing."""
    accepted = str(tmp_path / "accepted.json")
    assert main(["compare", *versions, "--approve", accepted, "--because", "De raad besloot zo op 3 maart."]) == GOOD
    capsys.readouterr()
    assert json.loads(Path(accepted).read_text("utf-8"))["because"] == "De raad besloot zo op 3 maart."
    code, report = told([*versions, "--approved", accepted], capsys)
    assert code == GOOD
    assert [own["severity"] for own in report["parts"][0]["findings"]] == ["note"]


def test_nothing_changed_is_one_case_that_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The same flow twice: a build server sees one green case."""
    path = tmp_path / "same.yaml"
    path.write_text(SOUND, encoding="utf-8")
    assert main(["compare", str(path), str(path), "--junit"]) == GOOD
    read = JUnitXml.fromstring(capsys.readouterr().out.encode())
    assert (read.tests, read.failures, read.errors) == (1, 0, 0)


def test_a_verdict_says_what_no_norm_is_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """With a norm on losses alone another word ends in `go on`, and beside it stands that nobody judged the words."""
    old, new, norms = tmp_path / "old.yaml", tmp_path / "new.yaml", tmp_path / "norms.yaml"
    old.write_text(RANKED, encoding="utf-8")
    new.write_text(laid_over("outcomes: {ja: {rank: 1, text: Heel anders.}, nee: {rank: 0}}\n"), encoding="utf-8")
    norms.write_text("norms: {loses_at_most: 0}\n", encoding="utf-8")
    words = ["compare", str(old), str(new), "--norms", str(norms)]
    assert main([*words, "--language", "en"]) == GOOD
    said = capsys.readouterr().out.splitlines()
    assert any(line.startswith("~ ") for line in said)
    assert said[-1].startswith("go on; changes in words or process that no norm is about: 1;")
    assert main([*words, "--language", "nl"]) == GOOD
    assert capsys.readouterr().out.splitlines()[-1].startswith("doorgaan; wijzigingen in woorden")
    assert main(["compare", str(old), str(old), "--norms", str(norms), "--language", "en"]) == GOOD
    assert capsys.readouterr().out.splitlines()[-1] == "go on"


@pytest.mark.parametrize("option", ["--norms", "--population"])
def test_a_file_nested_without_end_cannot_be_used(
    option: str, versions: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five hundred braces in norms or a population: a sentence that names the file, and nothing of a fault of ours."""
    deep = tmp_path / "deep.yaml"
    deep.write_text("norms: " + "{a: " * 500 + "1" + "}" * 500, encoding="utf-8")
    assert main(["compare", *versions, option, str(deep), "--language", "en"]) == UNUSABLE
    said = capsys.readouterr()
    assert "deep.yaml" in said.err + said.out
    assert "fault of Wegwijzer" not in said.err + said.out


@pytest.mark.parametrize(
    "norms",
    [
        "norms: {loses_at_most: .nan}",
        "norms: {loses_at_most: .inf}",
        "norms: {loses_at_most: -1}",
        "norms: {loses_at_most: 0, loses_at_most: 100}",
        "norms: {loses_at_most: 0}\nnorms: {loses_at_most: 100}",
    ],
)
def test_a_norm_that_nothing_can_miss_or_that_stands_twice_cannot_be_used(
    norms: str, versions: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No number, no end, or two figures for one norm: the file is refused and no verdict is given on it."""
    path = tmp_path / "norms.yaml"
    path.write_text(norms, encoding="utf-8")
    assert main(["compare", *versions, "--norms", str(path), "--language", "en"]) == UNUSABLE
    said = capsys.readouterr()
    assert "each once" in said.err + said.out
    assert "go on" not in said.out
