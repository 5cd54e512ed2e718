"""Registers of made-up people, for demo mode and tests. Nobody here exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.registers.port import Found, RegisterDown

PEOPLE: Final[Mapping[str, Mapping[str, Any]]] = {
    "sanne": {
        "brp.persoon": {"name": "Sanne de Vries", "birthdate": "1988-05-17"},
        "brp.adres": {"street": "Voorbeeldstraat", "number": "12", "postcode": "1234 AB", "town": "Voorbeeld"},
        "brp.geboortedatum": "1988-05-17",
        "brp.partner": False,
        "toeslagen.partner": False,
        "uwv.inkomen": "0.00",
        "cjib.bedrag": "120.00",
        "cjib.verhoogd": "geen",
        "cjib.datum": "2026-09-21",
        "ziekenhuis.opnamedag": "2027-03-15",
        "erfgoed.monument": "geen",
        "erfgoed.beschermd_gezicht": False,
        "bag.bouwjaar": 1996,
    },
    "yusuf": {
        "brp.persoon": {"name": "Yusuf Demir", "birthdate": "1962-11-02"},
        "brp.adres": {"street": "Molenweg", "number": "3", "postcode": "1234 CD", "town": "Voorbeeld"},
        "brp.geboortedatum": "1962-11-02",
        "brp.partner": True,
        "toeslagen.partner": True,
        "uwv.inkomen": "650.00",
        "cjib.bedrag": "60.00",
        "cjib.verhoogd": "eerste",
        "cjib.datum": "2026-06-01",
        "erfgoed.monument": "gemeente",
        "erfgoed.beschermd_gezicht": True,
        "bag.bouwjaar": 1931,
    },
}


UNREACHABLE = "noor"
"""Somebody whose registers never answer, to show what happens then."""


def known_people() -> Mapping[str, str]:
    """The demo's people: their key, and what they are called."""
    named = {key: str(facts["brp.persoon"]["name"]) for key, facts in PEOPLE.items()}
    return {**named, UNREACHABLE: "Noor Bakker"}


class MemoryRegister:
    """Answers from a table of people. Names in `down` cannot be reached, and nothing about UNREACHABLE."""

    def __init__(self, people: Mapping[str, Mapping[str, Any]] = PEOPLE, down: frozenset[str] = frozenset()) -> None:
        self._people = people
        self._down = down

    def connected(self, name: str) -> bool:
        """See `Register`: the demo plays every register."""
        return True

    async def fetch(self, name: str, subject: str) -> Found | None:
        """See `Register`."""
        if name in self._down or subject == UNREACHABLE:
            raise RegisterDown(f"The register {name} cannot be reached.")
        person = self._people.get(subject)
        return Found(person[name]) if person is not None and name in person else None

    async def close(self) -> None:
        """See `Register`."""
