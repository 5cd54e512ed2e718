"""A mailer that keeps what it gets, for the demo and for tests. Nothing leaves this process."""

from __future__ import annotations

from collections import deque

from api.channels.port import Mail, MailDown

MOST_KEPT = 200


class MemoryMailer:
    """The newest mails, each key once. While `down`, nothing can be sent."""

    def __init__(self) -> None:
        self.down = False
        self._sent: deque[Mail] = deque(maxlen=MOST_KEPT)

    @property
    def sent(self) -> tuple[Mail, ...]:
        """What was sent, the oldest first."""
        return tuple(self._sent)

    async def send(self, mail: Mail) -> None:
        """See `Mailer`."""
        if self.down:
            raise MailDown("The mail server cannot be reached.")
        if all(own.key != mail.key for own in self._sent):
            self._sent.append(mail)
