"""docs/language/tables.md: every example on the page does what the page says."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from engine.feel.cells import CellTest, ColumnType, Kind, holds
from engine.feel.cells_literals import literal
from engine.feel.cells_read import CellReader
from engine.feel.table import Table
from engine.feel.table_hits import Policy
from engine.feel.table_model import Constant, InputColumn, TableModel, TableRule
from engine.feel.table_text import TextCell, parse_pipe_table
from engine.feel.unknown import UNKNOWN

PAGE = (Path(__file__).parents[3] / "docs" / "language" / "tables.md").read_text(encoding="utf-8")
KINDS = {"duration": Kind.DAYS, "period": Kind.MONTHS}


def section(title: str) -> str:
    """The text under a heading."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(text: str, head: str) -> list[list[str]]:
    """The rows of the Markdown table whose first head this is."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {head} |"))
    found = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return found


def column(words: str) -> ColumnType:
    """`choice of a, "b, c"`, `boolean with unsure`, `number` ..."""
    name, _, options = words.partition(" of ")
    name, _, unsure = name.partition(" with ")
    kind = KINDS.get(name) or Kind(name)
    listed = tuple(quoted or bare.strip() for quoted, bare in re.findall(r'"([^"]*)"|([^",]+)', options))
    return ColumnType(kind, tuple(option for option in listed if option), unsure=bool(unsure))


def value(text: str, kind: ColumnType) -> object:
    if text.startswith("{"):
        return frozenset(option.strip() for option in text[1:-1].split(",") if option.strip())
    return literal(text, kind)


def read(text: str, kind: ColumnType) -> CellTest:
    reader = CellReader()
    found = reader.test(TextCell(text, 1, 1), kind)
    assert found is not None, reader.problems
    return found


@pytest.mark.parametrize("row", rows(section("Left cells"), "cell"), ids=lambda row: row[0])
def test_a_left_cell_holds_for_what_the_page_says(row: list[str]) -> None:
    """The cell holds for every value under yes and for none under no."""
    kind = column(row[1])
    cell = read(row[0].strip("`"), kind)
    examples = [re.findall(r"`([^`]*)`", text) for text in row[2:]]
    assert examples[0]
    for expected, texts in zip((True, False), examples, strict=True):
        for text in texts:
            assert (holds(cell, value(text, kind)) is True) == expected, text


def test_every_kind_of_column_has_an_example() -> None:
    """No type of column is left out, but date and time, which reads as date and time do."""
    shown = {column(row[1]).kind for row in rows(section("Left cells"), "cell")}
    assert shown == set(Kind) - {Kind.DATE_TIME}


def test_hit_policies_give_what_the_page_says() -> None:
    """Each policy's value for x = 7, and no policy without a line."""
    text = section("Hit policies")
    number = ColumnType(Kind.NUMBER)
    rules = tuple(
        TableRule((read(cell.strip("`"), number),), (Constant(Decimal(out)),)) for cell, out in rows(text, "x")
    )
    shown = set()
    for hit, wanted, _ in rows(text, "hit"):
        policy = Policy(hit.strip("`"))
        order, _, outcome = wanted.rpartition(": ")
        options = tuple(Decimal(each) for each in order.split())
        model = TableModel((InputColumn("x", number),), ("out",), rules, policy, (options,))
        assert Table(model).decide({"x": Decimal(7)}) == _outcome(outcome), hit
        shown.add(policy)
    assert shown == set(Policy)


def _outcome(text: str) -> object:
    if text.startswith("["):
        return [Decimal(each) for each in text[1:-1].split(",")]
    return None if text == "none" else Decimal(text)


def tree_table() -> Table:
    """The table at the top of the page."""
    block = PAGE.split("table: |\n")[1].split("```")[0]
    written = parse_pipe_table(re.sub(r"^ +", "", block, flags=re.MULTILINE))
    assert written.heads is not None
    assert not written.problems
    types = {
        "spoed": ColumnType(Kind.BOOLEAN, nullable=False),
        "omtrek": ColumnType(Kind.NUMBER, nullable=False),
        "werk": ColumnType(Kind.CHOICE, ("kappen", "verplanten", "snoeien"), nullable=False),
    }
    columns = tuple(InputColumn(head.text, types[head.text]) for head in written.heads.left)
    reader = CellReader()
    rules = []
    for row in written.rows:
        cells = [reader.test(cell, each.type) for cell, each in zip(row.left, columns, strict=True)]
        rules.append(TableRule(tuple(cell for cell in cells if cell is not None), (Constant(row.right[0].text),)))
    assert not reader.problems
    return Table(TableModel(columns, ("toestemming",), tuple(rules), Policy.FIRST))


@pytest.mark.parametrize("row", rows(section("What is not known yet"), "spoed"), ids=" ".join)
def test_unknown_facts_give_what_the_page_says(row: list[str]) -> None:
    """The value, or UNKNOWN and exactly the columns that can still change it."""
    table = tree_table()
    columns = table.model.columns
    known = [UNKNOWN if text == "?" else literal(text, each.type) for text, each in zip(row[:3], columns, strict=True)]
    assert table.evaluate(known.__getitem__) == (UNKNOWN if row[3] == "?" else row[3])
    needed = [columns[number].head for number in table.needed(known.__getitem__)]
    assert needed == [name for name in row[4].split(", ") if name]
