"""Calls that wait at the same moment go together, and each is told its own outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from api.store import together
from api.store.together import MOST, InOneGo, Together

pytestmark = pytest.mark.anyio


class Doubler:
    """Doubles numbers, a group at a time; a group with `hold` in it stays away until it is let go."""

    def __init__(self, hold: int = -1) -> None:
        self.groups: list[list[int]] = []
        self.hold, self.let_go = hold, asyncio.Event()

    async def run(self, asked: list[int]) -> Sequence[int | Exception]:
        self.groups.append(asked)
        if self.hold in asked:
            await self.let_go.wait()
        await asyncio.sleep(0)
        if 13 in asked and len(asked) == 1:
            raise LookupError("thirteen")
        return [ValueError("seven") if number == 7 else 2 * number for number in asked]


async def test_callers_of_one_moment_share_a_group_and_get_their_own_outcome():
    """One group for all that is ready; an error in it is for its own caller."""
    doubler = Doubler()
    calls = Together(doubler.run)
    told = await asyncio.gather(*(calls.ask(number) for number in range(10)), return_exceptions=True)
    assert doubler.groups == [list(range(10))]
    assert isinstance(told[7], ValueError)
    assert [one for one in told if isinstance(one, int)] == [0, 2, 4, 6, 8, 10, 12, 16, 18]


async def test_what_comes_meanwhile_is_the_next_group():
    """While a group is away the others gather; no group is larger than MOST, and nobody is forgotten."""
    doubler = Doubler(hold=0)
    calls = Together(doubler.run)
    first = asyncio.ensure_future(calls.ask(0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.ensure_future(calls.ask(number)) for number in range(100, 100 + MOST + 3)]
    await asyncio.sleep(0)
    doubler.let_go.set()
    assert await asyncio.gather(first, *others) == [0, *(2 * number for number in range(100, 100 + MOST + 3))]
    assert [len(group) for group in doubler.groups] == [1, MOST, 3]


async def test_a_group_that_stays_away_holds_nobody_up(monkeypatch: pytest.MonkeyPatch):
    """After PATIENCE the next group goes beside it; beyond LANES groups the others wait."""
    monkeypatch.setattr(together, "PATIENCE", 0.0)
    monkeypatch.setattr(together, "LANES", 2)
    doubler = Doubler(hold=0)
    calls = Together(doubler.run)
    stuck = asyncio.ensure_future(calls.ask(0))
    await asyncio.sleep(0)
    assert await asyncio.wait_for(calls.ask(1), 5) == 2
    assert list(await asyncio.wait_for(asyncio.gather(calls.ask(2), calls.ask(3)), 5)) == [4, 6]
    assert not stuck.done()
    doubler.let_go.set()
    assert await stuck == 0


@pytest.mark.parametrize(
    ("take_turns", "long", "sizes"),
    [(True, 0.0, [1, 5, 5, 5, 5]), (True, 60.0, [1, 10, 10]), (False, 0.0, [1, 10, 10])],
    ids=["slow disk", "quick disk", "loads"],
)
async def test_where_a_trip_takes_long_two_halves_take_turns(
    monkeypatch: pytest.MonkeyPatch, take_turns: bool, long: float, sizes: list[int]
):
    """Ten who come at once and come back as soon as they are told: one group, or two that never meet again."""
    monkeypatch.setattr(together, "LONG", long)
    doubler = Doubler()
    calls = Together(doubler.run, take_turns=take_turns)

    async def client(number: int) -> list[int]:
        return [await calls.ask(number), await calls.ask(number)]

    assert await calls.ask(100) == 200
    assert await asyncio.gather(*map(client, range(14, 24))) == [[2 * number] * 2 for number in range(14, 24)]
    assert [len(group) for group in doubler.groups] == sizes


async def test_halves_that_are_not_even_become_so(monkeypatch: pytest.MonkeyPatch):
    """Two are away when eighteen come, and all come back as soon as they are told: ten and ten from then on."""
    monkeypatch.setattr(together, "LONG", 0.0)
    doubler = Doubler(hold=0)
    calls = Together(doubler.run, take_turns=True)

    async def client(number: int) -> list[int]:
        return [await calls.ask(number) for _ in range(5)]

    assert await calls.ask(100) == 200
    first = [asyncio.ensure_future(client(number)) for number in range(2)]
    await asyncio.sleep(0.001)
    others = [asyncio.ensure_future(client(number)) for number in range(20, 38)]
    await asyncio.sleep(0.001)
    doubler.let_go.set()
    assert await asyncio.gather(*first, *others) == [[2 * number] * 5 for number in (*range(2), *range(20, 38))]
    assert [len(group) for group in doubler.groups][:8] == [1, 2, *[10] * 6]


async def test_a_group_that_fails_tells_all_its_callers_and_the_next_goes_on():
    """What `run` raises is raised for every caller of that group alone."""
    doubler = Doubler()
    calls = Together(doubler.run)
    with pytest.raises(LookupError):
        await calls.ask(13)
    assert await calls.ask(1) == 2


async def test_a_caller_that_goes_away_takes_nobody_along():
    """Cancelling one caller of a group leaves the others their outcomes."""
    doubler = Doubler(hold=0)
    calls = Together(doubler.run)
    gone, stays = asyncio.ensure_future(calls.ask(0)), asyncio.ensure_future(calls.ask(1))
    await asyncio.sleep(0.001)
    gone.cancel()
    doubler.let_go.set()
    assert await stays == 2
    assert doubler.groups == [[0, 1]]


async def test_what_is_added_in_one_turn_is_done_at_its_end():
    """Nothing at once; all of one turn in order and together; what comes in a later turn on its own."""
    done: list[int] = []
    ahead = InOneGo(done.append)
    for number in range(3):
        ahead.add(number)
    assert done == []
    await asyncio.sleep(0)
    assert done == [0, 1, 2]
    ahead.add(3)
    await asyncio.sleep(0)
    assert done == [0, 1, 2, 3]
