"""Dutch for the sentences of what has no value, and why; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "This has no value, whatever anybody answers: {why}": "Dit heeft geen waarde, wat iemand ook antwoordt: {why}",
    "Write a value that exists, or leave this part out.": "Schrijf een waarde die bestaat, of laat dit deel weg.",
    "A context is made from entries with a key and a value.": (
        "Een context bestaat uit delen met een sleutel en een waarde."
    ),
    "A date and time is made from a text or a date.": "Een datum met tijd komt uit een tekst of een datum.",
    "A date is made from a text or a date and time.": "Een datum komt uit een tekst of een datum met tijd.",
    "A loop counts whole numbers or dates.": "Een lus telt hele getallen of datums.",
    "A loop over null gives null.": "Een lus over niets geeft niets.",
    "A number that is not a number cannot be compared.": "Een getal dat geen getal is, is niet te vergelijken.",
    "A path of keys leads through contexts.": "Een pad van sleutels loopt door contexten.",
    "A place in a list is a number.": "Een plaats in een lijst is een getal.",
    "A range runs upwards.": "Een bereik loopt omhoog.",
    "A time is made from a text or a date and time.": "Een tijd komt uit een tekst of een datum met tijd.",
    "In a replacement, `$` is followed by a group number, and `\\` by `$` or `\\`.": (
        "In een vervanging volgt na `$` het nummer van een groep, en na `\\` een `$` of `\\`."
    ),
    "Nobody knows this type.": "Niemand kent dit type.",
    "Nothing can be compared with null.": "Met niets is niets te vergelijken.",
    "Nothing can be divided by zero.": "Delen door nul kan niet.",
    "Only a number above zero has a logarithm.": "Alleen een getal boven nul heeft een logaritme.",
    "Only contexts can be merged.": "Alleen contexten zijn samen te voegen.",
    "Only numbers and durations can be added up.": "Alleen getallen en duren zijn op te tellen.",
    "Only texts can be joined.": "Alleen teksten zijn samen te voegen tot één tekst.",
    "Only whole numbers are odd or even.": "Alleen hele getallen zijn even of oneven.",
    "Separators are a space, a comma or a point, and not the same.": (
        "Scheidingstekens zijn een spatie, een komma of een punt, en niet hetzelfde."
    ),
    "The calendar has no such day.": "Die dag staat niet op de kalender.",
    "The clock has no such time.": "Die tijd staat niet op de klok.",
    "The distance to UTC is a days-and-time duration of at most 18 hours.": (
        "De afstand tot UTC is een duur van hoogstens 18 uur."
    ),
    "The ends of a range in a text are literals of one kind.": (
        "De einden van een bereik in een tekst zijn vaste waarden van één soort."
    ),
    "Its end is no literal that has an order.": "Het einde ervan is geen vaste waarde met een volgorde.",
    "The first character has number 1, the last -1, and a length is at least 1.": (
        "Het eerste teken heeft nummer 1, het laatste -1, en een lengte is minstens 1."
    ),
    "The items of this list have no order.": "De delen van deze lijst hebben geen volgorde.",
    "The number of decimals lies between -6111 and 6176.": "Het aantal decimalen ligt tussen -6111 en 6176.",
    "The same key occurs twice.": "Dezelfde sleutel staat er twee keer.",
    "There is no clock here; the day is not known.": "Hier is geen klok; de dag is niet bekend.",
    "There is no clock here; the time is not known.": "Hier is geen klok; de tijd is niet bekend.",
    "There is no key to put a value at.": "Er is geen sleutel om een waarde bij te zetten.",
    "There is no such time zone.": "Die tijdzone bestaat niet.",
    "There is no value to test.": "Er is geen waarde om te toetsen.",
    "These numbers are too far apart.": "Deze getallen liggen te ver uit elkaar.",
    "This context has no `{key}`.": "Deze context heeft geen `{key}`.",
    "This context has no such entry.": "Deze context heeft dat deel niet.",
    "This context has the same key twice.": "Deze context heeft dezelfde sleutel twee keer.",
    "This date is too far away for time zones.": "Deze datum is te ver weg voor tijdzones.",
    "This date is too far away.": "Deze datum is te ver weg.",
    "This function got an argument of another type than it takes.": (
        "Deze functie kreeg een argument van een ander type dan erbij hoort."
    ),
    "This function takes the arguments {parameters}.": "Bij deze functie horen de argumenten {parameters}.",
    "This function takes {parameters} arguments, not {arguments}.": (
        "Bij deze functie horen {parameters} argumenten, niet {arguments}."
    ),
    "This is no number.": "Dat is geen getal.",
    "This is not a duration such as P1DT2H or P1Y2M.": "Dit is geen duur zoals P1DT2H of P1Y2M.",
    "This is not a function.": "Dit is geen functie.",
    "This list holds something that cannot be added up.": "In deze lijst staat iets wat niet op te tellen is.",
    "This list holds something that is not a number.": "In deze lijst staat iets wat geen getal is.",
    "This list of {size} has no such item.": "Deze lijst van {size} heeft dat deel niet.",
    "This list has no such place.": "Deze lijst heeft die plaats niet.",
    "This number has no square root.": "Dit getal heeft geen wortel.",
    "This pattern matches the empty text and so everywhere.": "Dit patroon past op een lege tekst, en dus overal.",
    "This pattern or its flags cannot be used.": "Dit patroon of de vlaggen erbij zijn niet te gebruiken.",
    "This power is too large.": "Deze macht is te groot.",
    "This text is not a date and time such as 2026-04-06T13:20:00.": (
        "Deze tekst is geen datum met tijd zoals 2026-04-06T13:20:00."
    ),
    "This text is not a date such as 2026-04-06.": "Deze tekst is geen datum zoals 2026-04-06.",
    "This text is not a number.": "Deze tekst is geen getal.",
    "This text is not a range such as [1..5].": "Deze tekst is geen bereik zoals [1..5].",
    "This text is not a time such as 13:20:00.": "Deze tekst is geen tijd zoals 13:20:00.",
    "Whether an item is replaced is said by true or false.": ("Of een deel wordt vervangen, zegt u met true of false."),
    "`{name}` cannot take these arguments: write {forms}.": (
        "`{name}` past niet bij deze argumenten: schrijf {forms}."
    ),
    "`{op}` cannot be computed for these values.": "`{op}` is voor deze waarden niet uit te rekenen.",
    "`{op}` with null gives null.": "`{op}` met niets geeft niets.",
    "{one} and {two} cannot be combined by `{op}`.": "{one} en {two} zijn niet samen te nemen met `{op}`.",
    "{one} and {two} cannot be compared.": "{one} en {two} zijn niet te vergelijken.",
    "{value} has no negative.": "{value} heeft geen negatief.",
    "a boolean": "een ja of nee",
    "a days-and-time duration": "een duur in dagen en tijd",
    "a years-and-months duration": "een duur in jaren en maanden",
    "a foreign value": "een vreemde waarde",
    "an answer `unsure`": "een antwoord `unsure`",
    "null": "niets",
    "Functions call each other too deeply.": "Functies roepen elkaar te diep aan.",
    "This calculation is nested too deeply.": "Deze berekening heeft te veel lagen.",
    "This calculation makes more text or longer lists than it may.": (
        "Deze berekening maakt meer tekst of langere lijsten dan mag."
    ),
    "This calculation takes more steps than it may.": "Deze berekening kost meer stappen dan mag.",
    "This is nested too deeply.": "Dit heeft te veel lagen.",
}
