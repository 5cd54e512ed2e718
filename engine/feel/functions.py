"""Functions as values, and how any function is called: by position or by name.

Function   defined in FEEL, or by whoever embeds it (a business knowledge model, a flow's function)
BuiltIn    one row of `engine.feel.registry`
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from engine.errors import worded
from engine.feel.compare import kind_name
from engine.feel.run import Run
from engine.feel.tree import FunctionType
from engine.feel.unknown import UNKNOWN


class Refused:
    """Type of REFUSED: an argument that does not fit its parameter."""

    __slots__ = ()


REFUSED: Final = Refused()
Fit: TypeAlias = Callable[[object, Run], object]
"""Gives the argument as the parameter wants it, or REFUSED."""


class Callee(Protocol):
    """What can be called: arguments by position, or one name per argument."""

    def __call__(self, arguments: Sequence[object], names: Sequence[str], run: Run) -> object:
        """The value of the call; null with a diagnostic when the arguments do not fit."""


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function value.

    `body` gets one argument per parameter, in order, and the run. `fits` may hold, per parameter, how an
    argument is made to fit; `type` is what `instance of` sees.
    """

    parameters: tuple[str, ...]
    body: Callable[[Sequence[object], Run], object]
    fits: tuple[Fit | None, ...] = ()
    type: FunctionType | None = None
    name: str = "This function"

    def __call__(self, arguments: Sequence[object], names: Sequence[str], run: Run) -> object:
        if names:
            ordered = self._ordered(arguments, names)
            if ordered is None:
                return run.null(
                    worded(
                        "This function takes the arguments {parameters}.",
                        parameters=", ".join(self.parameters) or "none",
                    )
                )
            arguments = ordered
        if len(arguments) != len(self.parameters):
            return run.null(
                worded(
                    "This function takes {parameters} arguments, not {arguments}.",
                    parameters=len(self.parameters),
                    arguments=len(arguments),
                )
            )
        if self.fits:
            pairs = zip(self.fits, arguments, strict=True)
            arguments = [value if fit is None else fit(value, run) for fit, value in pairs]
            if any(argument is REFUSED for argument in arguments):
                return run.null(worded("This function got an argument of another type than it takes."))
        run.enter()
        outcome = self.body(arguments, run)
        run.leave()
        return outcome

    def _ordered(self, arguments: Sequence[object], names: Sequence[str]) -> list[object] | None:
        given = dict(zip(names, arguments, strict=True))
        if given.keys() != set(self.parameters) or len(given) != len(arguments):
            return None
        return [given[parameter] for parameter in self.parameters]


def invoke(function: object, arguments: Sequence[object], names: Sequence[str], run: Run) -> object:
    """Calls whatever `function` turned out to be; null when it is no function."""
    if function is UNKNOWN:
        return UNKNOWN
    if callable(function) and not isinstance(function, type):
        called: object = function(arguments, names, run)
        return called
    return run.null(worded("{kind} cannot be called.", kind=kind_name(function)))
