"""Which type of the flow a rule gives: the declared one, else what its conclusions look like. Caller: `from_dmn`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.dmn.model import DecisionTable, ItemDefinition, UnaryTests
from engine.feel import tree
from engine.feel.tree import Expr
from engine.graph.dmn_lists import POLICIES
from engine.graph.from_dmn_logic import Vocabulary
from engine.graph.from_dmn_types import FlowType, Structure, flow_type, tests_of

NUMERIC = frozenset(
    ("sum", "count", "min", "max", "mean", "abs", "floor", "ceiling", "decimal", "modulo", "sqrt", "number", "round up",
     "round down", "round half up", "round half down", "product", "median", "exp", "log", "string length")
)  # fmt: skip


class Kinds:
    """Remembers the types of names it has seen."""

    def __init__(self, types: Mapping[str, ItemDefinition]) -> None:
        self.types = types
        self.known: dict[str, FlowType] = {}

    def know(self, name: str, kind: FlowType | Structure) -> None:
        if isinstance(kind, FlowType):
            self.known[name] = kind

    def of_expression(self, expr: Expr, type_ref: str = "") -> FlowType:
        """The type of a formula; a text among others is taken for a choice between those texts."""
        declared = flow_type(type_ref, self.types) if type_ref else FlowType()
        if isinstance(declared, FlowType) and declared.kind and declared.kind != "text":
            return declared
        return _together([self._of(end) for end in _ends(expr)])

    def of_column(self, item: DecisionTable, at: int, words: Vocabulary, type_ref: str = "") -> FlowType:
        """The type of an output column: declared, or from its output values and entries."""
        if item.aggregation is not None:
            return FlowType("number")
        declared = flow_type(item.outputs[at].type_ref or type_ref or item.type_ref, self.types)
        if isinstance(declared, FlowType) and declared.kind and declared.kind != "text":
            return declared
        ends = [end for rule in item.rules for end in _ends(words.expression(rule.outputs[at].text))]
        if item.hit_policy in POLICIES:
            ends = [own for end in ends for own in (end.items if isinstance(end, tree.ListExpr) else (end,))]
        default = item.outputs[at].default
        if default is not None:
            ends += _ends(words.expression(default.text))
        return _together([listed_type(item.outputs[at].values), *(self._of(end) for end in ends)])

    def _of(self, expr: Expr) -> FlowType:
        match expr:
            case tree.Literal(value):
                return _of_value(value)
            case tree.Name(name):
                return self.known.get(name, FlowType())
            case tree.Path(tree.ContextExpr(entries), key):
                inner = Kinds(self.types)
                inner.known = dict(self.known)
                for name, value in entries:
                    inner.known[name] = inner._of(value)
                return inner.known.get(key, FlowType())
            case tree.Comparison() | tree.Logic() | tree.Not() | tree.Between() | tree.In() | tree.Quantified():
                return FlowType("boolean")
            case tree.Arithmetic("+", left, _):
                return self._of(left)
            case tree.Arithmetic() | tree.Negate():
                return FlowType("number")
            case tree.Call(tree.Name(name)):
                return FlowType("number") if name in NUMERIC else self.known.get(name, FlowType())
            case _:
                return FlowType()


def _ends(expr: Expr) -> list[Expr]:
    """What an expression can give: the branches of `if`, else itself."""
    return [*_ends(expr.then), *_ends(expr.otherwise)] if isinstance(expr, tree.If) else [expr]


def _of_value(value: object) -> FlowType:
    if value is None:
        return FlowType("none")
    if isinstance(value, bool):
        return FlowType("boolean")
    if isinstance(value, str):
        return FlowType("choice", (value,))
    if isinstance(value, date) and not isinstance(value, datetime):
        return FlowType("date")
    return FlowType("number") if not isinstance(value, datetime) else FlowType()


def listed_type(values: UnaryTests | None) -> FlowType:
    """The options that output values name, in their order."""
    texts = tuple(
        test.value for test in tests_of(values) if isinstance(test, tree.Literal) and isinstance(test.value, str)
    )
    return FlowType("choice", texts) if texts else FlowType("none")


def _together(kinds: list[FlowType]) -> FlowType:
    """One type for all of them; the options of all choices; nothing where they differ."""
    real = [kind for kind in kinds if kind.kind != "none"]
    if not real or len({kind.kind for kind in real}) != 1:
        return FlowType()
    options = dict.fromkeys(option for kind in real for option in kind.options)
    return FlowType(real[0].kind, tuple(options))
