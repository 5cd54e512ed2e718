"""Checks on decisions, functions and parameters: options, each, rounding, and the sources that rows cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.errors import Problem, worded
from engine.feel.table_text import PipeTable, parse_pipe_table
from engine.flow.checks.facts import option_name, unit_of_type
from engine.flow.checks.scope import Scope
from engine.flow.model import Decision, FactType, Ruling
from engine.flow.positions import Path
from engine.flow.sentences import near, short

_CHOICE: Final = frozenset({FactType.CHOICE, FactType.CHOICES})
_ROUNDED: Final = frozenset({FactType.INTEGER, FactType.NUMBER, FactType.MONEY})
_NO_VALUE: Final = frozenset({FactType.FILE, FactType.LIST, FactType.PERSON, FactType.ADDRESS})


def check_decisions(scope: Scope) -> Iterator[Problem]:
    """Everything about decisions, functions and parameters."""
    for section in ("decisions", "functions"):
        for name, ruling in getattr(scope.flow, section).items():
            path = (section, name)
            yield from _ruling(scope, path, ruling)
            if isinstance(ruling, Decision) and ruling.each:
                lists = [fact for fact, part in scope.flow.facts.items() if part.type == FactType.LIST]
                yield from scope.missing((*path, "each"), ruling.each, lists, "list")
    for name, parameter in scope.flow.parameters.items():
        yield from scope.source(("parameters", name, "source"), parameter.source)
        yield from _row_sources(scope, ("parameters", name, "table"), parse_pipe_table(parameter.table))


def _ruling(scope: Scope, path: Path, ruling: Ruling) -> Iterator[Problem]:
    yield from _type(scope, path, ruling)
    for option in ruling.options:
        yield from option_name(scope, (*path, "options", option), option)
    if ruling.expression is not None and "hit" in ruling.model_fields_set:
        message = worded("`hit` says which rows count, but `is` has no rows.")
        yield scope.at_key((*path, "hit"), "E-KEY-TYPE", message, worded("Remove `hit`, or write a table."))
    is_output = isinstance(ruling, Decision) and ruling.part_of  # then `engine.flow.checks.outputs` says which it is
    if ruling.hit.lists and ruling.type is not FactType.CHOICES and not is_output:
        message = worded(
            "`hit: {hit}` gives a list of options; a {type_} is one value.", hit=ruling.hit, type_=ruling.type
        )
        hint = worded("Write `type: choices` with `options`, or choose another `hit`.")
        yield scope.at_key((*path, "hit"), "E-KEY-TYPE", message, hint)
    yield from scope.source((*path, "source"), ruling.source)
    for number, rule in enumerate(ruling.rules):
        yield from scope.source((*path, "rules", number, "source"), rule.source)
    table = parse_pipe_table(ruling.table) if ruling.table else None
    if table:
        yield from _row_sources(scope, (*path, "table"), table)
    yield from _reasons(scope, path, ruling, table)


def _type(scope: Scope, path: Path, ruling: Ruling) -> Iterator[Problem]:
    if ruling.type in _CHOICE and not ruling.options:
        yield scope.at_key(
            path, "E-OPTIONS", worded("A {type_} needs `options`.", type_=ruling.type), worded("Add options: [a, b].")
        )
    if ruling.options and ruling.type not in _CHOICE:
        message = worded("`options` does not go with the type {type_}.", type_=ruling.type)
        yield scope.at_key((*path, "options"), "E-KEY-TYPE", message, worded("It goes with choice, choices."))
    if ruling.round and ruling.type not in _ROUNDED:
        message = worded("`round` does not go with the type {type_}.", type_=ruling.type)
        yield scope.at_key((*path, "round"), "E-KEY-TYPE", message, worded("It goes with integer, money, number."))
    yield from unit_of_type(scope, path, ruling.type, ruling.unit)
    if ruling.type in _NO_VALUE:
        message = worded("A rule cannot give a value of type {type_}.", type_=ruling.type)
        yield scope.at((*path, "type"), "E-KEY-TYPE", message, worded("Let it give a text, a choice or a number."))


def _row_sources(scope: Scope, path: Path, table: PipeTable) -> Iterator[Problem]:
    """The `source` cells of a table; `-` and nothing cite none. The table's own faults are the compiler's."""
    for row in table.rows:
        cell = row.source
        if cell and cell.text not in ("", "-") and cell.text not in scope.flow.sources:
            where = scope.positions.at_line(path, cell.line - 1, cell.column - 1)
            known = sorted(scope.flow.sources)
            hint = near(cell.text, known) if known else worded("There is none yet; add a source first.")
            yield Problem(where, "E-REFERENCE", worded("There is no source `{text}`.", text=short(cell.text)), hint)


def _reasons(scope: Scope, path: Path, ruling: Ruling, table: PipeTable | None) -> Iterator[Problem]:
    """What a language block translates under `because` must be the `because` of some row."""
    rows = table.rows if table else ()
    written = {row.because.text for row in rows if row.because} | {str(rule.because) for rule in ruling.rules}
    for text, translated in ruling.reasons.items():
        if text not in written:
            for language in translated.languages[1:]:
                place = (language, *path, "because", text)
                message = worded("No row has the reason `{text}`.", text=short(text))
                yield scope.at_key(place, "E-TRANSLATION", message, near(text, sorted(written)))
