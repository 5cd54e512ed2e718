"""Flows with one large decision table, for measuring and for tests: tariffs, codes, and boxes cut at random.

tariff(rows)     one column of amounts, and a goal that asks how high the tariff is
codes(rows)      a choice of many options, yes or no, and three ages: the goal itself
boxes(rows)      six columns of which one box is cut in two again and again, in random order: the goal itself, or
                 (`amounts`) figures on which a goal rests; with a row too few or too many where that is asked
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

FACTS = {
    "leeftijd": "type: integer, min: 0, max: 120",
    "bedrag": "type: money, min: 0, max: 10000",
    "datum": "type: date, min: 2020-01-01, max: 2027-12-31",
    "soort": "type: choice, options: [a, b, c, d]",
    "partner": "type: boolean",
    "dagen": "type: integer, min: 0, max: 10000",
}
NAMES = tuple(FACTS)
ENDS = {"leeftijd": (0, 121), "bedrag": (0, 10_001), "datum": (0, 2_922), "dagen": (0, 10_001)}
VALUES = {"soort": ("a", "b", "c", "d"), "partner": ("yes", "no")}
GOALS = ("ja", "nee", "bel")

Box = dict[str, tuple[int, int] | tuple[str, ...]]


def tariff(rows: int) -> str:
    """So many bands of equal width, without a gap."""
    ends = [10_000 * at // rows for at in range(rows)]
    lines = [f"[{low}..{high})" for low, high in pairwise(ends)] + [f">= {ends[-1]}"]
    cells = [(line, str(at * 37 % 997)) for at, line in enumerate(lines)]
    return _flow(["bedrag"], _table("tarief", "money", "unique", ["bedrag"], cells) + _by_tariff())


def codes(rows: int) -> str:
    """Six rows for each of the options."""
    chance, options = random.Random(1), [f"g{at:04}" for at in range(rows // 6)]  # noqa: S311
    ages = ("< 21", "[21..67)", ">= 67")
    cells = [(own, yes, age, chance.choice(GOALS)) for own in options for yes in VALUES["partner"] for age in ages]
    heads = ["gemeente", "partner", "leeftijd"]
    facts = {"gemeente": f"type: choice, options: [{', '.join(options)}]"}
    return _flow(heads, _table("mag", "choice", "unique", heads, cells), facts)


def boxes(
    rows: int,
    hit: str = "unique",
    seed: int = 1,
    heads: Sequence[str] = NAMES,
    *,
    amounts: bool = False,
    gap: bool = False,
    overlap: bool = False,
) -> str:
    """Boxes that fill the space of the columns exactly; `gap` leaves one out, `overlap` makes one wider."""
    made, chance = _cut(rows, seed, heads), random.Random(seed)  # noqa: S311
    if gap:
        made.pop()
    if overlap:
        made.append(dict(list(made[0].items())[:-1]))
    said = [str(chance.randrange(1, 1000)) if amounts else chance.choice(GOALS) for _ in made]
    cells = [(*[_cell(head, box) for head in heads], own) for box, own in zip(made, said, strict=True)]
    if amounts:
        return _flow(heads, _table("tarief", "money", hit, heads, cells) + _by_tariff())
    return _flow(heads, _table("mag", "choice", hit, heads, cells))


def _cut(rows: int, seed: int, heads: Sequence[str]) -> list[Box]:
    chance = random.Random(seed)  # noqa: S311
    made: list[Box] = [{}]
    while len(made) < rows:
        box = made.pop(chance.randrange(len(made)))
        head = chance.choice(heads)
        made += [{**box, head: half} for half in _halves(chance, head, box)] or [box]
    chance.shuffle(made)
    return made


def _halves(chance: random.Random, head: str, box: Box) -> list[tuple[int, int] | tuple[str, ...]]:
    """Two parts of one side of a box; none where it is too small to cut."""
    if head in VALUES:
        left = box.get(head, VALUES[head])
        return [left[:1], left[1:]] if len(left) > 1 else []  # type: ignore[list-item]
    low, high = box.get(head, ENDS[head])
    assert isinstance(low, int)
    assert isinstance(high, int)
    if high - low < 2:
        return []
    middle = chance.randrange(low + 1, high)
    return [(low, middle), (middle, high)]


def _cell(head: str, box: Box) -> str:
    own = box.get(head)
    if own is None or head in VALUES:
        return "-" if own is None else ", ".join(map(str, own))
    first, last = ENDS[head]
    low, high = (_written(head, int(end)) for end in own)
    if own[0] == first:
        return f"< {high}"
    return f">= {low}" if own[1] == last else f"[{low}..{high})"


def _written(head: str, end: int) -> str:
    return (date(2020, 1, 1) + timedelta(days=end)).isoformat() if head == "datum" else str(end)


def _table(name: str, kind: str, hit: str, heads: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    options = [f"    options: [{', '.join(GOALS)}]"] if kind == "choice" else []
    lines = [f"      | {' | '.join(own[:-1])} || {own[-1]} |" for own in ((*heads, name), *cells)]
    return [f"  {name}:", f"    type: {kind}", *options, f"    hit: {hit}", "    table: |", *lines]


def _by_tariff() -> list[str]:
    cells = [("> 500", "ja"), ("> 100", "nee"), ("-", "bel")]
    return _table("mag", "choice", "first", ["tarief"], cells)


def _flow(heads: Sequence[str], decisions: Sequence[str], facts: dict[str, str] | None = None) -> str:
    known = {**FACTS, **(facts or {})}
    asked = [f'  {own}: {{{known[own]}, ask: "Wat is {own}?", why: "Daarvan hangt het af."}}' for own in heads]
    top = ["wegwijzer: 1", "flow: groot", "language: nl", "question: Mag het?", "goal: mag", "facts:"]
    ends = [f"  {name}: {{kind: answer, text: Klaar}}" for name in GOALS]
    return "\n".join([*top, *asked, "decisions:", *decisions, "outcomes:", *ends]) + "\n"
