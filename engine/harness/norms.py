"""Norms for a new version, written down and hashed before it exists, and the verdict on a comparison.

    loses_at_most, gains_at_least, changes_at_most     per cent of the declared population, by their outcome
    worse_off_at_most                                  per cent from whom words or process take something, and of these
    loses_remedy_at_most, less_time_at_most, waits_longer_at_most, asked_more_at_most, refused_answer_at_most,
    loses_channel_at_most, loses_person_at_most, can_do_less_at_most       (`engine.harness.compare_harms`)
    stuck_at_most                                      per cent that cannot get to the end of the new version
    questions_at_most                                  expected questions of the new version
    questions_to_one_at_most                           questions of the new version to whoever is asked most
    hours_to_person_at_most                            opening hours from the last question to the outcome's own task

    a norm missed -> drawing board;  one that cannot be tested, or something not compared -> undecided;  else go on

Each holds for everybody, or for a group: those of the population who say yes to a fact. Called by `wegwijzer compare`;
tests: tests/engine/harness/test_norms.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from engine.harness import compare_harms
from engine.harness.compare import Comparison
from engine.harness.compare_population import Population
from engine.harness.compare_shifts import GAINS, LOSES

OF_PEOPLE = ("stuck_at_most", "questions_to_one_at_most", "hours_to_person_at_most")
SHARES = ("loses_at_most", "gains_at_least", "changes_at_most")
OF_HARMS: Final[Mapping[str, str]] = {
    "worse_off_at_most": compare_harms.ANY,
    "loses_remedy_at_most": compare_harms.REMEDY,
    "less_time_at_most": compare_harms.TIME,
    "waits_longer_at_most": compare_harms.WAIT,
    "asked_more_at_most": compare_harms.ASKED,
    "refused_answer_at_most": compare_harms.REFUSED,
    "loses_channel_at_most": compare_harms.CHANNEL,
    "loses_person_at_most": compare_harms.PERSON,
    "can_do_less_at_most": compare_harms.LESS,
}
"""What changes in words and process take from people, by the norm that bounds it."""
NORMS = (*SHARES, *OF_HARMS, "questions_at_most", *OF_PEOPLE)
GO_ON, BOARD, OPEN = "go on", "drawing board", "undecided"


@dataclass(frozen=True, slots=True)
class Norms:
    """What was written down: norms for everybody, and by group (the fact it says yes to)."""

    everybody: Mapping[str, Decimal]
    groups: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tested:
    """One norm: for whom ("": everybody), what was asked, what was found, whether it is met (None: not measurable).

    Nothing is found of a norm that is missed because somebody has none of it: no person comes by itself.
    """

    norm: str
    wanted: Decimal
    found: float | None
    met: bool | None
    group: str = ""


def measured(norms: Norms, found: Comparison, crowd: Population | None) -> tuple[Tested, ...]:
    """Each norm against the comparison, those of groups after those of everybody."""
    own = [_one("", name, wanted, found, crowd) for name, wanted in norms.everybody.items()]
    for group, wants in norms.groups.items():
        people = crowd.groups.get(group) if crowd is not None else None
        own += [_one(group, name, wanted, found, people) for name, wanted in wants.items()]
    return tuple(own)


def _one(group: str, name: str, wanted: Decimal, found: Comparison, crowd: Population | None) -> Tested:
    if name in OF_HARMS:
        return _of_harm(group, name, wanted, found)
    if (group and crowd is None) or (crowd is not None and not crowd.size):
        return Tested(name, wanted, None, None, group)
    if name in OF_PEOPLE:
        return _of_people(group, name, wanted, crowd)
    if name == "questions_at_most":
        figure = crowd.questions[1] if group and crowd and crowd.questions else found.questions[1]
        return _held(group, name, wanted, figure)
    return _of_shares(group, name, wanted, found, crowd)


def _of_people(group: str, name: str, wanted: Decimal, crowd: Population | None) -> Tested:
    """What can be told only of people who were really asked, line by line."""
    if crowd is None or crowd.stuck is None or crowd.most is None:
        return Tested(name, wanted, None, None, group)
    if name == "hours_to_person_at_most":
        none = Tested(name, wanted, None, False, group)
        return none if crowd.hours is None else _held(group, name, wanted, float(crowd.hours))
    figure = 100 * crowd.stuck[1] / crowd.size if name == "stuck_at_most" else crowd.most
    return _held(group, name, wanted, figure)


def _held(group: str, name: str, wanted: Decimal, figure: float | None) -> Tested:
    if figure is None:
        return Tested(name, wanted, None, None, group)
    met = figure >= float(wanted) if name.endswith("_at_least") else figure <= float(wanted)
    return Tested(name, wanted, figure, met, group)


def _of_shares(group: str, name: str, wanted: Decimal, found: Comparison, crowd: Population | None) -> Tested:
    """Per cent of the population. Where only its ends are known, or nothing: what these are enough to tell.

    A citizen who shows that somebody is among them is enough to miss a norm of nobody at all.
    """
    word = name.partition("_")[0]
    kinds = {"loses": {LOSES}, "gains": {GAINS}}.get(word, {shift.effect for shift in found.shifts})
    shown = any(shift.effect in kinds for shift in found.shifts)
    low, high = (0.0, 100.0) if shown or found.not_compared else (0.0, 0.0)
    if crowd is not None:
        low, high = (100 * own for own in crowd.between(found, kinds))
    return _between(group, name, wanted, (low, high), shown=shown)


def _of_harm(group: str, name: str, wanted: Decimal, found: Comparison) -> Tested:
    """Per cent of the population from whom a change in words or process takes this; of a group only all or nobody."""
    own = found.harms.get(OF_HARMS[name])
    if own is None or own.share == 0:
        return _held(group, name, wanted, 0.0)
    if own.share == 1:
        return _held(group, name, wanted, 100.0)
    most = own.people if own.people is not None else own.people_at_most
    low, high = 100 * (own.people or 0.0), 100.0 if most is None or group else 100 * most
    if own.estimate is not None and not group:
        low, high = 100 * own.estimate.low, 100 * own.estimate.high
    return _between(group, name, wanted, (0.0 if group else low, high), shown=not group)


def _between(group: str, name: str, wanted: Decimal, ends: tuple[float, float], *, shown: bool) -> Tested:
    """What the ends of a share are enough to tell. `shown`: there is somebody."""
    low, high = ends
    if low == high:
        return _held(group, name, wanted, low)
    least, most = _held(group, name, wanted, low), _held(group, name, wanted, high)
    if least.met is most.met:
        return least if name.endswith("_at_least") else most
    if not wanted and shown and name.endswith("_at_most"):
        return Tested(name, wanted, None, False, group)
    return Tested(name, wanted, None, None, group)


def verdict(tests: tuple[Tested, ...], found: Comparison) -> str:
    """`go on`, `drawing board` or `undecided`."""
    if any(own.met is False for own in tests):
        return BOARD
    return OPEN if found.not_compared or any(own.met is None for own in tests) else GO_ON
