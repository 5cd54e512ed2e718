"""bsn: a burgerservicenummer. JSON: nine digits as a string. FEEL: string.

The 11-proef (Besluit burgerservicenummer): 9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h - i is a multiple of eleven.
"""

from __future__ import annotations

import re
from typing import Final

from engine.flow.fields.field import refused
from engine.flow.fields.written_form import WrittenForm

_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class Bsn(WrittenForm):
    """Nine digits that pass the 11-proef; eight get a 0 in front."""

    def canonical(self, text: str) -> str:
        digits = re.sub(r"[\s.\-]", "", text)
        if not re.fullmatch(r"[0-9]{8,9}", digits):
            raise refused("answer.bsn")
        digits = digits.zfill(9)
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True))
        if total % 11 or not int(digits):
            raise refused("answer.bsn.check")
        return digits
