"""The tutorials: every command in them says what the page says it does, in both languages alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.tutorial import FENCE, PAGES, blocks, carry_out, commands, folder, is_as_told


def test_every_command_of_the_tutorial_says_what_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Walked from the empty folder to the compared redesign; `python -m tests.journeys.tutorial` writes it anew."""
    monkeypatch.setenv("COLUMNS", "200")
    with folder(tmp_path):
        for block in blocks(PAGES[0].read_text("utf-8")):
            now = carry_out(block)
            if block.kind != "console":
                continue
            for (command, told), (_, found) in zip(commands(block.text), commands(now), strict=True):
                said = "\n".join(found)
                assert is_as_told(told, found), f"{command}\n{said}\nIs this right? python -m tests.journeys.tutorial"


def test_both_languages_show_the_same() -> None:
    """The same files, changes, commands and outputs, so that one walk holds for both."""
    shown = [[found[0] for found in FENCE.finditer(page.read_text("utf-8"))] for page in PAGES]
    assert len(PAGES) == 2
    assert len(shown[0]) > 20
    assert shown[0] == shown[1]


@pytest.mark.parametrize(
    ("told", "found", "holds"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a", "b"], ["a", "c"], False),
        (["a", "...", "z"], ["a", "b", "c", "z"], True),
        (["a", "...", "z"], ["a", "z"], True),
        (["a", "...", "z"], ["a", "b", "y"], False),
        (["a", "a", "...", "a"], ["a", "a"], False),
    ],
)
def test_an_ellipsis_stands_for_any_lines_and_nothing_else_does(told: list[str], found: list[str], holds: bool) -> None:
    """What is told before and after it must be there word for word."""
    assert is_as_told(told, found) is holds
