"""The recipes: each loads as a flow, and the citizens in its last lines come out as they say."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.answer import Citizen, answer
from engine.harness.prove import prove

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs" / "recipes").glob("*.md"))
HEAD = "wegwijzer: 1\nflow: recept\nlanguage: nl\nquestion: Mag dit?\n"
BLOCK = re.compile(r"^## (.+?)\n.*?^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CITIZEN = re.compile(r"^# (?:(\d{4}-\d\d-\d\d) )?(\{.*\}) -> (\S+)(?: (\S+))?$", re.MULTILINE)
RECIPES = [pytest.param(text, id=title) for title, text in BLOCK.findall(PAGES[0].read_text("utf-8"))]


def came_out(graph: Graph, day: str, told: str) -> tuple[str, str]:
    """The outcome and its values, or `?` and the fact that somebody else must supply."""
    found = answer(graph, Citizen(json.loads(told), date.fromisoformat(day or "2026-06-01")))
    if not found.outcome:
        return "?", ",".join(fact for fact, _ in found.waits_for)
    values = {
        name: sorted(own) if isinstance(own, list | set | frozenset) else [own] for name, own in found.values.items()
    }
    return found.outcome, " ".join(f"{name}={','.join(_plain(one) for one in own)}" for name, own in values.items())


def _plain(value: object) -> str:
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize("text", RECIPES)
def test_a_recipe_loads_and_its_citizens_come_out_as_it_says(text: str) -> None:
    """Every citizen in the last lines, on both sides of a limit where there is one."""
    graph = load_flow(HEAD + text)
    citizens = CITIZEN.findall(text)
    assert len(citizens) >= 2
    assert [came_out(graph, day, told) for day, told, _, _ in citizens] == [
        (to, values) for _, _, to, values in citizens
    ]


@pytest.mark.parametrize("text", RECIPES)
def test_nothing_wrong_can_be_proven_of_a_recipe(text: str) -> None:
    """Whoever copies it starts with something that holds for everybody."""
    assert [own.problem.message for own in prove(load_flow(HEAD + text)).findings if own.problem.code[0] == "P"] == []


def test_both_languages_hold_the_same_recipes() -> None:
    """Nine pieces, word for word the same."""
    shown = [[text for _, text in BLOCK.findall(page.read_text("utf-8"))] for page in PAGES]
    assert len(PAGES) == 2
    assert len(shown[0]) == 9
    assert shown[0] == shown[1]
