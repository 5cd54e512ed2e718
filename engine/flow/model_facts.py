"""Facts: what a decision needs to know, who supplies it, and how it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from engine.flow.model_base import Duration, Expression, Frozen, Name, Names, Several, Text


class FactType(StrEnum):
    """The types of facts and decisions; `engine.flow.fields` holds one file for each."""

    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERIOD = "period"
    DURATION = "duration"
    YEAR = "year"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    BSN = "bsn"
    IBAN = "iban"
    ADDRESS = "address"
    PERSON = "person"
    FILE = "file"
    LIST = "list"


class SupplierKind(StrEnum):
    """Who supplies a fact (same words as `engine.journey.events.Supplier`, without `rule`)."""

    CITIZEN = "citizen"
    REGISTER = "register"
    WORKER = "worker"
    PAYMENT = "payment"
    PROCESS = "process"
    CLOCK = "clock"


NAMED = {SupplierKind.REGISTER: True, SupplierKind.CLOCK: True}
"""Suppliers that need a name after the colon: `register:brp.persoon`, `clock:start`."""


class SupplierRef(Frozen):
    """One supplier in the order of preference: `register:brp.persoon` is kind register, name brp.persoon."""

    kind: SupplierKind
    name: str = ""

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        kind, _, name = value.partition(":")
        if kind not in set(SupplierKind):
            raise PydanticCustomError("supplier_kind", "no such supplier", {"value": kind})
        if NAMED.get(SupplierKind(kind), False) != bool(name):
            raise PydanticCustomError("supplier_name", "a name too many or too few", {"value": kind})
        if kind == SupplierKind.CLOCK and name not in ("start", "submit"):
            raise PydanticCustomError("supplier_clock", "the clock gives start or submit only")
        return {"kind": kind, "name": name}

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else str(self.kind)


class Confirm(StrEnum):
    """What the citizen sees of a prefilled fact."""

    SHOW = "show"
    ASK = "ask"
    SILENT = "silent"


class Unsure(StrEnum):
    """What "weet ik niet" does."""

    WORKER = "worker"
    VALUE = "value"
    HELP = "help"


class Ground(Frozen):
    """Why a personal fact may be used."""

    text: Text = Field(description="Why this is needed, in plain language.")
    source: str = Field("", description="A name under `sources`.")


class Check(Frozen):
    """Something that answers must satisfy together; judged once all its facts are known."""

    must: Expression = Field(description="An expression that must be true.")
    say: Text = Field(description="What the citizen reads when it is not.")
    source: str = Field("", description="A name under `sources`.")


class Options(Frozen):
    """Mixin: options with their labels; a plain list labels each option with its own id."""

    options: Mapping[str, Text] = Field(default_factory=dict, description="Option ids with the label people see.")

    @model_validator(mode="before")
    @classmethod
    def _label_options(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("options"), list):
            ids = value["options"]
            if any(not isinstance(option, str) for option in ids):
                raise PydanticCustomError("options_shape", "options are ids, or ids with a label")
            if len(set(ids)) != len(ids):
                raise PydanticCustomError("options_twice", "an option stands here twice")
            return {**value, "options": {option: option for option in ids}}
        return value


class Fact(Options):
    """One thing that can be known about a citizen's situation."""

    LATER: ClassVar[frozenset[str]] = frozenset({"anew"})

    type: FactType = Field(description="What kind of value it is.")
    label: Text | None = Field(None, description="Its short name in overviews, letters and explanations.")
    unit: Text | None = Field(
        None, description="What it counts: cm, uur; of money a currency (GBP), of a duration years, months, days ..."
    )
    min: str = Field("", description="Lowest value that counts as an answer; of a list: fewest items.")
    max: str = Field("", description="Highest value that counts as an answer; of a list: most items.")
    max_length: Annotated[int, Field(ge=1, le=20_000)] | None = Field(None, description="Longest text, in characters.")
    alone: Names = Field((), description="Options that cannot go with another.")
    ask: Text | None = Field(None, description="The question, one short sentence.")
    say: Text | None = Field(None, description="The question as spoken, by phone or at a desk.")
    help: Text | None = Field(None, description="How to find the answer; words explained.")
    why: Text | None = Field(None, description="Why this is asked.")
    suppliers: Annotated[tuple[SupplierRef, ...], Several, Field(alias="from", min_length=1)] = Field(
        (SupplierRef(kind=SupplierKind.CITIZEN),), alias="from", description="Who supplies it, in order of preference."
    )
    confirm: Confirm = Field(Confirm.SHOW, description="What the citizen sees when it was prefilled.")
    unsure: Unsure | None = Field(None, description='What "I do not know" does; left out: it is not offered.')
    when: Expression | None = Field(None, description="The question makes sense only when this is true.")
    otherwise: str = Field("none", description="The value when `when` is not true.")
    ground: Ground | None = Field(None, description="Why this personal fact may be used.")
    retention: Duration | None = Field(None, description="How long it is kept after the end.")
    skill: str = Field("", description="The skill of the worker who supplies it.")
    needs: Names = Field((), description="What a worker must have to supply it; asked when only that is waited for.")
    anew: Names = Field((), description="Places: whoever comes there again, it must be said anew.")
    item: Text | None = Field(None, description="Of a list: what one item is called.")
    count: Expression | None = Field(None, description="Of a list: how many items there are.")
    of: Mapping[Name, Fact] = Field(default_factory=dict, description="Of a list: the facts of each item.")
    checks: tuple[Check, ...] = Field((), description="Of a list: what the facts of one item must satisfy.")

    @property
    def is_asked(self) -> bool:
        """Whether a person (citizen or worker) may have to supply it."""
        return any(ref.kind in (SupplierKind.CITIZEN, SupplierKind.WORKER) for ref in self.suppliers)
