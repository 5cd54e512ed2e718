"""L-UNUSED: a parameter, function, decision, source, task or text that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from pydantic import BaseModel

from engine.errors import Severity
from engine.flow.model import Decision, Flow, Text
from engine.flow.parts import PerPart
from engine.flow.texts import keys_of
from engine.lint.rule import KEPT, Found, Page, Rule, Two
from engine.lint.subject import Subject

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_SLOT = re.compile(r"\{[^}]*\}")
_SECTIONS = ("parameters", "functions", "decisions", "sources", "tasks", "texts")
_BY_THE_ENGINE = frozenset({"reminder"})
"""Texts that the engine itself sends."""

PAGE = Page(
    "L-UNUSED",
    Severity.WARNING,
    Two("something that nothing uses", "iets dat nergens wordt gebruikt"),
    Two(
        "What nothing uses misleads whoever reads the flow, and is often half of a change: a row that was meant to "
        "use it does not.",
        "Wat nergens wordt gebruikt, zet de lezer op het verkeerde been. Vaak is het een halve wijziging: de regel "
        "die het had moeten gebruiken, doet dat niet.",
    ),
    avoid="""
decisions:
  dubbel: {type: number, is: leeftijd * 2}
""",
    prefer="""
decisions:
  dubbel: {type: number, is: leeftijd * 2}
outcomes: {ja: {values: [dubbel]}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    flow = subject.flow
    keys = [key for key in type(flow).model_fields if key not in _SECTIONS and key != "tables"]
    parts = [(("", key), _words(getattr(flow, key))) for key in keys]
    for section in _SECTIONS:
        own: Mapping[str, object] = getattr(flow, section)
        parts += [((section, name), _words(value) - _beside(flow, value)) for name, value in own.items()]
    steps = {word for step in subject.graph.process.steps for act in step.do for word in _NAME.findall(act.what)}
    parts.append((("", "steps"), steps | _BY_THE_ENGINE))
    for section in _SECTIONS:
        for name in getattr(flow, section):
            if not any(name in words for owner, words in parts if owner != (section, name)):
                message = Two(f"Nothing uses `{name}` of `{section}`.", f"Niets gebruikt `{name}` van `{section}`.")
                hint = Two(
                    "Remove it, or use it where it was meant.", "Haal het weg, of gebruik het waar het bij hoort."
                )
                yield Found(subject.key(section, name), message, hint)


def _beside(flow: Flow, value: object) -> set[str]:
    """The outputs of the table to which a decision belongs: it names them in its heads, and reads none of them."""
    return set(flow.tables[value.part_of].outputs) if isinstance(value, Decision) and value.part_of else set()


def _words(value: Any) -> set[str]:
    """Every name that a part of the flow mentions; of a text, those it shows."""
    found: set[str] = set()
    _collect(value, found)
    return found


def _of_part(part: BaseModel) -> frozenset[str]:
    found: set[str] = set()
    for name, _ in keys_of(type(part)):
        if (own := part.__dict__[name]) is not None:
            _collect(own, found)
    return frozenset(found)


_PARTS: Final = PerPart(_of_part)


def _collect(value: Any, found: set[str]) -> None:
    if isinstance(value, Text):
        found |= _shown(str(value))
    elif isinstance(value, str):
        found |= _names(value)
    elif isinstance(value, BaseModel):
        found |= _PARTS.of(value)
    elif isinstance(value, Mapping | tuple | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            _collect(part, found)


@lru_cache(maxsize=KEPT)
def _names(text: str) -> frozenset[str]:
    return frozenset(_NAME.findall(text))


@lru_cache(maxsize=KEPT)
def _shown(text: str) -> frozenset[str]:
    return frozenset(word for slot in _SLOT.findall(text) for word in _NAME.findall(slot))


RULE = Rule(PAGE, check)
