"""Type rules of calls: how many arguments, of which kinds, and what comes out.

What a built-in takes is declared with it (`engine.feel.registry`); what it gives stands in `_GIVES`: a type, or
`item`, `list` and `same` for the item of, all of, or the type of the first argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from engine.errors import either, worded
from engine.feel import tree
from engine.feel.check_operators import equality
from engine.feel.checker import Checker, meant, rule
from engine.feel.registry import BUILT_INS, BuiltIn, Variant
from engine.feel.signatures import ALL
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    DURATION,
    INTEGER,
    MONEY,
    NUMBER,
    NUMERIC,
    PERIOD,
    TEXT,
    TEXTUAL,
    TIME,
    Type,
    describe,
    list_of,
    loose,
    range_of,
    unite,
)

_GIVES: Final[dict[str, Type | str]] = {
    **dict.fromkeys(("date",), DATE),
    "time": TIME,
    "date and time": DATE_TIME,
    "number": NUMBER,
    "duration": ANY,
    "years and months duration": PERIOD,
    **dict.fromkeys(("string", "substring", "upper case", "lower case", "substring before", "substring after"), TEXT),
    **dict.fromkeys(("replace", "string join", "day of week", "month of year"), TEXT),
    **dict.fromkeys(("string length", "count", "day of year", "week of year", "years"), INTEGER),
    **dict.fromkeys(("split",), list_of(TEXT)),
    **dict.fromkeys(("contains", "starts with", "ends with", "matches", "list contains", "all", "any"), BOOLEAN),
    **dict.fromkeys(("odd", "even", "is", "not", "has any", "has all", "has only"), BOOLEAN),
    **dict.fromkeys(("before", "after", "meets", "met by", "overlaps", "overlaps before", "overlaps after"), BOOLEAN),
    **dict.fromkeys(("finishes", "finished by", "includes", "during", "starts", "started by", "coincides"), BOOLEAN),
    **dict.fromkeys(("min", "max", "sum"), "item"),
    **dict.fromkeys(("mean", "median", "product"), "broken"),
    **dict.fromkeys(("decimal", "floor", "ceiling"), "rounded"),
    **dict.fromkeys(("round up", "round down", "round half up", "round half down"), "rounded"),
    **dict.fromkeys(("modulo", "abs"), "same"),
    **dict.fromkeys(("sqrt", "log", "exp", "stddev"), NUMBER),
    "mode": list_of(NUMBER),
    **dict.fromkeys(("sublist", "remove", "reverse", "distinct values", "sort"), "list"),
    **dict.fromkeys(("append", "concatenate", "union"), "united"),
    **dict.fromkeys(("insert before", "list replace", "flatten"), list_of(ANY)),
    "index of": list_of(INTEGER),
    "range": range_of(ANY),
    "up": list_of(INTEGER),
    "days": list_of(DATE),
    **dict.fromkeys(("get value",), ANY),
    **dict.fromkeys(("get entries",), list_of(Type("context"))),
    **dict.fromkeys(("context", "context put", "context merge"), Type("context")),
    "today": DATE,
    "now": DATE_TIME,
}
_KINDS: Final[dict[str, frozenset[str]]] = {
    "number": NUMERIC,
    "integer": NUMERIC,
    "place": NUMERIC,
    "string": TEXTUAL,
    "boolean": frozenset(("boolean",)),
    "context": frozenset(("context",)),
    "date": frozenset(("date",)),
    "moment": frozenset(("date and time",)),
    "day": frozenset(("date", "date and time")),
    "time": frozenset(("time",)),
    "length": frozenset((DURATION.kind, PERIOD.kind)),
    "range": frozenset(("range",)),
    "function": frozenset(("function",)),
    "point": NUMERIC | TEXTUAL | {"date", "time", "date and time", "duration", "period"},
}
_BY_OPTION: Final = frozenset(("has any", "has all", "has only", "list contains", "index of"))
WORDS: Final = {
    "any": "anything",
    "number": "a number",
    "integer": "a whole number",
    "place": "a whole number",
    "string": "a text",
    "boolean": "yes or no",
    "list": "a list",
    "day": "a date",
    "moment": "a date and time",
    "length": "a duration",
    "point": "a number, text, date or time",
}


@rule(tree.Call)
def call(checker: Checker, expr: tree.Call) -> Type:
    arguments = [checker.type(argument) for argument in expr.arguments]
    if isinstance(expr.function, tree.Name) and expr.function.name not in checker.scope:
        built_in = BUILT_INS.get(expr.function.name)
        if built_in is not None:
            return _built_in(checker, expr, built_in, arguments)
    kind = checker.type(expr.function)
    if kind.kind == "function":
        return _function(checker, expr, kind, arguments)
    if loose(kind):
        return ANY
    return checker.problem(
        expr, "E-CALL", worded("{kind} cannot be called.", kind=describe(kind)), worded("Only functions can.")
    )


def _function(checker: Checker, expr: tree.Call, kind: Type, arguments: Sequence[Type]) -> Type:
    """A function of the flow, or one defined in FEEL."""
    if kind.returns is None:
        return ANY
    names = [name for name, _ in kind.parameters]
    wanted = [wanted for _, wanted in kind.parameters]
    if expr.names:
        wrong = next((name for name in expr.names if name not in names), None)
        if wrong is not None:
            return checker.problem(
                expr, "E-CALL", worded("There is no argument `{wrong}`.", wrong=wrong), meant(wrong, names)
            )
        wanted = [dict(kind.parameters)[name] for name in expr.names]
    if len(arguments) != len(names):
        many = worded("one argument") if len(names) == 1 else worded("{count} arguments", count=len(names))
        return checker.problem(
            expr,
            "E-CALL",
            worded("This takes {many}, not {arguments}.", many=many, arguments=len(arguments)),
            worded("It takes ({names}).", names=", ".join(names)),
        )
    for node, argument, parameter in zip(expr.arguments, arguments, wanted, strict=True):
        checker.fit(node, argument, parameter, worded("this argument"))
    return kind.returns


def _built_in(checker: Checker, expr: tree.Call, built_in: BuiltIn, arguments: Sequence[Type]) -> Type:
    forms = either(f"`{built_in.name}({', '.join(form)})`" for form in ALL[built_in.name])
    if built_in.name in ("now", "today"):
        return checker.problem(
            expr,
            "E-CALL",
            worded("There is no `{name}()` in a flow.", name=built_in.name),
            worded("Use a fact `from: [clock:start]`."),
        )
    if expr.names:
        return _named(checker, expr, built_in, arguments, forms)
    count = 1 if built_in.collects and len(arguments) > 1 else len(arguments)
    variants = [variant for variant in built_in.variants if variant.arity(count)]
    if not variants:
        return checker.problem(
            expr,
            "E-CALL",
            worded("`{name}` does not take {count} arguments.", name=built_in.name, count=count),
            worded("Write {forms}.", forms=forms),
        )
    if count == len(arguments):
        _arguments(checker, expr, variants, arguments, built_in.name)
    else:
        whole: Type | None = arguments[0]
        for argument in arguments[1:]:
            whole = unite(whole, argument) if whole is not None else None
        arguments = [list_of(whole or ANY)]
    return _given(built_in.name, arguments)


def _named(checker: Checker, expr: tree.Call, built_in: BuiltIn, arguments: Sequence[Type], forms: str) -> Type:
    for form in ALL[built_in.name]:
        plain = [parameter.rstrip("?.") for parameter in form]
        needed = {p.rstrip(".") for p in form if not p.endswith("?")}
        if set(expr.names) <= set(plain) and needed <= set(expr.names):
            given = dict(zip(expr.names, arguments, strict=True))
            return _given(built_in.name, [given.get(name, ANY) for name in plain])
    return checker.problem(
        expr,
        "E-CALL",
        worded("`{name}` has no form with these names.", name=built_in.name),
        worded("Write {forms}.", forms=forms),
    )


def _arguments(
    checker: Checker, expr: tree.Call, variants: Sequence[Variant], arguments: Sequence[Type], name: str
) -> None:
    """Checks the arguments against the forms; tells about the first argument that fits no form."""
    if any(all(_takes(v, i, kind) for i, kind in enumerate(arguments)) for v in variants):
        for node, kind in zip(expr.arguments, arguments, strict=True):
            if kind.unsure and name not in ("is", "list contains"):
                checker.problem(
                    node, "E-UNSURE", worded("This may also be `unsure`."), worded("Rule that out first with `if`.")
                )
        if name in _BY_OPTION and arguments[0].item is not None:
            equality(checker, expr, (expr.arguments[0], arguments[0].item), (expr.arguments[1], _item(arguments[1])))
        return
    for index, (node, kind) in enumerate(zip(expr.arguments, arguments, strict=True)):
        if not any(_takes(variant, index, kind) for variant in variants):
            words = {variant.words[min(index, len(variant.words) - 1)] for variant in variants}
            wanted = either(worded(WORDS.get(word, f"a {word}")) for word in sorted(words))
            checker.problem(
                node,
                "E-TYPE",
                worded("`{name}` takes {wanted} here; this is {kind}.", name=name, wanted=wanted, kind=describe(kind)),
            )
            return
    checker.problem(expr, "E-TYPE", worded("`{name}` cannot take these kinds together.", name=name))


def _item(kind: Type) -> Type:
    return kind.item or ANY if kind.kind == "list" else kind


def _takes(variant: Variant, index: int, kind: Type) -> bool:
    word = variant.words[min(index, len(variant.words) - 1)]
    return loose(kind) or word in ("any", "list") or kind.kind in _KINDS[word]


def _given(name: str, arguments: Sequence[Type]) -> Type:
    """What the built-in gives for these arguments."""
    gives = _GIVES[name]
    if isinstance(gives, Type):
        return gives
    first = arguments[0] if arguments else ANY
    item = _item(first)
    if gives == "item":
        return item
    if gives == "broken":
        return NUMBER if item.kind == "integer" else item
    if gives == "rounded":
        return _rounded(name, arguments)
    if gives == "list":
        return list_of(item)
    return _united(name, arguments) if gives == "united" else first


def _rounded(name: str, arguments: Sequence[Type]) -> Type:
    first = arguments[0]
    if first.kind == "integer" or (len(arguments) == 1 and name in ("floor", "ceiling")):
        return INTEGER if first.kind != "money" else MONEY
    return first


def _united(name: str, arguments: Sequence[Type]) -> Type:
    """The list of what `append`, `concatenate` and `union` put together."""
    whole: Type | None = None
    for index, argument in enumerate(arguments):
        as_item = argument.kind != "list" or (name == "append" and index)
        item = argument if as_item else argument.item or ANY
        whole = item if whole is None else unite(whole, item) or ANY
    return list_of(whole or ANY)
