"""`wegwijzer publish` and `migrate` beside the product: versions stay, safe journeys move, the others say why not."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.cli.main import main
from tests.api.web.browsing import Product, product
from tests.architecture.tree import ROOT

TREE = "boom-kappen"
FLOW = (ROOT / "flows" / TREE / "flow.yaml").read_text(encoding="utf-8")


def changed(folder: Path, text: str) -> Path:
    path = folder / "new" / "flow.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


async def begun(own: Product) -> str:
    """A journey with one answer; its version."""
    citizen = own.browser()
    await citizen.begin(TREE)
    await citizen.answer("spoed", "false")
    journey = citizen.journey.rpartition("/")[2]
    return str((await own.app.state.service.dossiers.open(journey)).journey.version)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_publish_then_sort_then_move(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run changes nothing; then the safe journey goes on by the new version, with its answers."""
    new = changed(tmp_path, FLOW.replace("Wat gaat u doen?", "Wat gaat u met de boom doen?", 1))
    store = ["--data", str(tmp_path)]

    async def before() -> str:
        async with product(tmp_path, TREE) as own:
            return await begun(own)

    old = asyncio.run(before())
    assert main(["migrate", old[:12], str(new), *store]) == 2
    assert main(["publish", str(new), *store]) == 0
    assert "1 running journey keeps its own" in printed(capsys)
    assert main(["migrate", "--dry-run", old[:12], str(new), *store]) == 0
    assert "Nothing was changed" in printed(capsys)
    assert main(["migrate", "--json", old[:12], str(new), *store]) == 0
    told = json.loads(printed(capsys))
    assert (told["needs"], told["moved"]) == ("safe", True)
    assert main(["migrate", "--dry-run", old[:12], str(new), *store]) == 0
    assert printed(capsys).startswith("0 running journeys")


def test_what_is_not_safe_keeps_its_version(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fact that was told is gone in the new version: the journey stays, and the reason names the fact."""
    store = ["--data", str(tmp_path)]

    async def before() -> str:
        async with product(tmp_path, TREE) as own:
            return await begun(own)

    old = asyncio.run(before())
    new = changed(tmp_path, FLOW.replace("spoed", "haast"))
    assert main(["publish", str(new), *store]) == 0
    printed(capsys)
    assert main(["migrate", old[:12], str(new), *store]) == 1
    said = printed(capsys)
    assert "needs a person" in said
    assert "spoed was told and is gone" in said
    assert "0 moved" in said


def test_a_running_server_takes_it_up_and_interrupts_nobody(tmp_path: Path) -> None:
    """Who begins gets the new words at once; who was answering goes on by the old ones."""

    async def story() -> None:
        async with product(tmp_path, TREE, at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC)) as own:
            citizen, later = own.browser(), own.browser()
            await citizen.begin(TREE)
            new = changed(tmp_path, FLOW.replace("Is er spoed of direct gevaar?", "Is er nu gevaar?", 1))
            own.clock.move(timedelta(seconds=5))
            arguments = ["publish", str(new), "--data", str(tmp_path)]
            assert await asyncio.to_thread(main, arguments) == 0
            await own.app.state.service.library.refresh()
            assert await later.begin(TREE) == "Is er nu gevaar?"
            assert await citizen.open(citizen.journey) == "Is er spoed of direct gevaar?"

    asyncio.run(story())


def test_a_version_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence, and exit code 2."""
    assert main(["migrate", "abcdef", "123456", "--data", str(tmp_path)]) == 2
    assert "no version is published" in capsys.readouterr().err
