"""Checks on tables with several outputs, as they stand in the file: their keys, names, columns and hit policy.

They come first: afterwards each output is a decision of its own (`engine.flow.outputs`) and is checked like any other.
Called by `engine.flow.parse`; tests: tests/engine/flow/test_outputs.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine.errors import UNSAID, Problem, Said, worded
from engine.feel.table_text import TextCell, parse_pipe_table
from engine.flow.model import Decision, FactType, Flow, Hit, Output
from engine.flow.outputs import is_table
from engine.flow.positions import Path, Positions
from engine.flow.sentences import near, short

OF_EACH: Final = ("type", "options", "unit", "round")
"""Keys that say something about one value."""

LAST: Final = ("source", "because")
"""Columns that every table may end with."""


def check_outputs(flow: Flow, positions: Positions) -> Iterator[Problem]:
    """Everything about the tables with several outputs of a flow that was just read."""
    tables = {name: spec for name, spec in flow.decisions.items() if is_table(spec)}
    if tables:
        yield from _names(flow, positions)
    for name, spec in tables.items():
        yield from _Table(name, spec, positions).problems()


def _names(flow: Flow, positions: Positions) -> Iterator[Problem]:
    """One name, one thing: the name of a table belongs to it alone, and so does that of an output."""
    seen: dict[str, Path] = {}
    for section in ("facts", "parameters", "functions"):
        seen.update({name: (section, name) for name in getattr(flow, section)})
    plain = [name for name in flow.decisions if not is_table(flow.decisions[name])]
    seen.update({name: ("decisions", name) for name in plain})
    for table, spec in flow.decisions.items():
        if not is_table(spec):
            continue
        own: Path = ("decisions", table)
        if table in seen:
            yield _twice(positions, own, table, seen[table])
        for name in spec.outputs:
            path: Path = (*own, "outputs", name)
            if name == table:
                message = worded("Output `{name}` has the name of its own table.", name=name)
                hint = worded("Give the table a name of its own: what its outputs are together.")
                yield Problem(positions.key(*path), "E-NAME-TWICE", message, hint)
            elif name in seen:
                yield _twice(positions, path, name, seen[name])
            seen.setdefault(name, path)
        seen.setdefault(table, own)


def _twice(positions: Positions, path: Path, name: str, first: Path) -> Problem:
    message = worded(
        "`{name}` is already the name of something in `{seen}`, on line {first}.",
        name=name,
        seen=first[-2],
        first=positions.key(*first).line,
    )
    return Problem(positions.key(*path), "E-NAME-TWICE", message, worded("Give one of them another name."))


class _Table:
    """One table of several outputs."""

    def __init__(self, name: str, spec: Decision, positions: Positions) -> None:
        self.name = name
        self.spec = spec
        self.positions = positions
        self.path: Path = ("decisions", name)

    def problems(self) -> Iterator[Problem]:
        if not self._has(("outputs",), below=True):
            hint = worded("Name each output, with its type: recht: {type: choice, options: [ja, nee]}.")
            yield self._at_key("outputs", "E-EMPTY", worded("`outputs` of `{name}` names none.", name=self.name), hint)
            return
        for key in OF_EACH:
            if self._has((key,)):
                message = worded("`{key}` does not go with `outputs`: every output has its own.", key=key)
                yield self._at_key(key, "E-KEY-TYPE", message, worded("Write it with the outputs that have it."))
        if self.spec.table is None:
            message = worded("Only a table has several outputs, and `{name}` has none.", name=self.name)
            hint = worded("Write `table`, or make a decision of each output.")
            yield self._at_key("outputs", "E-KEY-TYPE", message, hint)
            return
        yield from self._columns(self.spec.table)
        yield from self._hit()

    def _has(self, keys: Path, *, below: bool = False) -> bool:
        """Whether the file has this key, with something `below` it where that is asked."""
        path = (*self.path, *keys)
        if not below:
            return path in self.positions.marks
        return any(own[: len(path)] == path and len(own) > len(path) for own in self.positions.marks)

    def _at_key(self, key: str, code: str, message: Said, hint: Said = UNSAID) -> Problem:
        return Problem(self.positions.key(*self.path, key), code, message, hint)

    def _at_output(self, name: str, code: str, message: Said, hint: Said) -> Problem:
        return Problem(self.positions.key(*self.path, "outputs", name), code, message, hint)

    # -- columns

    def _columns(self, text: str) -> Iterator[Problem]:
        """Every output has one column and every column right of `||` an output; in whatever order."""
        declared = self._declared()
        for name in declared:
            if name in LAST:
                message = worded("`{name}` is the head of a column that every table may have.", name=name)
                yield self._at_output(name, "E-NAME-RESERVED", message, worded("Give the output another name."))
        table = parse_pipe_table(text)
        if table.heads is None:
            return  # what is wrong with the heads is the compiler's to say
        heads = {cell.text: cell for cell in table.heads.right}
        for name, cell in heads.items():
            if name not in declared:
                yield self._unknown(cell, [own for own in declared if own not in heads])
        for name in declared:
            if name not in heads and name not in LAST:
                message = worded("Output `{name}` has no column in the table.", name=name)
                hint = worded("Add a column `{name}` right of `||`.", name=name)
                yield self._at_output(name, "E-TABLE-HEAD", message, hint)

    def _declared(self) -> tuple[str, ...]:
        """The outputs as the file has them, those that could not be read too."""
        size = len(self.path) + 2
        paths = (own for own in self.positions.marks if len(own) == size and own[: size - 1] == (*self.path, "outputs"))
        return tuple(str(own[-1]) for own in paths)

    def _unknown(self, cell: TextCell, free: list[str]) -> Problem:
        where = self.positions.at_line((*self.path, "table"), cell.line - 1, cell.column - 1)
        message = worded("`{head}` is not one of the outputs of `{name}`.", head=short(cell.text), name=self.name)
        hint = near(cell.text, free) if free else worded("Add it under `outputs`, or remove the column.")
        return Problem(where, "E-TABLE-HEAD", message, hint)

    # -- hit policy

    def _hit(self) -> Iterator[Problem]:
        hit, outputs = self.spec.hit, self.spec.outputs
        if hit.gathers and not hit.lists:  # DMN 1.5, 8.2.11: several outputs cannot be added up or counted
            message = worded("`hit: {hit}` does not go with several outputs.", hit=hit)
            hint = worded("Give each of these outputs a table of its own.")
            yield self._at_value("hit", message, hint)
        elif hit is Hit.PRIORITY and not any(_ordered(outputs)):
            message = worded(
                "`hit: priority` follows the order of options, and no output of `{name}` has any.", name=self.name
            )
            hint = worded("Choose another hit policy, or add an output of type choice.")
            yield self._at_value("hit", message, hint)
        elif hit.lists:
            for name, output in outputs.items():
                if output.type is not FactType.CHOICES:
                    message = worded(
                        "`hit: {hit}` gives a list of options, and output `{name}` is of type {type_}.",
                        hit=hit,
                        name=name,
                        type_=output.type,
                    )
                    hint = worded("Make it choices, or give it a table of its own.")
                    where = self.positions.where(*self.path, "outputs", name)
                    yield Problem(where, "E-KEY-TYPE", message, hint)

    def _at_value(self, key: str, message: Said, hint: Said) -> Problem:
        return Problem(self.positions.where(*self.path, key), "E-KEY-TYPE", message, hint)


def _ordered(outputs: Mapping[str, Output]) -> Iterator[bool]:
    """Of each output whether its options give an order."""
    for own in outputs.values():
        yield own.type is FactType.CHOICE and bool(own.options)
