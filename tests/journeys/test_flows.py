"""The example flows: sound, proven as far as proving goes, and every scenario as expected with everything covered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from pydantic import BaseModel

from api.cli.lint import problems
from api.cli.test import scenarios_of
from engine.flow.model_base import Text
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.answer import Citizen, answer
from engine.harness.coverage import BOUNDARIES, OUTCOMES, RULES, coverage
from engine.harness.driver import Trunk
from engine.harness.prove import prove
from engine.harness.run import Ran, run
from engine.journey.explain import explain
from engine.terms.flow_checks import check_times

FLOWS = Path(__file__).resolve().parents[2] / "flows"
SLUGS = (
    "dagopname",
    "verkeersboete",
    "bijstand",
    "paspoort",
    "omgevingsvergunning",
    "bijstand/versions/2",
    "bijstand/versions/3",
)
MOST_LINES = 300


@cache
def graph_of(slug: str) -> Graph:
    path = FLOWS / slug / "flow.yaml"
    return load_flow(path.read_text("utf-8"), str(path))


@cache
def runs_of(slug: str) -> list[Ran]:
    graph = graph_of(slug)
    trunk = Trunk(graph)
    return [run(graph, own, trunk=trunk) for own in scenarios_of(FLOWS / slug / "flow.yaml", graph)]


@pytest.mark.parametrize("slug", SLUGS)
def test_the_flow_is_sound(slug: str) -> None:
    """Lint finds nothing, and neither do the checks of times."""
    path = FLOWS / slug / "flow.yaml"
    graph = graph_of(slug)
    assert problems(path.read_text("utf-8"), str(path)) == []
    assert check_times(graph.process, graph.flow) == ()


@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_wrong_can_be_proven(slug: str) -> None:
    """Prove finds no fault for any citizen on any way through the process, and leaves nothing open."""
    proof = prove(graph_of(slug))
    assert [finding.problem.message for finding in proof.findings] == []
    assert proof.not_proven == ()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_citizen_of_the_scenarios_comes_out_as_expected(slug: str) -> None:
    """Straight and with save and restore after every event; every outcome, every row and both sides of every limit."""
    runs = runs_of(slug)
    assert [(ran.scenario.title, ran.failures) for ran in runs if ran.failures] == []
    covered = [part for part in coverage(graph_of(slug), runs) if part.what in (OUTCOMES, RULES, BOUNDARIES)]
    assert [gap.name for part in covered for gap in part.missing] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_somebody_goes_straight_through_and_somebody_meets_a_person(slug: str) -> None:
    """One citizen of the scenarios needs nobody, another is helped by a worker, a third asks for a person."""
    runs = runs_of(slug)
    asked = [
        ran for ran in runs if ran.journey and any(task.kind == "ask_person" for task in ran.journey.tasks.values())
    ]
    assert any(ran.journey is not None and ran.journey.outcome and not ran.journey.tasks for ran in runs)
    assert any(then.worker for ran in runs for then in ran.scenario.then)
    assert asked


@pytest.mark.parametrize("slug", SLUGS)
def test_every_outcome_says_why(slug: str) -> None:
    """Where the rules have come to an outcome, there is a reason in words and a source behind the conclusion."""
    graph = graph_of(slug)
    for ran in runs_of(slug):
        if ran.journey is None or not ran.journey.outcome:
            continue
        goal = explain(graph, ran.journey, what_if=False).conclusions[0]
        assert goal.because, ran.scenario.title
        assert goal.source in graph.flow.sources, ran.scenario.title


def test_whoever_the_rules_do_not_help_is_asked_about_need_before_an_adviser_looks() -> None:
    """In `bijstand` only an adviser can still settle it, and whether there is food tonight must be known by then."""
    told = {"nood": True, "namens": False, "huisgenoten": 0, "kinderen": [], "inkomsten": ["loon"], "inkomen": "3000"}
    known = {"geboortedatum": "1980-01-01", "samen": False, "bewoner": {"name": "Yusuf Demir"}}
    found = answer(graph_of("bijstand"), Citizen(told, date(2026, 4, 1), prefill=known))
    assert found.waits_for == (("dringend", "worker"),)
    assert found.asked[-2:] == ("nood", "namens")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_file_is_small_and_its_scenarios_smaller(slug: str) -> None:
    """At most 300 lines, and no more text in the scenarios than in the flow."""
    text = (FLOWS / slug / "flow.yaml").read_text("utf-8")
    told = sum(len(path.read_text("utf-8")) for path in (FLOWS / slug / "scenarios").glob("*.yaml"))
    assert len(text.splitlines()) <= MOST_LINES
    assert told <= len(text)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_text_stands_in_both_languages(slug: str) -> None:
    """No question, outcome, place or task is left in Dutch only."""
    graph = graph_of(slug)
    assert list(_untranslated(graph.flow, "")) == []
    reasons = {(name, row.because) for name, own in graph.rulings.items() for row in own.rows if row.because}
    assert [own for own in reasons if own[1] not in graph.rulings[own[0]].reasons] == []


def _untranslated(value: object, path: str) -> Iterator[str]:
    """Paths of texts without English; options that are their own label are no text."""
    if isinstance(value, Text):
        if "en" not in value and str(value) != path.rpartition(".")[2]:
            yield path
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _untranslated(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, Mapping):
        for key, own in value.items():
            yield from _untranslated(own, f"{path}.{key}")
    elif isinstance(value, tuple):
        for number, own in enumerate(value):
            yield from _untranslated(own, f"{path}.{number}")


GUIDES = tuple(sorted((FLOWS.parent / "docs" / "guide").glob("*.md")))
REFERENCE = re.compile(r"`([a-z]+)`: ((?:`\w+`(?:, )?)+)")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_recipe_of_the_guide_points_at_something_that_is_there(guide: Path) -> None:
    """What a recipe says to look at, stands in that flow as a key or a step."""
    found = REFERENCE.findall(guide.read_text("utf-8"))
    pointed = [(slug, name) for slug, names in found for name in re.findall(r"\w+", names)]
    assert len(pointed) > 20
    texts = {slug: (FLOWS / slug / "flow.yaml").read_text("utf-8") for slug, _ in pointed}
    there = r"^ +{0}:( |$)|\| {0} "
    assert [own for own in pointed if not re.search(there.format(own[1]), texts[own[0]], re.MULTILINE)] == []


def test_both_guides_have_the_same_recipes() -> None:
    """What one language teaches, the other teaches too, with the same examples."""
    told = [REFERENCE.findall(guide.read_text("utf-8")) for guide in GUIDES]
    assert len(GUIDES) == 2
    assert told[0] == told[1]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_promise_that_the_guide_quotes_is_made(guide: Path) -> None:
    """The promises in the guide stand in the flow named beside them, word for word."""
    rows = re.findall(r"`((?:never|every|within|may): \{.+?\})` \| `([a-z]+)` \|", guide.read_text("utf-8"))
    assert len(rows) == 6
    assert [text for text, slug in rows if f"- {text}" not in (FLOWS / slug / "flow.yaml").read_text("utf-8")] == []
