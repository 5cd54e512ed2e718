"""Lists of items: how many there are is a fact too, items may be half told, and one item's decision may read others."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.journey.relevance import Phase, Relevance, relevance
from tests.engine.journey.travelling import Traveller

FLOW = """wegwijzer: 1
flow: proef
language: nl
question: Krijg ik toeslag?
goal: doel
facts:
  aantal: {{type: integer, min: 0, max: 2, ask: "Hoeveel kinderen?", why: "D."}}
  jong: {{type: integer, min: 0, max: 1, ask: "Tot welke leeftijd?", why: "D."}}
  kinderen:
    type: list
    item: kind
    {many}
    ask: Welke kinderen hebt u?
    why: D.
    of:
      leeftijd: {{type: integer, min: 0, max: 1, ask: "Hoe oud is {{item}}?", why: "D."}}
      thuis: {{type: boolean, when: "leeftijd <= jong", otherwise: no, ask: "Woont {{item}} thuis?", why: "D."}}
decisions:
  telt: {{each: kinderen, type: boolean, is: "leeftijd <= jong and thuis"}}
  bedrag: {{each: kinderen, type: number, is: "if telt then 2 else count(kinderen[telt])"}}
  som: {{type: number, is: 'sum(concatenate([0], kinderen.bedrag))'}}
  doel: {{type: choice, options: [ja, nee], is: 'if som > 2 then "ja" else "nee"'}}
outcomes:
  ja: {{kind: answer, values: [som], text: "Ja, {{som}}."}}
  nee: {{kind: answer, text: Nee}}
"""
COUNTED = load_flow(FLOW.format(many="count: aantal"))
CLOSED = load_flow(FLOW.format(many="max: 2").replace("  aantal: {type: integer", "  los: {type: integer"))
Facts = dict[str, object]


def facts(jong: int, *items: tuple[int, bool], **more: int) -> Facts:
    """Facts of a journey: the limit, the items, and how many there are said to be."""
    known: Facts = {"jong": Decimal(jong), **{name: Decimal(value) for name, value in more.items()}}
    for at, (age, home) in enumerate(items):
        known |= {f"kinderen[{at}].leeftijd": Decimal(age), f"kinderen[{at}].thuis": home}
    return known


def told(graph: Graph, known: Facts) -> Relevance:
    """What is needed and certain."""
    return relevance(graph, View(graph, known))


def meant(known: Facts, many: int) -> str:
    """The outcome by hand, for a complete set of facts."""
    counts = []
    for at in range(many):
        young = known[f"kinderen[{at}].leeftijd"] <= known["jong"]  # type: ignore[operator]
        counts.append(bool(young and known[f"kinderen[{at}].thuis"]))
    return "ja" if sum(2 if own else sum(counts) for own in counts) > 2 else "nee"


def test_a_count_that_is_lowered_leaves_the_later_items_out() -> None:
    """What was told of them is neither used nor asked."""
    known = facts(1, (0, True), (1, True), aantal=2)
    assert told(COUNTED, known).outcome == "ja"
    lowered = {**known, "aantal": Decimal(1)}
    assert (told(COUNTED, lowered).outcome, View(COUNTED, lowered).value("som")) == ("nee", Decimal(2))
    assert told(COUNTED, {**known, "aantal": Decimal(0)}).outcome == "nee"


def test_a_count_that_is_raised_asks_of_the_new_item_alone() -> None:
    """The items that were told stay told."""
    known = facts(0, (0, True), aantal=2)
    assert set(told(COUNTED, known).needed) == {"kinderen[1].leeftijd", "kinderen[1].thuis"}


def test_items_before_their_count_do_not_close_the_list() -> None:
    """Told from a register, say: how many there are is still asked, as more may come."""
    found = told(COUNTED, facts(1, (0, True)))
    assert (found.outcome, found.phase, found.next) == ("", Phase.GOAL, "aantal")


def test_one_item_can_decide_while_the_list_is_open() -> None:
    """One child who counts is some child who counts, whatever comes after; the figure itself is still needed."""
    some = 'if some k in kinderen satisfies k.telt then "ja" else "nee"'
    text = FLOW.format(many="max: 5").replace('if som > 2 then "ja" else "nee"', some)
    graph = load_flow(text.replace("  aantal: {type: integer", "  los: {type: integer"))
    found = told(graph, facts(1, (0, True)))
    assert (found.outcome, found.phase, found.needed) == ("ja", Phase.VALUES, ("kinderen",))
    assert told(graph, facts(1, (0, False))).needed == ("kinderen",)
    assert told(graph, {**facts(1, (0, False)), "kinderen": 1}).outcome == "nee"


def test_a_list_that_is_not_asked_is_empty() -> None:
    """A list whose `when` does not hold has no items, whatever was told of them before."""
    graph = load_flow(FLOW.format(many='count: aantal\n    when: "jong > 0"'))
    known = facts(0, (0, True), (0, True), aantal=2)
    assert told(graph, known).outcome == "nee"
    assert View(graph, known).items("kinderen") == []
    assert told(graph, {**known, "jong": Decimal(1)}).outcome == "ja"


def completions(known: Facts, many: int) -> list[Facts]:
    """Every complete set of facts that agrees with what is known."""
    keys = ["jong", *(f"kinderen[{at}].{name}" for at in range(many) for name in ("leeftijd", "thuis"))]
    domain: dict[str, tuple[Any, ...]] = {
        key: (False, True) if key.endswith("thuis") else (Decimal(0), Decimal(1)) for key in keys
    }
    choices = [(known[key],) if key in known else domain[key] for key in keys]
    return [dict(zip(keys, values, strict=True)) for values in product(*choices)]


@pytest.mark.parametrize("graph", [COUNTED, CLOSED], ids=["counted", "closed"])
@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.integers(0, 4)), st.lists(st.integers(0, 1), min_size=5, max_size=5), st.sampled_from([None, 0, 1, 2])
)
def test_half_told_lists_never_decide_early_and_drop_nothing_that_matters(
    graph: Graph, which: set[int], values: list[int], many: int | None
) -> None:
    """Against every completion of the facts, the number of items among them."""
    keys = ["jong", "kinderen[0].leeftijd", "kinderen[0].thuis", "kinderen[1].leeftijd", "kinderen[1].thuis"]
    plain: Facts = {
        keys[at]: bool(values[at]) if keys[at].endswith("thuis") else Decimal(values[at]) for at in sorted(which)
    }
    begun = max([int(key[9]) + 1 for key in plain if key != "jong"], default=0)
    least = begun if graph is CLOSED else 0
    if many is not None and many < least:
        many = least
    length: Facts = {} if many is None else {"aantal": Decimal(many)} if graph is COUNTED else {"kinderen": many}
    found = told(graph, {**plain, **length})
    sizes = range(least, 3) if many is None else (many,)
    goals = {meant(full, size) for size in sizes for full in completions(plain, 2)}
    if found.outcome:
        assert goals == {found.outcome}
    else:
        assert found.needed
    if len(goals) > 1 and many is not None:
        changing = _changing(plain, many)
        assert changing <= set(found.needed)


def _changing(known: Facts, many: int) -> set[str]:
    """Facts in which two completions that differ in that fact alone give different outcomes."""
    found: set[str] = set()
    everything = completions(known, 2)
    for full in everything:
        for other in everything:
            differ = [key for key in full if full[key] != other[key]]
            if len(differ) == 1 and meant(full, many) != meant(other, many):
                found.add(differ[0])
    return found


def test_a_journey_keeps_what_was_told_of_an_item_for_when_it_counts_again() -> None:
    """Through the reducer: a count lowered by mistake and mended asks nothing twice."""
    traveller = Traveller(COUNTED)
    traveller.answers(aantal=2, jong=1)
    for at in range(2):
        traveller.answer(f"kinderen[{at}].leeftijd", 0)
        traveller.answer(f"kinderen[{at}].thuis", True)
    assert traveller.relevant.outcome == "ja"
    traveller.answer("aantal", 1)
    assert (traveller.relevant.outcome, traveller.relevant.needed) == ("nee", ())
    traveller.answer("aantal", 2)
    assert (traveller.relevant.outcome, traveller.relevant.needed) == ("ja", ())


READ_AS_A_LIST = (
    "count(telt[item = true]) > 0",
    "count(telt[item]) > 1",
    "some t in telt satisfies t",
    "every t in telt satisfies t and los = 1",
    "sum(for t in telt return if t then 1 else 0) > 0",
    "(some t in telt satisfies t) or los = 0",
    "sum(bedrag[item >= 0]) > 0",
    "count(bedrag) > 1",
    "bedrag[1] = 2",
    "max(for b in bedrag return b + los) > 2",
)


@pytest.mark.parametrize("way", READ_AS_A_LIST)
def test_values_of_items_read_as_a_list_are_needed_beside_another_fact(way: str) -> None:
    """Two facts may decide, and one of them stands behind the values of the items: neither is forgotten."""
    text = FLOW.format(many="max: 2").replace("  aantal: {type: integer", "  los: {type: integer")
    text = text.replace('"if telt then 2 else count(kinderen[telt])"', '"if telt then 2 else 0"')
    text = text.replace('\'if som > 2 then "ja" else "nee"\'', f'\'if ({way}) or los = 2 then "ja" else "nee"\'')
    graph = load_flow(text)
    keys = ["kinderen[0].leeftijd", "kinderen[0].thuis", "kinderen[1].leeftijd", "kinderen[1].thuis"]
    for values in product((None, 0, 1), repeat=len(keys)):
        known: Facts = {
            key: bool(value) if key.endswith("thuis") else Decimal(value)
            for key, value in zip(keys, values, strict=True)
            if value is not None
        }
        whole = {**known, "jong": Decimal(0), "kinderen": 2}
        found = told(graph, whole)
        wholes = [{**full, "los": Decimal(los)} for full in completions(whole, 2) for los in range(3)]
        goals = {repr(sorted(full.items())): View(graph, {**full, "kinderen": 2}).value("doel") for full in wholes}
        matter = _which_matter(wholes, goals)
        assert found.outcome in ("", *goals.values())
        assert matter <= set(found.needed) or (found.outcome and not matter), (whole, matter, found.needed)


def _which_matter(wholes: list[Facts], goals: dict[str, object]) -> set[str]:
    """Facts by which alone two whole sets of facts come to another goal."""
    found: set[str] = set()
    for full in wholes:
        for key in full:
            for value in (False, True) if key.endswith("thuis") else (Decimal(0), Decimal(1), Decimal(2)):
                other = goals.get(repr(sorted({**full, key: value}.items())))
                if other is not None and other != goals[repr(sorted(full.items()))]:
                    found.add(key)
    return found
