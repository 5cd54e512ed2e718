"""Registers: what they say, and that one that is down never stops anybody."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from api.registers.guarded import GuardedRegister
from api.registers.memory import MemoryRegister
from api.registers.port import Found, RegisterDown
from api.settings import SettingsError

HOSTS = frozenset(("127.0.0.1",))


def guarded(answer: httpx.Response) -> GuardedRegister:
    client = httpx.AsyncClient(transport=httpx.MockTransport(lambda request: answer))
    return GuardedRegister({"brp.persoon": "http://127.0.0.1/persons"}, HOSTS, client)


def fetched(answer: httpx.Response) -> Found | None:
    return asyncio.run(guarded(answer).fetch("brp.persoon", "sanne"))


def test_a_known_person_is_found():
    """The demo register tells what it has of somebody, and nothing of anybody else."""
    register = MemoryRegister()
    assert asyncio.run(register.fetch("toeslagen.partner", "sanne")) == Found(False)
    assert asyncio.run(register.fetch("toeslagen.partner", "nobody")) is None


def test_a_register_that_is_down_says_so():
    """A register that cannot be reached raises RegisterDown and nothing else."""
    with pytest.raises(RegisterDown):
        asyncio.run(MemoryRegister(down=frozenset(("brp.persoon",))).fetch("brp.persoon", "sanne"))


def test_a_fact_over_http():
    """A good answer is a value with the date on which it holds; 404 is "not here"."""
    assert fetched(httpx.Response(200, json={"value": True, "on": "2026-01-31"})) == Found(True, "2026-01-31")
    assert fetched(httpx.Response(404)) is None


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "http://elsewhere.example/"}),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json=["no", "object"]),
        httpx.Response(200, content=b'{"value": "' + b"x" * 70_000 + b'"}'),
    ],
)
def test_an_answer_that_cannot_be_used(answer):
    """Errors, redirects, other content and floods all read as: the register is down."""
    with pytest.raises(RegisterDown):
        fetched(answer)


@pytest.mark.parametrize("address", ["https://evil.example/x", "http://register.example/x", "ftp://127.0.0.1/x"])
def test_an_address_that_is_not_allowed(address):
    """Only hosts on the allow-list, and only https outside this machine."""
    with pytest.raises(SettingsError):
        GuardedRegister({"brp.persoon": address}, HOSTS | {"register.example"})
