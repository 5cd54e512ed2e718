"""A flow as z3 formulas: every fact a variable, every decision a term over them, for what diagrams cannot tell exactly.

    facts         variables within their type, `min`, `max` and options; `when` and `otherwise` as an If
    decisions     `is`, tables, rules and every hit policy   (engine.harness.symbols_rows)
    expressions   arithmetic, comparisons, dates, years, calls of the flow's own parameters and functions
                  (engine.harness.symbols_expr, engine.harness.symbols_calls)
    lists         unfolded: nought, one or `ITEMS` items, each with fields of its own; what is proven holds up to that

A second meaning of the language, written apart from the evaluator, so that the two can be held against each other
(tests/engine/harness/test_symbols.py). Null is carried beside every value; numbers are exact, where FEEL rounds to 34
digits. What has no exact counterpart raises `Untranslatable`, and is then named as not proven. Every witness that z3
gives is checked by running the engine itself before it is shown (`engine.harness.solver`).
z3 is the optional extra `verify`: its module is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import worded
from engine.feel.analysis_z3_cells import Cells
from engine.feel.analysis_z3_terms import Term, Terms, Untranslatable
from engine.feel.cells import ColumnType, Kind
from engine.feel.tree import Expr, texts_of
from engine.feel.unsure import UNSURE
from engine.flow.model import FactType, SupplierKind
from engine.graph.domains import STEPS, clock_days
from engine.graph.graph import FactNode, Graph, Ruling
from engine.graph.kinds import of_fact
from engine.graph.possible import Between, finite
from engine.harness.symbols_linear import Figures, few_steps, times
from engine.harness.symbols_order import either

ITEMS = 2
"""Up to how many items a list is unfolded."""

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Record:
    """One item of a list fact: its fields are found by name."""

    list: str
    at: int


@dataclass(frozen=True, slots=True)
class Context:
    """A row of a parameter table: a term for each column; null where no row has the key."""

    members: Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of which each is there or not: (when it is there, what it is)."""

    items: tuple[tuple[Any, Term | Record], ...]


Symbol = Term | Record | Context | Listing


@dataclass(frozen=True, slots=True)
class Around:
    """Where names get their meaning: names of its own, and the item of a list that the expression is about."""

    own: Mapping[str, Symbol]
    item: Record | None = None

    def with_names(self, more: Mapping[str, Symbol]) -> Around:
        return Around({**self.own, **more}, self.item)


NOWHERE = Around({})

Means = Callable[["Symbols", Expr, Around], Symbol]
Decides = Callable[["Symbols", Ruling, Around], Term]
"""What an expression and what a decision stands for: the modules beside this one, put together in `symbolic`."""


class Symbols(Terms):
    """See the top of this module. `twin` is another citizen with the same answers but to the fact `apart`.

    A twin of another flow is the same citizen there: what both ask is answered once, within the limits of both.
    """

    def __init__(
        self, z3: Any, graph: Graph, means: Means, decides: Decides, twin: Symbols | None = None, apart: str = ""
    ) -> None:
        super().__init__(z3, {}, _words={} if twin is None else twin.words)
        self.means, self.decides = means, decides
        self.graph = graph
        self.cells = Cells(z3, self)
        self.twin, self.apart = twin, apart
        self.raw: dict[str, Term] = {}
        self.lengths: dict[str, Any] = {}
        self.days: dict[int, tuple[Any, Any, Any]] = {}
        self.few: dict[str, Figures] = {} if twin is None else twin.few  # what each of these variables can be
        self.kept: list[Any] = []  # keeps z3's numbers of these terms from being used again
        self._facts: dict[str, Term] = {}
        self._rulings: dict[tuple[str, int], Term] = {}

    def fork(self) -> Symbols:
        """A copy with everything that was put into symbols so far; of a citizen without a twin."""
        own = Symbols(self.z3, self.graph, self.means, self.decides)
        own.domain, own.kept = list(self.domain), list(self.kept)
        own._made, own._words = dict(self._made), dict(self._words)
        own.few = dict(self.few)
        own.raw, own.lengths, own.days = dict(self.raw), dict(self.lengths), dict(self.days)
        own._facts, own._rulings = dict(self._facts), dict(self._rulings)
        return own

    @property
    def words(self) -> dict[str, int]:
        """The number of each text."""
        return self._words

    # -- names

    def name(self, name: str, around: Around) -> Symbol:
        """What a name stands for. Raises Untranslatable when it is of no kind that z3 knows."""
        if name in around.own:
            return around.own[name]
        if around.item is not None:
            found = self.member(around.item, name)
            if found is not None:
                return found
        if name in self.graph.facts:
            node = self.graph.facts[name]
            return self.listing(node) if node.spec.type is FactType.LIST else self.fact(name)
        if name in self.graph.rulings:
            each = self.graph.rulings[name].each
            return self.ruling(name) if not each else self._values_of_each(name, each)
        raise Untranslatable(f"`{name}`")

    def member(self, item: Record, name: str) -> Term | None:
        """A field of an item, or a decision about it; None when it has no such thing."""
        if f"{item.list}.{name}" in self.graph.facts:
            return self.fact(f"{item.list}.{name}", item)
        ruling = self.graph.rulings.get(name)
        return self.ruling(name, item) if ruling is not None and ruling.each == item.list else None

    def _values_of_each(self, name: str, each: str) -> Listing:
        items = self.listing(self.graph.facts[each]).items
        return Listing(tuple((there, self.ruling(name, own)) for there, own in items if isinstance(own, Record)))

    # -- facts

    def fact(self, path: str, item: Record | None = None) -> Term:
        """The fact's value: its answer where `when` is true, else its `otherwise`."""
        node = self.graph.facts[path]
        key = path if item is None else f"{item.list}[{item.at}].{node.name}"
        if key not in self._facts:
            self._facts[key] = self._guarded(node, key, Around({}, item))
        return self._facts[key]

    def _guarded(self, node: FactNode, key: str, around: Around) -> Term:
        own = self.answer(node, key)
        if node.when is None:
            return own
        applies = self.true(self.expression_in(node.when.expr, around))
        return self.choose(applies, own, self.value(node.otherwise, own.kind, tuple(node.spec.options)))

    def answer(self, node: FactNode, key: str) -> Term:
        """The raw answer, a variable; shared with the twin unless it is the fact in which the two differ."""
        if key not in self.raw:
            self.raw[key] = self._answered(node, key)
        return self.raw[key]

    def _answered(self, node: FactNode, key: str) -> Term:
        twin = self.twin
        if twin is None or key == self.apart:
            return self._variable(node, key)
        if twin.graph is self.graph:
            return twin.answer(node, key)
        its = twin.graph.facts.get(node.path)
        if its is None or its.spec.type is not node.spec.type:
            return self._variable(node, key)
        forms = [(tuple(own.spec.options), own.spec.unsure, own.list) for own in (its, node)]
        if forms[0] != forms[1]:
            raise Untranslatable(worded("`{key}`, of which the two flows take other answers", key=key))
        found = twin.answer(its, key)
        self._within(node, found)
        return found

    def _variable(self, node: FactNode, key: str) -> Term:
        spec, z3 = node.spec, self.z3
        plain = of_fact(spec)
        kind = ColumnType(plain.kind, plain.options, nullable=False, unsure=plain.unsure)
        name = key if self.twin is None else f"{key}'"
        if spec.type in (FactType.PERIOD, FactType.ADDRESS, FactType.PERSON, FactType.FILE, FactType.DURATION):
            raise Untranslatable(worded("`{key}`, a {type}", key=key, type=spec.type))
        step = STEPS.get(spec.type)
        if step is not None:
            whole = z3.Int(name)
            self.few |= few_steps(name, *ends(node), step)
            found = Term(Kind.NUMBER, z3.ToReal(whole) * z3.RealVal(str(step)), self._never(), self._never())
        else:
            found = self.variable(name, kind)
        self._within(node, found)
        return found

    def _within(self, node: FactNode, term: Term) -> None:
        """What an answer to the fact can be."""
        z3, own = self.z3, node.domain
        low, high = ends(node)
        self.domain += [term.value >= self.constant(low, term.kind)] if low is not None else []
        self.domain += [term.value <= self.constant(high, term.kind)] if high is not None else []
        sets = finite(own) if term.kind is Kind.CHOICES else None
        if sets is not None:
            self.domain.append(
                z3.Or([z3.And([bit == (name in chosen) for name, bit in term.value.items()]) for chosen in sets])
            )
        elif term.kind is Kind.CHOICES:
            self._alone(node, term)

    def _alone(self, node: FactNode, term: Term) -> None:
        z3, bits = self.z3, term.value
        if node.spec.alone:
            self.domain.append(z3.Or(list(bits.values())))
        for name in node.spec.alone:
            others = [bit for other, bit in bits.items() if other != name]
            self.domain.append(z3.Implies(bits[name], z3.Not(z3.Or(others))))

    # -- lists

    def listing(self, node: FactNode) -> Listing:
        """The items of a list: those below its length are there."""
        length = self.length(node)
        return Listing(tuple((length > at, Record(node.path, at)) for at in range(ITEMS)))

    def length(self, node: FactNode) -> Any:
        """How many items there are; none where the list's `when` is not true."""
        if node.path not in self.lengths:
            self.lengths[node.path] = self._length(node)
        return self.lengths[node.path]

    def _length(self, node: FactNode) -> Any:
        z3 = self.z3
        if self.twin is not None:
            return self.twin.length(self._of_twin(node, self.twin.graph))
        count = z3.Int(f"{node.path} items")
        least, most = int(node.spec.min or 0), min(ITEMS, int(node.spec.max or ITEMS))
        if least > ITEMS:
            raise Untranslatable(worded("a list of {least} items or more", least=least))
        self.domain += [count >= least, count <= most]
        if node.count is not None:
            number = self.expression_in(node.count.expr, NOWHERE)
            self.domain.append(z3.ToReal(count) == number.value)
        if node.when is None:
            return count
        return z3.If(self.true(self.expression_in(node.when.expr, NOWHERE)), count, z3.IntVal(0))

    def _of_twin(self, node: FactNode, graph: Graph) -> FactNode:
        its = graph.facts.get(node.path)
        formulas = [tuple(own and own.text for own in (each.when, each.count)) for each in (node, its) if each]
        if its is None or formulas[0] != formulas[1] or (its.spec.min, its.spec.max) != (node.spec.min, node.spec.max):
            raise Untranslatable(worded("`{path}`, of which the two flows take other items", path=node.path))
        return its

    # -- decisions and expressions

    def ruling(self, name: str, item: Record | None = None) -> Term:
        """The value of a decision; of one about items, for this item. One that does not read `apart` is the twin's."""
        is_same = self.twin is not None and self.twin.graph is self.graph
        if self.twin is not None and is_same and item is None and self.apart not in self.graph.rulings[name].reads:
            return self.twin.ruling(name)
        key = (name, -1 if item is None else item.at)
        if key not in self._rulings:
            self._rulings[key] = self.decides(self, self.graph.rulings[name], Around({}, item))
        return self._rulings[key]

    def expression(self, expr: Expr) -> Term:
        """The term of an expression of the flow. Raises Untranslatable. For cells, outside any item."""
        return self.expression_in(expr, NOWHERE)

    def expression_in(self, expr: Expr, around: Around) -> Term:
        """The same, with names of its own and an item. A list of texts is one of options, in its order."""
        texts = texts_of(expr)
        if texts and len(set(texts)) == len(texts):
            return self.value(list(texts), Kind.CHOICES, texts)
        found = self.means(self, expr, around)
        if isinstance(found, Term):
            return found
        raise Untranslatable(worded("a {kind} as a value", kind=type(found).__name__.lower()))

    # -- values

    def defines(self, name: str) -> bool:
        """Whether the flow itself has a parameter or function of this name."""
        return name in self.graph.parameters or name in self.graph.functions

    def literal(self, value: object) -> Term:
        """A constant of an expression. Raises Untranslatable."""
        return self._literal(value)

    def computed(self, op: str, left: Term, right: Term) -> Term:
        """`left op right` for + - *. Raises Untranslatable."""
        if op == "*" and left.kind is right.kind is Kind.NUMBER:
            found = times(self.z3, self.few, left.value, right.value)
            return Term(Kind.NUMBER, found, self.z3.Or(*map(self._nothing, (left, right))), self._never())
        return self._arithmetic(op, left, right)

    def constant(self, value: object, kind: Kind) -> Any:
        """z3's constant; of a number in plain digits."""
        if kind is Kind.NUMBER and isinstance(value, Decimal | int) and not isinstance(value, bool):
            return self.z3.RealVal(format(Decimal(value), "f"))
        return super().constant(value, kind)

    def value(self, value: object, kind: Kind, options: tuple[str, ...] = ()) -> Term:
        """A known value as a term of a kind."""
        if value is None or value is UNSURE:
            nothing = {name: self._never() for name in options} if kind is Kind.CHOICES else self._nought(kind)
            return Term(kind, nothing, self.z3.BoolVal(value is None), self.z3.BoolVal(value is UNSURE))
        if kind is Kind.CHOICES:
            chosen = value if isinstance(value, list | tuple | frozenset) else ()
            bits = {name: self.z3.BoolVal(name in chosen) for name in options}
            return Term(kind, bits, self._never(), self._never())
        return Term(kind, self.constant(value, kind), self._never(), self._never())

    def _nought(self, kind: Kind) -> Any:
        if kind is Kind.BOOLEAN:
            return self._never()
        return self.z3.RealVal(0) if kind is Kind.NUMBER else self.z3.IntVal(0)

    def nothing(self) -> Term:
        """Null, of whatever kind is wanted where it stands."""
        return self.value(None, Kind.NUMBER)

    def is_nothing(self, term: Term) -> bool:
        """Whether it is always null."""
        null = term.null
        return not self.z3.is_false(null) and bool(self.z3.is_true(self.z3.simplify(null)))

    def choose(self, condition: Any, then: Term, otherwise: Term) -> Term:
        """`then` where the condition is true, else `otherwise`; a null takes the other's kind."""
        z3 = self.z3
        if self.is_nothing(then) and then.kind is not otherwise.kind:
            then = self._as_null(otherwise)
        elif self.is_nothing(otherwise) and then.kind is not otherwise.kind:
            otherwise = self._as_null(then)
        if then.kind is not otherwise.kind and not {then.kind, otherwise.kind} <= {Kind.CHOICE, Kind.TEXT}:
            raise Untranslatable(worded("either {one} or {two}", one=then.kind, two=otherwise.kind))
        if then.kind is Kind.CHOICES:
            value: Any = either(z3, condition, then.value, otherwise.value)
        else:
            value = z3.If(condition, then.value, otherwise.value)
        null = z3.If(condition, then.null, otherwise.null)
        return Term(then.kind, value, null, z3.If(condition, then.unsure, otherwise.unsure))

    def _as_null(self, like: Term) -> Term:
        return Term(like.kind, like.value, self.z3.BoolVal(True), self._never())

    def true(self, term: Term) -> Any:
        """When a condition is true: null and UNSURE are not."""
        if term.kind is not Kind.BOOLEAN:
            return self._never()
        return self.z3.And(term.value, self.z3.Not(term.null), self.z3.Not(term.unsure))

    def false(self, term: Term) -> Any:
        """When a condition is false."""
        if term.kind is not Kind.BOOLEAN:
            return self._never()
        return self.z3.And(self.z3.Not(term.value), self.z3.Not(term.null), self.z3.Not(term.unsure))

    def truth(self, true: Any, false: Any) -> Term:
        """A condition by when it is true and when it is false; null elsewhere."""
        return Term(Kind.BOOLEAN, true, self.z3.Not(self.z3.Or(true, false)), self._never())

    def all_domain(self) -> list[Any]:
        """What holds for every citizen, the twin included."""
        return [*(self.twin.all_domain() if self.twin is not None else ()), *self.domain]


def ends(node: FactNode) -> tuple[Any | None, Any | None]:
    """The lowest and the highest answer that a proof looks at; None where there is no such end."""
    own = node.domain
    if not isinstance(own, Between):
        return None, None
    low, high = own.low, own.high
    if node.spec.type is FactType.DATE:
        low, high = max(low or EARLIEST, EARLIEST), min(high or LATEST, LATEST)
        if node.spec.suppliers[0].kind is SupplierKind.CLOCK:
            meant = clock_days(node.spec)
            low, high = max(meant.low or low, low), min(meant.high or high, high)
    return low, high
