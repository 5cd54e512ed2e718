"""Two versions of a flow compared for a million declared citizens, from the texts of both to groups with a citizen."""

from __future__ import annotations

from pathlib import Path

from engine.graph.load import load_flow
from engine.harness.compare import Comparison, compare
from engine.harness.compare_population import of_declared
from engine.harness.declared import Declared
from tests.bench.recorder import Row, Section, at_most, record
from tests.bench.stopwatch import interleaved
from tests.engine.harness.test_compare import BASE, HURT, flow

FLOWS = Path(__file__).parents[2] / "flows"
PEOPLE = Declared(1_000_000, {"soort": {"a": 60, "b": 30, "c": 10}, "werk": {"yes": 55, "no": 45}})
TREES = Declared(1_000_000, {"spoed": {"yes": 2, "no": 98}, "herplant_boom": {"yes": 5, "no": 95}})


def main() -> None:
    """Measure and record."""
    trees = (FLOWS / "boom-kappen" / "flow.yaml").read_text(encoding="utf-8")
    other = trees.replace("not(omtrek_31_of_meer) and not(herplant_boom), source", "not(omtrek_31_of_meer), source")
    assert other != trees
    small, hurt = flow(BASE), flow(HURT[0][0].format(BASE))
    pace = interleaved(
        {"small": lambda: _run(small, hurt, PEOPLE), "trees": lambda: _run(trees, other, TREES)}, 1, rounds=9
    )
    found = _run(small, hurt, PEOPLE)
    crowd = of_declared(found, PEOPLE.size, ("mag", "mag"))
    moved = sum(crowd.shifts.values())
    rows = [
        at_most(
            "4 facts, a condition changed, 1 million citizens: load both, compare", pace.seconds("small"), 0.5, "s"
        ),
        at_most("boom-kappen, a rule changed, 1 million citizens: load both, compare", pace.seconds("trees"), 0.5, "s"),
        Row("citizens in the group that is hurt in the first, of a million", f"{moved:,}"),
    ]
    note = (
        "The population is declared by how it is spread over the answers; its share in each group is worked out "
        "exactly on the diagrams, so its size costs nothing. A population line by line goes through the engine "
        "(`answer`, above)."
    )
    record(Section("comparing", "Two versions compared", "make bench", rows, notes=[note]))


def _run(first: str, then: str, people: Declared) -> Comparison:
    return compare(load_flow(first), load_flow(then), people)


if __name__ == "__main__":
    main()
