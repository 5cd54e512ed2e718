"""Rows of the process table: what is read, and what is refused where."""

import pytest

from engine.errors import Where
from engine.graph.process import Action, By, Do, When
from engine.graph.process_steps import Complaints, Row, parse_rows

HEADS = "| from | event | by | if | to | do |\n"


def read(*rows: str) -> tuple[list[Row], Complaints]:
    problems = Complaints()
    return parse_rows(
        HEADS + "\n".join(rows), lambda line, column: Where("flow.yaml", line, column), problems
    ), problems


def test_a_whole_row() -> None:
    """Every column, with lists in three of them."""
    rows, problems = read("| a, b | agree | worker not propose, judge | x > 1 | stay | task look; tell hello |")
    assert problems == []
    (row,) = rows
    assert [word.text for word in row.sources] == ["a", "b"]
    assert (row.event.text, row.by, row.when, row.guard, row.to.text) == ("agree", By.WORKER, When.IF, "x > 1", "stay")
    assert [word.text for word in row.not_by] == ["propose", "judge"]
    assert [action for action, _ in row.do] == [Action(Do.TASK, "look"), Action(Do.TELL, "hello")]


def test_columns_may_stand_in_any_order() -> None:
    """The heads say which is which."""
    text = "| event | from | to | do | by | if |\n| submit | a | b | - | citizen | else |"
    (row,) = parse_rows(text, lambda line, column: Where("", line, column), Complaints())
    assert (row.event.text, row.to.text, row.when, row.do) == ("submit", "b", When.ELSE, ())


def test_a_bar_in_a_guard_is_escaped() -> None:
    """As in every pipe table."""
    rows, _ = read(r"| a | go | citizen | x = \"1 \| 2\" | b | - |".replace('\\"', '"'))
    assert rows[0].guard == 'x = "1 | 2"'


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("|  | go | citizen | - | b | - |", "E-STEPS-FROM", 4),
        ("| a b | go | citizen | - | b | - |", "E-STEPS-FROM", 3),
        ("| a, | go | citizen | - | b | - |", "E-STEPS-FROM", 5),
        ("| a | go now | citizen | - | b | - |", "E-STEPS-EVENT", 7),
        ("| a | late: | clock | - | b | - |", "E-STEPS-EVENT", 7),
        ("| a | go | clerk | - | b | - |", "E-STEPS-BY", 12),
        ("| a | go | citizen not go | - | b | - |", "E-STEPS-BY", 12),
        ("| a | go | worker not the boss | - | b | - |", "E-STEPS-BY", 23),
        ("| a | go | citizen |  | b | - |", "E-STEPS-IF", 23),
        ("| a | go | citizen | - | b, c | - |", "E-STEPS-TO", 26),
        ("| a | go | citizen | - | - | - |", "E-STEPS-TO", 26),
        ("| a | go | citizen | - | b | tell |", "E-STEPS-DO", 30),
        ("| a | go | citizen | - | b | shout loud |", "E-STEPS-DO", 30),
        ("| a | go | citizen | - | b | tell x; run os.system |", "E-STEPS-DO", 38),
        ("| a | go | citizen | - | b |  |", "E-STEPS-DO", 31),
        ("| a | go | citizen | - | b |", "E-TABLE-WIDTH", 26),
    ],
)
def test_a_wrong_cell_is_pointed_at(row: str, code: str, column: int) -> None:
    """Code, line and column of the cell; the row gives no step, and there is a way out."""
    rows, problems = read(row)
    assert rows == []
    assert [(found.code, found.where.line, found.where.column) for found in problems] == [(code, 2, column)]
    assert problems[0].hint


def test_all_rows_are_read_although_one_is_wrong() -> None:
    """Three faults in two rows, one good row."""
    rows, problems = read(
        "| a | go | clerk | - | b, c | - |", "| a | go | citizen | - | b | - |", "| a | x y | citizen | - | b | - |"
    )
    assert len(rows) == 1
    assert len(problems) == 3


def test_wrong_heads_are_refused_once() -> None:
    """With the heads to write."""
    problems = Complaints()
    assert parse_rows("| from | to |\n| a | b |", lambda line, column: Where("", line, column), problems) == []
    assert [found.code for found in problems] == ["E-STEPS-HEADS"]
