"""What a change in words or process takes from a citizen, where that is plain; "" where it is a matter of taste.

    loses a remedy               an objection or appeal is gone, or the step by which it is made
    has less time                a term in which a citizen can act is shorter
    waits longer                 a term, a task or an answer may take longer; a term can be put off or stands still
    is asked more                a question, a proof or a need more; a register no longer says it
    is refused an answer         a check, a limit or an option more that refuses what was taken before
    loses a channel              one of the ways to meet is gone
    loses a way to a person      a task, the help of who does not know, or the step by which a worker comes in, is gone
    can do less                  another step of the citizen is gone

Called by `engine.harness.compare_whom`; norms on them: `engine.harness.norms`. Tests:
tests/engine/harness/test_compare_whom.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from engine.flow.model import (
    ChannelTerms,
    Contact,
    Fact,
    Flow,
    Outcome,
    Place,
    RemedyKind,
    Span,
    SupplierKind,
    TaskKind,
    Unsure,
)
from engine.graph.graph import Graph
from engine.graph.process import By, Do, Process, Step
from engine.graph.standard import task_kind
from engine.harness.compare_words import About

REMEDY, TIME, WAIT, ASKED = "loses a remedy", "has less time", "waits longer", "is asked more"
REFUSED, CHANNEL, PERSON, LESS = "is refused an answer", "loses a channel", "loses a way to a person", "can do less"
HARMS: Final = (REMEDY, TIME, WAIT, ASKED, REFUSED, CHANNEL, PERSON, LESS)
ANY: Final = "is worse off"
"""One of these, whichever."""
AGAINST: Final = frozenset({"object", "go_to_judge", "dispute"})
"""Steps by which a citizen goes against a determination."""

HOURS: Final[Mapping[str, int]] = {"Y": 8760, "M": 730, "W": 168, "D": 24, "H": 1}
_PART: Final = re.compile(r"(\d+)([YMWDHS])")


def harm_of(about: About, old: Graph, new: Graph) -> str:
    """See the top of this module."""
    judge = JUDGES.get(about.section)
    return judge(about, old, new) if judge is not None else ""


def hours(length: str | None) -> Decimal | None:
    """How long a duration is on the calendar, in hours; months and years as long as they are on average."""
    if not length:
        return None
    day, _, clock = length.partition("T")
    found = sum(int(many) * HOURS[unit] for many, unit in _PART.findall(day))
    found += sum(int(many) for many, unit in _PART.findall(clock) if unit == "H")
    minutes = sum(int(many) for many, unit in _PART.findall(clock) if unit == "M")
    return Decimal(found) + Decimal(minutes) / 60


def _span(span: Span | None) -> tuple[str, Decimal] | None:
    """By which clock a span counts, and how long it is."""
    if span is None:
        return None
    if span.duration is not None:
        return "calendar", hours(span.duration) or Decimal(0)
    if span.working_hours is not None:
        return "open", span.working_hours
    return "days", Decimal(span.working_days or 0)


def _longer(before: Span | None, after: Span | None) -> bool:
    """Whether it may take longer; without a span nothing is promised."""
    first, then = _span(before), _span(after)
    if first is None or then is None:
        return first is not None
    return first[0] == then[0] and then[1] > first[1]


def _is_less(before: str | None, after: str | None) -> bool:
    first, then = hours(before), hours(after)
    return first is not None and then is not None and then < first


def _is_more(before: str | None, after: str | None) -> bool:
    return _is_less(after, before)


# -- by section


def _outcome(about: About, old: Graph, new: Graph) -> str:
    if about.key == "needs":
        return ASKED if about.one and not about.old else ""
    if not (about.old and about.new and about.key):
        return ""
    before, after = old.flow.outcomes[about.name], new.flow.outcomes[about.name]
    if about.key == "remedy":
        return _remedy(before, after)
    if about.key == "task":
        return _task(old.flow, new.flow, before.task, after.task)
    return ""


def _remedy(before: Outcome, after: Outcome) -> str:
    if before.remedy is None or before.remedy.kind is RemedyKind.NONE:
        return ""
    if after.remedy is None or after.remedy.kind is RemedyKind.NONE:
        return REMEDY
    return TIME if _is_less(before.remedy.within, after.remedy.within) else ""


def _task(old: Flow, new: Flow, before: str, after: str) -> str:
    if before and not after:
        return PERSON
    first, then = task_kind(old, before), task_kind(new, after)
    return WAIT if first is not None and then is not None and _longer(first.within, then.within) else ""


def _task_kind(about: About, old: Graph, new: Graph) -> str:
    before: TaskKind | None = task_kind(old.flow, about.name)
    after = task_kind(new.flow, about.name)
    if before is None or after is None or about.key not in ("", "within"):
        return ""
    return WAIT if _longer(before.within, after.within) else ""


def _contact(about: About, old: Graph, new: Graph) -> str:
    before, after = (_terms(graph, about.name) for graph in (old, new))
    if about.key in ("", "over") and before is not None and after is not None and after.over:
        lost = set(before.over or old.flow.channels) - set(after.over)
        if lost:
            return CHANNEL
    longer = before is not None and after is not None and _longer(before.within, after.within)
    return WAIT if longer and about.key in ("", "within") else ""


def _terms(graph: Graph, name: str) -> Contact | None:
    return next((own for kind, own in graph.flow.contact.items() if kind == name), None)


def _channel(about: About, old: Graph, new: Graph) -> str:
    if not about.new:
        return CHANNEL
    if about.key != "answer":
        return ""
    before, after = (_channel_terms(graph, about.name) for graph in (old, new))
    return WAIT if before is not None and after is not None and _longer(before.answer, after.answer) else ""


def _channel_terms(graph: Graph, name: str) -> ChannelTerms | None:
    return next((own for kind, own in graph.flow.channels.items() if kind == name), None)


def _fact(about: About, old: Graph, new: Graph) -> str:
    before, after = (graph.facts.get(about.name) for graph in (old, new))
    if after is None:
        return ""
    if before is None:
        return ASKED if asks_citizen(after.spec) else ""
    judge = OF_FACT.get(about.key)
    return judge(before.spec, after.spec) if judge is not None else ""


def asks_citizen(spec: Fact) -> bool:
    """Whether the citizen is the first to be asked."""
    return spec.suppliers[0].kind is SupplierKind.CITIZEN


def _suppliers(before: Fact, after: Fact) -> str:
    kinds = [{ref.kind for ref in spec.suppliers} for spec in (before, after)]
    if asks_citizen(after) and not asks_citizen(before):
        return ASKED
    if SupplierKind.CITIZEN in kinds[1] and SupplierKind.REGISTER in kinds[0] - kinds[1]:
        return ASKED
    return PERSON if SupplierKind.WORKER in kinds[0] - kinds[1] else ""


def _unsure(before: Fact, after: Fact) -> str:
    return PERSON if before.unsure is Unsure.WORKER and after.unsure is not Unsure.WORKER else ""


def _more_needs(before: Fact, after: Fact) -> str:
    return ASKED if set(after.needs) - set(before.needs) else ""


def _fewer_options(before: Fact, after: Fact) -> str:
    return REFUSED if set(before.options) - set(after.options) else ""


def _lower(before: Fact, after: Fact) -> str:
    return REFUSED if after.max and (not before.max or _figure(after.max) < _figure(before.max)) else ""


def _higher(before: Fact, after: Fact) -> str:
    return REFUSED if after.min and (not before.min or _figure(after.min) > _figure(before.min)) else ""


def _figure(text: str) -> tuple[int, Decimal, str]:
    """A limit as something that can be put in order: a number, else a date as it is written."""
    try:
        return 0, Decimal(text), ""
    except ArithmeticError:
        return 1, Decimal(0), text


OF_FACT: Final[Mapping[str, Callable[[Fact, Fact], str]]] = {
    "suppliers": _suppliers,
    "unsure": _unsure,
    "needs": _more_needs,
    "options": _fewer_options,
    "max": _lower,
    "min": _higher,
    "when": lambda before, after: ASKED,  # of whom it now makes sense and did not before
}


def _place(about: About, old: Graph, new: Graph) -> str:
    before, after = old.process.places.get(about.name), new.process.places.get(about.name)
    if before is None or after is None:
        return ""
    if about.key in ("within", "at_least"):
        lengths = (before.within, after.within) if about.key == "within" else (before.at_least, after.at_least)
        return _time_at(before, *lengths)
    if about.key == "suspends":
        return WAIT if after.suspends else ""
    return ASKED if about.key == "needs" and set(after.needs) - set(before.needs) else ""


def _time_at(place: Place, before: str | None, after: str | None) -> str:
    """A term of whoever has the move: a citizen who has less of it, a worker who may take more."""
    if place.who == "citizen":
        return TIME if _is_less(before, after) else ""
    return WAIT if _is_more(before, after) else ""


def _term(about: About, old: Graph, new: Graph) -> str:
    before, after = old.process.terms.get(about.name), new.process.terms.get(about.name)
    if before is None or after is None or about.key != "length":
        return ""
    under = [own for own in old.process.places.values() if own.under == about.name]
    if under and all(own.who == "citizen" for own in under):
        return TIME if _is_less(before.length, after.length) else ""
    return WAIT if _is_more(before.length, after.length) else ""


def _step(about: About, old: Graph, new: Graph) -> str:
    step = about.step
    assert step is not None
    if not about.old:
        twins = list(_twins(old.process, step))
        extends = step.does(Do.EXTEND) and not any(own.does(Do.EXTEND) for own in twins)
        return WAIT if extends else ""
    twins = list(_twins(new.process, step))
    if not twins and step.by is By.WORKER:  # where a worker is already, there is one thing less to do
        return "" if _is_with_worker(old.process, step.source) else PERSON
    if not twins and step.by is By.CITIZEN:
        return REMEDY if step.event in AGAINST else LESS
    if step.event in AGAINST and step.to and not any(own.to for own in twins):
        return REMEDY
    opened = any(own.does(Do.TASK) or _meets_worker(new.process, own) for own in twins)
    return PERSON if twins and step.does(Do.TASK) and not opened else ""


def _twins(process: Process, step: Step) -> Iterator[Step]:
    """The steps that are taken at the same place, by the same event of the same party."""
    if step.source in process.by_source:
        yield from (own for own in process.rows(step.source, step.event) if own.by is step.by)


def _meets_worker(process: Process, step: Step) -> bool:
    return step.to != "" and _is_with_worker(process, step.target)


def _is_with_worker(process: Process, name: str) -> bool:
    place = process.places.get(name)
    return place is not None and place.who == "worker"


JUDGES: Final[Mapping[str, Callable[[About, Graph, Graph], str]]] = {
    "outcomes": _outcome,
    "tasks": _task_kind,
    "contact": _contact,
    "channels": _channel,
    "facts": _fact,
    "places": _place,
    "terms": _term,
    "steps": _step,
    "checks": lambda about, old, new: REFUSED,  # of whom answers are refused that were taken before
}
