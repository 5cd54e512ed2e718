"""What the schema says beyond the model: shorthands, patterns and examples.

The model reads some things written short (`P8W` for a span, `half_up 0.01` for a rounding); pydantic's own schema knows
nothing of that. Used by `engine.flow.schema` and by the test of docs/language/flow-file.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.flow.model import Always, FactType, Given, Norm, Output, Rounding, Show, Span, SupplierRef, TextPart
from engine.flow.model_base import Frozen

Schema = dict[str, Any]

SCALAR: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}
"""Anything on one line: the flow file reads every scalar as text, an editor does not."""
TEXT: Final[Schema] = {"type": "string", "minLength": 1}
NAME: Final = "^[A-Za-z][A-Za-z0-9_]*$"
DURATION: Final[Schema] = {
    "type": "string",
    "pattern": "^P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+S)?)?$",
    "examples": ["P8W", "P30D", "P1Y", "PT4H"],
}

ONLY_SHORT: Final[Mapping[type[Frozen], Schema]] = {
    SupplierRef: {
        "type": "string",
        "pattern": "^(citizen|worker|payment|process|register:\\S+|clock:(start|submit))$",
        "examples": ["citizen", "register:brp.persoon", "worker", "clock:start"],
    },
    Rounding: {
        "type": "string",
        "pattern": "^(half_up|half_even|down|up) +\\d+(\\.\\d+)?$",
        "examples": ["half_up 0.01", "down 1"],
    },
    Show: {
        "type": "string",
        "pattern": "^(calculation|each|options) +\\S+$",
        "examples": ["calculation bedrag", "each kinderen", "options papieren"],
    },
    Norm: {"anyOf": [SCALAR, {"$ref": "#/$defs/Span"}], "examples": [{"working_hours": 4}, "P8W", 7.5]},
}
"""Models whose own keys an author never writes."""

ALSO_SHORT: Final[Mapping[type[Frozen], Schema]] = {
    Span: DURATION,
    TextPart: TEXT,
    Output: {"enum": [str(type_) for type_ in FactType]},
    Given: {"enum": [str(type_) for type_ in FactType]},
    Always: {"type": "string", "minLength": 1, "examples": ["bedrag <= 1000"]},
}
"""Models that an author may write short."""

EXAMPLES: Final[Mapping[tuple[str, str], list[Any]]] = {
    ("Flow", "flow"): ["boom-kappen"],
    ("Flow", "language"): ["nl"],
    ("Flow", "question"): ["Mag ik deze boom kappen of snoeien zonder vergunning?"],
    ("Flow", "goal"): ["toestemming"],
    ("Fact", "from"): [["register:brp.persoon", "citizen"]],
    ("Fact", "ask"): ["Wat gaat u doen?"],
    ("Fact", "why"): ["Voor snoeien gelden andere regels dan voor weghalen."],
    ("Fact", "when"): ["spoed"],
    ("Decision", "is"): ["omtrek < 31 and not(herplant_boom)"],
    ("Decision", "round"): ["half_up 0.01"],
    ("Place", "within"): ["P30D"],
    ("Term", "length"): ["P8W"],
    ("ChannelTerms", "open"): [["mo-fr 08:30-17:00", "th 17:00-20:00"]],
    ("Source", "bwb"): ["BWBR0005537"],
}
