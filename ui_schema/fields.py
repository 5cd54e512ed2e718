"""One renderer-neutral shape for a fact that somebody fills in, whatever its type.

    control      for fact types                    parts
    yesNo        boolean                           -
    radios       choice, boolean with `unsure`     -
    checkboxes   choices                           -
    text         short text, phone, email, iban,   -
                 bsn, postcode, duration
    longText     text with several lines           -
    number       integer, number, money, year      -
    date         date                              day, month, year
    period       period                            from, to
    person       person                            name, birthdate, phone, email
    address      address                           street, number, addition, postcode, town
    file         file                              -

`value` is what should stand in the control: the canonical value, or after a refusal exactly what was typed.
Lists are no field: see `ui_schema.page.ListView`.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import JsonValue

from ui_schema.shape import Action, Shape, Source


class Control(StrEnum):
    YES_NO = "yesNo"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    TEXT = "text"
    LONG_TEXT = "longText"
    NUMBER = "number"
    DATE = "date"
    PERIOD = "period"
    PERSON = "person"
    ADDRESS = "address"
    FILE = "file"


class Option(Shape):
    """One choice. `alone`: cannot go together with another."""

    value: str
    label: str
    help: str = ""
    alone: bool = False


class Part(Shape):
    """One box of a control that has several (a day, a house number). `size` is its width in characters."""

    name: str
    label: str
    size: int = 20
    input_mode: str = "text"
    autocomplete: str = ""
    value: str = ""
    required: bool = True


class Message(Shape):
    """Something wrong with what was filled in. `part` names the box that it is about, "" for the whole."""

    code: str
    text: str
    part: str = ""


class Prefill(Shape):
    """Where a value that nobody typed comes from, in words, and the way to say that it is wrong.

    `confirm` asks whether it is right: then it stands in the control, and only what the citizen sends counts.
    """

    source: str
    shown: str
    on: str = ""
    dispute: Action | None = None
    disputed: str = ""
    confirm: str = ""


class Ground(Shape):
    """Why we may ask a personal fact, and how long we keep it."""

    text: str
    source: Source | None = None
    retention: str = ""


class Field(Shape):
    """One fact to fill in. `id` is the fact's key, for an item of a list `kinderen[0].geboren`."""

    id: str
    scope: str = ""  # sets it apart on a page where several forms have a field of this id
    type: str
    control: Control
    label: str
    say: str = ""
    why: str = ""
    help: str = ""
    required: bool = True
    value: JsonValue = None
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    unit: str = ""
    minimum: str = ""
    maximum: str = ""
    max_length: int = 0
    size: int = 40
    input_mode: str = "text"
    autocomplete: str = ""
    accept: str = ""
    errors: tuple[Message, ...] = ()
    prefill: Prefill | None = None
    ground: Ground | None = None
    unsure: Action | None = None


class Form(Shape):
    """Fields that are sent together, the button that sends them and what else can be done instead."""

    fields: tuple[Field, ...]
    submit: Action
    title: str = ""
    why: str = ""
    others: tuple[Action, ...] = ()
    tries: int = 0  # how often this form was refused: at the third time help is offered
