"""What goes over the wire under /v1: requests and answers, camelCase JSON, unknown names refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue

from api.security import strict_json
from api.service.worklist import Due, Whose
from engine.journey.events import Channel, Scope
from ui_schema.shape import Language, Shape

FACT = r"^[A-Za-z][A-Za-z0-9_]*(\[(0|[1-9]\d{0,4})\]\.[A-Za-z][A-Za-z0-9_]*)?$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
REFERENCE = r"^[Ww]{2}-[A-Za-z0-9]{4}-[A-Za-z0-9]{4}$"
STEP = r"^[A-Za-z][A-Za-z0-9_]*$"

_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = (
    rf"^({_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+)?$"  # told, not enforced: the field's own words say what is wrong
)

FactName = Annotated[str, Field(pattern=FACT, max_length=200, examples=["spoed"])]
Slug = Annotated[str, Field(pattern=SLUG, max_length=64, examples=["boom-kappen"])]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
MaybeWords = Annotated[str, Field(max_length=2000)]
MaybeContact = Annotated[str, Field(max_length=200, description="A telephone number or an e-mail address.")]
Given = Annotated[JsonValue, BeforeValidator(strict_json.exact)]
NO_OTHER_NAMES: dict[str, Any] = {"additionalProperties": False}
Answers = Annotated[dict[FactName, Given], Field(min_length=1, max_length=200, json_schema_extra=NO_OTHER_NAMES)]


class NewJourney(Shape):
    flow: Slug
    channel: Channel = Channel.WEB
    language: Language = Language.NL
    prefill: Annotated[
        dict[FactName, Given], Field(max_length=200, default_factory=dict, json_schema_extra=NO_OTHER_NAMES)
    ]


class Begun(Shape):
    """A new journey. `secret` is shown once: send it as `Authorization: Bearer`."""

    id: str
    reference: str
    secret: str
    version: int


class GivenAnswers(Shape):
    answers: Answers


class KeptFile(Shape):
    """A file that was sent in: as it stands here it is the answer to a fact of type file."""

    id: str
    name: str
    type: str
    size: int = Field(description="In bytes.")


class SwitchChannel(Shape):
    channel: Channel


class AskPerson(Shape):
    """A person answers over `phone` (without a number the page asks for one), `desk`, `letter`, or a known `email`."""

    channel: Channel
    preferred_time: MaybeWords = ""
    about: MaybeWords = ""
    contact: MaybeContact = ""


class Dispute(Shape):
    fact: FactName
    reason: Words


class LeaveSignal(Shape):
    """What goes wrong at a question, step, place, rule or outcome of this flow; without a name: where one is now."""

    step: Annotated[str, Field(pattern=f"^({FACT[1:-1]})?$", max_length=200, examples=["spoed"])] = ""
    text: Words


class UseRemedy(Shape):
    reason: MaybeWords = ""


class GiveMandate(Shape):
    """Somebody else may act for the citizen, for so many days."""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
    relation: Annotated[str, Field(max_length=100)] = ""
    scope: Scope = "answer"
    days: Annotated[int, Field(ge=1, le=365)] = 90


class MandateGiven(Shape):
    """The mandate and its code, shown once: it opens the journey for who acts, on `/verder` or at `/v1/tokens`."""

    id: str
    version: int
    code: str
    until: datetime


class Redeem(Shape):
    """A code: one that the citizen saved or was given, or that of a mandate."""

    code: Annotated[str, Field(min_length=12, max_length=40, examples=["K7QM-3X9T-FX2W"])]


class Token(Shape):
    """What the code opened: the journey, and as whom. The token is shown once and lives while it is used."""

    token: str
    journey: str
    reference: str
    version: int
    acts_as: Literal["citizen", "representative"]
    mandate: MandateNow | None = None


class EndMandate(Shape):
    id: Annotated[str, Field(pattern=r"^[0-9A-Z]{4,12}$")]


class Pause(Shape):
    """Stop for so many days; the citizen's own clock stands still."""

    days: Annotated[int, Field(ge=1, le=89)]


class Resume(Shape):
    """Go on before the pause is over."""


class Reach(Shape):
    """Where to be told; an empty address takes it back."""

    email: Annotated[
        str, Field(max_length=200, examples=["sanne@example.org"], json_schema_extra={"pattern": EMAIL})
    ] = ""


class MandateNow(Shape):
    id: str
    name: str
    relation: str
    scope: str
    until: datetime


class RemedyNow(Shape):
    """What can be done against the determination; `step` is "" where the process offers none now."""

    kind: str
    step: str
    at: str = ""
    within: str = ""
    last_day: date | None = None
    late: bool = False
    source: str = ""


class TakeStep(Shape):
    step: Annotated[str, Field(pattern=STEP, max_length=100)]


class Unsure(Shape):
    fact: FactName


class Changed(Shape):
    """What a write brought about. Read the journey for the rest."""

    id: str
    version: int
    place: str
    outcome: str
    next: str
    open: bool


class FactNow(Shape):
    value: JsonValue
    supplier: str
    source: str = ""
    disputed: bool = False
    to_confirm: bool = False  # a register said it, and nothing uses it until the citizen answers the question


class ErasedNow(Shape):
    """A fact that was known and is no longer kept: since when, and the retention of the flow (`P1Y`) by which."""

    at: datetime
    rule: str


class QuestionNow(Shape):
    """A question that may be answered now: its words in the journey's language, and the JSON Schema of an answer."""

    fact: str
    ask: str
    why: str
    help: str = ""
    type: str
    options: tuple[str, ...] = ()
    unsure: str = ""
    to_confirm: bool = False  # answer with the value under `facts` when it is right, with another when it is not


class WayNow(Shape):
    channel: str
    open_now: bool
    opens_at: datetime | None = None
    promise: datetime | None = None


class OptionsNow(Shape):
    place: str
    does: str
    recommended: str
    questions: tuple[QuestionNow, ...]
    changeable: tuple[str, ...]
    disputable: tuple[str, ...]
    steps: tuple[str, ...]
    contact: tuple[WayNow, ...]
    channels: tuple[str, ...]
    remedies: tuple[str, ...]
    against: tuple[RemedyNow, ...] = ()
    may_pause: bool = False
    paused_until: datetime | None = None
    mandates: tuple[MandateNow, ...] = ()


class OutcomeNow(Shape):
    id: str
    kind: str
    title: str
    values: dict[str, JsonValue]


class TaskNow(Shape):
    id: str
    kind: str
    reason: str
    opened_at: datetime
    due_at: datetime | None = None
    claimed: bool
    finished: bool
    needs_number: bool = False  # the citizen wants to be called, on a number that nobody knows yet


class PromiseNow(Shape):
    what: str
    until: datetime


class JourneyNow(Shape):
    id: str
    reference: str
    flow: str
    flow_version: str
    version: int
    language: str
    channel: str
    place: str
    facts: dict[str, FactNow]
    no_longer_kept: dict[str, ErasedNow]
    options: OptionsNow
    outcome: OutcomeNow | None
    tasks: tuple[TaskNow, ...]
    promises: tuple[PromiseNow, ...]


class FlowNow(Shape):
    flow: str
    version: str
    question: dict[str, str]
    languages: tuple[str, ...]
    owner: str


class Flows(Shape):
    results: tuple[FlowNow, ...]


class TaskFilter(Shape):
    """Which tasks to list. Filters go together; what is left out filters nothing."""

    claim: Annotated[Whose, Field(description="Claimed by nobody, by who asks, or by anybody.")] = Whose.ANY
    due: Annotated[
        Due | None,
        Field(description="Promised before now; for today; for today up to and including Sunday, in the Netherlands."),
    ] = None
    flow: Annotated[Slug | None, Field(description="Of this flow.")] = None
    channel: Annotated[Channel | None, Field(description="Of journeys that go over this channel now.")] = None
    reference: Annotated[
        str | None, Field(pattern=REFERENCE, max_length=16, examples=["WW-K7QM-3X9T"], description="Of this journey.")
    ] = None
    after: Annotated[str, Field(max_length=300, pattern="^[ -~]*$", description="`next` of the page before.")] = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 25


class WorkRow(Shape):
    id: str
    journey: str
    reference: str
    flow: str
    kind: str
    reason: str
    skill: str
    opened_at: datetime
    due_at: datetime | None
    claimed_by: str
    channel: str = ""


class WorkPage(Shape):
    results: tuple[WorkRow, ...]
    next: str = ""


class Judgements(Shape):
    answers: Answers
    motive: MaybeWords = ""


class Finish(Shape):
    """How a task ends: with a step of the process (`propose` and its outcome), or only with a note."""

    note: MaybeWords = ""
    step: Annotated[str, Field(pattern=r"^([A-Za-z][A-Za-z0-9_]*)?$", max_length=100)] = ""
    outcome: Annotated[str, Field(max_length=200)] = ""
    motive: MaybeWords = ""


class Return(Shape):
    reason: MaybeWords = ""


class FactUsed(Shape):
    fact: str
    value: JsonValue
    supplier: str
    at: datetime | None
    source: str
    by: str = ""


class RowPassed(Shape):
    row: int
    conclusion: str
    condition: str
    value: JsonValue


class ConclusionNow(Shape):
    decision: str
    table: str
    value: JsonValue
    row: int
    rows: tuple[int, ...]
    source: dict[str, Any] | None
    because: str
    reasons: tuple[str, ...]
    calculation: str
    facts: tuple[FactUsed, ...]
    rests_on: tuple[str, ...]
    not_applied: tuple[RowPassed, ...]


class OtherwiseNow(Shape):
    fact: str
    value: JsonValue
    outcome: str


class ExplanationNow(Shape):
    """Why it came out so. Where a person decided otherwise than the rules, `outcome` is not `byRules`: see `motive`."""

    outcome: str
    by_rules: str
    motive: str = ""
    conclusions: tuple[ConclusionNow, ...]
    facts: tuple[FactUsed, ...]
    otherwise: tuple[OtherwiseNow, ...]
