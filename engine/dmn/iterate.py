"""What the boxed filter and the boxed iterators do with a list (DMN 1.5, 10.2.1.9 and 10.2.1.10).

A single value counts as a list of one, null as no list at all. A condition that gives something else than true,
false or null makes the whole null. Caller: `engine.dmn.compile`.
"""

from __future__ import annotations

from typing import Final

from engine.dmn.model import Iterator, IteratorKind
from engine.dmn.scope import Program, Scope

NO_BOOLEAN: Final = "A condition of a filter or iterator is neither true nor false."


def _items(source: object, scope: Scope, line: int) -> list[object] | None:
    if source is None:
        scope.note("The `in` of a filter or iterator is null, not a list.", line)
        return None
    items = source if isinstance(source, list) else [source]
    scope.run.step(len(items))
    return items


def filtered(source: object, match: Program, scope: Scope, line: int) -> object:
    """The items for which `match` is true. `item` and the fields of a context item are in scope."""
    items = _items(source, scope, line)
    if items is None:
        return None
    kept: list[object] = []
    for item in items:
        fields = item if isinstance(item, dict) else {}
        holds = match(scope.having({**fields, "item": item}))
        if holds is not None and not isinstance(holds, bool):
            scope.note(NO_BOOLEAN, line)
            return None
        if holds:
            kept.append(item)
    return kept


def mapped(source: object, variable: str, body: Program, scope: Scope, line: int) -> object:
    """The value of `body` per item; `partial` is the list so far."""
    items = _items(source, scope, line)
    if items is None:
        return None
    values: list[object] = []
    for item in items:
        values.append(body(scope.having({variable: item, "partial": values})))
    return values


def quantified(loop: Iterator, source: object, body: Program, scope: Scope) -> object:
    """Some or every, three-valued; every condition is looked at, so that one that is no boolean shows."""
    items = _items(source, scope, loop.line)
    if items is None:
        return None
    answers = [body(scope.having({loop.variable: item})) for item in items]
    if any(answer is not None and not isinstance(answer, bool) for answer in answers):
        scope.note(NO_BOOLEAN, loop.line)
        return None
    decisive = loop.kind is IteratorKind.SOME
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive
