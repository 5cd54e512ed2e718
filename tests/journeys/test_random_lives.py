"""Random lives of every example flow (`tests.journeys.lives`): whatever happens, the journey is what was stored.

After every event the journey is saved and restored; at the end a replay of what was stored is the live journey. The
same facts told over other channels, in other orders, with mistakes put right on the way, give the same decision.
`WEGWIJZER_LIVES` sets how many a flow: some each time, 500 by `make lives`. A life is made from its seed, which a
failure names; `WEGWIJZER_LIFE=17` lives that one alone.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial

import pytest

from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.journey.accept import load_fact
from engine.journey.relevance import Seen, remembered
from engine.journey.replay import replay
from tests.architecture.tree import ROOT
from tests.journeys.lives import CITIZEN, MOST_SECOND_THOUGHTS, WORKERS, Life, Telling, citizen_of

LIVES = int(os.environ.get("WEGWIJZER_LIVES", "40"))
ONE = os.environ.get("WEGWIJZER_LIFE", "")
NUMBERS = (int(ONE),) if ONE else tuple(range(LIVES))
SLUGS = sorted(path.parent.name for path in (ROOT / "flows").glob("*/flow.yaml"))


@cache
def graph_of(slug: str) -> Graph:
    return load_flow((ROOT / "flows" / slug / "flow.yaml").read_text(encoding="utf-8"), slug)


@cache
def seen_of(slug: str) -> Seen:
    return {}


@contextmanager
def life_of(slug: str, number: int) -> Iterator[random.Random]:
    """The chance of one life; a failure names its seed. Lives of one flow share what was worked out for equal facts."""
    try:
        with remembered(seen_of(slug)):
            yield random.Random(f"{slug}/{number}")  # noqa: S311
    except Exception as error:
        error.add_note(f"Life {number} of {slug}: WEGWIJZER_LIFE={number} pytest {__file__} -k {slug}")
        raise


@pytest.mark.parametrize("slug", SLUGS)
def test_a_replay_is_the_live_journey(slug: str) -> None:
    """However it went, what was stored makes the same journey; a person stays within reach over two channels."""
    for number in NUMBERS:
        with life_of(slug, number) as chance:
            life = Life(graph_of(slug), chance)
            life.live()
            assert replay(partial(load_fact, life.graph), life.stored) == life.now
            assert life.now.seq == len(life.stored)
            ways = life.may.contact
            assert len({way.channel for way in ways}) >= 2
            assert any(not way.is_digital for way in ways)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_facts_give_the_same_decision(slug: str) -> None:
    """Told again in other orders, over other channels, by a worker, with mistakes: the same; nothing is asked twice."""
    graph = graph_of(slug)
    for number in NUMBERS:
        with life_of(slug, number) as chance:
            citizen = citizen_of(graph, chance)
            first = Telling(graph, citizen, CITIZEN, chance)
            first.second_thoughts = MOST_SECOND_THOUGHTS
            again = (Telling(graph, citizen, WORKERS[0], chance), Telling(graph, citizen, CITIZEN, chance))
            outcomes = {first.outcome(astray=False), again[0].outcome(astray=False), again[1].outcome(astray=True)}
            assert len(outcomes - {""}) <= 1  # "" where an answer was refused: such a citizen contradicts themselves
