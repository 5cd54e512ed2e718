"""E-mail against a real SMTP server: TLS and sign-in, refused for now and for good, gone, and what a citizen sees."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import Envelope

from api.channels.port import Mail, MailDown, MailRefused
from api.channels.smtp import SmtpMailer
from api.timers import MOST_TRIES
from engine.errors import WegwijzerError
from engine.journey.state import Journey
from tests.api.channels.mail_server import HOST, NAME, PASSWORD, MailServer, mail_server
from tests.api.web.browsing import Browser, Product, product

TREE, TO, FROM = "boom-kappen", "sanne@example.org", "noreply@example.org"
MAIL = Mail(TO, "Nieuws over WW-K7QM-3X9T", "Er is nieuws.\n", "event/1")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server that is believed."""
    with mail_server(tmp_path) as own:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        yield own


def _bytes(taken: Envelope) -> bytes:
    assert isinstance(taken.content, bytes)
    return taken.content


def sent(server: MailServer, mail: Mail = MAIL, secret: str = f"{NAME}:{PASSWORD}") -> None:
    asyncio.run(SmtpMailer(server.address, FROM, secret).send(mail))


def test_a_mail_arrives_over_tls_and_signed_in(server: MailServer):
    """STARTTLS first, then name and password, then one mail with sender, recipient, subject and text as they were."""
    sent(server)
    (taken,) = server.taken
    assert server.over_tls == [True]
    assert server.signed_in == [NAME]
    assert (taken.mail_from, taken.rcpt_tos) == (FROM, [TO])
    message = message_from_bytes(_bytes(taken), policy=policy.default)
    assert message["Subject"] == MAIL.subject
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().strip() == "Er is nieuws."


def test_the_same_mail_twice_can_be_seen_as_one(server: MailServer):
    """A second try of one effect carries the same Message-ID."""
    sent(server)
    sent(server)
    one, again = (message_from_bytes(_bytes(taken))["Message-ID"] for taken in server.taken)
    assert one == again


@pytest.mark.parametrize(
    ("reply", "becomes"),
    [
        ("450 4.2.1 try later", MailDown),
        ("451 4.7.1 greylisted", MailDown),
        ("421 4.3.2 closing", MailDown),
        ("452 4.2.2 full", MailDown),
        (f"550 5.1.1 <{TO}> unknown", MailRefused),
        ("552 5.2.2 mailbox full", MailRefused),
        ("554 5.7.1 not wanted", MailRefused),
    ],
)
@pytest.mark.parametrize("at", ["at_rcpt", "at_text"])
def test_refused_for_now_or_for_good(server: MailServer, at: str, reply: str, becomes: type[WegwijzerError]):
    """A 4xx is tried again later, a 5xx about recipient or message is not; the server's words are never repeated."""
    setattr(server, at, reply)
    with pytest.raises(becomes) as refused:
        sent(server)
    assert TO not in str(refused.value)
    assert reply[:3] in str(refused.value)


def test_what_is_ours_to_set_right_is_tried_again(server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A wrong password, none at all, and a certificate that nobody vouches for: down, and nothing was sent."""
    for secret in (f"{NAME}:wrong", ""):
        with pytest.raises(MailDown):
            sent(server, secret=secret)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailDown, match="SSLCertVerificationError"):
        sent(server)
    assert server.taken == []
    assert server.signed_in == []


def test_without_tls_nothing_is_said(tmp_path: Path):
    """A server elsewhere that offers no STARTTLS gets neither mail nor password."""
    with mail_server(tmp_path, tls=False) as server, pytest.raises(MailDown, match="SMTPNotSupportedError"):
        sent(server)
    assert server.taken == []


def test_an_address_that_cannot_be_written(server: MailServer):
    """A line break that would add a header is refused for good, before the server hears of it."""
    with pytest.raises(MailRefused):
        sent(server, Mail("a@example.org\nBcc: b@example.org", "S", "T", "k"))
    assert server.taken == []


@contextmanager
def hanging_up(after: bytes) -> Iterator[str]:
    """A server that says `after` to whoever connects, and hangs up."""
    listener = socket.create_server((HOST, 0))

    def serve() -> None:
        try:
            while True:
                caller, _ = listener.accept()
                with caller:
                    caller.sendall(after)
        except OSError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"smtp://{HOST}:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@pytest.mark.parametrize("greeting", [b"", b"220 hello\r\n", b"554 go away\r\n", b"nonsense\r\n", b"\xff" * 3000])
def test_a_server_that_hangs_up_or_talks_nonsense(greeting: bytes):
    """No greeting, half a conversation, a refusal of everybody, something else altogether: down, never a crash."""
    with hanging_up(greeting) as address, pytest.raises(MailDown):
        asyncio.run(SmtpMailer(address, FROM).send(MAIL))


def settings(server: MailServer) -> dict[str, Any]:
    return {"mail_server": server.address, "mail_from": FROM, "mail_secret": f"{NAME}:{PASSWORD}"}


async def asks_for_a_link(own: Product) -> Browser:
    citizen = own.browser()
    await citizen.begin(TREE)
    await citizen.send(f"{citizen.journey}/bericht", email=TO)
    await citizen.send(f"{citizen.journey}/verder-via/email")
    await own.ring()
    return citizen


async def journey_of(own: Product, citizen: Browser) -> Journey:
    dossier = await own.app.state.service.dossiers.open(citizen.journey.rpartition("/")[2])
    journey: Journey = dossier.journey
    return journey


def test_a_citizen_gets_the_mail_when_the_server_is_ready(tmp_path: Path, server: MailServer):
    """Greylisted first: it waits in the outbox, goes out once, and the dossier says so once."""

    async def story() -> None:
        async with product(tmp_path, TREE, **settings(server)) as own:
            server.at_rcpt = "451 4.7.1 greylisted"
            citizen = await asks_for_a_link(own)
            await citizen.open(f"{citizen.journey}/stand")
            assert "Wij stuurden u een bericht per e-mail" not in citizen.text
            server.at_rcpt = ""
            for _ in range(3):
                own.clock.move(timedelta(minutes=2))
                await own.ring()
            await citizen.open(f"{citizen.journey}/stand")
            assert citizen.text.count("Wij stuurden u een bericht per e-mail") == 1
            assert len(server.taken) == 1
            assert not (await journey_of(own, citizen)).tasks

    asyncio.run(story())


def test_an_address_that_does_not_exist_becomes_work(tmp_path: Path, server: MailServer, caplog):
    """Refused for good: one task for a person at once, no second try, and the address in no log."""

    async def story() -> None:
        async with product(tmp_path, TREE, **settings(server)) as own:
            server.at_rcpt = f"550 5.1.1 <{TO}> unknown"
            citizen = await asks_for_a_link(own)
            tasks = (await journey_of(own, citizen)).tasks
            assert [task.kind for task in tasks.values()] == ["mail_refused"]
            server.at_rcpt = ""
            own.clock.move(timedelta(hours=3))
            await own.ring()
            assert server.taken == []
            worker = own.browser()
            await worker.sign_in()
            await worker.open("/werk")
            assert "E-mail komt niet aan" in worker.text

    with caplog.at_level(logging.DEBUG, "wegwijzer"):
        asyncio.run(story())
    assert TO not in caplog.text


def test_a_server_that_stays_away_becomes_work_in_the_end(tmp_path: Path, server: MailServer):
    """Dead for hours: so many tries, then one task for a person; nothing is lost without a word."""

    async def story() -> None:
        async with product(tmp_path, TREE, **settings(server)) as own:
            server.stop()
            citizen = await asks_for_a_link(own)
            for _ in range(MOST_TRIES - 2):
                own.clock.move(timedelta(hours=2))
                await own.ring()
            assert not (await journey_of(own, citizen)).tasks
            own.clock.move(timedelta(hours=2))
            await own.ring()
            tasks = (await journey_of(own, citizen)).tasks
            assert [task.kind for task in tasks.values()] == ["effect_failed"]
            worker = own.browser()
            await worker.sign_in()
            await worker.open("/werk")
            assert "Een bericht aan de burger is niet verstuurd." in worker.text
            found = re.search(r'href="(/werk/taak/[^"]+)"', worker.page)
            assert found
            await worker.open(found[1])
            assert "Het gaat om: de link om verder te gaan." in worker.text
            assert "De mailserver gaf steeds geen antwoord." in worker.text
            assert "Vertel het de burger zelf" in worker.text

    asyncio.run(story())
