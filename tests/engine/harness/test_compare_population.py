"""A population line by line: everybody counts once, whoever else says the same."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest

from engine.graph.load import load_flow
from engine.harness import compare_population
from engine.harness.answer import Citizen, answer
from engine.harness.compare_population import count
from tests.engine.harness.test_compare import BASE, HURT, flow

DAY = date(2026, 1, 1)
OLD, NEW = load_flow(flow(BASE)), load_flow(flow(HURT[2][0].format(BASE)))


def people(seed: int, many: int = 300) -> list[Citizen]:
    """Citizens of whom many say the same, and some leave out an answer."""
    random = Random(seed)  # noqa: S311
    found = []
    for at in range(many):
        said = {"werk": random.random() < 0.5, "leeftijd": random.choice((17, 18, 44, 67)), "soort": "a", "geld": "1"}
        said.pop(random.choice((*said, "", "", "")), None)
        found.append(Citizen(said, DAY, str(at)))
    return found


def test_everybody_is_counted_as_if_alone() -> None:
    """The outcomes of each by both flows, one by one, in the same numbers; whoever gets stuck stands apart."""
    crowd, own = people(1), Counter[tuple[str, str]]()
    stuck = [0, 0]
    for citizen in crowd:
        whole = [answer(graph, citizen) for graph in (OLD, NEW)]
        for at, each in enumerate(whole):
            stuck[at] += each.status != "decided"
        if all(each.status == "decided" for each in whole) and whole[0].outcome != whole[1].outcome:
            own[whole[0].outcome, whole[1].outcome] += 1
    found = count(OLD, NEW, crowd)
    assert own
    assert stuck[0]
    assert (found.size, found.shifts, found.stuck) == (len(crowd), own, tuple(stuck))


def test_the_order_of_the_lines_and_what_is_remembered_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does how often somebody is met again."""
    crowd = people(2)
    found = count(OLD, NEW, crowd, ("werk",))
    assert count(OLD, NEW, reversed(crowd), ("werk",)) == found
    monkeypatch.setattr(compare_population, "MOST_KNOWN", 2)
    assert count(OLD, NEW, crowd, ("werk",)) == found


def test_a_population_twice_over_counts_double() -> None:
    """Numbers of people double; shares, averages and the most that anybody is asked stay."""
    crowd = people(4)
    one, two = count(OLD, NEW, crowd, ("werk",)), count(OLD, NEW, [*crowd, *crowd], ("werk",))
    assert two.size == 2 * one.size
    assert two.shifts == {pair: 2 * many for pair, many in one.shifts.items()}
    assert two.lacking == {fact: 2 * many for fact, many in one.lacking.items()}
    assert (two.questions, two.most) == (one.questions, one.most)
    assert 0 < two.groups["werk"].size == 2 * one.groups["werk"].size
