"""Pages of what the proof, the scenarios and the models of other tools find."""

from __future__ import annotations

from engine.lint.pages.made import page

_EVERY = "Proven for every citizen and every order of answering; the citizen who shows it is a real one."
_LAPSE = """
outcomes: {nee: {kind: refusal, remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W, source: tarief}}}
process: {places: {decided: {who: citizen, does: outcome, within: %s, title: "Ons besluit"}}}
"""

PAGES = (
    page(
        "P-NO-OUTCOME",
        "citizens for whom the rules give no outcome",
        "inwoners voor wie de regels geen uitkomst geven",
        _EVERY,
    ),
    page(
        "P-NO-VALUE",
        "an outcome that shows what has no value for some citizens",
        "een uitkomst die iets toont wat voor sommige inwoners geen waarde heeft",
        "The page would say that it costs nothing, or stop in the middle of a sentence. A row that is missing from a "
        "table of amounts is seen by nobody until that citizen comes.",
    ),
    page(
        "P-NO-FIGURE",
        "rules that go on in silence where a figure by day or key is not there",
        "regels die stil doorgaan waar een bedrag bij een dag of sleutel ontbreekt",
        "A condition over a figure that is not there is not true, so the `else` or the next row follows without a "
        "word. Nobody notices until the year in which the table runs out.",
        avoid="""
facts: {dag: {type: date, from: [clock:start]}}
parameters:
  grens:
    by: from
    source: tarief
    table: |
      | from       || top |
      | 2026-01-01 || 12  |
decisions:
  gratis:
    table: |
      | leeftijd         || gratis | source |
      | < grens(dag).top || ja     | tarief |
      | -                || nee    | tarief |
""",
        prefer="""
facts: {dag: {type: date, min: 2026-01-01, from: [clock:start]}}
parameters:
  grens:
    by: from
    source: tarief
    table: |
      | from       || top |
      | 2026-01-01 || 12  |
decisions:
  gratis:
    table: |
      | leeftijd         || gratis | source |
      | < grens(dag).top || ja     | tarief |
      | -                || nee    | tarief |
""",
    ),
    page(
        "P-NEVER-TRUE",
        "a condition, or a part of one, that holds for nobody",
        "een voorwaarde, of een deel ervan, waaraan niemand voldoet",
        "What hangs on it never happens: a question is never asked, a sentence never read, a step never taken. Two "
        "limits were often exchanged, or `and` was meant to be `or`.",
        avoid="""
outcomes: {ja: {text: [{when: leeftijd < 4 and leeftijd > 65, text: "Er is een leuning."}, "U zwemt gratis."]}}
""",
        prefer="""
outcomes: {ja: {text: [{when: leeftijd < 4 or leeftijd > 65, text: "Er is een leuning."}, "U zwemt gratis."]}}
""",
    ),
    page(
        "P-ALWAYS-TRUE",
        "a condition, or a part of one, that holds for everybody",
        "een voorwaarde, of een deel ervan, waaraan iedereen voldoet",
        "It keeps nobody out, and who reads it thinks that it does.",
        avoid="""
outcomes: {ja: {text: [{when: leeftijd >= 0, text: "Breng een ouder mee."}, "U zwemt gratis."]}}
""",
        prefer="""
outcomes: {ja: {text: [{when: leeftijd < 6, text: "Breng een ouder mee."}, "U zwemt gratis."]}}
""",
    ),
    page(
        "P-UNASKED",
        "a question for an outcome that is not asked before the judgement it waits for",
        "een vraag voor een uitkomst die niet gesteld wordt voor het oordeel waarop zij wacht",
        "What an outcome shows or needs is asked once that outcome is certain. Where only a judgement makes it so, "
        "the citizen has gone by then, and reads a sentence with a hole in it. `needs` of the judgement has it asked "
        "before anybody looks.",
    ),
    page(
        "P-OUTCOME",
        "an outcome that nobody can get",
        "een uitkomst die niemand kan krijgen",
        "It was written for somebody. The row that should lead to it does not.",
    ),
    page(
        "P-ROW-IMPOSSIBLE",
        "a row whose conditions contradict each other",
        "een rij waarvan de voorwaarden elkaar tegenspreken",
        "Nobody can satisfy it, so nobody gets what it says.",
    ),
    page(
        "P-ROW-OVERTAKEN",
        "a row that rows above it always overtake",
        "een rij die altijd door hogere rijen wordt ingehaald",
        "In a `first` table the order is the rule; behind rows that take everyone this one does nothing.",
    ),
    page("P-AMBIGUOUS", "two rows that hold for one citizen", "twee rijen die voor dezelfde inwoner gelden", _EVERY),
    page("P-GAP", "a decision without a row for some citizen", "een besluit zonder rij voor een inwoner", _EVERY),
    page(
        "P-USELESS",
        "a question that can never matter",
        "een vraag die nooit iets uitmaakt",
        "What is not needed is not asked.",
        source="GDPR (AVG) article 5(1)(c)",
        nl_why="Wat niet nodig is, wordt niet gevraagd.",
    ),
    page(
        "P-ASKED-TWICE",
        "the same question under two names",
        "dezelfde vraag onder twee namen",
        "What somebody told once is not asked again.",
        source="Awb article 4:2(2); once-only principle, Regulation (EU) 2018/1724 article 14",
        nl_why="Wat iemand al verteld heeft, wordt niet nog eens gevraagd.",
    ),
    page(
        "P-ONCE-ONLY",
        "a question to the citizen whose answer a register may know",
        "een vraag aan de inwoner die een register misschien kan beantwoorden",
        "Put the register first under `from`: what the government knows is not asked.",
        source="once-only principle, Regulation (EU) 2018/1724 article 14",
        nl_why="Zet het register vooraan onder `from`: wat de overheid weet, wordt niet gevraagd.",
    ),
    page(
        "P-PROMISE",
        "a promise of the flow that is broken",
        "een belofte van het proces die niet wordt gehouden",
        _EVERY,
    ),
    page(
        "P-PROMISE-EMPTY",
        "a promise about nobody, or about something that never happens",
        "een belofte over niemand, of over iets dat nooit gebeurt",
        "It always holds and guards nothing: its event or place is not in this process, nobody meets its condition, or "
        "no outcome depends on it.",
        avoid="""
promises: [{never: {outcome: nee, when: leeftijd < 12 and leeftijd > 65}}]
""",
        prefer="""
promises: [{never: {outcome: nee, when: leeftijd < 12}}]
""",
    ),
    page(
        "P-DEAD-END",
        "a way through the process that cannot end",
        "een weg door het proces die niet kan eindigen",
        "The steps that lead on exist, but their guards do not hold on this way.",
    ),
    page(
        "P-PLACE",
        "a place to which no journey ever comes",
        "een plaats waar nooit iemand komt",
        "Steps lead to it, but their guards never hold.",
    ),
    page(
        "P-STEP",
        "a step that no journey ever takes",
        "een stap die nooit iemand zet",
        "Its guard never holds there, or a row above it always does.",
    ),
    page(
        "P-REMEDY",
        "a way on which the remedy is written and not possible",
        "een weg waarop het rechtsmiddel er staat en niet kan",
        "The outcome names a remedy, but on this way its step does not hold.",
        source="Awb articles 3:45 and 6:4",
    ),
    page(
        "P-REMEDY-SHORT",
        "a journey that is closed while the citizen may still object",
        "een zaak die dicht is terwijl de inwoner nog bezwaar mag maken",
        "The letter says six weeks. Who comes in the fifth finds a case that is closed, or that is no longer there.",
        source="Awb articles 6:7 and 6:8",
        avoid=_LAPSE % "P2W",
        prefer=_LAPSE % "P6W",
    ),
    page(
        "P-UNTOLD",
        "an outcome that no step tells the citizen",
        "een uitkomst die geen stap aan de inwoner vertelt",
        "The rules decide, and the citizen never hears it.",
    ),
    page(
        "P-UNPUBLISHED",
        "a determination that can be read before it is published",
        "een besluit dat te lezen is voordat het bekend is gemaakt",
        "Other steps into that place publish, and on this way none does. The citizen reads a decision of which no "
        "letter was sent and nobody signed, and the term to object never begins.",
        source="Awb articles 3:40, 3:41 and 6:8",
    ),
    page(
        "C-LOSES",
        "citizens who are worse off with the new version",
        "inwoners die er met de nieuwe versie op achteruitgaan",
        "Their outcome has a lower rank than before. If that is meant, approve it in writing; if not, you know it now.",
    ),
    page(
        "C-GAINS",
        "citizens who are better off with the new version",
        "inwoners die er met de nieuwe versie op vooruitgaan",
        "Their outcome has a higher rank than before: approve it, so that the next difference stands out.",
    ),
    page(
        "C-CHANGES",
        "citizens who get another outcome or value",
        "inwoners die een andere uitkomst of waarde krijgen",
        "Without a rank on both sides nobody can say whether it is better, only that it is different.",
    ),
    page(
        "C-REASON",
        "citizens who get the same outcome for another reason, or on another legal basis",
        "inwoners die dezelfde uitkomst krijgen om een andere reden of op een andere grond",
        "The reason is what a citizen understands and what holds in objection: it changes on purpose, or not at all.",
    ),
    page(
        "C-HARM",
        "a change in words or process that takes something from citizens",
        "een wijziging in woorden of proces die inwoners iets afneemt",
        "A remedy, time, a channel, a person or an answer is gone, or more is asked. The finding says of whom.",
    ),
    page(
        "C-PROMISE",
        "a promise that is gone, or says less or something else",
        "een belofte die weg is, of minder of iets anders zegt",
        "Nobody loses anything by it today; but what no longer holds the flow to it may be lost at the next edit.",
    ),
    page(
        "C-OTHER",
        "another question, text, wait or part of the process",
        "een andere vraag, tekst, wachttijd of stap",
        "What citizens are asked and told is part of the journey too.",
    ),
    page(
        "C-NORM",
        "a norm that the new version misses",
        "een norm die de nieuwe versie niet haalt",
        "The norm was fixed before the new version existed, so that it could not be fitted to it.",
    ),
    page(
        "M-SURVIVES",
        "a mistake that nobody would notice",
        "een fout die niemand zou merken",
        "A small fault was put into the flow, and no check, promise or scenario saw it. Write a promise or a scenario "
        "about the citizen who would suffer.",
    ),
    page(
        "T-SCENARIO",
        "a scenario that is not as expected",
        "een scenario dat niet gaat zoals verwacht",
        "A scenario is a whole citizen with wishes; what the team expected for them no longer happens.",
    ),
    page(
        "T-COVERAGE",
        "scenarios that cover less than was asked",
        "scenario's die minder dekken dan gevraagd",
        "What no scenario passes can break unseen. `wegwijzer test --suggest` writes what is lacking.",
    ),
    page(
        "E-SCENARIO",
        "a scenario file that cannot be used",
        "een scenariobestand dat niet te gebruiken is",
        "docs/language/scenarios.md has every key of a scenario.",
    ),
    page(
        "E-DMN-EXPRESSION",
        "an expression of a DMN model that cannot be read",
        "een uitdrukking in een DMN-model die niet te lezen is",
        "The model is used as a whole or not at all.",
        source="DMN 1.5, chapter 10",
    ),
    page(
        "E-DMN-NAME",
        "a part of a DMN model without a name",
        "een deel van een DMN-model zonder naam",
        "What has no name cannot be asked for, and nothing can refer to it.",
    ),
    page(
        "E-DMN-ROOT",
        "a file that is no DMN model",
        "een bestand dat geen DMN-model is",
        "The root of a model is `definitions` in a namespace of DMN 1.1 to 1.5.",
    ),
    page(
        "E-XML",
        "a file that is no well-formed XML",
        "een bestand dat geen geldige XML is",
        "Nothing after the fault can be trusted.",
    ),
    page(
        "E-XML-CHARACTER",
        "a character that XML cannot carry",
        "een teken dat XML niet kan dragen",
        "The export would be a file that no tool can open.",
    ),
    page(
        "E-XML-DOCTYPE",
        "a document type declaration",
        "een documenttype-declaratie",
        "It can make a reader fetch files or swell a line to gigabytes; models need none.",
    ),
    page(
        "E-XML-SIZE",
        "a model larger than is read",
        "een model dat te groot is",
        "A file that is read before it is trusted has limits.",
    ),
)
