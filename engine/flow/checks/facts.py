"""Checks on facts: keys that go with their type, who asks and why, limits, options, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.errors import AnswerError, Problem, worded
from engine.flow.checks.scope import Scope
from engine.flow.fields import field_of
from engine.flow.fields.duration import is_unit_of_time
from engine.flow.fields.money import is_currency
from engine.flow.model import Confirm, Fact, FactType, SupplierKind, Text, Unsure
from engine.flow.positions import Path

_NUMERIC: Final = frozenset({FactType.INTEGER, FactType.NUMBER, FactType.MONEY})
_CHOICE: Final = frozenset({FactType.CHOICE, FactType.CHOICES})
_BOUNDED: Final = _NUMERIC | {FactType.DATE, FactType.YEAR, FactType.DURATION, FactType.CHOICES}
_LIST: Final = frozenset({FactType.LIST})

GOES_WITH: Final[Mapping[str, frozenset[FactType]]] = {
    "options": _CHOICE,
    "alone": frozenset({FactType.CHOICES}),
    "unit": frozenset({FactType.INTEGER, FactType.NUMBER, FactType.MONEY, FactType.DURATION}),
    "min": _BOUNDED | _LIST,
    "max": _BOUNDED | _LIST,
    "max_length": frozenset({FactType.TEXT}),
    "item": _LIST,
    "count": _LIST,
    "of": _LIST,
    "checks": _LIST,
}
"""Keys that only some types have; every other key goes with every type."""


def check_facts(scope: Scope) -> Iterator[Problem]:
    """Everything about facts."""
    yield from _names(scope)
    for path, name, fact in scope.facts():
        yield from _keys_of_type(scope, path, fact)
        yield from _list(scope, path, fact)
        yield from _asked(scope, path, name, fact)
        yield from _options(scope, path, name, fact)
        yield from unit_of_type(scope, path, fact.type, fact.unit)
        yield from _limits(scope, path, fact)
        yield from _otherwise(scope, path, fact)
        yield from _needs(scope, path, name, fact)
        yield from _confirm(scope, path, name, fact)
        yield from _anew(scope, path, name, fact)
        if fact.ground:
            yield from scope.source((*path, "ground", "source"), fact.ground.source)
        for number, check in enumerate(fact.checks):
            yield from scope.source((*path, "checks", number, "source"), check.source)
    for number, check in enumerate(scope.flow.checks):
        yield from scope.source(("checks", number, "source"), check.source)


def _needs(scope: Scope, path: Path, name: str, fact: Fact) -> Iterator[Problem]:
    """What a worker must have: other names, and only where a worker may have to supply this one."""
    for number, other in enumerate(fact.needs):
        yield from scope.missing((*path, "needs", number), other, {*scope.flow.decisions, *scope.flow.facts}, "fact")
        if other == name:
            message = worded("`{name}` needs itself, so nobody could ever supply it.", name=name)
            yield scope.at((*path, "needs", number), "E-NEEDS", message, worded("Name other facts, or leave it out."))
    by_worker = any(ref.kind is SupplierKind.WORKER for ref in fact.suppliers) or fact.unsure is Unsure.WORKER
    if fact.needs and not by_worker:
        message = worded(
            "`needs` of a fact says what a worker must have to supply it, and no worker supplies this one."
        )
        yield scope.at_key((*path, "needs"), "E-NEEDS", message, worded("Add worker to `from`, or leave `needs` out."))


def _confirm(scope: Scope, path: Path, name: str, fact: Fact) -> Iterator[Problem]:
    """What the citizen must confirm comes from a register, and the citizen can also say something else."""
    kinds = {ref.kind for ref in fact.suppliers}
    if fact.confirm is Confirm.ASK and not {SupplierKind.REGISTER, SupplierKind.CITIZEN} <= kinds:
        message = worded(
            "The citizen must confirm `{name}`, so a register says it first and the citizen can say otherwise.",
            name=name,
        )
        hint = worded("Write from: [register:NAME, citizen], or leave `confirm` out.")
        yield scope.at((*path, "confirm"), "E-CONFIRM", message, hint)


def _anew(scope: Scope, path: Path, name: str, fact: Fact) -> Iterator[Problem]:
    """Only a person says something anew, and not inside a list or of a whole one; that the places exist see
    `engine.graph.process_people`.
    """
    if not fact.anew:
        return
    if len(path) > 2 or fact.type is FactType.LIST:
        message = worded("`anew` does not go with a list or with what stands in one.")
        yield scope.at_key((*path, "anew"), "E-KEY-TYPE", message, worded("Put it at a fact of its own."))
    elif not fact.is_asked:
        message = worded("Nobody would say `{name}` anew: neither a citizen nor a worker supplies it.", name=name)
        yield scope.at_key((*path, "anew"), "E-SUPPLIER", message, worded("Add citizen or worker to `from`."))


def _names(scope: Scope) -> Iterator[Problem]:
    """One name, one thing: facts, parameters, functions and decisions share their names."""
    seen: dict[str, Path] = {}
    for section in ("facts", "parameters", "functions", "decisions"):
        for name in getattr(scope.flow, section):
            path: Path = (section, name)
            if name in seen:
                first = scope.positions.key(*seen[name]).line
                message = worded(
                    "`{name}` is already the name of something in `{seen}`, on line {first}.",
                    name=name,
                    seen=seen[name][0],
                    first=first,
                )
                yield scope.at_key(path, "E-NAME-TWICE", message, worded("Give one of them another name."))
            seen.setdefault(name, path)
    for place, name, _fact in scope.facts():
        if len(place) > 2 and name in seen:
            message = worded("`{name}` is already the name of something in `{seen}`.", name=name, seen=seen[name][0])
            yield scope.at_key(place, "E-NAME-TWICE", message, worded("Give the fact of the list another name."))


def _keys_of_type(scope: Scope, path: Path, fact: Fact) -> Iterator[Problem]:
    for key, types in GOES_WITH.items():
        if key in fact.model_fields_set and fact.type not in types:
            message = worded("`{key}` does not go with the type {type_}.", key=key, type_=fact.type)
            yield scope.at_key(
                (*path, key), "E-KEY-TYPE", message, worded("It goes with {types}.", types=", ".join(sorted(types)))
            )
    if fact.type in _CHOICE and not fact.options:
        hint = worded('Add options: {a: "Label", b: "Other label"}.')
        yield scope.at_key(path, "E-OPTIONS", worded("A {type_} needs `options`.", type_=fact.type), hint)


def _list(scope: Scope, path: Path, fact: Fact) -> Iterator[Problem]:
    if fact.type != FactType.LIST:
        return
    if not fact.of:
        yield scope.at_key(
            path, "E-MISSING", worded("A list needs `of`: the facts of one item."), worded("Add `of:` with facts.")
        )
    if len(path) > 2:
        yield scope.at_key(
            path, "E-LIST-IN-LIST", worded("A list cannot stand inside a list."), worded("Ask it in one flat list.")
        )
    if fact.unsure not in (None, Unsure.HELP):
        message = worded("Of a whole list one cannot be unsure.")
        yield scope.at((*path, "unsure"), "E-KEY-TYPE", message, worded("Put `unsure` with the facts of an item."))


def _asked(scope: Scope, path: Path, name: str, fact: Fact) -> Iterator[Problem]:
    if not fact.is_asked:
        return
    who = "citizen" if any(ref.kind == SupplierKind.CITIZEN for ref in fact.suppliers) else "worker"
    if fact.ask is None:
        message = worded("Fact `{name}` has no `ask`, and a {who} may have to supply it.", name=name, who=worded(who))
        yield scope.at_key(path, "E-ASK", message, worded("Add ask: the question in one short sentence."))
    if fact.why is None:
        message = worded("Fact `{name}` has no `why`.", name=name)
        yield scope.at_key(path, "E-WHY", message, worded("Add why: say in one sentence why this is asked."))


def _options(scope: Scope, path: Path, name: str, fact: Fact) -> Iterator[Problem]:
    for option in fact.options:
        yield from option_name(scope, (*path, "options", option), option)
    for option in fact.alone if fact.options else ():
        yield from scope.missing((*path, "alone"), option, fact.options, f"option of `{name}`")


def option_name(scope: Scope, path: Path, option: str) -> Iterator[Problem]:
    """An option with the name of a fact or decision could be read as either."""
    if option in scope.flow.facts or option in scope.flow.decisions:
        message = worded("Option `{option}` has the name of a fact or decision.", option=option)
        yield scope.at_key(path, "E-OPTION-NAME", message, worded("Give one of them another name."))


def unit_of_type(scope: Scope, path: Path, type_: FactType, unit: Text | None) -> Iterator[Problem]:
    """Money counts a currency, a duration one of the units of time; a number counts anything."""
    if unit is None:
        return
    if type_ == FactType.MONEY and not is_currency(unit):
        hint = worded("Write the three capitals of ISO 4217: EUR, GBP. Left out, it is euros.")
        yield scope.at((*path, "unit"), "E-LITERAL", worded("`{unit}` is not a currency.", unit=unit), hint)
    if type_ == FactType.DURATION and not is_unit_of_time(unit):
        hint = worded("Write years, months, weeks, days, hours or minutes.")
        yield scope.at((*path, "unit"), "E-LITERAL", worded("`{unit}` is not a unit of time.", unit=unit), hint)


def _limits(scope: Scope, path: Path, fact: Fact) -> Iterator[Problem]:
    """`min` and `max` are literals of the fact's type (of a list: numbers of items), the lower first."""
    if fact.type not in GOES_WITH["min"]:
        return
    faulty = False
    for key in ("min", "max"):
        text = getattr(fact, key)
        if text and field_of(fact.type).bound(text) is None:
            faulty = True
            hint = worded(
                "Write 2026-04-06 for a date, a point in a number (0.5), digits for a year or a number of items."
            )
            yield scope.at(
                (*path, key),
                "E-LITERAL",
                worded("`{text}` is not a value of type {type_}.", text=text, type_=fact.type),
                hint,
            )
    if fact.min and fact.max and not faulty and not field_of(fact.type).in_order(fact.min, fact.max):
        yield scope.at((*path, "min"), "E-RANGE", worded("`min` is higher than `max`."), worded("Turn them round."))


def _otherwise(scope: Scope, path: Path, fact: Fact) -> Iterator[Problem]:
    if "otherwise" not in fact.model_fields_set:
        return
    if fact.when is None:
        message = worded("`otherwise` says what holds when `when` is not true, but there is no `when`.")
        yield scope.at_key((*path, "otherwise"), "E-OTHERWISE", message, worded("Add `when`, or remove `otherwise`."))
    elif fact.otherwise != "none":
        try:
            field_of(fact.type).literal(fact.otherwise, fact)
        except AnswerError:
            hint = worded("Write a value of its type, or none.")
            message = worded("`{text}` is not a value of type {type_}.", text=fact.otherwise, type_=fact.type)
            yield scope.at((*path, "otherwise"), "E-LITERAL", message, hint)
