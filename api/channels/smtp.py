"""Mail by SMTP, with TLS and a time-out: `smtps://host:465` or `smtp://host:587` (STARTTLS).

    what the server says                                    what becomes of the mail
    taken                                                   MessageSent stands in the dossier
    nothing: away, slow, hangs up; no STARTTLS; a name or   MailDown: tried again later
      password it does not know; a sender it does not take
    4xx: not now                                            MailDown
    5xx about the recipient or the message (RFC 5321,       MailRefused: a task for a person, at once
      section 4.2.1: not again in this form)

Plain SMTP without TLS is spoken to the loopback only, and a password never without TLS to anybody else. Whom we believe
are the machine's own authorities; SSL_CERT_FILE adds another. The library is Python's own and blocks, so it runs in a
thread. Tests: tests/api/channels/test_smtp.py, against a real server.
"""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import urlsplit

from api.channels.port import Mail, MailDown, MailRefused
from api.settings import SettingsError

SECONDS = 10.0
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
FOR_GOOD = 500


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
            message = written(mail, self._sender)
        except ValueError:
            raise MailRefused("This mail cannot be written.") from None
        try:
            await asyncio.to_thread(self._send, message)
        except (OSError, smtplib.SMTPException) as error:  # ssl.SSLError is an OSError
            raise MailDown(f"The mail server does not take it ({_said(error)}).") from None

    def _send(self, message: EmailMessage) -> None:
        context = ssl.create_default_context()
        if self._tls:
            with smtplib.SMTP_SSL(self._host, self._port, timeout=SECONDS, context=context) as server:
                self._hand_over(server, message)
            return
        with smtplib.SMTP(self._host, self._port, timeout=SECONDS) as server:
            if self._host not in LOOPBACK:
                server.starttls(context=context)
            self._hand_over(server, message)

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        if self._name:
            server.login(self._name, self._password)
        try:
            server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError) as error:
            # a refused sender is not among them: that is ours to set right, whoever the mail is for
            if all(code >= FOR_GOOD for code in _codes(error)):
                raise MailRefused(f"The mail server refuses it for good ({_said(error)}).") from None
            raise


def _codes(error: Exception) -> list[int]:
    """The reply codes in an error of smtplib."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _said(error: Exception) -> str:
    """The kind of error and its codes; never the server's words, which may repeat the address."""
    return " ".join([type(error).__name__, *map(str, _codes(error))])


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
