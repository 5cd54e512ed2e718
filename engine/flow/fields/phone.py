"""phone: a telephone number. JSON: "+31612345678". FEEL: string. Without a country it is Dutch."""

from __future__ import annotations

import re
from typing import Final

from engine.flow.fields.field import refused
from engine.flow.fields.written_form import WrittenForm

_DUTCH: Final = re.compile(r"\+31[1-9]\d{8}")
_ANY: Final = re.compile(r"\+[1-9]\d{6,14}")


class Phone(WrittenForm):
    """Dutch numbers have ten digits with the 0 in front; others start with + and their country."""

    def canonical(self, text: str) -> str:
        bare = re.sub(r"[\s().\-/–]", "", text.replace("(0)", ""))
        if bare.startswith("00"):
            bare = "+" + bare[2:]
        elif bare.startswith("0"):
            bare = "+31" + bare[1:]
        form = _DUTCH if bare.startswith("+31") else _ANY
        if not form.fullmatch(bare):
            raise refused("answer.phone")
        return bare

    def written(self, value: str) -> str:
        if not value.startswith("+31"):
            return value
        digits = "0" + value[3:]
        return (
            f"06 {digits[2:6]} {digits[6:]}" if digits.startswith("06") else f"{digits[:3]} {digits[3:6]} {digits[6:]}"
        )
