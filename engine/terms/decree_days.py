"""Days that a royal decree puts on a level with a generally recognised holiday (Algemene termijnenwet, art. 3(3)).

A decree mostly covers three years and names the days; nothing can be computed. So this is data: a new
decree is one new row here. `docs/terms.md` says how each row was checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Decree:
    """One royal decree: its date and its number in the Basis Wettenbestand where known, and the days it names."""

    of: date | None
    bwb: str
    days: tuple[date, ...]


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(each) for each in text.split())


DECREES: tuple[Decree, ...] = (
    Decree(
        date(2003, 11, 26),
        "BWBR0015963",
        _days("2005-05-06 2006-05-26 2007-05-18 2007-12-27 2007-12-28 2007-12-31"),
    ),
    Decree(
        date(2007, 9, 27),
        "BWBR0022669",
        _days("2007-12-24 2008-05-02 2009-01-02 2009-05-01 2009-05-04 2009-05-22 2010-05-14"),
    ),
    Decree(
        date(2010, 6, 7),
        "BWBR0027755",
        _days("2011-05-06 2011-06-03 2012-05-18 2012-12-24 2012-12-31 2013-04-29 2013-05-10 2013-12-27"),
    ),
    Decree(
        date(2013, 6, 17),
        "BWBR0033679",
        _days("2014-05-30 2015-01-02 2015-05-04 2015-05-15 2016-05-06"),
    ),
    Decree(
        date(2016, 10, 24),
        "BWBR0038666",
        _days("2017-04-28 2017-05-26 2018-05-11 2018-12-24 2018-12-31 2019-05-31 2019-12-27"),
    ),
    Decree(date(2019, 9, 20), "", _days("2020-05-22 2021-05-14 2022-05-27")),
    Decree(None, "", _days("2023-04-28 2023-05-19 2024-05-10 2024-12-27 2025-05-30")),
    Decree(None, "", _days("2026-01-02 2026-05-15 2027-05-07 2028-04-28 2028-05-26")),
)

DECREE_DAYS: frozenset[date] = frozenset(day for decree in DECREES for day in decree.days)
FIRST_KNOWN_YEAR = min(DECREE_DAYS).year
LAST_KNOWN_YEAR = max(DECREE_DAYS).year


def decrees_known(year: int) -> bool:
    """Whether the decree for `year` stands in this table; if not, a term ending then is provisional."""
    return FIRST_KNOWN_YEAR <= year <= LAST_KNOWN_YEAR
