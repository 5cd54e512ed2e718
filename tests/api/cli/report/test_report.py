"""What a command found, told in four forms: each agrees with its schema and with readers of other hands."""

from __future__ import annotations

import argparse
import io
import json
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree
from sarif_pydantic import Sarif

from api.cli import schema
from api.cli.exits import FINDINGS, GOOD, UNDECIDED
from api.cli.report import (
    Finding,
    Part,
    Report,
    add_output_options,
    exit_code,
    finding_of,
    finish,
    junit,
    language_of,
    progress,
    report_schema,
    sarif,
    words_of,
)
from api.cli.report.frame import frame
from api.cli.report.terminal import Terminal
from engine.errors import Problem, Severity, Where, worded
from tests.api.cli.report import reports

EVERY = (reports.FULL, reports.CLEAN, reports.UNDECIDED)


def given(*words: str) -> argparse.Namespace:
    """What a command line means."""
    parser = argparse.ArgumentParser()
    add_output_options(parser)
    return parser.parse_args(words)


@pytest.mark.parametrize("report", EVERY)
def test_json_is_as_its_schema_says(report: Report):
    """`--json` validates against the published schema, which is itself a sound 2020-12 schema, and reads back."""
    Draft202012Validator.check_schema(report_schema())
    plain = json.loads(json.dumps(report.plain()))
    assert list(Draft202012Validator(report_schema()).iter_errors(plain)) == []
    assert Report.model_validate(plain) == report


def test_the_schemas_are_printed(capsys: pytest.CaptureFixture[str]):
    """`wegwijzer schema --of findings` prints the schema of a report; without it, that of the flow file."""
    schema.run(argparse.Namespace(of="findings"))
    assert json.loads(capsys.readouterr().out) == report_schema()
    schema.run(argparse.Namespace(of="flow"))
    assert json.loads(capsys.readouterr().out)["$schema"].endswith("2020-12/schema")


def test_the_schema_refuses_what_is_no_report():
    """A key too many or a severity that does not exist is refused."""
    validator = Draft202012Validator(report_schema())
    plain = reports.FULL.plain()
    assert not validator.is_valid({**plain, "extra": 1})
    plain["parts"][0]["findings"][0]["severity"] = "fatal"
    assert not validator.is_valid(plain)


@pytest.mark.parametrize("report", EVERY)
def test_sarif_is_sarif(report: Report):
    """A log agrees with the parts of SARIF 2.1.0 that it uses, and another reader takes it."""
    log = json.loads(json.dumps(sarif(report)))
    Draft202012Validator.check_schema(reports.SARIF)
    assert list(Draft202012Validator(reports.SARIF).iter_errors(log)) == []
    read = Sarif.model_validate(log)
    assert len(read.runs[0].results or ()) == len(log["runs"][0]["results"])


def test_sarif_tells_everything():
    """Findings, failing scenarios and what was not judged are all in the log; rules are found by their index."""
    run = sarif(reports.FULL)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[own["ruleIndex"]] for own in run["results"]] == [own["ruleId"] for own in run["results"]]
    assert [own["ruleId"] for own in run["results"]] == ["P-GAP", "L-WORDS", "E-PROCESS-TELL", "T-SCENARIO"]
    assert run["tool"]["driver"]["rules"][rules.index("P-GAP")]["help"]["markdown"].startswith("# P-GAP")
    first = run["results"][0]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "flows/een%20flow/flow.yaml"
    assert first["properties"]["witness"] == {"leeftijd": 17, "samen": True}
    assert run["results"][2]["locations"] == [{"logicalLocations": [{"name": "standard@1"}]}]
    assert run["invocations"][0]["executionSuccessful"] is False


def test_a_fingerprint_stays_when_lines_move():
    """The same finding on another line is the same finding; another sentence is another one."""

    def print_of(finding: Finding) -> str:
        log = sarif(Report(command="lint", parts=(Part(flow="x", findings=(finding,)),)))
        return str(log["runs"][0]["results"][0]["partialFingerprints"]["wegwijzer/v1"])

    moved = reports.BAD.model_copy(update={"line": 99})
    other = reports.BAD.model_copy(update={"message": "Else."})
    assert print_of(moved) == print_of(reports.BAD) != print_of(other)


@pytest.mark.parametrize("report", EVERY)
def test_junit_is_junit(report: Report):
    """The XML agrees with the form that Jenkins reads."""
    schema = etree.XMLSchema(etree.XML(reports.JUNIT))
    assert schema.validate(etree.XML(junit(report).encode())), schema.error_log


def test_junit_readers_count_the_same():
    """Another reader finds the same cases: what failed, what was not judged, what was skipped, what held."""
    read = JUnitXml.fromstring(junit(reports.FULL).encode())
    kinds = {case.name: [type(own) for own in case.result] for suite in read for case in suite}
    assert kinds == {
        "P-GAP flows/een flow/flow.yaml:3:4": [Failure],
        "E-PROCESS-TELL standard@1:0:0": [Failure],
        "P-USELESS": [],
        "gaat goed": [],
        "gaat mis": [Failure],
        "later": [Skipped],
        "the sum of a and b": [Error],
    }
    assert (read.tests, read.failures, read.errors) == (7, 3, 1)
    assert [len(list(suite)) for suite in JUnitXml.fromstring(junit(reports.CLEAN).encode())] == [1]


@pytest.mark.parametrize(
    ("report", "code"), [(reports.FULL, FINDINGS), (reports.CLEAN, GOOD), (reports.UNDECIDED, UNDECIDED)]
)
def test_the_exit_code_follows(report: Report, code: int):
    """Something found is 1, something not judged 3, else 0; and a command may say otherwise."""
    assert exit_code(report) == code
    assert exit_code(report.model_copy(update={"exit_code": 2})) == 2


def test_advice_fails_nothing():
    """A note is told, and is no finding for the exit code."""
    report = Report(command="lint", parts=(Part(flow="x", findings=(reports.NOTE,)),))
    assert exit_code(report) == GOOD
    assert "L-WORDS" in words_of(report)


def test_people_read_place_mark_line_witness_and_way_out(tmp_path: Path):
    """Without colour: the place, a word for how bad, the line with a caret, a citizen, and what to do."""
    path = tmp_path / "flow.yaml"
    path.write_text("facts:\n  omtrek: {type: number}\n", encoding="utf-8")
    message = worded("Fact `{name}` has no `why`.", name="omtrek")
    problem = Problem(Where(str(path), 2, 3), "E-WHY", message, worded("Add it."), Severity.ERROR)
    found = finding_of(problem, "nl", {"spoed": True, "omtrek": None}, ("answering", "closed"))
    report = Report(command="lint", language="nl", parts=(Part(flow="x", file="x", findings=(found,)),))
    assert words_of(report).splitlines() == [
        f"✗ {path}:2:3: fout E-WHY: Gegeven `omtrek` heeft geen `why`.",
        "    2 │   omtrek: {type: number}",
        "      │   ^^^^^^",
        "    bijvoorbeeld: spoed: yes, omtrek: none",
        "    te zien op de weg: answering closed",
        "    → Voeg het toe.",
        "✗ x: 1 fout",
        "Meer over een code: wegwijzer lint --explain E-WHY",
    ]


def test_a_long_line_is_cut_around_the_place(tmp_path: Path):
    """Of a very long line the part around the caret is shown, and the caret stays under it."""
    path = tmp_path / "long.yaml"
    path.write_text("a" * 300 + " HERE " + "b" * 300 + "\n", encoding="utf-8")
    shown = frame(str(path), 1, 302)
    assert shown is not None
    assert shown[0][shown[1].index("^") :].startswith("HERE")
    assert len(shown[0]) < 130
    assert frame(str(path), 9, 1) is None
    assert frame("standard@1", 1, 1) is None


def test_no_colour_where_nobody_wants_it(monkeypatch: pytest.MonkeyPatch):
    """A pipe gets no escape codes; a terminal gets them, unless NO_COLOR is set."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = io.StringIO()
    Terminal("en", stream).show(reports.FULL)
    assert "\x1b[" not in stream.getvalue()
    monkeypatch.setenv("TERM", "xterm-256color")
    for wanted, setting in ((True, ""), (False, "1")):
        monkeypatch.setenv("NO_COLOR", setting)
        screen = io.StringIO()
        screen.isatty = lambda: True  # type: ignore[method-assign]
        Terminal("en", screen).show(reports.FULL)
        coloured = "\x1b[31m" in screen.getvalue() or "\x1b[1;31m" in screen.getvalue()
        assert coloured is wanted


def test_a_terminal_without_symbols_gets_plain_ones():
    """What cannot show ✗ and │ gets x and |."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    Terminal("en", stream).show(Report(command="lint", parts=(Part(flow="x", findings=(reports.NOWHERE,)),)))
    stream.seek(0)
    assert stream.read().startswith("! standard@1: warning")


def test_the_language_is_that_of_the_environment():
    """`--language` wins, then LC_ALL, LC_MESSAGES and LANG; what is neither Dutch nor English is English."""
    assert language_of(given("--language", "nl"), {"LANG": "en_GB.UTF-8"}) == "nl"
    assert language_of(given(), {"LANG": "nl_NL.UTF-8"}) == "nl"
    assert language_of(given(), {"LC_ALL": "en_US", "LANG": "nl_NL"}) == "en"
    assert language_of(given(), {"LANG": "de_DE"}) == "en"
    assert language_of(given(), {}) == "en"


def test_machine_output_goes_where_it_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A form alone prints that form only; with --output it goes to the file, and people still read here."""
    assert finish(reports.CLEAN, given("--sarif")) == GOOD
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"
    path = tmp_path / "out.xml"
    assert finish(reports.FULL, given("--junit", "--output", str(path))) == FINDINGS
    assert "gaat mis" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8").startswith("<?xml")
    finish(reports.CLEAN, given("--output", str(path)))
    assert json.loads(path.read_text(encoding="utf-8"))["exitCode"] == GOOD


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_long_run_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch):
    """On a terminal a bar appears once patience is over, and goes when the work is done; in a pipe there is none."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)
    with progress.working("lint", 2, "nl") as step:
        until = time.monotonic() + 5
        while "lint: bezig" not in screen.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
        step("[/een]")  # names are no markup
    assert "lint: bezig" in screen.getvalue()
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    with progress.working("lint", 1) as step:
        step("een")
    assert pipe.getvalue() == ""
