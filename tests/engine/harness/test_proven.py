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

EACH = {"boom-kappen": 4, "verkeersboete": 4, "dagopname": 4, "rijbewijs-leeftijdspoort": 4, "bijstand": 1}  # mutants
SEED = 7


def versions(slug: str, most: int) -> list[Graph]:
    """Versions of a flow with one fault each, drawn from all of them, the good one in between."""
    own = Random(SEED).sample(mutants(text_of(slug), "f"), 3 * most)  # noqa: S311
    found = [graph for one in own if (graph := changed(slug, one)) is not None][:most]
    return [graph_of(slug), *found, graph_of(slug)]


def told(proof: Proof) -> tuple[object, ...]:
    """Everything that a proof says of a flow, but how much of it was looked at."""
    return (proof.findings, proof.not_proven, proof.notes, proof.facts, proof.states, proof.steps)


@pytest.mark.parametrize("slug", EACH)
def test_a_proof_after_others_says_what_a_proof_alone_says(slug: str) -> None:
    """Version after version: findings with their places and witnesses, what is open, and the notes."""
    proven = Proven()
    for graph in versions(slug, EACH[slug]):
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


LISTS = """
wegwijzer: "1"
flow: gezin
language: nl
question: Hoeveel krijgt dit gezin?
goal: uitkomst
facts:
  kinderen: {type: list, item: kind, max: 9, ask: "Welke kinderen?", why: "Daar hangt het van af.", of: {leeftijd: {type: integer, min: 0, max: 99, ask: "Hoe oud?", why: "Daar hangt het van af."}}}
  hond: {type: boolean, ask: "Hebt u een hond?", why: "Daar hangt het van af."}
decisions:
  telt: {each: kinderen, type: boolean, is: "leeftijd < 18"}
  groot: {type: boolean, is: "count(kinderen[telt]) > 2"}
  blaft: {type: boolean, is: hond}
  uitkomst: {type: choice, options: [wel, niet], is: 'if groot or blaft then "wel" else "niet"'}
outcomes:
  wel: {kind: grant, title: "Wel", text: "Wel."}
  niet: {kind: answer, title: "Niet", text: "Niet."}
"""  # noqa: E501


def test_what_reads_a_list_rests_on_what_is_decided_of_its_items() -> None:
    """A decision about items is named behind a dot or in a filter; one beside the list is no part of it."""
    names, before = frozenset(("groot",)), Cones(load_flow(LISTS)).of(frozenset(("groot",)))
    assert Cones(load_flow(LISTS.replace("is: hond", "is: not(hond)"))).of(names) == before
    for old, new in (
        ("leeftijd < 18", "leeftijd < 19"),
        ("max: 99", "max: 98"),
        ("> 2", "> 3"),
        ("max: 9,", "max: 8,"),
    ):
        assert old in LISTS
        assert Cones(load_flow(LISTS.replace(old, new, 1))).of(names) != before
    assert Cones(load_flow(LISTS)).facts(names) is None
    assert Cones(load_flow(LISTS)).facts(frozenset(("blaft",))) == ("hond",)


def test_who_showed_it_before_need_not_be_looked_for() -> None:
    """Where it is enough that there is somebody, the citizen of another version is tried; who fits no more is not."""
    proven = Proven()
    first = prove(graph_of("verkeersboete"), proven=proven)
    assert first.is_clean
    assert proven.somebody
    proven.somebody = {about: ({},) for about in proven.somebody}  # of nobody anything is known
    other = load_flow(text_of("verkeersboete").replace(">= 75 ", ">= 74 ", 1))
    assert told(prove(other, proven=proven)) == told(prove(other))


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
