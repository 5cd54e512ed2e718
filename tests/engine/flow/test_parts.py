"""A part of a flow is worked out once for all versions in which it says the same."""

from __future__ import annotations

from pydantic import BaseModel

from engine.flow.parse import parse_flow
from engine.flow.parts import PerPart
from tests.engine.harness.example_flows import text_of


def test_an_equal_part_is_not_worked_out_again() -> None:
    """Neither the same fact, nor that of another reading; one that says something else is."""
    asked: list[BaseModel] = []

    def noted(part: BaseModel) -> int:
        asked.append(part)
        return len(asked)

    parts, text = PerPart(noted), text_of("boom-kappen")
    facts = parse_flow(text).flow.facts
    again = parse_flow(text.replace("Wat gaat u doen?", "Wat wilt u doen?", 1)).flow.facts
    first = [parts.of(own) for own in facts.values()]
    second = [parts.of(own) for own in again.values()]
    assert len(set(first)) == len(facts)
    assert sum(own != other for own, other in zip(first, second, strict=True)) == 1
    assert len(asked) == len(facts) + 1


def test_no_more_is_remembered_than_there_is_room_for() -> None:
    """What is asked again after that is worked out again, and comes to the same."""
    parts = PerPart(lambda part: part.model_dump_json(), most=2)
    facts = list(parse_flow(text_of("boom-kappen")).flow.facts.values())
    assert [parts.of(own) for own in facts] == [own.model_dump_json() for own in facts]
    assert len(parts) <= 2
