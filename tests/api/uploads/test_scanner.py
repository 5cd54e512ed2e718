"""The scanner against a clamd of our own that speaks the same protocol; away means no."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from api.uploads.scanner import CHUNK, Clamd, NoScanner, ScannerAway, scanner_of
from tests.api.uploads.contents import EICAR

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def clamd(answer: bytes = b"") -> AsyncIterator[Clamd]:
    """Finds EICAR in what arrives, unless it is told what to say."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", await reader.readexactly(4))[0]:
            content += await reader.readexactly(size)
        found = b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"
        writer.write(answer or found)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    async with server:
        yield Clamd(host, port)


async def test_a_virus_is_found_wherever_it_stands():
    """Also where it lies across two chunks."""
    async with clamd() as scanner:
        assert await scanner.harmful(EICAR)
        assert await scanner.harmful(b"x" * (CHUNK - 20) + EICAR + b"y" * 10)
        assert not await scanner.harmful(b"x" * (3 * CHUNK))


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"garbage"])
async def test_an_answer_that_says_nothing_is_no_yes(answer: bytes):
    """Only OK is OK."""
    async with clamd(answer) as scanner:
        with pytest.raises(ScannerAway):
            await scanner.harmful(b"x")


async def test_nobody_there_is_away():
    """A scanner that does not answer lets nothing through."""
    async with clamd() as scanner:
        pass
    with pytest.raises(ScannerAway):
        await scanner.harmful(b"x")


def test_the_setting_names_the_scanner():
    """In production nothing is taken in until somebody said who looks."""
    assert scanner_of("clam.example:3310", True) == Clamd("clam.example", 3310)
    assert scanner_of("[::1]:3310", False) == Clamd("::1", 3310)
    assert scanner_of("", False) == NoScanner()
    assert scanner_of("none", True) == NoScanner()
    assert scanner_of("", True) == NoScanner(takes=False)
