"""Mail by SMTP, with TLS and a time-out: `smtps://host:465` or `smtp://host:587` (STARTTLS).

Plain SMTP without TLS is spoken to the loopback only. The library is Python's own and blocks, so it runs in a thread.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import urlsplit

from api.channels.port import Mail, MailDown
from api.settings import SettingsError

SECONDS = 10.0
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


class SmtpMailer:
    """Raises SettingsError for an address that is not one. `secret` is `name:password`, or "" for none."""

    def __init__(self, server: str, sender: str, secret: str = "") -> None:
        parts = urlsplit(server)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise SettingsError(("WEGWIJZER_MAIL_SERVER is no address of a mail server; write smtps://host:465.",))
        self._tls = parts.scheme == "smtps"
        self._host = parts.hostname
        self._port = parts.port or (465 if self._tls else 587)
        self._sender = sender
        self._name, _, self._password = secret.partition(":")

    async def send(self, mail: Mail) -> None:
        """See `Mailer`."""
        try:
            await asyncio.to_thread(self._send, mail)
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            raise MailDown(f"The mail server does not take it ({type(error).__name__}).") from None

    def _send(self, mail: Mail) -> None:
        context = ssl.create_default_context()
        if self._tls:
            with smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=context) as server:
                self._hand_over(server, mail)
            return
        with smtplib.SMTP(self._host, self._port, timeout=SECONDS) as server:
            if self._host not in LOOPBACK:
                server.starttls(context=context)
            self._hand_over(server, mail)

    def _hand_over(self, server: smtplib.SMTP, mail: Mail) -> None:
        if self._name:
            server.login(self._name, self._password)
        server.send_message(written(mail, self._sender))


def written(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it travels. Its id is made from the key, so a second copy of it can be seen as one."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Message-ID"] = f"<{sha256(mail.key.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message
