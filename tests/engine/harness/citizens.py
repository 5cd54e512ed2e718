"""Random full citizens of a flow, and what z3 says of one: to hold the evaluator and the symbols against each other."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from engine.feel.analysis_z3_logic import logic
from engine.feel.cells import Kind
from engine.flow.keys import item_key, read_key
from engine.flow.model import FactType
from engine.graph.graph import FactNode, Graph
from engine.graph.possible import Between, finite
from engine.harness.symbolic import symbols_of
from engine.harness.symbols import EARLIEST, ITEMS, LATEST
from engine.harness.symbols_order import places

DAY = timedelta(days=1)
FIGURES = (0, 1, 17, 18, 21, 65, 67, 75, 100, 1_000, 1_400, 2_000, 8_000, 16_000, 50_000)


def citizen(graph: Graph, random: Random) -> dict[str, Any]:
    """An answer to every fact that symbols know, within its domain; lists of nought to two items."""
    known: dict[str, Any] = {}
    for path, node in graph.facts.items():
        if node.spec.type is FactType.LIST:
            known[path] = random.randint(int(node.spec.min or 0), min(ITEMS, int(node.spec.max or ITEMS)))
        elif node.list:
            for at in range(known[node.list]):
                known[item_key(node.list, at, node.name)] = answer(node, random)
        else:
            known[path] = answer(node, random)
    return {key: value for key, value in known.items() if value is not None}


def answer(node: FactNode, random: Random) -> Any:
    """One answer; None for a type that symbols do not know."""
    values = finite(node.domain)
    if values is not None:
        return random.choice(values)
    if node.spec.type is FactType.CHOICES:
        free = [option for option in node.spec.options if option not in node.spec.alone]
        chosen = [option for option in free if random.random() < 0.4]
        return chosen or [random.choice(tuple(node.spec.options))]
    own = node.domain if isinstance(node.domain, Between) else Between()
    if node.spec.type is FactType.DATE:
        low, high = max(own.low or EARLIEST, EARLIEST), min(own.high or LATEST, LATEST)
        near = date(2026, 1, 1) + random.choice((-67, -18, -17, -1, 0)) * 365 * DAY + random.randint(-40, 40) * DAY
        return (
            near if random.random() < 0.7 and low <= near <= high else low + random.randint(0, (high - low).days) * DAY
        )
    if node.spec.type in (FactType.INTEGER, FactType.NUMBER, FactType.MONEY, FactType.YEAR):
        number = Decimal(random.choice(FIGURES)) + random.choice((-1, 0, 0, 1))
        if node.spec.type is not FactType.INTEGER and random.random() < 0.3:
            number += Decimal(random.randint(0, 99)) / 100
        low, high = own.low or Decimal(-1_000), own.high or Decimal(10**6)
        return min(max(number, low), high)
    return "iets anders" if node.spec.type is FactType.TEXT else None


class Oracle:
    """The decisions of a flow as z3 terms, asked for one citizen by putting the answers in."""

    def __init__(self, graph: Graph, names: list[str]) -> None:
        self.graph = graph
        self.z3 = logic()
        self.symbols = symbols_of(self.z3, graph)
        self.terms = {name: self.symbols.ruling(name) for name in names}

    def says(self, known: dict[str, Any]) -> dict[str, Any]:
        """The value of each decision."""
        z3, given = self.z3, [*self._lengths(known), *self._answers(known)]
        for number, (year, month, day) in self._dates():
            found = z3.simplify(z3.substitute(number, *given))
            when = date.fromordinal(found.as_long()) if z3.is_int_value(found) else date(2000, 1, 1)
            values = (when.year, when.month, when.day)
            given += [(own, z3.IntVal(value)) for own, value in zip((year, month, day), values, strict=True)]
        return {name: self._value(term, given) for name, term in self.terms.items()}

    def _dates(self) -> list[tuple[Any, tuple[Any, Any, Any]]]:
        return list(zip(self.symbols.kept, self.symbols.days.values(), strict=True))

    def _lengths(self, known: dict[str, Any]) -> list[tuple[Any, Any]]:
        z3 = self.z3
        return [(z3.Int(f"{path} items"), z3.IntVal(known[path])) for path in self.symbols.lengths]

    def _answers(self, known: dict[str, Any]) -> list[tuple[Any, Any]]:
        z3, found = self.z3, list[tuple[Any, Any]]()
        for key, term in self.symbols.raw.items():
            parsed = read_key(key)
            node = self.graph.facts[parsed.path if parsed is not None else key]
            value = known.get(key)
            if term.kind is Kind.CHOICES:
                found += [(bit, z3.BoolVal(option in (value or ()))) for option, bit in term.value.items()]
            elif term.kind is Kind.NUMBER and node.spec.type is not FactType.NUMBER:
                steps = Decimal(value or 0) * (100 if node.spec.type is FactType.MONEY else 1)
                found.append((z3.Int(key), z3.IntVal(int(steps))))
            elif value is not None:
                found.append((term.value, self.symbols.constant(value, term.kind)))
        return found

    def _value(self, term: Any, given: list[tuple[Any, Any]]) -> Any:
        z3 = self.z3
        if z3.is_true(z3.simplify(z3.substitute(term.null, *given))):
            return None
        if term.kind is Kind.CHOICES:
            bits = {option: z3.simplify(z3.substitute(bit, *given)) for option, bit in term.value.items()}
            there, (at, _) = [option for option, bit in bits.items() if z3.is_true(bit)], places(z3, term.value)
            return sorted(there, key=lambda option: z3.simplify(z3.substitute(at[option], *given)).as_long())
        value = z3.simplify(z3.substitute(term.value, *given))
        if term.kind is Kind.BOOLEAN:
            return z3.is_true(value)
        if term.kind is Kind.NUMBER:
            fraction = value.as_fraction()
            return Decimal(fraction.numerator) / Decimal(fraction.denominator)
        if term.kind is Kind.DATE:
            return date.fromordinal(value.as_long())
        return next(word for word, own in self.symbols.words.items() if own == value.as_long())
