"""iban: an account number. JSON: "NL91ABNA0417164300". FEEL: string.

ISO 13616: the first four characters moved to the end, letters as 10..35, modulo 97 is 1.
"""

from __future__ import annotations

import re
from typing import Final

from engine.flow.fields.field import refused
from engine.flow.fields.written_form import WrittenForm

_FORM: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_LENGTHS: Final = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "LU": 20, "GB": 22, "ES": 24, "IT": 27, "PL": 28, "PT": 25, "AT": 20,
    "DK": 18, "SE": 24, "NO": 15, "FI": 18, "IE": 22, "CH": 21, "BG": 22, "RO": 24, "GR": 27, "HU": 28, "CZ": 24,
}  # fmt: skip


class Iban(WrittenForm):
    """The form of an IBAN, the length of its country where we know it, and the check digits."""

    def canonical(self, text: str) -> str:
        bare = re.sub(r"[\s.\-]", "", text).upper()
        if not _FORM.fullmatch(bare) or len(bare) != _LENGTHS.get(bare[:2], len(bare)):
            raise refused("answer.iban")
        turned = bare[4:] + bare[:4]
        if int("".join(str(int(char, 36)) for char in turned)) % 97 != 1:
            raise refused("answer.iban.check")
        return bare

    def written(self, value: str) -> str:
        return " ".join(value[start : start + 4] for start in range(0, len(value), 4))
