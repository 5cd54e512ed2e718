"""Registers over HTTP, through the one guarded outbound client.

    where          only what the file of registers names (`api.registers.declared`); https, or http on the loopback
    no redirects   a register that moves is set up anew; no proxy of the environment, no cookies are kept
    time           connecting and the whole answer have their own limit; a drip of bytes does not stretch it
    size           at most LARGEST bytes are read, and nothing that is packed
    answer         200 with JSON is read by `api.registers.reading`; 404 is "not here"; all else is RegisterDown
    circuit        one per register: one that keeps failing is left alone for a while (`api.registers.circuit`)

What is logged is the register's name and what kind of fault it was: no address, no subject, no value.
Called by the service through `api.registers.port`; tests: tests/api/registers/.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import quote

import httpx

from api.clock import Clock
from api.registers.circuit import Circuit
from api.registers.declared import Registers, Source, Told, filled
from api.registers.port import Found, RegisterDown
from api.registers.reading import Unreadable, body_of, read
from api.settings import SettingsError

LARGEST = 64_000
log = logging.getLogger("wegwijzer.registers")


class Connection:
    """One register: its client, its key and its circuit. Raises SettingsError when key or certificates are amiss."""

    def __init__(self, name: str, source: Source, key: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self.name = name
        self.circuit = Circuit()
        self.seconds = source.answer_seconds
        self._base = source.address.rstrip("/")
        own = {source.key.header: key} if source.key is not None else {}
        self._client = httpx.AsyncClient(
            headers={"Accept": "application/json", "User-Agent": "wegwijzer", **source.headers, **own},
            timeout=httpx.Timeout(source.answer_seconds, connect=source.connect_seconds),
            follow_redirects=False,
            trust_env=False,
            verify=_trust(name, source),
            transport=transport,
        )
        self._client.headers["Accept-Encoding"] = "identity"
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    async def ask(self, told: Told, subject: str) -> bytes | None:
        """The body of the answer; None for "not here". Raises RegisterDown, httpx.HTTPError and OSError."""
        path = filled(told.get or told.post, quote(subject, safe=""))
        method, body = ("POST", filled(told.body, subject)) if told.post is not None else ("GET", None)
        async with (
            asyncio.timeout(self.seconds),
            self._client.stream(method, self._base + path, json=body, headers=dict(told.headers)) as answer,
        ):
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            if answer.status_code != httpx.codes.OK:
                raise RegisterDown(f"The register {self.name} answered with status {answer.status_code}.")
            if answer.headers.get("content-encoding", "identity").lower() != "identity":
                raise RegisterDown(f"The register {self.name} answers in a packed form that was not asked for.")
            return await self._whole(answer)

    async def _whole(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        async for piece in answer.aiter_raw():
            body += piece
            if len(body) > LARGEST:
                raise RegisterDown(f"The register {self.name} answers with more than can be a fact.")
        return bytes(body)

    async def close(self) -> None:
        await self._client.aclose()


class GuardedRegister:
    """The registers of a file. `keys` are the values of their API keys, by register."""

    def __init__(
        self,
        declared: Registers,
        clock: Clock,
        keys: Mapping[str, str] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._told = declared.facts
        self._clock = clock
        known = keys or {}
        self._connections = {
            name: Connection(name, source, _key(name, source, known), transport)
            for name, source in declared.registers.items()
        }

    def connected(self, name: str) -> bool:
        """See `Register`."""
        return name in self._told

    async def fetch(self, name: str, subject: str) -> Found | None:
        """See `Register`."""
        told = self._told.get(name)
        if told is None:
            return None
        connection = self._connections[told.register_]
        if not connection.circuit.lets_through(self._clock.now()):
            raise RegisterDown(f"The register {connection.name} failed too often and is left alone for a while.")
        try:
            content = await self._answered(connection, told, subject)
            return None if content is None else read(told, body_of(content))
        except Unreadable:
            log.warning("register %s: what it answers about %s cannot be understood", connection.name, name)
            raise RegisterDown(f"The register {connection.name} answers what cannot be understood.") from None

    async def _answered(self, connection: Connection, told: Told, subject: str) -> bytes | None:
        """The body, with the circuit told how it went. Raises RegisterDown."""
        try:
            content = await connection.ask(told, subject)
        except (httpx.HTTPError, OSError) as error:  # TimeoutError is one, and what TLS says once it is up
            down = RegisterDown(f"The register {connection.name} cannot be reached ({type(error).__name__}).")
            raise self._failed(connection, down) from None
        except RegisterDown as down:
            raise self._failed(connection, down) from None
        connection.circuit.answered()
        return content

    def _failed(self, connection: Connection, down: RegisterDown) -> RegisterDown:
        log.warning("%s", down)
        if connection.circuit.failed(self._clock.now()):
            log.warning("register %s: left alone for a while", connection.name)
        return down

    async def close(self) -> None:
        """See `Register`."""
        for connection in self._connections.values():
            await connection.close()


def _key(name: str, source: Source, keys: Mapping[str, str]) -> str:
    """The API key of a register, "" when it has none. Raises SettingsError when it is said to have one."""
    if source.key is None:
        return ""
    key = keys.get(name, "")
    if source.key.file is not None:
        try:
            key = source.key.file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise SettingsError((f"The key of the register {name} cannot be read from {source.key.file}.",)) from None
    if not key or not key.isascii() or not key.isprintable():
        sentence = f"The register {name} has no usable key; set WEGWIJZER_REGISTER_KEYS={name}:... or name its `file:`."
        raise SettingsError((sentence,))
    return key


def _nobody_types() -> str:
    """The password of a key: a server that waits for one at a terminal looks like one that hangs."""
    return ""


def _trust(name: str, source: Source) -> ssl.SSLContext:
    """Whom we believe, and who we are. Raises SettingsError when a certificate cannot be used."""
    try:
        context = ssl.create_default_context(cafile=str(source.authority) if source.authority else None)
        if source.certificate is not None:
            context.load_cert_chain(source.certificate.chain, source.certificate.key, _nobody_types)
    except OSError:  # ssl.SSLError is one
        sentence = (
            f"The certificates of the register {name} cannot be used; they are PEM files that can be read, "
            "a certificate with its own key, without a password."
        )
        raise SettingsError((sentence,)) from None
    return context
