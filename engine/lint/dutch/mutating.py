"""Dutch for `wegwijzer mutate`: the faults it puts in, who notices, whom it would hurt; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "Nobody would notice this: {operator}: {what}.": "Niemand zou dit merken: {operator}: {what}.",
    "Add a scenario or a promise that would notice, or simplify the flow.": (
        "Schrijf een scenario of een belofte die het merkt, of maak het proces eenvoudiger."
    ),
    "There is nothing of that kind in this flow to put a fault in.": (
        "Dit proces heeft niets van die soort om een fout in te zetten."
    ),
    "{count} of these verdicts were kept from an earlier run; --fresh judges them anew": (
        "{count} van deze oordelen zijn van een eerdere keer; --fresh oordeelt opnieuw"
    ),
    "{scenario}: this scenario fails without any fault": "{scenario}: dit scenario mislukt al zonder fout",
    "{left} of {all} faults, since the budget was used up; raise --budget": (
        "{left} van {all} fouten, want de tijd was op; verhoog --budget"
    ),
    "noticed by": "gemerkt door",
    "faults": "fouten",
    "so far": "tot hier",
    "nobody": "niemand",
    "load": "laden",
    "promises": "beloften",
    "scenarios": "scenario's",
    "; {count} more change nothing for anybody": "; nog {count} veranderen voor niemand iets",
    "{noticed} of {faults} faults noticed, {percent:.1f} %{more}": (
        "{noticed} van {faults} fouten gemerkt, {percent:.1f} %{more}"
    ),
    "{count} survive; --all tells of each": "{count} merkt niemand; --all vertelt van elk",
    # who would suffer
    "gets {new} instead of {old}{of}": "krijgt {new} in plaats van {old}{of}",
    " for {name}": " voor {name}",
    "{who}: {what}": "{who}: {what}",
    "whoever is asked this": "wie dit gevraagd wordt",
    "whoever reads this": "wie dit leest",
    "whoever answers so": "wie zo antwoordt",
    "whoever waits for this": "wie hierop wacht",
    "whoever comes there": "wie daar komt",
    "somebody": "iemand",
    "somebody is given another reason, or another figure": "iemand krijgt een andere reden, of een ander bedrag",
    # what was changed
    "{what} is gone": "{what} is weg",
    "{what} turned round": "{what} omgekeerd",
    "{name}: {what}": "{name}: {what}",
    "{name} {what}": "{name} {what}",
    "{event} from {place}": "{event} vanuit {place}",
    "{name} rule {number}": "{name} regel {number}",
    "{name} and the next have each other's `{key}`": "{name} en de volgende hebben elkaars `{key}`",
    "{name} and the next swapped": "{name} en de volgende verwisseld",
    "{one} and {two} have each other's rank": "{one} en {two} hebben elkaars rang",
    "{one} and {two} have each other's words": "{one} en {two} hebben elkaars woorden",
    "promise {number}: {what}": "belofte {number}: {what}",
    "row {number}: {what}": "rij {number}: {what}",
    "row {number}, {what}": "rij {number}, {what}",
    "row {number} is gone": "rij {number} is weg",
    "row {number} stands there twice": "rij {number} staat er twee keer",
    "rows {one} and {two} in the other order": "rijen {one} en {two} andersom",
    "rows {one} and {two} give each other's reason": "rijen {one} en {two} geven elkaars reden",
    # the kinds of fault
    "action dropped": "handeling weg",
    "alone": "alleen",
    "anew": "opnieuw",
    "arithmetic": "rekenen",
    "channel": "kanaal",
    "check dropped": "controle weg",
    "comparison": "vergelijking",
    "conclusion": "conclusie",
    "condition dropped": "voorwaarde weg",
    "connective": "verbindingswoord",
    "contact": "contact",
    "count": "aantal",
    "deadline": "uiterste dag",
    "four eyes dropped": "vier ogen weg",
    "guard dropped": "voorwaarde van een stap weg",
    "hit policy": "hit",
    "kind": "soort",
    "limit": "grens",
    "list": "lijst",
    "need": "wat nodig is",
    "option": "optie",
    "otherwise": "anders",
    "party": "wie",
    "promise": "belofte",
    "rank": "rang",
    "reasons swapped": "redenen verwisseld",
    "remedy": "rechtsmiddel",
    "rounding": "afronding",
    "row dropped": "rij weg",
    "row twice": "rij dubbel",
    "rows swapped": "rijen verwisseld",
    "step dropped": "stap weg",
    "step redirected": "stap naar elders",
    "steps swapped": "stappen verwisseld",
    "supplier": "leverancier",
    "task": "taak",
    "term": "termijn",
    "text dropped": "tekst weg",
    "texts swapped": "teksten verwisseld",
    "threshold": "drempel",
    "truth": "ja of nee",
    "unsure": "weet ik niet",
    "value": "waarde",
    "when": "wanneer",
}
