"""What can be wrong with the store, and whose problem it is.

StoreUnavailable   nobody's now: it will pass; HTTP 503 with Retry-After
StoreRefused       the operator's: the store cannot be used as it is set up; one sentence at start
KeyReused          the caller's: this command id was used with another body; HTTP 422
"""

from __future__ import annotations

from engine.errors import WegwijzerError


class StoreUnavailable(WegwijzerError):
    """The database (or the key store) does not answer. `retry_after` is in seconds.

    What was asked may or may not have happened; sending the same command id again is safe.
    """

    def __init__(self, message: str = "The store does not answer.", retry_after: int = 5) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class StoreRefused(WegwijzerError):
    """The store cannot be used as it is set up: one sentence that says what to do."""


class KeyReused(WegwijzerError):
    """The command id (Idempotency-Key) was used before with another body."""

    def __init__(self, command_id: str = "") -> None:
        self.command_id = command_id
        super().__init__("This command id was used before with another body.")
