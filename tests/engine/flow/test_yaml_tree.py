"""The YAML subset: what it takes, what it refuses, where, and that nothing can make it hang."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FlowError
from engine.flow.merge import plain
from engine.flow.parse import read_flow
from engine.flow.yaml_nodes import marks_of
from engine.flow.yaml_tree import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_tree


def problems(text: str) -> list[tuple[int, int, str]]:
    """Line, column and code of everything wrong with the YAML of a text."""
    try:
        _root, found = read_tree(text, "f.yaml")
    except FlowError as error:
        found = list(error.problems)
    return [(problem.where.line, problem.where.column, problem.code) for problem in found]


def test_every_scalar_stays_text() -> None:
    """No word becomes a boolean, number or date before the model says so."""
    text = "a: no\nb: 1.10\nc: 2026-04-06\nd: 0x1F\ne: ~\nf: 'x'\ng: [yes, 1_000]\nh: {i: null}\n"
    root, found = read_tree(text, "f.yaml")
    assert found == []
    assert root is not None
    assert plain(root) == {
        "a": "no",
        "b": "1.10",
        "c": "2026-04-06",
        "d": "0x1F",
        "e": "~",
        "f": "x",
        "g": ["yes", "1_000"],
        "h": {"i": "null"},
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c\n", (1, 5, "E-YAML-COLON")),
        ("a: 1\nb:\n\tc: 1\n", (3, 1, "E-YAML-TAB")),
        ("a: 'open\nb: 1\n", (1, 4, "E-YAML-QUOTE")),
        ('a: "\\q"\n', (1, 5, "E-YAML-ESCAPE")),
        ("a: {b: c\nd: e\n", (1, 4, "E-YAML-BRACES")),
        ("a: [b, c\nd: e\n", (1, 4, "E-YAML-BRACKETS")),
        ("a: 1\n  b: 2\n", (2, 4, "E-YAML-INDENT")),
        ("a:\n  b: 1\n c: 2\n", (3, 2, "E-YAML-INDENT")),
        ("a: @b\n", (1, 4, "E-YAML-START")),
        ("a: - b\n", (1, 4, "E-YAML-LIST")),
        ("a: |x\n  b\n", (1, 5, "E-YAML-BLOCK")),
        ("a: 1\n---\nb: 2\n", (2, 1, "E-YAML-DOCUMENTS")),
        ("a: &x 1\n", (1, 4, "E-YAML-ANCHOR")),
        ("a: *x\n", (1, 4, "E-YAML-ANCHOR")),
        ("a: !!python/object:os.system x\n", (1, 4, "E-YAML-TAG")),
        ("<<: {a: 1}\n", (1, 1, "E-YAML-MERGE")),
        ("%YAML 1.1\n---\na: 1\n", (1, 1, "E-YAML-DIRECTIVE")),
        ("a: 1\na: 2\n", (2, 1, "E-YAML-TWICE")),
        ("a:\nb: 2\n", (1, 1, "E-YAML-EMPTY")),
        ("a: {nl: 1,30 meter}\n", (1, 11, "E-YAML-COMMA")),
        ("a: {b:1}\n", (1, 5, "E-YAML-SPACE")),
        ("a: huis #3\n", (1, 9, "E-YAML-HASH")),
        ("? [a]\n: b\n", (1, 3, "E-YAML-KEY")),
        ("a: b\x00c\n", (1, 5, "E-CHARACTER")),
        ("a: b\ud800c\n", (1, 5, "E-CHARACTER")),
        ("a: b\u2028c\n", (1, 5, "E-CHARACTER")),
    ],
)
def test_each_refusal_points_at_its_place(text: str, expected: tuple[int, int, str]) -> None:
    """What lies outside the subset, or is malformed, is refused where it stands."""
    assert expected in problems(text)


def test_a_comment_after_a_value_is_no_fault() -> None:
    """A hash with a space before and after it starts a comment."""
    assert problems("a: huis # nummer drie\nb: x   # en meer\n") == []


def test_reading_goes_on_after_a_fault_that_can_be_mended() -> None:
    """A second colon, a tab or an @ does not hide what comes after it."""
    text = "a: b: c\nd: @e\nf: {g: 1,30 m}\nf: 2\n"
    assert [code for _, _, code in problems(text)] == ["E-YAML-COLON", "E-YAML-START", "E-YAML-COMMA", "E-YAML-TWICE"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: " + "x" * MAX_BYTES, "E-TOO-LARGE"),
        ("a: " + "é" * (MAX_BYTES // 2), "E-TOO-LARGE"),
        ("a: " + "[" * (MAX_DEPTH + 1), "E-TOO-DEEP"),
        ("{" * 100_000, "E-TOO-DEEP"),
        ("- " * 100_000, "E-TOO-DEEP"),
        ("a: [" + "x," * (MAX_NODES + 1) + "x]", "E-TOO-MANY"),
        ("a: &a [x]\nb: [" + "*a," * MAX_NODES + "*a]", "E-TOO-MANY"),
    ],
    ids=["bytes", "bytes in utf-8", "depth", "braces", "dashes", "nodes", "aliases"],
)
def test_limits_stop_before_anything_is_built(text: str, code: str) -> None:
    """A file that is too large, deep or full gets one sentence; nothing else of it is looked at."""
    assert problems(text)[-1][2] == code


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    """A file from another editor reads the same."""
    root, found = read_tree("\ufeffa: 1\r\nb: |\r\n  | x |\r\n", "f.yaml")
    assert found == []
    assert root is not None
    assert plain(root) == {"a": "1", "b": "| x |\n"}


def test_marks_find_every_piece_of_a_folded_text() -> None:
    """In a text over several lines each line keeps its own place."""
    text = "a: >\n  one two\n  three\nb: four\n  five\n"
    root, _ = read_tree(text, "f.yaml")
    assert root is not None
    marks = marks_of(root)
    assert marks[("a",)].pieces == ((0, 2, 3), (8, 3, 3))
    assert marks[("b",)].pieces == ((0, 4, 4), (5, 5, 3))


@given(st.text(max_size=200))
def test_any_text_gives_a_reading_and_never_a_trace(text: str) -> None:
    """Whatever the file holds, reading ends in a flow or in problems with a sentence."""
    reading = read_flow(text)
    assert reading.problems
    assert all(problem.message and problem.code.startswith("E-") for problem in reading.problems)


@given(st.lists(st.sampled_from(list("ab:{}[]|>&*!#-?,'\" \n\t%@`")), max_size=60).map("".join))
def test_any_punctuation_gives_a_reading_and_never_a_trace(text: str) -> None:
    """The same for texts made of the characters that mean something in YAML."""
    reading = read_flow("wegwijzer: 1\n" + text)
    assert reading.problems
