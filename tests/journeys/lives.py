"""Random lives of a flow: one journey that anything may happen to, saved and restored after every event.

    Life(graph, chance).live()      answers, answers given anew and withdrawn, "weet ik niet", lists, registers
                                    that speak or stay silent, disputes and how they end, judgements, tasks, steps
                                    of citizens and workers, channels, mandates, pauses, persons, clocks that run out
    Telling(graph, citizen, ...)    one citizen who answers all that is asked: what comes out of it

The same seed gives the same life. Called by `tests.journeys.test_random_lives` and
`tests.engine.journey.test_moving_pairs`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from engine.errors import AnswerError, RefusedEvent
from engine.flow.model import FactType
from engine.graph.graph import FactNode, Graph
from engine.journey import events as ev
from engine.journey.accept import node_of
from engine.journey.codec import dump_event, dump_journey, load_event, load_journey
from engine.journey.facts import known
from engine.journey.options import Options, options
from engine.journey.reducer import advance
from engine.journey.state import Journey, Task
from tests.journeys.clock import AT

EVENTS = 40
MOST_QUESTIONS = 60
MOST_SECOND_THOUGHTS = 5
STOPS = ("withdraw", "cancel")  # seldom taken, or most lives would end young
CITIZEN = ev.Actor(kind=ev.ActorKind.CITIZEN)
WORKERS = tuple(ev.Actor(kind=ev.ActorKind.WORKER, id=name) for name in ("anna", "bram"))
REGISTER = ev.Actor(kind=ev.ActorKind.REGISTER)
CLOCK = ev.Actor(kind=ev.ActorKind.CLOCK)
CHANNELS = tuple(ev.Channel)[:4]
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
    FactType.IBAN: ("NL91ABNA0417164300",),
    FactType.PERSON: ({"name": "Sanne de Vries", "birthdate": "1988-05-17"},),
    FactType.ADDRESS: ({"street": "Molenweg", "number": "3", "postcode": "1234 CD", "town": "Voorbeeld"},),
}


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
        self._may: tuple[int, datetime, Options] | None = None
        fields = {"journey": "j", "reference": "R", "flow": graph.flow.flow, "version": graph.version, "language": "nl"}
        self.take(ev.JourneyStarted, CITIZEN, channel=chance.choice(CHANNELS), **fields)

    @property
    def now(self) -> Journey:
        """The journey as it is by now."""
        assert self.journey is not None
        return self.journey

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
        """What the citizen may do; what is known is never asked."""
        if self._may is None or self._may[:2] != (self.now.seq, self.at):
            may = options(self.graph, self.now, CITIZEN, self.at)
            assert not known(self.graph, self.now).keys() & {ask.fact for ask in may.questions}
            self._may = self.now.seq, self.at, may
        return self._may[2]

    def answer(self) -> None:
        """Some question, by the citizen, or by a worker who hears it; or an answer given anew."""
        may = self.may
        asked = [*(ask.fact for ask in may.questions), *may.changeable]
        if not asked:
            return
        fact = self.chance.choice(asked)
        actor = self.chance.choice((CITIZEN, CITIZEN, WORKERS[0]))
        self.say(fact, actor)

    def say(self, fact: str, actor: ev.Actor) -> bool:
        """Anything at all about this fact; of a list, how many items it has."""
        node = node_of(self.graph, fact)
        if node.spec.type is FactType.LIST:
            return self.take(ev.ListClosed, actor, fact=fact, count=self.chance.choice((0, 0, 1, 2)))
        value = anything(node, self.chance)
        return value is not None and self.take(ev.AnswerGiven, actor, fact=fact, value=value)

    def doubt(self) -> None:
        """ "Weet ik niet", or an answer taken back."""
        may = self.may
        unsure = [ask for ask in may.questions if ask.unsure in ("help", "worker")]
        if unsure and self.chance.random() < 0.5:
            ask = self.chance.choice(unsure)
            self.take(ev.HelpWanted, CITIZEN, fact=ask.fact, leads_to=ask.unsure)
        elif may.changeable:
            self.take(ev.AnswersWithdrawn, CITIZEN, facts=(self.chance.choice(may.changeable),))

    def fetch(self) -> None:
        """A register says something or is silent; the citizen may say that it is wrong."""
        held = [node for node in self.graph.facts.values() if str(node.spec.suppliers[0].kind) == "register"]
        if held:
            node = self.chance.choice(held)
            value = anything(node, self.chance)
            if self.chance.random() < 0.2:
                self.take(ev.RegisterSilent, REGISTER, fact=node.path, source="brp")
            elif value is not None and not node.list:
                self.take(ev.FactFetched, REGISTER, fact=node.path, value=value, source="brp")
        for fact in self.may.disputable[: self.chance.choice((0, 0, 1))]:
            self.take(ev.FactDisputed, CITIZEN, fact=fact, reason="Klopt niet.")

    def work(self) -> None:
        """Something that a worker does: with a task, a fact, a dispute, or a step of the process."""
        worker = self.chance.choice(WORKERS)
        self.chance.choice((self._task, self._judge, self._settle, self._step))(worker)

    def _task(self, worker: ev.Actor) -> None:
        tasks: list[Task] = [task for task in self.now.tasks.values() if task.finished is None]
        if tasks:
            task = self.chance.choice(tasks)
            made = self.chance.choice((ev.TaskClaimed, ev.TaskClaimed, ev.TaskReturned, ev.TaskFinished))
            self.take(made, worker, task=task.id)

    def _judge(self, worker: ev.Actor) -> None:
        self._find_out(ev.JudgementGiven, worker, options(self.graph, self.now, worker, self.at).judge)

    def _settle(self, worker: ev.Actor) -> None:
        disputed = [key for key, answer in self.now.answers.items() if answer.disputed]
        self._find_out(ev.DisputeSettled, worker, disputed)

    def _find_out(self, made: type[ev.Event], worker: ev.Actor, facts: Sequence[str]) -> None:
        """What a worker says about one of these facts, with a motive."""
        if facts:
            fact = self.chance.choice(facts)
            value = anything(node_of(self.graph, fact), self.chance)
            if value is not None:
                self.take(made, worker, fact=fact, value=value, motive="Nagevraagd.")

    def _step(self, worker: ev.Actor) -> None:
        may = options(self.graph, self.now, worker, self.at)
        if may.steps:
            outcome = self.chance.choice(("", *may.outcomes))
            self.take(ev.StepTaken, worker, step=self.chance.choice(may.steps), outcome=outcome, motive="Zo is het.")

    def other(self) -> None:
        """Everything else that a citizen may do, and what time does."""
        self.chance.choice(
            (
                self._switch,
                self._ask,
                self._pause,
                self._mandate,
                self._own_step,
                self._own_step,
                self._clock,
                self._wait,
            )
        )()

    def _switch(self) -> None:
        self.take(ev.ChannelSwitched, CITIZEN, to=self.chance.choice(self.may.channels))

    def _ask(self) -> None:
        self.take(ev.PersonAsked, CITIZEN, over=self.may.contact[0].channel)

    def _pause(self) -> None:
        if self.now.pause is not None:
            self.take(ev.JourneyResumed, CITIZEN)
        else:
            self.take(ev.JourneyPaused, CITIZEN, until=self.at + timedelta(days=9))

    def _mandate(self) -> None:
        until = self.at + timedelta(days=60)
        self.take(ev.Represented, CITIZEN, mandate=f"M{self.made}", name="Jan", scope="all", until=until)

    def _own_step(self) -> None:
        steps = [step for step in self.may.steps if step not in STOPS or self.chance.random() < 0.1]
        if steps:
            self.take(ev.StepTaken, CITIZEN, step=self.chance.choice(steps))

    def _clock(self) -> None:
        if self.now.deadlines:
            clock, until = self.chance.choice(sorted(self.now.deadlines.items()))
            self.at = max(self.at, until)
            self.take(ev.DeadlinePassed, CLOCK, clock=clock, entry=len(self.now.visits))

    def _wait(self) -> None:
        self.at += timedelta(hours=self.chance.randrange(1, 60))

    def live(self) -> None:
        """So many events in random order."""
        ways: tuple[Callable[[], None], ...] = (self.answer,) * 5 + (self.fetch, self.work, self.other, self.doubt)
        for _ in range(EVENTS):
            self.chance.choice(ways)()


def citizen_of(graph: Graph, chance: random.Random) -> dict[str, Any]:
    """One made-up citizen: an answer to every question; lists are empty."""
    return {path: anything(node, chance) for path, node in graph.facts.items() if not node.list}


class Telling:
    """One citizen who answers everything that is asked, in a random order, switching channels on the way.

    `astray`: some answers are first given otherwise, and put right at once or later. Workers judge what is theirs. On
    `second_thoughts` a citizen who contradicts themselves says something else, and keeps to it (`citizen` changes).
    """

    def __init__(self, graph: Graph, citizen: dict[str, Any], actor: ev.Actor, chance: random.Random) -> None:
        self.second_thoughts = 0
        self.life, self.citizen, self.actor, self.chance = Life(graph, chance), citizen, actor, chance
        self.asked: set[str] = set()
        self.refused: set[str] = set()
        self.wrong: set[str] = set()

    def outcome(self, *, astray: bool) -> str:
        """What comes out; "" where an answer was refused (this citizen contradicts themselves) or stayed wrong."""
        for _ in range(MOST_QUESTIONS):
            if not self._put_right(always=False) and not self._one(astray) and not self._put_right(always=True):
                break
            if self.chance.random() < 0.1:
                self.life.take(ev.ChannelSwitched, CITIZEN, to=self.chance.choice(self.life.may.channels))
        wrong = {fact for fact in self.wrong if fact in self.life.now.answers}
        return "" if self.refused or wrong else self.life.now.outcome

    def _one(self, astray: bool) -> bool:
        """The next question or judgement; False when there is none."""
        facts = [ask.fact for ask in self.life.may.questions if ask.fact not in self.refused]
        if not facts:
            return self._judged()
        fact = self.chance.choice(facts)
        assert fact not in self.asked, f"{fact} is asked twice"
        if astray and not self._is_list(fact) and self.chance.random() < 0.3 and self.life.say(fact, self.actor):
            self.wrong.add(fact)
            self.asked.add(fact)
        else:
            (self.asked if self._answered(fact) else self.refused).add(fact)
        return True

    def _is_list(self, fact: str) -> bool:
        return node_of(self.life.graph, fact).spec.type is FactType.LIST

    def _answered(self, fact: str) -> bool:
        if self._is_list(fact):
            return self.life.take(ev.ListClosed, self.actor, fact=fact, count=0)
        for tries in range(self.second_thoughts + 1):
            if tries:
                self.citizen[fact] = anything(node_of(self.life.graph, fact), self.chance)
            value = self.citizen[fact]
            if value is not None and self.life.take(ev.AnswerGiven, self.actor, fact=fact, value=value):
                return True
        return False

    def _put_right(self, *, always: bool) -> bool:
        """An answer that was given otherwise, as it is; False when there is none now."""
        wrong = [fact for fact in self.life.may.changeable if fact in self.wrong]
        if not wrong or not (always or self.chance.random() < 0.3):
            return False
        fact = self.chance.choice(wrong)
        self.wrong.discard(fact)
        if not self._answered(fact):
            self.refused.add(fact)
        return True

    def _judged(self) -> bool:
        """What only waits for a worker; False when nothing does."""
        life = self.life
        worker = options(life.graph, life.now, WORKERS[0], life.at)
        facts = [key for key in worker.judge if key in worker.relevance.waiting and key not in self.refused]
        if not facts:
            return False
        value = self.citizen.get(facts[0])
        if value is None or not life.take(ev.JudgementGiven, WORKERS[0], fact=facts[0], value=value, motive="Gezien."):
            self.refused.add(facts[0])
        return True
