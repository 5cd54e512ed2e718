"""A fact of a flow as a field to fill in: one table from its type to control, size, keyboard and autocomplete.

`attempt` is what somebody typed that was refused; it stands in the field again, exactly as it was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import JsonValue

from engine.feel.unknown import UNKNOWN
from engine.flow.fields import dump_value
from engine.flow.model import Fact, FactType, Unsure
from engine.graph.graph import FactNode, Graph
from engine.graph.view import ItemView, View
from ui_schema.fields import Control, Field, Ground, Message, Option, Part
from ui_schema.flow_texts import filled, words
from ui_schema.notation import period_words
from ui_schema.shape import Action, ActionKind, Language, Source
from ui_schema.sources import source_of
from ui_schema.texts import say

Typed = str | Mapping[str, str] | tuple[str, ...]


@dataclass(frozen=True)
class Attempt:
    """What was typed and what is wrong with it, by fact key."""

    typed: Mapping[str, Typed] = field(default_factory=dict)
    messages: Mapping[str, tuple[Message, ...]] = field(default_factory=dict)
    scope: str = ""  # the form that it was typed in, where a page has several


class _Look(NamedTuple):
    control: Control
    size: int = 30
    input_mode: str = "text"
    autocomplete: str = ""


_LOOKS: dict[FactType, _Look] = {
    FactType.BOOLEAN: _Look(Control.YES_NO),
    FactType.CHOICE: _Look(Control.RADIOS),
    FactType.CHOICES: _Look(Control.CHECKBOXES),
    FactType.TEXT: _Look(Control.LONG_TEXT),
    FactType.INTEGER: _Look(Control.NUMBER, 6, "numeric"),
    FactType.NUMBER: _Look(Control.NUMBER, 6, "decimal"),
    FactType.MONEY: _Look(Control.NUMBER, 10, "decimal"),
    FactType.DATE: _Look(Control.DATE),
    FactType.PERIOD: _Look(Control.PERIOD),
    FactType.DURATION: _Look(Control.TEXT, 10),
    FactType.YEAR: _Look(Control.NUMBER, 4, "numeric"),
    FactType.EMAIL: _Look(Control.TEXT, 30, "email", "email"),
    FactType.PHONE: _Look(Control.TEXT, 20, "tel", "tel"),
    FactType.POSTCODE: _Look(Control.TEXT, 10, "text", "postal-code"),
    FactType.BSN: _Look(Control.TEXT, 10, "numeric"),
    FactType.IBAN: _Look(Control.TEXT, 30, "text"),
    FactType.ADDRESS: _Look(Control.ADDRESS),
    FactType.PERSON: _Look(Control.PERSON),
    FactType.FILE: _Look(Control.FILE),
}


class _Box(NamedTuple):
    name: str
    size: int
    input_mode: str = "text"
    autocomplete: str = ""
    required: bool = True


_BOXES: dict[Control, tuple[_Box, ...]] = {
    Control.DATE: (_Box("day", 2, "numeric"), _Box("month", 2, "numeric"), _Box("year", 4, "numeric")),
    Control.PERIOD: (_Box("from", 10), _Box("to", 10)),
    Control.PERSON: (
        _Box("name", 30, autocomplete="name"),
        _Box("birthdate", 10, autocomplete="bday", required=False),
        _Box("phone", 20, "tel", "tel", required=False),
        _Box("email", 30, "email", "email", required=False),
    ),
    Control.ADDRESS: (
        _Box("street", 30, autocomplete="address-line1"),
        _Box("number", 6, "numeric"),
        _Box("addition", 6, required=False),
        _Box("postcode", 10, autocomplete="postal-code"),
        _Box("town", 30, autocomplete="address-level2"),
    ),
}
SHORT_TEXT = 100  # a text of at most this many characters gets one line
ACCEPT = "image/jpeg,image/png,image/heic,image/webp,application/pdf,.docx,.odt,.txt"


def build_field(
    graph: Graph, env: View | ItemView, key: str, node: FactNode, language: Language, attempt: Attempt | None = None
) -> Field:
    """The field of a fact; `env` gives the values that its texts show and what is known already."""
    spec = node.spec
    look = _LOOKS[spec.type]
    control = _control(spec, look)
    known = raw_value(env, key)
    value = dump_value(spec.type, known) if known is not UNKNOWN else None
    own = attempt or Attempt()
    typed = own.typed.get(key)
    messages = own.messages.get(key, ())
    added = {"item": item_name(env, language)}
    return Field(
        id=key,
        type=str(spec.type),
        control=control,
        label=filled(spec.ask, language, env, added) or filled(spec.label, language, env, added) or node.name,
        say=filled(spec.say, language, env, added),
        why=filled(spec.why, language, env, added),
        help=filled(spec.help, language, env, added) or _example(control, language),
        value=_shown_value(typed, value, control, language),
        options=_options(spec, language),
        parts=_parts(control, typed, value, language),
        unit=words(spec.unit, language),
        minimum=spec.min,
        maximum=spec.max,
        max_length=spec.max_length or 0,
        size=look.size,
        input_mode=look.input_mode,
        autocomplete=look.autocomplete,
        accept=ACCEPT if control is Control.FILE else "",
        errors=messages,
        ground=_ground(graph, spec, language),
        unsure=_unsure(spec, key, language),
    )


def plain_field(name: str, spec: Fact, label: str, language: Language, typed: Typed | None = None) -> Field:
    """A field of our own, of a type that facts have too."""
    look = _LOOKS[spec.type]
    return Field(
        id=name,
        type=str(spec.type),
        control=look.control,
        label=label,
        help=_example(look.control, language),
        value=_shown_value(typed, None, look.control, language),
        parts=_parts(look.control, typed, None, language),
        size=look.size,
        input_mode=look.input_mode,
        autocomplete=look.autocomplete,
    )


def raw_value(env: View | ItemView, key: str) -> object:
    """What was answered under this key, whether or not it counts now; UNKNOWN when nothing was."""
    view = env.view if isinstance(env, ItemView) else env
    return view.known.get(key, UNKNOWN)


def item_name(env: View | ItemView, language: Language) -> str:
    """What the item of a list is called: its first text, else its kind and number."""
    if not isinstance(env, ItemView):
        return ""
    for node in env.graph.facts.values():
        if node.list == env.list and node.spec.type in (FactType.TEXT, FactType.PERSON):
            value = raw_value(env, f"{env.list}[{env.at}].{node.name}")
            named = value.get("name") if isinstance(value, dict) else value
            if isinstance(named, str):
                return named
    kind = words(env.graph.facts[env.list].spec.item, language)
    return f"{kind} {env.at + 1}" if kind else say(language, "list.item", number=env.at + 1)


def _control(spec: Fact, look: _Look) -> Control:
    if spec.type is FactType.TEXT and spec.max_length and spec.max_length <= SHORT_TEXT:
        return Control.TEXT
    if spec.type is FactType.BOOLEAN and spec.unsure is Unsure.VALUE:
        return Control.RADIOS
    return look.control


def _example(control: Control, language: Language) -> str:
    return say(language, "field.date_example") if control is Control.DATE else ""


def _options(spec: Fact, language: Language) -> tuple[Option, ...]:
    if spec.type is FactType.BOOLEAN:
        found = [Option(value=value, label=say(language, key)) for value, key in _YES_NO]
    else:
        found = [
            Option(value=option, label=text.in_(language.value), alone=option in spec.alone)
            for option, text in spec.options.items()
        ]
    if found and spec.unsure is Unsure.VALUE:
        found.append(Option(value="unsure", label=say(language, "do.unsure"), alone=True))
    return tuple(found)


_YES_NO = (("true", "field.yes"), ("false", "field.no"))


def _shown_value(typed: Typed | None, value: JsonValue, control: Control, language: Language) -> JsonValue:
    if typed is None:
        decimal = control is Control.NUMBER and language is Language.NL and isinstance(value, str)
        return value.replace(".", ",") if decimal and isinstance(value, str) else value
    return list(typed) if isinstance(typed, tuple) else typed if isinstance(typed, str) else None


def _parts(control: Control, typed: Typed | None, value: JsonValue, language: Language) -> tuple[Part, ...]:
    boxes = _BOXES.get(control, ())
    shown = typed if isinstance(typed, Mapping) else _part_values(control, value)
    return tuple(
        Part(
            name=box.name,
            label=say(language, f"field.{box.name}") + ("" if box.required else f" {say(language, 'field.optional')}"),
            size=box.size,
            input_mode=box.input_mode,
            autocomplete=box.autocomplete,
            value=str(shown.get(box.name) or ""),
            required=box.required,
        )
        for box in boxes
    )


def _part_values(control: Control, value: JsonValue) -> Mapping[str, object]:
    if control is Control.DATE and isinstance(value, str):
        year, month, day = value.split("-")
        return {"day": str(int(day)), "month": str(int(month)), "year": year}
    return value if isinstance(value, Mapping) else {}


def _ground(graph: Graph, spec: Fact, language: Language) -> Ground | None:
    if spec.ground is None and spec.retention is None:
        return None
    kept = period_words(spec.retention, language) if spec.retention else ""
    source: Source | None = source_of(graph, spec.ground.source, language) if spec.ground else None
    return Ground(
        text=words(spec.ground.text, language) if spec.ground else "",
        source=source,
        retention=say(language, "field.retention", period=kept) if kept else "",
    )


_HAS_NONE = {FactType.PHONE: "do.no_phone", FactType.EMAIL: "do.no_email"}
"""What everybody knows, and not everybody has."""


def _unsure(spec: Fact, key: str, language: Language) -> Action | None:
    """The way out for who does not know, or has none; `value` is one of the options where one chooses."""
    is_value = spec.unsure is Unsure.VALUE
    if spec.unsure is None or (is_value and (spec.options or spec.type in (FactType.BOOLEAN, FactType.TEXT))):
        return None
    label = _HAS_NONE.get(spec.type, "do.unsure") if is_value else "do.unsure"
    return Action(kind=ActionKind.UNSURE, label=say(language, label), fact=key, writes=True)
