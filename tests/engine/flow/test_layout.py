"""Laying out a flow file: people see straight columns, the engine sees the same flow."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FlowError
from engine.feel.table_layout import aligned, compact
from engine.feel.table_text import parse_pipe_table
from engine.flow.layout import formatted
from engine.flow.parse import parse_flow
from engine.flow.versions import content_hash
from tests.engine.lint.flows import SOUND

FLOWS = sorted((Path(__file__).resolve().parents[3] / "flows").rglob("flow.yaml"))
CELL = st.one_of(
    st.sampled_from(["-", "< 12", 'x = "a | b"', r"a \| b", "één", "[1..4]", '5"', "a: b", "# geen commentaar"]),
    st.text(alphabet="abc <>=.,-", min_size=1, max_size=9).map(str.strip).filter(bool),
)
SPACE = st.text(alphabet=" ", max_size=3)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table with straight bars and crooked columns."""
    left, right = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    rows = [[f"h{at}" for at in range(left)] + [f"r{at}" for at in range(right)]]
    if draw(st.booleans()):
        rows.append(["---"] * (left + right))
    rows += draw(st.lists(st.lists(CELL, min_size=left + right, max_size=left + right), min_size=1, max_size=4))
    lines = []
    for row in rows:
        padded = [f"{draw(SPACE)}{cell}{draw(SPACE)}" for cell in row]
        lines.append("|" + "|".join(padded[:left]) + "||" + "|".join(padded[left:]) + "|" + draw(SPACE))
    return "\n".join(lines)


@given(tables())
def test_aligning_a_table_keeps_every_cell(text: str):
    """What a reader of the table gets is the same before and after, and aligning again changes nothing."""
    lines = aligned(text)
    table = parse_pipe_table(text)
    if table.problems:
        assert lines is None
        assert compact(text) == text
        return
    assert lines is not None
    again = "\n".join(lines)

    def cells(one: str) -> list[list[str]]:
        return [[str(cell) for cell in (*row.left, *row.right)] for row in parse_pipe_table(one).rows]

    assert cells(again) == cells(text)
    assert aligned(again) == lines
    assert compact(again) == compact(text)
    assert len({len(line) for line in lines}) == 1


@given(tables(), st.sampled_from(["", "  ", "\t"]), st.sampled_from(["\n", "\n\n\n", ""]), st.booleans())
def test_a_file_means_the_same_and_is_laid_out_once(table: str, trail: str, end: str, carriage: bool):
    """parse(fmt(x)) is parse(x), fmt(fmt(x)) is fmt(x), and every comment is still there."""
    rows = "".join(f"      {line}\n" for line in table.split("\n"))
    text = (
        f"# first\nwegwijzer: 1{trail}\nabout: >{trail}\n  A text  \n  over lines.\n\n"
        f'decisions: # why\n  a:\n    table: |\n{rows}    type: choice   # kind{trail}\nlast: "x  y"{end}'
    )
    text = text.replace("\n", "\r\n") if carriage else text
    made = formatted(text)
    assert formatted(made) == made
    assert [line for line in made.split("\n") if "#" in line and "|" not in line] == [
        line.rstrip() for line in text.replace("\r\n", "\n").split("\n") if "#" in line and "|" not in line
    ]
    assert made.endswith('"\n')
    assert "\r" not in made


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: "/".join(path.parts[-4:-1]))
def test_every_flow_here_is_laid_out(path: Path):
    """`wegwijzer fmt` would change nothing in the example flows."""
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text


def test_the_version_of_a_flow_does_not_see_layout():
    """A table with other spaces, or without its line of dashes, is the same version of the flow."""
    crooked = SOUND.replace("| < 12     || ja     |", "|< 12||   ja|").replace("      |----", "      |--")
    assert crooked != SOUND
    assert content_hash(parse_flow(crooked).flow) == content_hash(parse_flow(SOUND).flow)
    assert formatted(crooked) == formatted(SOUND)
    other = SOUND.replace("| < 12 ", "| < 13 ")
    assert content_hash(parse_flow(other).flow) != content_hash(parse_flow(SOUND).flow)


def test_only_tables_are_aligned():
    """A text that happens to hold bars is nobody's table."""
    text = SOUND.replace("notice: Een voorbeeld.", "notice: |\n  | a | b |\n  | ccc | d |\n")
    assert "  | a | b |\n  | ccc | d |\n" in formatted(text)


def test_space_that_belongs_to_a_text_stays():
    """A text over several lines keeps what stands at the ends of its lines."""
    text = "about: |\n  een  \n  twee\nlast: x   \n"
    assert formatted(text) == "about: |\n  een  \n  twee\nlast: x\n"


def test_a_faulty_table_is_left_alone():
    """A row with too few cells stays as it was written; the rest of the file is laid out."""
    text = "decisions:\n  a:\n    table: |\n      | x || a |\n      | 1 |\nlast: x  \n"
    assert formatted(text) == text.replace("x  \n", "x\n")


def test_what_is_no_yaml_is_refused():
    """A file that cannot be read is not touched: the problems are told."""
    with pytest.raises(FlowError) as refused:
        formatted("a: [1\nb: {c\n")
    assert refused.value.problems


@pytest.mark.parametrize("text", ["", "\n\n", "# only words\n"])
def test_an_empty_file_is_said_to_be_empty(text: str):
    """Nothing to lay out is a sentence with a way out, not an empty line."""
    with pytest.raises(FlowError) as refused:
        formatted(text)
    assert [own.code for own in refused.value.problems] == ["E-NOT-A-FLOW"]
