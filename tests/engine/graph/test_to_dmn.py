"""A flow exported to DMN is valid, and gives what the flow gives for every citizen whose facts are all known."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from engine.dmn import Model, export_model, load_model
from engine.dmn.model import Decision
from engine.feel.unsure import UNSURE
from engine.flow.keys import item_key
from engine.flow.model import FactType, Unsure
from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.graph.graph import FactNode, Graph
from engine.graph.lists import Items, plain_list
from engine.graph.to_dmn import GIVEN, to_dmn
from engine.graph.view import View
from tests.shared_material import ROOT, shared_folder

EVERY_CONSTRUCT = Path(__file__).parent / "every_construct.yaml"
OUTPUTS = Path(__file__).parent / "outputs.yaml"
FLOWS = [
    EVERY_CONSTRUCT,
    OUTPUTS,
    *sorted((ROOT / "flows").glob("*/flow.yaml")),
    *sorted((ROOT / "tests" / "conformance" / "cases").glob("*/flow.yaml")),
]
CITIZENS = 60


def name_of(path: Path) -> str:
    return path.stem if path in (EVERY_CONSTRUCT, OUTPUTS) else path.parent.name


@cache
def graph_of(path: Path) -> Graph:
    return compile_flow(parse_flow(path.read_text(encoding="utf-8"), name_of(path)))


@cache
def exported(path: Path) -> str:
    return export_model(to_dmn(graph_of(path)))


def answer(node: FactNode, chance: random.Random) -> object:
    """Some value of the fact's type."""
    spec = node.spec
    if spec.unsure is Unsure.VALUE and chance.random() < 0.2:
        return UNSURE
    match spec.type:
        case FactType.BOOLEAN:
            return chance.random() < 0.5
        case FactType.CHOICE:
            return chance.choice(list(spec.options))
        case FactType.CHOICES:
            chosen = [option for option in spec.options if chance.random() < 0.5]
            return (chosen or list(spec.options))[:1] if not chosen or set(chosen) & set(spec.alone) else chosen
        case FactType.INTEGER | FactType.YEAR:
            return Decimal(chance.randint(int(spec.min or 0), int(spec.max or 70)))
        case FactType.NUMBER | FactType.MONEY:
            return Decimal(chance.randint(0, 9_000_000)) / 100
        case FactType.DATE:
            days = (0, 5, 12, 20, 40, 400, 800) if not node.list else (-6505, -4000, -3650, -10)
            return date(2025, 12, 20) + timedelta(chance.choice(days))
        case _:
            return "x"


def plain(value: object) -> object:
    """A value of a flow as DMN has it."""
    return "unsure" if value is UNSURE else value


def is_guarded(graph: Graph, node: FactNode) -> bool:
    own = (other for other in graph.facts.values() if other.list == node.name)
    return any(each.when is not None for each in (node, *own))


def citizen(graph: Graph, chance: random.Random) -> tuple[dict[str, object], dict[str, object]]:
    """A citizen twice: as facts for the flow, as inputs for the model."""
    known: dict[str, object] = {}
    inputs: dict[str, object] = {}
    for node in (node for node in graph.facts.values() if not node.list):
        name = node.name + GIVEN if is_guarded(graph, node) else node.name
        if node.spec.type is not FactType.LIST:
            known[node.name] = answer(node, chance)
            inputs[name] = plain(known[node.name])
            continue
        fields = [own for own in graph.facts.values() if own.list == node.name]
        size = chance.randint(0, 3)
        known[node.name] = size
        items = [{own.name: answer(own, chance) for own in fields} for _ in range(size)]
        known.update(
            {item_key(node.name, at, key): value for at, item in enumerate(items) for key, value in item.items()}
        )
        inputs[name] = [{key: plain(value) for key, value in item.items()} for item in items]
    return known, inputs


def flow_values(graph: Graph, known: Mapping[str, object]) -> dict[str, object]:
    """What the flow's own engine makes of every decision."""
    view = View(graph, known)
    values = {}
    for name in graph.rulings:
        found = view.possible(name)
        values[name] = plain(plain_list(found) if isinstance(found, Items) else view.value(name))
    return values


def model_values(model: Model, names: Mapping[str, object], inputs: Mapping[str, object]) -> dict[str, object]:
    return {name: model.evaluate(name, inputs) for name in names}


@pytest.mark.parametrize("path", FLOWS, ids=name_of)
def test_the_export_gives_the_same_answers(path: Path):
    """Every decision of the flow has the value that the exported model gives it."""
    graph, model = graph_of(path), load_model(exported(path))
    chance = random.Random(7)  # noqa: S311 - citizens at random, the same ones each time
    for _ in range(CITIZENS):
        known, inputs = citizen(graph, chance)
        assert model_values(model, graph.rulings, inputs) == flow_values(graph, known), (inputs, model.diagnostics)


@pytest.mark.parametrize("path", FLOWS, ids=name_of)
def test_the_export_is_valid_dmn(path: Path):
    """The schema of DMN 1.5 accepts what is exported."""
    kit = shared_folder("dmn-tck")
    if kit is None:
        pytest.skip("DMN15.xsd is not here; set WEGWIJZER_SHARED to the folder that holds dmn-tck")
    xsd = etree.XMLSchema(etree.parse(str(kit / "DMN15.xsd")))
    assert xsd.validate(etree.fromstring(exported(path).encode())), xsd.error_log


def test_the_goal_is_offered_as_a_service():
    """Whoever embeds the model calls the flow by its name and gets the goal."""
    model = load_model(exported(ROOT / "flows" / "rijbewijs-leeftijdspoort" / "flow.yaml"))
    graph = graph_of(ROOT / "flows" / "rijbewijs-leeftijdspoort" / "flow.yaml")
    _, inputs = citizen(graph, random.Random(1))  # noqa: S311
    assert model.evaluate(graph.flow.flow, inputs) == model.evaluate(graph.flow.goal, inputs)


def test_sources_go_along():
    """The law behind a decision is a knowledge source it depends on; behind a row it stands as an annotation."""
    model = to_dmn(graph_of(EVERY_CONSTRUCT))
    (law, rule) = model.sources
    assert (law.name, law.location, law.type) == ("Wet op alles, 2 & 3", "bwb:BWBR0000001", "wet")
    assert rule.location == "https://wetten.overheid.nl/alles"
    total = next(decision for decision in model.decisions if decision.name == "totaal")
    assert [link.id for link in total.authority] == ["source_regeling"]
    assert reasons_of(next(decision for decision in model.decisions if decision.name == "aanspraak"))[0] == (
        "wet",
        "te rijk",
    )


def reasons_of(decision: Decision) -> list[tuple[str, ...]]:
    return [rule.annotations for rule in getattr(decision.expression, "rules", ())]
