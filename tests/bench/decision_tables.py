"""The tables of the decision benchmark: T12 as a flow file would hold it, and random tables of any size.

T12 has 12 rules on 5 inputs, first hit, amounts in Decimal; `by_hand` is the same decision as a programmer would write
it, on Decimals. The random tables have six columns; most rules look at a few of them, the last at none.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from engine.feel.cells import Anything, CellTest, ColumnType, Interval, Kind, OneOf
from engine.feel.cells_read import CellReader
from engine.feel.table_hits import Policy
from engine.feel.table_model import Constant, InputColumn, TableModel, TableRule
from engine.feel.table_text import parse_pipe_table

Row = Mapping[str, object]

HOUSEHOLDS = ("alleen", "partner", "gezin")
ROUTES = ("jeugd", "aow", "urgent", "jongeren", "aanvraag", "schuldhulp", "gesprek", "ouderen", "geen_recht")
TYPES = {
    "leeftijd": ColumnType(Kind.NUMBER, integer=True, nullable=False),
    "inkomen": ColumnType(Kind.NUMBER, nullable=False),
    "huishouden": ColumnType(Kind.CHOICE, HOUSEHOLDS, nullable=False),
    "schulden": ColumnType(Kind.BOOLEAN, nullable=False),
    "dagen": ColumnType(Kind.NUMBER, integer=True, nullable=False),
}
T12 = """\
| leeftijd | inkomen | huishouden     | schulden | dagen    || route      |
|----------|---------|----------------|----------|----------||------------|
| < 18     | -       | -              | -        | -        || jeugd      |
| >= 67    | < 1500  | -              | -        | -        || aow        |
| -        | < 1200  | alleen         | yes      | -        || urgent     |
| -        | < 1700  | partner, gezin | yes      | -        || urgent     |
| [18..27) | < 1000  | -              | -        | -        || jongeren   |
| -        | < 1200  | alleen         | -        | < 43     || aanvraag   |
| -        | < 1700  | partner        | -        | < 43     || aanvraag   |
| -        | < 1900  | gezin          | -        | < 43     || aanvraag   |
| -        | -       | -              | yes      | -        || schuldhulp |
| -        | < 2000  | -              | -        | [43..90) || gesprek    |
| >= 67    | -       | -              | -        | -        || ouderen    |
| -        | -       | -              | -        | -        || geen_recht |
"""

_18, _27, _43, _67, _90 = (Decimal(number) for number in (18, 27, 43, 67, 90))
_1000, _1200, _1500, _1700, _1900, _2000 = (Decimal(number) for number in (1000, 1200, 1500, 1700, 1900, 2000))


def by_hand(row: Row) -> str:  # noqa: C901
    """T12 written out: what a table is compared with."""
    leeftijd, inkomen, huishouden = row["leeftijd"], row["inkomen"], row["huishouden"]
    schulden, dagen = row["schulden"], row["dagen"]
    if leeftijd < _18:  # type: ignore[operator]
        return "jeugd"
    if leeftijd >= _67 and inkomen < _1500:  # type: ignore[operator]
        return "aow"
    if schulden and huishouden == "alleen" and inkomen < _1200:  # type: ignore[operator]
        return "urgent"
    if schulden and huishouden != "alleen" and inkomen < _1700:  # type: ignore[operator]
        return "urgent"
    if leeftijd < _27 and inkomen < _1000:  # type: ignore[operator]
        return "jongeren"
    if huishouden == "alleen" and inkomen < _1200 and dagen < _43:  # type: ignore[operator]
        return "aanvraag"
    if huishouden == "partner" and inkomen < _1700 and dagen < _43:  # type: ignore[operator]
        return "aanvraag"
    if huishouden == "gezin" and inkomen < _1900 and dagen < _43:  # type: ignore[operator]
        return "aanvraag"
    if schulden:
        return "schuldhulp"
    if inkomen < _2000 and _43 <= dagen < _90:  # type: ignore[operator]
        return "gesprek"
    if leeftijd >= _67:  # type: ignore[operator]
        return "ouderen"
    return "geen_recht"


def twelve() -> TableModel:
    """T12, read from its text as a flow's table is."""
    written = parse_pipe_table(T12)
    assert written.heads is not None
    reader = CellReader()
    columns = tuple(InputColumn(head.text, TYPES[head.text]) for head in written.heads.left)
    route = ColumnType(Kind.CHOICE, ROUTES)
    rules = []
    for row in written.rows:
        cells = [reader.test(cell, column.type) for cell, column in zip(row.left, columns, strict=True)]
        conclusion = reader.conclusion(row.right[0], route)
        assert conclusion is not None
        rules.append(TableRule(tuple(cell for cell in cells if cell is not None), (conclusion,)))
    assert not reader.problems
    return TableModel(columns, ("route",), tuple(rules), Policy.FIRST)


def twelve_rows(count: int, seed: int = 12) -> list[dict[str, object]]:
    """Citizens for T12."""
    pick = random.Random(seed)  # noqa: S311
    return [
        {
            "leeftijd": Decimal(pick.randint(10, 90)),
            "inkomen": Decimal(pick.randint(60_000, 260_000)) / 100,
            "huishouden": pick.choice(HOUSEHOLDS),
            "schulden": pick.random() < 0.3,
            "dagen": Decimal(pick.randint(0, 130)),
        }
        for _ in range(count)
    ]


RANDOM_TYPES = {
    "jaren": ColumnType(Kind.NUMBER, integer=True, nullable=False),
    "bedrag": ColumnType(Kind.NUMBER, nullable=False),
    "dagen": ColumnType(Kind.NUMBER, integer=True, nullable=False),
    "soort": ColumnType(Kind.CHOICE, ("a", "b", "c", "d"), nullable=False),
    "partner": ColumnType(Kind.BOOLEAN, nullable=False),
    "afstand": ColumnType(Kind.NUMBER, nullable=False),
}
SPANS = {"jaren": 100, "bedrag": 5_000, "dagen": 400, "afstand": 60}


def random_table(rules: int, seed: int = 6) -> TableModel:
    """`rules` rules on six columns, the last of which always holds; every rule has its own conclusion."""
    pick = random.Random(seed)  # noqa: S311
    made = [
        TableRule(tuple(_cell(pick, head) for head in RANDOM_TYPES), (Constant(f"rule {number}"),))
        for number in range(rules - 1)
    ]
    last = TableRule(tuple(Anything() for _ in RANDOM_TYPES), (Constant("none of these"),))
    columns = tuple(InputColumn(head, kind) for head, kind in RANDOM_TYPES.items())
    return TableModel(columns, ("out",), (*made, last), Policy.FIRST)


def _cell(pick: random.Random, head: str) -> CellTest:
    if pick.random() < 0.3:
        return Anything()
    if head == "soort":
        return OneOf(tuple(sorted(pick.sample("abcd", 2))))
    if head == "partner":
        return OneOf((pick.random() < 0.5,))
    span = SPANS[head]
    low = Decimal(pick.randint(0, span))
    return Interval(low, low + pick.randint(1, span // 3), True, False)


def random_rows(count: int, seed: int = 7) -> list[dict[str, object]]:
    """Values for the columns of the random tables."""
    pick = random.Random(seed)  # noqa: S311
    return [
        {
            "jaren": Decimal(pick.randint(0, 120)),
            "bedrag": Decimal(pick.randint(0, 600_000)) / 100,
            "dagen": Decimal(pick.randint(0, 450)),
            "soort": pick.choice("abcd"),
            "partner": pick.random() < 0.5,
            "afstand": Decimal(pick.randint(0, 7_000)) / 100,
        }
        for _ in range(count)
    ]


def as_json(rows: Sequence[Row]) -> list[dict[str, object]]:
    """The same rows for engines that know JSON only: Decimals become floats."""
    return [{key: float(value) if isinstance(value, Decimal) else value for key, value in row.items()} for row in rows]
