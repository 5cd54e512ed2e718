"""The flow language's own functions in standard FEEL: name, parameters, body. Caller: `engine.graph.to_dmn`.

They mean what `engine.feel.builtins.flows` says: `up` and `days` are empty when the end lies before the start,
`years` is the largest n with `from <= to - n years`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_COUNT: Final = "if to < from then [] else for each in from..to return each"
_YEARS: Final = (
    '{whole: to.year - from.year, reached: from <= to - duration("P1Y") * whole,'
    " years: if reached then whole else whole - 1}.years"
)

SUPPORT: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "up": (("from", "to"), _COUNT),
    "days": (("from", "to"), _COUNT),
    "years": (("from", "to"), _YEARS),
    "has any": (("list", "options"), "some option in options satisfies list contains(list, option)"),
    "has all": (("list", "options"), "every option in options satisfies list contains(list, option)"),
    "has only": (
        ("list", "options"),
        "count(list) > 0 and every chosen in list satisfies list contains(options, chosen)",
    ),
}
