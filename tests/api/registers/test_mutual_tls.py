"""A register behind mutual TLS, with real handshakes: who we are, whom we believe, and what happens to all others."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from api.clock import SystemClock
from api.registers.declared import read_registers
from api.registers.guarded import GuardedRegister
from api.registers.port import Found, RegisterDown
from api.settings import SettingsError

pytestmark = pytest.mark.anyio
SUBJECT = "999993653"
NOW = datetime.now(UTC)  # noqa: TID251  certificates are judged by the machine's own clock


class Authority:
    """One who signs certificates, and the files that it made."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder, name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.own = self._signed(name, self.key, authority=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(self.own.public_bytes(serialization.Encoding.PEM))

    def _signed(self, name: str, key: ec.EllipticCurvePrivateKey, *, authority: bool = False, days: int = 2, host=""):
        issuer = self.own.subject if not authority else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=3))
            .not_valid_after(NOW + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if host:
            seen = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
            made = made.add_extension(x509.SubjectAlternativeName([seen]), critical=False)
        return made.sign(self.key, hashes.SHA256())

    def sign(self, name: str, *, days: int = 2, host: str = "127.0.0.1", password: bytes = b"") -> tuple[Path, Path]:
        """A certificate and its key, as PEM files."""
        key = ec.generate_private_key(ec.SECP256R1())
        sealed = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
        chain, private = self.folder / f"{name}.chain.pem", self.folder / f"{name}.key.pem"
        chain.write_bytes(self._signed(name, key, days=days, host=host).public_bytes(serialization.Encoding.PEM))
        form = serialization.PrivateFormat.PKCS8
        private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, sealed))
        return chain, private


class Answers(BaseHTTPRequestHandler):
    """Says when somebody was born, and remembers who asked."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(dict(own[0] for own in self.connection.getpeercert()["subject"])["commonName"])
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"born": "1985-12-01"}')

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Hall:
    """A server that lets in only those whose certificate `ours` signed."""

    def __init__(self, ours: Authority, chain: Path, key: Path) -> None:
        self.asked: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
        context.load_verify_locations(ours.file)
        context.verify_mode = ssl.CERT_REQUIRED
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Answers,), {"asked": self.asked}))
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a refused handshake is expected
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]


@pytest.fixture
def ours(tmp_path: Path) -> Authority:
    return Authority(tmp_path, "ours")


@pytest.fixture
def halls() -> Iterator[list[Hall]]:
    opened: list[Hall] = []
    yield opened
    for hall in opened:
        hall.server.shutdown()
        hall.server.server_close()


def register(folder: Path, port: int, authority: Authority, files: tuple[Path, Path] | None) -> GuardedRegister:
    """The register as an operator declares it; without `files` nobody says who we are."""
    certificate = f"certificate: {{chain: {files[0]}, key: {files[1]}}}" if files else "headers: {}"
    declared = folder / "registers.yaml"
    declared.write_text(
        f"hosts: [127.0.0.1]\nregisters:\n  brp:\n    address: https://127.0.0.1:{port}\n"
        f"    authority: {authority.file}\n    {certificate}\n"
        "facts:\n  brp.geboren: {register: brp, get: '/{subject}', value: /born}\n",
        encoding="utf-8",
    )
    return GuardedRegister(read_registers(declared), SystemClock())


async def test_both_sides_show_who_they_are(tmp_path: Path, ours: Authority, halls: list[Hall]) -> None:
    """With the certificate that the register knows the fact comes, and the register saw whose it was."""
    halls.append(Hall(ours, *ours.sign("register")))
    asking = register(tmp_path, halls[0].port, ours, ours.sign("wegwijzer"))
    assert await asking.fetch("brp.geboren", SUBJECT) == Found("1985-12-01")
    assert halls[0].asked == ["wegwijzer"]
    await asking.close()


async def test_without_the_right_certificate_nobody_comes_in(
    tmp_path: Path, ours: Authority, halls: list[Hall]
) -> None:
    """None at all, or one that somebody else signed: the register is down to us, and hears no subject."""
    halls.append(Hall(ours, *ours.sign("register")))
    theirs = Authority(tmp_path, "theirs")
    for files in (None, theirs.sign("stranger")):
        asking = register(tmp_path, halls[0].port, ours, files)
        with pytest.raises(RegisterDown):
            await asking.fetch("brp.geboren", SUBJECT)
        await asking.close()
    assert halls[0].asked == []


async def test_a_register_that_is_not_the_one_is_told_nothing(
    tmp_path: Path, ours: Authority, halls: list[Hall]
) -> None:
    """Signed by another, for another host, or too old: no question leaves."""
    theirs = Authority(tmp_path, "theirs")
    own = ours.sign("wegwijzer")
    wrong = (theirs.sign("false"), ours.sign("elsewhere", host="brp.example"), ours.sign("old", days=-1))
    for chain, key in wrong:
        halls.append(Hall(ours, chain, key))
        asking = register(tmp_path, halls[-1].port, ours, own)
        with pytest.raises(RegisterDown):
            await asking.fetch("brp.geboren", SUBJECT)
        await asking.close()
        assert halls[-1].asked == []


def test_a_key_behind_a_password_is_said_at_the_start(tmp_path: Path, ours: Authority) -> None:
    """Nobody is there to type it: one sentence instead of a server that waits at a terminal."""
    with pytest.raises(SettingsError, match="without a password"):
        register(tmp_path, 1, ours, ours.sign("sealed", password=b"geheim"))


def test_a_key_of_another_certificate_is_said_at_the_start(tmp_path: Path, ours: Authority) -> None:
    """Not at the first question, in the middle of a journey."""
    chain, _ = ours.sign("one")
    _, key = ours.sign("other")
    with pytest.raises(SettingsError, match="register brp cannot be used"):
        register(tmp_path, 1, ours, (chain, key))
