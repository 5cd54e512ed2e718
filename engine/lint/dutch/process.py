"""Dutch for the sentences of processes, clocks and opening hours; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "Engine and clock alone go round here: {way}.": "Motor en klok gaan hier met z'n tweeën rond: {way}.",
    "No step leads to `{name}`.": "Geen enkele stap leidt naar `{name}`.",
    "In `{name}` the {who} has the move, but no step.": ("In `{name}` is de {who} aan zet, maar er is geen stap voor."),
    "From `{name}` no end can be reached.": "Vanuit `{name}` is geen einde te bereiken.",
    "`{name}` has no clock, so a journey can wait there for ever.": (
        "`{name}` heeft geen klok, dus een reis kan daar altijd blijven wachten."
    ),
    "Give it `within`, `until` or `under`, and a row for `late`.": (
        "Geef de plaats `within`, `until` of `under`, en een rij voor `late`."
    ),
    "When `{source}` is late, the journey stays there and nobody is asked to look.": (
        "Als `{source}` te laat is, blijft de reis daar en hoeft niemand te kijken."
    ),
    "When no row of `{event}` holds in `{source}`, nothing happens to the {by}'s step.": (
        "Als in `{source}` geen rij van `{event}` geldt, gebeurt er niets met de stap van de {by}."
    ),
    "Add a last row with `else`.": "Voeg een laatste rij met `else` toe.",
    "This row of `{event}` is never reached: a row above it always holds.": (
        "Deze rij van `{event}` komt nooit aan de beurt: een rij erboven geldt altijd."
    ),
    "`{name}` is to be said anew in `{place}`, and there is no such place.": (
        "`{name}` moet in `{place}` opnieuw worden gezegd, en die plek is er niet."
    ),
    "Name a place of the process, or leave `anew` out.": "Noem een plek van het proces, of laat `anew` weg.",
    "`{name}` makes `{suspends}` stand still, and has no deadline itself.": (
        "`{name}` zet `{suspends}` stil en heeft zelf geen uiterste datum."
    ),
    "`{term}` can lapse in `{name}`, and nothing happens then.": (
        "`{term}` kan aflopen in `{name}`, en dan gebeurt er niets."
    ),
    "Add a row for `{late_term}{term}`, put the place under the term, or let it suspend it.": (
        "Voeg een rij toe voor `{late_term}{term}`, zet de plaats onder de termijn, of laat de plaats de "
        "termijn stilzetten."
    ),
    "Nothing happens when the clock of `{name}` runs out.": "Er gebeurt niets als de klok van `{name}` afloopt.",
    "Add a step to it, or remove it.": "Voeg een stap ernaartoe toe, of haal de plaats weg.",
    "Add a step by {who}.": "Voeg een stap van {who} toe.",
    "Add a step that leads on to an end.": "Voeg een stap toe die verder leidt, naar een einde.",
    "`{name}` has no clock, so `late` never happens there.": (
        "`{name}` heeft geen klok, dus `late` gebeurt daar nooit."
    ),
    "Add a task, or lead on to a place.": "Voeg een taak toe, of leid verder naar een plaats.",
    "Let a person or an end break it.": "Laat een mens of een einde die kring doorbreken.",
    "This step enters `{name}` while its clock `{term}` does not run.": (
        "Deze stap komt in `{name}` terwijl de klok `{term}` van die plaats niet loopt."
    ),
    "Add a task, which has a clock of its own, or start the term.": (
        "Voeg een taak toe, die heeft een eigen klok, of start de termijn."
    ),
    "Put it higher, or remove it.": "Zet de rij hoger, of haal hem weg.",
    "Give it `within` or `until`.": "Geef de plaats `within` of `until`.",
    "Add a row with the event `late`.": "Voeg een rij met de gebeurtenis `late` toe.",
    "Give the place `within`, `until` or `under`.": "Geef de plaats `within`, `until` of `under`.",
    "A person can be reached over fewer than two channels, or over digital ones only.": (
        "Een mens is te bereiken via minder dan twee kanalen, of alleen digitaal."
    ),
    "Name at least two under `over`, such as phone and desk.": (
        "Noem er minstens twee onder `over`, zoals phone en desk."
    ),
    "A person can be asked for, but it is not promised when.": (
        "Iemand kan om een mens vragen, maar er is niet beloofd wanneer die komt."
    ),
    "`{name}` names the remedy {kind}, but no step of the process is called {expected}.": (
        "`{name}` noemt het rechtsmiddel {kind}, maar geen stap van het proces heet {expected}."
    ),
    "`{name}` is for a worker, but which skill it needs is not said.": (
        "`{name}` is voor een medewerker, maar er staat niet wat die moet kunnen."
    ),
    "A person is promised over {channel}, which is not among the `channels`.": (
        "Een mens is beloofd via {channel}, en dat staat niet bij de `channels`."
    ),
    "In `{target}` the citizen cannot do anything against what is published here.": (
        "In `{target}` kan de inwoner niets doen tegen wat hier bekend wordt gemaakt."
    ),
    "Add a step by citizen: object, appeal, contest, go_to_judge or complain.": (
        "Voeg een stap van citizen toe: object, appeal, contest, go_to_judge of complain."
    ),
    "`{action}`: there is no `{what}` under `{section}`.": "`{action}`: er is geen `{what}` onder `{section}`.",
    "When the {channel} is open is not said.": "Er staat niet wanneer {channel} open is.",
    "Give the place a `skill`.": "Geef de plaats een `skill`.",
    "Write `within: {working_hours: 4}`.": "Schrijf `within: {working_hours: 4}`.",
    "Add a step {expected} by citizen.": "Voeg een stap {expected} van citizen toe.",
    "Write it under `{section}`.": "Schrijf het onder `{section}`.",
    "Describe {channel} under `channels`.": "Beschrijf {channel} onder `channels`.",
    "Write `open: [mo-fr 09:00-17:00]`.": "Schrijf `open: [mo-fr 09:00-17:00]`.",
    "`{name}` is both a place and an end.": "`{name}` is een plaats en ook een einde.",
    "Write places, or from: standard@1.": "Schrijf places, of from: standard@1.",
    "`{name}` is possible everywhere already, and changes no place.": (
        "`{name}` kan overal al, en verandert geen plaats."
    ),
    "`{name}` is no event of the {by}.": "`{name}` is geen gebeurtenis van de {by}.",
    "`{name}` has a meaning of its own in the steps.": "`{name}` heeft in de stappen al een eigen betekenis.",
    "A process of its own needs at least one place.": "Een eigen proces heeft minstens één plaats nodig.",
    "There is no standard step `{event}` from `{source}` to remove.": (
        "Er is geen standaardstap `{event}` vanuit `{source}` om weg te halen."
    ),
    "`{text}` is no {what} of this process.": "`{text}` is geen {what} van dit proces.",
    "event": "gebeurtenis",
    "event or place": "gebeurtenis of plaats",
    "Give it other words and norms under `contact`.": "Geef het andere woorden en normen onder `contact`.",
    "Its events are {one} and {two}.": "De gebeurtenissen daarvan zijn {one} en {two}.",
    "`{name}` is an event of the {owner}, not of the {by}.": (
        "`{name}` is een gebeurtenis van de {owner}, niet van de {by}."
    ),
    "`{name}` has `{under}` for its clock and makes it stand still.": (
        "`{name}` heeft `{under}` als klok en zet die zelf stil."
    ),
    "Remove this row.": "Haal deze rij weg.",
    "`{event}` from `{source}` is both removed and written.": (
        "`{event}` vanuit `{source}` is weggehaald en ook geschreven."
    ),
    "Write {owner} under `by`.": "Schrijf {owner} onder `by`.",
    "Give it a `within` of its own.": "Geef de plaats een eigen `within`.",
    "To replace a standard step, only write it.": "Een standaardstap vervangt u door hem alleen te schrijven.",
    "Write | {columns} |.": "Schrijf | {columns} |.",
    "`by` says whose event it is.": "`by` zegt van wie de gebeurtenis is.",
    "Write citizen, worker, worker not EVENT, payment, engine or clock.": (
        "Schrijf citizen, worker, worker not GEBEURTENIS, payment, engine of clock."
    ),
    "The columns of a process are from, event, by, if, to and do.": (
        "De kolommen van een proces zijn from, event, by, if, to en do."
    ),
    "`from` names one or more places.": "`from` noemt één of meer plaatsen.",
    "`to` names one place, `stay` or `remove`.": "`to` noemt één plaats, `stay` of `remove`.",
    "`event` is one name, or `late:` and a term.": "`event` is één naam, of `late:` met een termijn.",
    "`if` is empty.": "`if` is leeg.",
    "`do` is `-`, or actions with an id each, separated by `;`.": (
        "`do` is `-`, of handelingen met elk een naam, met `;` ertussen."
    ),
    "Write task beoordelen. Actions are {known}.": "Schrijf task beoordelen. Handelingen zijn {known}.",
    "A name has letters, digits and `_`; commas part names.": (
        "Een naam heeft letters, cijfers en `_`; tussen namen staan komma's."
    ),
    "Name what happens, such as submit.": "Noem wat er gebeurt, zoals submit.",
    "Write an expression, `-` or `else`.": "Schrijf een expressie, `-` of `else`.",
    "Behind `worker not` stand events, separated by commas.": (
        "Achter `worker not` staan gebeurtenissen, met komma's ertussen."
    ),
    "Write worker not propose.": "Schrijf worker not propose.",
    "A moment without a time zone cannot be placed on a day. Give it a zone.": (
        "Een moment zonder tijdzone hoort bij geen dag. Geef het een zone."
    ),
    "A legal term counts whole days. Write it in days, weeks, months or years (P8W).": (
        "Een wettelijke termijn telt hele dagen. Schrijf hem in dagen, weken, maanden of jaren (P8W)."
    ),
    "While `{name}` runs, waits on one way add up to {days} days, more than its {length}.": (
        "Terwijl `{name}` loopt, is er op één weg samen {days} dagen wachten, meer dan {length}."
    ),
    "Shorten a `within`, put a place under the term, or let it suspend the term.": (
        "Maak een `within` korter, zet een plaats onder de termijn, of laat de plaats de termijn stilzetten."
    ),
    "This promise cannot be counted.": "Deze belofte is niet te tellen.",
    "These opening hours cannot be read.": "Deze openingstijden zijn niet te lezen.",
    "Write days, a space and one range of times, such as mo-fr 08:30-17:00.": (
        "Schrijf dagen, een spatie en één tijd van tot, zoals mo-fr 08:30-17:00."
    ),
    "It closes before it opens. For a night, write one entry up to 24:00 and one from 00:00.": (
        "Het sluit voordat het opengaat. Schrijf voor een nacht één regel tot 24:00 en één vanaf 00:00."
    ),
    "A range of days runs from an earlier to a later day of the week, mo first: write sa,su,mo apart.": (
        "Dagen lopen van een eerdere naar een latere dag van de week, mo eerst: schrijf sa,su,mo los."
    ),
    "A time is written as 08:30, between 00:00 and 24:00.": "Een tijd schrijft u als 08:30, tussen 00:00 en 24:00.",
    "No opening hours are given. Write days and times, such as mo-fr 08:30-17:00.": (
        "Er staan geen openingstijden. Schrijf dagen en tijden, zoals mo-fr 08:30-17:00."
    ),
    "Days are {days}; this is not one of them.": "Dagen zijn {days}; dit is er geen van.",
    (
        "This is not a duration. Write P, a number and D, W, M or Y (P8W is eight weeks), or PT, a number and H or "
        "M (PT4H is four hours)."
    ): (
        "Dit is geen duur. Schrijf P, een getal en D, W, M of Y (P8W is acht weken), of PT, een getal en H "
        "of M (PT4H is vier uur)."
    ),
    "A duration counts to {largest} of a unit at most. Use a larger unit.": (
        "Een duur telt tot hoogstens {largest} van een eenheid. Gebruik een grotere eenheid."
    ),
    "A duration of nothing has no meaning here. Write how long it lasts, such as P1D.": (
        "Een duur van niets betekent hier niets. Schrijf hoe lang het duurt, zoals P1D."
    ),
    "This duration leads outside the calendar. Use a shorter one.": (
        "Deze duur loopt buiten de kalender. Gebruik een kortere."
    ),
    "A promise is {working_hours: 4} or a duration such as P5D.": (
        "Een belofte is {working_hours: 4} of een duur zoals P5D."
    ),
    "`working_hours` is a number above 0 and at most {most}.": (
        "`working_hours` is een getal boven 0 en hoogstens {most}."
    ),
    "`working_days` is a number above 0 and at most {most}.": (
        "`working_days` is een getal boven 0 en hoogstens {most}."
    ),
    "It is never open long enough to keep this promise. Widen the opening hours.": (
        "Het is nooit lang genoeg open om deze belofte te houden. Maak de openingstijden ruimer."
    ),
    "In `{name}` the {who} has the move, but `{does}` is what a {other} does.": (
        "In `{name}` is de {who} aan zet, maar `{does}` doet een {other}."
    ),
    "Write who: {who}, or what they do there.": "Schrijf who: {who}, of wat die daar doet.",
    "Against `{name}` there is a remedy for {within}, and after {days} days the journey can be in `{target}`.": (
        "Tegen `{name}` kan {within} lang bezwaar of beroep, en na {days} dagen kan de zaak in `{target}` zijn."
    ),
    "Against `{name}` there is a remedy for {within}, and {days} days after `{place}` the dossier goes.": (
        "Tegen `{name}` kan {within} lang bezwaar of beroep, en {days} dagen na `{place}` verdwijnt het dossier."
    ),
    "Give the place as long as the remedy, or let the clock lead to a place where it can be taken.": (
        "Geef de plaats zo veel tijd als het rechtsmiddel, of laat de klok leiden naar een plaats waar het nog kan."
    ),
    "Keep the facts longer (`retention`), or let the journey end when the remedy has lapsed.": (
        "Bewaar de gegevens langer (`retention`), of laat de zaak eindigen als het rechtsmiddel voorbij is."
    ),
    "`{name}` names a remedy, and no step publishes it: nobody can use that.": (
        "`{name}` noemt een rechtsmiddel, en geen stap maakt er een besluit van: niemand kan het gebruiken."
    ),
    "Give it the kind `refusal` or `grant`, let a row `publish` it, or remove the remedy.": (
        "Geef de soort `refusal` of `grant`, laat een rij het publiceren (`publish`), of haal het rechtsmiddel weg."
    ),
}
