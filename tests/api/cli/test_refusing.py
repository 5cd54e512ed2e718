"""What a command prints for machines when it cannot use what it was given: a report all the same, and exit code 2."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from sarif_pydantic import Sarif

from api.cli.exits import UNUSABLE
from api.cli.main import main
from api.cli.report import report_schema
from tests.engine.lint.flows import SOUND

COMMANDS = (["prove"], ["test"], ["mutate"], ["compare", "{flow}"])
BROKEN = SOUND.replace("< 12", "< twaalf")


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """A flow that does not load, one that is no text, one that is not there, and a sound one."""
    made = {name: tmp_path / name / "flow.yaml" for name in ("broken", "corrupt", "sound")}
    for path in made.values():
        path.parent.mkdir()
    made["broken"].write_text(BROKEN, encoding="utf-8")
    made["corrupt"].write_bytes(b"\xff\xfe\x00flow")
    made["sound"].write_text(SOUND, encoding="utf-8")
    return {**made, "missing": tmp_path / "nowhere" / "flow.yaml"}


def words(command: Sequence[str], path: Path) -> list[str]:
    """The command on one file."""
    return [part.format(flow=path) for part in command] + [str(path)]


def report(text: str) -> dict[str, object]:
    """The report in `text`, held against the published schema."""
    plain: dict[str, object] = json.loads(text)
    assert list(Draft202012Validator(report_schema()).iter_errors(plain)) == []
    return plain


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(("which", "code"), [("broken", "E-NAME"), ("corrupt", "E-INPUT"), ("missing", "E-INPUT")])
def test_json_is_a_report_whatever_was_given(
    command: Sequence[str], which: str, code: str, places: dict[str, Path], capsys: pytest.CaptureFixture[str]
):
    """A flow that does not load, a file that is not there or no text: a report with the findings, and exit code 2."""
    assert main([*words(command, places[which]), "--json"]) == UNUSABLE
    out, err = capsys.readouterr()
    told = report(out)
    assert (told["command"], told["exitCode"], err) == (command[0], UNUSABLE, "")
    assert code in {found["code"] for part in told["parts"] for found in part["findings"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize("which", ["broken", "missing"])
def test_sarif_and_junit_come_too(which: str, places: dict[str, Path], capsys: pytest.CaptureFixture[str]):
    """The other forms hold the same findings."""
    assert main(["prove", str(places[which]), "--sarif"]) == UNUSABLE
    sarif = Sarif.model_validate_json(capsys.readouterr().out)
    assert sarif.runs[0].results
    assert main(["prove", str(places[which]), "--junit"]) == UNUSABLE
    suites = ET.parse(io.StringIO(capsys.readouterr().out)).getroot()  # noqa: S314  our own output
    assert int(suites.get("failures", "0")) > 0


def test_a_scenario_file_that_cannot_be_read_is_named(places: dict[str, Path], capsys: pytest.CaptureFixture[str]):
    """The findings of a faulty scenario file stand at that file."""
    file = places["sound"].parent / "scenarios.yaml"
    file.write_text("scenarios:\n  Een:\n    expect: {uitkomst: ja}\n", encoding="utf-8")
    assert main(["test", str(places["sound"]), "--json"]) == UNUSABLE
    told = report(capsys.readouterr().out)
    assert [part["file"] for part in told["parts"]] == [str(file)]  # type: ignore[attr-defined]


def test_a_missing_flow_is_told_to_lint_too(places: dict[str, Path], capsys: pytest.CaptureFixture[str]):
    """`lint` judges what does not load; what is not there it cannot judge, and says so in the same form."""
    assert main(["lint", str(places["missing"]), "--json"]) == UNUSABLE
    assert report(capsys.readouterr().out)["parts"]


def test_a_board_of_nothing_is_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`stand --json` where there are no flows."""
    assert main(["stand", "--flows", str(tmp_path), "--json"]) == UNUSABLE
    assert report(capsys.readouterr().out)["command"] == "stand"


def test_the_report_goes_to_its_file_and_people_are_told(places: dict[str, Path], capsys: pytest.CaptureFixture[str]):
    """With --output the report is in the file, and the problems are on standard error."""
    file = places["sound"].parent / "report.json"
    assert main(["prove", str(places["broken"]), "--output", str(file)]) == UNUSABLE
    out, err = capsys.readouterr()
    assert (out, "E-NAME" in err) == ("", True)
    assert report(file.read_text(encoding="utf-8"))["exitCode"] == UNUSABLE


def test_a_report_that_cannot_be_written_is_said(places: dict[str, Path], capsys: pytest.CaptureFixture[str]):
    """A folder that is not there does not hide what is wrong with the flow."""
    file = places["missing"].parent / "report.json"
    assert main(["prove", str(places["broken"]), "--json", "--output", str(file)]) == UNUSABLE
    assert "E-NAME" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["docs"], ["dmn", "export"]], ids=lambda words: words[0])
def test_a_page_that_was_made_before_is_left_alone(
    command: Sequence[str], places: dict[str, Path], capsys: pytest.CaptureFixture[str]
):
    """`--output` of a command that makes something else than a report: a flow that does not load overwrites nothing."""
    file = places["sound"].parent / "made.before"
    file.write_text("the page of yesterday", encoding="utf-8")
    assert main([*words(command, places["broken"]), "--output", str(file)]) == UNUSABLE
    out, err = capsys.readouterr()
    assert (out, "E-NAME" in err, file.read_text("utf-8")) == ("", True, "the page of yesterday")


@pytest.mark.parametrize(("language", "says"), [("nl", "Hier is geen `twaalf`."), ("en", "There is no `twaalf` here.")])
def test_it_is_told_in_the_reader_s_language(
    language: str, says: str, places: dict[str, Path], capsys: pytest.CaptureFixture[str]
):
    """People and machines read the same sentence, in the language that was asked for."""
    assert main(["prove", str(places["broken"]), "--language", language]) == UNUSABLE
    assert says in capsys.readouterr().err
    assert main(["prove", str(places["broken"]), "--language", language, "--json"]) == UNUSABLE
    assert says in capsys.readouterr().out


def test_a_sentence_about_the_command_line_follows_the_language(
    places: dict[str, Path], capsys: pytest.CaptureFixture[str]
):
    """Not only problems of flow files are told in Dutch."""
    shutil.copy(places["sound"], places["sound"].parent / "copy.yaml")
    assert main(["prove", "nergens", "--flows", str(places["sound"].parent), "--language", "nl"]) == UNUSABLE
    assert capsys.readouterr().err.startswith("Er is geen proces `nergens`")
