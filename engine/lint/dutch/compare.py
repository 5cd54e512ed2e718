"""Dutch for the sentences of comparisons; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "the expected number of questions, which depends on a sum, a list or a term; a population can tell it": (
        "het verwachte aantal vragen, dat afhangt van een som, een lijst of een vergelijking; een "
        "bevolking kan het vertellen"
    ),
    "no outcome": "geen uitkomst",
    "all groups of `{of}` from {old} to {new}: there are too many": (
        "alle groepen van `{of}` van {old} naar {new}: het zijn er te veel"
    ),
    "how many of the population go {shift}: {why}": "hoeveel van de bevolking zo verschuift, {shift}: {why}",
    "`{path}`: its type differs, so answers before and after are no pair": (
        "`{path}`: het type is anders, dus antwoorden van toen en nu zijn geen paar"
    ),
    "the value `{name}`": "de waarde `{name}`",
    "{term}, old": "{term}, oud",
    "{term}, new": "{term}, nieuw",
    "the decision `{name}`": "de beslissing `{name}`",
    "the decision `{name}`, which steers the process, a text or a question": (
        "de beslissing `{name}`, die het proces, een tekst of een vraag stuurt"
    ),
    "{what}: it is a sum, a date or a list": "{what}: het is een som, een datum of een lijst",
    "channel": "kanaal",
    "which outcome everybody gets: the goal is a list, or too large for a diagram": (
        "welke uitkomst iedereen krijgt: het doel is een lijst, of te groot voor een diagram"
    ),
    "which outcome everybody gets": "welke uitkomst iedereen krijgt",
    "{what}: the diagram grows too large": "{what}: het diagram wordt te groot",
    "question": "vraag",
    "promise": "belofte",
    "{what}, no longer asked": "{what}, niet meer gevraagd",
    "no longer promised: {promise}": "niet meer beloofd: {promise}",
    "promised less: {old} -> {new}": "minder beloofd: {old} -> {new}",
    "promised more: {old} -> {new}": "meer beloofd: {old} -> {new}",
    "promised otherwise: {old} -> {new}": "anders beloofd: {old} -> {new}",
    "now promised as well: {promise}": "nu ook beloofd: {promise}",
    "whoever gets {names}": "wie {names} krijgt",
    "text": "tekst",
    "check": "controle",
    "process": "proces",
    ", not by who took {events}": ", niet door wie {events} deed",
    "{source}: {event} by {by}{guard} -> {to}{does}{four}": "{source}: {event} door {by}{guard} -> {to}{does}{four}",
    "questions stand in another order": "vragen staan in een andere volgorde",
    "{name}, {key}, {what}": "{name}, {key}, {what}",
    "{old} -> {new} ({mark})": "{old} -> {new} ({mark})",
    "{name}: only in old{what}": "{name}: alleen in de oude{what}",
    "steps are tried in another order": "stappen komen in een andere volgorde aan de beurt",
    "{name}: only in new{what}": "{name}: alleen in de nieuwe{what}",
    ": {ask} (when {when})": ": {ask} (als {when})",
    ": {text}": ": {text}",
    "step only in old: {step}": "stap alleen in de oude: {step}",
    "step only in new: {step}": "stap alleen in de nieuwe: {step}",
    "`{path}` has no limits: say in the population how it is spread": (
        "`{path}` heeft geen grenzen: zeg in de bevolking hoe het verdeeld is"
    ),
    "`{path}`: a range runs from low to high": "`{path}`: een bereik loopt van laag naar hoog",
    "`{path}` has too many sets of options; use a file with a line a citizen": (
        "`{path}` heeft te veel combinaties van keuzes; gebruik een bestand met een regel per inwoner"
    ),
    "`{path}`: nobody has any of the answers that the flow takes": (
        "`{path}`: niemand heeft een van de antwoorden die het proces kent"
    ),
    "`{path}`: a range is written as low..high, such as 0..17": (
        "`{path}`: een bereik schrijft u als laag..hoog, zoals 0..17"
    ),
    "`{path}` has no answer `{unknown}`; it has {words}": "`{path}` heeft geen antwoord `{unknown}`; wel {words}",
    "everybody": "iedereen",
    "not {value}": "niet {value}",
    "has {options}": "heeft {options}",
    "has not {options}": "heeft geen {options}",
    "any": "alles",
    "anything else": "iets anders",
    "a term": "een berekening",
    "? not compared: {what}": "? niet vergeleken: {what}",
    "norms sha256 {hash}": "normen sha256 {hash}",
    "differences: {count}, not approved: {left}": "verschillen: {count}, niet goedgekeurd: {left}",
    "questions expected until the outcome: {old:.2f} -> {new:.2f}{fewest}": (
        "verwachte vragen tot de uitkomst: {old:.2f} -> {new:.2f}{fewest}"
    ),
    "questions to a citizen of the population: {old:.2f} -> {new:.2f}": (
        "vragen aan een inwoner uit de bevolking: {old:.2f} -> {new:.2f}"
    ),
    "population: {size:,}; {moved:,} get another outcome; {undecided:,} not decided in both": (
        "bevolking: {size:,}; {moved:,} krijgen een andere uitkomst; {undecided:,} niet in beide beslist"
    ),
    " (no order needs fewer than {old:.2f} -> {new:.2f})": (
        " (geen volgorde vraagt minder dan {old:.2f} -> {new:.2f})"
    ),
    "get stuck on the way: {old:,} -> {new:,}{lacking}": "loopt onderweg vast: {old:,} -> {new:,}{lacking}",
    " (cannot answer: {facts})": " (kan geen antwoord geven op: {facts})",
    "population: {size:,}; {least:,} to {most:,} get another outcome: a sum, a date or a list decides": (
        "bevolking: {size:,}; {least:,} tot {most:,} krijgen iets anders: dat hangt af van een som, datum of lijst"
    ),
    ", at most {share:.3%} of all situations": ", hoogstens {share:.3%} van alle situaties",
    "    by {cause}": "    door {cause}",
    "`{name}`: {old} becomes {new}": "`{name}`: {old} wordt {new}",
    "{name}, row {number}": "{name}, regel {number}",
    "{name} for {key}": "{name} bij {key}",
    "{count} rows": "{count} regels",
    "not rounded": "niet afgerond",
    ", less than {share}% of the population (estimate: nobody of {drawn:,} drawn)": (
        ", minder dan {share}% van de bevolking (schatting: niemand van {drawn:,} getrokken)"
    ),
    ", about {share}%, between {low}% and {high}%, of the population (estimate: {drawn:,} drawn)": (
        ", ongeveer {share}%, tussen {low}% en {high}%, van de bevolking (schatting: {drawn:,} getrokken)"
    ),
    ", about {share}% ± {margin}% of the population (estimate: {drawn:,} drawn)": (
        ", ongeveer {share}% ± {margin}% van de bevolking (schatting: {drawn:,} getrokken)"
    ),
    "{why}; nobody of {drawn:,} drawn citizens does": "{why}; niemand van {drawn:,} getrokken inwoners doet dat",
    "it depends on a sum, a date or a list": "het hangt af van een som, een datum of een lijst",
    "`{path}` is asked otherwise in the two flows": "`{path}` wordt in de twee flows anders gevraagd",
    ", at most {share:.3%} of the population": ", hoogstens {share:.3%} van de bevolking",
    "{norm} of {group}": "{norm} van {group}",
    "somebody, how many is not known": "iemand, hoeveel is niet bekend",
    "not for everybody": "niet voor iedereen",
    "not measurable": "niet te meten",
    ", {share:.3%} of all situations": ", {share:.3%} van alle situaties",
    ", {share:.3%} of the population": ", {share:.3%} van de bevolking",
    "another order": "andere volgorde",
    "in another order": "in een andere volgorde",
    "another reason": "andere reden",
    "another source": "andere bron",
    "another reason and source": "andere reden en bron",
    "reasons in another order": "redenen in een andere volgorde",
    "not given": "niet gegeven",
    "no reason": "geen reden",
    "no source": "geen bron",
    "{one}, then {two}": "{one}, dan {two}",
    "{reason} ({source})": "{reason} ({source})",
    "`{name}`, {reason} in {language}: {old} -> {new}": "`{name}`, {reason} in taal {language}: {old} -> {new}",
    "reason": "reden",
    "rule": "regel",
    "source": "bron",
    "`{name}`, row {number}: {old} -> {new}": "`{name}`, regel {number}: {old} -> {new}",
    "the rows of `{name}` stand in another order": "de regels van `{name}` staan in een andere volgorde",
    "the rows of `{name}` stand in another order, and nobody notices": (
        "de regels van `{name}` staan in een andere volgorde, en niemand merkt het"
    ),
    "`{name}` is written in another way, and nobody notices": ("`{name}` is anders opgeschreven, en niemand merkt het"),
    "= {what}": "= {what}",
    "gains": "gaat erop vooruit",
    "loses": "gaat erop achteruit",
    "same rank": "zelfde rang",
    "changes": "verandert",
    "go on": "doorgaan",
    "drawing board": "tekentafel",
    "undecided": "niet beslist",
    "Mend the new version, or accept it with --approve FILE.": (
        "Herstel de nieuwe versie, of aanvaard het met --approve BESTAND."
    ),
    "`{of}` was {old}, and is {new} when {rule}.": "`{of}` was {old}, en is {new} bij: {rule}.",
    "The norm {norm} {wanted:g} is missed: {found}.": "De norm {norm} {wanted:g} is niet gehaald: {found}.",
    "{mark} norm {norm} {wanted}: {figure}": "{mark} norm {norm} {wanted}: {figure}",
    "a list of more than two items may": "een lijst van meer dan twee delen misschien wel",
    "a list of more than two items may change it": "een lijst van meer dan twee delen kan het veranderen",
    "another": "een andere",
    "as it was": "zoals het was",
    "higher": "hoger",
    "lower": "lager",
    "something": "iets",
    "it depends on a sum, a date or a list ({why})": "het hangt af van een som, een datum of een lijst ({why})",
    "no citizen found": "geen inwoner gevonden",
    "the solver was asked often enough": "de oplosser is vaak genoeg gevraagd",
    "the value `{name}`, which is a sum, a date or a list: {why}": (
        "de waarde `{name}`, een som, een datum of een lijst: {why}"
    ),
    "whether more citizens go from {old} to {new} in `{of}`: {why}": (
        "of meer inwoners van {old} naar {new} gaan in `{of}`: {why}"
    ),
    # whom a change in words or process touches
    "loses a remedy": "verliest een rechtsmiddel",
    "has less time": "heeft minder tijd",
    "waits longer": "wacht langer",
    "is asked more": "moet meer vertellen",
    "is refused an answer": "mag een antwoord niet meer geven",
    "loses a channel": "verliest een kanaal",
    "loses a way to a person": "verliest een weg naar een mens",
    "can do less": "kan minder doen",
    "{change}; {whom}.": "{change}; {whom}.",
    "{indent}    for example: {citizen}{got}": "{indent}    bijvoorbeeld: {citizen}{got}",
    "{indent}and {count} more groups (--json lists all)": "{indent}en nog {count} groepen (--json noemt ze alle)",
    "        and more groups (--json lists more)": "        en meer groepen (--json noemt er meer)",
    "        the same citizens as above": "        dezelfde inwoners als hierboven",
    "{text}, paragraph {number}": "{text}, alinea {number}",
    "{verdict}; changes in words or process that no norm is about: {count}; read them": (
        "{verdict}; wijzigingen in woorden of proces waarover geen norm gaat: {count}; lees ze"
    ),
    "{whom}: at most everybody": "{whom}: hoogstens iedereen",
    "{whom}: everybody": "{whom}: iedereen",
    "{whom}: nobody": "{whom}: niemand",
    "whoever it touches": "wie het raakt",
    "whoever it concerns": "wie het betreft",
    "whoever gets `{name}`": "wie `{name}` krijgt",
    "whoever reads that of `{name}`": "wie dat van `{name}` leest",
    "whoever reads it in one version alone": "wie het in maar een van beide versies leest",
    "whoever is asked `{name}`": "wie naar `{name}` gevraagd wordt",
    "whoever is asked `{name}` now, and was not": "wie nu naar `{name}` gevraagd wordt, en eerst niet",
    "whoever is asked `{name}` no longer": "wie niet meer naar `{name}` gevraagd wordt",
    "whoever is asked something on page `{name}`": "wie iets gevraagd wordt op pagina `{name}`",
    "whoever would answer that": "wie dat zou antwoorden",
    "whoever is told `{name}`": "wie `{name}` te horen krijgt",
    "whoever the task `{name}` is about": "over wie de taak `{name}` gaat",
    "whoever is told of `{name}`": "wie over `{name}` te horen krijgt",
    "whoever's answers are refused now": "wiens antwoorden nu geweigerd worden",
    "whoever's answers are taken now": "wiens antwoorden nu wel mogen",
    "whoever can come at `{name}`": "wie in `{name}` kan komen",
    "whom the term `{name}` runs for": "voor wie de termijn `{name}` loopt",
    "whom `{event}` at `{place}` is for": "voor wie `{event}` in `{place}` er is",
    "whoever can take `{event}` at `{place}`": "wie `{event}` in `{place}` kan doen",
}
