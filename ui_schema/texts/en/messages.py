"""What we say about an answer or an event that cannot be accepted, in English."""

from __future__ import annotations

TABLE: dict[str, str] = {}
