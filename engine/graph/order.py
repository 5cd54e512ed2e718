"""Which decisions depend on what: circles, and the facts behind a decision. Called by `engine.graph.compile`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.feel import cells as c
from engine.feel.names import free_names
from engine.graph.graph import CellCondition, Condition, FactNode, Graph, Ruling


def names_read(ruling: Ruling) -> frozenset[str]:
    """Every name that a decision reads directly, its own arguments left out."""
    found: set[str] = set(ruling.formula.names) if ruling.formula else set()
    for row in ruling.rows:
        found |= row.output.names
        for condition in row.conditions:
            found |= condition_names(condition)
    return frozenset(found) - set(ruling.given)


def condition_names(condition: Condition) -> frozenset[str]:
    """Every name that one condition of a row reads directly."""
    if not isinstance(condition, CellCondition):
        return condition.names
    found = set(condition.head.names)
    for part in c.parts(condition.test):
        if isinstance(part, c.Compare):
            found |= free_names(part.right)
    return frozenset(found)


def _next(name: str, rulings: Mapping[str, Ruling], facts: Mapping[str, FactNode], list_name: str) -> Iterator[str]:
    ruling = rulings.get(name)
    if ruling is not None:
        yield from sorted(names_read(ruling))
        if ruling.each:
            yield ruling.each
    node = facts.get(f"{list_name}.{name}") if list_name else None
    node = node or facts.get(name)
    if node is not None:
        for formula in (node.when, node.count):
            if formula is not None:
                yield from sorted(formula.names)


def find_cycle(rulings: Mapping[str, Ruling], facts: Mapping[str, FactNode]) -> list[str]:
    """Names that depend on themselves, in order; empty when there are none. Items' own fields cannot close a circle."""
    done: set[str] = set()
    for start in (*rulings, *facts):
        found = _search(start, rulings, facts, [], done)
        if found:
            return found
    return []


def _search(
    name: str, rulings: Mapping[str, Ruling], facts: Mapping[str, FactNode], trail: list[str], done: set[str]
) -> list[str]:
    if name in done:
        return []
    if name in trail:
        return trail[trail.index(name) :]
    ruling = rulings.get(name)
    for after in _next(name, rulings, facts, ""):
        if ruling is not None and ruling.each and after == ruling.each:
            continue
        found = _search(after, rulings, facts, [*trail, name], done)
        if found:
            return found
    done.add(name)
    return []


def reads_of(
    name: str, rulings: Mapping[str, Ruling], functions: Mapping[str, Ruling], facts: Mapping[str, FactNode]
) -> frozenset[str]:
    """The paths of all facts behind a decision, through other decisions, functions and `when`s."""
    everything = {**rulings, **functions}
    waiting, seen, found = [(name, rulings[name].each if name in rulings else "")], set(), set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        own, list_name = current
        path = f"{list_name}.{own}" if f"{list_name}.{own}" in facts else own
        if path in facts:
            found.add(path)
            if not facts[path].list:
                found.update(key for key, node in facts.items() if node.list == path)
        inner = everything[own].each if own in everything else list_name
        waiting.extend((after, inner) for after in _next(own, everything, facts, list_name))
    return frozenset(found)


def facts_behind(graph: Graph, names: Iterable[str]) -> frozenset[str]:
    """The same of several names of a flow."""
    return frozenset().union(*(reads_of(name, graph.rulings, graph.functions, graph.facts) for name in names))


def affected_by(
    rulings: Mapping[str, Ruling], functions: Mapping[str, Ruling], facts: Mapping[str, FactNode]
) -> dict[str, frozenset[str]]:
    """Per fact the facts (also itself) and decisions that may change when it becomes known."""
    found: dict[str, set[str]] = {path: {path} for path in facts}
    for name, ruling in rulings.items():
        for path in ruling.reads:
            found[path].add(name)
    for path, node in facts.items():
        if not node.list and (node.when is not None or node.count is not None):
            for own in reads_of(path, rulings, functions, facts):
                found[own].add(path)
    return {path: frozenset(names) for path, names in found.items()}
