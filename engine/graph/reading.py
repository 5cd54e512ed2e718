"""What all parts of the compiler share: names in scope, places in the file, and every problem found so far.

Called by `engine.graph.compile` and its `compile_*` siblings only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from engine.errors import Problem, Where
from engine.feel.evaluator import compile_expression
from engine.feel.names import free_names
from engine.feel.parser import FeelSyntaxError, Profile, parse
from engine.feel.rewrite import rewrite
from engine.feel.tree import Expr, Filter, Kind, Literal
from engine.flow.model import Flow, Text
from engine.flow.positions import Path, Positions
from engine.graph.graph import Formula

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
NOTHING = Literal(None, Kind.NULL)
STYLES = ("", "whole", "short", "words")


def placeholders(text: str) -> list[tuple[str, str, int]]:
    """Name, style and offset of each `{name:style}` in a text."""
    found = []
    for match in _PLACEHOLDER.finditer(text):
        name, _, style = match[1].partition(":")
        found.append((name.strip(), style.strip(), match.start()))
    return found


@dataclass(slots=True)
class Reading:
    """Collects while one flow is compiled."""

    flow: Flow
    positions: Positions
    names: frozenset[str]
    members: frozenset[str]
    dropped: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)

    def complain(self, where: Where, code: str, message: str, hint: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(where, code, message, hint))

    def formula(
        self, text: str, path: Path, extra: Collection[str] = (), profile: Profile = Profile.FLOW
    ) -> Formula | None:
        """One expression of the flow; None after a problem. `extra` are names that only exist here."""
        try:
            expr = parse(text, self.names | set(extra), members=self.members, profile=profile)
        except FeelSyntaxError as fault:
            where = self.positions.within(path, fault.offset)
            self.complain(where, "E-FEEL-SYNTAX", fault.message, fault.hint)
            return None
        return self.made(expr, text, self.positions.within(path, 0), extra)

    def made(self, expr: Expr, text: str, where: Where, extra: Collection[str] = ()) -> Formula | None:
        """A formula from a tree; None when it reads a name that does not exist."""
        names = free_names(expr)
        fields = self.members - self.names - _outside_filters(expr)
        names -= fields
        unknown = sorted(names - self.names - set(extra))
        for name in unknown:
            self.unknown(name, where, self.names | set(extra))
        return None if unknown else Formula(text, expr, compile_expression(expr), names, where)

    def unknown(self, name: str, where: Where, candidates: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest that does."""
        near = get_close_matches(name, sorted(candidates), 1)
        hint = (
            f"Did you mean `{near[0]}`?"
            if near
            else "Declare it under `facts` or `decisions`, or put quotes around a text."
        )
        self.complain(where, "E-NAME", f"There is no fact, decision, parameter or function called `{name}`.", hint)

    def check_text(self, text: Text | None, path: Path, allowed: Collection[str], why: str) -> None:
        """Every `{name}` in a text must be known for certain where the text is shown."""
        for language, words in text.each() if text is not None else ():
            for name, style, offset in placeholders(words):
                where = self.positions.within(path, offset)
                if language != self.flow.language:
                    where = self.positions.where(language, *path)
                if style not in STYLES:
                    hint = "Use :whole, :short or :words, or leave it out."
                    self.complain(where, "E-TEXT-STYLE", f"A value cannot be shown as `{style}`.", hint)
                if name not in allowed:
                    self._refuse_value(name, where, allowed, why)

    def _refuse_value(self, name: str, where: Where, allowed: Collection[str], why: str) -> None:
        if name not in self.names:
            near = get_close_matches(name, sorted(allowed), 1)
            hint = f"Did you mean `{{{near[0]}}}`?" if near else "Only facts and decisions can stand between { }."
            self.complain(where, "E-TEXT-NAME", f"This text shows `{name}`, which does not exist.", hint)
        else:
            self.complain(where, "E-TEXT-UNKNOWN", f"This text shows `{name}`, which may not be known here.", why)


def ordered(names: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
    """Names in the author's order."""
    place = {name: number for number, name in enumerate(order)}
    return tuple(sorted(names, key=lambda name: place.get(name, len(place))))


def _outside_filters(expr: Expr) -> frozenset[str]:
    """The free names that do not stand in a filter, where they could be fields of the item."""

    def without(node: Expr) -> Expr:
        return replace(node, condition=NOTHING) if isinstance(node, Filter) else node

    return free_names(rewrite(expr, {}, without))
