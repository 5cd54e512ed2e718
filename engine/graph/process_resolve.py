"""From a flow's `process:` to a resolved `Process`: the standard, what the flow changes in it, all names looked up.

    left out            the whole of standard@1
    from: standard@1    rows with the same place and event replace all standard rows of that place and event;
                        `to: remove` drops them; places, ends and terms are added, same names replaced;
                        standard places and ends that nothing leads to any more are left out
    from: none          only what the flow says

All problems are found at once. What is wrong with a process that does resolve is for `engine.graph.process_checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from engine.errors import FlowError, Problem, Where, worded
from engine.flow.model import Place, Term, Text
from engine.flow.model import Process as FlowProcess
from engine.flow.positions import Mark, Path, Positions
from engine.graph.process import (
    ALWAYS_THERE,
    ENGINE_EVENTS,
    LATE,
    LATE_TERM,
    By,
    Do,
    Process,
    Step,
)
from engine.graph.process_steps import (
    ANY,
    ONGOING,
    REMOVE,
    STAY,
    Complaints,
    Row,
    Word,
    closest,
    parse_rows,
)
from engine.graph.process_ways import reachable
from engine.graph.standard import STANDARD_1, STANDARDS, Standard

STEPS: Path = ("process", "steps")
NO_PLACE = {STAY, REMOVE, ONGOING, ANY}
Key = tuple[str, str]


def resolve(process: FlowProcess | None, positions: Positions | None = None) -> Process:
    """The whole process of a flow. Raises FlowError with everything that is wrong with it."""
    if process is None:
        return _STANDARD_PROCESS
    resolver = _Resolver(process, positions, STANDARDS.get(process.base))
    found = resolver.resolve()
    if resolver.problems:
        raise FlowError(resolver.problems)
    return found


@lru_cache(maxsize=64)
def _read(text: str, file: str, mark: Mark | None) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """The rows of a table of steps at a mark of a file: versions of one flow mostly have the same."""
    positions = Positions(file, {STEPS: mark}) if mark is not None else None

    def locate(line: int, column: int) -> Where:
        return positions.at_line(STEPS, line - 1, column - 1) if positions else Where(file, line, column)

    problems = Complaints()
    return tuple(parse_rows(text, locate, problems)), tuple(problems)


@dataclass(slots=True)
class _Resolver:
    process: FlowProcess
    positions: Positions | None
    standard: Standard | None
    problems: Complaints = field(default_factory=Complaints)
    places: dict[str, Place] = field(default_factory=dict)
    ends: dict[str, Text] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)

    def resolve(self) -> Process:
        self._merge_names()
        steps = self._steps()
        self._check_terms(steps)
        self._check_places()
        marks = {name: self._mark(kind, name) for kind, name in self._own_names()}
        whole = Process(self.places, self.ends, self.terms, tuple(steps), marks)
        if self.problems or self.standard is None:
            return whole
        return _without_what_nothing_leads_to(whole, keep=set(marks))

    def _own_names(self) -> Iterator[Key]:
        for kind in ("places", "ends", "terms"):
            yield from ((kind, name) for name in getattr(self.process, kind))

    def _mark(self, kind: str, name: str) -> Where:
        return self.positions.key("process", kind, name) if self.positions else Where()

    def _merge_names(self) -> None:
        base, own = self.standard, self.process
        replaced = {*own.places, *own.ends}
        if base is not None:
            self.places = {name: place for name, place in base.places.items() if name not in own.ends}
            self.ends = {name: title for name, title in base.ends.items() if name not in replaced - set(own.ends)}
            self.terms = dict(base.terms)
        self.places |= own.places
        self.ends |= own.ends
        self.terms |= own.terms
        for name in sorted(set(own.places) & set(own.ends)):
            message = worded("`{name}` is both a place and an end.", name=name)
            self.problems.add(
                self._mark("ends", name), "E-PROCESS-NAME", message, worded("Give one of them another name.")
            )
        for kind, name in self._own_names():
            if kind != "terms" and name in NO_PLACE:
                message = worded("`{name}` has a meaning of its own in the steps.", name=name)
                self.problems.add(self._mark(kind, name), "E-PROCESS-NAME", message, worded("Choose another name."))
        if not self.places:
            where = self.positions.key("process") if self.positions else Where()
            hint = worded("Write places, or from: standard@1.")
            self.problems.add(where, "E-PROCESS-EMPTY", worded("A process of its own needs at least one place."), hint)

    def _steps(self) -> list[Step]:
        own_rows = self._own_rows()
        base_rows = _rows_of(self.standard.name) if self.standard else ()
        events = {row.event.text for row in (*own_rows, *base_rows)}
        own = [(row, step) for row in own_rows for step in self._expand(row, events)]
        removed = {(step.source, step.event) for row, step in own if row.to.text == REMOVE}
        own_steps = [step for row, step in own if row.to.text != REMOVE]
        changed = removed | {(step.source, step.event) for step in own_steps}
        base = [step for row in base_rows for step in self._expand(row, events)]
        self._check_removals(own, base, removed)
        return _in_place([step for step in base if (step.source, step.event) not in removed], own_steps, changed)

    def _own_rows(self) -> tuple[Row, ...]:
        if not self.process.steps:
            return ()
        mark = self.positions.mark(*STEPS) if self.positions else None
        rows, problems = _read(self.process.steps, self.positions.file if self.positions else "", mark)
        self.problems.extend(problems)
        return rows

    def _check_removals(self, own: list[tuple[Row, Step]], base: list[Step], removed: set[Key]) -> None:
        standard = {(step.source, step.event) for step in base}
        for row, step in own:
            key = (step.source, step.event)
            if row.to.text == REMOVE and key not in standard:
                message = worded(
                    "There is no standard step `{event}` from `{source}` to remove.",
                    event=step.event,
                    source=step.source,
                )
                self.problems.add(row.where, "E-PROCESS-REMOVE", message, worded("Remove this row."))
            elif row.to.text != REMOVE and key in removed:
                message = worded(
                    "`{event}` from `{source}` is both removed and written.", event=step.event, source=step.source
                )
                self.problems.add(
                    row.where, "E-PROCESS-REMOVE", message, worded("To replace a standard step, only write it.")
                )

    def _expand(self, row: Row, events: set[str]) -> list[Step]:
        """One step per place. Wrong names are reported once, and give no steps."""
        before = len(self.problems)
        sources = self._sources(row)
        self._check_event(row, events)
        to = self._target(row.to)
        self._check_actions(row)
        if len(self.problems) > before:
            return []
        return [
            Step(
                source=source,
                event=row.event.text,
                by=row.by,
                when=row.when,
                to=to,
                do=tuple(action for action, _ in row.do),
                guard=row.guard,
                not_by=tuple(word.text for word in row.not_by),
                where=row.where if not row.guard else row.guard_where,
            )
            for source in sources
        ]

    def _sources(self, row: Row) -> list[str]:
        names = [word.text for word in row.sources]
        if names == [ONGOING]:
            return list(self.places)
        if names == [ANY]:
            return [*self.places, *self.ends]
        for word in row.sources:
            self._must_exist(word, [*self.places, *self.ends], "E-PROCESS-FROM", "place")
        return list(dict.fromkeys(names))

    def _target(self, to: Word) -> str:
        if to.text in {STAY, REMOVE}:
            return ""
        self._must_exist(to, [*self.places, *self.ends], "E-PROCESS-TO", "place")
        return to.text

    def _must_exist(self, word: Word, known: list[str], code: str, what: str) -> None:
        if word.text not in known:
            self.problems.add(
                word.where,
                code,
                worded("`{text}` is no {what} of this process.", text=word.text, what=worded(what)),
                closest(word.text, known),
            )

    def _check_event(self, row: Row, events: set[str]) -> None:
        name, where = row.event.text, row.event.where
        if name in ALWAYS_THERE:
            message = worded("`{name}` is possible everywhere already, and changes no place.", name=name)
            self.problems.add(
                where, "E-PROCESS-ALWAYS", message, worded("Give it other words and norms under `contact`.")
            )
        owner = (
            By.ENGINE if name in ENGINE_EVENTS else By.CLOCK if name.startswith((LATE_TERM,)) or name == LATE else None
        )
        if owner is None and row.by in {By.ENGINE, By.CLOCK}:
            known = ("settled", "needs_worker") if row.by is By.ENGINE else ("late", "late:TERM")
            message = worded("`{name}` is no event of the {by}.", name=name, by=worded(row.by))
            self.problems.add(
                where, "E-PROCESS-EVENT", message, worded("Its events are {one} and {two}.", one=known[0], two=known[1])
            )
        elif owner is not None and row.by is not owner:
            message = worded(
                "`{name}` is an event of the {owner}, not of the {by}.",
                name=name,
                owner=worded(owner),
                by=worded(row.by),
            )
            self.problems.add(where, "E-PROCESS-EVENT", message, worded("Write {owner} under `by`.", owner=owner))
        if name.startswith(LATE_TERM):
            self._must_exist(Word(name.removeprefix(LATE_TERM), where), list(self.terms), "E-PROCESS-TERM", "term")
        for word in row.not_by:
            self._must_exist(word, sorted(events), "E-PROCESS-BY", "event")

    def _check_actions(self, row: Row) -> None:
        for action, where in row.do:
            if action.kind is Do.EXTEND:
                self._must_exist(Word(action.what, where), list(self.terms), "E-PROCESS-TERM", "term")

    def _check_terms(self, steps: Iterable[Step]) -> None:
        events = list(dict.fromkeys(step.event for step in steps))
        for name, term in self.process.terms.items():
            where = self._mark("terms", name)
            self._must_exist(Word(term.starts, where), events, "E-PROCESS-TERM", "event")
            for end in term.ends:
                known = [*events, *self.places, *self.ends]
                self._must_exist(Word(end, where), known, "E-PROCESS-TERM", "event or place")

    def _check_places(self) -> None:
        for name, place in self.process.places.items():
            for term in filter(None, (place.under, place.suspends)):
                where = Word(term, self._mark("places", name))
                self._must_exist(where, list(self.terms), "E-PROCESS-TERM", "term")
            if place.under and place.under == place.suspends:
                message = worded(
                    "`{name}` has `{under}` for its clock and makes it stand still.", name=name, under=place.under
                )
                self.problems.add(
                    self._mark("places", name), "E-PROCESS-TERM", message, worded("Give it a `within` of its own.")
                )


def _in_place(base: list[Step], own: list[Step], changed: set[Key]) -> list[Step]:
    """Own steps stand where the standard steps they replace stood; the others come last."""
    waiting: dict[Key, list[Step]] = {}
    for step in own:
        waiting.setdefault((step.source, step.event), []).append(step)
    found: list[Step] = []
    for step in base:
        key = (step.source, step.event)
        if key not in changed:
            found.append(step)
        elif key in waiting:
            found.extend(waiting.pop(key))
    return found + [step for steps in waiting.values() for step in steps]


def _without_what_nothing_leads_to(process: Process, keep: set[str]) -> Process:
    """Leaves out standard places and ends that the flow's changes have cut off."""
    kept = set(reachable(process)) | keep
    places = {name: place for name, place in process.places.items() if name in kept}
    ends = {name: title for name, title in process.ends.items() if name in kept}
    steps = tuple(step for step in process.steps if step.source in kept and step.target in kept)
    events = {step.event for step in steps}
    used = {place.under for place in places.values()} | {place.suspends for place in places.values()}
    known = events | set(places) | set(ends)
    terms: Mapping[str, Term] = {
        name: term.model_copy(update={"ends": tuple(end for end in term.ends if end in known)})
        for name, term in process.terms.items()
        if name in keep or (name in used and term.starts in events)
    }
    return replace(process, places=places, ends=ends, terms=terms, steps=steps)


@lru_cache(maxsize=8)
def _rows_of(name: str) -> tuple[Row, ...]:
    """The rows of a published standard; they never change."""

    def locate(line: int, column: int) -> Where:
        return Where(name, line, column)

    return tuple(parse_rows(STANDARDS[name].steps, locate, Complaints()))


_STANDARD_PROCESS = _Resolver(FlowProcess.model_validate({"from": STANDARD_1.name}), None, STANDARD_1).resolve()
