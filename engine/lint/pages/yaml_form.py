"""Pages of what can be wrong with the form of the file: the YAML subset that flow files are written in.

Examples stand at the end of a sound flow.
"""

from __future__ import annotations

from engine.lint.pages.made import page

_ONE_TEXT = "Every value is text until its key says otherwise, so what you read is what the flow means."
_LIMITS = "A file that is read before it is trusted has limits, so that no file can exhaust the machine."

PAGES = (
    page(
        "E-NOT-A-FLOW",
        "the file is empty, or holds no keys",
        "het bestand is leeg of heeft geen sleutels",
        "A flow is a list of keys, of which `wegwijzer: 1` is the first. `wegwijzer new SLUG` writes one to begin "
        "with.",
    ),
    page(
        "E-INPUT",
        "something on the command line that cannot be used",
        "iets op de opdrachtregel wat niet te gebruiken is",
        "A file that is not there, an option that does not fit, a folder that cannot be written: the sentence says "
        "which, and what to do. A report still comes, so that whoever reads it need not guess.",
    ),
    page(
        "E-CHARACTER",
        "a character that no text may hold",
        "een teken dat in geen tekst mag staan",
        "Control characters are invisible in an editor and break letters, screens and files further on.",
    ),
    page(
        "E-SIZE",
        "the file is larger than is read at all",
        "het bestand is groter dan ooit wordt gelezen",
        f"{_LIMITS} No flow comes near this size.",
    ),
    page(
        "E-TOO-LARGE",
        "the file is larger than a flow file may be",
        "het bestand is te groot voor een procesbestand",
        f"{_LIMITS} A flow is small; a large one is several flows.",
    ),
    page(
        "E-TOO-DEEP",
        "keys lie too many levels deep",
        "sleutels liggen te veel lagen diep",
        f"{_LIMITS} Flows are flat.",
    ),
    page(
        "E-TOO-MANY",
        "the file has too many parts",
        "het bestand heeft te veel delen",
        f"{_LIMITS} A flow is small; a large one is several flows.",
    ),
    page(
        "E-UTF8",
        "a file that is not UTF-8 text",
        "een bestand dat geen UTF-8-tekst is",
        "Every name with an accent would become something else on another machine. Save the file as UTF-8.",
    ),
    page(
        "E-YAML",
        "from here on the file is no YAML",
        "vanaf hier is het bestand geen YAML",
        "Nothing after this place can be trusted, so nothing of it is used. Look at quotes and indentation just above.",
    ),
    page(
        "E-YAML-ANCHOR",
        "an anchor or alias (& or *)",
        "een anker of alias (& of *)",
        "With aliases a few lines can stand for millions, and a reader must jump to know what a line says.",
        avoid='texts: {a: &x "Een tekst", b: *x}\n',
        prefer='texts: {reminder: "Een tekst"}\n',
    ),
    page(
        "E-YAML-BLOCK",
        "text behind `|` or `>` on the same line",
        "tekst achter `|` of `>` op dezelfde regel",
        "A block of text starts on the line after its mark, indented.",
        avoid="about: | Een tekst\n",
        prefer="about: |\n  Een tekst\n",
    ),
    page(
        "E-YAML-BRACES",
        "braces that do not close, or a text in them without quotes",
        "accolades die niet sluiten, of een tekst erin zonder aanhalingstekens",
        "Inside { } a comma ends a value, so a text stands between double quotes.",
        avoid='texts: {reminder: "Een tekst"\n',
        prefer='texts: {reminder: "Een tekst"}\n',
    ),
    page(
        "E-YAML-BRACKETS",
        "brackets that do not close",
        "haken die niet sluiten",
        "A list on one line is [a, b, c]; without its end everything below belongs to it.",
    ),
    page(
        "E-YAML-COLON",
        "a second `: ` where only text can follow",
        "een tweede `: ` waar alleen tekst kan staan",
        "A colon with a space makes a key. A text that holds one stands between quotes, or below its key after `>`.",
        avoid="about: Let op: dit is een voorbeeld\n",
        prefer='about: "Let op: dit is een voorbeeld"\n',
    ),
    page(
        "E-YAML-COMMA",
        "a comma cut a text in two",
        "een komma knipte een tekst in tweeën",
        f"Inside {{ }} YAML silently drops what follows a comma. {_ONE_TEXT}",
        avoid="texts: {reminder: op 1,30 meter}\n",
        prefer='texts: {reminder: "op 1,30 meter"}\n',
    ),
    page(
        "E-YAML-DIRECTIVE",
        "a % directive",
        "een %-aanwijzing",
        "A flow file is the plain part of YAML, without directives.",
    ),
    page(
        "E-YAML-DOCUMENTS",
        "more than one document in the file",
        "meer dan één document in het bestand",
        "One file is one flow. A second document would be read by some tools and not by others.",
        avoid="---\nabout: nog een\n",
        prefer="about: nog een\n",
    ),
    page(
        "E-YAML-EMPTY",
        "a key without a value",
        "een sleutel zonder waarde",
        "An empty value is a promise to fill it in later; a flow that is served has no such places.",
        avoid="about:\n",
        prefer="about: Een paar vragen.\n",
    ),
    page(
        "E-YAML-ESCAPE",
        "a backslash code that does not exist",
        "een backslash-code die niet bestaat",
        "Between double quotes a backslash starts a code. Single quotes take it as it is.",
    ),
    page(
        "E-YAML-HASH",
        "a ` #` that cuts off a text",
        "een ` #` die een tekst afkapt",
        f"A `#` after a space starts a comment, so the rest is lost. {_ONE_TEXT}",
        avoid="about: Kies loket #2\n",
        prefer='about: "Kies loket #2"\n',
    ),
    page(
        "E-YAML-INDENT",
        "a line with another indentation than its neighbours",
        "een regel die anders inspringt dan zijn buren",
        "Indentation says what belongs together; keys of one thing start in one column.",
    ),
    page(
        "E-YAML-KEY",
        "a key that is not plain text",
        "een sleutel die geen gewone tekst is",
        "A key is a word before a colon.",
    ),
    page(
        "E-YAML-LINE",
        "a line that is not `key: value`",
        "een regel die geen `sleutel: waarde` is",
        "Add the colon, or indent the line when it goes on with the text above it.",
        avoid="about\n",
        prefer="about: Een paar vragen.\n",
    ),
    page(
        "E-YAML-LIST",
        "a list that starts where it cannot",
        "een lijst die begint waar dat niet kan",
        "The first `- ` of a list stands on a line of its own below the key.",
    ),
    page(
        "E-YAML-MERGE",
        "a merge key (<<)",
        "een samenvoeg-sleutel (<<)",
        "A merge hides where a value comes from. Written out, a flow reads from top to bottom.",
        avoid='texts: {<<: {a: "Een tekst"}}\n',
        prefer='texts: {reminder: "Een tekst"}\n',
    ),
    page(
        "E-YAML-QUOTE",
        "a quote that never closes",
        "een aanhalingsteken dat niet sluit",
        "Everything after the quote belongs to the text until it closes.",
    ),
    page(
        "E-YAML-SPACE",
        "no space after the colon",
        "geen spatie na de dubbele punt",
        "Without the space `key:value` is one word.",
    ),
    page(
        "E-YAML-START",
        "a text that starts with a mark of YAML",
        "een tekst die met een YAML-teken begint",
        "These marks mean something at the start of a value; between quotes they are text.",
        avoid="about: @gemeente\n",
        prefer='about: "@gemeente"\n',
    ),
    page(
        "E-YAML-TAB",
        "a tab where only spaces can stand",
        "een tab waar alleen spaties kunnen",
        "A tab is as wide as the editor says, so indentation with tabs means something else elsewhere.",
    ),
    page(
        "E-YAML-TAG",
        "a YAML tag (!)",
        "een YAML-label (!)",
        "Tags make a reader build things of a kind that the file chooses. A flow is data, and nothing in it is "
        "executed.",
        avoid="about: !!str Een paar vragen.\n",
        prefer="about: Een paar vragen.\n",
    ),
    page(
        "E-YAML-TWICE",
        "a key that stands twice",
        "een sleutel die er twee keer staat",
        "Readers of YAML differ in which of the two they keep; here neither is chosen for you.",
        avoid="owner: team-een\nowner: team-twee\n",
        prefer="owner: team-een\n",
    ),
)
