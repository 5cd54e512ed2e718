"""The page of figures: sections are replaced, never lost, and a missed goal shows."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.bench.recorder import HEAD, Row, Section, at_least, at_most, record, with_section
from tests.bench.stopwatch import interleaved

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def section(name: str, figure: str) -> Section:
    return Section(name, name.title(), "make bench", [Row("speed", figure)], ("pytest", "no-such-peer"))


def test_a_section_is_added_and_then_replaced() -> None:
    """Recording twice leaves one section with the newest figures; other sections stay."""
    page = with_section("", section("one", "1 µs"), NOW)
    page = with_section(page, section("two", "2 µs"), NOW)
    page = with_section(page, section("one", "3 µs"), NOW)
    assert page.startswith(HEAD)
    assert page.count("## One") == 1
    assert "3 µs" in page
    assert "2 µs" in page
    assert "| 1 µs" not in page


def test_command_date_and_versions_are_written() -> None:
    """A section names its command, its date and the peers' versions, absent ones too."""
    page = with_section("", section("one", "1 µs"), NOW)
    assert "`make bench`, 2026-11-01" in page
    assert "no-such-peer (absent)" in page


def test_a_missed_goal_shows() -> None:
    """A ratio on the wrong side of its goal is marked."""
    assert at_least("x", 29.9, 30).reached is False
    assert at_least("x", 30.1, 30).reached is True
    assert at_most("x", 5.1, 5).reached is False
    missed = Section("m", "M", "c", [at_most("x", 5.1, 5)])
    assert "**no**" in with_section("", missed, NOW)


def test_the_page_is_written(tmp_path, capsys) -> None:
    """`record` makes the page where there is none, and prints what it wrote."""
    page = tmp_path / "docs" / "benchmarks.md"
    record(section("one", "1 µs"), page, NOW)
    assert "## One" in page.read_text(encoding="utf-8")
    assert "1 µs" in capsys.readouterr().out


def test_competitors_run_in_turn() -> None:
    """Every round runs each competitor once, after a warm-up that does not count."""
    runs: list[str] = []
    pace = interleaved({"a": lambda: runs.append("a"), "b": lambda: runs.append("b")}, calls=1, rounds=3)
    assert runs == ["a", "b"] * 4
    assert len(pace.rounds["a"]) == 3
