"""Declared types of a model, and what becomes of a value that meets one (DMN 1.5, 7.3.2 and 10.3.2.9.4).

    value conforms to the type              stays as it is
    a single value, a list is wanted        becomes a list of one
    a list of one, a single value wanted    becomes its item
    a date, a date and time is wanted       midnight UTC
    anything else                           null, with a diagnostic

Null conforms to every type. A structure asks for each of its components by name (null will do); further ones do not
matter. Callers: `engine.dmn.compile`, `engine.dmn.evaluation`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from engine.feel.fits import at_midnight
from engine.feel.functions import Function

Check = Callable[[object], bool]


class Type:
    """`Any`: every value conforms. `is_list` tells whether it wants a list."""

    __slots__ = ()

    def conforms(self, value: object) -> bool:
        return True

    @property
    def is_list(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Base(Type):
    """A built-in type, judged by FEEL's own `instance of`."""

    name: str
    check: Check

    def conforms(self, value: object) -> bool:
        return value is None or self.check(value)

    @property
    def is_list(self) -> bool:
        return self.name == "list"


@dataclass(frozen=True, slots=True)
class Collection(Type):
    item: Type

    def conforms(self, value: object) -> bool:
        return value is None or (isinstance(value, list) and all(map(self.item.conforms, value)))

    @property
    def is_list(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Structure(Type):
    fields: tuple[tuple[str, Type], ...]

    def conforms(self, value: object) -> bool:
        if value is None:
            return True
        if not isinstance(value, dict):
            return False
        return all(name in value and kind.conforms(value[name]) for name, kind in self.fields)


@dataclass(frozen=True, slots=True)
class FunctionOf(Type):
    """A function; `arity` is how many arguments it takes, `output` what a call gives."""

    is_function: Check
    arity: int
    output: Type

    def conforms(self, value: object) -> bool:
        if isinstance(value, Function):
            return len(value.parameters) == self.arity
        return value is None or self.is_function(value)


@dataclass(frozen=True, slots=True)
class Constrained(Type):
    """A type whose values must also pass tests: allowed values or a type constraint."""

    base: Type
    allowed: Check

    def conforms(self, value: object) -> bool:
        return value is None or (self.base.conforms(value) and self.allowed(value))

    @property
    def is_list(self) -> bool:
        return self.base.is_list


@dataclass(slots=True)
class Named(Type):
    """A type that is looked up when first used, so that definitions may refer to each other in any order."""

    find: Callable[[], Type]
    found: Type | None = field(default=None)

    def target(self) -> Type:
        if self.found is None:
            self.found = self.find()
        return self.found

    def conforms(self, value: object) -> bool:
        return self.target().conforms(value)

    @property
    def is_list(self) -> bool:
        return self.target().is_list


ANY: Final = Type()


def convert(value: object, kind: Type) -> tuple[bool, object]:
    """Whether the value fits the type, converted if need be; (False, None) when it does not."""
    if kind.conforms(value):
        return True, value
    if kind.is_list:
        return (True, [value]) if kind.conforms([value]) else (False, None)
    if isinstance(value, list) and len(value) == 1 and kind.conforms(value[0]):
        return True, value[0]
    midnight = at_midnight(value)
    return (True, midnight) if midnight is not None and kind.conforms(midnight) else (False, None)
