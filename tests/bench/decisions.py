"""Decision tables against their peers: issue 3's goals for one decision, for many rules and for the bulk path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from engine.feel.bulk import bulk_table
from engine.feel.table import Table
from tests.bench.decision_peers import Decide, datalogic_decide, zen_decide
from tests.bench.decision_tables import as_json, by_hand, random_rows, random_table, twelve, twelve_rows
from tests.bench.recorder import Row, Section, at_least, at_most, record
from tests.bench.stopwatch import interleaved

COMMAND = "make bench"
MANY = 2_000
FEW = 200


def main() -> None:
    """Measure and record."""
    rows = [*one_decision(), *many_rules()]
    note = (
        "T12: 12 rules on 5 inputs, hit policy first, from a dict of column values to the conclusion. Ours and the "
        "hand-written Python work on Decimals, the peers on floats, as they know nothing else. No code is generated "
        "for `Table.decide`; the bulk path is compiled. Every competitor's every answer was compared with the others'."
    )
    record(Section("decisions", "Decision tables", COMMAND, rows, ("zen-engine", "datalogic-py"), [note]))


def one_decision() -> list[Row]:
    """T12: ours, by hand, zen-engine, datalogic-py."""
    model = twelve()
    plain = twelve_rows(MANY)
    floats = as_json(plain)
    table = Table(model)
    bulk, zen, datalogic = bulk_table(table), zen_decide(model), datalogic_decide(model)
    expected = [by_hand(row) for row in plain]
    check(expected, {"ours": (table.decide, plain), "bulk": (bulk, plain)})
    check(expected, {"zen": (zen, floats), "datalogic": (datalogic, floats)})
    pace = interleaved(
        {
            "hand": over(by_hand, plain),
            "ours": over(table.decide, plain),
            "bulk": over(bulk, plain),
            "zen": over(zen, floats[:FEW]),
            "datalogic": over(datalogic, floats),
        },
        {"hand": MANY, "ours": MANY, "bulk": MANY, "zen": FEW, "datalogic": MANY},
        before=lambda: renew(plain),
    )
    return [
        *(
            Row(f"T12, {what}", f"{pace.micros(name):.3f} µs")
            for name, what in (
                ("hand", "hand-written Decimal Python"),
                ("ours", "Table.decide, Decimal, UNKNOWN-aware"),
                ("bulk", "bulk path, Decimal"),
                ("datalogic", "datalogic-py, floats"),
                ("zen", "zen-engine's table, floats"),
            )
        ),
        at_least("T12, ours against zen-engine's table", pace.times("zen", "ours"), 30),
        at_most("T12, ours against hand-written Decimal Python", pace.times("ours", "hand"), 5),
        at_least("T12, bulk path against zen-engine's table", pace.times("zen", "bulk"), 65),
        at_least("T12, bulk path against datalogic-py", pace.times("datalogic", "bulk"), 1.3),
    ]


def many_rules() -> list[Row]:
    """1,000 rules against 12, and against zen-engine on the same 1,000."""
    plain = random_rows(MANY)
    floats = as_json(plain)
    small, large = random_table(12), random_table(1_000)
    tables = {12: Table(small), 1_000: Table(large)}
    zen_large = zen_decide(large)
    check([tables[1_000].decide(row) for row in plain[:FEW]], {"zen": (zen_large, floats[:FEW])})
    pace = interleaved(
        {
            "12": over(tables[12].decide, plain),
            "1000": over(tables[1_000].decide, plain),
            "zen": over(zen_large, floats[:FEW]),
        },
        {"12": MANY, "1000": MANY, "zen": FEW},
        before=lambda: renew(plain),
    )
    return [
        Row("1,000 rules x 6 columns, ours", f"{pace.micros('1000'):.3f} µs"),
        at_most("1,000 rules against 12 rules, ours", pace.times("1000", "12"), 2),
        at_least("1,000 rules, ours against zen-engine's table", pace.times("zen", "1000"), 40),
    ]


def over(decide: Decide, rows: Sequence[Mapping[str, object]]) -> Callable[[], None]:
    """A run of one decision for each row."""

    def run() -> None:
        for row in rows:
            decide(row)

    return run


def renew(rows: list[dict[str, object]]) -> None:
    """The same rows with new numbers: a Decimal remembers its hash, which nobody may profit from."""
    for row in rows:
        for key, value in row.items():
            if isinstance(value, Decimal):
                row[key] = Decimal(str(value))


def check(expected: Sequence[object], others: Mapping[str, tuple[Decide, Sequence[Mapping[str, object]]]]) -> None:
    """Every competitor gives the expected answers. Raises AssertionError that names who does not, and where."""
    for name, (decide, rows) in others.items():
        for number, (row, answer) in enumerate(zip(rows, expected, strict=True)):
            found = decide(row)
            assert found == answer, f"{name} differs in row {number}: {found!r} is not {answer!r}"


if __name__ == "__main__":
    main()
