"""The built-in functions of FEEL by theme; importing this package declares them all in `engine.feel.registry`."""

from engine.feel.builtins import (
    aggregates,
    contexts,
    conversion,
    flows,
    lists,
    numbers,
    patterns,
    ranges,
    strings,
    times,
)

__all__ = [
    "aggregates",
    "contexts",
    "conversion",
    "flows",
    "lists",
    "numbers",
    "patterns",
    "ranges",
    "strings",
    "times",
]
