"""Random lives of every example flow: answers, edits, disputes, switches, pauses, mandates, clocks, restarts.

After every event the journey is saved and restored; at the end a replay of what was stored is the live journey. The
same facts told over another channel in another order give the same decision. `WEGWIJZER_LIVES` sets how many a flow:
a dozen each time, 500 for a release.
"""

from __future__ import annotations

import os
import random
from datetime import timedelta
from functools import cache, partial
from typing import Any

import pytest

from engine.errors import AnswerError, RefusedEvent
from engine.flow.model import FactType
from engine.graph.graph import FactNode, Graph
from engine.graph.load import load_flow
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.options import Options, options
from engine.journey.reducer import advance
from engine.journey.replay import replay
from engine.journey.state import Journey
from tests.architecture.tree import ROOT
from tests.journeys.clock import AT

LIVES = int(os.environ.get("WEGWIJZER_LIVES", "12"))
EVENTS = 25
SLUGS = sorted(path.parent.name for path in (ROOT / "flows").glob("*/flow.yaml"))
CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)
WORKER = ev.Actor(kind=ev.ActorKind.WORKER, id="anna")
REGISTER = ev.Actor(kind=ev.ActorKind.REGISTER)
CLOCK = ev.Actor(kind=ev.ActorKind.CLOCK)
PLAIN: dict[FactType, tuple[Any, ...]] = {
    FactType.BOOLEAN: (True, False),
    FactType.TEXT: ("iets", "iets anders"),
    FactType.INTEGER: (0, 1, 2, 17, 40),
    FactType.NUMBER: ("0", "1.5", "31", "80"),
    FactType.MONEY: ("0.00", "60.00", "120.00", "1500.00"),
    FactType.YEAR: (1990, 2010, 2020),
    FactType.DATE: ("1950-02-28", "1990-06-01", "2008-01-15", "2020-05-05", "2026-01-20", "2026-03-02"),
    FactType.EMAIL: ("sanne@example.org",),
    FactType.PHONE: ("+31612345678",),
    FactType.POSTCODE: ("1234 AB",),
    FactType.PERSON: ({"name": "Sanne de Vries", "birthdate": "1988-05-17"},),
    FactType.ADDRESS: ({"street": "Molenweg", "number": "3", "postcode": "1234 CD", "town": "Voorbeeld"},),
}


@cache
def graph_of(slug: str) -> Graph:
    return load_flow((ROOT / "flows" / slug / "flow.yaml").read_text(encoding="utf-8"), slug)


def anything(node: FactNode, chance: random.Random) -> Any:
    """A random answer as canonical JSON; None where none is made here (a file)."""
    spec = node.spec
    if spec.type is FactType.CHOICE:
        return chance.choice(list(spec.options))
    if spec.type is FactType.CHOICES:
        return [chance.choice(list(spec.options))]
    return chance.choice(PLAIN.get(spec.type, (None,)))


class Life:
    """One journey, saved and restored after every event."""

    def __init__(self, graph: Graph, chance: random.Random) -> None:
        self.graph, self.chance, self.at = graph, chance, AT
        self.journey: Journey | None = None
        self.stored: list[ev.Event] = []
        self.made = 0
        channel = chance.choice(list(ev.Channel)[:4])
        fields = {"journey": "j", "reference": "R", "flow": graph.flow.flow, "version": graph.version, "language": "nl"}
        self.take(ev.JourneyStarted, CITIZEN, channel=channel, **fields)

    def take(self, made: type[ev.Event], actor: ev.Actor, **fields: Any) -> bool:
        """One event; False when it may not happen now, and then nothing has changed."""
        self.made += 1
        fields = {"channel": self.journey.channel, **fields} if self.journey is not None else fields
        event = made(id=f"e{self.made}", at=self.at, actor=actor, **fields)
        try:
            step = advance(self.graph, self.journey, event)
        except (AnswerError, RefusedEvent):
            return False
        self.journey = load_journey(self.graph, dump_journey(self.graph, step.journey))
        assert self.journey == step.journey
        self.stored += [load_event(dump_event(own)) for own in step.events]
        return True

    @property
    def may(self) -> Options:
        assert self.journey is not None
        return options(self.graph, self.journey, CITIZEN, self.at)

    def answer(self) -> None:
        """Some question, by the citizen, or by a worker who hears it; or an answer given anew."""
        may = self.may
        asked = [*(ask.fact for ask in may.questions), *may.changeable]
        if not asked:
            return
        fact = self.chance.choice(asked)
        node = self.graph.facts[fact.partition("[")[0] + ("." + fact.rpartition(".")[2] if "[" in fact else "")]
        actor = self.chance.choice((CITIZEN, CITIZEN, WORKER))
        if node.spec.type is FactType.LIST:
            self.take(ev.ListClosed, actor, fact=fact, count=self.chance.choice((0, 0, 1)))
            return
        value = anything(node, self.chance)
        if value is not None:
            self.take(ev.AnswerGiven, actor, fact=fact, value=value)

    def fetch(self) -> None:
        """A register says something; the citizen may say that it is wrong."""
        known = [node for node in self.graph.facts.values() if str(node.spec.suppliers[0].kind) == "register"]
        if known:
            node = self.chance.choice(known)
            value = anything(node, self.chance)
            if value is not None and not node.list:
                self.take(ev.FactFetched, REGISTER, fact=node.path, value=value, source="brp")
        for fact in self.may.disputable[:1]:
            self.take(ev.FactDisputed, CITIZEN, fact=fact, reason="Klopt niet.")

    def other(self) -> None:
        """Everything else that a citizen may do, and what time does."""
        assert self.journey is not None
        choice = self.chance.randrange(7)
        if choice == 0:
            self.take(ev.ChannelSwitched, CITIZEN, to=self.chance.choice(self.may.channels))
        elif choice == 1:
            self.take(ev.PersonAsked, CITIZEN, over=self.may.contact[0].channel)
        elif choice == 2:
            self.take(ev.JourneyPaused, CITIZEN, until=self.at + timedelta(days=9))
        elif choice == 3:
            until = self.at + timedelta(days=60)
            self.take(ev.Represented, CITIZEN, mandate=f"M{self.made}", name="Jan", scope="all", until=until)
        elif choice == 4 and self.may.steps:
            self.take(ev.StepTaken, CITIZEN, step=self.chance.choice(self.may.steps))
        elif choice == 5 and self.journey.deadlines:
            clock, until = self.chance.choice(sorted(self.journey.deadlines.items()))
            self.at = max(self.at, until)
            self.take(ev.DeadlinePassed, CLOCK, clock=clock, entry=len(self.journey.visits))
        else:
            self.at += timedelta(hours=self.chance.randrange(1, 60))

    def live(self) -> None:
        """So many events in random order."""
        for _ in range(EVENTS):
            self.chance.choice((self.answer, self.answer, self.answer, self.fetch, self.other))()


@pytest.mark.parametrize("slug", SLUGS)
def test_a_replay_is_the_live_journey(slug: str) -> None:
    """However it went, what was stored makes the same journey; a person stays within reach over two channels."""
    for number in range(LIVES):
        life = Life(graph_of(slug), random.Random(f"{slug}{number}"))  # noqa: S311
        life.live()
        assert life.journey is not None
        assert replay(partial(load_fact, life.graph), life.stored) == life.journey
        assert life.journey.seq == len(life.stored)
        if life.may.is_open:
            ways = life.may.contact
            assert len({way.channel for way in ways}) >= 2
            assert any(not way.is_digital for way in ways)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_same_facts_give_the_same_decision(slug: str) -> None:
    """Told again in another order, over another channel, by a worker: the same outcome, and nothing asked twice."""
    graph = graph_of(slug)
    for number in range(LIVES):
        chance = random.Random(f"{slug}/{number}")  # noqa: S311
        citizen = {path: anything(node, chance) for path, node in graph.facts.items() if not node.list}
        outcomes = {_outcome(graph, citizen, actor, chance) for actor in (CITIZEN, WORKER, CITIZEN)}
        assert len(outcomes - {""}) <= 1  # "" where an answer was refused: such a citizen contradicts themselves


def _outcome(graph: Graph, citizen: dict[str, Any], actor: ev.Actor, chance: random.Random) -> str:
    """What comes out when this citizen answers everything that is asked, in a random order; lists are empty."""
    life = Life(graph, chance)
    asked: set[str] = set()
    refused: set[str] = set()
    for _ in range(60):
        open_now = [ask.fact for ask in life.may.questions if ask.fact not in refused]
        if not open_now:
            break
        fact = chance.choice(open_now)
        assert fact not in asked
        node = graph.facts[fact]
        if node.spec.type is FactType.LIST:
            done = life.take(ev.ListClosed, actor, fact=fact, count=0)
        else:
            done = citizen[fact] is not None and life.take(ev.AnswerGiven, actor, fact=fact, value=citizen[fact])
        (asked if done else refused).add(fact)
    assert life.journey is not None
    return life.journey.outcome if not refused else ""
