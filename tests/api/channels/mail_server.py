"""A real SMTP server on a socket of its own: STARTTLS with a certificate of a made-up authority, sign-in, and moods.

`at_rcpt` and `at_text` are what it says there: "" takes everything, else the reply. Without `tls` there is no STARTTLS.
The address is 127.0.0.2: another one than the loopback that is spoken to without TLS.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.2"
NAME, PASSWORD = "wegwijzer", "geheim-van-de-post"


class MailServer:
    """What it got, and how it behaves. `signed_in` are the names that signed in with the right password."""

    def __init__(self, folder: Path, *, tls: bool = True) -> None:
        self.at_rcpt = ""
        self.at_text = ""
        self.taken: list[Envelope] = []
        self.over_tls: list[bool] = []
        self.signed_in: list[str] = []
        moments = {"handle_RCPT": self._recipient, "handle_DATA": self._message}  # as aiosmtpd calls them
        self._controller = Controller(
            SimpleNamespace(**moments),
            hostname=HOST,
            port=free_port(),
            tls_context=certificate(folder) if tls else None,
            require_starttls=tls,
            authenticator=self._known,
            auth_required=tls,
            auth_require_tls=True,
        )

    @property
    def address(self) -> str:
        return f"smtp://{HOST}:{self._controller.port}"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        """Gone: nobody listens any more."""
        if self._controller.loop.is_running():
            self._controller.stop(no_assert=True)

    def _known(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(NAME.encode(), PASSWORD.encode())
        if right:
            self.signed_in.append(NAME)
        return AuthResult(success=right, handled=False)

    async def _recipient(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt:
            return self.at_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def _message(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_text:
            return self.at_text
        self.taken.append(envelope)
        self.over_tls.append(session.ssl is not None)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for HOST that is its own authority; `folder`/authority.pem is what to believe."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Post van het voorbeeld")])
    now = datetime.fromtimestamp((folder.stat().st_mtime), UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "authority.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "own.pem").write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "own.pem")
    return context


@contextmanager
def mail_server(folder: Path, *, tls: bool = True) -> Iterator[MailServer]:
    """A running server, stopped at the end if it still runs."""
    server = MailServer(folder, tls=tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()
