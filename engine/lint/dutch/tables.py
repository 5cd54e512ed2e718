"""Dutch for the sentences of tables and budgets; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "No conclusion stands right of `||`; `source` and `because` come after it.": (
        "Rechts van `||` staat geen conclusie; `source` en `because` komen daarachter."
    ),
    "This row has {found} cells{of}, the heads have {expected}.": (
        "Deze rij heeft {found} cellen{of}, de kop heeft er {expected}."
    ),
    "This table is empty.": "Deze tabel is leeg.",
    "Write a line of heads first.": "Schrijf eerst een regel met koppen.",
    "A row of a table starts with a bar `|`.": "Een rij van een tabel begint met een streep `|`.",
    "Put every row on one line.": "Zet elke rij op één regel.",
    "A row of a table ends with a bar `|`.": "Een rij van een tabel eindigt met een streep `|`.",
    "Close the last cell.": "Sluit de laatste cel af.",
    "There is no `||` in this table.": "In deze tabel staat geen `||`.",
    "Write a space and a `-` in an empty cell.": "Schrijf in een lege cel een spatie en een `-`.",
    "Name the decision there.": "Noem daar de beslissing.",
    "`{text}` stands at the end: conclusions, then `source`, then `because`.": (
        "`{text}` staat achteraan: eerst conclusies, dan `source`, dan `because`."
    ),
    "A bar inside a cell is written `\\|`.": "Een streep in een cel schrijft u als `\\|`.",
    "A cell that means `any` is `-`.": "Een cel waarin alles goed is, is `-`.",
    "This table is larger than {max_rows:,} rows or {max_cells:,} cells.": (
        "Deze tabel is groter dan {max_rows:,} rijen of {max_cells:,} cellen."
    ),
    "This table has heads but no rows.": "Deze tabel heeft koppen en geen rijen.",
    "A line of dashes stands only under the heads.": "Een regel met streepjes staat alleen onder de koppen.",
    "Remove this line.": "Haal deze regel weg.",
    "`||` is missing in this row.": "In deze rij ontbreekt `||`.",
    "Put `||` between conditions and conclusions.": "Zet `||` tussen voorwaarden en conclusies.",
    "`||` stands once in a row, with a cell before and after it.": (
        "`||` staat één keer in een rij, met een cel ervoor en erachter."
    ),
    "A cell that means `any` is written `-`.": "Een cel waarin alles goed is, schrijft u als `-`.",
    "This column has no head.": "Deze kolom heeft geen kop.",
    "Name what stands in it.": "Noem wat erin staat.",
    "Move this column to the end.": "Zet deze kolom achteraan.",
    "Two columns have this head.": "Twee kolommen hebben deze kop.",
    "Remove or rename one.": "Haal er één weg, of geef die een andere naam.",
    " left of `||`": " links van `||`",
    " right of `||`": " rechts van `||`",
    "This takes at least {low:,} steps, and a calculation may take {most}.": (
        "Dit kost minstens {low:,} stappen, en een berekening mag er {most} kosten."
    ),
    "Nothing limits how many steps this takes; beyond {most} a person has to look.": (
        "Niets begrenst hoeveel stappen dit kost; boven {most} moet iemand ernaar kijken."
    ),
    "This can take {high:,} steps; beyond {most} a person has to look.": (
        "Dit kan {high:,} stappen kosten; boven {most} moet iemand ernaar kijken."
    ),
    "Set `min` and `max` at the facts in it closer, or loop over fewer items.": (
        "Zet `min` en `max` van de gegevens erin dichter bij elkaar, of laat de lus langs minder delen lopen."
    ),
    "Loop over fewer items.": "Laat de lus langs minder delen lopen.",
    "Set `min` and `max` at the facts in it.": "Geef de gegevens erin een `min` en `max`.",
    "No row holds {heads}; then `{name}` has no value.": (
        "Geen enkele rij geldt {heads}; dan heeft `{name}` geen waarde."
    ),
    "No row may hold {heads}; then `{name}` has no value.": (
        "Misschien geldt geen enkele rij {heads}; dan heeft `{name}` geen waarde."
    ),
    "Add a row for it, or a last row that concludes `none`.": (
        "Voeg daar een rij voor toe, of een laatste rij met de conclusie `none`."
    ),
    "Rows {first} and {second} both hold {heads}.": "Rij {first} en rij {second} gelden allebei {heads}.",
    "Rows {first} and {second} may both hold {heads}.": (
        "Rij {first} en rij {second} gelden misschien allebei {heads}."
    ),
    "Make one of them narrower, or choose `hit: first`.": "Maak er één nauwer, of kies `hit: first`.",
    "Row {number} never counts: {why}.": "Rij {number} telt nooit mee: {why}.",
    "{head} is {value}": "{head} is {value}",
    "when {shown} and so on": "als {shown} enzovoort",
    "when {shown}": "als {shown}",
    "what it matches goes to row {by}": "wat erbij past, gaat naar rij {by}",
    "nothing satisfies it": "niets voldoet eraan",
    "Remove it, or move it up.": "Haal de rij weg, of zet hem hoger.",
    "Right of `||` write `{path}`, then `source` and `because` where wanted.": (
        "Schrijf rechts van `||` eerst `{path}`, en daarna `source` en `because` als u die wilt."
    ),
    "A table has one conclusion, named after its decision.": (
        "Een tabel heeft één conclusie, met de naam van de beslissing."
    ),
    "Write a number, a date, yes, no or an option.": "Schrijf een getal, een datum, yes, no of een keuze.",
    "`else` stands last.": "`else` staat achteraan.",
    "Move this rule to the end.": "Zet deze regel achteraan.",
}
