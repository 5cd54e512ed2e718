"""Whom a change in words or process touches: named as a rule, with a citizen and the share, in what is printed too."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cli.exits import FINDINGS
from api.cli.main import main
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.process import By
from engine.harness import compare_harms as harms
from engine.harness.answer import Citizen, answer
from engine.harness.compare import Comparison, compare
from engine.harness.compare_sets import Sets
from engine.harness.compare_ways import Ways
from engine.harness.compare_words import Change
from engine.harness.declared import Declared
from engine.harness.norms import BOARD, GO_ON, OPEN, Norms, measured, verdict
from tests.engine.harness.example_flows import graph_of, text_of
from tests.engine.harness.school_transport import (
    EDITS,
    EVERYBODY,
    FLOW,
    PEOPLE,
    POPULATION,
    Child,
    Edit,
    children,
)


@cache
def old() -> Graph:
    return load_flow(FLOW)


@cache
def edited(edit: Edit) -> Comparison:
    assert FLOW.count(edit.before) == 1
    return compare(old(), load_flow(FLOW.replace(edit.before, edit.after)), PEOPLE)


def about(edit: Edit) -> Change:
    """The change that tells whom the edit hurts."""
    return next(own for own in edited(edit).changes if own.harm == edit.harm and own.touched is not None)


def child(witness: Mapping[str, str]) -> Child:
    home = witness.get("opvang", "thuis")
    limited = witness["beperking"] == "yes"
    return Child(witness["school"], int(witness["afstand"]), limited, int(witness["leeftijd"]), home)


def share(edit: Edit) -> float:
    """The part of the population that an edit hurts, counted child by child."""
    return sum(part for own, part in children() if edit.hits(own))


@pytest.mark.parametrize("edit", EDITS, ids=lambda own: own.name)
def test_a_small_group_is_named_with_its_share(edit: Edit) -> None:
    """Fewer than one in two hundred: who they are, how many of the population, and one of them."""
    found = about(edit).touched
    assert found is not None
    assert found.whom == edit.whom
    assert all(all(part in group.rule for part in edit.rule) for group in found.groups) or len(found.groups) > 1
    people = found.people_at_most if edit.bound else found.people
    assert (found.people is None) == edit.bound
    assert people is not None
    assert people == pytest.approx(share(edit), rel=1e-9)
    assert 0 < people < 0.005


@pytest.mark.parametrize("edit", EDITS, ids=lambda own: own.name)
def test_each_citizen_that_is_shown_is_one_of_them(edit: Edit) -> None:
    """By the rules as written down a second time."""
    found = about(edit).touched
    assert found is not None
    assert found.groups
    assert all(edit.hits(child(group.witness)) for group in found.groups)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The old flow and the population."""
    folder = tmp_path_factory.mktemp("pairs")
    first, people = folder / "old.yaml", folder / "people.yaml"
    first.write_text(FLOW, encoding="utf-8")
    people.write_text(POPULATION, encoding="utf-8")
    return first, people


def said(edit: Edit, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What the command prints of an edit."""
    first, people = files
    new = first.with_name("new.yaml")
    new.write_text(FLOW.replace(edit.before, edit.after), encoding="utf-8")
    assert main(["compare", str(first), str(new), "--population", str(people), *more]) == FINDINGS
    return capsys.readouterr().out


@pytest.mark.parametrize("edit", EDITS, ids=lambda own: own.name)
def test_the_group_and_its_share_stand_in_what_is_printed_and_in_the_json(
    edit: Edit, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """In both the same: harm, whom, rule, share and citizen; what takes something from people is an error."""
    lines = said(edit, files, capsys, "--language", "en").splitlines()
    report = json.loads(said(edit, files, capsys, "--json"))
    plain = next(own for own in report["details"]["changes"] if own["harm"] == edit.harm and own["groups"])
    people = plain["peopleAtMost" if edit.bound else "people"]
    at = next(at for at, line in enumerate(lines) if edit.whom in line)
    assert f"{people:.3%} of the population" in lines[at]
    assert ("at most" in lines[at]) == edit.bound
    assert lines[at - 1].startswith(edit.harm or "~ ")
    assert [own["rule"] for own in plain["groups"]] == [
        line.strip() for line in lines[at + 1 : at + 1 + 2 * len(plain["groups"]) : 2]
    ]
    assert lines[at + 2].strip().startswith("for example: school: ")
    codes = {own["code"]: own["severity"] for own in report["parts"][0]["findings"]}
    assert codes["C-HARM" if edit.harm else "C-OTHER"] == ("error" if edit.harm else "warning")


def test_a_reader_of_dutch_reads_dutch(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The harm, whom it is about and the share."""
    edit = next(own for own in EDITS if own.name == "remedy gone")
    text = said(edit, files, capsys, "--language", "nl")
    assert "verliest een rechtsmiddel: " in text
    assert "    wie `fiets` krijgt, " in text
    assert "0,084% van de bevolking" in text


@pytest.mark.parametrize(("harm", "edit"), EVERYBODY.items(), ids=str)
def test_what_is_about_everybody_says_so(harm: str, edit: tuple[str, str, str]) -> None:
    """A channel, its answer and the first page."""
    before, after, what = edit
    (change,) = compare(old(), load_flow(FLOW.replace(before, after)), PEOPLE).changes
    assert change.harm == harm
    assert what in change.what
    assert change.touched is not None
    assert (change.touched.whom, change.touched.share, change.touched.people) == ("everybody", 1.0, 1.0)


def test_a_letter_that_nobody_gets_is_said_to_be_so() -> None:
    """An outcome that the rules never give."""
    flow = FLOW.replace("not(internaat) || gesprek ", "not(internaat) || taxi    ")
    found = compare(load_flow(flow), load_flow(flow.replace("We bellen u binnen", "We bellen binnen")), PEOPLE)
    (change,) = found.changes
    assert change.touched is not None
    assert change.touched.whom == "whoever gets `gesprek`: nobody"
    assert change.touched.people == 0


SUMS = """
wegwijzer: 1
flow: sommen
language: nl
question: Mag dit?
goal: mag
facts:
  eerste: {{type: {kind}, min: 0, max: {most}, ask: "Hoeveel een?", why: "D."}}
  tweede: {{type: {kind}, min: 0, max: {most}, ask: "Hoeveel twee?", why: "D."}}
decisions:
  mag: {{type: choice, options: [ja, nee], is: 'if eerste + tweede > {limit} then "nee" else "ja"'}}
outcomes:
  ja: {{kind: answer, rank: 1, text: "Het mag."}}
  nee: {{kind: refusal, rank: 0, text: "Nee.", remedy: {{kind: bezwaar, at: "Gemeente", within: P6W}}}}
"""


def by_sum(kind: str, most: int, limit: int) -> tuple[Comparison, Change]:
    """The objection is gone for whoever is refused, which a sum decides."""
    flow = SUMS.format(kind=kind, most=most, limit=limit)
    new = flow.replace(', remedy: {kind: bezwaar, at: "Gemeente", within: P6W}', "")
    found = compare(load_flow(flow), load_flow(new), Declared(1000, {}))
    (change,) = found.changes
    return found, change


def test_where_a_sum_decides_and_every_answer_is_listed_the_share_is_worked_out() -> None:
    """Three of the thousand and twenty-four pairs of figures are above sixty."""
    _, change = by_sum("integer", 31, 60)
    assert change.touched is not None
    assert change.touched.people == pytest.approx(3 / 1024)
    assert change.touched.groups


def test_where_a_sum_decides_and_there_are_too_many_answers_it_is_estimated() -> None:
    """Half of the square of a twentieth is above: the interval holds it, and the norm is judged by the interval."""
    found, change = by_sum("money", 1000, 1950)
    assert change.touched is not None
    own = change.touched.estimate
    assert own is not None
    assert own.low < 0.00125 < own.high
    assert own.drawn >= 10_000
    wanted = {"loses_remedy_at_most": "1", "less_time_at_most": "0", "worse_off_at_most": "0.05"}
    tests = measured(Norms({name: Decimal(most) for name, most in wanted.items()}), found, None)
    assert [test.met for test in tests] == [True, True, False]


# -- norms


def norm(wanted: str, edit: Edit, name: str, people: Declared | None = PEOPLE) -> tuple[object, ...]:
    """What becomes of one norm on an edit: what was found, whether it is met, the verdict."""
    found = edited(edit) if people is not None else compare(old(), load_flow(FLOW.replace(edit.before, edit.after)))
    tests = measured(Norms({name: Decimal(wanted)}), found, None)
    return tests[0].found, tests[0].met, verdict(tests, found)


def test_a_norm_on_what_is_taken_decides() -> None:
    """Within the share it goes on, above it it is the drawing board; one of another harm is met."""
    remedy = next(own for own in EDITS if own.name == "remedy gone")
    per_cent = pytest.approx(100 * share(remedy))
    assert norm("0.05", remedy, "loses_remedy_at_most") == (per_cent, False, BOARD)
    assert norm("0.1", remedy, "loses_remedy_at_most") == (per_cent, True, GO_ON)
    assert norm("0", remedy, "worse_off_at_most") == (per_cent, False, BOARD)
    assert norm("0", remedy, "less_time_at_most") == (0, True, GO_ON)


def test_a_norm_on_what_is_only_bound_says_what_it_knows() -> None:
    """Who can come at a place: met where all of them are within it, else nobody knows; zero is missed by anybody."""
    time = next(own for own in EDITS if own.name == "time of a citizen")
    assert norm("0.1", time, "less_time_at_most")[1:] == (True, GO_ON)
    assert norm("0.001", time, "less_time_at_most") == (None, None, OPEN)
    assert norm("0", time, "less_time_at_most") == (None, False, BOARD)


def test_without_a_population_zero_is_missed_and_the_rest_is_open() -> None:
    """As for losses by rank."""
    remedy = next(own for own in EDITS if own.name == "remedy gone")
    assert norm("0", remedy, "loses_remedy_at_most", None) == (None, False, BOARD)
    assert norm("1", remedy, "loses_remedy_at_most", None) == (None, None, OPEN)


# -- the sets against the engine that serves citizens

SMALL = """
wegwijzer: 1
flow: klein
language: nl
question: Mag dit?
goal: mag
facts:
  werk: {{type: boolean, ask: "Werkt u?", why: "D."}}
  soort: {{type: choice, options: [a, b, c], ask: "Welke soort?", why: "D."}}
  leeftijd: {{type: integer, min: 0, max: 4, ask: "Hoe oud bent u?", why: "D."}}
  bewijs: {{type: boolean, when: '{proof}', ask: "Hebt u bewijs?", why: "D."}}
decisions:
  mag:
    type: choice
    options: [ja, nee, later]
    hit: first
    rules:
      - {{when: '{first}', then: ja}}
      - {{when: '{then}', then: later}}
      - {{when: 'true', then: nee}}
outcomes:
  ja: {{kind: answer, rank: 1, needs: [bewijs], text: Ja}}
  nee: {{kind: answer, rank: 0, text: Nee}}
  later: {{kind: answer, rank: 0, needs: [soort], text: Later}}
"""
ATOMS = st.sampled_from(
    ["werk", "not(werk)", 'soort = "a"', 'soort != "b"', "leeftijd < 2", "leeftijd >= 3", "leeftijd = 2"]
)
RULES = st.recursive(ATOMS, lambda own: st.tuples(own, st.sampled_from([" and ", " or "]), own).map(
    lambda parts: f"({parts[0]}{parts[1]}{parts[2]})"), max_leaves=4)  # fmt: skip
EVERY = [
    {"werk": werk, "soort": soort, "leeftijd": Decimal(leeftijd), "bewijs": True}
    for werk, soort, leeftijd in product((True, False), "abc", range(5))
]


@settings(max_examples=40, deadline=None)
@given(RULES, RULES, ATOMS)
def test_who_is_asked_is_who_the_engine_asks(first: str, then: str, proof: str) -> None:
    """Of every citizen and every fact: nobody outside the set is asked, and everybody who is surely in it."""
    graph = load_flow(SMALL.format(first=first, then=then, proof=proof))
    sets = Sets(graph, graph)
    for known in EVERY:
        plain = {key: int(own) if isinstance(own, Decimal) else own for key, own in known.items()}
        met = answer(graph, Citizen(plain, date(2026, 1, 1)))
        for name in graph.flow.outcomes:
            assert sets.has(sets.outcome(1, name).node, known) == (met.outcome == name)
        for path in graph.facts:
            found = sets.asked(1, path)
            is_asked = path in met.asked
            assert sets.has(found.node, known) or not is_asked
            assert is_asked or not sets.has(found.sure, known)


def test_who_comes_at_a_place_is_who_the_rules_lead_there() -> None:
    """By the engine's own steps exactly; by a citizen's step nobody else than can take it."""
    sets = Sets(old(), old())
    ways = Ways(sets, 1)
    gesprek = sets.outcome(1, "gesprek")
    assert ways.place("bezoek") == gesprek
    planned = next(own for own in old().process.steps if own.event == "planned")
    assert planned.by is By.WORKER
    assert ways.step(planned) == sets.bound(gesprek)
    assert ways.place("answering") == sets.everybody
    assert not sets.has(ways.place("checking").sure, known_of("gesprek"))


def known_of(outcome: str) -> Mapping[str, Any]:
    """Answers of somebody with this outcome."""
    own = next(own for own, _ in children() if own.outcome == outcome)
    figures = {"afstand": Decimal(own.afstand), "leeftijd": Decimal(own.leeftijd)}
    return {"school": own.school, "beperking": own.beperking, "opvang": own.opvang, **figures}


@pytest.mark.parametrize(
    ("length", "hours"),
    [("P1W", 168), ("P2D", 48), ("PT4H", 4), ("P1DT12H", 36), ("PT30M", Decimal("0.5")), (None, None)],
)
def test_a_duration_is_so_many_hours(length: str | None, hours: int | None) -> None:
    """So that a shorter term is told from a longer one, whatever it is written in."""
    assert harms.hours(length) == hours


def test_another_condition_of_a_question_tells_who_is_asked_and_who_no_longer() -> None:
    """Each with their own share; what narrows a condition asks nobody more."""
    text = text_of("dagopname")
    turned = text.replace("when: 'taal = \"gebaren\"', otherwise", "when: 'taal = \"anders\"', otherwise", 1)
    first, then = compare(graph_of("dagopname"), load_flow(turned)).changes
    assert (first.harm, _rules(first)) == (harms.ASKED, ["taal anders"])
    assert (then.harm, _rules(then)) == ("", ["taal gebaren"])
    assert then.key == f"{first.key}, no longer asked"
    text = text_of("omgevingsvergunning")
    fewer = text.replace("""any(werk, ["slopen", "muur"])', otherwise""", """any(werk, ["slopen"])', otherwise""", 1)
    changes = compare(graph_of("omgevingsvergunning"), load_flow(fewer)).changes
    asked = [own for own in changes if "bouwjaar" in own.what]
    assert [own.harm for own in asked] == [""]


def _rules(change: Change) -> list[str]:
    assert change.touched is not None
    return [group.rule for group in change.touched.groups]


def test_a_step_under_an_open_outcome_still_asks_what_its_guard_asks() -> None:
    """A task for whoever uses a medicine is not said to be about everybody, though a worker still has to judge."""
    text = text_of("dagopname")
    task = "bel_medicijnen: {skill: verpleegkundige, within: {working_hours: "
    later = text.replace(f"{task}4}}", f"{task}12}}", 1)
    (change,) = compare(graph_of("dagopname"), load_flow(later)).changes
    assert change.harm == harms.WAIT
    assert change.touched is not None
    assert change.touched.at_most is not None
    assert change.touched.at_most < 1
    assert all("medicijnen has" in own for own in _rules(change))
