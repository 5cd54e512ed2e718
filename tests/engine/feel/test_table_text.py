"""Pipe tables: layout, places, and every problem at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.feel.table_text import MAX_ROWS, moved, parse_pipe_table

TREE = """\
| spoed | omtrek || toestemming | source | because     |
|-------|--------||-------------|--------|-------------|
| yes   | -      || bel         | apv    | er is spoed |
| -     | < 31   || vrij        | apv    | dun         |
"""


def test_heads_and_rows_are_read() -> None:
    """Conditions, conclusion, source and because land in their own places."""
    table = parse_pipe_table(TREE)
    assert table.problems == ()
    assert table.heads is not None
    assert [str(head) for head in table.heads.left] == ["spoed", "omtrek"]
    assert [str(head) for head in table.heads.right] == ["toestemming"]
    first, second = table.rows
    assert [str(cell) for cell in first.left] == ["yes", "-"]
    assert (str(first.source), str(first.because)) == ("apv", "er is spoed")
    assert str(second.left[1]) == "< 31"


def test_a_cell_knows_its_place() -> None:
    """Line and column point at the cell's first character, an inner position at that character."""
    table = parse_pipe_table(TREE)
    cell = table.rows[1].left[1]
    assert (cell.line, cell.column) == (4, 11)
    where = cell.where(2)
    assert TREE.splitlines()[where.line - 1][where.column - 1 :].startswith("31")


def test_escaped_bars_keep_columns_right() -> None:
    """`\\|` gives a bar, and positions after it still point at the right character of the text."""
    text = "| a || b |\n| x\\|y\\|z || 1 |"
    cell = parse_pipe_table(text).rows[0].left[0]
    assert cell.text == "x|y|z"
    places = [cell.where(position).column for position in range(len(cell.text))]
    assert [text.splitlines()[1][column - 1] for column in places] == ["x", "\\", "y", "\\", "z"]


def test_a_bar_between_quotes_is_text() -> None:
    """Quotes protect a bar; an inch sign without a partner does not swallow the row."""
    table = parse_pipe_table('| a || b |\n| "x | y" || 5" |')
    assert table.problems == ()
    assert table.rows[0].left[0].text == '"x | y"'
    assert table.rows[0].right[0].text == '5"'


def test_several_conclusions_and_one_line() -> None:
    """A parameter table has several conclusions, and needs neither source nor a line of dashes."""
    table = parse_pipe_table("| from || gb | ni |\n| 2025-04-06 || 719 | 749 |\n")
    assert table.heads is not None
    assert [str(head) for head in table.heads.right] == ["gb", "ni"]
    assert table.rows[0].source is None
    assert table.rows[0].because is None


def test_a_table_without_conclusions() -> None:
    """The steps of a process are a pipe table without `||`."""
    table = parse_pipe_table("| from | event |\n|---|---|\n| a, b | late:x |", conclusions=False)
    assert table.problems == ()
    assert [str(cell) for cell in table.rows[0].left] == ["a, b", "late:x"]
    assert parse_pipe_table("| a || b |", conclusions=False).problems[0].code == "E-TABLE-SPLIT"


def test_all_problems_at_once_and_good_rows_stay() -> None:
    """Each bad row is reported with its own line; the good ones are still there."""
    text = "\n".join(
        [
            "| a | b || c |",
            "| 1 | 2 || 3 |",
            "| 1 || 3 |",
            "1 | 2 || 3 |",
            "| 1 | 2 || 3",
            "| 1 | 2 | 3 |",
            "|----|----||----|",
            "| 1 | 2 || 3 || 4 |",
            "| 1 | 2 || 3 | 4 |",
            "| 4 | 5 || 6 |",
        ]
    )
    table = parse_pipe_table(text)
    found = [(problem.where.line, problem.code) for problem in table.problems]
    assert found == [
        (3, "E-TABLE-WIDTH"),
        (4, "E-TABLE-BAR"),
        (5, "E-TABLE-BAR"),
        (6, "E-TABLE-SPLIT"),
        (7, "E-TABLE-RULE"),
        (8, "E-TABLE-SPLIT"),
        (9, "E-TABLE-WIDTH"),
    ]
    assert [row.line for row in table.rows] == [2, 10]


def test_a_row_of_single_dashes_is_a_row() -> None:
    """`| - || - |` is a rule that always holds, not a line of dashes."""
    table = parse_pipe_table("| a || b |\n| - || - |")
    assert len(table.rows) == 1


def test_heads_that_cannot_be_used() -> None:
    """An empty head, a double conclusion, a misplaced source and a missing conclusion are refused."""
    refused = ["| a | || c |", "| a || c | c |", "| a || source | c |", "| a || source | because |", "", "| a || b |"]
    for text in refused:
        table = parse_pipe_table(text)
        assert table.problems, text


def test_a_huge_table_stops() -> None:
    """Beyond the limit reading stops with a problem."""
    table = parse_pipe_table("| a || b |\n" + "| 1 || 2 |\n" * (MAX_ROWS + 10))
    assert [problem.code for problem in table.problems] == ["E-TABLE-SIZE"]
    assert len(table.rows) <= MAX_ROWS


def test_a_problem_moves_to_its_place_in_the_file() -> None:
    """`moved` adds the place of the text to the place within it."""
    problem = parse_pipe_table("| a || b |\n| 1 | 2 || 3 |").problems[0]
    place = moved(problem, "flow.yaml", 40, 6).where
    assert (place.file, place.line, place.column) == ("flow.yaml", 41, problem.where.column + 6)


@given(st.text(alphabet='|\\"- ab\n', max_size=80))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    """Whatever stands there, each line ends up as heads, a row, a problem, or is blank or a line of dashes."""
    table = parse_pipe_table(text)
    assert table.problems or table.rows
    lines = text.split("\n")
    for row in table.rows:
        for cell in (*row.left, *row.right):
            source = lines[cell.line - 1]
            for position, char in enumerate(cell.text):
                found = source[cell.where(position).column - 1]
                assert found == char or (found == "\\" and char == "|")
