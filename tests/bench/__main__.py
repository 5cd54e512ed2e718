"""`python -m tests.bench [NAME ...]`: run the benchmarks (all, or those named) and record them."""

from __future__ import annotations

import sys
from importlib import import_module

from tests.bench.stopwatch import on_one_processor

BENCHMARKS = (
    "decisions", "analysis", "questions", "comparing", "process", "prove", "watch", "mutating", "store", "http",
)  # fmt: skip


def main(names: list[str]) -> int:
    """Run each benchmark's `main`; 2 when a name is unknown."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark called {unknown[0]}. There are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    on_one_processor()
    for name in names or BENCHMARKS:
        import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
