"""Decisions, functions, parameters and outcomes: what follows from the facts, and what people get to hear."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.flow.model_base import Duration, Expression, Frozen, Name, Names, PipeTable, Span, Text, Translations
from engine.flow.model_facts import FactType, Options


class Hit(StrEnum):
    """Which rows of a table count (DMN 1.5, section 8.2.8)."""

    UNIQUE = "unique"
    FIRST = "first"
    ANY = "any"
    PRIORITY = "priority"
    RULE_ORDER = "rule order"
    OUTPUT_ORDER = "output order"
    COLLECT = "collect"
    COLLECT_SUM = "collect(sum)"
    COLLECT_COUNT = "collect(count)"
    COLLECT_MIN = "collect(min)"
    COLLECT_MAX = "collect(max)"

    @property
    def lists(self) -> bool:
        """Whether it gives the options of all rows that hold, in a list; an empty one where none does."""
        return self in (Hit.COLLECT, Hit.RULE_ORDER, Hit.OUTPUT_ORDER)

    @property
    def gathers(self) -> bool:
        """Whether all rows that hold count together, not one of them."""
        return self.lists or self in (Hit.COLLECT_SUM, Hit.COLLECT_COUNT, Hit.COLLECT_MIN, Hit.COLLECT_MAX)


class RoundTo(StrEnum):
    """Direction of rounding; `half_up`, `up` and `down` count from zero."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"
    UP = "up"


class Rounding(Frozen):
    """`half_up 0.01`: direction and unit."""

    direction: RoundTo
    unit: Annotated[Decimal, Field(gt=0)]

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        direction, _, unit = value.partition(" ")
        if direction not in set(RoundTo) or not unit.strip():
            raise PydanticCustomError("round_shape", "this is not a direction and a unit")
        return {"direction": direction, "unit": unit.strip()}


class Rule(Frozen):
    """One row of `rules`: when this holds, then that."""

    when: Expression = Field(description="An expression; `else` in the last rule holds when no other did.")
    then: str = Field(description="An option or literal, else an expression.")
    source: str = Field("", description="A name under `sources`.")
    because: Text | None = Field(None, description="The reason in plain language.")


class MaybeBare(Options):
    """What may be written as its type alone: `recht: number`."""

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, value: Any) -> Any:
        return {"type": value} if isinstance(value, str) else value


class Given(MaybeBare):
    """One argument of a function."""

    unit: Text | None = Field(None, description="What a number counts.")
    type: FactType = Field(description="What kind of value it is.")


class Ruling(Options):
    """What decisions and functions share: a value, and exactly one way to come to it."""

    type: FactType = Field(description="What kind of value it is.")
    label: Text | None = Field(None, description="Its short name in overviews, letters and explanations.")
    unit: Text | None = Field(None, description="What a number counts.")
    expression: Expression | None = Field(None, alias="is", description="The value as one expression.")
    table: PipeTable | None = Field(None, description="The value as a decision table.")
    rules: tuple[Rule, ...] = Field((), description="The value as rules, where rows look at different things.")
    hit: Hit = Field(Hit.UNIQUE, description="Which rows count.")
    round: Rounding | None = Field(None, description="Direction and unit: half_up 0.01.")
    source: str = Field("", description="A name under `sources`.")
    because: Text | None = Field(None, description="The reason in plain language.")
    reasons: Mapping[str, Text] = Field(
        default_factory=dict,
        description="In a language block only: each `because` of the table with its translation.",
    )

    @model_validator(mode="after")
    def _one_way(self) -> Ruling:
        ways = (self.expression is not None, self.table is not None, bool(self.rules))
        if sum(ways) != 1:
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": "is, table, rules"})
        return self


class Output(MaybeBare):
    """One value of a table that gives several: a decision of its own."""

    type: FactType = Field(description="What kind of value it is.")
    label: Text | None = Field(None, description="Its short name in overviews, letters and explanations.")
    unit: Text | None = Field(None, description="What a number counts.")
    round: Rounding | None = Field(None, description="Direction and unit: half_up 0.01.")


class Decision(Ruling):
    """A value that follows from facts and other decisions; with `outputs` a table that gives several of them.

    `part_of` is the table of several outputs to which a decision belongs (`engine.flow.outputs`).
    """

    LATER: ClassVar[frozenset[str]] = frozenset({"outputs", "part_of"})

    each: str = Field("", description="A list: one value for each of its items.")
    outputs: Mapping[Name, Output] = Field(
        default_factory=dict, description="Of a table with several outputs: each is a decision of its own."
    )
    part_of: str = Field("", description="Filled in by the reader: the table that gives it.")

    @model_validator(mode="before")
    @classmethod
    def _of_outputs(cls, value: Any) -> Any:
        """A table of several outputs has no type itself: its outputs take its place."""
        if isinstance(value, dict) and "outputs" in value and "type" not in value:
            return {**value, "type": FactType.TEXT}
        return value


class Function(Ruling):
    """A decision with arguments, for what is used twice or per year."""

    given: Mapping[Name, Given] = Field(description="Its arguments, in order, with their types.")


class ParameterBy(StrEnum):
    """How a row of a parameter table is found."""

    FROM = "from"
    EQUAL = "equal"


class Parameter(Frozen):
    """Figures of the law by date or key: `grens(partner).inkomen`."""

    by: ParameterBy = Field(description="from: the last row that starts on or before; equal: the row with that key.")
    table: PipeTable = Field(description="Keys left of `||`, values right of it.")
    source: str = Field("", description="A name under `sources`.")
    label: Text | None = Field(None, description="Its short name in explanations.")


class OutcomeKind(StrEnum):
    """What an outcome is."""

    ANSWER = "answer"
    GRANT = "grant"
    REFUSAL = "refusal"
    TASK = "task"
    HANDOVER = "handover"

    @property
    def is_determination(self) -> bool:
        """Whether it is a determination (besluit, Awb 1:3), against which one can object or appeal."""
        return self in (OutcomeKind.GRANT, OutcomeKind.REFUSAL)


class RemedyKind(StrEnum):
    """What a citizen can do against a determination (Awb chapters 6 to 9)."""

    BEZWAAR = "bezwaar"
    ADMINISTRATIEF_BEROEP = "administratief_beroep"
    BEROEP = "beroep"
    KLACHT = "klacht"
    NONE = "none"


class Remedy(Frozen):
    """Kind, where, within, source."""

    kind: RemedyKind = Field(description="What the citizen can do.")
    at: Text | None = Field(None, description="With whom.")
    within: Duration | None = Field(None, description="Until how long after the determination.")
    source: str = Field("", description="A name under `sources`.")


class Show(Frozen):
    """`calculation bedrag`, `each kinderen`, `options papieren`."""

    what: Literal["calculation", "each", "options"]
    name: str

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        what, _, name = value.partition(" ")
        if what not in ("calculation", "each", "options") or not name.strip():
            raise PydanticCustomError("show_shape", "this cannot be shown")
        return {"what": what, "name": name.strip()}


class TextPart(Frozen):
    """A paragraph of an outcome's text, or something to show; perhaps only `when` something is true."""

    text: Text | None = Field(None, description="A paragraph.")
    show: Show | None = Field(None, description="calculation NAME, each LIST or options CHOICES.")
    when: Expression | None = Field(None, description="Only when this is true.")

    @model_validator(mode="before")
    @classmethod
    def _of_plain(cls, value: Any) -> Any:
        if isinstance(value, str | Translations):
            return {"text": value}
        return value

    @model_validator(mode="after")
    def _one_thing(self) -> TextPart:
        if (self.text is None) == (self.show is None):
            raise PydanticCustomError("one_of", "exactly one is needed", {"keys": "text, show"})
        return self


class Outcome(Frozen):
    """How a journey ends; picked by the goal's value, which has the same id."""

    kind: OutcomeKind = Field(description="What it is.")
    rank: int | None = Field(None, description="Higher is better for the citizen; left out: not comparable.")
    title: Text | None = Field(None, description="The heading above the text.")
    text: tuple[TextPart, ...] = Field(description="What the citizen reads: one text, or a list of parts.")
    values: Names = Field((), description="Decisions to report; the questions behind them are asked.")
    if_known: Names = Field((), description="Decisions to report when known; never a reason to ask.")
    needs: Names = Field((), description="Facts to handle it: asked once it is certain, never changing it.")
    to: str = Field("", description="Of a handover: flow:SLUG, or the name of an organisation.")
    task: str = Field("", description="Of a task: a name under `tasks`.")
    remedy: Remedy | None = Field(None, description="What the citizen can do against it.")

    @model_validator(mode="before")
    @classmethod
    def _list_parts(cls, value: Any) -> Any:
        if isinstance(value, dict) and "text" in value and not isinstance(value["text"], list | tuple):
            return {**value, "text": [value["text"]]}
        return value


class TaskKind(Frozen):
    """Work for a person: who can do it, how soon, and what it is about."""

    skill: str = Field("", description="The skill it needs.")
    within: Span | None = Field(None, description="How soon: {working_hours: 4} or P2W.")
    text: Text = Field(description="What the worker has to do.")
    title: Text | None = Field(None, description="Its short name in the worklist.")
