"""A declared population gives the shares that going through every one of its citizens gives."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from api.cli.main import main
from engine.graph.load import load_flow
from engine.harness.answer import Citizen
from engine.harness.compare import compare, way_of
from engine.harness.compare_population import count, of_declared
from engine.harness.compare_shifts import LOSES
from engine.harness.declared import Declared, NotSpread
from tests.engine.harness.test_compare import BASE, FLOWS, HURT, flow

SMALL = """
wegwijzer: 1
flow: klein
language: nl
question: Mag dit?
goal: mag
facts:
  werk: {{type: boolean, ask: "Werkt u?", why: "D."}}
  leeftijd: {{type: integer, min: 1, max: 20, ask: "Hoe oud bent u?", why: "D."}}
  soort: {{type: choice, options: [a, b, c], ask: "Welke soort?", why: "D."}}
  dag: {{type: date, min: 2026-01-01, max: 2026-01-10, ask: "Welke dag?", why: "D."}}
decisions:
  mag: {{type: choice, options: [ja, nee], is: 'if {when} then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, rank: 1, text: Ja}}
  nee: {{kind: answer, rank: 0, text: Nee}}
"""
OLD = SMALL.format(when='leeftijd >= 5 and soort != "b" and dag < date("2026-01-08")')
NEW = SMALL.format(when='leeftijd >= 7 and (soort = "a" or werk) and dag <= date("2026-01-08")')


def everybody() -> list[Citizen]:
    """Every citizen there can be, once."""
    days = [date(2026, 1, day).isoformat() for day in range(1, 11)]
    whole = product((True, False), range(1, 21), "abc", days)
    return [
        Citizen({"werk": work, "leeftijd": age, "soort": kind, "dag": day}, date(2026, 1, 1))
        for work, age, kind, day in whole
    ]


def test_without_weights_it_is_everybody_once() -> None:
    """Each answer counts once: as many citizens as a file with all of them."""
    old, new = load_flow(OLD), load_flow(NEW)
    people = everybody()
    declared = Declared(len(people), {})
    found = of_declared(compare(old, new, declared), declared.size, ("mag", "mag"))
    assert found.shifts == count(old, new, people).shifts
    assert sum(found.shifts.values()) > 0


def test_weights_count_as_so_many_citizens() -> None:
    """A weight of three is three citizens; a range is spread evenly over its figures and dates."""
    old, new = load_flow(OLD), load_flow(NEW)
    spread = {
        "werk": {"yes": 3.0, "no": 1.0},
        "soort": {"a": 1.0, "b": 0.0, "c": 2.0},
        "leeftijd": {"1..6": 12.0, "7..20": 14.0},
        "dag": {"2026-01-06..2026-01-09": 4.0},
    }
    people = []
    for own in everybody():
        times = {True: 3, False: 1}[own.answers["werk"]] * {"a": 1, "b": 0, "c": 2}[own.answers["soort"]]
        times *= (2 if own.answers["leeftijd"] <= 6 else 1) * ("2026-01-06" <= own.answers["dag"] <= "2026-01-09")
        people += [own] * times
    declared = Declared(len(people), spread)
    found = of_declared(compare(old, new, declared), declared.size, ("mag", "mag"))
    assert found.shifts == count(old, new, people).shifts
    assert len(found.shifts) == 2


@pytest.mark.parametrize(("edit", "named"), HURT)
def test_the_groups_that_are_hurt_are_small_and_named(edit: str, named: str) -> None:
    """Each is less than half a per cent of a million citizens, and each is named with a citizen of it."""
    declared = Declared(1_000_000, {"soort": {"a": 60, "b": 35, "c": 5}, "geld": {"0..40000": 99, "40000..90000": 1}})
    found = compare(load_flow(flow(BASE)), load_flow(flow(edit.format(BASE))), declared)
    (shift,) = found.shifts
    assert shift.effect == LOSES
    assert shift.people is not None
    assert 0 < shift.people < 0.005
    assert all(named in group.rule and group.witness for group in shift.groups)


@pytest.mark.parametrize(
    ("spread", "says"),
    [
        ({"soort": {"z": 1.0}}, "has no answer `z`"),
        ({"leeftijd": {"jong": 1.0}}, "a range is written as low..high"),
        ({"leeftijd": {"9..1": 1.0}}, "runs from low to high"),
        ({"soort": {"a": 0.0}}, "nobody has any of the answers"),
    ],
)
def test_what_cannot_be_spread_is_said(spread: dict[str, dict[str, float]], says: str) -> None:
    """Which fact, and what to write."""
    with pytest.raises(NotSpread, match=says):
        compare(load_flow(OLD), load_flow(NEW), Declared(10, spread))


def test_a_sum_is_estimated_and_never_passes_for_exact() -> None:
    """Where answers add up, cells are not independent: the share comes from drawn citizens, with an interval."""
    text = (FLOWS / "verkeersboete" / "flow.yaml").read_text(encoding="utf-8")
    found = compare(load_flow(text), load_flow(text.replace("| >= 75      ", "| >= 75.01   ")), Declared(1000, {}))
    unsure = [shift for shift in found.shifts if shift.people is None]
    assert unsure
    for shift in unsure:
        assert shift.estimate is not None
        assert shift.estimate.drawn > 0
        assert 0 <= shift.estimate.low <= shift.estimate.share < shift.estimate.high


POPULATION = "population: {size: 1000000, facts: {soort: {a: 60, b: 30, c: 10}, werk: {yes: 55, no: 45}}}\n"


@pytest.mark.parametrize(
    ("norms", "code", "verdict"),
    [
        ("loses_at_most: 90", 0, "go on"),
        ("loses_at_most: 0.001", 1, "drawing board"),
        ("loses_at_most: 90, questions_at_most: 4", 0, "go on"),
    ],
)
def test_the_command_judges_norms_by_it(
    norms: str, code: int, verdict: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Shares of the population, the verdict and its exit code."""
    for name, text in (("old.yaml", OLD), ("new.yaml", NEW), ("people.yaml", POPULATION)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "norms.yaml").write_text(f"norms: {{{norms}}}\n", encoding="utf-8")
    given = [str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), "--population", str(tmp_path / "people.yaml")]
    assert main(["compare", *given, "--norms", str(tmp_path / "norms.yaml")]) == code
    said = capsys.readouterr().out
    assert said.rstrip().endswith(verdict)
    assert "of the population" in said
    assert "population: 1,000,000" in said


@pytest.mark.parametrize(
    "text",
    [
        "population: 3",
        "people: {size: 3}",
        "population: {size: 0}",
        "population: {size: 5, facts: {leeftjd: {1: 1}}}",
        "population: {size: 5, facts: {soort: {a: -1}}}",
        "population: {size: 5, facts: {soort: {a: NaN}}}",
        "population: {size: 5, facts: {soort: {z: 1}}}",
        "population: [",
        "population: {size: 5, facts: {soort: {a: 1}, soort: {b: 1}}}",
        "population: {size: 5, facts: {soort: {a: 1, a: 2}}}",
    ],
)
def test_a_population_that_cannot_be_used_is_refused(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence, exit code 2, no trace."""
    for name, own in (("old.yaml", OLD), ("new.yaml", NEW), ("people.yaml", text)):
        (tmp_path / name).write_text(own, encoding="utf-8")
    given = [str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"), "--population", str(tmp_path / "people.yaml")]
    assert main(["compare", *given]) == 2
    said = capsys.readouterr().err
    assert "people.yaml" in said
    assert "Traceback" not in said
    assert json.dumps(said)


def test_citizens_in_a_file_count_for_an_amount_that_changes() -> None:
    """Who keeps the outcome and gets less is counted line by line; so is what the line shows of them."""
    text = SMALL.format(when="leeftijd >= 5").replace(
        "outcomes:", "  bedrag: {{type: integer, is: leeftijd * 3}}\noutcomes:"
    )
    text = (
        text.replace("{{", "{").replace("}}", "}").replace("rank: 1, text: Ja", "rank: 1, values: [bedrag], text: Ja")
    )
    old, new = (
        load_flow(text),
        load_flow(text.replace("leeftijd * 3", "leeftijd * 3 - (if leeftijd = 9 then 1 else 0)")),
    )
    people = everybody()
    crowd = count(old, new, people)
    assert crowd.moves == {("bedrag", "lower"): sum(own.answers["leeftijd"] == 9 for own in people)}
    (shift,) = compare(old, new).shifts
    assert (shift.of, way_of(shift)) == ("bedrag", "lower")
