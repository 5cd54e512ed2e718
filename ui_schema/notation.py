"""Moments, days and lengths of time in words, as people in the Netherlands read them.

    day_words       maandag 23 november 2026           Monday 23 November 2026
    moment_words    maandag 23 november, 9.02 uur      Monday 23 November, 9:02
    deadline_words  vandaag 15.20 uur | dinsdag 24 november 9.00 uur | 19 januari 2027
    period_words    8 weken                            8 weeks

`deadline_words` fits behind "voor" or "before": a moment at midnight is the day that then begins, without a time.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from engine.terms.periods import parse_period
from ui_schema.shape import Language

NETHERLANDS = ZoneInfo("Europe/Amsterdam")
_LOCALES = {Language.NL: "nl_NL", Language.EN: "en_GB"}
_TODAY = {Language.NL: ("vandaag", "morgen"), Language.EN: ("today", "tomorrow")}
_UNITS = {
    Language.NL: {"years": ("jaar", "jaar"), "months": ("maand", "maanden"), "weeks": ("week", "weken")}
    | {"days": ("dag", "dagen"), "hours": ("uur", "uur")},
    Language.EN: {"years": ("year", "years"), "months": ("month", "months"), "weeks": ("week", "weeks")}
    | {"days": ("day", "days"), "hours": ("hour", "hours")},
}
_WEEKDAYS = {
    Language.NL: ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_TO = {Language.NL: "tot en met", Language.EN: "to"}
_AND = {Language.NL: "en", Language.EN: "and"}


def local(moment: datetime) -> datetime:
    """The moment on a clock in the Netherlands."""
    return moment.astimezone(NETHERLANDS)


def share_words(share: float, language: Language, *, fine: bool = False) -> str:
    """A part of a whole as a percentage: `4,9 %`, `4.9%`; never nought for what is there. `fine`: to a thousandth."""
    text = f"{share * 100:.1f}" if share >= 0.001 else "< 0.1"
    if fine and share < 0.1:
        text = f"{share * 100:.3f}" if share >= 0.00001 else "< 0.001"
    return f"{text.replace('.', ',')} %" if language is Language.NL else f"{text}%"


def day_words(day: date, language: Language, *, weekday: bool = False) -> str:
    """`23 november 2026`, with its weekday when asked."""
    return str(format_date(day, "EEEE d MMMM y" if weekday else "d MMMM y", _LOCALES[language]))


def size_words(size: int, language: Language) -> str:
    """A number of bytes as people say it: `340 kB`, `1,2 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{format_decimal(size / 1_000_000, '0.0', locale=_LOCALES[language])} MB"


def time_words(moment: datetime, language: Language) -> str:
    """`15.20 uur`, `15:20`."""
    if language is Language.NL:
        return f"{format_time(local(moment), 'H.mm', locale='nl_NL')} uur"
    return str(format_time(local(moment), "H:mm", locale="en_GB"))


def moment_words(moment: datetime, language: Language) -> str:
    """`maandag 23 november, 9.02 uur`."""
    day = format_date(local(moment), "EEEE d MMMM", _LOCALES[language])
    return f"{day}, {time_words(moment, language)}"


def deadline_words(moment: datetime, now: datetime, language: Language) -> str:
    """The moment as it stands behind "voor" or "before", the nearer the shorter."""
    own, today = local(moment), local(now).date()
    midnight = (own.hour, own.minute) == (0, 0)
    nearby = {today + timedelta(days=days): word for days, word in enumerate(_TODAY[language])}
    if own.date() in nearby and not midnight:
        return f"{nearby[own.date()]} {time_words(moment, language)}"
    if midnight:
        return day_words(own.date(), language)
    return f"{format_date(own, 'EEEE d MMMM', _LOCALES[language])} {time_words(moment, language)}"


def opening_words(moment: datetime, now: datetime, language: Language) -> str:
    """When it opens: `vandaag om 8.30 uur`, `dinsdag om 8.30 uur`, `dinsdag 5 januari om 8.30 uur`."""
    own, today = local(moment), local(now).date()
    at = "om" if language is Language.NL else "at"
    days = (own.date() - today).days
    if days < 2:
        name = _TODAY[language][max(days, 0)]
    elif days < 7:
        name = _WEEKDAYS[language][own.weekday()]
    else:
        name = str(format_date(own, "EEEE d MMMM", _LOCALES[language]))
    return f"{name} {at} {time_words(moment, language)}"


def period_words(iso: str, language: Language) -> str:
    """An ISO 8601 duration in words: `P8W` is 8 weken. Raises PeriodError for what is none."""
    period = parse_period(iso)
    counts = {unit: getattr(period, unit) for unit in _UNITS[language]}
    return _joined([unit_words(count, unit, language) for unit, count in counts.items() if count], language)


def unit_words(count: int, unit: str, language: Language) -> str:
    """`1 week`, `8 weken`; units are years, months, weeks, days and hours."""
    one, more = _UNITS[language][unit]
    return f"{count} {one if count == 1 else more}"


def weekday_range(days: tuple[int, ...], language: Language) -> str:
    """Days of the week (0 is Monday) in words: `maandag tot en met vrijdag`, `dinsdag en donderdag`."""
    names = _WEEKDAYS[language]
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{names[days[0]]} {_TO[language]} {names[days[-1]]}"
    return _joined([names[day] for day in days], language)


def hours_words(opens: int, closes: int, language: Language) -> str:
    """Minutes since midnight in words: `8.30 tot 17.00 uur`."""
    sign = "." if language is Language.NL else ":"
    first, last = (f"{minutes // 60}{sign}{minutes % 60:02}" for minutes in (opens, closes))
    return f"{first} tot {last} uur" if language is Language.NL else f"{first} to {last}"


def _joined(parts: list[str], language: Language) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_AND[language]} {parts[-1]}"
