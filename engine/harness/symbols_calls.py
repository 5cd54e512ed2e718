"""Built-ins, and the flow's own parameters and functions, as z3 terms. Called by `engine.harness.symbols_expr`.

min max sum count mean abs floor ceiling years date + months has any/all/only      the rest raises Untranslatable
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from engine.errors import worded
from engine.feel.analysis_z3_terms import Term, Untranslatable
from engine.feel.cells import Kind
from engine.harness.symbols import Around, Listing, Symbol, Symbols
from engine.harness.symbols_linear import each_case, is_choice, is_number
from engine.harness.symbols_rows import looked_up, ruling_term

Rounds = Sequence[tuple[Any, Term]]
DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def call(symbols: Symbols, name: str, arguments: Sequence[Symbol]) -> Symbol:
    """The value of a call. Raises Untranslatable."""
    graph = symbols.graph
    if name in graph.parameters:
        return looked_up(symbols, graph.parameters[name], _terms(name, arguments))
    if name in graph.functions:
        function = graph.functions[name]
        return ruling_term(symbols, function, Around(dict(zip(function.given, arguments, strict=False))))
    if name in _OF_LISTS:
        return _OF_LISTS[name](symbols, _rounds(symbols, arguments))
    if name in _OF_TERMS:
        return _OF_TERMS[name](symbols, *_terms(name, arguments))
    raise Untranslatable(f"`{name}`")


def _terms(name: str, arguments: Sequence[Symbol]) -> list[Term]:
    found = [own for own in arguments if isinstance(own, Term)]
    if len(found) < len(arguments):
        raise Untranslatable(worded("`{name}` of a list", name=name))
    return found


def _rounds(symbols: Symbols, arguments: Sequence[Symbol]) -> Rounds:
    """The items of one list or set, or the arguments themselves; a record or option is one thing that is there."""
    one = symbols.value(1, Kind.NUMBER)
    first = arguments[0] if len(arguments) == 1 else None
    if isinstance(first, Listing):
        return [(there, own if isinstance(own, Term) else one) for there, own in first.items]
    if isinstance(first, Term) and first.kind is Kind.CHOICES:
        return [(symbols.z3.And(bit, symbols.z3.Not(first.null)), one) for bit in first.value.values()]
    return [(symbols.z3.BoolVal(True), own) for own in _terms("this", arguments)]


def _count(symbols: Symbols, rounds: Rounds) -> Term:
    z3 = symbols.z3
    total = z3.Sum([z3.If(there, z3.RealVal(1), z3.RealVal(0)) for there, _ in rounds] or [z3.RealVal(0)])
    return Term(Kind.NUMBER, total, z3.BoolVal(False), z3.BoolVal(False))


def _null(symbols: Symbols, rounds: Rounds) -> Any:
    """Nothing there, or something null among it."""
    z3 = symbols.z3
    nothing = z3.Not(z3.Or([there for there, _ in rounds] or [False]))
    return z3.Or(nothing, *(z3.And(there, z3.Or(own.null, own.unsure)) for there, own in rounds))


def _numbers(rounds: Rounds) -> Rounds:
    if any(own.kind is not Kind.NUMBER for _, own in rounds):
        raise Untranslatable(worded("a sum of something else than numbers"))
    return rounds


def _sum(symbols: Symbols, rounds: Rounds) -> Term:
    z3 = symbols.z3
    total = z3.Sum([z3.If(there, own.value, z3.RealVal(0)) for there, own in _numbers(rounds)] or [z3.RealVal(0)])
    return Term(Kind.NUMBER, total, _null(symbols, rounds), z3.BoolVal(False))


def _mean(symbols: Symbols, rounds: Rounds) -> Term:
    total, count = _sum(symbols, rounds), _count(symbols, rounds)
    return Term(Kind.NUMBER, total.value / count.value, total.null, total.unsure)


def _extreme(least: bool) -> Callable[[Symbols, Rounds], Term]:
    def found(symbols: Symbols, rounds: Rounds) -> Term:
        z3 = symbols.z3
        if not rounds or any(own.kind is not rounds[0][1].kind for _, own in rounds):
            raise Untranslatable(worded("the least of different kinds of things"))
        kind = rounds[0][1].kind
        if kind not in (Kind.NUMBER, Kind.DATE, Kind.DAYS, Kind.MONTHS):
            raise Untranslatable(worded("an order of {kind}", kind=kind))
        seen, value = rounds[0][0], rounds[0][1].value
        for there, own in rounds[1:]:
            better = own.value < value if least else own.value > value
            value = z3.If(z3.And(there, z3.Or(z3.Not(seen), better)), own.value, value)
            seen = z3.Or(seen, there)
        return Term(kind, value, _null(symbols, rounds), z3.BoolVal(False))

    return found


def _number(change: Callable[[Any, Any], Any]) -> Callable[[Symbols, Term], Term]:
    def found(symbols: Symbols, own: Term) -> Term:
        if own.kind is not Kind.NUMBER:
            raise Untranslatable(worded("a number of {kind}", kind=own.kind))
        z3 = symbols.z3
        found = each_case(z3, own.value, partial(change, z3))
        return Term(Kind.NUMBER, found, z3.Or(own.null, own.unsure), z3.BoolVal(False))

    return found


def _years(symbols: Symbols, start: Term, end: Term) -> Term:
    """The largest n with start <= end - n years; 29 February less n years falls on 28 February."""
    if start.kind is not Kind.DATE or end.kind is not Kind.DATE:
        raise Untranslatable(worded("years between something else than dates"))
    z3 = symbols.z3
    (y1, m1, d1), (y2, m2, d2) = calendar(symbols, start), calendar(symbols, end)
    reached = z3.Or(m1 < m2, z3.And(m1 == m2, d1 <= d2))
    years = y2 - y1 - z3.If(reached, 0, 1)
    null = z3.Or(start.null, end.null, start.unsure, end.unsure)
    return Term(Kind.NUMBER, z3.ToReal(years), null, z3.BoolVal(False))


def calendar(symbols: Symbols, term: Term) -> tuple[Any, Any, Any]:
    """Year, month and day of a date. Of one answer or another they are taken from that answer: then two versions that
    choose alike are seen to be alike."""
    if is_choice(symbols.z3, term.value):
        year, month, day = (each_case(symbols.z3, term.value, partial(_part, symbols, at)) for at in range(3))
        return year, month, day
    return _calendar(symbols, term.value, term.null)


def _part(symbols: Symbols, at: int, number: Any) -> Any:
    """Year, month or day of an answer, or of a constant; of what is no day (null) that number."""
    z3 = symbols.z3
    if not is_number(z3, number):
        return _calendar(symbols, number, z3.BoolVal(False))[at]
    ordinal = number.as_long()
    own = date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None
    return number if own is None else z3.IntVal((own.year, own.month, own.day)[at])


def _calendar(symbols: Symbols, number: Any, null: Any) -> tuple[Any, Any, Any]:
    """Year, month and day of a day number: variables that are bound to it, once for each term."""
    z3 = symbols.z3
    key = number.get_id()
    if symbols.twin is not None and key in symbols.twin.days:
        return symbols.twin.days[key]
    if key not in symbols.days:
        # named by its place: by z3's number of the term, what z3 finds would hang on what it met before
        name = f"calendar {len(symbols.days)}{'' if symbols.twin is None else chr(39)}"
        year, month, day = z3.Int(f"{name} year"), z3.Int(f"{name} month"), z3.Int(f"{name} day")
        inside = [month >= 1, month <= 12, day >= 1, day <= _length(z3, year, month), year >= 1, year <= 9999]
        symbols.domain += [*inside, z3.Or(null, _day_number(z3, year, month, day) == number)]
        symbols.days[key] = (year, month, day)
        symbols.kept.append(number)
    return symbols.days[key]


def months_later(symbols: Symbols, start: Term, months: Term, *, back: bool = False) -> Term:
    """A date so many months on: the same day of that month, or its last one where it has no such day."""
    z3 = symbols.z3
    year, month, day = calendar(symbols, start)
    moved = 12 * year + month - 1 + (-months.value if back else months.value)
    to_year, to_month = moved / 12, moved % 12 + 1
    length = _length(z3, to_year, to_month)
    null = z3.Or(start.null, start.unsure, months.null, months.unsure)
    number = _day_number(z3, to_year, to_month, z3.If(day < length, day, length))
    return Term(Kind.DATE, number, null, z3.BoolVal(False))


def _leap(z3: Any, year: Any) -> Any:
    return z3.Or(z3.And(year % 4 == 0, year % 100 != 0), year % 400 == 0)


def _length(z3: Any, year: Any, month: Any) -> Any:
    """How many days a month has."""
    short = z3.Or([month == own for own in (4, 6, 9, 11)])
    return z3.If(month == 2, z3.If(_leap(z3, year), 29, 28), z3.If(short, 30, 31))


def _day_number(z3: Any, year: Any, month: Any, day: Any) -> Any:
    """The number of a day, counted from 1 January of the year 1, as `date.toordinal` does."""
    before = z3.IntVal(DAYS_BEFORE[-1])
    for at in range(10, -1, -1):
        before = z3.If(month == at + 1, z3.IntVal(DAYS_BEFORE[at]), before)
    last = year - 1
    after = z3.If(z3.And(_leap(z3, year), month > 2), 1, 0)
    return 365 * last + last / 4 - last / 100 + last / 400 + before + day + after


_OF_LISTS: Final[dict[str, Callable[[Symbols, Rounds], Term]]] = {
    "count": _count,
    "sum": _sum,
    "mean": _mean,
    "min": _extreme(least=True),
    "max": _extreme(least=False),
}
_OF_TERMS: Final[dict[str, Callable[..., Term]]] = {
    "floor": _number(lambda z3, own: z3.ToReal(z3.ToInt(own))),
    "ceiling": _number(lambda z3, own: -z3.ToReal(z3.ToInt(-own))),
    "abs": _number(lambda z3, own: z3.If(own >= 0, own, -own)),
    "years": _years,
}
