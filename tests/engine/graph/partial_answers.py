"""A few facts of every kind that has an order or few values, any part of which may be answered.

`HEAD` is the top of a flow with these facts; `SOME_ANSWERS` draws what is known, `ALL_ANSWERS` a whole citizen.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engine.graph.possible import Between, One, Possible, Some, same

FIRST = date(2024, 2, 27)
DOMAINS: Mapping[str, tuple[Any, ...]] = {
    "loon": tuple(Decimal(text) for text in ("0", "0.5", "7", "12", "100")),
    "saldo": tuple(Decimal(number) for number in (-5, -1, 0, 2, 5)),
    "vanaf": tuple(FIRST + timedelta(days=days) for days in (0, 2, 3, 30)),
    "tot": tuple(FIRST + timedelta(days=days) for days in (0, 1, 29, 30)),
    "samen": (True, False),
    "soort": ("a", "b"),
}
HEAD = """
wegwijzer: 1
flow: proef
language: nl
question: Mag het?
goal: doel
facts:
  loon: {type: number, min: 0, max: 100, ask: Vraag?, why: Daarom.}
  saldo: {type: integer, min: -5, max: 5, ask: Vraag?, why: Daarom.}
  vanaf: {type: date, min: 2024-02-27, max: 2024-03-28, ask: Vraag?, why: Daarom.}
  tot: {type: date, min: 2024-02-27, max: 2024-03-28, ask: Vraag?, why: Daarom.}
  samen: {type: boolean, ask: Vraag?, why: Daarom.}
  soort: {type: choice, options: [a, b], ask: Vraag?, why: Daarom.}
"""
SOME_ANSWERS = st.fixed_dictionaries({}, optional={name: st.sampled_from(of) for name, of in DOMAINS.items()})
ALL_ANSWERS = st.fixed_dictionaries({name: st.sampled_from(of) for name, of in DOMAINS.items()})
MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def holds(possible: Possible, value: object) -> bool:
    """Is this value among what was said to be possible?"""
    match possible:
        case One(only):
            return same(only, value)
        case Some(values):
            return any(same(own, value) for own in values)
        case Between(low, high, null):
            if value is None:
                return null
            return (low is None or low <= value) and (high is None or value <= high)
    return True
