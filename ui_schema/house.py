"""The organisation that speaks: its name, and how it is reached where a flow does not say otherwise.

`VOORBEELD` is the fictional municipality of the examples; its number and addresses exist nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui_schema.shape import Organisation


@dataclass(frozen=True)
class House:
    """Opening hours are written as in a flow file: `mo-fr 08:30-17:00`."""

    name: str
    place: str = ""
    phone: str = ""
    phone_open: tuple[str, ...] = ("mo-fr 09:00-17:00",)
    desk: str = ""
    desk_open: tuple[str, ...] = ("mo-fr 09:00-17:00",)
    letter: str = ""
    letter_answer: str = "P5D"
    mails: bool = True  # whether there is a mail server to send with
    address: str = ""  # of the website, for letters and codes: https://...

    @property
    def organisation(self) -> Organisation:
        """Who stands in the header."""
        return Organisation(name=self.name, place=self.place)


VOORBEELD = House(
    name="Gemeente Voorbeeld",
    place="Voorbeeld",
    phone="088 000 0000",
    phone_open=("mo-fr 08:30-17:00", "th 17:00-20:00"),
    desk="Stadsloket, Voorbeeldplein 1, Voorbeeld",
    desk_open=("mo-fr 09:00-16:00",),
    letter="Gemeente Voorbeeld, Antwoordnummer 1, 1234 AB Voorbeeld",
)
