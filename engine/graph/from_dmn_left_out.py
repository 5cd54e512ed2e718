"""What the draft of a flow does not take over from a DMN model, each with its line: nothing is dropped in silence.

    narrowed     what a model forbids and the draft would accept, or the other way round: looked at before use
    set_aside    what changes no value: notes, labels, services, diagrams; told so that a person can keep it

Called by `engine.graph.from_dmn`; tests: tests/engine/graph/test_from_dmn_left_out.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.dmn import model
from engine.dmn.model import Decision, Definitions, Expression, ItemDefinition
from engine.feel import tree
from engine.graph.from_dmn_types import FlowType, of_definition, tests_of


def at(line: int) -> str:
    """The place in the model's file, as remarks begin."""
    return f"line {line}: " if line else ""


def narrowed(definitions: Definitions) -> Iterator[str]:
    """Limits of types and columns that the draft does not have."""
    types = {item.name: item for item in definitions.types}
    for item in definitions.types:
        yield from _of_type(item, types, item.name)
    for owner, table in _tables(definitions):
        for clause in table.inputs:
            if clause.values is not None and clause.values.text.strip() not in ("", "-"):
                head = clause.label or clause.expression.text
                yield (
                    f"{at(clause.values.line or table.line)}`{owner}`: the values that column `{head}` may have"
                    f" ({clause.values.text}) are left out; set `options`, `min` or `max` at the fact."
                )


def _of_type(item: ItemDefinition, types: Mapping[str, ItemDefinition], name: str) -> Iterator[str]:
    allowed = item.allowed_values
    if allowed is not None and not _is_carried(item, types):
        yield (
            f"{at(allowed.line or item.line)}type `{name}`: its allowed values ({allowed.text}) are left out;"
            " set `options`, `min` or `max` at the facts, or write a check."
        )
    if item.type_constraint is not None:
        whole = item.type_constraint
        yield (
            f"{at(whole.line or item.line)}type `{name}`: its constraint ({whole.text}) is left out;"
            " write it as a check."
        )
    if item.function is not None:
        yield f"{at(item.line)}type `{name}`: a flow has no types of functions; it is left out."
    for component in item.components:
        yield from _of_type(component, types, f"{name}.{component.name}")


def _is_carried(item: ItemDefinition, types: Mapping[str, ItemDefinition]) -> bool:
    """Whether the draft's options or limits say exactly what the allowed values say."""
    kind = of_definition(item, types)
    tests = tests_of(item.allowed_values)
    if not isinstance(kind, FlowType) or not tests:
        return False
    if kind.options:
        return all(isinstance(test, tree.Literal) and isinstance(test.value, str) for test in tests)
    return len(tests) == 1 and _says_all(tests[0], kind)


def _says_all(test: tree.Expr, kind: FlowType) -> bool:
    if isinstance(test, tree.RangeExpr):
        return bool(kind.minimum and kind.maximum)
    return isinstance(test, tree.Test) and bool(kind.minimum or kind.maximum)


def set_aside(definitions: Definitions, roots: Sequence[Decision], carried: Iterable[str]) -> Iterator[str]:
    """What changes no value. The first root is the goal; `carried` are ids of knowledge sources that became sources."""
    goal = roots[0] if roots else None
    for root in roots[1:]:
        yield f"{at(root.line)}`{root.name}`: no decision needs it and it is not the goal; it leads to nothing."
    for service in definitions.services:
        yield f"{at(service.line)}the decision service `{service.name}` is left out: a flow has one goal."
    kept = set(carried)
    for source in definitions.sources:
        if source.id not in kept:
            yield f"{at(source.line)}the knowledge source `{source.name}` is left out: no decision has it first."
    for decision in definitions.decisions:
        yield from _of_decision(decision, goal)
    for owner, table in _tables(definitions):
        yield from _of_table(owner, table)
    for left in definitions.unread:
        yield f"{at(left.line)}{left.what} is left out: a flow file has no place for it."


def _of_decision(decision: Decision, goal: Decision | None) -> Iterator[str]:
    place = f"{at(decision.line)}`{decision.name}`: "
    if decision.description:
        yield f"{place}its description is left out; a `because` may say it to the citizen."
    if decision.question and decision is not goal:
        yield f"{place}its question is left out; a flow answers one."
    if decision.allowed_answers:
        yield f"{place}its allowed answers ({decision.allowed_answers}) are left out."
    if len(decision.authority) > 1:
        yield f"{place}of its {len(decision.authority)} authorities the first is its source."


def _of_table(owner: str, table: model.DecisionTable) -> Iterator[str]:
    notes = sum(1 for rule in table.rules if any(rule.annotations) or rule.description)
    if notes:
        yield (
            f"{at(table.line)}`{owner}`: the notes at {notes} of its {len(table.rules)} rows are left out;"
            " write them as `source` and `because`."
        )
    labels = [own for own in (*(each.label for each in table.inputs), *(each.label for each in table.outputs)) if own]
    if labels:
        yield f"{at(table.line)}`{owner}`: the labels of its columns ({', '.join(labels)}) are left out."


def _tables(definitions: Definitions) -> Iterator[tuple[str, model.DecisionTable]]:
    for decision in definitions.decisions:
        yield from ((decision.name, table) for table in _inside(decision.expression))
    for knowledge in definitions.knowledge_models:
        if knowledge.logic is not None:
            yield from ((knowledge.name, table) for table in _inside(knowledge.logic.body))


def _inside(item: Expression | None) -> Iterator[model.DecisionTable]:
    if isinstance(item, model.DecisionTable):
        yield item
    elif isinstance(item, model.Context):
        for entry in item.entries:
            yield from _inside(entry.value)
