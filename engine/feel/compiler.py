"""From tree to closures: the frame that the emitters of each kind of node plug into.

A compiled expression is a Python closure over the closures of its parts; nothing is generated as source
text. What can be decided beforehand is: constants, operators, which built-in is meant, and the common shape
"fact compared with constant".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeAlias, TypeVar

from engine.feel.fits import Named
from engine.feel.run import Code
from engine.feel.tree import Expr, walk

E = TypeVar("E", bound=Expr)
Emitter: TypeAlias = "Callable[[Compiler, Any], Code]"
EMITTERS: Final[dict[type[Expr], Emitter]] = {}
"""Per kind of node the function that compiles it; filled by the `emit_` modules."""


class Inner(dict[str, object]):
    """A scope inside another: own variables first, then those of `parent`. Made by `nested`, without an
    initialiser of its own, because loops make one per turn.
    """

    __slots__ = ("parent",)
    parent: Mapping[str, object]

    def __missing__(self, name: str) -> object:
        return self.parent[name]


class Local(Inner):
    """As `Inner`, made in one go: `Local({"a": 1}, parent)`."""

    __slots__ = ()

    def __init__(self, own: Mapping[str, object] | Iterable[tuple[str, object]], parent: Mapping[str, object]) -> None:
        super().__init__(own)
        self.parent = parent


def nested(own: Mapping[str, object] | Iterable[tuple[str, object]], parent: Mapping[str, object]) -> Inner:
    """A scope with its own variables inside `parent`."""
    local = Inner(own)
    local.parent = parent
    return local


class Compiler:
    """Compiles one expression; knows which names are declared around the node at hand."""

    def __init__(self, defined: Collection[str], types: Named) -> None:
        self.types = types
        self._declared: dict[str, int] = dict.fromkeys(defined, 1)
        self.in_filter = 0

    def code(self, expr: Expr) -> Code:
        """The closure of `expr`."""
        return EMITTERS[type(expr)](self, expr)

    def codes(self, exprs: Iterable[Expr]) -> tuple[Code, ...]:
        return tuple(self.code(expr) for expr in exprs)

    def declared(self, name: str) -> bool:
        """Whether `name` is a variable here, and so hides a built-in of that name."""
        return self._declared.get(name, 0) > 0

    @contextmanager
    def declaring(self, *names: str) -> Iterator[None]:
        """Declares variables for the nodes compiled inside."""
        for name in names:
            self._declared[name] = self._declared.get(name, 0) + 1
        yield
        for name in names:
            self._declared[name] -= 1


def turn_cost(body: Expr) -> int:
    """Steps that one turn of a loop, or one call, takes: one, and more for a long body."""
    return 1 + sum(1 for _ in walk(body)) // 64


def emits(kind: type[E]) -> Callable[[Callable[[Compiler, E], Code]], Callable[[Compiler, E], Code]]:
    """Declares how nodes of `kind` are compiled."""

    def declare(emitter: Callable[[Compiler, E], Code]) -> Callable[[Compiler, E], Code]:
        EMITTERS[kind] = emitter
        return emitter

    return declare
