"""Closures for constants, names, paths, lists, contexts, ranges, functions and calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from decimal import Decimal

from engine.errors import worded
from engine.feel import tree
from engine.feel.check_forms import function_type
from engine.feel.compiler import Compiler, emits, nested, turn_cost
from engine.feel.fits import fit_for
from engine.feel.functions import Function, invoke
from engine.feel.properties import property_of
from engine.feel.registry import BUILT_INS, BuiltIn, has_unknown
from engine.feel.run import Code, Run, Scope
from engine.feel.values import Range


@emits(tree.Literal)
def literal(_: Compiler, expr: tree.Literal) -> Code:
    value = expr.value
    if value is None and expr.kind is tree.Kind.TEMPORAL:
        return lambda _, run: run.null("This is no date, time or duration.", expr.start, expr.end)
    return lambda _, __: value


@emits(tree.Name)
def name(_: Compiler, expr: tree.Name) -> Code:
    called = expr.name

    def code(scope: Scope, run: Run) -> object:
        try:
            return scope[called]
        except KeyError:
            if called in BUILT_INS:
                return BUILT_INS[called]
            return run.null(worded("There is no `{name}` here.", name=called), expr.start, expr.end)

    return code


@emits(tree.Path)
def path(compiler: Compiler, expr: tree.Path) -> Code:
    base, key = compiler.code(expr.base), expr.name

    def code(scope: Scope, run: Run) -> object:
        value = base(scope, run)
        if type(value) is dict and key in value:
            return value[key]
        return property_of(value, key, run)

    return code


@emits(tree.ListExpr)
def list_of(compiler: Compiler, expr: tree.ListExpr) -> Code:
    items = compiler.codes(expr.items)

    def code(scope: Scope, run: Run) -> object:
        run.grow(len(items) + 1)
        return [item(scope, run) for item in items]

    return code


@emits(tree.ContextExpr)
def context(compiler: Compiler, expr: tree.ContextExpr) -> Code:
    entries: list[tuple[str, Code]] = []
    with ExitStack() as stack:
        for key, value in expr.entries:
            entries.append((key, compiler.code(value)))
            stack.enter_context(compiler.declaring(key))
    if len({key for key, _ in entries}) != len(entries):
        return lambda _, run: run.null("This context has the same key twice.", expr.start, expr.end)

    def code(scope: Scope, run: Run) -> object:
        run.grow_context(len(entries))
        local = nested((), scope)
        for key, value in entries:
            local[key] = value(local, run)
        return dict(local)

    return code


@emits(tree.RangeExpr)
def span(compiler: Compiler, expr: tree.RangeExpr) -> Code:
    low, high = compiler.code(expr.low), compiler.code(expr.high)
    low_closed, high_closed = expr.low_closed, expr.high_closed
    return lambda scope, run: Range(low(scope, run), high(scope, run), low_closed, high_closed)


@emits(tree.FunctionDef)
def function_definition(compiler: Compiler, expr: tree.FunctionDef) -> Code:
    if expr.external:
        return lambda _, run: run.null("Functions of other languages are not run.", expr.start, expr.end)
    names = tuple(parameter.name for parameter in expr.parameters)
    with compiler.declaring(*names):
        inner = compiler.code(expr.body)
    fits = tuple(None if p.type is None else fit_for(p.type, compiler.types) for p in expr.parameters)
    kind, cost = function_type(expr), turn_cost(expr.body)

    def code(scope: Scope, run: Run) -> object:
        run.grow(6)

        def body(arguments: Sequence[object], run: Run) -> object:
            run.spend(cost)
            return inner(nested(zip(names, arguments, strict=True), scope), run)

        return Function(names, body, fits if any(fits) else (), kind)

    return code


@emits(tree.Call)
def call(compiler: Compiler, expr: tree.Call) -> Code:
    arguments, names = compiler.codes(expr.arguments), expr.names
    if isinstance(expr.function, tree.Name) and not compiler.declared(expr.function.name):
        built_in = BUILT_INS.get(expr.function.name)
        if built_in is not None:
            return _call_built_in(built_in, arguments, names)
    function = compiler.code(expr.function)
    return lambda scope, run: invoke(function(scope, run), [argument(scope, run) for argument in arguments], names, run)


def _call_built_in(built_in: BuiltIn, arguments: tuple[Code, ...], names: tuple[str, ...]) -> Code:
    variants = [variant for variant in built_in.variants if variant.arity(len(arguments))]
    if built_in.collects and not built_in.partial and not names and arguments:
        return _call_with_list(built_in, built_in.variants[0].body, arguments)
    if not names and len(variants) == 1 and not variants[0].repeats and len(arguments) in (1, 2):
        plain = [built_in.plain(word) for word in variants[0].words]
        make = _call_with_one if len(arguments) == 1 else _call_with_two
        return make(built_in, variants[0].body, arguments, plain)
    return lambda scope, run: built_in([argument(scope, run) for argument in arguments], names, run)


Plain = Sequence[frozenset[type]]


def _call_with_list(built_in: BuiltIn, body: Callable[..., object], arguments: tuple[Code, ...]) -> Code:
    """`sum(list)` and `sum(a, b)`."""
    argument = arguments[0]
    if len(arguments) > 1:
        return _call_with_items(built_in, body, arguments)

    def code(scope: Scope, run: Run) -> object:
        value = argument(scope, run)
        if type(value) is list and not has_unknown(value, run):
            run.spend()
            return body(run, value)
        return built_in((value,), (), run)

    return code


def _call_with_items(built_in: BuiltIn, body: Callable[..., object], arguments: tuple[Code, ...]) -> Code:
    def code(scope: Scope, run: Run) -> object:
        values = [argument(scope, run) for argument in arguments]
        for value in values:
            if type(value) is not Decimal:
                return built_in(values, (), run)
        run.spend()
        return body(run, values)

    return code


def _call_with_one(built_in: BuiltIn, body: Callable[..., object], arguments: tuple[Code, ...], plain: Plain) -> Code:
    """A call whose argument mostly needs no fitting."""
    argument, kinds = arguments[0], plain[0]

    def code(scope: Scope, run: Run) -> object:
        value = argument(scope, run)
        if type(value) in kinds:
            run.spend()
            return body(run, value)
        return built_in((value,), (), run)

    return code


def _call_with_two(built_in: BuiltIn, body: Callable[..., object], arguments: tuple[Code, ...], plain: Plain) -> Code:
    """A call whose arguments mostly need no fitting."""
    first, second = arguments
    kinds, others = plain[0], plain[1]

    def code(scope: Scope, run: Run) -> object:
        one, two = first(scope, run), second(scope, run)
        if type(one) in kinds and type(two) in others:
            run.spend()
            return body(run, one, two)
        return built_in((one, two), (), run)

    return code
