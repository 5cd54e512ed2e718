"""One journey's facts seen through a graph: what every fact and decision can still be, and what they still need.

    view = View(graph, known)         known: fact key -> typed value; a closed list -> its number of items
    view.possible("toestemming")      Possible
    view.needs("toestemming", into)   adds the keys of facts that may still matter
    view.value("bedrag")              the value, or UNKNOWN

A fact whose `when` is not true has its `otherwise`, whatever was answered; while `when` is UNKNOWN it can be either,
and what `when` reads is needed too. A view is a value of one moment, unless it is told more (`tell`, `withdraw`).
Called by `engine.journey` and `engine.harness`; tests: tests/engine/graph/test_exactness.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from decimal import Decimal
from functools import partial
from typing import Any

from engine.errors import EngineBug
from engine.feel.functions import Function
from engine.feel.unknown import UNKNOWN
from engine.flow.keys import item_key, read_key
from engine.flow.model import FactType
from engine.graph import intervals
from engine.graph.abstract import Local
from engine.graph.diagrams import when_key
from engine.graph.evaluation import evaluate, formula_needs
from engine.graph.graph import FactNode, Graph, ParameterTable, Ruling
from engine.graph.lists import Items, Record
from engine.graph.mdd import DiagramTooLarge
from engine.graph.memo import Memo
from engine.graph.possible import ANY, One, Possible, join, lift, settled
from engine.graph.rulings import ruling_needs, ruling_possible
from engine.graph.scope import LazyFields, Scope
from engine.graph.work import Work


class View:
    """See the top of this module."""

    __slots__ = ("_applies", "_busy", "_items", "_memo", "_waits_for", "graph", "known", "narrowed", "scope", "work")

    def __init__(self, graph: Graph, known: Mapping[str, object]) -> None:
        self.graph = graph
        self.known = known
        self._memo: dict[str, Possible] = {}
        self._items: dict[tuple[str, int], ItemView] = {}
        self._busy: set[str] = set()
        self._applies: dict[str, Truth] = {}
        self._waits_for: dict[str, frozenset[str]] = {}
        self.narrowed = Memo()
        self.work = Work()
        self.scope: Mapping[str, object] = Scope(self)

    def tell(self, key: str, value: object) -> None:
        """One more fact is known, or one is known otherwise. `known` must be a dict of the view's own."""
        assert isinstance(self.known, dict)
        was_known = key in self.known
        self.known[key] = value
        self._changed(key, was_known=was_known)

    def withdraw(self, key: str) -> None:
        """A fact is known no longer."""
        assert isinstance(self.known, dict)
        if key in self.known:
            del self.known[key]
            self._changed(key, was_known=True)

    def _changed(self, key: str, *, was_known: bool) -> None:
        affected = self.graph.affected.get(key) if not self.graph.lists else None
        if affected is None:  # an item of a list, or beside one: everything may rest on it
            self._memo.clear()
            self._applies.clear()
            self._waits_for.clear()
            self._items.clear()
        elif self._memo or self._applies or self._waits_for:
            for name in affected:
                self._memo.pop(name, None)
                self._applies.pop(name, None)
                self._waits_for.pop(name, None)
        if was_known:
            self.narrowed.restart()
        elif self.graph.diagram is not None:
            self.graph.diagram.told(self, key)

    def knows(self, name: str) -> bool:
        """Is it a name of the flow?"""
        return name in self.graph.facts or name in self.graph.rulings or self.function(name) is not None

    def possible(self, name: str) -> Possible:
        """What the fact or decision can still be."""
        found = self._memo.get(name)
        if found is None:
            if name in self._busy:
                raise EngineBug(f"{name} depends on itself")
            self._busy.add(name)
            outer, self.work.run = self.work.run, None
            try:
                found = self._memo[name] = self._find(name)
            finally:
                self._busy.discard(name)
                self.work.run = outer
        return found

    def _find(self, name: str) -> Possible:
        node = self.graph.facts.get(name)
        if node is not None:
            return (
                self._list(node)
                if node.spec.type is FactType.LIST
                else guarded(node, self.known.get(name, UNKNOWN), self)
            )
        ruling = self.graph.rulings.get(name)
        if ruling is None:
            return One(None)
        if not ruling.each:
            return self._of_diagram(name) or ruling_possible(ruling, self)
        items = self.items(ruling.each)
        return Items(
            tuple((item.possible(name), True) for item in items), self._is_open(ruling.each), self._length(ruling.each)
        )

    def _of_diagram(self, name: str) -> Possible | None:
        """What the decision's diagram says it can be; None when it has none."""
        try:
            return self.graph.diagram.possible(self, name) if self.graph.diagram is not None else None
        except DiagramTooLarge:
            return None

    def applies(self, node: FactNode) -> Truth:
        """Which of true, false and null the `when` of a fact can still be."""
        found = self._applies.get(node.path)
        if found is None:
            found = self._applies[node.path] = self._when(node)
        return found

    def _when(self, node: FactNode) -> Truth:
        if node.when is None:
            return ALWAYS
        own = self._of_diagram(when_key(node.path))
        return intervals.truth(evaluate(node.when, self) if own is None else own)

    def waits_for(self, node: FactNode) -> frozenset[str]:
        """The keys of the facts that may still matter to the `when` of a fact; looked at with a budget of its own."""
        found = self._waits_for.get(node.path)
        if found is None:
            outer, self.work.run = self.work.run, None
            try:
                found = self._waits_for[node.path] = _behind_when(node, self)
            finally:
                self.work.run = outer
        return found

    def function(self, name: str) -> Function | None:
        """A parameter or function of the flow as FEEL calls it; None when `name` is neither."""
        table = self.graph.parameters.get(name)
        if table is not None:
            return Function(table.keys, lambda given, run: _looked_up(table, given), name=name)
        ruling = self.graph.functions.get(name)
        if ruling is None:
            return None
        return Function(ruling.given, lambda given, run: self._run_function(ruling, given), name=name)

    def _run_function(self, ruling: Ruling, given: Sequence[object]) -> object:
        arguments = tuple(ANY if value is UNKNOWN else One(value) for value in given)
        return settled(ruling_possible(ruling, self._arguments(ruling, arguments)))

    def value(self, name: str) -> object:
        """The value of a fact or decision, UNKNOWN while it is not certain."""
        return self.scope[name]

    def items(self, list_name: str) -> list[ItemView]:
        """The items of a list so far (none when its `when` is not true)."""
        return [self.item(list_name, index) for index in range(self.length(list_name)[0])]

    def item(self, list_name: str, index: int) -> ItemView:
        """One item, whether or not anything of it is known."""
        key = (list_name, index)
        if key not in self._items:
            self._items[key] = ItemView(self, list_name, index)
        return self._items[key]

    def length(self, list_name: str) -> tuple[int, bool]:
        """How many items there are so far, and whether more may come."""
        node = self.graph.facts[list_name]
        if node.when is not None:
            applies = self.applies(node)
            if True not in applies:
                return 0, False
            if applies != {True}:
                return self._begun(list_name), True
        closed = self.known.get(list_name)
        if isinstance(closed, int):
            return closed, False
        if node.count is not None:
            count = settled(evaluate(node.count, self))
            if isinstance(count, Decimal):
                return max(0, int(count)), False
        return self._begun(list_name), True

    def _begun(self, list_name: str) -> int:
        keys = (read_key(key) for key in self.known)
        return max((key.at + 1 for key in keys if key is not None and key.name == list_name and key.field), default=0)

    def _is_open(self, list_name: str) -> bool:
        return self.length(list_name)[1]

    def _list(self, node: FactNode) -> Possible:
        items = self.items(node.path)
        return Items(tuple((item.record(), True) for item in items), self._is_open(node.path), self._length(node.path))

    def _length(self, list_name: str) -> Callable[[set[str]], None]:
        return partial(self._length_needs, list_name)

    def _length_needs(self, list_name: str, into: set[str]) -> None:
        if not self._is_open(list_name):
            return
        node = self.graph.facts[list_name]
        into |= self.waits_for(node)
        if node.count is not None:
            formula_needs(node.count, self, into)
        else:
            into.add(list_name)

    def needs(self, name: str, into: set[str]) -> None:
        """Add the keys of the facts that may still matter to `name`."""
        node = self.graph.facts.get(name)
        if node is not None:
            if node.spec.type is FactType.LIST:
                value = self.possible(name)
                if isinstance(value, Items):
                    value.need(into, deep=True)
            else:
                fact_needs(node, name, self.known, self, into)
            return
        ruling = self.graph.rulings.get(name)
        if ruling is None:
            return
        if ruling.each:
            self._length_needs(ruling.each, into)
            for item in self.items(ruling.each):
                item.needs(name, into)
        elif not self._diagram_needs(name, into):
            ruling_needs(ruling, self, into)

    def _diagram_needs(self, name: str, into: set[str]) -> bool:
        """The same through the decision's diagram; False when it has none."""
        diagram = self.graph.diagram
        root = diagram.roots.get(name) if diagram is not None else None
        if diagram is None or root is None:
            return False
        try:
            found: set[str] = set()
            diagram.needs(diagram.narrowed(self, root), self, found)
        except DiagramTooLarge:
            return False
        into |= found
        return True

    def call(self, name: str, arguments: tuple[Possible, ...]) -> Possible | None:
        """A function or parameter of the flow on what its arguments can still be."""
        table = self.graph.parameters.get(name)
        if table is not None:
            listed = lift(table.look_up, arguments)
            return listed if listed is not None else join(One(None), *(One(row) for row in table.contexts()))
        function = self.graph.functions.get(name)
        if function is None:
            return None
        return ruling_possible(function, self._arguments(function, arguments))

    def call_needs(self, name: str, arguments: tuple[Possible, ...], into: set[str]) -> None:
        """Add what the body of a function still needs besides its arguments."""
        function = self.graph.functions.get(name)
        if function is not None:
            ruling_needs(function, self._arguments(function, arguments), into)

    def _arguments(self, function: Ruling, arguments: tuple[Possible, ...]) -> Local:
        return Local(self, dict(zip(function.given, arguments, strict=False)))


class ItemView:
    """One item of a list: its own fields and `each` decisions by name, everything else from the journey."""

    __slots__ = ("_busy", "_memo", "at", "graph", "list", "scope", "view", "work")

    def __init__(self, view: View, list_name: str, at: int) -> None:
        self.view = view
        self.graph = view.graph
        self.list = list_name
        self.at = at
        self.work = view.work
        self._memo: dict[str, Possible] = {}
        self._busy: set[str] = set()
        self.scope: Mapping[str, object] = Scope(self)

    def _node(self, name: str) -> FactNode | None:
        return self.graph.facts.get(f"{self.list}.{name}")

    def _each(self, name: str) -> Ruling | None:
        ruling = self.graph.rulings.get(name)
        return ruling if ruling is not None and ruling.each == self.list else None

    def applies(self, node: FactNode) -> Truth:
        """Which of true, false and null the `when` of a field of this item can still be."""
        return ALWAYS if node.when is None else intervals.truth(evaluate(node.when, self))

    def waits_for(self, node: FactNode) -> frozenset[str]:
        """What may still matter to the `when` of a field of this item."""
        return _behind_when(node, self)

    def knows(self, name: str) -> bool:
        """Is it a name of the item or of the flow?"""
        return self._node(name) is not None or self.view.knows(name)

    def possible(self, name: str) -> Possible:
        """What the item's field, its decision, or a name of the journey can still be."""
        node, each = self._node(name), self._each(name)
        if node is None and each is None:
            return self.view.possible(name)
        if name in self._busy:
            return ANY  # the list is being read within the item's own decision: its length is known, this value not yet
        if name not in self._memo:
            self._busy.add(name)
            outer, self.work.run = self.work.run, None
            try:
                if node is not None:
                    raw = self.view.known.get(item_key(self.list, self.at, name), UNKNOWN)
                    self._memo[name] = guarded(node, raw, self)
                elif each is not None:
                    self._memo[name] = ruling_possible(each, self)
            finally:
                self._busy.discard(name)
                self.work.run = outer
        return self._memo[name]

    def needs(self, name: str, into: set[str]) -> None:
        """Add the keys of the facts that may still matter to `name`."""
        node, each = self._node(name), self._each(name)
        if node is not None:
            fact_needs(node, item_key(self.list, self.at, name), self.view.known, self, into)
        elif each is not None:
            ruling_needs(each, self, into)
        else:
            self.view.needs(name, into)

    def function(self, name: str) -> Function | None:
        return self.view.function(name)

    def call(self, name: str, arguments: tuple[Possible, ...]) -> Possible | None:
        return self.view.call(name, arguments)

    def call_needs(self, name: str, arguments: tuple[Possible, ...], into: set[str]) -> None:
        self.view.call_needs(name, arguments, into)

    def record(self) -> Record:
        """The item with its fields and `each` decisions."""
        names = [node.name for node in self.graph.facts.values() if node.list == self.list]
        each = [ruling.name for ruling in self.graph.each_of(self.list)]
        return Record(LazyFields(self, (*names, *each)), {name: partial(self.needs, name) for name in (*names, *each)})


def _looked_up(table: ParameterTable, given: Sequence[object]) -> object:
    return UNKNOWN if any(value is UNKNOWN for value in given) else table.look_up(*given)


Truth = Set[bool | None]
ALWAYS: Truth = frozenset({True})
Around = Any  # View | ItemView: both have what abstract.Env asks


def guarded(node: FactNode, raw: object, env: Around) -> Possible:
    """The fact's value after its `when`: the answer, its `otherwise`, or either while that is not known."""
    own = node.domain if raw is UNKNOWN else One(raw)
    applies = env.applies(node)
    if applies == ALWAYS:
        return own
    return join(own, One(node.otherwise)) if True in applies else One(node.otherwise)


def _behind_when(node: FactNode, env: Around) -> frozenset[str]:
    found: set[str] = set()
    if node.when is not None:
        formula_needs(node.when, env, found)
    return frozenset(found)


def fact_needs(node: FactNode, key: str, known: Mapping[str, object], env: Around, into: set[str]) -> None:
    """The fact itself when it is not supplied and could apply, and what its `when` still needs."""
    if node.when is not None:
        applies = env.applies(node)
        if True not in applies:
            return
        if applies != ALWAYS:
            into |= env.waits_for(node)
    if key not in known:
        into.add(key)
