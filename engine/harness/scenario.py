"""Scenarios: whole citizens plus wishes, and what is expected to become of them. From YAML text, every fault at once.

    as_of: 2026-08-21                        the clock at the start; left out: 2026-01-15
    citizen: {spoed: no, ...}                the usual citizen of this file
    scenarios:
      A sentence that says what holds:
        with: {iepziekte: yes}               how this citizen differs; a list: several citizens, one expectation
        registers: {bewoner: ...}            what registers know
        worker: {judge: {veilig: yes}, propose: gegrond, motive: ...}
        then: [{worker: agree, judge: {gaat_goed: yes}}, {citizen: object}, {late: place}]
        wishes: {route: [werk], switch: [{after: spoed, to: phone}], every_route: yes, stop_after: werk, language: en}
        expect: {outcome, values, rule, because, says, asks, may, states, days, task, skill, place, refused, ...}

A scenario is never an ordered list of answers: the engine decides what is asked, a wish only says which of the open
questions the citizen would rather answer first. Called by `wegwijzer test` and the pytest plugin; tests:
tests/engine/harness/test_expectations.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from engine.errors import FlowError, Problem, Where, worded
from engine.flow.model_base import Duration, Frozen, Span
from engine.flow.yaml_nodes import Entries, Items, Node, Scalar
from engine.flow.yaml_tree import read_tree
from engine.graph.graph import Graph
from engine.harness.scenario_names import unknown_names
from engine.journey.events import Channel

DEFAULT_DAY = date(2026, 1, 15)
Listed = BeforeValidator(lambda value: value if isinstance(value, list) else [value])
Several = Annotated[tuple[str, ...], Listed]


class Switch(Frozen):
    """After this fact is answered, go on over that channel."""

    after: str
    to: Channel


class Wishes(Frozen):
    """What this citizen wants: which questions first, over which channels, where to stop."""

    route: tuple[str, ...] = ()
    switch: tuple[Switch, ...] = ()
    every_route: bool = False
    stop_after: str = ""
    ask_person: Channel | None = None
    language: str = Field("", pattern="^([a-z]{2})?$")


class Worker(Frozen):
    """What the civil servant does with the task, if there is one."""

    judge: Mapping[str, Any] = Field(default_factory=dict)
    propose: str = ""
    motive: str = ""


class Then(Frozen):
    """One thing that happens once the questions are done; exactly one of the first ten says what.

    `citizen`, `worker`, `payment` name a step of the process, `late` a clock (`place`, `remind` or a term) that runs
    out, `wait` a length of time in which every clock that runs out is heard, `answer` what the citizen changes or adds,
    `register` what a register knows by now, `dispute` what it has wrong as the citizen says, `asks` over which channel
    the citizen wants a person, `switch` the channel on which the citizen goes on.
    """

    citizen: str = ""
    worker: str = ""
    payment: str = ""
    late: str = ""
    wait: Duration | None = None
    answer: Mapping[str, Any] = Field(default_factory=dict)
    fetched: Mapping[str, Any] = Field(default_factory=dict, alias="register")
    dispute: str = ""
    asks: Channel | None = None
    switch: Channel | None = None
    judge: Mapping[str, Any] = Field(default_factory=dict)
    paid: Mapping[str, Any] = Field(default_factory=dict)
    outcome: str = ""
    motive: str = ""
    name: str = "scenario"
    refused: str = ""

    @model_validator(mode="after")
    def _one_thing(self) -> Then:
        people = (self.citizen, self.worker, self.payment, self.answer, self.dispute, self.asks, self.switch)
        kinds = (*people, self.late, self.wait, self.fetched)
        if sum(bool(kind) for kind in kinds) != 1:
            raise PydanticCustomError("one_thing", "one move has one kind")
        return self


class Asked(Frozen):
    """`all`: exactly these facts, in any order."""

    at_most: int | None = None
    never: tuple[str, ...] = ()
    all: tuple[str, ...] | None = None


class Expect(Frozen):
    """Everything named must hold; what is not named may be anything.

    `rule` is the row of a decision that decides, `because` a reason (or several) that is given, `says` words that the
    citizen has read by now in the outcome and the letters, `unsaid` words that stand nowhere there, `asks` words in the
    question about a fact, `work` words in a task that was opened or in a worker's question, `may` steps that the
    citizen can take now, `states` places that were passed in this order, `does` all that the process has done, as in
    its table (`tell ontvangen`, `task beoordelen`, `pay uitkering`), `days` for a clock or a kind of task the days from
    now until it is due, `skill` that of the expected task.
    """

    outcome: str | None = None
    values: Mapping[str, Any] = Field(default_factory=dict)
    rule: Mapping[str, int] = Field(default_factory=dict)
    because: Several = ()
    says: Several = ()
    unsaid: Several = ()
    asks: Mapping[str, Several] = Field(default_factory=dict)
    work: Mapping[str, Several] = Field(default_factory=dict)
    may: Several = ()
    states: Several = ()
    does: tuple[str, ...] | None = None
    days: Mapping[str, int] = Field(default_factory=dict)
    task: str | None = None
    skill: str | None = None
    place: str | None = None
    asked: Asked = Asked()
    refused: str | None = None
    person_within: Span | None = None

    @property
    def reads_words(self) -> bool:
        """Whether an edit of nothing but words can break or mend it."""
        return bool(self.says or self.unsaid or self.asks or self.work)


class Told(Frozen):
    """One scenario as it stands in the file."""

    with_: Annotated[tuple[Mapping[str, Any], ...], Listed] = Field(({},), alias="with")
    as_of: date | None = None
    registers: Mapping[str, Any] = Field(default_factory=dict)
    worker: Worker | None = None
    then: tuple[Then, ...] = ()
    wishes: Wishes = Wishes()
    expect: Expect


class ScenarioFile(Frozen):
    """A whole file."""

    as_of: date = DEFAULT_DAY
    citizen: Mapping[str, Any] = Field(default_factory=dict)
    registers: Mapping[str, Any] = Field(default_factory=dict)
    scenarios: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One citizen and what is expected. `number` counts the citizens of one expectation from 1."""

    name: str
    number: int
    where: Where
    as_of: date
    answers: Mapping[str, Any]
    registers: Mapping[str, Any]
    worker: Worker | None
    then: tuple[Then, ...]
    wishes: Wishes
    expect: Expect

    @property
    def title(self) -> str:
        """The sentence, with a number where several citizens share it."""
        return worded("{name} ({number})", name=self.name, number=self.number) if self.number > 1 else self.name

    @property
    def content(self) -> str:
        """All that it says, wherever it stands."""
        return repr(replace(self, where=Where()))


@dataclass(slots=True)
class _Marks:
    places: dict[tuple[str | int, ...], Where] = field(default_factory=dict)

    def nearest(self, path: tuple[str | int, ...], file: str) -> Where:
        """Where this part of the file stands, else the smallest part around it; numbers may be left out."""
        while path and path not in self.places:
            listed = tuple(part for part in path if not isinstance(part, int))
            if listed in self.places:
                return self.places[listed]
            path = path[:-1]
        return self.places.get(path, Where(file))


def read_scenarios(text: str, file: str, graph: Graph | None = None) -> tuple[Scenario, ...]:
    """The scenarios of one file, with `graph` every name held against the flow. Raises FlowError with every fault.

    A text that was read before gives the very same scenarios.
    """
    read, marks, scenarios = _read(text, file)
    if graph is not None and (unknown := list(unknown_names(graph, read))):
        raise FlowError([Problem(marks.nearest(path, file), "E-SCENARIO", said, hint) for path, said, hint in unknown])
    return scenarios


@lru_cache(maxsize=64)
def _read(text: str, file: str) -> tuple[ScenarioFile, _Marks, tuple[Scenario, ...]]:
    root, problems = read_tree(text, file)
    if problems or root is None:
        empty = Problem(
            Where(file, 1, 1), "E-SCENARIO", worded("The file is empty."), worded("Write `citizen` and `scenarios`.")
        )
        raise FlowError(problems or [empty])
    marks = _Marks()
    plain = _plain(root, (), marks, file)
    try:
        read = ScenarioFile.model_validate(plain)
    except ValidationError as error:
        raise FlowError([_problem(found, marks, file) for found in error.errors()]) from None
    return read, marks, tuple(_scenarios(read, marks, file))


def _scenarios(read: ScenarioFile, marks: _Marks, file: str) -> Iterator[Scenario]:
    """Each citizen of each expectation."""
    for name, told in read.scenarios.items():
        for number, own in enumerate(told.with_, 1):
            yield Scenario(
                name,
                number,
                marks.places.get(("scenarios", name), Where(file)),
                told.as_of or read.as_of,
                {**read.citizen, **own},
                {**read.registers, **told.registers},
                told.worker,
                told.then,
                told.wishes,
                told.expect,
            )


def _plain(node: Node, path: tuple[str | int, ...], marks: _Marks, file: str) -> Any:
    marks.places[path] = Where(file, node.mark.line, node.mark.column)
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [_plain(item, (*path, number), marks, file) for number, item in enumerate(node.items)]
    assert isinstance(node, Entries)
    plain = {key: _plain(own, (*path, key), marks, file) for key, own in node.entries.items()}
    marks.places |= {(*path, key): Where(file, mark.line, mark.column) for key, mark in node.keys.items()}
    return plain


SENTENCES: Final[Mapping[str, str]] = {
    # pydantic's name for what is wrong: our sentence
    "extra_forbidden": "This key is not known here.",
    "missing": "A key is missing here.",
    "one_thing": (
        "Exactly one of citizen, worker, payment, late, wait, answer, register, dispute, asks and switch is "
        "needed here."
    ),
    "int_parsing": "Here belongs a whole number.",
    "int_type": "Here belongs a whole number.",
    "string_type": "Here belongs one word or text.",
    "enum": "This word is not known here.",
    "literal_error": "This word is not known here.",
    "dict_type": "Here belong keys.",
    "mapping_type": "Here belong keys.",
    "model_type": "Here belong keys.",
    "model_attributes_type": "Here belong keys.",
    "tuple_type": "Here belongs a list.",
    "list_type": "Here belongs a list.",
    "date_from_datetime_parsing": "Here belongs a date, such as 2026-04-06.",
    "date_parsing": "Here belongs a date, such as 2026-04-06.",
    "date_type": "Here belongs a date, such as 2026-04-06.",
    "bool_parsing": "Here belongs true or false.",
}
OTHERWISE: Final = "What stands here cannot be used."


def _problem(found: Any, marks: _Marks, file: str) -> Problem:
    message = worded(SENTENCES.get(found["type"], OTHERWISE))
    hint = worded("See the keys of a scenario in docs/language/scenarios.md.")
    return Problem(marks.nearest(tuple(found["loc"]), file), "E-SCENARIO", message, hint)
