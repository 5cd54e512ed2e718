"""What the boxed filter and the boxed iterators do with a list (DMN 1.5, 10.2.1.9 and 10.2.1.10).

A single value counts as a list of one, null as no list at all; an iterator counts through a range, as `for` of FEEL
does. A condition that gives something else than true, false or null makes the whole null.
Caller: `engine.dmn.compile`.
"""

from __future__ import annotations

from typing import Final

from engine.dmn.model import Iterator, IteratorKind
from engine.dmn.scope import Program, Scope
from engine.feel.emit_loops import Partial, counted
from engine.feel.values import Range

NO_BOOLEAN: Final = "A condition of a filter or iterator is neither true nor false."


def _items(source: object, scope: Scope, line: int) -> list[object] | None:
    if source is None:
        scope.note("The `in` of a filter or iterator is null, not a list.", line)
        return None
    items = source if isinstance(source, list) else [source]
    scope.run.step(len(items))
    return items


def _turns(source: object, scope: Scope, line: int) -> list[object] | None:
    """What an iterator goes through."""
    if not isinstance(source, Range):
        return _items(source, scope, line)
    numbers = counted(source, scope.run.ledger.feel)
    scope.collect(line)
    if numbers is None:
        return None
    items: list[object] = []
    for number in numbers:
        scope.run.step()
        items.append(number)
    return items


def filtered(source: object, match: Program, scope: Scope, line: int) -> object:
    """The items for which `match` is true. It sees the fields of a context item, and `item` unless one is so called."""
    items = _items(source, scope, line)
    if items is None:
        return None
    kept: list[object] = []
    for item in items:
        fields = item if isinstance(item, dict) else {}
        holds = match(scope.having({"item": item, **fields}))
        if holds is not None and not isinstance(holds, bool):
            scope.note(NO_BOOLEAN, line)
            return None
        if holds:
            kept.append(item)
    return kept


def mapped(source: object, variable: str, body: Program, scope: Scope, line: int) -> object:
    """The value of `body` per item; `partial` is a copy of the list so far."""
    items = _turns(source, scope, line)
    if items is None:
        return None
    values: list[object] = []
    feel = scope.run.ledger.feel
    around = Scope(Partial(values, scope.values, feel), scope.run, scope.element)
    for item in items:
        feel.grow(1)
        values.append(body(around.having({variable: item})))
    return values


def quantified(loop: Iterator, source: object, body: Program, scope: Scope) -> object:
    """Some or every, three-valued; every condition is looked at, so that one that is no boolean shows."""
    items = _turns(source, scope, loop.line)
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
