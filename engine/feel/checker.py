"""The frame of the type checker: scope, findings and the words for them. The rules plug in from the `check_` modules.

Entry: `engine.feel.check`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, TypeVar

from engine.errors import UNSAID, Said, worded
from engine.feel.nearest import figure, nearest
from engine.feel.tree import Expr, Node
from engine.feel.types import ANY, BOOLEAN, Type, describe, fits

E = TypeVar("E", bound=Expr)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One problem: where in the text, a stable code, one sentence and a way out."""

    start: int
    end: int
    code: str
    message: Said
    hint: Said = UNSAID


@dataclass(frozen=True, slots=True)
class Checked:
    """What an expression gives, and all that is wrong with it, in the order of the text."""

    type: Type
    problems: tuple[Finding, ...]


Rule: TypeAlias = "Callable[[Checker, Any], Type]"
RULES: Final[dict[type[Expr], Rule]] = {}
"""Per kind of node how its type is found; filled by the `check_` modules."""


def rule(kind: type[E]) -> Callable[[Callable[[Checker, E], Type]], Callable[[Checker, E], Type]]:
    """Declares how nodes of `kind` are checked."""

    def declare(body: Callable[[Checker, E], Type]) -> Callable[[Checker, E], Type]:
        RULES[kind] = body
        return body

    return declare


class Checker:
    """One pass over a tree; collects what it finds."""

    def __init__(self, types: Mapping[str, Type]) -> None:
        self.scope: dict[str, Type] = dict(types)
        self.problems: list[Finding] = []

    def type(self, expr: Expr) -> Type:
        """The type of `expr`; `any` where it cannot be told."""
        return RULES[type(expr)](self, expr)

    def problem(self, node: Node, code: str, message: Said, hint: Said = UNSAID) -> Type:
        """Notes a problem; gives `any`, so that one mistake is told once."""
        self.problems.append(Finding(node.start, node.end, code, message, hint))
        return ANY

    def boolean(self, expr: Expr, role: str) -> None:
        """Checks that `expr` is yes or no, and nothing else."""
        kind = self.type(expr)
        if not fits(kind, BOOLEAN):
            self.problem(expr, "E-TYPE", worded("{role} is yes or no; this is {kind}.", role=role, kind=describe(kind)))
        elif kind.unsure:
            self.problem(
                expr, "E-UNSURE", worded("This may also be `unsure`."), worded("Write `... = yes` to say what counts.")
            )

    def wants(self, expr: Expr, wanted: Type, role: str) -> Type:
        """Checks that `expr` fits `wanted`."""
        kind = self.type(expr)
        self.fit(expr, kind, wanted, role)
        return kind

    def fit(self, node: Node, kind: Type, wanted: Type, role: str) -> None:
        """Notes a problem when `kind` does not fit `wanted`."""
        if fits(kind, wanted):
            return
        if kind.kind == wanted.kind == "choice":
            self.options(node, kind, wanted.options)
            return
        hint = worded("Round it, as in `floor(...)`.") if wanted.kind == "integer" and kind.kind == "number" else UNSAID
        self.problem(
            node,
            "E-TYPE",
            worded("{role} is {wanted}; this is {kind}.", role=role, wanted=describe(wanted), kind=describe(kind)),
            hint,
        )

    def options(self, node: Node, kind: Type, options: Collection[str]) -> None:
        """Notes texts that are no options, with the option that was probably meant."""
        for wrong in sorted(set(kind.options) - set(options)):
            known = ", ".join(f'"{option}"' for option in list(options)[:12])
            hint = meant(wrong, options) or worded("The options are {known}.", known=known)
            self.problem(node, "E-OPTION", worded('"{wrong}" is not one of the options.', wrong=wrong), hint)

    @contextmanager
    def declaring(self, names: Mapping[str, Type]) -> Iterator[None]:
        """Brings variables into scope for what is checked inside."""
        before = self.scope
        self.scope = {**before, **names}
        yield
        self.scope = before


def meant(wrong: str, known: Collection[str]) -> Said:
    """`Did you mean ...?`, or nothing when no known name is close."""
    close = nearest(wrong, known)
    return worded("Did you mean `{close}`?", close=close[0]) if close else UNSAID


def written_figure(name: str) -> Said:
    """The figure that a word says; nothing when it says none."""
    found = figure(name)
    return worded("Write the figure: {figure}.", figure=found) if found else UNSAID


def unknown_name(checker: Checker, node: Node, name: str) -> Type:
    """A name that is not in scope: perhaps a misspelling, perhaps an option without quotes."""
    if any(name in kind.options or (kind.item and name in kind.item.options) for kind in checker.scope.values()):
        return checker.problem(
            node,
            "E-NAME",
            worded("There is no `{name}` here.", name=name),
            worded('An option stands between quotes: "{name}".', name=name),
        )
    hint = written_figure(name) or meant(name, checker.scope)
    hint = hint or worded("Declare it as a fact, a decision or a parameter.")
    return checker.problem(node, "E-NAME", worded("There is no `{name}` here.", name=name), hint)
