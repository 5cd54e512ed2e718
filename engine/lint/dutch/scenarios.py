"""Dutch for the sentences of scenarios, and of what they cover; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "expected {expected} to be refused, but {refused} was": (
        "{expected} had geweigerd moeten worden, maar {refused} is geweigerd"
    ),
    "expected {expected} to be refused, it was not": ("{expected} had geweigerd moeten worden, en dat is niet gebeurd"),
    "{what} was refused": "{what} is geweigerd",
    "none yet": "nog geen",
    "none yet: the flow asks {names}, which this citizen does not answer": (
        "nog geen: het proces vraagt {names}, en deze inwoner antwoordt daar niet op"
    ),
    "expected outcome {expected}, got {got}": "verwacht was uitkomst {expected}, het werd {got}",
    "asked {count} questions, at most {most} expected: {asked}": (
        "{count} vragen gesteld, hoogstens {most} verwacht: {asked}"
    ),
    "asked {fact}, which must never be asked here": "{fact} gevraagd, en dat mag hier nooit",
    "asked {asked} instead of {expected}": "{asked} gevraagd in plaats van {expected}",
    "expected to be at {expected}, is at {place}": "verwacht was plaats {expected}, de reis is in {place}",
    "expected to pass {expected}, passed {passed}": "verwacht was langs {expected}, de reis kwam langs {passed}",
    "expected {expected} to be done, done was {done}": "verwacht was dat {expected} gedaan werd, gedaan is {done}",
    "expected that the citizen may {step}, may {steps}": (
        "verwacht was dat de inwoner {step} mag, mogelijk is {steps}"
    ),
    "expected task {expected}, got {got}": "verwacht was taak {expected}, het werd {got}",
    "expected a task for {expected}, got {got}": "verwacht was een taak voor {expected}, het werd {got}",
    "no person is promised in time": "er is niet op tijd een mens beloofd",
    "expected {clock} to be due in {days} days, it is not running": (
        "verwacht was dat {clock} over {days} dagen afloopt, maar die loopt niet"
    ),
    "expected {clock} to be due in {days} days, it is due in {found}": (
        "verwacht was dat {clock} over {days} dagen afloopt, dat is over {found}"
    ),
    "expected row {row} of {name} to decide, got {got}": (
        "verwacht was dat rij {row} van {name} beslist, dat was {got}"
    ),
    "expected the reason “{because}”, got {got}": "verwacht was de reden “{because}”, gegeven is {got}",
    "there is no decision called {name}": "er is geen beslissing met de naam {name}",
    "expected {name} to be {text}, it is not known yet": "verwacht was {name} = {text}, maar dat is nog niet bekend",
    "expected {name} to be {wanted}, got {shown}": "verwacht was {name} = {wanted}, het werd {shown}",
    "expected to read “{words}”, which stands nowhere in what was read": (
        "verwacht was om “{words}” te lezen, en dat stond nergens"
    ),
    "expected never to read “{words}”, which stands in what was read": (
        "verwacht was om “{words}” nergens te lezen, en dat stond er wel"
    ),
    "expected “{words}” in the work {name}: {read}": "verwacht was “{words}” in het werk {name}: {read}",
    "there was none": "dat was er niet",
    "expected to be asked about {fact}, was not": "verwacht was een vraag over {fact}, die kwam niet",
    "expected “{words}” in the question about {fact}: {asked}": (
        "verwacht was “{words}” in de vraag over {fact}: {asked}"
    ),
    "when asked in the order {order}:": "bij vragen in de volgorde {order}:",
    "saved and restored after every event, the journey came out different": (
        "na elke gebeurtenis bewaard en teruggehaald kwam de reis anders uit"
    ),
    "replayed from its events, the journey came out different": (
        "opnieuw opgebouwd uit de gebeurtenissen kwam de reis anders uit"
    ),
    "What is not seen can be written for you: wegwijzer test {flow} --suggest --write": (
        "Wat niet gezien is, kan voor u geschreven worden: wegwijzer test {flow} --suggest --write"
    ),
    "{scenario}: {tried} of {every} orders of answering were tried, spread over all of them": (
        "{scenario}: {tried} van {every} volgordes van antwoorden zijn geprobeerd, verspreid over alle"
    ),
    "Of {what}, {share} % is covered; {wanted} % was asked for.": (
        "Van {what} is {share} % geraakt; {wanted} % was gevraagd."
    ),
    "Add the scenarios that are missing; --suggest writes them.": (
        "Voeg de scenario's toe die ontbreken; --suggest schrijft ze."
    ),
    "    not seen: {name} (line {line})": "    niet gezien: {name} (regel {line})",
    "    not seen: {name}": "    niet gezien: {name}",
    "no citizen was found for: {name}; {why}": "geen inwoner gevonden voor: {name}; {why}",
    "is it possible at all? See `wegwijzer prove`": "kan het wel? Kijk met `wegwijzer prove`",
    "nobody who was tried came to {places}": "niemand die geprobeerd is, kwam bij {places}",
    "nobody who was tried leaves something open in {place} that only a person can say": (
        "niemand die geprobeerd is, laat bij {place} iets open dat alleen een mens kan zeggen"
    ),
    "no clock for {event} ran out in {place}": "bij {place} liep geen klok af voor {event}",
    "in {place} {event} was refused: {codes}": "bij {place} werd {event} geweigerd: {codes}",
    "in {place} {event} never fell to this row: {guard}": "bij {place} kwam {event} nooit op deze rij: {guard}",
    "another row comes first": "een andere rij gaat voor",
    "nobody who was tried is asked that": "dat wordt niemand gevraagd die geprobeerd is",
    "it is refused there": "daar wordt dat geweigerd",
    "it is refused wherever it was tried": "dat wordt geweigerd waar het ook geprobeerd is",
    "Tried out.": "Uitgeprobeerd.",
    "Nothing to suggest.": "Niets voor te stellen.",
    "{count} suggested in {file}; review what each expects.": (
        "{count} voorgesteld in {file}; kijk na wat elk verwacht."
    ),
    "{decision} row {row}": "{decision} rij {row}",
    "{channel} in {place}": "{channel} bij {place}",
    "asks for a person over {channel}": "vraagt om een mens via {channel}",
    "does not know {fact}": "weet {fact} niet",
    "task {name}": "taak {name}",
    "at": "op",
    "just below": "net onder",
    "just above": "net boven",
    "just below or above": "net onder of boven",
    "outcomes": "uitkomsten",
    "rules": "regels",
    "boundaries": "grenzen",
    "states": "plaatsen",
    "transitions": "stappen",
    "channel x state": "kanaal x plaats",
    "ways to a person": "naar een mens",
    "{name} (line {line})": "{name} (regel {line})",
    "review: covers {names}": "kijk na: raakt {names}",
    "To review: each `expect` is what the engine did, not what somebody decided that it should do.": (
        "Om na te kijken: elke `expect` is wat er gebeurde, en niet wat iemand besloot dat er moet gebeuren."
    ),
    # the moves of a walk
    "A move is one line of at most {longest} characters.": "Een zet is één regel van hoogstens {longest} tekens.",
    "`{move}` needs more: {example}.": "Achter `{move}` hoort nog iets: {example}.",
    "This is no move; write `fact = value`, or one of {kinds} with what it is about.": (
        "Dit is geen zet; schrijf `feit = waarde`, of een van {kinds} met waar het over gaat."
    ),
    "The day stands first: a walk has one start.": "De dag staat vooraan: een wandeling heeft één begin.",
    "Write how long, as 4h, 15d or 2w, or until which day: 2026-03-01.": (
        "Schrijf hoe lang, als 4h, 15d of 2w, of tot welke dag: 2026-03-01."
    ),
    "Time goes forward here, and not beyond the year 2200.": (
        "De tijd gaat hier vooruit, en niet voorbij het jaar 2200."
    ),
    "Write `work STEP`, `work STEP OUTCOME`, and behind it `by NAME` for another worker.": (
        "Schrijf `work STAP`, `work STAP UITKOMST`, en daarachter `by NAAM` voor een andere behandelaar."
    ),
    "A channel is one of {channels}.": "Een kanaal is een van {channels}.",
}
