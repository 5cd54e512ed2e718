"""The small shapes of which every page is made: actions, choices of language, notices, promises, moments.

Pure values without addresses or markup: whoever draws them (api.web, api.http, a letter) adds those.
JSON is camelCase; `extra="forbid"` keeps writer and reader honest.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Shape(BaseModel):
    """Base of everything on a page: immutable, camelCase in JSON, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True)


class Language(StrEnum):
    """Languages that the product itself speaks (BCP 47)."""

    NL = "nl"
    EN = "en"


class LanguageChoice(Shape):
    """A language by its own name, as a switch lists it."""

    code: Language
    name: str
    current: bool = False


class ActionKind(StrEnum):
    """Everything somebody can do from a page. The first block is the citizen's, the last the worker's."""

    START = "start"
    DEMO_SIGN_IN = "demoSignIn"
    ANSWER = "answer"
    BACK = "back"
    CHOOSE = "choose"
    CHANGE = "change"
    ADD_ITEM = "addItem"
    REMOVE_ITEM = "removeItem"
    CLOSE_LIST = "closeList"
    UNSURE = "unsure"
    DISPUTE = "dispute"
    ASK_PERSON = "askPerson"
    SWITCH_CHANNEL = "switchChannel"
    SAVE = "save"
    RESUME = "resume"
    STATUS = "status"
    SHOW = "show"
    STEP = "step"
    SIGNAL = "signal"
    OPEN_FILE = "openFile"
    PAUSE = "pause"
    GO_ON = "goOn"
    REACH = "reach"
    MANDATE = "mandate"
    END_MANDATE = "endMandate"
    REMEDY = "remedy"
    LETTER = "letter"
    TAKE_IN = "takeIn"
    CLOSE_TALK = "closeTalk"
    LEAVE = "leave"
    HOME = "home"
    TALK = "talk"
    SIGN_IN = "signIn"
    SIGN_OUT = "signOut"
    OPEN_TASK = "openTask"
    WORKLIST = "worklist"
    CLAIM = "claim"
    RETURN = "return"
    FINISH = "finish"
    JUDGE = "judge"
    FILL_IN = "fillIn"
    PROPOSE = "propose"
    SETTLE = "settle"
    NOTE = "note"


class Weight(StrEnum):
    """How much an action stands out; a page has at most one primary action."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"


class Action(Shape):
    """One thing that can be done from here. `fact`, `step` and `to` say on what; `writes` that it needs a POST."""

    kind: ActionKind
    label: str
    hint: str = ""
    spoken: str = ""  # fuller name for a screen reader where several labels on a page are the same
    fact: str = ""
    step: str = ""
    to: str = ""
    weight: Weight = Weight.SECONDARY
    writes: bool = False


class Tone(StrEnum):
    INFO = "info"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


class Notice(Shape):
    """A short message above the page's own content."""

    tone: Tone
    title: str
    text: str = ""
    action: Action | None = None


class Source(Shape):
    """A legal or other source of a rule or a ground; `url` where it can be read, "" if unknown."""

    label: str
    url: str = ""


class Promise(Shape):
    """What the organisation says it will do, and by when. `due` is aware UTC; `text` holds it in words."""

    text: str
    due: datetime | None = None
    late: bool = False


class MomentState(StrEnum):
    DONE = "done"
    NOW = "now"
    NEXT = "next"


class Moment(Shape):
    """One line of a timeline. `at` is aware UTC, None for what is still to come without a date."""

    state: MomentState
    title: str
    when: str = ""
    at: datetime | None = None
    text: str = ""
    by: str = ""


class Progress(Shape):
    """Where somebody is: `step` of about `about`. Never a percentage: an adaptive route has none."""

    step: int
    about: int
    text: str


class Organisation(Shape):
    """Who speaks: the name and the mark in the header, the address of its own site."""

    name: str
    place: str = ""
    site: str = ""


class JourneyRef(Shape):
    """Which journey a page belongs to. `revision` is the number of events folded (for If-Match)."""

    id: str
    reference: str
    flow: str
    version: str
    revision: int
    place: str = ""
    channel: str = "web"
    question: str = ""  # the citizen's question that the flow answers
