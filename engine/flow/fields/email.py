"""email: an address for e-mail. JSON: a string, the part after the @ in small letters. FEEL: string."""

from __future__ import annotations

import re
from typing import Final

from engine.flow.fields.field import refused
from engine.flow.fields.written_form import WrittenForm

_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_FORM: Final = re.compile(rf"([A-Za-z0-9!#$%&'*+/=?^_`{{|}}~.-]{{1,64}})@({_LABEL}(?:\.{_LABEL})+)")


class Email(WrittenForm):
    """Something before one @, a domain after it. Whether it exists is found out by writing to it."""

    def canonical(self, text: str) -> str:
        found = _FORM.fullmatch(text) if len(text) <= 254 else None
        if not found or found[1].startswith(".") or found[1].endswith(".") or ".." in found[1]:
            raise refused("answer.email")
        return f"{found[1]}@{found[2].lower()}"
