"""A proof that takes over what was proven before says, word for word, what a proof of its own says."""

from __future__ import annotations

from random import Random

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.harness.mutate import mutants
from engine.harness.prove import Proof, prove
from engine.harness.proven import Cones, Proven
from tests.engine.harness.example_flows import changed, graph_of, text_of

SLUGS = ("boom-kappen", "verkeersboete", "dagopname", "rijbewijs-leeftijdspoort")
EACH = 4  # mutants of one flow
SEED = 7


def versions(slug: str, most: int) -> list[Graph]:
    """Versions of a flow with one fault each, drawn from all of them, the good one in between."""
    own = Random(SEED).sample(mutants(text_of(slug), "f"), 3 * most)  # noqa: S311
    found = [graph for one in own if (graph := changed(slug, one)) is not None][:most]
    return [graph_of(slug), *found, graph_of(slug)]


def told(proof: Proof) -> tuple[object, ...]:
    """Everything that a proof says of a flow, but how much of it was looked at."""
    return (proof.findings, proof.not_proven, proof.notes, proof.facts, proof.states, proof.steps)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_proof_after_others_says_what_a_proof_alone_says(slug: str) -> None:
    """Version after version: findings with their places and witnesses, what is open, and the notes."""
    proven = Proven()
    for graph in versions(slug, EACH):
        assert told(prove(graph, proven=proven)) == told(prove(graph))


def test_what_was_proven_is_not_asked_again() -> None:
    """The second proof of one version finds all that the first one kept, and adds nothing."""
    proven = Proven()
    prove(graph_of("verkeersboete"), proven=proven)
    kept = len(proven)
    assert kept > 20
    prove(load_flow(text_of("verkeersboete")), proven=proven)
    assert len(proven) == kept


def test_another_rank_asks_of_the_process_nothing_again() -> None:
    """Ranks speak through promises of values alone: all that was proven of the process is found again."""
    proven, text = Proven(), text_of("dagopname")
    prove(graph_of("dagopname"), proven=proven)
    kept, other = len(proven), load_flow(text.replace("rank: 2", "rank: 3", 1))
    assert told(prove(other, proven=proven)) == told(prove(other))
    assert len(proven) == kept


def test_lines_and_words_are_no_part_of_what_a_name_rests_on() -> None:
    """A line more above it, and other words beside it, leave a decision what it was; another figure does not."""
    text = text_of("verkeersboete")
    names = frozenset(("op_tijd",))
    before = Cones(graph_of("verkeersboete")).of(names)
    assert Cones(load_flow("# a note\n" + text)).of(names) == before
    assert Cones(load_flow(text.replace(">= 75        | -       ||", ">= 80        | -       ||"))).of(names) == before
    assert Cones(load_flow(text.replace("P42D", "P43D"))).of(names) != before
    assert Cones(load_flow(text.replace("type: money, min: 0, max: 10000", "type: money, min: 1"))).of(names) == before


def test_a_check_of_answers_is_part_of_everything() -> None:
    """Checks refuse answers, so that each of them bears on every question."""
    text = text_of("rijbewijs-leeftijdspoort")
    graph = load_flow(text)
    names = frozenset((graph.flow.goal,))
    own = graph.checks[0].must.text
    assert Cones(graph).of(names) != Cones(load_flow(text.replace(own, f"({own}) or false", 1))).of(names)


def test_no_more_is_kept_than_there_is_room_for() -> None:
    """What was asked longest ago goes first."""
    proven = Proven(most=2)
    for number in range(3):
        proven.keep(("row", number), "cone", True)
        proven.find(("row", 0), "cone")
    assert len(proven) == 2
    assert [proven.find(("row", number), "cone") for number in range(3)] == [True, None, True]
