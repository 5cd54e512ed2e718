"""Runs a tutorial: what it writes is written, what it changes is changed, each command is run and its output compared.

    fenced block     means
    console          lines with `$ ` are commands, what follows is what they say; a line `...` stands for any lines
    yaml, json       the whole file that the text above names last, between backticks
    diff             in that file the lines with `-` become the lines with `+`
    replace          in that file the first line becomes the second

`python -m tests.journeys.tutorial` writes what the commands say now into the tutorials. Tests:
tests/journeys/test_tutorial.py.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from api.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = tuple(sorted((ROOT / "docs" / "tutorial").glob("*.md")))
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`([\w./-]+\.(?:yaml|jsonl))`")
ANY = "..."


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its kind, what it holds, the file named last above it, and where it stands in the page."""

    kind: str
    text: str
    file: str
    start: int
    end: int


def blocks(page: str) -> Iterator[Block]:
    """Every block of a page that means something here."""
    for found in FENCE.finditer(page):
        named = NAMED.findall(page[: found.start()])
        yield Block(found[1], found[2], named[-1] if named else "", found.start(2), found.end(2))


def said(command: str) -> str:
    """What a command says, on both its outputs."""
    words = shlex.split(command)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        if words[0] == "wegwijzer":
            main(words[1:])
        elif words[0] == "cp":
            shutil.copy(words[1], words[2])
        elif words[0] == "cat":
            out.write(Path(words[1]).read_text("utf-8"))
        else:
            raise ValueError(f"a tutorial does not run {words[0]}")
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def carry_out(block: Block) -> str:
    """Do what a block says; of a console block what stands there now, of another its own text."""
    if block.kind == "console":
        return "".join(f"$ {command}\n{said(command)}" for command, _ in commands(block.text))
    file = Path(block.file)
    if block.kind in ("yaml", "json"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block.text, encoding="utf-8")
    elif block.kind in ("diff", "replace"):
        was, becomes = _change(block)
        text = file.read_text("utf-8")
        if text.count(was) != 1:
            raise ValueError(f"{block.file} holds this {text.count(was)} times: {was}")
        file.write_text(text.replace(was, becomes), encoding="utf-8")
    return block.text


def _change(block: Block) -> tuple[str, str]:
    lines = block.text.splitlines(keepends=True)
    if block.kind == "replace":
        was, becomes = (line.rstrip("\n") for line in lines)
        return was, becomes
    return tuple("".join(line[1:] for line in lines if line[0] == mark) for mark in "-+")  # type: ignore[return-value]


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines below it."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    for part in parts[1:]:
        command, *rest = part.splitlines()
        yield command, rest


def is_as_told(told: list[str], found: list[str]) -> bool:
    """Whether what a command says is what the page says; `...` stands for any lines."""
    if ANY not in told:
        return told == found
    first = told.index(ANY)
    last = len(told) - first - 1
    return (
        told[:first] == found[:first] and told[first + 1 :] == found[len(found) - last :] and len(found) >= first + last
    )


@contextlib.contextmanager
def folder(place: Path) -> Iterator[None]:
    """An empty folder with a copy of the example flows, to walk a tutorial in."""
    shutil.copytree(ROOT / "flows" / "bijstand", place / "flows" / "bijstand")
    with contextlib.chdir(place):
        yield


def _rewritten(page: str) -> str:
    made, at = "", 0
    for block in blocks(page):
        now = carry_out(block)
        if block.kind == "console":
            now = "".join(map(_kept, commands(block.text), commands(now)))
        made, at = made + page[at : block.start] + now, block.end
    return made + page[at:]


def _kept(old: tuple[str, list[str]], new: tuple[str, list[str]]) -> str:
    lines = new[1]
    if ANY in old[1]:
        first = old[1].index(ANY)
        last = len(old[1]) - first - 1
        lines = [*lines[:first], ANY, *lines[len(lines) - last :]]
    return "".join(f"{line}\n" for line in (f"$ {new[0]}", *lines))


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "200")
    for path in PAGES:
        with tempfile.TemporaryDirectory() as own, folder(Path(own)):
            rewritten = _rewritten(path.read_text("utf-8"))
        path.write_text(rewritten, encoding="utf-8")
