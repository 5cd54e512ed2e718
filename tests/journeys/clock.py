"""The moment at which journeys in tests take place."""

from __future__ import annotations

from datetime import UTC, datetime

AT = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
