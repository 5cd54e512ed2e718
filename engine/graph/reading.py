"""What all parts of the compiler share: names in scope, places in the file, and every problem found so far.

Called by `engine.graph.compile` and its `compile_*` siblings only.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from engine.errors import UNSAID, Problem, Said, Where, worded
from engine.feel.check import check
from engine.feel.checker import meant, written_figure
from engine.feel.evaluator import compile_expression
from engine.feel.names import free_names
from engine.feel.nearest import nearest
from engine.feel.parser import FeelSyntaxError, Profile, parse
from engine.feel.rewrite import rewrite
from engine.feel.signatures import ALL
from engine.feel.tree import Call, Expr, Filter, Kind, Literal, Name, walk
from engine.feel.types import BOOLEAN, Type
from engine.feel.valueless import valueless
from engine.flow.checks.scope import table_named
from engine.flow.model import Flow, Text
from engine.flow.positions import Path, Positions
from engine.flow.slots import slots
from engine.graph.graph import Formula

NOTHING = Literal(None, Kind.NULL)
Locate = Callable[[int], Where]
"""From a character of an expression's text to its place in the file."""

NOTHING_MORE: Mapping[str, Type] = MappingProxyType({})


@dataclass(slots=True)
class Reading:
    """Collects while one flow is compiled."""

    flow: Flow
    positions: Positions
    names: frozenset[str]
    members: frozenset[str]
    dropped: frozenset[str] = frozenset()
    types: dict[str, Type] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, where: Where, code: str, message: Said, hint: Said = UNSAID) -> None:
        """Note a problem."""
        self.problems.append(Problem(where, code, message, hint))

    def in_table(self, path: Path, line: int, column: int) -> Where:
        """A place in the text of a table, both counted from 1, as a place in the file."""
        return self.positions.at_line(path, line - 1, column - 1)

    def complain_of_table(self, problems: Iterable[Problem], path: Path) -> None:
        """Note problems that were found in the text of a table."""
        for own in problems:
            self.problems.append(replace(own, where=self.in_table(path, own.where.line, own.where.column)))

    def formula(
        self,
        text: str,
        path: Path,
        extra: Mapping[str, Type] = NOTHING_MORE,
        wanted: Type | None = None,
        locate: Locate | None = None,
    ) -> Formula | None:
        """One expression of the flow; None after a problem.

        `extra` are names that only exist here; `wanted` is the type that it must give; `locate` finds a character of
        the text in the file where `path` does not.
        """
        find = locate or (lambda offset: self.positions.within(path, offset))
        try:
            tree = _tree(text, self.names.union(extra), self.members)
        except FeelSyntaxError as fault:
            self.complain(find(fault.offset), "E-FEEL-SYNTAX", fault.message, fault.hint)
            return None
        read = [(name, extra.get(name) or self.types.get(name)) for name in tree.names]
        around = (read, wanted, frozenset(extra), self.names)
        known, before = tree.made, len(self.problems)
        if known is not None and known[0] == around:
            return replace(known[1], where=find(0))
        found = self.made(tree.expr, text, find, extra, wanted)
        if found is not None and len(self.problems) == before:
            tree.made = around, found
        return found

    def made(
        self,
        expr: Expr,
        text: str,
        locate: Locate,
        extra: Mapping[str, Type] = NOTHING_MORE,
        wanted: Type | None = None,
    ) -> Formula | None:
        """A formula from a tree; None when it reads a name that does not exist, or its types do not fit."""
        names = free_names(expr)
        fields = self.members - self.names - _outside_filters(expr)
        names -= fields
        unknown = sorted(names - self.names - set(extra))
        for name in unknown:
            is_called = any(isinstance(own, Call) and own.function == Name(name) for own in walk(expr))
            self.unknown(name, locate(_first(expr, name)), self.callable if is_called else self.names | set(extra))
        if unknown or not self.fits(expr, locate, extra, wanted):
            return None
        return Formula(text, expr, compile_expression(expr), names, locate(0))

    def fits(self, expr: Expr, locate: Locate, extra: Mapping[str, Type], wanted: Type | None) -> bool:
        """Whether the types in an expression fit; every problem is noted at its own character."""
        checked = check(expr, {**self.types, **extra}, wanted)
        for found in checked.problems:
            self.complain(locate(found.start), found.code, found.message, found.hint)
        if wanted == BOOLEAN and checked.type.unsure and not checked.problems:
            self.complain(
                locate(0),
                "E-UNSURE",
                worded("This may also be `unsure`."),
                worded("Write `... = yes` to say what counts."),
            )
            return False
        for lost in () if checked.problems else valueless(expr):
            says = worded("This has no value, whatever anybody answers: {why}", why=worded(lost.why))
            self.complain(
                locate(lost.start), "E-VALUELESS", says, worded("Write a value that exists, or leave this part out.")
            )
        return not checked.problems

    @property
    def callable(self) -> set[str]:
        """What can be called: the language's own functions, and the flow's."""
        return {*ALL, *self.flow.functions, *self.flow.parameters}

    def unknown(self, name: str, where: Where, candidates: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest that does."""
        if name in self.flow.tables:
            self.complain(where, "E-NAME", *table_named(self.flow, name))
            return
        hint = written_figure(name) or meant(name, sorted(candidates)) or self._as_option(name)
        hint = hint or worded("Declare it under `facts` or `decisions`, or put quotes around a text.")
        self.complain(
            where,
            "E-NAME",
            worded("There is no fact, decision, parameter or function called `{name}`.", name=name),
            hint,
        )

    def _as_option(self, name: str) -> Said:
        """An option that stands without its quotes."""
        is_option = any(name in own.options for own in (*self.flow.facts.values(), *self.flow.decisions.values()))
        return worded('An option stands between quotes: "{name}".', name=name) if is_option else UNSAID

    def check_text(self, text: Text | None, path: Path, allowed: Collection[str], why: Said) -> None:
        """Every `{name}` in a text must be known for certain where it is shown; other braces the reader refused."""
        for language, words in text.each() if text is not None else ():
            own = path if language == self.flow.language else (language, *path)
            for slot in slots(words):
                if slot.name not in allowed:
                    self._refuse_value(slot.name, self.positions.within(own, slot.offset), allowed, why)

    def _refuse_value(self, name: str, where: Where, allowed: Collection[str], why: Said) -> None:
        if name not in self.names:
            near = nearest(name, sorted(allowed))
            hint = (
                worded("Did you mean `{{{near}}}`?", near=near[0])
                if near
                else worded("Only facts and decisions can stand between { }.")
            )
            self.complain(
                where, "E-TEXT-NAME", worded("This text shows `{name}`, which does not exist.", name=name), hint
            )
        else:
            self.complain(
                where,
                "E-TEXT-UNKNOWN",
                worded("This text shows `{name}`, which may not be known here.", name=name),
                why,
            )


@dataclass(slots=True)
class _Tree:
    """The tree of an expression. `made` is the formula that it was last, without a problem, and all that was around it:
    the types of the names that it reads, the type that was wanted, and the names that there were."""

    expr: Expr
    names: tuple[str, ...]
    made: tuple[object, Formula] | None = None


@lru_cache(maxsize=1_024)
def _tree(text: str, names: frozenset[str], members: frozenset[str]) -> _Tree:
    """An expression as a tree; versions of one flow have most of theirs in common. Raises FeelSyntaxError."""
    expr = parse(text, names, members=members, profile=Profile.FLOW)
    return _Tree(expr, tuple(sorted(free_names(expr))))


def _first(expr: Expr, name: str) -> int:
    """Where a name stands in the text of an expression for the first time."""
    return min((node.start for node in walk(expr) if isinstance(node, Name) and node.name == name), default=0)


def ordered(names: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
    """Names in the author's order."""
    place = {name: number for number, name in enumerate(order)}
    return tuple(sorted(names, key=lambda name: place.get(name, len(place))))


def _outside_filters(expr: Expr) -> frozenset[str]:
    """The free names that do not stand in a filter, where they could be fields of the item."""

    def without(node: Expr) -> Expr:
        return replace(node, condition=NOTHING) if isinstance(node, Filter) else node

    return free_names(rewrite(expr, {}, without))
