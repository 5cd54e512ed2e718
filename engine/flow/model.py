"""The flow as an immutable model: what a flow file says, nothing compiled, nothing looked up.

    Flow ── head (question, owner, goal, order, canvas, sources, pages)
         ├─ facts       name -> Fact         (engine.flow.model_facts)
         ├─ checks      Check
         ├─ parameters  name -> Parameter    (engine.flow.model_decisions)
         ├─ functions   name -> Function
         ├─ decisions   name -> Decision
         ├─ outcomes    id   -> Outcome
         ├─ tasks       name -> TaskKind
         ├─ process     Process | None       (engine.flow.model_process)
         ├─ channels    name -> ChannelTerms
         ├─ contact     what is always possible -> Contact
         ├─ texts       name -> Text
         └─ promises    Promise

Made by `engine.flow.parse.parse_flow`; read by `engine.graph` and everything above. The order of every
mapping is the order of the file. Expressions, tables and steps are text; `Positions` finds them in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from engine.flow.model_base import Duration, Expression, Frozen, Name, Names, Several, Span, Text
from engine.flow.model_decisions import (
    Decision,
    Function,
    Given,
    Hit,
    Outcome,
    OutcomeKind,
    Output,
    Parameter,
    ParameterBy,
    Remedy,
    RemedyKind,
    Rounding,
    RoundTo,
    Rule,
    Ruling,
    Show,
    TaskKind,
    TextPart,
)
from engine.flow.model_facts import (
    Check,
    Confirm,
    Fact,
    FactType,
    Ground,
    SupplierKind,
    SupplierRef,
    Unsure,
)
from engine.flow.model_process import (
    Always,
    ChannelName,
    ChannelTerms,
    Contact,
    ContactKind,
    Every,
    May,
    More,
    Never,
    Place,
    Process,
    Promise,
    Term,
    WithinPromise,
)

__all__ = [
    "Always",
    "Canvas",
    "ChannelName",
    "ChannelTerms",
    "Check",
    "Confirm",
    "Contact",
    "ContactKind",
    "Decision",
    "Duration",
    "Every",
    "Expression",
    "Fact",
    "FactType",
    "Flow",
    "Function",
    "Given",
    "Ground",
    "Hit",
    "May",
    "More",
    "Never",
    "Norm",
    "Order",
    "Outcome",
    "OutcomeKind",
    "Output",
    "Page",
    "Parameter",
    "ParameterBy",
    "Place",
    "Process",
    "Promise",
    "Remedy",
    "RemedyKind",
    "RoundTo",
    "Rounding",
    "Rule",
    "Ruling",
    "Show",
    "Source",
    "Span",
    "SupplierKind",
    "SupplierRef",
    "TaskKind",
    "Term",
    "Text",
    "TextPart",
    "Unsure",
    "WithinPromise",
]


class Order(StrEnum):
    """Which question comes first: as the author wrote, or the one that can settle it soonest."""

    AUTHOR = "author"
    EARLY = "early"


class Norm(Frozen):
    """A figure that the process must reach: a span of time or a number."""

    within: Span | None = None
    figure: Decimal | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_plain(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"within": value} if value.startswith("P") else {"figure": value}
        if isinstance(value, dict) and not value.keys() & {"within", "figure"}:
            return {"within": value}
        return value


Moment = Literal["needed", "useful", "unwanted"]
Style = Literal["bureaucraat", "ondernemer", "verbinder"]


def _hundred(value: Mapping[str, int]) -> Mapping[str, int]:
    if value and sum(value.values()) != 100:
        raise PydanticCustomError("style_sum", "the shares are not 100 together")
    return value


class Canvas(Frozen):
    """The chosen role and style of government, where empathy belongs, and what must be reached."""

    roles: Annotated[tuple[Literal["bestuurder", "beleidsmaker", "gezagsdrager", "leverancier"], ...], Several] = Field(
        (), description="In which role the government acts."
    )
    style: Annotated[Mapping[Style, Annotated[int, Field(ge=0, le=100)]], AfterValidator(_hundred)] = Field(
        default_factory=dict, description="The mix of styles, 100 together."
    )
    empathy: Mapping[str, Moment] = Field(default_factory=dict, description="Per moment: needed, useful, unwanted.")
    norms: Mapping[str, Norm] = Field(default_factory=dict, description="What must be reached, by name.")
    evidence: Text | None = Field(None, description="Why these norms are realistic.")


class Source(Frozen):
    """Where a rule comes from. `bwb`, `cvdr`, `jci` and `url` find it; `title` names it for people."""

    title: Text = Field(description="What people call it.")
    bwb: str = Field("", description="Number in the Basiswettenbestand: BWBR0005537.")
    cvdr: str = Field("", description="Number in the Centrale Voorziening Decentrale Regelgeving.")
    jci: str = Field("", description="Juriconnect reference.")
    url: str = Field("", description="Web address, https only.", pattern=r"^(https://\S+)?$")
    article: str = Field("", description="Article, paragraph.")
    valid: str = Field("", description="The date of the text that was read.")
    note: Text | None = Field(None, description="What must be known about it; say here that it is an example.")


class Page(Frozen):
    """Questions that stand together."""

    title: Text = Field(description="Heading.")
    facts: Names = Field(description="Which facts, in order.")


class Flow(Frozen):
    """One small process that starts from the citizen's question.

    `decisions` holds each output of a table with several as a decision; `tables` those tables as they were written.
    """

    LATER: ClassVar[frozenset[str]] = frozenset({"tables"})

    wegwijzer: Literal["1"] = Field(description="Version of this language.")
    flow: str = Field(description="Its slug: its folder's name.", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)
    language: str = Field(description="The language of the plain texts.", pattern=r"^[a-z]{2}$")
    languages: tuple[str, ...] = Field((), description="The flow's own language and those with a block of their own.")
    question: Text = Field(description="The citizen's question, in the citizen's words.")
    about: Text | None = Field(None, description="A few words on the first page.")
    notice: Text | None = Field(None, description="Stands on every page and above every outcome.")
    owner: str = Field("", description="The team that answers for it.")
    goal: str = Field(description="The decision that answers the question.")
    order: Order = Field(Order.AUTHOR, description="Which question comes first.")
    canvas: Canvas | None = Field(None, description="Role, style, empathy, norms.")
    sources: Mapping[Name, Source] = Field(default_factory=dict, description="Where rules come from.")
    pages: Mapping[Name, Page] = Field(default_factory=dict, description="Questions that stand together.")
    facts: Mapping[Name, Fact] = Field(description="What can be known, in the order of asking.")
    checks: tuple[Check, ...] = Field((), description="What answers must satisfy together.")
    parameters: Mapping[Name, Parameter] = Field(default_factory=dict, description="Figures by date or key.")
    functions: Mapping[Name, Function] = Field(default_factory=dict, description="Decisions with arguments.")
    decisions: Mapping[Name, Decision] = Field(description="What follows.")
    tables: Mapping[str, Decision] = Field(
        default_factory=dict, description="Filled in by the reader: tables with several outputs.", exclude=True
    )
    outcomes: Mapping[str, Outcome] = Field(description="How a journey ends, by the goal's options.")
    tasks: Mapping[Name, TaskKind] = Field(default_factory=dict, description="Work for a person.")
    process: Process | None = Field(None, description="Places and steps; left out: standard@1.")
    channels: Mapping[ChannelName, ChannelTerms] = Field(default_factory=dict, description="How people meet.")
    contact: Mapping[ContactKind, Contact] = Field(default_factory=dict, description="What is always possible.")
    texts: Mapping[Name, Text] = Field(default_factory=dict, description="What `tell` says, by name.")
    promises: tuple[Promise, ...] = Field((), description="What `prove` checks for every citizen.")

    def fact(self, name: str) -> Fact:
        """The fact with this name, `kinderen.geboren` for a field of a list; KeyError when there is none."""
        first, _, rest = name.partition(".")
        return self.facts[first].of[rest] if rest else self.facts[first]
