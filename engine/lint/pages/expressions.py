"""Pages of what can be wrong with expressions and tables."""

from __future__ import annotations

from engine.lint.pages.made import page

_CELL = "A cell is typed by its column, so that a slip is found before anybody gets a wrong answer."
_TABLE = "A table is read by people and by the engine; both need the same lines, bars and heads."


def _table(*rows: str) -> str:
    return "decisions:\n  gratis:\n    table: |\n" + "".join(f"      {row}\n" for row in rows)


_GOOD = _table(
    "| leeftijd || gratis | source | because     |",
    "| < 12     || ja     | tarief | u bent jong |",
    "| -        || nee    | tarief | u bent oud  |",
)
_HEADS = "| leeftijd || gratis |"
_SUM = "decisions: {{dubbel: {{type: number, is: {}}}}}\n"

PAGES = (
    page(
        "E-BUDGET",
        "a calculation that always takes too many steps",
        "een berekening die altijd te veel stappen kost",
        "A calculation may take 20,000 steps, so that nothing can hang. This one takes more whatever anybody answers: "
        "every citizen would have to wait for a person.",
        avoid=_SUM.format('"sum(for dag in up(1, 50000) return leeftijd)"'),
        prefer=_SUM.format('"sum(for dag in up(1, 50) return leeftijd)"'),
    ),
    page(
        "E-CALL",
        "a call that cannot be made",
        "een aanroep die niet kan",
        "A function gets the number and kinds of values it asks for; anything else would give none, without a word.",
        avoid=_SUM.format('"floor(leeftijd, 2, 3)"'),
        prefer=_SUM.format('"floor(leeftijd)"'),
    ),
    page(
        "E-CYCLE",
        "things that depend on each other in a circle",
        "dingen die in een kring van elkaar afhangen",
        "In a circle nothing can be worked out first, so nobody would ever get an answer.",
        avoid="decisions: {een: {type: number, is: twee + 1}, twee: {type: number, is: een + 1}}\n",
        prefer="decisions: {een: {type: number, is: twee + 1}, twee: {type: number, is: leeftijd + 1}}\n",
    ),
    page(
        "E-FEEL-SYNTAX",
        "an expression that cannot be read",
        "een uitdrukking die niet te lezen is",
        "Expressions are FEEL (DMN 1.5, chapter 10); the caret stands under the first character that does not fit.",
        avoid=_SUM.format('"leeftijd * "'),
        prefer=_SUM.format('"leeftijd * 2"'),
        source="DMN 1.5, section 10.3.1",
    ),
    page(
        "E-OPTION",
        "a text that is compared with a choice, and is none of its options",
        "een tekst die met een keuze wordt vergeleken en er niet bij hoort",
        "The comparison would never hold: a misspelt option is a rule that nobody falls under.",
    ),
    page(
        "E-TYPE",
        "a value of another kind than is asked here",
        "een waarde van een ander soort dan hier wordt gevraagd",
        "Adding an amount to a date gives none at run time. The engine works out the type of every expression "
        "when a flow loads.",
        avoid='decisions: {dubbel: {type: number, is: "leeftijd + \\"een\\""}}\n',
        prefer=_SUM.format("leeftijd + 1"),
    ),
    page(
        "E-UNSURE",
        "a fact that may be `unsure`, used as if it were yes or no",
        "een gegeven dat `unsure` kan zijn, gebruikt als ja of nee",
        '`not(x)` of "I do not know" is neither yes nor no. `x = yes` says what counts.',
    ),
    page(
        "E-VALUELESS",
        "a part of an expression that can never have a value",
        "een deel van een uitdrukking dat nooit een waarde heeft",
        "A day that the calendar does not have, a division by nothing, a pattern that cannot be used: the rule would "
        "give none to everybody, without a word.",
        avoid=_SUM.format('"leeftijd + 1 / 0"'),
        prefer=_SUM.format('"leeftijd + 1"'),
        source="DMN 1.5, section 10.3.2",
    ),
    page(
        "E-RULES-ELSE",
        "an `else` that is not the last rule",
        "een `else` die niet de laatste regel is",
        "`else` holds when nothing above it did, so what stands below it is never reached.",
    ),
    page(
        "E-CELL-EMPTY",
        "an empty cell",
        "een lege cel",
        "An empty cell may mean any value or a forgotten one. `-` says any, `none` says no value.",
        avoid=_table(_HEADS, "| < 12     ||        |", "| -        || nee    |"),
        prefer=_GOOD,
    ),
    page(
        "E-CELL-INTERVAL",
        "an interval in which no value lies",
        "een interval waar geen waarde in ligt",
        _CELL,
        avoid=_table(_HEADS, "| [12..4]  || ja     |", "| -        || nee    |"),
        prefer=_GOOD,
    ),
    page(
        "E-CELL-NOT",
        "a `not()` that nothing can satisfy",
        "een `not()` waar niets aan voldoet",
        "`not(-)` is not anything: the row would never count.",
    ),
    page(
        "E-CELL-ORDER",
        "a comparison that the column's type does not know",
        "een vergelijking die het type niet kent",
        _CELL,
    ),
    page(
        "E-CELL-VALUE",
        "a cell whose value the column cannot have",
        "een cel met een waarde die de kolom niet kan hebben",
        _CELL,
        avoid=_table(_HEADS, "| yes      || ja     |", "| -        || nee    |"),
        prefer=_GOOD,
    ),
    page(
        "E-TABLE-BAR",
        "a row without its first or last bar",
        "een rij zonder eerste of laatste streep",
        _TABLE,
        avoid=_table(_HEADS, "| < 12     || ja     ", "| -        || nee    |"),
        prefer=_GOOD,
    ),
    page(
        "E-TABLE-EMPTY",
        "a table without rows",
        "een tabel zonder rijen",
        "A table without rows concludes nothing.",
        avoid=_table(_HEADS),
        prefer=_GOOD,
    ),
    page(
        "E-TABLE-HEAD",
        "a head that is missing or has no place",
        "een kop die ontbreekt of hier niet hoort",
        "Right of `||` stands one column named after the decision, then `source` and `because` where wanted.",
        avoid=_table("| leeftijd || prijs |", "| < 12     || ja    |", "| -        || nee   |"),
        prefer=_GOOD,
    ),
    page(
        "E-TABLE-OVERLAP",
        "two rows of a `unique` table that both hold",
        "twee rijen van een `unique` tabel die allebei gelden",
        "For one citizen two answers would hold. Make one row narrower, or choose `hit: first` and mind the order.",
        source="DMN 1.5, section 8.2.8",
    ),
    page("E-TABLE-RULE", "a line of dashes between rows", "een streepjesregel tussen rijen", _TABLE),
    page(
        "E-TABLE-SIZE",
        "a table with too many rows or cells",
        "een tabel met te veel rijen of cellen",
        "A table that nobody can read is several decisions; a file that is read before it is trusted has limits.",
    ),
    page(
        "E-TABLE-SPLIT",
        "a table without the double bar `||`, or with two",
        "een tabel zonder dubbele streep `||`, of met twee",
        "Left of `||` stands what is looked at, right of it what follows.",
        avoid=_table("| leeftijd | gratis |", "| < 12 | ja |"),
        prefer=_GOOD,
    ),
    page(
        "E-TABLE-WIDTH",
        "a row with more or fewer cells than heads",
        "een rij met meer of minder cellen dan koppen",
        _TABLE,
        avoid=_table(_HEADS, "| < 12 | 3 || ja     |", "| -        || nee    |"),
        prefer=_GOOD,
    ),
    page(
        "W-BUDGET",
        "a calculation that can take too many steps",
        "een berekening die te veel stappen kan kosten",
        "With some answers it takes more than 20,000 steps; it is given up then, nothing is concluded and a person "
        "looks. Set `min` and `max` at the facts in it, or loop over fewer items.",
        avoid=_SUM.format('"sum(for een in up(1, 300), twee in up(1, leeftijd) return een)"'),
        prefer=_SUM.format('"sum(for een in up(1, 30), twee in up(1, leeftijd) return een)"'),
    ),
    page(
        "W-BUDGET-OPEN",
        "a calculation of which nobody can tell how long it takes",
        "een berekening waarvan niemand weet hoelang hij duurt",
        "A fact in its loop has no limit. Beyond 20,000 steps it is given up, and a person looks. Set `min` and `max`, "
        "and it is known when the flow loads.",
    ),
    page(
        "W-TABLE-GAP",
        "a table without a row for some values",
        "een tabel zonder rij voor sommige waarden",
        "For a citizen with these values the decision has no value. Add a row, or a last one that concludes "
        "`none` to say so.",
        avoid='decisions:\n  prijs: {type: number, hit: first, table: "| leeftijd || prijs | source |\\n| < 12 '
        '|| 1 | tarief |"}\n'
        "outcomes: {ja: {values: [prijs]}}\n",
        prefer='decisions:\n  prijs: {type: number, hit: first, table: "| leeftijd || prijs | source |\\n| < 12 '
        '|| 1 | tarief |\\n| - || 2 | tarief |"}\n'
        "outcomes: {ja: {values: [prijs]}}\n",
        nl_why="Voor een inwoner met deze waarden heeft het besluit geen waarde. Voeg een rij toe, of een laatste "
        "met `none`.",
    ),
    page(
        "W-TABLE-SHADOWED",
        "a row that never counts",
        "een rij die nooit telt",
        "Rows above it take everything it matches: it was meant to do something, and does nothing.",
        avoid=_table(
            "| leeftijd || gratis | source | because |",
            "| < 12 || ja | tarief | u bent jong |",
            "| < 10 || nee | tarief | u bent klein |",
            "| - || nee | tarief | u bent oud |",
        ),
        prefer=_GOOD,
        nl_why="Rijen erboven nemen alles weg: hij was ergens voor bedoeld, en doet niets.",
    ),
)
