"""Functions as values: knowledge models, decision services and boxed functions, callable from FEEL.

Arguments are converted to the types of their parameters; a call with an argument that does not fit, with too many or
too few of them, or with a name that no parameter has, gives null (DMN 1.5, 10.3.2.13.2).
Callers: `engine.dmn.compile`, `engine.dmn.evaluation`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from engine.dmn.model import FunctionDefinition
from engine.dmn.scope import Program, Scope
from engine.dmn.typed import fit
from engine.dmn.types import Type, convert
from engine.feel import tree
from engine.feel.fits import TYPES
from engine.feel.functions import REFUSED, Fit, Function, invoke
from engine.feel.run import Run as FeelRun

Parameter = tuple[str, Type]


def function_value(
    name: str,
    parameters: Sequence[Parameter],
    body: Callable[[Mapping[str, object]], object],
    kind: tree.FunctionType | None = None,
) -> Function:
    """A function that FEEL can call; `body` gets the arguments by name, `kind` is what `instance of` sees."""
    names = tuple(parameter for parameter, _ in parameters)
    fits = tuple(_fit(kind) for _, kind in parameters)

    def run_body(arguments: Sequence[object], _: FeelRun) -> object:
        return body(dict(zip(names, arguments, strict=True)))

    return Function(names, run_body, fits, kind, f"`{name}`" if name else "This function")


def _kind(item: FunctionDefinition) -> tree.FunctionType:
    """The function type as far as built-in types tell it; what has another type may be anything."""
    written = [*(parameter.type_ref for parameter in item.parameters), item.type_ref]
    *takes, gives = (tree.TypeName(name if name in TYPES else "Any") for name in written)
    return tree.FunctionType(tuple(takes), gives)


def _fit(kind: Type) -> Fit:
    def fitted(value: object, _: FeelRun) -> object:
        fits, converted = convert(value, kind)
        return converted if fits else REFUSED

    return fitted


def boxed_function(parameters: Sequence[Parameter], body: Program, output: Type, item: FunctionDefinition) -> Program:
    """The program that makes the function of a boxed function definition, over the scope it stands in."""
    kind = _kind(item)

    def make(scope: Scope) -> object:
        def call(arguments: Mapping[str, object]) -> object:
            value = body(scope.having(arguments))
            return fit(scope, value, output, item.type_ref, item.line)

        return function_value(scope.element, parameters, call, kind)

    return make


def unavailable(item: FunctionDefinition) -> Program:
    """The program of a function of another kind than FEEL: there is a function, and it gives null."""

    def make(scope: Scope) -> object:
        def call(_: Mapping[str, object]) -> object:
            scope.note(f"A function of kind {item.kind} is not run.", item.line)
            return None

        return function_value(scope.element, [(parameter.name, Type()) for parameter in item.parameters], call)

    return make


def call_by_name(function: object, arguments: Mapping[str, object], scope: Scope, line: int = 0) -> object:
    """A boxed invocation: a parameter without a binding is null; a binding without a parameter makes the call null."""
    if isinstance(function, Function):
        arguments = {**dict.fromkeys(function.parameters), **arguments}
    names = () if isinstance(function, Function) and not arguments else tuple(arguments)
    value = invoke(function, list(arguments.values()), names, scope.run.ledger.feel)
    scope.collect(line)
    return value


def call_with_inputs(function: object, inputs: Mapping[str, object], scope: Scope) -> object:
    """A knowledge model or service called from outside: its parameters among the inputs, further inputs ignored."""
    if not isinstance(function, Function):
        return None
    return call_by_name(function, {name: inputs.get(name) for name in function.parameters}, scope)
