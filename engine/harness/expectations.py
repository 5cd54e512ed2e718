"""What a scenario expects, held against what came of it: a sentence for everything that is otherwise.

    unmet(walk) -> sentences; none when all expectations hold

What a citizen has read is taken from the flow's own texts, with the paragraphs that apply, as it was written and with
its values. Called by `engine.harness.run`; tests: tests/engine/harness/test_expectations.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from engine.errors import Said, worded
from engine.feel.unknown import UNKNOWN
from engine.flow.fields import dump_value
from engine.flow.keys import read_key
from engine.flow.model import SupplierKind, Text
from engine.graph.evaluation import evaluate
from engine.graph.graph import Graph
from engine.graph.intervals import truth
from engine.graph.standard import STANDARDS, task_kind
from engine.harness.read_words import read_words
from engine.harness.scenario import Scenario
from engine.journey import events as ev
from engine.journey.clocks import promised
from engine.journey.explain import Conclusion
from engine.journey.facts import day, view_of
from engine.journey.options import Options
from engine.journey.state import Journey


class Walk(Protocol):
    """One citizen on the way: what `engine.harness.run` has of it."""

    graph: Graph
    scenario: Scenario
    at: datetime
    asked: list[str]
    refused: str

    @property
    def journey(self) -> Journey | None: ...

    @property
    def told(self) -> Sequence[str]: ...

    @property
    def done(self) -> Sequence[str]: ...

    @property
    def conclusions(self) -> Sequence[Conclusion]: ...

    def may(self, actor: ev.Actor = ...) -> Options: ...


PUBLISH, PUBLISHED = "publish ", "publish outcome"
REFUSED: Final = "{what} was refused"
"""How the sentence of a refused answer or step begins; whoever tells it adds why (`ui_schema.failures`)."""


def _none_yet(walk: Walk) -> Said:
    """No outcome, and which questions are open that the scenario's citizen has no answer to."""
    if walk.journey is None:
        return worded("none yet")
    open_now = [ask.fact for ask in walk.may().questions if ask.fact.partition("[")[0] not in walk.scenario.answers]
    names = ", ".join(f"`{fact}`" for fact in open_now[:3])
    if not names:
        return worded("none yet")
    return worded("none yet: the flow asks {names}, which this citizen does not answer", names=names)


def _did(expected: Sequence[str], done: Sequence[str]) -> bool:
    """Whether exactly this was done; `publish outcome` stands for whatever determination was made known."""
    left = Counter(expected)
    for own in done:
        name = own if left[own] else PUBLISHED if own.startswith(PUBLISH) else own
        left[name] -= 1
    return not any(left.values())


def _listed(names: Sequence[str] | None, between: str = ", ") -> str:
    return between.join(names) if names else worded("nothing")


def unmet(walk: Walk) -> Iterator[str]:
    """See the top of this module."""
    expect, journey = walk.scenario.expect, walk.journey
    if expect.refused is not None:
        if walk.refused != expect.refused:
            yield worded(
                "expected {expected} to be refused, but {refused} was"
                if walk.refused
                else "expected {expected} to be refused, it was not",
                expected=expect.refused,
                refused=walk.refused,
            )
        return
    if walk.refused:
        yield worded(REFUSED, what=walk.refused)
    outcome = (journey.proposed or journey.outcome) if journey is not None else ""
    if expect.outcome is not None and outcome != expect.outcome:
        yield worded("expected outcome {expected}, got {got}", expected=expect.outcome, got=outcome or _none_yet(walk))
    if journey is None:
        return
    yield from _asked(walk)
    yield from _where(walk, journey)
    yield from _tasks(walk, journey)
    yield from _explained(walk, journey)
    yield from _read(walk, journey, outcome)


def unexplained(walk: Walk) -> Iterator[str]:
    """The same of somebody to whom all that happened before happens again: reasons, rows, values and words."""
    expect, journey = walk.scenario.expect, walk.journey
    if expect.refused is None and journey is not None:
        yield from _explained(walk, journey)
        yield from _read(walk, journey, journey.proposed or journey.outcome)


def _asked(walk: Walk) -> Iterator[str]:
    expect = walk.scenario.expect.asked
    if expect.at_most is not None and len(walk.asked) > expect.at_most:
        yield worded(
            "asked {count} questions, at most {most} expected: {asked}",
            count=len(walk.asked),
            most=expect.at_most,
            asked=", ".join(walk.asked),
        )
    for fact in expect.never:
        if fact in walk.asked:
            yield worded("asked {fact}, which must never be asked here", fact=fact)
    if expect.all is not None and set(expect.all) != set(walk.asked):
        yield worded("asked {asked} instead of {expected}", asked=_listed(walk.asked), expected=_listed(expect.all))


def _where(walk: Walk, journey: Journey) -> Iterator[str]:
    expect = walk.scenario.expect
    if expect.place is not None and journey.place != expect.place:
        yield worded("expected to be at {expected}, is at {place}", expected=expect.place, place=journey.place)
    passed = [visit.place for visit in journey.visits]
    left = iter(passed)
    if not all(place in left for place in expect.states):
        yield worded(
            "expected to pass {expected}, passed {passed}", expected=", ".join(expect.states), passed=", ".join(passed)
        )
    if expect.does is not None and not _did(expect.does, walk.done):
        yield worded(
            "expected {expected} to be done, done was {done}",
            expected=_listed(expect.does, "; "),
            done=_listed(walk.done, "; "),
        )
    steps = walk.may().steps if expect.may else ()
    for step in expect.may:
        if step not in steps:
            yield worded("expected that the citizen may {step}, may {steps}", step=step, steps=_listed(steps))


def _tasks(walk: Walk, journey: Journey) -> Iterator[str]:
    expect, tasks = walk.scenario.expect, list(journey.tasks.values())
    if expect.task is not None and expect.task not in {task.kind for task in tasks}:
        yield worded(
            "expected task {expected}, got {got}", expected=expect.task, got=_listed([task.kind for task in tasks])
        )
    if expect.skill is not None:
        skills = [task.skill for task in tasks if expect.task in (None, task.kind)]
        if expect.skill not in skills:
            yield worded("expected a task for {expected}, got {got}", expected=expect.skill, got=_listed(skills))
    if expect.person_within is not None:
        over = journey.contacts[-1].over if journey.contacts else ev.Channel.PHONE
        latest = promised(walk.graph, expect.person_within, walk.at, str(over))
        dues = [task.due for task in tasks if task.due is not None]
        if latest is not None and not any(due <= latest for due in dues):
            yield worded("no person is promised in time")
    for clock, days in expect.days.items():
        yield from _due(walk, journey, clock, days)


def _due(walk: Walk, journey: Journey, clock: str, days: int) -> Iterator[str]:
    """A clock or task, in days from now; a clock runs out at the end of its last day."""
    dues = [task.due for task in journey.tasks.values() if task.kind == clock and task.due is not None]
    until = journey.deadlines.get(clock) or journey.deadlines.get(f"{ev.TERM}{clock}") or (dues[-1] if dues else None)
    if until is None:
        yield worded("expected {clock} to be due in {days} days, it is not running", clock=clock, days=days)
        return
    last = until - datetime.resolution
    found = (day(last) - day(walk.at)).days
    if found != days:
        yield worded(
            "expected {clock} to be due in {days} days, it is due in {found}", clock=clock, days=days, found=found
        )


def _explained(walk: Walk, journey: Journey) -> Iterator[str]:
    expect = walk.scenario.expect
    if expect.because or expect.rule:
        found = walk.conclusions
        yield from _reasons(expect.because, found)
        rows = {name: own.rows or (own.row,) for own in found for name in (own.decision, own.table) if name}
        for name, row in expect.rule.items():
            if row not in rows.get(name, ()):
                got = _listed(list(map(str, rows.get(name, ()))))
                yield worded("expected row {row} of {name} to decide, got {got}", row=row, name=name, got=got)
    for name, text in expect.values.items():
        yield from _value(walk, journey, name, text)


def _reasons(wanted: Sequence[str], found: Sequence[Conclusion]) -> Iterator[str]:
    given = [reason for own in found for reason in (own.because, *own.reasons) if reason]
    for because in wanted:
        if because not in given:
            yield worded(
                "expected the reason “{because}”, got {got}",
                because=because,
                got=_listed(list(dict.fromkeys(given)), "; "),
            )


def _value(walk: Walk, journey: Journey, name: str, text: Any) -> Iterator[str]:
    ruling = walk.graph.rulings.get(name)
    if ruling is None:
        yield worded("there is no decision called {name}", name=name)
        return
    value = view_of(walk.graph, journey).value(name)
    if value is UNKNOWN:
        yield worded("expected {name} to be {text}, it is not known yet", name=name, text=text)
        return
    if isinstance(value, list):
        shown, wanted = ([str(own) for own in each] for each in (value, text if isinstance(text, list) else [text]))
    else:
        shown, wanted = [plain(dump_value(ruling.type, value))], [plain(text)]
    if shown != wanted:
        yield worded(
            "expected {name} to be {wanted}, got {shown}", name=name, wanted=", ".join(wanted), shown=", ".join(shown)
        )


def plain(value: Any) -> str:
    """A value as an author writes it."""
    words = {True: "yes", False: "no", None: "none"}
    text = words[value] if value is None or isinstance(value, bool) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read(walk: Walk, journey: Journey, outcome: str) -> Iterator[str]:
    expect = walk.scenario.expect
    if expect.says or expect.unsaid:
        read = "\n".join(_outcome_words(walk.graph, journey, outcome)) + "\n" + "\n".join(_letters(walk, journey))
        for words in expect.says:
            if words.casefold() not in read.casefold():
                yield worded("expected to read “{words}”, which stands nowhere in what was read", words=words)
        for words in expect.unsaid:
            if words.casefold() in read.casefold():
                yield worded("expected never to read “{words}”, which stands in what was read", words=words)
    for fact, wanted in expect.asks.items():
        yield from _put(walk, journey, fact, wanted)
    for name, wanted in expect.work.items():
        yield from _work(walk, journey, name, wanted)


def _put(walk: Walk, journey: Journey, fact: str, wanted: Sequence[str]) -> Iterator[str]:
    """The words with which a question was put."""
    key = read_key(fact)
    node = walk.graph.facts.get(key.path) if key is not None else None
    if fact not in walk.asked or node is None:
        yield worded("expected to be asked about {fact}, was not", fact=fact)
        return
    spec, said = node.spec, _words(journey)
    texts = [said(own) for own in (spec.ask, spec.help, spec.why, *spec.options.values())]
    for words in wanted:
        if not any(words.casefold() in own.casefold() for own in texts):
            yield worded(
                "expected “{words}” in the question about {fact}: {asked}", words=words, fact=fact, asked=texts[0]
            )


def _work(walk: Walk, journey: Journey, name: str, wanted: Sequence[str]) -> Iterator[str]:
    """The words with which a worker is told what to do: of a task that was opened, or of a worker's fact."""
    flow, said = walk.graph.flow, _words(journey)
    kind = task_kind(flow, name) if any(task.kind == name for task in journey.tasks.values()) else None
    spec = flow.facts.get(name)
    if spec is not None and all(own.kind is not SupplierKind.WORKER for own in spec.suppliers):
        spec = None
    texts = [said(own) for own in (kind.title, kind.text)] if kind is not None else []
    texts += [said(own) for own in (spec.ask, spec.help, spec.why)] if spec is not None else []
    for words in wanted:
        if not any(words.casefold() in own.casefold() for own in texts):
            read = " ".join(texts) or worded("there was none")
            yield worded("expected “{words}” in the work {name}: {read}", words=words, name=name, read=read)


def _words(journey: Journey) -> Any:
    return lambda text: "" if text is None else text.in_(journey.language)


def _outcome_words(graph: Graph, journey: Journey, outcome: str) -> Iterator[str]:
    """The title and the paragraphs that apply."""
    if not outcome:
        return
    spec, view = graph.flow.outcomes[outcome], view_of(graph, journey)
    said = read_words(graph, view, journey.language)
    conditions = graph.texts.get(outcome, ())
    yield said(spec.title)
    for number, part in enumerate(spec.text):
        condition = conditions[number] if number < len(conditions) else None
        if condition is None or truth(evaluate(condition, view)) == {True}:
            yield said(part.text)


def _letters(walk: Walk, journey: Journey) -> Iterator[str]:
    flow, said = walk.graph.flow, read_words(walk.graph, view_of(walk.graph, journey), journey.language)
    standard: dict[str, Text] = {name: text for own in STANDARDS.values() for name, text in own.texts.items()}
    for name in walk.told:
        yield said(flow.texts.get(name) or standard.get(name))
    contact = flow.contact.get("ask_person")
    if journey.contacts and contact is not None:
        yield said(contact.tell)
