"""The clock: aware UTC, identities that sort by time, and a clock that stands still for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from api.clock import FrozenClock, SystemClock, made_at, uuid7


def test_identities_of_one_clock_are_unique_and_in_order():
    """Ten thousand identities made in a row differ and sort in the order in which they were made."""
    clock = SystemClock()
    made = [clock.new_id() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_an_identity_is_a_uuid_of_version_seven():
    """An identity has version 7 and the variant of RFC 9562."""
    uuid = UUID(SystemClock().new_id())
    assert (uuid.version, uuid.variant) == (7, "specified in RFC 4122")


def test_the_example_of_the_standard_comes_out():
    """The test vector of RFC 9562, appendix A.6."""
    assert str(uuid7(0x017F22E279B0, 0xCC3, 0x18C4DC0C0C07398F)) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_an_identity_tells_when_it_was_made():
    """The moment comes back to the millisecond, and another kind of UUID is refused."""
    moment = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
    assert made_at(FrozenClock(moment).new_id()) == moment
    with pytest.raises(ValueError, match="version 7"):
        made_at("00000000-0000-4000-8000-000000000000")


def test_order_survives_an_overflowing_counter_and_a_clock_set_back():
    """When the counter is full the timestamp runs ahead, and a clock that is set back makes no earlier identity."""
    clock = SystemClock()
    clock._last = 2**46  # far ahead: as if the machine's clock was set back since
    clock._counter = 2**12 - 2
    made = [clock.new_id() for _ in range(5)]
    assert made == sorted(set(made))


def test_a_frozen_clock_stands_still_until_it_is_moved():
    """A frozen clock gives the same moment in UTC, moves when told, and repeats its identities in the next run."""
    start = datetime(2026, 1, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    clock = FrozenClock(start)
    assert clock.now() == clock.now() == start
    assert clock.now().tzinfo is UTC
    clock.move(timedelta(hours=2))
    assert clock.now() == start + timedelta(hours=2)
    first = [FrozenClock(start).new_id() for _ in range(1)]
    assert first == [FrozenClock(start).new_id()]
    with pytest.raises(ValueError, match="time zone"):
        FrozenClock(datetime(2026, 1, 1))
