"""What was measured, written down in docs/benchmarks.md: command, date, machine, versions of the peers, figures.

Each benchmark owns one section, between two comments that carry its name; recording replaces that section and leaves
the rest of the page alone. A row that misses its goal is written down as such.

    record(Section("decisions", "Decision tables", "make bench", rows, peers=("zen-engine",)))
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from api.clock import SystemClock

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"

HEAD = """# Benchmarks

Written by `make bench`; nothing on this page is typed by hand. Competitors run side by side in one process, every
round each of them once, and their answers are checked to be equal. A ratio is the median over the rounds; figures in
microseconds hold for the machine named with them only.
"""


@dataclass(frozen=True)
class Row:
    """One line: what, the figure as people read it, the goal, and whether it was reached (None: no goal)."""

    what: str
    figure: str
    goal: str = ""
    reached: bool | None = None


@dataclass(frozen=True)
class Section:
    """One benchmark's part of the page. `peers` are distributions whose versions are written down."""

    name: str
    title: str
    command: str
    rows: Sequence[Row]
    peers: Sequence[str] = ()
    notes: Sequence[str] = field(default=())


def at_least(what: str, ratio: float, goal: float) -> Row:
    """A row for "so many times as fast as a peer"."""
    return Row(what, f"{ratio:.1f} x", f">= {goal:g} x", ratio >= goal)


def at_most(what: str, amount: float, goal: float, unit: str = "x") -> Row:
    """A row for a figure that should stay below its goal."""
    return Row(what, f"{amount:.3g} {unit}", f"<= {goal:g} {unit}", amount <= goal)


def at_least_a_second(what: str, amount: float, goal: float = 0) -> Row:
    """A row for a rate that should reach its goal; no goal when that is 0."""
    return Row(what, f"{amount:,.0f}/s", f">= {goal:,.0f}/s" if goal else "", amount >= goal if goal else None)


def machine() -> str:
    """The class of machine: processor, how many, operating system, Python."""
    found = re.search(r"model name\s*:\s*(.+)", _read("/proc/cpuinfo"))
    processor = found[1].strip() if found else platform.machine()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{processor}, {os.cpu_count()} processors, {platform.system()}, {python}"


def text_of(section: Section, now: datetime) -> str:
    """The section as Markdown, with its comments."""
    lines = [f"<!-- bench:{section.name} -->", f"## {section.title}", ""]
    lines.append(f"`{section.command}`, {now:%Y-%m-%d}, {machine()}")
    if section.peers:
        lines.append("Peers: " + ", ".join(f"{peer} {_version(peer)}" for peer in section.peers) + ".")
    lines += ["", "| what | measured | goal | reached |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.goal} | {_reached(row)} |" for row in section.rows]
    lines += ["", *section.notes] if section.notes else []
    return "\n".join([*lines, f"<!-- end:{section.name} -->", ""])


def with_section(page: str, section: Section, now: datetime) -> str:
    """The page with this section replaced, or added at the end."""
    text = text_of(section, now)
    name = re.escape(section.name)
    place = re.compile(rf"<!-- bench:{name} -->.*?<!-- end:{name} -->\n", re.DOTALL)
    if place.search(page):
        return place.sub(lambda _: text, page)
    return (page or HEAD).rstrip("\n") + "\n\n" + text


def record(section: Section, page: Path = PAGE, now: datetime | None = None) -> None:
    """Print the section and write it to the page."""
    moment = now or SystemClock().now()
    print(text_of(section, moment))
    page.parent.mkdir(exist_ok=True)
    before = page.read_text(encoding="utf-8") if page.exists() else ""
    page.write_text(with_section(before, section, moment), encoding="utf-8")


def _reached(row: Row) -> str:
    return "" if row.reached is None else "yes" if row.reached else "**no**"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(absent)"


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""
