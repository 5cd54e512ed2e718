"""The developers' pages as values: the board, a flow, its source, a comparison, and the panel beside a try-out.

Built by `build_develop` and `build_bench`, drawn by the templates under `develop/`. Nothing here knows a citizen: all
of it is made from flow files, scenarios and made-up answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui_schema.rule_words import DecisionWords, RowWords
from ui_schema.shape import Language, LanguageChoice, Notice, Organisation


class DevKind(StrEnum):
    BOARD = "devBoard"
    FLOW = "devFlow"
    SOURCE = "devSource"
    COMPARE = "devCompare"
    GONE = "devGone"


@dataclass(frozen=True)
class StepView:
    """A step of the loop on the board. `mark` is good, bad, stale, open or busy."""

    name: str
    label: str
    mark: str
    mark_words: str
    said: str = ""
    day: str = ""


@dataclass(frozen=True)
class FlowRow:
    """A flow on the board. `recorded` is how far the recorded evidence reaches, `faults` how much was found."""

    slug: str
    question: str
    size: str
    steps: tuple[StepView, ...]
    recorded: str
    faults: str = ""


@dataclass(frozen=True)
class Board:
    rows: tuple[FlowRow, ...]


@dataclass(frozen=True)
class FrameLine:
    """A line of the source around a finding; `pointer` stands under the one that is meant."""

    number: int
    text: str
    here: bool = False
    pointer: str = ""


@dataclass(frozen=True)
class WayStep:
    """A step on the way to a bad state: `actor` is citizen, worker, payment, engine, clock or "" (the start)."""

    actor: str
    who: str
    text: str


@dataclass(frozen=True)
class FindingView:
    """Something found: what, where, for whom, what to do."""

    code: str
    severity: str
    message: str
    hint: str
    line: int
    frame: tuple[FrameLine, ...] = ()
    witness: tuple[tuple[str, str], ...] = ()
    try_moves: tuple[str, ...] = ()
    way: tuple[WayStep, ...] = ()


@dataclass(frozen=True)
class PartView:
    """One kind of coverage."""

    label: str
    seen: int
    total: int
    share: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class RowSeen:
    """A row of a decision with the number of scenario citizens that went through it."""

    row: RowWords
    seen: int


@dataclass(frozen=True)
class DecisionSeen:
    words: DecisionWords
    rows: tuple[RowSeen, ...]


@dataclass(frozen=True)
class ScenarioView:
    """A scenario and what became of it; `moves` walk it in the try-out."""

    title: str
    place: str
    outcome: str
    asked: int
    failures: tuple[str, ...]
    moves: tuple[str, ...] = ()


@dataclass(frozen=True)
class FlowView:
    """One flow. Without `usable` there are only findings; `tested` is False while its scenarios still run."""

    slug: str
    question: str
    usable: bool
    tested: bool
    steps: tuple[StepView, ...]
    facts: str
    findings: tuple[FindingView, ...]
    not_proven: tuple[str, ...]
    picture: str
    parts: tuple[PartView, ...]
    decisions: tuple[DecisionSeen, ...]
    scenarios: tuple[ScenarioView, ...]


@dataclass(frozen=True)
class SourceLine:
    number: int
    text: str
    findings: tuple[FindingView, ...] = ()


@dataclass(frozen=True)
class SourceView:
    slug: str
    file: str
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True)
class VersionChoice:
    """A version to compare with: what to send, what people read."""

    value: str
    label: str
    current: bool = False


@dataclass(frozen=True)
class GroupView:
    rule: str
    share: str
    witness: tuple[tuple[str, str], ...]
    try_moves: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShiftView:
    """Citizens who get another outcome or value. `effect` is gains, loses, same or changes."""

    of: str
    old: str
    new: str
    effect: str
    effect_words: str
    share: str
    groups: tuple[GroupView, ...]
    more: int = 0
    people: str = ""


@dataclass(frozen=True)
class ChangeView:
    """A change in words or process. `harm` is what it takes from people, "" where that is not plain; `whom` it touches
    and which part of all situations, or of the population beside the flow; `more`: not all groups are told.
    """

    kind: str
    what: str
    harm: str = ""
    whom: str = ""
    share: str = ""
    people: str = ""
    groups: tuple[GroupView, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class SideLine:
    """A line of two texts side by side; a side that has none is None. `old_from` to `old_to` is what differs."""

    old_number: int | None
    old: str
    new_number: int | None
    new: str
    kind: str = "same"
    old_from: int = 0
    old_to: int = 0
    new_from: int = 0
    new_to: int = 0


@dataclass(frozen=True)
class CompareView:
    slug: str
    against: str
    choices: tuple[VersionChoice, ...]
    trouble: str = ""
    shifts: tuple[ShiftView, ...] = ()
    changes: tuple[ChangeView, ...] = ()
    questions: str = ""
    not_compared: tuple[str, ...] = ()
    lines: tuple[SideLine, ...] = ()
    reasons: tuple[ShiftView, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def harmful(self) -> tuple[ChangeView, ...]:
        """Changes in words and process that take something from people."""
        return tuple(own for own in self.changes if own.harm)

    @property
    def plain(self) -> tuple[ChangeView, ...]:
        """The others of them."""
        return tuple(own for own in self.changes if not own.harm)

    @property
    def is_same(self) -> bool:
        """Nothing changed for anybody."""
        return not (self.trouble or self.shifts or self.reasons or self.changes or self.not_compared)


@dataclass(frozen=True)
class KnownView:
    label: str
    value: str
    supplier: str


@dataclass(frozen=True)
class PanelRow:
    """A row of a decision under what is known: `state` is holds, open, out or behind."""

    words: RowWords
    state: str
    state_words: str
    conditions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PanelDecision:
    label: str
    value: str
    line: int
    rows: tuple[PanelRow, ...]


@dataclass(frozen=True)
class Because:
    """Why a fact is asked now: its own words, and the rows that still need it."""

    label: str
    why: str
    rows: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class MoveView:
    """A move that was made, in words as it is typed; `back` are the moves before it."""

    text: str
    refused: str = ""


@dataclass(frozen=True)
class Bench:
    """The panel beside a try-out."""

    slug: str
    title: str
    asked: tuple[Because, ...]
    outcomes: tuple[str, ...]
    decided: str
    decisions: tuple[PanelDecision, ...]
    coming: tuple[tuple[str, str], ...]
    settled: tuple[str, ...]
    known: tuple[KnownView, ...]
    moves: tuple[MoveView, ...]
    refused: tuple[MoveView, ...]
    clock: str
    channel: str
    place: str
    work: tuple[str, ...]
    scenario: str
    shortfall: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gone:
    """A flow that is not there; `slug` is "" where the address can be of none."""

    slug: str


@dataclass(frozen=True)
class DevPage:
    """What the frame of every page asks, and the page's own `body`. `stamp` changes when the page is out of date."""

    kind: DevKind
    language: Language
    languages: tuple[LanguageChoice, ...]
    title: str
    organisation: Organisation
    body: Board | FlowView | SourceView | CompareView | Gone
    stamp: str = ""
    slug: str = ""
    notices: tuple[Notice, ...] = ()
    errors: tuple[str, ...] = ()
    journey: None = None
