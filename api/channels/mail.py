"""What a mail says: that there is news, with the reference and a link. Never anything of the question itself."""

from __future__ import annotations

from api.channels.port import Mail
from ui_schema.shape import Language
from ui_schema.texts import say

RESUME_LINK = "resume_link"
REMINDER = "reminder"
DECISION = "decision"
KINDS = {RESUME_LINK: "resume", REMINDER: "reminder", DECISION: "decision"}
"""Texts that have a mail of their own; every other one is news."""


def mail(text: str, to: str, reference: str, link: str, language: Language, organisation: str, key: str) -> Mail:
    """The mail for a message to the citizen. `link` may hold a code in its fragment; nothing else does."""
    kind = KINDS.get(text, "news")
    parts = [
        say(language, "mail.greeting"),
        say(language, f"mail.{kind}.text", reference=reference, link=link),
        *([] if kind == "resume" else [say(language, "mail.code")]),
        say(language, "mail.closing", organisation=organisation),
    ]
    return Mail(to, say(language, f"mail.{kind}.subject", reference=reference), "\n\n".join(parts) + "\n", key)
