"""A compiled decision table: may and must bitmasks over its rules, exact on UNKNOWN, lazy on its columns.

    may    rules that no known column has ruled out: the AND of the masks of the known columns
    must   rules that match whatever the unknown columns are: may AND the rules with `-` in all of them

    all columns known            may = must = the matching rules; the hit policy gives the value
    some unknown, one outcome    every completion gives that outcome: the value
    some unknown, several        UNKNOWN: a table never falls through to a later row for lack of an answer

`may` is never cut by rules that match so far: only a rule that has `-` in every column still to come is certain, and
then (first, priority) the rules below it are dead. A column that cannot tell the live rules apart is not read.

A cell that compares with an expression becomes a boolean column of its own, after the written ones (`extra`); the
caller gives its value (true, false, null or UNKNOWN) like any other. So a table is a pure function of column values.

    table = Table(model)
    table.evaluate(read)           read(number) -> value | UNKNOWN          the value, or UNKNOWN
    table.evaluate(read, compute)  compute(expression) -> value | UNKNOWN   where conclusions are expressions
    table.decide({"spoed": True})  the fast path: values by head; a head left out is UNKNOWN
    table.needed(read)             the unknown columns that can still change the outcome
    table.explain(read)            matching rules, and for every other rule the first cell that fails

Called by `engine.graph`, `engine.dmn` and `engine.journey`. Theory: `table_masks`, `table_hits`, `table_walk`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from engine.feel.cells import Anything, CellTest, ColumnType, Kind, OneOf, is_dynamic
from engine.feel.table_hits import AGGREGATES, BY_OPTIONS, FAULT, LEADING, LISTS, Answers, Hits, Outcome
from engine.feel.table_masks import Column, compile_column
from engine.feel.table_model import Computed, Conclusion, Constant, TableModel
from engine.feel.table_walk import Walk
from engine.feel.tree import Expr
from engine.feel.unknown import UNKNOWN

Read = Callable[[int], object]
Compute = Callable[[Expr], object]

_FLAG = ColumnType(Kind.BOOLEAN)
_TRUE = OneOf((True,))
_MANY = 8


@dataclass(frozen=True, slots=True)
class ExtraColumn:
    """A boolean column: does the value of column `base` pass `test`, which compares with an expression?"""

    base: int
    test: CellTest


@dataclass(frozen=True, slots=True)
class FailedCell:
    """Why a rule does not match (or is not known to): its first such cell. `unknown` when it is still open."""

    rule: int
    column: int
    unknown: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """Rules by their number from the top (0-based). `fault`: more rules match than the hit policy allows."""

    matched: tuple[int, ...]
    failed: tuple[FailedCell, ...]
    fault: bool = False


class Table:
    """One compiled table. Immutable in meaning; safe to share (its memory of walks is a pure function's).

    `columns` are the compiled columns, the written ones first, then one for each of `extra`. `order[bit]` is the
    number of the rule that has that bit. `answers` gives the value for the matching rules, where values are constants.
    """

    __slots__ = ("_conclusions", "_default", "_settled", "all", "answers", "columns", "decide", "extra",
                 "hits", "model", "order", "walk")  # fmt: skip

    def __init__(self, model: TableModel) -> None:
        self.model = model
        self.order = _order(model)
        self.all = (1 << len(self.order)) - 1
        self.extra, tests = _tests(model, self.order)
        types = [column.type for column in model.columns] + [_FLAG] * len(self.extra)
        self.columns = tuple(compile_column(kind, cells) for kind, cells in zip(types, tests, strict=True))
        self._conclusions, numbers = _conclusions(model, self.order)
        self.hits = Hits(model.policy, numbers, model.distinct, self._constants())
        self.walk = Walk(self.columns, self.hits)
        self._settled = _settled(self.columns, self.all)
        self._default = self._constant(model.default) if model.default is not None else None
        plain = self.hits.constants is not None and model.policy not in LISTS
        self.answers = Answers(lambda may: self._value(self.hits.outcome(may), None)) if plain else None
        self.decide = self._fast()

    # --- value ----------------------------------------------------------------------------------------------

    def evaluate(self, read: Read, compute: Compute | None = None) -> object:
        """The value, or UNKNOWN while completions of the unknown columns differ. Reads columns lazily, in order."""
        may, unknown = self.narrow(read)
        if not unknown:
            return self._value(self.hits.outcome(may), compute)
        limit = 2 if self.hits.constants is not None and self.hits.policy not in AGGREGATES else _MANY
        outcomes = self.walk.outcomes(may, unknown, limit)
        if outcomes is None or len(outcomes) >= limit:
            return UNKNOWN
        values = [self._value(outcome, compute) for outcome in outcomes]
        first = values[0]
        same = all(type(value) is type(first) and value == first for value in values)
        return first if same else UNKNOWN

    def narrow(self, read: Read) -> tuple[int, tuple[int, ...]]:
        """The rules that may match (a mask), and the unknown columns that tell them apart."""
        may = open_to = self.all
        leading = self.hits.policy in LEADING
        unknown: list[int] = []
        live = may
        for number, column in enumerate(self.columns):
            if leading:
                certain = may & open_to & self._settled[number]
                live = may & (((certain & -certain) << 1) - 1) if certain else may
            else:
                live = may
            if not live & ~column.always:
                continue
            value = read(number)
            if value is UNKNOWN:
                unknown.append(number)
                open_to &= column.always
                continue
            may &= column.mask(value)
            if not may:
                return 0, ()
        return self.walk.live(may, unknown) if unknown else (may, ())

    def needed(self, read: Read, exact: bool = True) -> tuple[int, ...]:
        """The unknown columns that can still change the outcome, in the order of the columns.

        Not `exact`: every unknown column that tells live rules apart, a superset found without a walk.
        """
        may, unknown = self.narrow(read)
        if not exact or not unknown:
            return unknown
        return tuple(number for number in unknown if self.walk.matters(may, unknown, number))

    def outcomes(self, read: Read) -> frozenset[Outcome] | None:
        """All outcomes that are still possible; None when they are too many to walk."""
        may, unknown = self.narrow(read)
        return self.walk.outcomes(may, unknown, 1 << 30)

    def value_of(self, outcome: Outcome, compute: Compute | None = None) -> object:
        """The value of an outcome; UNKNOWN where a computed conclusion is."""
        return self._value(outcome, compute)

    # --- explanation ----------------------------------------------------------------------------------------

    def explain(self, read: Read) -> Explanation:
        """Which rules match, and why the others do not. Reads every column; not for the hot path."""
        values = [read(number) for number in range(len(self.columns))]
        matched: list[int] = []
        failed: list[FailedCell] = []
        for bit in sorted(range(len(self.order)), key=self.order.__getitem__):
            cell = self._first_failure(bit, values)
            if cell is None:
                matched.append(self.order[bit])
            else:
                failed.append(cell)
        may = sum(1 << bit for bit, rule in enumerate(self.order) if rule in set(matched))
        return Explanation(tuple(matched), tuple(failed), self.hits.outcome(may) == FAULT)

    def _first_failure(self, bit: int, values: Sequence[object]) -> FailedCell | None:
        first_open: FailedCell | None = None
        for number, column in enumerate(self.columns):
            if column.always >> bit & 1:
                continue
            written = number if number < len(self.model.columns) else self.extra[number - len(self.model.columns)].base
            if values[number] is UNKNOWN:
                first_open = first_open or FailedCell(self.order[bit], written, True)
            elif not column.mask(values[number]) >> bit & 1:
                return FailedCell(self.order[bit], written, False)
        return first_open

    # --- conclusions ----------------------------------------------------------------------------------------

    def _value(self, outcome: Outcome, compute: Compute | None) -> object:
        if outcome == FAULT:
            return None
        values: list[object] = []
        for number in outcome:
            value = self._conclude(self._conclusions[number], compute)
            if value is UNKNOWN:
                return UNKNOWN
            values.append(value)
        default = self._default
        if not outcome and self.model.default is not None and default is None:
            default = self._conclude(self.model.default, compute)
        return self.hits.value(values, default)

    def _conclude(self, conclusions: Sequence[Conclusion], compute: Compute | None) -> object:
        values: list[object] = []
        for conclusion in conclusions:
            if isinstance(conclusion, Constant):
                values.append(conclusion.value)
                continue
            if compute is None:
                raise TypeError("this table concludes with expressions: give `compute`")
            value = compute(conclusion.expr)
            if value is UNKNOWN:
                return UNKNOWN
            values.append(value)
        return values[0] if len(values) == 1 else dict(zip(self.model.outputs, values, strict=True))

    def _constant(self, conclusions: Sequence[Conclusion]) -> object:
        """The value of conclusions that are all constants, else None."""
        if any(isinstance(conclusion, Computed) for conclusion in conclusions):
            return None
        return self._conclude(conclusions, None)

    def _constants(self) -> tuple[object, ...] | None:
        """The conclusions' values by number; None when some conclusion is an expression."""
        everything = [*self._conclusions, self.model.default or ()]
        if any(isinstance(each, Computed) for conclusions in everything for each in conclusions):
            return None
        return tuple(self._conclude(conclusions, None) for conclusions in self._conclusions)

    # --- fast path ------------------------------------------------------------------------------------------

    def _slow(self, row: Mapping[str, object]) -> object:
        """`decide` for tables that need more than their columns: extra columns are UNKNOWN here."""
        heads = [column.head for column in self.model.columns]
        return self.evaluate(lambda number: row.get(heads[number], UNKNOWN) if number < len(heads) else UNKNOWN)

    def _fast(self) -> Callable[[Mapping[str, object]], object]:
        """A closure that ANDs the masks without asking questions; whatever is unusual goes the general way."""
        everything, slow, answers = self.all, self._slow, self.answers
        pairs = zip(self.model.columns, self.columns, strict=False)
        tested = [(written.head, column) for written, column in pairs if self.all & ~column.always]
        if answers is None or self.extra or not all(column.is_plain for _, column in tested):
            return slow
        listed = [(head, column.listed) for head, column in tested if column.find is None]
        ordered = [(head, column.find, column.index, column.masks) for head, column in tested if column.find]

        def decide(row: Mapping[str, object]) -> object:
            """The value for these column values by head; UNKNOWN as `evaluate` gives it."""
            may = everything
            try:
                for head, masks in listed:
                    may &= masks[row[head]]
                for head, find, index, masks in ordered:
                    may &= masks[find(index, row[head])]
            except (KeyError, TypeError):
                return slow(row)
            return answers[may]

        return decide


def _order(model: TableModel) -> tuple[int, ...]:
    """Rule number by bit: from the top, or by the place of the conclusions among the options."""
    numbers = range(len(model.rules))
    if model.policy not in BY_OPTIONS:
        return tuple(numbers)
    return tuple(sorted(numbers, key=lambda number: _rank(model, number)))


def _rank(model: TableModel, number: int) -> tuple[int, ...]:
    pairs = zip(model.rules[number].conclusions, model.options, strict=False)
    return tuple(_place(conclusion, options) for conclusion, options in pairs)


def _place(conclusion: Conclusion, options: tuple[object, ...]) -> int:
    if isinstance(conclusion, Computed) or conclusion.value not in options:
        return len(options)
    return options.index(conclusion.value)


def _tests(model: TableModel, order: Sequence[int]) -> tuple[tuple[ExtraColumn, ...], list[list[CellTest]]]:
    """The cells by column, rules in bit order; dynamic cells moved to extra columns, equal ones to the same."""
    anything = Anything()
    tests: list[list[CellTest]] = []
    extra: dict[ExtraColumn, list[CellTest]] = {}
    for base in range(len(model.columns)):
        cells: list[CellTest] = []
        for bit, number in enumerate(order):
            cell = model.rules[number].cells[base]
            if is_dynamic(cell):
                column = extra.setdefault(ExtraColumn(base, cell), [anything] * len(order))
                column[bit] = _TRUE
                cell = anything
            cells.append(cell)
        tests.append(cells)
    return tuple(extra), tests + list(extra.values())


def _conclusions(model: TableModel, order: Sequence[int]) -> tuple[list[tuple[Conclusion, ...]], tuple[int, ...]]:
    """The different conclusions, and by bit the number of its rule's."""
    kept: dict[object, int] = {}
    found: list[tuple[Conclusion, ...]] = []
    numbers: list[int] = []
    for number in order:
        conclusions = model.rules[number].conclusions
        key = tuple(_key(conclusion) for conclusion in conclusions)
        if key not in kept:
            kept[key] = len(found)
            found.append(conclusions)
        numbers.append(kept[key])
    return found, tuple(numbers)


def _key(conclusion: Conclusion) -> object:
    """Equal for equal conclusions; True and 1 differ, and lists may stand in it."""
    if isinstance(conclusion, Computed):
        return conclusion.expr
    value = conclusion.value
    return (type(value).__name__, repr(value) if isinstance(value, list | dict) else value)


def _settled(columns: Sequence[Column], everything: int) -> tuple[int, ...]:
    """By column: the rules with `-` in it and in all later ones."""
    found = [everything]
    for column in reversed(columns):
        found.append(found[-1] & column.always)
    return tuple(reversed(found[1:]))
