"""A walk: moves as lines, refused ones leave no trace, time that passes, a new version of the flow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.errors import AnswerError, RefusedEvent
from engine.graph.load import load_flow
from engine.harness.walk import BadMove, Move, Walk, read_move, spelled, walked

FLOWS = Path(__file__).resolve().parents[3] / "flows"
TREE = (FLOWS / "boom-kappen" / "flow.yaml").read_text("utf-8")
GRAPH = load_flow(TREE)
DAY = date(2026, 3, 2)


def walk(*lines: str) -> Walk:
    return walked(GRAPH, DAY, [read_move(line) for line in lines])


@pytest.mark.parametrize(
    "line",
    ["spoed = no", "judge veilig = yes", "via phone", "ask desk", "wait 15d", "do submit", "work propose wel by bo",
     "kinderen[0].leeftijd = 5", "forget spoed", 'werk = "snoeien"', "day 2026-03-01"],
)  # fmt: skip
def test_a_move_reads_back_as_it_is_written(line: str) -> None:
    """Every kind of move is one line, the same both ways."""
    assert str(read_move(line)) == line


@pytest.mark.parametrize("line", ["", "spoed", "= no", "spoed =", "jump 3d", "via", "a b = c", "x" * 3000, "a = b\nc"])
def test_what_is_no_move_says_what_could_stand_there(line: str) -> None:
    """A line that is no move is refused in a sentence, never with a trace."""
    with pytest.raises(BadMove):
        read_move(line)


def test_answers_lead_to_the_outcome() -> None:
    """Three answers decide; nothing else is asked."""
    done = walk("spoed = no", "werk = snoeien", "vorm_verandert = no")
    assert done.refused == []
    assert done.now.outcome == "toestemmingsvrij"
    assert done.may().questions == ()


def test_canonical_json_is_an_answer_too() -> None:
    """What a form sends and what an author writes give the same journey."""
    by_form = walked(GRAPH, DAY, [spelled("spoed", False), spelled("werk", "snoeien")])
    assert by_form.now.answers == walk("spoed = no", "werk = snoeien").now.answers


def test_a_refused_move_leaves_the_walk_as_it_was() -> None:
    """An answer that cannot be accepted changes nothing, and the next move goes on from there."""
    own = Walk(GRAPH, DAY)
    before = own.now
    with pytest.raises(AnswerError):
        own.move(read_move("werk = zagen"))
    with pytest.raises(RefusedEvent):
        own.move(read_move("kapitein = yes"))
    with pytest.raises(BadMove):
        own.move(read_move("wait soon"))
    assert own.now == before
    assert own.told == []
    own.move(read_move("spoed = no"))
    assert own.now.answers["spoed"].value is False


def test_moves_that_a_new_version_refuses_are_named() -> None:
    """The same walk through a version without that option: the rest goes on."""
    own = load_flow(TREE.replace("snoeien", "knippen"))
    again = walked(own, DAY, [read_move("spoed = no"), read_move("werk = snoeien"), read_move("via phone")])
    assert [str(move) for move, _ in again.refused] == ["werk = snoeien"]
    assert [str(move) for move in again.told] == ["spoed = no", "via phone"]


def test_time_passes_and_clocks_run_out_on_the_way() -> None:
    """Waiting beyond the deadline of a place lets it run out, in order of time."""
    own = walk("wait 100d")
    assert "place" in own.ran_out
    assert own.now.place == "expired"


def test_a_person_can_be_asked_for_over_a_channel() -> None:
    """The request is a task with its promise."""
    own = walk("ask phone")
    assert own.now.contacts[0].over == "phone"
    assert own.now.tasks


def test_the_day_stands_first() -> None:
    """A walk has one start."""
    with pytest.raises(BadMove):
        Walk(GRAPH, DAY).move(Move("day", "2026-01-01"))
