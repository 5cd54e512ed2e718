"""Dutch for the sentences of YAML itself; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    'Put the whole text between double quotes, or write it below the key after ">".': (
        'Zet de hele tekst tussen dubbele aanhalingstekens, of schrijf hem onder de sleutel na ">".'
    ),
    "Here stands a second `: ` where only text can follow.": (
        "Hier staat een tweede `: ` waar alleen tekst kan volgen."
    ),
    "A quote opens here and never closes.": "Hier begint een aanhaling die nergens eindigt.",
    'Close it with the same quote; a double quote inside double quotes is written \\".': (
        'Sluit af met hetzelfde aanhalingsteken; een dubbel aanhalingsteken binnen dubbele schrijft u als \\".'
    ),
    "A backslash in double quotes starts a code that does not exist.": (
        "Een backslash tussen dubbele aanhalingstekens begint een code die niet bestaat."
    ),
    "Use single quotes, or write the backslash twice.": (
        "Gebruik enkele aanhalingstekens, of schrijf de backslash twee keer."
    ),
    "This backslash code does not stand for a character.": "Deze code met een backslash staat niet voor een teken.",
    "Use single quotes.": "Gebruik enkele aanhalingstekens.",
    "These braces do not close, or a text between them has no quotes.": (
        "Deze accolades sluiten niet, of een tekst ertussen heeft geen aanhalingstekens."
    ),
    'Inside { } every text stands between double quotes: {ask: "...", why: "..."}.': (
        'Binnen { } staat elke tekst tussen dubbele aanhalingstekens: {ask: "...", why: "..."}.'
    ),
    "These brackets do not close, or a comma is missing.": "Deze haken sluiten niet, of er ontbreekt een komma.",
    "Write [a, b, c]; a text with a comma stands between quotes.": (
        "Schrijf [a, b, c]; een tekst met een komma staat tussen aanhalingstekens."
    ),
    "The file goes on after its end, or its first lines are not `key: value`.": (
        "Het bestand gaat door na het einde, of de eerste regels zijn niet `sleutel: waarde`."
    ),
    "A flow file is one list of `key: value` lines that all start in the first column.": (
        "Een procesbestand is één lijst regels `sleutel: waarde` die allemaal vooraan op de regel beginnen."
    ),
    "This line is not `key: value`.": "Deze regel is niet `sleutel: waarde`.",
    "Add the colon and a space, or indent the line if it goes on with the text above.": (
        "Voeg de dubbele punt en een spatie toe, of laat de regel inspringen als de tekst erboven doorgaat."
    ),
    "A list cannot start here.": "Hier kan geen lijst beginnen.",
    "Put the first `- ` on a line of its own below the key.": (
        "Zet de eerste `- ` op een eigen regel onder de sleutel."
    ),
    "This line is indented differently from the list above it.": ("Deze regel springt anders in dan de lijst erboven."),
    "Let every `- ` of one list start in the same column.": ("Laat elke `- ` van één lijst op dezelfde plek beginnen."),
    "This line is indented differently from the lines around it.": (
        "Deze regel springt anders in dan de regels eromheen."
    ),
    "Let keys that belong together start in the same column.": (
        "Laat sleutels die bij elkaar horen op dezelfde plek beginnen."
    ),
    "After `|` or `>` nothing else may stand on the line.": "Achter `|` of `>` mag op die regel niets meer staan.",
    "Start the text on the next line, indented.": "Begin de tekst op de volgende regel, ingesprongen.",
    "A tab stands where only spaces can.": "Hier staat een tab waar alleen spaties kunnen.",
    "Indent with spaces.": "Spring in met spaties.",
    "A text cannot start with @ without quotes.": "Een tekst zonder aanhalingstekens kan niet met @ beginnen.",
    "A text cannot start with a backquote without quotes.": (
        "Een tekst zonder aanhalingstekens kan niet met een accent grave beginnen."
    ),
    "A text cannot start with % without quotes.": "Een tekst zonder aanhalingstekens kan niet met % beginnen.",
    "From here on the file cannot be read as YAML.": "Vanaf hier is het bestand niet als YAML te lezen.",
    "Look at the quotes and the indentation here.": "Kijk hier naar de aanhalingstekens en het inspringen.",
    "This line is read as the rest of the line above it.": "Deze regel telt als vervolg van de regel erboven.",
    "Give the line above its `key: value`, and let keys that belong together start in the same column.": (
        "Geef de regel erboven zijn `sleutel: waarde`, en laat sleutels die bij elkaar horen op dezelfde plek beginnen."
    ),
    "The file is larger than {max_bytes} KiB.": "Het bestand is groter dan {max_bytes} KiB.",
    "Here stands a character that no text may hold (U+{found:04X}).": (
        "Hier staat een teken dat in geen tekst mag staan (U+{found:04X})."
    ),
    "Fill it in, or remove the line; write {} for nothing special.": (
        "Vul het in, of haal de regel weg; schrijf {} voor niets bijzonders."
    ),
    "A flow file holds one document.": "Een procesbestand is één document.",
    "Remove the line `---`.": "Haal de regel `---` weg.",
    "A flow file has no % directives.": "Een procesbestand heeft geen opdrachten met %.",
    "Remove the line.": "Haal de regel weg.",
    "The file has more than {max_nodes} parts.": "Het bestand heeft meer dan {max_nodes} delen.",
    "Split the process.": "Splits het proces.",
    "This lies more than {max_depth} levels deep.": "Dit ligt meer dan {max_depth} lagen diep.",
    "Flows are flat.": "Processen zijn plat.",
    "Anchors (&) and aliases (*) are not used here.": "Ankers (&) en verwijzingen (*) gebruiken we hier niet.",
    "Write it out.": "Schrijf het uit.",
    "Tags (!) are not used here.": "Tags (!) gebruiken we hier niet.",
    "What follows ` #` is not read.": "Wat na ` #` komt, wordt niet gelezen.",
    "A key is plain text.": "Een sleutel is gewone tekst.",
    "Write `key: value`.": "Schrijf `sleutel: waarde`.",
    "Merge keys (<<) are not used here.": "Sleutels met << gebruiken we hier niet.",
    "`{key}` has no value.": "`{key}` heeft geen waarde.",
    "A comma cut a text in two: `{key}` would be lost.": (
        "Een komma knipte een tekst in tweeën: `{key}` zou wegvallen."
    ),
    "This item of the list is empty.": "Dit deel van de lijst is leeg.",
    "Fill it in or remove it.": "Vul het in, of haal het weg.",
    "`{key}` has no space after the colon.": "Bij `{key}` ontbreekt een spatie na de dubbele punt.",
    'Inside { } a text stands between double quotes: "1,30 m".': (
        'Binnen { } staat een tekst tussen dubbele aanhalingstekens: "1,30 m".'
    ),
    "Split the process: one question, one file.": "Splits het proces: één vraag, één bestand.",
    "Remove it.": "Haal het weg.",
    "Remove the tag.": "Haal de tag weg.",
    'A comment is written "# ".': 'Een opmerking schrijft u met "# ".',
    "`{text}` stands here twice; the first is on line {first}.": (
        "`{text}` staat hier twee keer; de eerste op regel {first}."
    ),
}
