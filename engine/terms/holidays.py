"""Generally recognised holidays and working days, as the Algemene termijnenwet (BWBR0002448) has them.

Article 3(1): New Year's Day, Easter Monday, Whit Monday, both Christmas days, Ascension Day, the day on
which the King's birthday is celebrated, and the fifth of May (every year, not only in lustrum years).
Article 3(2): Good Friday. Article 3(3): days named by royal decree.

King's Day is 27 April since 2014, before it was Queen's Day on 30 April; on a Sunday it is celebrated
the day before. (Both days are no working days anyway, so this rule never moves a deadline.)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from engine.terms.decree_days import DECREE_DAYS

SUNDAY = 6
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class Holiday(StrEnum):
    """Names a text in `ui_schema.texts` (`holiday.koningsdag`)."""

    NIEUWJAARSDAG = "nieuwjaarsdag"
    GOEDE_VRIJDAG = "goede_vrijdag"
    TWEEDE_PAASDAG = "tweede_paasdag"
    KONINGINNEDAG = "koninginnedag"
    KONINGSDAG = "koningsdag"
    BEVRIJDINGSDAG = "bevrijdingsdag"
    HEMELVAARTSDAG = "hemelvaartsdag"
    TWEEDE_PINKSTERDAG = "tweede_pinksterdag"
    EERSTE_KERSTDAG = "eerste_kerstdag"
    TWEEDE_KERSTDAG = "tweede_kerstdag"
    GELIJKGESTELD = "gelijkgesteld"


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays(year: int) -> Mapping[date, Holiday]:
    """The days of article 3 in `year`, by date, those of a royal decree included."""
    sunday = easter(year)
    royal, name = _birthday_of_the_monarch(year)
    found = {day: Holiday.GELIJKGESTELD for day in DECREE_DAYS if day.year == year}
    found |= {
        date(year, 1, 1): Holiday.NIEUWJAARSDAG,
        sunday - 2 * ONE_DAY: Holiday.GOEDE_VRIJDAG,
        sunday + ONE_DAY: Holiday.TWEEDE_PAASDAG,
        date(year, 5, 5): Holiday.BEVRIJDINGSDAG,
        royal: name,
        sunday + 50 * ONE_DAY: Holiday.TWEEDE_PINKSTERDAG,
        date(year, 12, 25): Holiday.EERSTE_KERSTDAG,
        date(year, 12, 26): Holiday.TWEEDE_KERSTDAG,
        sunday + 39 * ONE_DAY: Holiday.HEMELVAARTSDAG,
    }
    return MappingProxyType(dict(sorted(found.items())))


def holiday(day: date) -> Holiday | None:
    """Which holiday `day` is, if any."""
    return holidays(day.year).get(day)


def working_day(day: date) -> bool:
    """Whether `day` is not a Saturday, a Sunday or a generally recognised holiday (article 1(1))."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def _birthday_of_the_monarch(year: int) -> tuple[date, Holiday]:
    """The day on which it is celebrated. Royal decrees of 24 April 1980 and 30 January 2013."""
    day, name = (date(year, 4, 27), Holiday.KONINGSDAG) if year >= 2014 else (date(year, 4, 30), Holiday.KONINGINNEDAG)
    return (day - ONE_DAY if day.weekday() == SUNDAY else day), name
