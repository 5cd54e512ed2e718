"""Registers over HTTP, through the one guarded outbound client.

    allow-list     only hosts that were named when the register was set up; https, or http on the loopback for tests
    no redirects   a register that moves is set up anew
    time-outs      connect 2 s, whole answer 5 s; at most 64 kB is read
    answer         200 {"value": ..., "on": "2026-01-31"}, or 404 for "not here"; anything else is RegisterDown

The subject goes in the body of a POST, never in an address, so that it does not end up in access logs (NL API Design
Rules: no BSN in URIs).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from api.registers.port import Found, RegisterDown
from api.settings import SettingsError

TIMEOUT = httpx.Timeout(5.0, connect=2.0)
LARGEST = 64_000
LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))


class GuardedRegister:
    """Registers by name (`brp.persoon`) and address. Raises SettingsError for an address that is not allowed."""

    def __init__(
        self, addresses: Mapping[str, str], hosts: frozenset[str], client: httpx.AsyncClient | None = None
    ) -> None:
        for name, address in addresses.items():
            _check(name, address, hosts)
        self._addresses = dict(addresses)
        self._client = client or httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False, trust_env=False)

    async def fetch(self, name: str, subject: str) -> Found | None:
        """See `Register`."""
        address = self._addresses.get(name)
        if address is None:
            return None
        try:
            async with self._client.stream("POST", address, json={"subject": subject}, timeout=TIMEOUT) as answer:
                if answer.status_code == httpx.codes.NOT_FOUND:
                    return None
                if answer.status_code != httpx.codes.OK:
                    raise RegisterDown(f"The register {name} answered with status {answer.status_code}.")
                return _read(name, await _body(name, answer))
        except httpx.HTTPError as error:
            raise RegisterDown(f"The register {name} cannot be reached ({type(error).__name__}).") from None

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()


def _check(name: str, address: str, hosts: frozenset[str]) -> None:
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host not in hosts:
        raise SettingsError((f"The register {name} is at a host that is not on the allow-list.",))
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise SettingsError((f"The register {name} needs an https address.",))


async def _body(name: str, answer: httpx.Response) -> bytes:
    body = b""
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise RegisterDown(f"The register {name} answers with more than can be a fact.")
    return body


def _read(name: str, body: bytes) -> Found:
    try:
        plain = json.loads(body)
        return Found(plain["value"], str(plain.get("on", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RegisterDown(f"The register {name} answers what cannot be understood.") from None
