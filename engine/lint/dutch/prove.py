"""Dutch for the sentences of the proof; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "`{name}` ({title})": "`{name}` ({title})",
    "The journey begins in {place}.": "De reis begint in {place}.",
    "The citizen takes `{event}`{about}: {to}.": "De inwoner doet `{event}`{about}: {to}.",
    "A worker takes `{event}`{about}: {to}.": "Een medewerker doet `{event}`{about}: {to}.",
    "A payment comes in: `{event}`{about}: {to}.": "Er komt een betaling binnen: `{event}`{about}: {to}.",
    "By itself follows `{event}`{about}: {to}.": "Vanzelf volgt `{event}`{about}: {to}.",
    "The clock runs out: `{event}`{about}: {to}.": "De klok loopt af: `{event}`{about}: {to}.",
    "the journey stays": "de reis blijft waar hij is",
    "it goes to {place}": "verder naar {place}",
    "{to}, with {did}": "{to}, met {did}",
    "the outcome is `{outcome}`": "de uitkomst is `{outcome}`",
    "Answers are corrected: the outcome is now `{outcome}`.": (
        "Antwoorden worden verbeterd: de uitkomst is nu `{outcome}`."
    ),
    "Answers are corrected: the outcome is now open again.": (
        "Antwoorden worden verbeterd: de uitkomst staat nu weer open."
    ),
    "{count} items": "{count} delen",
    "Promise {number} is broken: {message}.": "Belofte {number} is gebroken: {message}.",
    "somebody can get `{outcome}` without having passed {passed}": (
        "iemand kan `{outcome}` krijgen zonder langs {passed} te zijn gekomen"
    ),
    "Shorten a clock on this way, name where the promise ends, or promise what you can keep.": (
        "Maak een klok op deze weg korter, noem waar de belofte eindigt, of beloof wat u kunt waarmaken."
    ),
    "{count} day": "{count} dag",
    "{count} days": "{count} dagen",
    "Lead this way past it, or say what you do promise.": "Leid deze weg erlangs, of zeg wat u wel belooft.",
    "Promise it of `ask_person`, or of a step of the process.": (
        "Beloof het van `ask_person`, of van een stap van het proces."
    ),
    "from `{start}` to {place} can take longer than {length}: {why}": (
        "van `{start}` tot {place} kan langer duren dan {length}: {why}"
    ),
    "from `{start}` to {place} can take {days}, and {length} is {most}": (
        "van `{start}` tot {place} kan {days} duren, en {length} is {most}"
    ),
    "Promise {number} is about the {kind} `{name}`, which never comes in this process.": (
        "Belofte {number} gaat over {kind} `{name}`, en die komt in dit proces nooit voor."
    ),
    "Name one of these: {there}.": "Noem een van deze: {there}.",
    "days on which a term stands still are not counted": "dagen waarop een termijn stilstaat, tellen niet mee",
    "an extension that the citizen is told adds to it": "verlenging waarover de inwoner bericht krijgt, komt erbij",
    "every clock kept": "als elke klok wordt gehaald",
    "Promise {number} cannot be counted.": "Belofte {number} is niet te tellen.",
    "No journey ever takes this row of `{event}` in {steps}.": (
        "Geen enkele reis neemt ooit deze rij van `{event}` in {steps}."
    ),
    "Its guard never holds there, or a row above it always does. Mend the guard, or remove the row.": (
        "De voorwaarde geldt daar nooit, of een rij erboven geldt altijd. Herstel de voorwaarde, of haal de rij weg."
    ),
    "From `{place}` no end can be reached any more.": "Vanuit `{place}` is geen einde meer te bereiken.",
    "From `{place}` no end can be reached any more, and no step can be taken at all.": (
        "Vanuit `{place}` is geen einde meer te bereiken, en er is geen enkele stap mogelijk."
    ),
    "Add a row that always holds (`else`), or mend the guards on the way out.": (
        "Voeg een rij toe die altijd geldt (`else`), of herstel de voorwaarden op de weg eruit."
    ),
    "the process: it has more states than can be walked ({places} places and {terms} terms)": (
        "het proces: er zijn meer toestanden dan af te lopen zijn ({places} plaatsen en {terms} termijnen)"
    ),
    "No journey ever comes to `{name}`: the rows that lead there never hold.": (
        "Geen enkele reis komt ooit in `{name}`: de rijen die daarheen leiden, gelden nooit."
    ),
    "`{outcome}` can be read in `{place}` without having been published.": (
        "`{outcome}` is te lezen in `{place}` zonder dat het bekend is gemaakt."
    ),
    "Let this row `publish outcome`, or lead it elsewhere.": (
        "Laat deze rij `publish outcome` doen, of leid haar ergens anders heen."
    ),
    "The rules can give `{name}`, and no step ever tells the citizen.": (
        "De regels kunnen `{name}` geven, en geen stap vertelt het ooit aan de inwoner."
    ),
    "Let a row `tell outcome` or `publish outcome`, or lead `settled` to a place that shows it.": (
        "Laat een rij `tell outcome` of `publish outcome` doen, of leid `settled` naar een plaats die het laat zien."
    ),
    "`{name}` is published in `{target}`, where the citizen can do nothing against it.": (
        "`{name}` wordt bekend in `{target}`, waar de inwoner er niets tegen kan doen."
    ),
    "Let {spec} hold there for this outcome.": "Laat {spec} daar gelden voor deze uitkomst.",
    "Mend their guards, or remove the place.": "Herstel de voorwaarden, of haal de plaats weg.",
    "Together {days} days: {parts}.": "Samen {days} dagen: {parts}.",
    "it can go round by way of `{place}`, again and again": "het kan rondgaan via `{place}`, telkens opnieuw",
    "`{place}` waits without a clock": "`{place}` wacht zonder klok",
    "`{place}` {days} days (its task)": "`{place}` {days} dagen (de taak daar)",
    "`{place}` waits until {until}, a date that the flow does not bound": (
        "`{place}` wacht tot {until}, een datum die het proces niet begrenst"
    ),
    "promise {number} holds, {note}": "belofte {number} houdt stand, {note}",
    "over-asking was not counted: the goal has no diagram": (
        "te veel vragen is niet geteld: het doel heeft geen diagram"
    ),
    "one comparison": "één vergelijking",
    "{between} comparisons": "{between} vergelijkingen",
    "over-asking: none where facts meet constants; at {places} between facts a question too many is possible": (
        "te veel vragen: geen, waar gegevens met vaste waarden worden vergeleken; bij {places} tussen "
        "gegevens kan een vraag te veel komen"
    ),
    "over-asking: 0 questions, in every order of answering": "te veel vragen: 0, in elke volgorde van antwoorden",
    "`{name}` waits until {until}; no clock runs there while that is not known": (
        "`{name}` wacht tot {until}; zolang dat niet bekend is, loopt daar geen klok"
    ),
    "Add a last row with `-` in every column, or say what should happen to this citizen.": (
        "Voeg een laatste rij toe met `-` in elke kolom, of zeg wat er met deze inwoner moet gebeuren."
    ),
    "whether `{goal}` always has an outcome": "of `{goal}` altijd een uitkomst heeft",
    "The rules give no outcome.": "De regels geven geen uitkomst.",
    "The rules give {said} instead of an outcome.": "De regels geven {said} in plaats van een uitkomst.",
    "whether anybody can get `{name}`": "of iemand `{name}` kan krijgen",
    "Nobody can get the outcome `{name}`.": "Niemand kan de uitkomst `{name}` krijgen.",
    "Remove it, or mend the row that should lead to it.": (
        "Haal de uitkomst weg, of herstel de rij die ernaartoe moet leiden."
    ),
    "whether `{name}` always has a value in `{outcome}`": "of `{name}` altijd een waarde heeft in `{outcome}`",
    "`{outcome}` shows `{name}`, which has no value here.": "`{outcome}` toont `{name}`, dat hier geen waarde heeft.",
    "Complete the rows or the parameter table behind it, or put it under `if_known`.": (
        "Vul de rijen of de tabel met bedragen erachter aan, of zet het onder `if_known`."
    ),
    "Complete the rows or the parameter table behind it, put it under `if_known`, or say with `min` at the fact from "
    "the clock which is the first day that counts.": (
        "Vul de rijen of de parametertabel erachter aan, zet het onder `if_known`, of zeg met `min` bij het gegeven "
        "van de klok welke dag de eerste is die telt."
    ),
    "promise {number}": "belofte {number}",
    "Promise {number} is broken: this citizen gets `{outcome}` although {text}.": (
        "Belofte {number} is gebroken: deze inwoner krijgt `{outcome}` terwijl dit geldt: {text}."
    ),
    "Promise {number} is broken: not for everybody {text}.": (
        "Belofte {number} is gebroken: niet voor iedereen geldt {text}."
    ),
    "Promise {number} is broken: more `{fact}` changes this citizen's outcome the wrong way.": (
        "Belofte {number} is gebroken: met meer `{fact}` verandert de uitkomst van deze inwoner de verkeerde kant op."
    ),
    "from {first} to {second}": "van {first} naar {second}",
    "Mend the rules, or the promise.": "Herstel de regels, of de belofte.",
    "promise {number}: there is no more or less of `{fact}`": (
        "belofte {number}: van `{fact}` bestaat geen meer of minder"
    ),
    "Read it in a decision, or remove it: what is not needed is not asked (AVG, article 5).": (
        "Gebruik het antwoord in een beslissing, of haal de vraag weg: wat niet nodig is, vraagt u niet "
        "(AVG, artikel 5)."
    ),
    "whether the question `{path}` can matter": "of de vraag `{path}` iets kan uitmaken",
    "The question `{path}` can never matter.": "De vraag `{path}` kan nooit iets uitmaken.",
    "`{path}` asks the same as `{first}`: “{ask}”.": "`{path}` vraagt hetzelfde als `{first}`: “{ask}”.",
    "`{path}` is asked of the citizen although a register may know it.": (
        "`{path}` wordt aan de inwoner gevraagd terwijl een register het misschien weet."
    ),
    "Put the register first under `from`: what is known is not asked.": (
        "Zet het register vooraan onder `from`: wat bekend is, vraagt u niet."
    ),
    "Read the first one where the second is read, and drop it.": (
        "Gebruik de eerste waar u de tweede gebruikt, en laat de tweede weg."
    ),
    "whether row {number} of `{name}` can decide": "of rij {number} van `{name}` kan beslissen",
    "whether rows {number} and {second} of `{name}` can hold together": (
        "of rij {number} en {second} van `{name}` samen kunnen gelden"
    ),
    "Row {number} of `{name}` is always overtaken by rows above.": (
        "Rij {number} van `{name}` wordt altijd ingehaald door rijen erboven."
    ),
    "Row {number} of `{name}` can never hold.": "Rij {number} van `{name}` kan nooit gelden.",
    "Rows {number} and {second} of `{name}` both hold for this citizen.": (
        "Rij {number} en rij {second} van `{name}` gelden allebei voor deze inwoner."
    ),
    "Make one of them narrower, or choose `hit: first` and mind the order.": (
        "Maak er één nauwer, of kies `hit: first` en let op de volgorde."
    ),
    "`{outcome}` comes after the judgement `{judgement}`, and nobody asks {missing} before it.": (
        "`{outcome}` komt na het oordeel `{judgement}`, en niemand vraagt daarvoor naar {missing}."
    ),
    "Put {names} under `needs` of `{judgement}`: then it is asked before anybody looks.": (
        "Zet {names} onder `needs` van `{judgement}`: dan wordt het gevraagd voordat iemand kijkt."
    ),
    "whether `{name}` always has a row": "of `{name}` altijd een rij heeft",
    "Add a row; if there is nothing to say then, end with `none` as conclusion.": (
        "Voeg een rij toe; valt er dan niets te zeggen, eindig met `none` als conclusie."
    ),
    "`{name}` has no row for this citizen.": "`{name}` heeft geen rij voor deze inwoner.",
    "Move it up, or remove it.": "Zet hem hoger, of haal hem weg.",
    "Its conditions contradict.": "De voorwaarden spreken elkaar tegen.",
    "needs the extra `verify`: install z3-solver beside wegwijzer": (
        "dit vraagt de extra `verify`: installeer z3-solver naast wegwijzer"
    ),
    "lists up to {items} items": "lijsten tot {items} delen",
    "the solver and the engine disagree about a citizen": (
        "de oplosser en de motor zijn het niet eens over een inwoner"
    ),
    "the solver has no exact word for {missing}": "de oplosser heeft geen precies woord voor {missing}",
    "it is nested too deeply for the solver": "het heeft te veel lagen voor de oplosser",
    "the solver used up its effort": "de oplosser is door zijn werk heen",
    "all effort for one flow was used up before it came to this": (
        "al het werk voor één proces was op voor het hieraan toekwam"
    ),
    "{first} (and of {count} questions more)": "{first} (en van nog {count} vragen)",
    "a {kind} as a value": "{kind} als waarde",
    "`{key}`, a {type}": "`{key}`, met het type {type}",
    "a list of {least} items or more": "een lijst van {least} delen of meer",
    "either {one} or {two}": "of {one} of {two}",
    "`{name}` of a list": "`{name}` van een lijst",
    "a sum of something else than numbers": "een som van iets anders dan getallen",
    "years between something else than dates": "jaren tussen iets anders dan datums",
    "the least of different kinds of things": "de kleinste van verschillende soorten dingen",
    "an order of {kind}": "een volgorde van {kind}",
    "a number of {kind}": "een getal van {kind}",
    "an order of texts": "een volgorde van teksten",
    "a list that is not one of the flow": "een lijst die niet van het proces is",
    "a call by names of arguments": "een aanroep met namen van argumenten",
    "`{name}` of something else than choices": "`{name}` van iets anders dan keuzes",
    "`{name}` of an expression": "`{name}` van een expressie",
    "`in` an expression": "`in` met een expressie",
    "counting from one number to another": "tellen van het ene getal naar het andere",
    "an item by its number": "een deel met een nummer",
    "`{key}`, of which the two flows take other answers": (
        "`{key}`, waarvan de twee processen andere antwoorden aannemen"
    ),
    "`{path}`, of which the two flows take other items": "`{path}`, waarvan de twee processen andere delen aannemen",
    "several tests against expressions in a cell about items": "meer toetsen met expressies in een cel over delen",
    "`{name}` with another number of keys": "`{name}` met een ander aantal sleutels",
    (
        "{facts} facts in {situations:,} situations; {states:,} states and {steps:,} steps of the process; "
        "promises: {promises}"
    ): (
        "{facts} gegevens in {situations:,} situaties; {states:,} toestanden en {steps:,} stappen van het "
        "proces; beloften: {promises}"
    ),
    " and then ": " en daarna ",
    " to {places}": " naar {places}",
    "Give that row a guard, lead it elsewhere, or mend the promise.": (
        "Geef die rij een voorwaarde, leid hem ergens anders heen, of herstel de belofte."
    ),
    "Give the task less time, open one, or promise what you can keep.": (
        "Geef de taak minder tijd, open er een, of beloof wat u kunt waarmaken."
    ),
    "Add a row for it, or say where it cannot be taken.": "Voeg er een rij voor toe, of zeg waar het niet kan.",
    "Let {by} supply it, or mend the promise.": "Laat {by} het leveren, of herstel de belofte.",
    "Mend that row, or say what you do promise.": "Herstel die rij, of zeg wat u wel belooft.",
    "Promise it of a step that there is.": "Beloof het van een stap die er is.",
    "Promise it sooner under `contact`, or mend the promise.": (
        "Beloof het sneller onder `contact`, of herstel de belofte."
    ),
    "Promise {number} is broken: `{event}` is possible everywhere and {said}.": (
        "Belofte {number} is gebroken: `{event}` kan overal en {said}."
    ),
    "Promise {number} is broken: after `{start}` {said}.": "Belofte {number} is gebroken: na `{start}`: {said}.",
    "Promise {number}: there is never {moment}.": "Belofte {number}: er is nooit {moment}.",
    "Write a length on the calendar, P2D say: places are counted in days.": (
        "Schrijf een duur op de kalender, zoals P2D: plaatsen tellen in dagen."
    ),
    "a step": "een stap",
    "a task is counted otherwise than the promise: write both in the same unit": (
        "een taak telt anders dan de belofte: schrijf beide in dezelfde eenheid"
    ),
    "a task is due within {count} {unit}": "een taak moet binnen {count} {unit} klaar zijn",
    "a task is due within {length}": "een taak moet binnen {length} klaar zijn",
    "after `{start}` {said}": "na `{start}`: {said}",
    "after {moment} {said}": "na {moment}: {said}",
    "comes to `{skill}` and changes no place": "komt bij `{skill}` en verandert geen plaats",
    "does not reach {lost}": "komt niet bij {lost}",
    "every task in time": "elke taak op tijd",
    "from {places}": "vanuit {places}",
    "in `{place}` there is no `{step}`{to} although {text}": (
        "in `{place}` is geen `{step}`{to} terwijl dit geldt: {text}"
    ),
    "in `{place}` there is no `{step}`{to} for everybody": "in `{place}` is geen `{step}`{to} voor iedereen",
    "into {places}": "naar {places}",
    "it comes to `{other}`, not to `{wanted}`": "het komt bij `{other}`, niet bij `{wanted}`",
    "it is not in {places}": "de reis is niet in {places}",
    "it was the step of the {by}": "het was de stap van de {by}",
    "no `{wanted}` has it": "geen `{wanted}` heeft het",
    "nobody has the move or a task": "niemand is aan zet en niemand heeft een taak",
    "nobody has to do it before a time": "niemand hoeft het voor een bepaald moment te doen",
    "opens no task": "opent geen taak",
    "place or event": "plaats of gebeurtenis",
    "somebody can come to {places} without having passed {passed}": (
        "iemand kan in {places} komen zonder langs {passed} te zijn gekomen"
    ),
    "there is no `{wanted}`": "er is geen `{wanted}`",
    "there is {moment}": "er is {moment}",
    "there is {moment}, although {text}": "er is {moment}, terwijl dit geldt: {text}",
    "with `{does}`": "met `{does}`",
    "working days": "werkdagen",
    "working hours": "werkuren",
    "Add `{action}` to that row, or lead it elsewhere.": (
        "Voeg `{action}` aan die rij toe, of leid hem ergens anders heen."
    ),
    "Promise {number} is broken: for nobody {text}.": "Belofte {number} is gebroken: voor niemand geldt {text}.",
    "Put `{name}` under `needs` of that outcome.": "Zet `{name}` onder `needs` van die uitkomst.",
    "Write `unsure: {unsure}` at that fact.": "Schrijf `unsure: {unsure}` bij dat gegeven.",
    "`{name}` comes from {kinds}": "`{name}` komt van {kinds}",
    "it can be the worker of `{other}` again": "het kan weer de medewerker van `{other}` zijn",
    "it does not stay where it was, but goes to `{place}`": (
        "de reis blijft niet waar hij was, maar gaat naar `{place}`"
    ),
    "somebody can get `{outcome}` by a step without `{action}`": (
        "iemand kan `{outcome}` krijgen met een stap zonder `{action}`"
    ),
    "somebody can get `{outcome}` without `{name}` being asked": (
        "iemand kan `{outcome}` krijgen zonder dat `{name}` is gevraagd"
    ),
    "whoever does not know `{name}` comes to no {unsure}": "wie `{name}` niet weet, komt niet bij {unsure}",
    "Put `{name}` under `values` of that outcome.": "Zet `{name}` onder `values` van die uitkomst.",
    "a task is due in working time that can take longer": "een taak telt in werktijd, en dat kan langer duren",
    "somebody can get `{outcome}` without `{name}` being told": (
        "iemand kan `{outcome}` krijgen zonder dat `{name}` wordt verteld"
    ),
    "it can end in `{place}` without it": "het kan eindigen in `{place}` zonder dat dit gebeurt",
}
