"""Numbers: what people type (`1.234,50`, `1,234.50`, `€ 12,-`), limits, and how numbers are written.

Used by the fields integer, number, money, year and duration. A number has at most 15 digits before and 10 after
the point; no real figure in a public process has more, and it keeps every sum far inside FEEL's 34 digits.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from babel.numbers import format_decimal

from engine.errors import AnswerError
from engine.flow.fields.field import locale, refused
from engine.flow.model import Fact

MAX_WHOLE: Final = 15
MAX_DECIMALS: Final = 10

_CANONICAL: Final = re.compile(r"-?([0-9]{1,40})(?:\.([0-9]{1,40}))?")
_GROUPS: Final = {".": re.compile(r"-?\d{1,3}(?:\.\d{3})+"), ",": re.compile(r"-?\d{1,3}(?:,\d{3})+")}
_WORDS: Final = {
    "nl": ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
}


def canonical(text: str) -> Decimal | None:
    """`-12.50` as a number; None when it is not written like this."""
    return Decimal(text) if _CANONICAL.fullmatch(text) else None


def loaded(value: object, code: str = "answer.number") -> Decimal:
    """A JSON number or numeric text. Floats and booleans are no numbers here."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise refused("answer.type")
    if isinstance(value, int) and abs(value) >= 10**MAX_WHOLE:
        raise refused("answer.number.digits", max=MAX_WHOLE)
    number = canonical(value.strip()[:100]) if isinstance(value, str) else Decimal(value)
    if number is None or not number.is_finite():
        raise refused(code)
    return _sized(number)


def _sized(number: Decimal) -> Decimal:
    """Zero without a sign, no trailing zeros, not too many digits."""
    if number == 0:
        return Decimal(0)
    if number.adjusted() >= MAX_WHOLE:
        raise refused("answer.number.digits", max=MAX_WHOLE)
    number = number.normalize()
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent < -MAX_DECIMALS:
        raise refused("answer.number.digits", max=MAX_DECIMALS)
    return number.quantize(Decimal(1)) if exponent > 0 else number


def typed_number(text: str, language: str, code: str = "answer.number") -> Decimal:
    """What a person typed. The point and the comma are read by the language, and by their place when that is plain."""
    bare = re.sub(r"(?<=\d)['  ](?=\d{3})", "", text.strip())
    bare = re.sub(r"[,.]-+$", "", bare).replace("−", "-").replace(" ", "")
    point, group = (",", ".") if language == "nl" else (".", ",")
    if point in bare and group in bare:
        point, group = (point, group) if bare.rindex(point) > bare.rindex(group) else (group, point)
        whole, _, decimals = bare.partition(point)
        bare = f"{whole.replace(group, '')}.{decimals}" if _GROUPS[group].fullmatch(whole) else "?"
    elif _GROUPS[group].fullmatch(bare) or bare.count(group) > 1:
        bare = bare.replace(group, "") if _GROUPS[group].fullmatch(bare) else "?"
    else:
        bare = bare.replace(",", ".")
    number = canonical(bare[:100].removeprefix("+"))
    if number is None:
        raise refused(code)
    return _sized(number)


def within(number: Decimal, fact: Fact) -> Decimal:
    """The number, when it lies between the fact's `min` and `max`."""
    low, high = limit(fact.min), limit(fact.max)
    if low is not None and number < low:
        raise refused("answer.number.min", min=low)
    if high is not None and number > high:
        raise refused("answer.number.max", max=high)
    return number


def limit(text: str) -> Decimal | None:
    """An author's limit; None when there is none or it is no number."""
    number = canonical(text)
    try:
        return None if number is None else _sized(number)
    except AnswerError:
        return None


def plain(number: Decimal) -> str:
    """Without exponent and trailing zeros: the canonical text."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def half_up(number: Decimal, unit: Decimal) -> Decimal:
    """Rounded for reading."""
    return (number / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def written(number: Decimal, language: str) -> str:
    """`1.234,5` in Dutch, `1,234.5` in English; at most ten decimals."""
    return str(format_decimal(number, format="#,##0.##########", locale=locale(language), decimal_quantization=True))


def in_words(number: Decimal, language: str) -> str:
    """`drie` up to twelve, figures beyond, as is the custom in running text."""
    words = _WORDS["nl" if language == "nl" else "en"]
    if number == number.to_integral_value() and 0 <= number < len(words):
        return words[int(number)]
    return written(number, language)
