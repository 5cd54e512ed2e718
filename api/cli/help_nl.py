"""Dutch for the help of every command, and for what `argparse` itself says; English is the key.

    in_dutch(parser)    a parser that tells everything in Dutch
    speak("nl")         the words of argparse itself, until it is told otherwise

A test finds every text of every parser and holds it against DUTCH. Called by `api.cli.main`; tests:
tests/api/cli/test_help.py.
"""

from __future__ import annotations

import argparse
import gettext
from collections.abc import Mapping
from typing import Final

from api.cli.examples import EXAMPLE

DUTCH: Final[Mapping[str, str]] = {
    "Routes small public-service processes that start from the citizen's question.": (
        "Leidt door kleine processen van de overheid, die beginnen bij de vraag van de inwoner."
    ),
    "Begin with: wegwijzer new verhuizing. Each command explains itself: wegwijzer play --help. "
    "Exit codes: 0 good, 1 something was found, 2 unusable input, 3 undecided.": (
        "Begin met: wegwijzer new verhuizing. Elke opdracht legt zichzelf uit: wegwijzer play --help. "
        "Exitcodes: 0 goed, 1 er is iets gevonden, 2 onbruikbare invoer, 3 niet beslist."
    ),
    # what each command does
    "a citizen a line as JSON through a flow: outcome, values, what was asked": (
        "een inwoner per regel als JSON door een proces: uitkomst, waarden, wat er gevraagd is"
    ),
    "is a flow file sound? Every problem with its line and a way out": (
        "klopt een procesbestand? Elk probleem met zijn regel en een uitweg"
    ),
    "lay out flow files: tables aligned, comments and order kept": (
        "maak procesbestanden op: tabellen recht, commentaar en volgorde blijven"
    ),
    "run the scenarios of a flow, and say what they cover": (
        "voer de scenario's van een proces uit, en zeg wat ze raken"
    ),
    "put faults into a flow, one at a time: which would nobody notice?": (
        "zet fouten in een proces, een voor een: welke zou niemand merken?"
    ),
    "lint, prove and the scenarios an edit touches, at each save": (
        "lint, prove en de scenario's die een wijziging raakt, bij elke keer opslaan"
    ),
    "walk through a flow in the terminal, and save the walk as a scenario": (
        "loop door een proces in de terminal, en bewaar de weg als scenario"
    ),
    "the board: how far each flow is, and whether its evidence still holds": (
        "het bord: hoe ver elk proces is, en of het bewijs nog klopt"
    ),
    "a flow as one page of HTML: question, picture, rules in words, sources, scenarios, evidence": (
        "een proces als een pagina HTML: vraag, plaatje, regels in woorden, bronnen, scenario's, bewijs"
    ),
    "start a flow from the citizen's question": "begin een proces bij de vraag van de inwoner",
    "print the whole process of a flow, the standard filled in": (
        "druk het hele proces af, met wat de standaard aanvult"
    ),
    "draw the process of a flow as SVG or Mermaid": "teken het proces als SVG of Mermaid",
    "does a flow hold for every citizen, in every order? Findings with a witness": (
        "klopt een proces voor elke inwoner, in elke volgorde? Bevindingen met een voorbeeld"
    ),
    "what does a change do to every citizen? Groups with a witness, and a verdict against norms": (
        "wat doet een wijziging met elke inwoner? Groepen met een voorbeeld, en een oordeel volgens normen"
    ),
    "print the JSON Schema of the flow file, for editors": (
        "druk het JSON Schema van het procesbestand af, voor editors"
    ),
    "import, export or evaluate decision models in DMN's XML": (
        "lees, schrijf of bereken beslismodellen in de XML van DMN"
    ),
    "make a version of a flow the current one; running journeys keep theirs": (
        "maak een versie van een proces de geldende; lopende zaken houden de hunne"
    ),
    "what people said goes wrong in a process, the newest first": (
        "wat mensen zeiden dat er misgaat in een proces, het nieuwste eerst"
    ),
    "who did what in a journey, and who looked into it": "wie deed wat in een zaak, en wie keek erin",
    "the name of a flow": "de naam van een proces",
    "at most so many [100]": "hoogstens zoveel [100]",
    "a line of JSON a signal": "een regel JSON per signaal",
    "of a journey, as WW-K7QM-3X9T": "kenmerk van een zaak, zoals WW-K7QM-3X9T",
    "a line of JSON a deed": "een regel JSON per handeling",
    "running journeys go on by a new version, those for which it is safe; --dry-run only sorts them": (
        "lopende zaken gaan verder met een nieuwe versie, waar dat veilig kan; --dry-run deelt ze alleen in"
    ),
    "run Wegwijzer here: citizens' pages, worklist and API": (
        "draai Wegwijzer hier: pagina's voor inwoners, werkvoorraad en API"
    ),
    "print what is kept of a password, for the file of workers": (
        "druk af wat van een wachtwoord bewaard wordt, voor het bestand van medewerkers"
    ),
    "print a fresh master key, for WEGWIJZER_MASTER_KEYS": (
        "druk een verse hoofdsleutel af, voor WEGWIJZER_MASTER_KEYS"
    ),
    "bring the databases to this version's schema": "breng de databases naar het schema van deze versie",
    "The password is asked for, or is the first line of standard input.": (
        "Het wachtwoord wordt gevraagd, of is de eerste regel van de standaardinvoer."
    ),
    # flows, files, languages
    "a short name, a folder, or a path to a flow.yaml": "een korte naam, een map, of een pad naar een flow.yaml",
    "a short name, a folder, or a path; - for standard input": "een korte naam, map of pad; - voor de standaardinvoer",
    "a short name, a folder or a path; left out: all flows": (
        "een korte naam, een map of een pad; weggelaten: alle processen"
    ),
    "a short name, a path, or git:REV:path/flow.yaml": "een korte naam, een pad, of git:REV:pad/flow.yaml",
    "the same, for the new version": "hetzelfde, voor de nieuwe versie",
    "where names are looked up [flows]": "waar korte namen gezocht worden [flows]",
    "where the flow is put [flows]": "waar het proces komt [flows]",
    "folder of the flow files [flows]": "map met de procesbestanden [flows]",
    "folder of the database [.wegwijzer]": "map van de database [.wegwijzer]",
    "language of the words [that of LANG, else en]": "taal van de woorden [die van LANG, anders en]",
    "language of the page [that of LANG, else en]": "taal van de pagina [die van LANG, anders en]",
    "language of reasons and sources [that of the flow]": "taal van redenen en bronnen [die van het proces]",
    "of the titles [that of LANG, else en]": "van de titels [die van LANG, anders en]",
    "of the words in it [that of LANG, else en]": "van de woorden erin [die van LANG, anders en]",
    "print a report as JSON": "druk een verslag af als JSON",
    "print it as SARIF 2.1.0": "druk het af als SARIF 2.1.0",
    "print it as JUnit XML": "druk het af als JUnit-XML",
    "write the JSON, SARIF or JUnit there, and tell people here": (
        "schrijf de JSON, SARIF of JUnit daarheen, en vertel het hier in woorden"
    ),
    "write there instead of to standard output": "schrijf daarheen in plaats van naar de standaarduitvoer",
    "write the page there [standard output]": "schrijf de pagina daarheen [standaarduitvoer]",
    "the flow file, or what --json prints": "het procesbestand, of wat --json afdrukt",
    # answer, lint, fmt, test, mutate, watch, play
    "a citizen a line as JSON; - reads standard input": "een inwoner per regel als JSON; - leest de standaardinvoer",
    "stop at the outcome and its values; ask no needs": (
        "stop bij de uitkomst en zijn waarden; vraag niet wat er daarna nodig is"
    ),
    "add to each line why: rules, sources, facts, what would differ": (
        "voeg aan elke regel toe waarom: regels, bronnen, gegevens, wat anders zou uitkomen"
    ),
    "print the page of a code: avoid, prefer, why; `all` lists all": (
        "druk de pagina van een code af: vermijd, liever, waarom; `all` noemt ze alle"
    ),
    "change nothing; exit code 1 when a file would change": (
        "verander niets; exitcode 1 als een bestand zou veranderen"
    ),
    "least coverage of outcomes, rules and boundaries, or KIND=PERCENT of outcomes, rules, boundaries, states, "
    "transitions, channels, people; repeatable": (
        "minste dekking van uitkomsten, regels en grenzen, of SOORT=PROCENT van outcomes, rules, boundaries, states, "
        "transitions, channels, people; mag vaker"
    ),
    "print the smallest scenarios that are missing": "druk de kleinste scenario's af die ontbreken",
    "with --suggest: put them into scenarios/suggested.yaml": "bij --suggest: zet ze in scenarios/suggested.yaml",
    "only scenarios that an edit since HEAD touches": "alleen scenario's die een wijziging sinds HEAD raakt",
    "as --changed, since this revision of git": "als --changed, sinds deze revisie van git",
    "name everything of the process that is not covered, too": "noem ook alles van het proces wat niet geraakt is",
    "least score that is good [90]": "minste score die goed is [90]",
    "only such faults; may be repeated": "alleen zulke fouten; mag vaker",
    "how long it may take [300]": "hoe lang het mag duren [300]",
    "tell people about every survivor, however many": "noem elke fout die niemand merkt, hoeveel het er ook zijn",
    "judge every fault anew, whatever was kept of the last run": (
        "beoordeel elke fout opnieuw, wat er van de vorige keer ook bewaard is"
    ),
    "one verdict, then stop with its exit code": "een oordeel, stop dan met zijn exitcode",
    "the day on which the walk starts [today]": "de dag waarop de weg begint [vandaag]",
    # stand, new, diagram, compare
    "run each step, and write what came out beside the flow": (
        "voer elke stap uit, en schrijf wat eruit kwam naast het proces"
    ),
    "print the board as JSON": "druk het bord af als JSON",
    "short name of the flow: verhuizing-doorgeven": "korte naam van het proces: verhuizing-doorgeven",
    "the citizen's question, in the citizen's words": "de vraag van de inwoner, in diens eigen woorden",
    "which process runs badly today": "welk proces nu slecht loopt",
    "how you know": "hoe u dat weet",
    "Mermaid text instead of SVG": "tekst van Mermaid in plaats van SVG",
    "citizens line by line (.jsonl), or how they are spread (.yaml)": (
        "inwoners regel voor regel (.jsonl), of hoe ze verdeeld zijn (.yaml)"
    ),
    "norms to test; ends in a verdict": "normen om te toetsen; eindigt in een oordeel",
    "store all differences found as accepted": "bewaar alle gevonden verschillen als aanvaard",
    "why they are accepted, in words; for --approve": "waarom ze aanvaard zijn, in woorden; bij --approve",
    "differences accepted before; others fail": "verschillen die eerder aanvaard zijn; andere keuren af",
    # dmn
    "a model of DMN 1.1 to 1.5": "een model van DMN 1.1 tot 1.5",
    "what to evaluate; `prefix.name` for what is imported": "wat te berekenen; `prefix.naam` voor wat ingelezen is",
    "an object, @FILE, or - for standard input [{}]": "een object, @BESTAND, of - voor de standaardinvoer [{}]",
    "models that the model imports": "modellen die het model inleest",
    "write the draft of a flow file for a DMN model": "schrijf het begin van een procesbestand bij een DMN-model",
    "write a flow's decisions as DMN 1.5": "schrijf de besluiten van een proces als DMN 1.5",
    "print the value of a decision, service or knowledge model as JSON": (
        "druk de waarde van een besluit, dienst of kennismodel af als JSON"
    ),
    # running it
    "postgresql://... or sqlite:///folder": "postgresql://... of sqlite:///map",
    "a version, at least its first six characters, or a flow.yaml": (
        "een versie, minstens de eerste zes tekens, of een flow.yaml"
    ),
    "a published version, or a flow.yaml of one": "een gepubliceerde versie, of een flow.yaml daarvan",
    "only sort them; change nothing": "deel ze alleen in; verander niets",
    "a line of JSON a journey": "een regel JSON per zaak",
    "address to listen on [127.0.0.1]": "adres om op te luisteren [127.0.0.1]",
    "port to listen on; 0 takes a free one [8000]": "poort om op te luisteren; 0 neemt een vrije [8000]",
    "id of the key, kept beside what it wraps [key1]": "naam van de sleutel, bewaard naast wat hij inpakt [key1]",
    "address of the journeys": "adres van de zaken",
    "address of the wrapped keys": "adres van de ingepakte sleutels",
    "PostgreSQL role that the servers connect as": "PostgreSQL-rol waarmee de servers verbinden",
}

ARGPARSE: Final[Mapping[str, str]] = {
    "usage: ": "gebruik: ",
    "positional arguments": "argumenten",
    "options": "opties",
    "show this help message and exit": "toon deze hulp en stop",
    "show program's version number and exit": "toon de versie en stop",
    "%(prog)s: error: %(message)s\n": "%(prog)s: fout: %(message)s\n",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s: %(message)s",
    "the following arguments are required: %s": "deze argumenten ontbreken: %s",
    "unrecognized arguments: %s": "onbekende argumenten: %s",
    "invalid choice: %(value)r (choose from %(choices)s)": "geen mogelijke keuze: %(value)r (kies uit %(choices)s)",
    "invalid %(type)s value: %(value)r": "geen geldige waarde voor %(type)s: %(value)r",
    "expected one argument": "hier hoort een waarde achter",
    "expected at least one argument": "hier hoort minstens een waarde achter",
    "not allowed with argument %s": "gaat niet samen met %s",
    "one of the arguments %s is required": "een van deze argumenten is nodig: %s",
    "ambiguous option: %(option)s could match %(matches)s": "onduidelijke optie: %(option)s kan %(matches)s zijn",
    "ignored explicit argument %r": "hier hoort geen waarde achter: %r",
}


def speak(language: str) -> None:
    """Have argparse itself speak Dutch, or English again. It asks for its words where it says them."""
    says = (lambda words: ARGPARSE.get(words, words)) if language == "nl" else gettext.gettext
    vars(argparse)["_"] = says


def in_dutch(parser: argparse.ArgumentParser) -> None:
    """Everything that the parser and those of its commands say of themselves, in Dutch."""
    parser.description, parser.epilog = _of(parser.description), _of(parser.epilog)
    for group in parser._action_groups:  # noqa: SLF001  argparse has no other way to its texts
        group.title, group.description = _of(group.title), _of(group.description)
    for action in parser._actions:  # noqa: SLF001
        action.help = _of(action.help)
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for choice in action._choices_actions:  # noqa: SLF001
                choice.help = _of(choice.help)
            for sub in action.choices.values():
                in_dutch(sub)


def _of(words: str | None) -> str | None:
    """In Dutch, where there is any: as it stands, or as the sentence that was made of it."""
    if not words:
        return words
    if words.startswith(EXAMPLE):
        return f"voorbeeld: {words.removeprefix(EXAMPLE)}"
    return DUTCH.get(words) or ARGPARSE.get(words) or SENTENCES.get(words, words)


def capital(words: str) -> str:
    """A line of a list as a sentence."""
    return f"{words[0].upper()}{words[1:]}{'' if words.endswith(('?', '.')) else '.'}"


SENTENCES: Final = {capital(english): capital(own) for english, own in DUTCH.items()}
