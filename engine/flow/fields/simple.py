"""One field for each type but `list`, which is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.flow.fields.address import Address
from engine.flow.fields.boolean import Boolean
from engine.flow.fields.bsn import Bsn
from engine.flow.fields.choice import Choice
from engine.flow.fields.choices import Choices
from engine.flow.fields.date import Day
from engine.flow.fields.duration import Duration
from engine.flow.fields.email import Email
from engine.flow.fields.field import Field
from engine.flow.fields.file import File
from engine.flow.fields.iban import Iban
from engine.flow.fields.integer import Integer
from engine.flow.fields.money import Money
from engine.flow.fields.number import Number
from engine.flow.fields.period import Period
from engine.flow.fields.person import Person
from engine.flow.fields.phone import Phone
from engine.flow.fields.postcode import Postcode
from engine.flow.fields.text import Words
from engine.flow.fields.year import Year
from engine.flow.model import FactType

SIMPLE: Final[Mapping[FactType, Field]] = {
    FactType.BOOLEAN: Boolean(),
    FactType.CHOICE: Choice(),
    FactType.CHOICES: Choices(),
    FactType.TEXT: Words(),
    FactType.INTEGER: Integer(),
    FactType.NUMBER: Number(),
    FactType.MONEY: Money(),
    FactType.DATE: Day(),
    FactType.PERIOD: Period(),
    FactType.DURATION: Duration(),
    FactType.YEAR: Year(),
    FactType.EMAIL: Email(),
    FactType.PHONE: Phone(),
    FactType.POSTCODE: Postcode(),
    FactType.BSN: Bsn(),
    FactType.IBAN: Iban(),
    FactType.ADDRESS: Address(),
    FactType.PERSON: Person(),
    FactType.FILE: File(),
}
