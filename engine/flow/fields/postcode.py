"""postcode: a Dutch postcode. JSON: "1234AB". FEEL: string."""

from __future__ import annotations

import re
from typing import Final

from engine.flow.fields.field import refused
from engine.flow.fields.written_form import WrittenForm

_FORM: Final = re.compile(r"([1-9][0-9]{3})\s*-?\s*([A-Z]{2})", re.ASCII)
_NEVER: Final = frozenset({"SA", "SD", "SS"})


class Postcode(WrittenForm):
    """Four digits, the first not 0, and two letters that are never SA, SD or SS."""

    def canonical(self, text: str) -> str:
        found = _FORM.fullmatch(text.upper())
        if not found or found[2] in _NEVER:
            raise refused("answer.postcode")
        return found[1] + found[2]

    def written(self, value: str) -> str:
        return f"{value[:4]} {value[4:]}"
