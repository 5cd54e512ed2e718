"""A decision table as written: columns, rules, conclusions; immutable, nothing compiled.

`engine.graph` builds it from a flow's pipe table, `engine.dmn` from a DMN decision table where its cells allow;
`engine.feel.table` compiles it.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.cells import CellTest, ColumnType
from engine.feel.table_hits import Policy
from engine.feel.tree import Expr


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A left column: its head as text, what values it can have, and the head's expression where there is one."""

    head: str
    type: ColumnType
    expr: Expr | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A conclusion that is a value."""

    value: object


@dataclass(frozen=True, slots=True)
class Computed:
    """A conclusion that is an expression; the caller of the table evaluates it."""

    expr: Expr


Conclusion = Constant | Computed


@dataclass(frozen=True, slots=True)
class TableRule:
    """One row. `line` is its line in the flow file (0: none); `source` and `because` are "" where absent."""

    cells: tuple[CellTest, ...]
    conclusions: tuple[Conclusion, ...]
    source: str = ""
    because: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class TableModel:
    """A whole table. `outputs` are the heads right of `||`; with several of them the value is a dict by head.

    `options` lists, for each output, its values from first to last in rank (priority and output order need it).
    `default` are the conclusions when no rule matches (DMN's default output entries); without it the value is null.
    `distinct` makes `collect` give each conclusion once, as a `choices` decision wants.
    """

    columns: tuple[InputColumn, ...]
    outputs: tuple[str, ...]
    rules: tuple[TableRule, ...]
    policy: Policy = Policy.UNIQUE
    options: tuple[tuple[object, ...], ...] = ()
    default: tuple[Conclusion, ...] | None = None
    distinct: bool = False
