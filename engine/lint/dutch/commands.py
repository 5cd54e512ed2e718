"""Dutch for the sentences of commands that refuse what they were given; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "No such file or directory": "dat bestand of die map is er niet",
    "Permission denied": "geen toegang",
    "Operation not permitted": "dat mag hier niet",
    "Is a directory": "dit is een map",
    "Not a directory": "dit is geen map",
    "Read-only file system": "hier kan alleen gelezen worden",
    "No space left on device": "er is geen ruimte meer op de schijf",
    "Address already in use": "het adres is al in gebruik",
    "{path}: laid out": "{path}: opgemaakt",
    "{path}: not laid out; run `wegwijzer fmt {flow}`": "{path}: niet opgemaakt; draai `wegwijzer fmt {flow}`",
    "There is no flow `{flow}`; give a path to a {file}, or a short name under {folder}/.": (
        "Er is geen proces `{flow}`; geef het pad naar een {file}, of een korte naam onder {folder}/."
    ),
    "{path} is not UTF-8 text; save it as UTF-8.": "{path} is geen tekst in UTF-8; sla het op als UTF-8.",
    "{path} cannot be read: {reason}.": "{path} is niet te lezen: {reason}.",
    "{path} is larger than {largest} kB; that is no flow file.": (
        "{path} is groter dan {largest} kB; dat is geen procesbestand."
    ),
    "{path} is larger than {largest} MB.": "{path} is groter dan {largest} MB.",
    "There is no code {code}.": "Er is geen code {code}.",
    "`wegwijzer lint --explain all` lists them.": "`wegwijzer lint --explain all` noemt ze allemaal.",
    "Name a flow: a short name, a folder, or a path to a flow.yaml.": (
        "Noem een proces: een korte naam, een map, of het pad naar een flow.yaml."
    ),
    "There are no flows in {folder}/; begin with: wegwijzer new SLUG.": (
        "Er zijn geen processen in {folder}/; begin met: wegwijzer new KORTE-NAAM."
    ),
    "{folder} has no scenarios; write one in {folder}/scenarios/.": (
        "{folder} heeft geen scenario's; schrijf er een in {folder}/scenarios/."
    ),
    "--write needs --suggest: there is nothing else to write.": (
        "--write hoort bij --suggest: iets anders is er niet te schrijven."
    ),
    "{file} is there already; review it, and rename or remove it first.": (
        "{file} is er al; kijk het na, en geef het eerst een andere naam of haal het weg."
    ),
    "{folder} is there already; choose another slug or remove it.": (
        "{folder} is er al; kies een andere korte naam of haal de map weg."
    ),
    "{folder} cannot be written: {reason}.": "In {folder} is niet te schrijven: {reason}.",
    "The file of citizens is not UTF-8 text.": "Het bestand met inwoners is geen tekst in UTF-8.",
    "Line {number} cannot be used: {reason}.": "Regel {number} is niet te gebruiken: {reason}.",
    "The flow is not in {since}, so every scenario was run.": (
        "Het proces staat niet in {since}, dus elk scenario is gelopen."
    ),
    "The flow of {since} cannot be used, so every scenario was run.": (
        "Het proces van {since} is niet te gebruiken, dus elk scenario is gelopen."
    ),
    "{found} of {scenarios} citizens are touched by what changed since {since}.": (
        "{found} van {scenarios} inwoners merken iets van wat er sinds {since} veranderde."
    ),
    "--since takes a revision of git, such as HEAD~3 or a tag.": (
        "Achter --since hoort een versie uit git, zoals HEAD~3 of een label."
    ),
    "--changed needs git, and it does not answer.": "--changed heeft git nodig, en dat antwoordt niet.",
    "--changed needs a folder in git, and a revision that is there.": (
        "--changed heeft een map in git nodig, en een versie die er is."
    ),
    "Write a version in git as git:REV:path/flow.yaml, for example git:main:flows/x/flow.yaml.": (
        "Schrijf een versie in git als git:VERSIE:pad/flow.yaml, bijvoorbeeld git:main:flows/x/flow.yaml."
    ),
    "git has no {path} at {revision}; look at `git log -- {path}`.": (
        "git heeft geen {path} bij {revision}; kijk met `git log -- {path}`."
    ),
    "{path} at {revision} is not UTF-8 text.": "{path} bij {revision} is geen tekst in UTF-8.",
    "{path}: `{name}` stands twice; leave one of them.": "{path}: `{name}` staat er twee keer; laat er een staan.",
    "{path}: write `norms:` with a number from 0 for each norm, each once: {norms}.": (
        "{path}: schrijf `norms:` met een getal vanaf 0 voor elke norm, elke norm één keer: {norms}."
    ),
    "{path}: {unknown} is no norm; use {norms}.": "{path}: {unknown} is geen norm; gebruik {norms}.",
    "{path} holds no accepted differences; make it with --approve.": (
        "{path} bevat geen aanvaarde verschillen; maak het met --approve."
    ),
    "{path}: the size is a number from 1 to {most:,}.": "{path}: de omvang is een getal van 1 tot {most:,}.",
    "{path}: neither flow has a fact called `{unknown}`.": (
        "{path}: geen van beide processen heeft een gegeven `{unknown}`."
    ),
    "{path}: the weights of `{wrong}` are none, below zero, or all zero.": (
        "{path}: de gewichten van `{wrong}` ontbreken, zijn onder nul, of allemaal nul."
    ),
    "The model has nothing of that name. It has: {names}.": ("Het model heeft niets met die naam. Het heeft: {names}."),
    'The inputs are not JSON; write an object such as {"Age": 41}.': (
        'De invoer is geen JSON; schrijf een object zoals {"Age": 41}.'
    ),
    'The inputs are no object; write one such as {"Age": 41}.': (
        'De invoer is geen object; schrijf er een zoals {"Age": 41}.'
    ),
    "The id of a key is 1 to 32 letters, digits, - or _, and not demo.": (
        "De naam van een sleutel is 1 tot 32 letters, cijfers, - of _, en niet demo."
    ),
    "Version {version} is not published yet; do that first: wegwijzer publish FLOW.": (
        "Versie {version} is nog niet gepubliceerd; doe dat eerst: wegwijzer publish PROCES."
    ),
    "`{name}` is no flow file, and more than one version begins so; write more of it.": (
        "`{name}` is geen procesbestand, en meer dan één versie begint zo; schrijf er meer van."
    ),
    "Nobody left a signal about {flow}.": "Niemand liet een signaal achter over {flow}.",
    "No journey has the reference {reference} here.": "Geen zaak heeft hier het kenmerk {reference}.",
    "`{name}` is no flow file, and no version is published under it.": (
        "`{name}` is geen procesbestand, en er is geen versie onder die naam gepubliceerd."
    ),
    "There is nothing of that kind in this flow to put a fault in.": (
        "In dit proces is niets van die soort om een fout in te maken."
    ),
    "What was piped in is not UTF-8 text.": "Wat binnenkwam is geen tekst in UTF-8.",
    "There are {most_files} scenarios of that name; choose another one.": (
        "Er zijn {most_files} scenario's met die naam; kies een andere."
    ),
    "What does the citizen ask, in the citizen's own words?": "Wat vraagt de inwoner, in diens eigen woorden?",
    "Which process runs badly today?": "Welk proces loopt nu slecht?",
    "How do you know?": "Hoe weet u dat?",
    "A flow starts from the citizen's question; give it with --question.": (
        "Een proces begint bij de vraag van de inwoner; geef die met --question."
    ),
    "A slug has small letters, digits and single dashes: verhuizing-doorgeven.": (
        "Een korte naam heeft kleine letters, cijfers en enkele streepjes: verhuizing-doorgeven."
    ),
    "{folder}: a flow to begin with. Now change flow.yaml, and hold it to these:": (
        "{folder}: een proces om mee te beginnen. Verander nu flow.yaml, en houd het hiertegen:"
    ),
    "--min takes 0 to 100 per cent, or KIND=PERCENT with a kind of {kinds}.": (
        "--min wil 0 tot 100 procent, of KIND=PERCENT met een soort van {kinds}."
    ),
    "--min takes 0 to 100 per cent.": "--min wil 0 tot 100 procent.",
    "--budget takes a number of seconds, 0 or more.": "--budget wil een aantal seconden, 0 of meer.",
    "--day takes a day, written as 2026-03-01.": "--day wil een dag, geschreven als 2026-03-01.",
    # evidence
    "nothing found": "niets gevonden",
    "no scenarios": "geen scenario's",
    "{count} found": "{count} gevonden",
    "{facts} facts, {situations} situations": "{facts} gegevens, {situations} situaties",
    "{found} found, {open} not proven": "{found} gevonden, {open} niet bewezen",
    "{good} of {all} citizens as expected": "{good} van {all} burgers zoals verwacht",
    "{count} problems in scenario files": "{count} problemen in bestanden met scenario's",
    "with {name}: {gain} groups gain, {lose} lose, {changes} changes in words or process": (
        "met {name}: {gain} groepen gaan erop vooruit, {lose} achteruit, {changes} wijzigingen in woorden of proces"
    ),
    "{count} accepted": "{count} aanvaard",
    "norms: {verdict}": "normen: {verdict}",
    "a verdict at each save; keep it open while you write": "een oordeel bij elke keer opslaan; laat het openstaan",
    "walk it as a citizen": "doorloop het als inwoner",
    "is the file sound?": "klopt het bestand?",
    "does it hold for every citizen?": "houdt het voor elke inwoner?",
    "do the scenarios come out as expected?": "komen de scenario's uit zoals verwacht?",
}
