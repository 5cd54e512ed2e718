"""In a demo a saved flow serves at once, and a folder in which nothing changes is hardly looked at."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from api.service.drafts import Draft, Drafts
from api.service.fresh import Fresh
from engine.graph.graph import Graph

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUG = "rijbewijs-leeftijdspoort"


class Shelf:
    """A library that remembers what was published."""

    def __init__(self) -> None:
        self.current: dict[str, SimpleNamespace] = {}
        self.published: list[str] = []

    async def publish(self, graph: Graph, text: str) -> None:
        self.published.append(graph.version)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The only flow of a folder."""
    shutil.copytree(FLOWS / SLUG, tmp_path / SLUG)
    return tmp_path / SLUG / "flow.yaml"


def test_each_save_that_can_be_used_is_published_once(path: Path) -> None:
    """At first, after a save, after a fault was mended; not while nothing changes, and never a fault."""
    shelf, text = Shelf(), path.read_text("utf-8")
    fresh = Fresh(Drafts(path.parents[1]), shelf)  # type: ignore[arg-type]
    counts = []
    for saved in (None, None, text.replace("goal:", "gaol:"), None, text.replace("18", "19", 1), None):
        if saved is not None:
            path.write_text(saved, encoding="utf-8")
        asyncio.run(fresh.look())
        counts.append(len(shelf.published))
    assert counts == [1, 1, 1, 1, 2, 2]
    assert len(set(shelf.published)) == 2


def test_files_are_looked_at_only_when_one_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second look reads no flow; one after a file came or went does."""
    looked: list[str] = []
    look = Drafts.look

    def watched(drafts: Drafts, slug: str) -> Draft | None:
        looked.append(slug)
        return look(drafts, slug)

    monkeypatch.setattr(Drafts, "look", watched)
    fresh = Fresh(Drafts(path.parents[1]), Shelf())  # type: ignore[arg-type]
    for _ in range(3):
        asyncio.run(fresh.look())
    assert looked == [SLUG]
    shutil.copytree(FLOWS / "boom-kappen", path.parents[1] / "boom-kappen")
    asyncio.run(fresh.look())
    assert looked == [SLUG, "boom-kappen", SLUG]
    path.unlink()
    asyncio.run(fresh.look())
    assert looked[3:] == ["boom-kappen"]


def test_a_flow_that_could_not_be_read_is_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds at this moment is not forgotten."""
    shelf = Shelf()
    fresh = Fresh(Drafts(path.parents[1]), shelf)  # type: ignore[arg-type]
    with monkeypatch.context() as held:
        held.setattr(Drafts, "look", lambda drafts, slug: None)
        asyncio.run(fresh.look())
    assert shelf.published == []
    asyncio.run(fresh.look())
    assert len(shelf.published) == 1


def test_a_folder_that_is_not_there_has_no_flows(tmp_path: Path) -> None:
    """Nothing is published, and nothing is raised."""
    shelf = Shelf()
    fresh = Fresh(Drafts(tmp_path / "gone"), shelf)  # type: ignore[arg-type]
    asyncio.run(fresh.look())
    assert shelf.published == []
