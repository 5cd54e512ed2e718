"""The pytest plugin on a project of its own, through the real commands."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from api.cli.main import main

pytest_plugins = ["pytester"]


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A throwaway project with two flows made by `wegwijzer new`."""
    monkeypatch.chdir(pytester.path)
    for slug in ("hulp", "ander"):
        told = ["--question", "Kan ik hulp krijgen?", "--problem", "p", "--evidence", "e"]
        assert main(["new", slug, *told]) == 0
    return pytester


def test_every_scenario_is_a_test_that_holds(project: pytest.Pytester) -> None:
    """All scenarios of both flows are collected and pass."""
    project.runpytest("flows").assert_outcomes(passed=6)


def test_each_of_several_citizens_is_a_test(project: pytest.Pytester) -> None:
    """A list under `with` is several citizens: each is counted, named, and in JUnit."""
    file = project.path / "flows/hulp/scenarios/eerste.yaml"
    several = "with: [{woont_hier: no}, {woont_hier: no, haast: no}]"
    file.write_text(file.read_text("utf-8").replace("with: {woont_hier: no}", several), "utf-8")
    project.runpytest("flows/hulp", "--junit-xml", "out.xml").assert_outcomes(passed=4)
    names = [own.get("name") for own in ET.parse(project.path / "out.xml").iter("testcase")]  # noqa: S314  pytest wrote it
    assert "Wie ergens anders woont, hoort waar het wel kan (2)" in names


def test_one_flow_and_one_scenario_can_be_chosen(project: pytest.Pytester) -> None:
    """By flow with the plugin's own option, by words with pytest's."""
    project.runpytest("flows", "--wegwijzer-flow", "hulp", "-k", "haast").assert_outcomes(passed=1, deselected=2)


def test_a_failure_tells_place_citizen_and_what_was_otherwise(project: pytest.Pytester) -> None:
    """No trace: the scenario's line, the answers, and the sentence; JUnit has it too."""
    file = project.path / "flows/hulp/scenarios/eerste.yaml"
    file.write_text(file.read_text("utf-8").replace("outcome: nee", "outcome: ja"), "utf-8")
    done = project.runpytest_subprocess("flows/hulp", "--junit-xml", "out.xml")
    done.assert_outcomes(passed=2, failed=1)
    done.stdout.fnmatch_lines(
        ["*eerste.yaml:12*Wie ergens anders woont*", "*citizen*woont_hier: no*", "*expected outcome ja, got nee*"]
    )
    done.stdout.no_fnmatch_line("*Traceback*")
    failures = ET.parse(project.path / "out.xml").findall(".//testcase/failure")  # noqa: S314  our own file
    assert len(failures) == 1
    assert "expected outcome ja" in (failures[0].text or "")


def test_scenarios_beside_the_flow_are_collected_too(project: pytest.Pytester) -> None:
    """`scenarios-more.yaml` in the flow's own folder counts, other YAML does not."""
    folder = project.path / "flows/hulp"
    (folder / "scenarios-more.yaml").write_text("scenarios: {leeg: {expect: {}}}\n", "utf-8")
    (folder / "norms.yaml").write_text("a: 1\n", "utf-8")
    project.runpytest("flows/hulp").assert_outcomes(passed=4)


def test_a_faulty_file_is_told_with_its_problems(project: pytest.Pytester) -> None:
    """A wrong key stops that file with its line, and a broken flow its own files; the others run."""
    (project.path / "flows/hulp/scenarios/eerste.yaml").write_text("scenarios: {a: {expekt: {}}}\n", "utf-8")
    done = project.runpytest("flows", "--continue-on-collection-errors")
    done.assert_outcomes(passed=3, errors=1)
    done.stdout.fnmatch_lines(["*eerste.yaml:1:*E-SCENARIO*"])
