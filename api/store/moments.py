"""Moments as the tables hold them: whole microseconds since 1970 in UTC, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NO_DUE = 253_402_300_799_000_000  # 9999-12-31: a task without a promise sorts after all others


def micros(moment: datetime) -> int:
    """An aware datetime as microseconds. Raise TypeError for a naive one: it has no place in time."""
    return (moment - EPOCH) // MICROSECOND


def moment(stored: int) -> datetime:
    """The aware UTC datetime of a stored moment."""
    return EPOCH + timedelta(microseconds=stored)


def due_micros(due: datetime | None) -> int:
    return NO_DUE if due is None else micros(due)


def due_moment(stored: int) -> datetime | None:
    return None if stored == NO_DUE else moment(stored)
