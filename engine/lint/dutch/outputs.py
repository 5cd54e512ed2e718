"""Dutch for the sentences about tables with several outputs; English is the key. Called by `engine.lint.dutch`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "Output `{name}` has the name of its own table.": "Uitkomst `{name}` heet net zo als de tabel waarin die staat.",
    "Give the table a name of its own: what its outputs are together.": (
        "Geef de tabel een eigen naam: wat de uitkomsten samen zijn."
    ),
    "`outputs` of `{name}` names none.": "`outputs` van `{name}` noemt er geen.",
    "Name each output, with its type: recht: {type: choice, options: [ja, nee]}.": (
        "Noem elke uitkomst, met het type erbij: recht: {type: choice, options: [ja, nee]}."
    ),
    "`{key}` does not go with `outputs`: every output has its own.": (
        "`{key}` hoort niet bij `outputs`: elke uitkomst heeft een eigen `{key}`."
    ),
    "Write it with the outputs that have it.": "Schrijf het bij de uitkomsten waarvoor het geldt.",
    "Only a table has several outputs, and `{name}` has none.": (
        "Alleen een tabel heeft meer uitkomsten, en `{name}` heeft geen tabel."
    ),
    "Write `table`, or make a decision of each output.": "Schrijf `table`, of maak van elke uitkomst een beslissing.",
    "`{name}` is the head of a column that every table may have.": (
        "`{name}` is de kop van een kolom die elke tabel kan hebben."
    ),
    "Give the output another name.": "Geef de uitkomst een andere naam.",
    "Output `{name}` has no column in the table.": "Uitkomst `{name}` heeft geen kolom in de tabel.",
    "Add a column `{name}` right of `||`.": "Voeg rechts van `||` een kolom `{name}` toe.",
    "`{head}` is not one of the outputs of `{name}`.": "`{head}` is niet een van de uitkomsten van `{name}`.",
    "Add it under `outputs`, or remove the column.": "Zet het onder `outputs`, of haal de kolom weg.",
    "`hit: {hit}` does not go with several outputs.": "`hit: {hit}` gaat niet samen met meer uitkomsten.",
    "Give each of these outputs a table of its own.": "Geef elk van deze uitkomsten een eigen tabel.",
    "`hit: priority` follows the order of options, and no output of `{name}` has any.": (
        "`hit: priority` volgt de volgorde van keuzes, en geen uitkomst van `{name}` heeft die."
    ),
    "Choose another hit policy, or add an output of type choice.": (
        "Kies een andere `hit`, of voeg een uitkomst van het type choice toe."
    ),
    "`hit: {hit}` gives a list of options, and output `{name}` is of type {type_}.": (
        "`hit: {hit}` geeft een lijst van keuzes, en uitkomst `{name}` is van het type {type_}."
    ),
    "Make it choices, or give it a table of its own.": "Maak er choices van, of geef deze uitkomst een eigen tabel.",
    "Table `{table}` reads `{name}`, which it gives itself.": "Tabel `{table}` leest `{name}`, en geeft die zelf.",
    "Make what needs it a decision of its own.": "Maak van wat die nodig heeft een eigen beslissing.",
    "For several conclusions write `outputs` in the place of `type`: each with its own type.": (
        "Schrijf bij meer conclusies `outputs` in plaats van `type`: elke uitkomst met een eigen type."
    ),
    "`hit: priority` needs an option here: an expression has no place in their order.": (
        "Bij `hit: priority` hoort hier een keuze: een formule heeft geen plaats in hun volgorde."
    ),
    "Write the option, or choose `hit: first` and put the rows in order.": (
        "Schrijf de keuze zelf, of kies `hit: first` en zet de rijen op volgorde."
    ),
    "It is not proven that rows of `{name}` that hold together agree.": (
        "Het is niet bewezen dat rijen van `{name}` die samen gelden hetzelfde zeggen."
    ),
    "Choose `hit: first` and put the rows in order.": "Kies `hit: first` en zet de rijen op volgorde.",
    "Row {number} of `{name}` is always overtaken by rows with a higher option.": (
        "Rij {number} van `{name}` wordt altijd ingehaald door rijen met een hogere keuze."
    ),
    "Remove it, or put its option higher.": "Haal de rij weg, of zet die keuze hoger.",
    "`{name}` is a table with several outputs.": "`{name}` is een tabel met meer uitkomsten.",
    "Name one of them: {outputs}.": "Noem er een van: {outputs}.",
}
