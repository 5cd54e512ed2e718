"""200 pairs of versions, made by small edits: each running journey is sorted as retelling its facts says.

The edits are an author's between two versions (`version_pairs`: a fact renamed, dropped, of another type or supplier,
other limits, rules, outcomes, places, checks, words) and the faults of `engine.harness.mutate` in the example flows.
The oracle knows nothing of `engine.journey.moving`: it tells what the journey knows to the new version, and looks where
that leads.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from engine.errors import AnswerError, FlowError, RefusedEvent
from engine.flow.keys import read_key
from engine.flow.model import FactType, SupplierKind
from engine.flow.parse import read_root
from engine.graph.graph import Graph
from engine.graph.load import load_flow, load_reading
from engine.graph.view import View
from engine.harness.mutate import mutants
from engine.journey import events as ev
from engine.journey.accept import check, load_fact, node_of, passed_on
from engine.journey.codec import dump_journey
from engine.journey.facts import known
from engine.journey.moving import Needs, Sorted, sort
from engine.journey.reducer import advance
from engine.journey.relevance import Relevance, relevance
from engine.journey.remedies import made_known
from engine.journey.replay import replay
from engine.journey.state import Answer, Journey
from tests.architecture.tree import ROOT
from tests.engine.journey.version_pairs import EDITS, sketch
from tests.journeys.lives import CITIZEN, REGISTER, WORKERS, Life

MADE = 150
EDITED = {"boom-kappen": 20, "verkeersboete": 15, "dagopname": 15}
EVENTS = 14
ENGINE = ev.Actor(kind=ev.ActorKind.ENGINE)


@dataclass(frozen=True)
class Pair:
    """Two versions and a journey that runs on the old one."""

    name: str
    old: Graph
    new: Graph
    life: Life

    @cached_property
    def sorted(self) -> Sorted:
        return sort(self.old, self.new, self.life.now, self.life.stored)


@cache
def pairs() -> tuple[Pair, ...]:
    """All of them, each with a journey somewhere on its way."""
    return (*made(), *(own for slug in EDITED for own in edited(slug)))


def made() -> Iterator[Pair]:
    """Small flows of our own, edited as an author would between two versions."""
    for number in range(MADE):
        chance = random.Random(number)  # noqa: S311
        old, edit = sketch(chance), EDITS[number % len(EDITS)]
        before, after = old.graph(), edit(old, chance).graph()
        yield Pair(f"{edit.__name__} {number}", before, after, lived(before, chance))


def edited(slug: str) -> Iterator[Pair]:
    """So many faults of an example flow that load."""
    text = (ROOT / "flows" / slug / "flow.yaml").read_text(encoding="utf-8")
    chance, old = random.Random(slug), load_flow(text, slug)  # noqa: S311
    found = list(mutants(text, slug))
    chance.shuffle(found)
    left = EDITED[slug]
    for edit in found:
        try:
            new = load_reading(read_root(edit.root, [], text, slug))
        except FlowError:
            continue
        yield Pair(f"{slug}: {edit.name}", old, new, lived(old, chance))
        left -= 1
        if not left:
            return


def lived(graph: Graph, chance: random.Random) -> Life:
    """A journey of this version: somewhere on its way, or all told and sent."""
    life = Life(graph, chance)
    if chance.random() < 0.5:
        for _ in range(EVENTS):
            if life.may.questions:
                life.say(life.may.questions[0].fact, CITIZEN)
        if "park" in life.may.steps:
            life.take(ev.StepTaken, CITIZEN, step=chance.choice(("park", "park", "submit")))
        return life
    for _ in range(chance.randrange(EVENTS)):
        chance.choice((life.answer, life.answer, life.answer, life.fetch, life.work, life.other))()
    return life


def fits(old: Graph, new: Graph, key: str, answer: Answer) -> Needs:
    """What the new version makes of one thing that is known."""
    parsed = read_key(key)
    assert parsed is not None
    before, after = old.facts[parsed.path], new.facts.get(parsed.path)
    told = answer.supplier is ev.Supplier.CITIZEN
    if after is None or (before.spec.type, before.spec.unit) != (after.spec.type, after.spec.unit):
        return Needs.PERSON
    if told and not any(ref.kind is SupplierKind.CITIZEN for ref in after.spec.suppliers):
        return Needs.PERSON
    if after.spec.type is FactType.LIST:
        return Needs.NOTHING
    try:  # said to a fresh journey, would it be taken as the value that it is?
        plain = dump_journey(old, _only(old, key, answer))["answers"][key]["value"]
        same = load_fact(new, key, plain) == answer.value
    except AnswerError:
        return Needs.ANSWER if told else Needs.PERSON
    return Needs.NOTHING if same else Needs.PERSON


def _only(graph: Graph, key: str, answer: Answer) -> Journey:
    empty = Journey("j", "R", graph.flow.flow, graph.version, "nl", answer.channel, answer.at)
    return empty.with_answer(key, answer)


def expected(old: Graph, new: Graph, life: Life) -> Needs:
    """By retelling: the same place, the same outcome, nothing asked anew. The worst one counts."""
    journey = life.now
    worst = [fits(old, new, key, answer) for key, answer in journey.answers.items()]
    here = journey.place in (*new.process.places, *new.process.ends)
    named = {journey.outcome, journey.proposed} - {""}
    running = {name for name, run in journey.terms.items() if run.ended is None}
    if not here or made_known(old, journey) is not None or not running <= set(new.process.terms):
        return Needs.PERSON
    if not named <= set(new.flow.outcomes) or Needs.PERSON in worst:
        return Needs.PERSON
    if Needs.ANSWER in worst:
        return Needs.ANSWER
    return after_retelling(old, new, journey) if was_readable(new, life) else Needs.PERSON


def was_readable(new: Graph, life: Life) -> bool:
    """Whether all that was ever said is a value in the new version too: a replay must be possible for ever."""
    said = [own for own in life.stored if isinstance(own, (ev.AnswerGiven, ev.FactFetched, ev.JudgementGiven))]
    try:
        for own in said:
            load_fact(new, own.fact, own.value)
    except (AnswerError, RefusedEvent):
        return False
    return True


def after_retelling(old: Graph, new: Graph, journey: Journey) -> Needs:
    """Where all that is known leads by the rules of both versions."""
    before, after = open_in(old, journey), open_in(new, journey)
    if before.outcome and after.outcome != before.outcome:
        return Needs.PERSON
    place = new.process.places.get(journey.place)
    asked = place is not None and place.does != "questions" and set(after.needed) - set(before.needed)
    return Needs.ANSWER if asked or contradicts(new, journey) else Needs.NOTHING


def open_in(graph: Graph, journey: Journey) -> Relevance:
    """What is open when these facts are known to this version."""
    return relevance(graph, View(graph, known(graph, journey)), passed_on(journey))


def contradicts(new: Graph, journey: Journey) -> bool:
    """Whether the new version would refuse one of these answers beside the others."""
    try:
        check(new, journey, known(new, journey))
    except AnswerError:
        return True
    return False


def retold(graph: Graph, journey: Journey) -> str:
    """The outcome when a fresh journey is told the same, each thing by who said it; "" while it is open."""
    teller = Life(graph, random.Random(0))  # noqa: S311
    plain = dump_journey(graph, journey).get("answers", {})
    left = dict(journey.answers)
    while left:
        taken = [key for key, answer in left.items() if _tell(teller, key, answer, plain[key]["value"])]
        left = {key: answer for key, answer in left.items() if key not in taken}
        if not taken:
            break
    return teller.now.outcome


def _tell(teller: Life, key: str, answer: Answer, value: Any) -> bool:
    if answer.supplier is ev.Supplier.REGISTER:
        return teller.take(ev.FactFetched, REGISTER, fact=key, value=value, source=answer.source)
    if answer.supplier is ev.Supplier.WORKER:
        return teller.take(ev.JudgementGiven, WORKERS[0], fact=key, value=value)
    if node_of(teller.graph, key).spec.type is FactType.LIST:
        return teller.take(ev.ListClosed, CITIZEN, fact=key, count=value)
    return teller.take(ev.AnswerGiven, CITIZEN, fact=key, value=value)


def test_every_journey_is_sorted_as_retelling_it_says() -> None:
    """200 pairs: safe, needs an answer or needs a person exactly where the oracle finds it; each of them occurs."""
    wrong = [
        (own.name, str(own.sorted.needs), str(expected(own.old, own.new, own.life)), own.sorted.reasons)
        for own in pairs()
        if own.sorted.needs is not expected(own.old, own.new, own.life)
    ]
    assert wrong == []
    met = Counter(own.sorted.needs for own in pairs())
    assert len(pairs()) == MADE + sum(EDITED.values()) == 200
    assert all(met[needs] >= 10 for needs in Needs), met


def test_nothing_of_a_journey_that_moves_is_dropped() -> None:
    """Everything it knew, promised and waits for is there under the new version, and its events make it again."""
    for own in pairs():
        moved, journey = own.sorted.moved, own.life.now
        assert (moved is None) is (own.sorted.needs is not Needs.NOTHING), own.name
        if moved is None:
            continue
        assert moved == journey, own.name
        event = ev.JourneyMigrated(
            id="m", at=own.life.at, actor=ENGINE, version=own.new.version, before=own.old.version
        )
        step = advance(own.new, moved, event)
        assert dict(step.journey.answers) == dict(journey.answers), own.name
        assert replay(partial(load_fact, own.new), [*own.life.stored, *step.events]) == step.journey, own.name


def test_what_stands_in_the_way_is_named() -> None:
    """A journey that stays says why: a fact, a place, a term or an outcome of the old version, never a value."""
    for own in pairs():
        if own.sorted.needs is Needs.NOTHING:
            continue
        journey = own.life.now
        names = {*journey.answers, *own.new.facts, *own.old.flow.outcomes, *own.new.flow.outcomes, journey.place}
        assert own.sorted.reasons, own.name
        assert {reason.about for reason in own.sorted.reasons} <= {*names, *journey.terms, own.new.flow.flow, ""}, (
            own.name
        )


def test_told_from_the_start_a_safe_journey_comes_out_the_same() -> None:
    """A fresh journey under the new version that hears the same facts has the outcome that was settled."""
    told = 0
    for own in pairs():
        journey = own.life.now
        plain = not passed_on(journey) and journey.outcome and not journey.help_wanted
        if own.sorted.needs is Needs.NOTHING and plain and open_in(own.old, journey).outcome:
            assert retold(own.new, journey) == journey.outcome, own.name
            told += 1
    assert told >= 20
