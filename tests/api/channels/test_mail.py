"""What a mail says, how it travels, and what is refused before it is set up."""

from __future__ import annotations

import asyncio

import pytest

from api.channels.mail import KINDS, mail
from api.channels.memory import MemoryMailer
from api.channels.port import Mail, MailDown
from api.channels.smtp import SmtpMailer, written
from api.settings import SettingsError
from ui_schema.shape import Language

LINK = "https://wegwijzer.example/verder"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("text", [*KINDS, "bezwaar_binnen"])
def test_a_mail_has_a_reference_and_a_link(language: Language, text: str) -> None:
    """Each kind of mail, in each language, names the reference and the way on, and who sent it."""
    made = mail(text, "a@example.org", "WW-7K4M-2Q9T", LINK, language, "Gemeente Voorbeeld", "e1/1")
    assert "WW-7K4M-2Q9T" in made.subject
    assert LINK in made.text
    assert "Gemeente Voorbeeld" in made.text
    assert "bezwaar" not in made.text


def test_the_same_mail_has_the_same_id() -> None:
    """A second copy of one effect can be seen as a copy; another effect is another mail."""
    one, other = (written(Mail("a@example.org", "S", "T", key), "no@example.org") for key in ("e1/1", "e1/2"))
    again = written(Mail("a@example.org", "S", "T", "e1/1"), "no@example.org")
    assert one["Message-ID"] == again["Message-ID"] != other["Message-ID"]


def test_a_line_break_in_an_address_goes_nowhere() -> None:
    """No header can be added through what a citizen typed."""
    with pytest.raises(ValueError, match=r"(?i)header|newline|linefeed|return"):
        written(Mail("a@example.org\nBcc: b@example.org", "S", "T", "e1/1"), "no@example.org")


@pytest.mark.parametrize("server", ["", "mail.example.org", "http://mail.example.org"])
def test_an_address_of_something_else_is_refused(server: str) -> None:
    """A mail server is named with smtp or smtps."""
    with pytest.raises(SettingsError):
        SmtpMailer(server, "no@example.org")


def test_a_server_that_is_not_there_is_down() -> None:
    """Nothing listens on the port: the mail is tried again later."""
    with pytest.raises(MailDown):
        asyncio.run(SmtpMailer("smtp://127.0.0.1:1", "no@example.org").send(Mail("a@example.org", "S", "T", "k")))


def test_the_demo_keeps_each_mail_once() -> None:
    """The same key twice is one mail; while it is down there is none."""
    mailer = MemoryMailer()
    for _ in range(2):
        asyncio.run(mailer.send(Mail("a@example.org", "S", "T", "k")))
    assert len(mailer.sent) == 1
    mailer.down = True
    with pytest.raises(MailDown):
        asyncio.run(mailer.send(Mail("a@example.org", "S", "T", "k2")))
