"""money: an amount, in cents at most. JSON: "1234.50" (a JSON number is read too). FEEL: number.

Euros, unless the fact's `unit` names another currency (ISO 4217: GBP).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import ClassVar, Final

from babel.numbers import format_currency
from babel.numbers import is_currency as babel_is_currency
from pydantic import JsonValue

from engine.flow.fields.field import Described, Field, Typed, clean, locale, one, refused
from engine.flow.fields.numbers import half_up, limit, loaded, typed_number, within, written
from engine.flow.model import Fact, Text
from engine.flow.slots import Notation

_CENT: Final = Decimal("0.01")
_SIGN: Final = re.compile(
    r"^(?P<minus>[-−]?)\s*(?:[€£$]|eur(?:o|os)?\b|[A-Z]{3}\b)|(?:[€£$]|eur(?:o|os)?|[A-Z]{3})\s*$", re.IGNORECASE
)
_EURO: Final = "EUR"


class Money(Field):
    """An amount in euros or another currency."""

    feel: ClassVar[str] = "number"

    def load(self, value: object, fact: Fact) -> Decimal:
        return within(_cents(loaded(value, "answer.money")), fact)

    def parse(self, typed: Typed, fact: Fact, language: str) -> Decimal:
        bare = _SIGN.sub(lambda found: found["minus"] or "", clean(one(typed)), count=1)
        return within(_cents(typed_number(bare, language, "answer.money")), fact)

    def literal(self, text: str, fact: Fact) -> Decimal:
        return _cents(loaded(text, "answer.money"))

    def dump(self, value: Decimal) -> JsonValue:
        exponent = value.as_tuple().exponent
        return format(value.quantize(_CENT) if isinstance(exponent, int) and exponent >= -2 else value, "f")

    def show(self, value: Decimal, of: Described, language: str, notation: Notation) -> str:
        """`€ 1.234,50`; `whole` rounds, `short` drops zero cents, `words` reads out loud (euros only)."""
        amount = half_up(value, Decimal(1) if notation == Notation.WHOLE else _CENT)
        currency = str(of.unit) if of.unit else _EURO
        if notation == Notation.WORDS and currency == _EURO:
            return _said(amount, language)
        is_whole = amount == amount.to_integral_value()
        bare = notation == Notation.WHOLE or (notation == Notation.SHORT and is_whole)
        name = locale(language)
        pattern = {"nl_NL": "¤ #,##0.00;¤ -#,##0.00", "en_GB": "¤#,##0.00"}[name]
        return str(format_currency(amount, currency, pattern.replace(".00", "") if bare else pattern, name, False))

    def bound(self, text: str) -> Decimal | None:
        return limit(text)


def is_currency(unit: Text) -> bool:
    """Whether a unit is a currency of ISO 4217."""
    return babel_is_currency(str(unit))


def _cents(amount: Decimal) -> Decimal:
    if amount != amount.quantize(_CENT):
        raise refused("answer.money.cents")
    return amount


def _said(amount: Decimal, language: str) -> str:
    euros = int(amount)
    cents = abs(int((amount - euros) * 100))
    said = f"{written(Decimal(euros), language)} {'euro' if language == 'nl' or abs(euros) == 1 else 'euros'}"
    if not cents:
        return said
    joint, cent = ("en", "cent") if language == "nl" else ("and", "cent" if cents == 1 else "cents")
    return f"{said} {joint} {cents} {cent}"
