"""Other items in a list: such that together they get to every row, and to both sides of every limit, of its rules.

    other_items(graph, ran, names) -> {list: [item, ...]} ...

Items are tried on the citizen of a run, without walking: which row decides for an item can be asked of the rules. Those
that tell most go first; then several together, as a sum or a count over the list may lie on a limit of its own. Called
by `engine.harness.suggest_citizens`; tests: tests/engine/harness/test_suggest.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import Any

from engine.errors import AnswerError
from engine.feel.unknown import UNKNOWN
from engine.flow.keys import item_key, read_key
from engine.graph.domains import STEPS
from engine.graph.graph import FactNode, Graph
from engine.graph.together import called
from engine.graph.view import View
from engine.harness.boundaries import Boundary, boundaries
from engine.harness.coverage import rule_name
from engine.harness.literals import canonical
from engine.harness.run import Ran
from engine.harness.suggest_moves import word
from engine.harness.witness import likely
from engine.journey.accept import load_fact
from engine.journey.explain import deciding_rows
from engine.journey.facts import known as facts_of

MOST_ITEMS = 400  # that are tried for one list
MOST_TOGETHER = 4  # items of one citizen
MOST_SUMS = 90
Item = Mapping[str, str]


def other_items(graph: Graph, ran: Ran, names: Set[str]) -> Iterator[Mapping[str, Sequence[Item]]]:
    """Lists for the citizen of a run that may get to what is named; none where a list has no rules of its own."""
    journey = ran.journey
    if journey is None:
        return
    facts = dict(facts_of(graph, journey))
    for name in graph.lists:
        if not graph.each_of(name) or name not in graph.goal.reads:
            continue
        found = _telling(graph, name, facts, names)
        room = min(int(graph.facts[name].spec.max or MOST_TOGETHER), MOST_TOGETHER)
        if len(found) > 1:
            yield from ({name: found[at : at + room]} for at in range(0, len(found), room))
        yield from ({name: [item]} for item in found)
        kinds = found or _telling(graph, name, facts, None)
        sums = (list(own) for size in range(room + 1) for own in product(kinds, repeat=size))
        yield from ({name: items} for items in islice(sums, MOST_SUMS))


def _telling(graph: Graph, name: str, facts: Mapping[str, object], names: Set[str] | None) -> list[Item]:
    """Items of which each gets to something of `names` that the ones before do not; None: to anything at all."""
    limits = [own for own in boundaries(graph) if own.list == name]
    fields = [node for node in graph.facts.values() if node.list == name]
    outside = {key: value for key, value in facts.items() if _list_of(key) != name}
    values = [_values(node, limits, View(graph, {**outside, name: 1})) for node in fields]
    met: set[str] = set()
    found: list[Item] = []
    for own in islice(product(*values), MOST_ITEMS):
        item = {node.name: value for node, value in zip(fields, own, strict=True)}
        view = _with_item(graph, fields, outside, item)
        new = (_meets(graph, name, limits, view) if view is not None else set()) - met
        if new if names is None else new & names:
            found.append(item)
            met |= new
    return found


def _list_of(key: str) -> str:
    parsed = read_key(key)
    return parsed.name if parsed is not None else ""


def _values(node: FactNode, limits: Sequence[Boundary], view: View) -> list[str]:
    """On each limit that the field is behind, just beside it, and what is likely."""
    found: list[Any] = []
    for own in limits:
        limit: Any = own.right.program(view.item(own.list, 0).scope)
        if node.name not in own.left.names or limit is UNKNOWN:
            continue
        if isinstance(limit, Decimal) and STEPS.get(node.spec.type):
            step = own.step or Decimal(1)
            found += [limit, limit - step, limit + step]
        elif isinstance(limit, date):
            found += [limit + timedelta(days=shift) for shift in (0, -1, 1)]
    found += [value for value in likely(node) if value is not None]
    return list(dict.fromkeys(map(word, found)))


def _with_item(graph: Graph, fields: Sequence[FactNode], facts: Mapping[str, object], item: Item) -> View | None:
    """The citizen with this one item; None where an answer is none."""
    list_name = fields[0].list
    known = {**facts, list_name: 1}
    try:
        for node in fields:
            key = item_key(list_name, 0, node.name)
            known[key] = load_fact(graph, key, canonical(node, item[node.name]))
    except AnswerError:
        return None
    return View(graph, known)


def _meets(graph: Graph, name: str, limits: Sequence[Boundary], view: View) -> set[str]:
    item = view.item(name, 0)
    rows = {rule_name(called(own), row.number) for own in graph.each_of(name) for row in deciding_rows(own, item)}
    return rows | {side for own in limits for side in own.seen(view)}
