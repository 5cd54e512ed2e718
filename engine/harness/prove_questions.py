"""Questions that can never matter, and questions that are asked twice. Called by `engine.harness.prove`.

A question matters when two citizens who differ in its answer alone can get different outcomes, when an outcome that
somebody can get shows, reports or needs it, when a guard, a text, a check or the process reads it, or when another
question that matters is asked because of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import worded
from engine.feel.cells import Anything
from engine.flow.model import Fact, FactType, Outcome, SupplierKind
from engine.graph.axes import FactAxis, OptionAxis
from engine.graph.graph import CellCondition, Graph
from engine.graph.order import condition_names
from engine.harness.claims import differ
from engine.harness.inquiry import FEW_TRIES, Inquiry

_WORD = re.compile(r"\w+")
_SLOT = re.compile(r"\{(\w+)")


def check_questions(inquiry: Inquiry, goal: int | None) -> None:
    """Every question that is asked."""
    _useless(inquiry, goal)
    _twice(inquiry)


def _useless(inquiry: Inquiry, goal: int | None) -> None:
    graph = inquiry.graph
    used = _used(inquiry, goal)
    for node in graph.facts.values():
        if node.path in used or not _is_asked(node.spec):
            continue
        if node.path in graph.goal.reads and not node.list and _may_matter(inquiry, node.path, goal):
            continue
        if node.list and node.path in graph.goal.reads and node.path not in _never_read(graph):
            continue
        where = node.where if node.when is None else node.when.where
        hint = worded("Read it in a decision, or remove it: what is not needed is not asked (AVG, article 5).")
        inquiry.find("P-USELESS", where, worded("The question `{path}` can never matter.", path=node.path), hint)


def _may_matter(inquiry: Inquiry, path: str, goal: int | None) -> bool:
    """Whether a fact behind sums, dates or lists can change the goal; also while that could not be said."""
    forest, graph = inquiry.builder.forest, inquiry.graph
    if goal is not None:
        axes = enumerate(inquiry.builder.axes)
        others = [own for at, own in axes if forest.support(goal) >> at & 1 and not _is_answer(own)]
        if not others:
            return False
    claim = differ(graph.flow.goal, path)
    if graph.facts[path].spec.type is FactType.LIST:
        return True
    if inquiry.shown_again(claim, lambda: inquiry.witnesses.differ(path, graph.flow.goal, FEW_TRIES)):
        return True
    answer = inquiry.solver.ask(claim)
    if answer.reason and inquiry.shown_again(claim, lambda: inquiry.witnesses.differ(path, graph.flow.goal)):
        return True
    certain = inquiry.said(worded("whether the question `{path}` can matter", path=path), answer)
    return not certain or answer.citizen is not None


def _is_answer(axis: object) -> bool:
    return isinstance(axis, FactAxis | OptionAxis)


def _by_diagram(inquiry: Inquiry, goal: int | None) -> Iterator[str]:
    """Facts on which the diagram of the goal depends by itself."""
    for at, axis in enumerate(inquiry.builder.axes):
        if goal is not None and inquiry.builder.forest.support(goal) >> at & 1:
            node = getattr(axis, "node", None)
            if node is not None:
                yield node.path
                yield from _whens(inquiry, node.path)


def _used(inquiry: Inquiry, goal: int | None) -> set[str]:
    """Facts that matter by the goal's diagram, for an outcome's handling, or elsewhere."""
    graph = inquiry.graph
    given = None if goal is None else inquiry.builder.forest.values(goal)
    used = set(_by_diagram(inquiry, goal))
    for name, outcome in graph.flow.outcomes.items():
        if given is not None and name not in given:
            continue
        for value in (*outcome.values, *outcome.if_known, *outcome.needs):
            used |= graph.rulings[value].reads if value in graph.rulings else {value}
    used |= _elsewhere(inquiry)
    for value in (own for place in graph.process.places.values() for own in place.needs):
        used |= graph.rulings[value].reads if value in graph.rulings else {value}
    needs = {need for path in used & graph.facts.keys() for need in graph.facts[path].spec.needs}
    used |= needs.union(*(graph.rulings[need].reads for need in needs & graph.rulings.keys()))
    used |= {f"{path}.{field}" for path in used & graph.facts.keys() for field in graph.facts[path].spec.of}
    used -= _never_read(graph)
    for path in tuple(used & graph.facts.keys()):
        used.update(_whens(inquiry, path))
    used |= {path.partition(".")[0] for path in used}
    return used


def _never_read(graph: Graph) -> frozenset[str]:
    """Fields of items that no expression names and no cell asks about, of lists that nobody needs as a whole."""
    fields = [node for node in graph.facts.values() if node.list]
    if not fields:
        return frozenset()
    words = {word for text in _expressions(graph) for word in _WORD.findall(text)}
    whole = {name for own in graph.flow.outcomes.values() for name in (*own.needs, *_shown(own))}
    whole |= {name for place in graph.process.places.values() for name in place.needs}
    whole |= {name for node in graph.facts.values() for name in node.spec.needs}
    return frozenset(node.path for node in fields if node.name not in words and node.list not in whole)


def _shown(outcome: Outcome) -> Iterator[str]:
    """Every word in what an outcome tells: `{name}`, and what it shows."""
    for part in outcome.text:
        yield from _SLOT.findall(str(part.text or ""))
        yield from [part.show.name] if part.show is not None else []


def _expressions(graph: Graph) -> Iterator[str]:
    """Every expression that is really worked out: a column in which every cell is `-` is not."""
    for ruling in (*graph.rulings.values(), *graph.functions.values()):
        for own in (ruling.formula, *(row.output for row in ruling.rows)):
            if own is not None:
                yield own.text
        for condition in (own for row in ruling.rows for own in row.conditions):
            if not isinstance(condition, CellCondition):
                yield condition.text
            elif not isinstance(condition.test, Anything):
                yield condition.head.text
                yield from condition_names(condition)
    formulas = [own for node in graph.facts.values() for own in (node.when, node.count)]
    formulas += [*graph.guards.values(), *(own.must for own in graph.checks), *graph.promises]
    formulas += [own for parts in graph.texts.values() for own in parts]
    yield from (own.text for own in formulas if own is not None)


def _whens(inquiry: Inquiry, path: str) -> Iterator[str]:
    """What decides whether a fact is asked."""
    graph = inquiry.graph
    node = graph.facts[path]
    for name in sorted(node.when.names) if node.when is not None else ():
        if name in graph.facts:
            yield name
        elif name in graph.rulings:
            yield from graph.rulings[name].reads


def _elsewhere(inquiry: Inquiry) -> set[str]:
    """Facts that guards of the process, conditions in texts and checks read."""
    graph = inquiry.graph
    formulas = [
        *graph.guards.values(),
        *(own for parts in graph.texts.values() for own in parts if own is not None),
        *(own.must for own in graph.checks if own.list),
    ]
    names = {name for own in formulas for name in own.names}
    found = {name for name in names if name in graph.facts}
    for name in names & set(graph.rulings):
        found |= graph.rulings[name].reads
    return found


def _is_asked(spec: Fact) -> bool:
    return any(ref.kind in (SupplierKind.CITIZEN, SupplierKind.WORKER) for ref in spec.suppliers)


def _twice(inquiry: Inquiry) -> None:
    """The same question under two names, or asked although a register would have given the answer."""
    graph, seen = inquiry.graph, dict[tuple[str, str], str]()
    for node in graph.facts.values():
        text = str(node.spec.ask or "").casefold().strip(" ?.!")
        first = seen.setdefault((node.list, text), node.path) if text else node.path
        if first != node.path and graph.facts[first].spec.options == node.spec.options:
            message = worded(
                "`{path}` asks the same as `{first}`: “{ask}”.", path=node.path, first=first, ask=node.spec.ask
            )
            hint = worded("Read the first one where the second is read, and drop it.")
            inquiry.find("P-ASKED-TWICE", node.where, message, hint)
        kinds = [ref.kind for ref in node.spec.suppliers]
        if SupplierKind.REGISTER in kinds and kinds[0] is SupplierKind.CITIZEN:
            message = worded("`{path}` is asked of the citizen although a register may know it.", path=node.path)
            hint = worded("Put the register first under `from`: what is known is not asked.")
            inquiry.find("P-ONCE-ONLY", node.where, message, hint)
