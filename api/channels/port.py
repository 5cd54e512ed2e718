"""Ways out to the citizen that a machine can take: one message, handed to whoever carries it.

    channel   how the citizen gets it                                 who carries
    web       the page itself; a mail besides when there is an address     nobody needs to
    email     `Mailer.send`                                           `memory` (demo), `smtp`
    phone     a worker calls: a task in the worklist                  a person
    desk      the same                                                a person
    letter    a worker prints and posts the letter: a task            a person

A mail holds the reference and a link, nothing of the question itself (`api.channels.mail`). `key` is the effect's own
and stays the same over retries, so that a receiver can drop what it has already. Called by `api.service.carrying`;
tests: tests/api/channels/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from engine.errors import WegwijzerError


class MailDown(WegwijzerError):
    """The mail could not be handed over now. No address and no text is in the message."""


class MailRefused(WegwijzerError):
    """This mail is never going to arrive: refused for good, or it cannot be written. A person has to tell."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `key` is stable over retries."""

    to: str
    subject: str
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Outward:
    """How the organisation reaches out: who sends mail (None: nobody), where the site is, who signs."""

    mailer: Mailer | None = None
    address: str = ""
    organisation: str = ""


class Mailer(Protocol):
    """Anything that takes a mail further."""

    async def send(self, mail: Mail) -> None:
        """Hand the mail over. Raises MailDown, and then it is tried again later; MailRefused, and then it is not."""
        ...


ALONE = Outward()
"""Nobody sends mail."""
