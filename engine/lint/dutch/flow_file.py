"""Dutch for the sentences of flow files and scenarios: keys, names, texts, references; English is the key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "`hit` says which rows count, but `is` has no rows.": (
        "`hit` zegt welke rijen tellen, maar `is` heeft geen rijen."
    ),
    "`hit: {hit}` gives a list of options; a {type_} is one value.": (
        "`hit: {hit}` geeft een lijst van opties; het type {type_} is één waarde."
    ),
    "Write `type: choices` with `options`, or choose another `hit`.": (
        "Schrijf `type: choices` met `options`, of kies een andere `hit`."
    ),
    "`options` does not go with the type {type_}.": "`options` hoort niet bij het type {type_}.",
    "`round` does not go with the type {type_}.": "`round` hoort niet bij het type {type_}.",
    "A rule cannot give a value of type {type_}.": "Een regel kan geen waarde van het type {type_} geven.",
    "Remove `hit`, or write a table.": "Haal `hit` weg, of schrijf een tabel.",
    "A {type_} needs `options`.": "Bij het type {type_} horen `options`.",
    "Add options: [a, b].": "Voeg options: [a, b] toe.",
    "It goes with choice, choices.": "Het hoort bij choice en choices.",
    "It goes with integer, money, number.": "Het hoort bij integer, money en number.",
    "Let it give a text, a choice or a number.": "Laat de regel een tekst, een keuze of een getal geven.",
    "There is none yet; add a source first.": "Er is er nog geen; voeg eerst een bron toe.",
    "No row has the reason `{text}`.": "Geen enkele rij heeft de reden `{text}`.",
    "There is no source `{text}`.": "Er is geen bron `{text}`.",
    "`needs` of a fact says what a worker must have to supply it, and no worker supplies this one.": (
        "`needs` bij een gegeven zegt wat een medewerker nodig heeft om het vast te stellen, en dit "
        "gegeven komt niet van een medewerker."
    ),
    'Add options: {a: "Label", b: "Other label"}.': 'Voeg options: {a: "Naam", b: "Andere naam"} toe.',
    "Of a whole list one cannot be unsure.": "Over een hele lijst kan iemand niet twijfelen.",
    "Fact `{name}` has no `ask`, and a {who} may have to supply it.": (
        "Gegeven `{name}` heeft geen `ask`, en misschien moet een {who} het geven."
    ),
    "Fact `{name}` has no `why`.": "Gegeven `{name}` heeft geen `why`.",
    "Option `{option}` has the name of a fact or decision.": (
        "Keuze `{option}` heet net zo als een gegeven of beslissing."
    ),
    "Write the three capitals of ISO 4217: EUR, GBP. Left out, it is euros.": (
        "Schrijf de drie hoofdletters van ISO 4217: EUR, GBP. Staat er niets, dan zijn het euro's."
    ),
    "Write years, months, weeks, days, hours or minutes.": "Schrijf years, months, weeks, days, hours of minutes.",
    "`otherwise` says what holds when `when` is not true, but there is no `when`.": (
        "`otherwise` zegt wat geldt als `when` niet waar is, maar er is geen `when`."
    ),
    "`{name}` needs itself, so nobody could ever supply it.": (
        "`{name}` heeft zichzelf nodig, dus niemand kan het ooit geven."
    ),
    "`{name}` is already the name of something in `{seen}`.": "`{name}` is al de naam van iets in `{seen}`.",
    "`{key}` does not go with the type {type_}.": "`{key}` hoort niet bij het type {type_}.",
    "Write 2026-04-06 for a date, a point in a number (0.5), digits for a year or a number of items.": (
        "Schrijf 2026-04-06 voor een datum, een punt in een getal (0.5), cijfers voor een jaar of een aantal."
    ),
    "Add worker to `from`, or leave `needs` out.": "Zet worker bij `from`, of laat `needs` weg.",
    "`{name}` is already the name of something in `{seen}`, on line {first}.": (
        "`{name}` is al de naam van iets in `{seen}`, op regel {first}."
    ),
    "A list needs `of`: the facts of one item.": "Bij een lijst hoort `of`: de gegevens van één deel.",
    "Add `of:` with facts.": "Voeg `of:` met gegevens toe.",
    "A list cannot stand inside a list.": "Een lijst kan niet in een lijst staan.",
    "Ask it in one flat list.": "Vraag het in één platte lijst.",
    "Put `unsure` with the facts of an item.": "Zet `unsure` bij de gegevens van een deel.",
    "Add ask: the question in one short sentence.": "Voeg ask toe: de vraag in één korte zin.",
    "Add why: say in one sentence why this is asked.": "Voeg why toe: zeg in één zin waarom u dit vraagt.",
    "Give one of them another name.": "Geef er één een andere naam.",
    "`{unit}` is not a currency.": "`{unit}` is geen munteenheid.",
    "`{unit}` is not a unit of time.": "`{unit}` is geen eenheid van tijd.",
    "`min` is higher than `max`.": "`min` is hoger dan `max`.",
    "Turn them round.": "Draai ze om.",
    "Add `when`, or remove `otherwise`.": "Voeg `when` toe, of haal `otherwise` weg.",
    "Name other facts, or leave it out.": "Noem andere gegevens, of laat het weg.",
    "`anew` does not go with a list or with what stands in one.": (
        "`anew` hoort niet bij een lijst of bij wat daarin staat."
    ),
    "Put it at a fact of its own.": "Zet het bij een gegeven dat op zichzelf staat.",
    "Nobody would say `{name}` anew: neither a citizen nor a worker supplies it.": (
        "Niemand zou `{name}` opnieuw zeggen: het komt niet van een inwoner en niet van een medewerker."
    ),
    "Add citizen or worker to `from`.": "Zet citizen of worker bij `from`.",
    "`needs` of a place is asked there, and in this place no questions are asked.": (
        "`needs` van een plek wordt daar gevraagd, en op deze plek worden geen vragen gesteld."
    ),
    "Write does: questions, or leave `needs` out.": "Schrijf does: questions, of laat `needs` weg.",
    "`at_least` belongs to the date of `until`, and this place has none.": (
        "`at_least` hoort bij de datum van `until`, en deze plek heeft er geen."
    ),
    "Write `within`, or add `until`.": "Schrijf `within`, of voeg `until` toe.",
    "Give the fact of the list another name.": "Geef het gegeven van de lijst een andere naam.",
    "It goes with {types}.": "Het hoort bij {types}.",
    "`{text}` is not a value of type {type_}.": "`{text}` is geen waarde van het type {type_}.",
    "Write a value of its type, or none.": "Schrijf een waarde van dat type, of none.",
    "The goal `{goal}` is not a choice with one value.": "Het doel `{goal}` is geen choice met één waarde.",
    "This promise compares outcomes, but `{unranked}` has no `rank`.": (
        "Deze belofte vergelijkt uitkomsten, maar `{unranked}` heeft geen `rank`."
    ),
    "The goal can be `{option}`, but there is no such outcome.": (
        "Het doel kan `{option}` zijn, maar die uitkomst is er niet."
    ),
    "Outcome `{name}` is not an option of the goal `{goal}`.": (
        "Uitkomst `{name}` is geen keuze van het doel `{goal}`."
    ),
    "An outcome of kind {kind} needs `{key}`.": "Bij een uitkomst van de soort {kind} hoort `{key}`.",
    "Braces in a text hold the name of a fact or decision, nothing else.": (
        "Tussen accolades in een tekst staat de naam van een gegeven of beslissing, en niets anders."
    ),
    "Write {name}, {name:whole}, {name:short} or {name:words}.": (
        "Schrijf {name}, {name:whole}, {name:short} of {name:words}."
    ),
    "The goal picks one outcome, so it has type choice.": (
        "Het doel kiest één uitkomst, dus het heeft het type choice."
    ),
    "Name one of the tasks.": "Noem een van de taken.",
    "Write to: flow:SLUG, or the name of who takes over.": ("Schrijf to: flow:SLUG, of de naam van wie het overneemt."),
    "`{key}` does not go with kind {kind}.": "`{key}` hoort niet bij de soort {kind}.",
    "Fact `{fact}` already stands on page `{seen}`.": "Gegeven `{fact}` staat al op pagina `{seen}`.",
    "Give every outcome a rank; higher is better for the citizen.": (
        "Geef elke uitkomst een rank; hoger is beter voor de inwoner."
    ),
    "There is no fact or decision `{name}` to show.": "Er is geen gegeven of beslissing `{name}` om te laten zien.",
    "It goes with kind {kind}.": "Het hoort bij de soort {kind}.",
    "A question stands on one page.": "Een vraag staat op één pagina.",
    "A process from none needs `places` and `steps`.": "Bij een proces met from: none horen `places` en `steps`.",
    "`{name}` is a place and an end.": "`{name}` is een plaats en ook een einde.",
    "Add them, or leave `from` out for the standard.": "Voeg ze toe, of laat `from` weg voor het standaardproces.",
    "There is none yet; add a {what} first.": "Er is er nog geen; voeg eerst een {what} toe.",
    "There is no {what} `{name}`.": "Er is geen {what} `{name}`.",
    "A language block holds texts only, in the shape of the file.": (
        "In een taalblok staan alleen teksten, in de vorm van het bestand."
    ),
    "`{key}` is not in the file, so there is no text.": (
        "`{key}` staat niet in het bestand, dus er is geen tekst om te vertalen."
    ),
    "Inside { } a text stands between double quotes.": "Binnen { } staat een tekst tussen dubbele aanhalingstekens.",
    "Without them a comma would cut it in two.": "Anders knipt een komma de tekst in tweeën.",
    "This list is longer than that of the file, which has {parts}.": (
        "Deze lijst is langer dan die in het bestand; die heeft er {parts}."
    ),
    "Here belongs one text, as in the file.": "Hier hoort één tekst, net als in het bestand.",
    "This is not a text that can be translated.": "Dit is geen tekst om te vertalen.",
    "Here belong keys, as in the file.": "Hier horen sleutels, net als in het bestand.",
    "Start with `wegwijzer: 1`; `wegwijzer new SLUG` writes a flow to begin with.": (
        "Begin met `wegwijzer: 1`; `wegwijzer new SLUG` schrijft een proces om mee te beginnen."
    ),
    "Its texts stand in the file itself; a block is for another language.": (
        "De teksten in die taal staan in het bestand zelf; een blok is voor een andere taal."
    ),
    "This is not a flow file: it has no keys.": "Dit is geen procesbestand: er staan geen sleutels in.",
    "The file is empty.": "Het bestand is leeg.",
    "`{language}` is the flow's own language.": "`{language}` is de eigen taal van het proces.",
    "Add it.": "Voeg het toe.",
    "the flow": "het proces",
    "Known are: {known}.": "Bekend zijn: {known}.",
    "Look at docs/language/flow-file.md.": "Kijk in docs/language/flow-file.md.",
    "item {number} of `{list}`": "deel {number} van `{list}`",
    "this item": "dit deel",
    "Add `{key}: ...`.": "Voeg `{key}: ...` toe.",
    "fact": "gegeven",
    "decision": "beslissing",
    "function": "functie",
    "parameter": "parameter",
    "outcome": "uitkomst",
    "task": "taak",
    "source": "bron",
    "page": "pagina",
    "place": "plaats",
    "term": "termijn",
    "channel": "kanaal",
    "contact": "contact",
    "argument": "argument",
    "output": "uitkomst",
    "decision or fact": "beslissing of gegeven",
    "place or end": "plaats of einde",
    "citizen": "inwoner",
    "worker": "medewerker",
    "payment": "betaling",
    "engine": "motor",
    "clock": "klok",
    "`{key}` is missing in {of}.": "`{key}` ontbreekt in {of}.",
    "`{key}` is not a key of {of}.": "`{key}` is geen sleutel van {of}.",
    "`{value}` is not a value of `{key}`.": "`{value}` is geen waarde van `{key}`.",
    "`{value}` is not a whole number.": "`{value}` is geen heel getal.",
    "Write digits only.": "Schrijf alleen cijfers.",
    "`{key}` needs a whole number.": "Bij `{key}` hoort een heel getal.",
    "This number is too long.": "Dit getal is te lang.",
    "Write fewer digits.": "Schrijf minder cijfers.",
    "`{value}` is not a number.": "`{value}` is geen getal.",
    "Write it with a point: 1.5.": "Schrijf het met een punt: 1.5.",
    "`{key}` needs a number.": "Bij `{key}` hoort een getal.",
    "`{key}` must be more than {gt}.": "`{key}` moet meer zijn dan {gt}.",
    "Write a higher number.": "Schrijf een hoger getal.",
    "`{key}` is at least {ge}.": "`{key}` is minstens {ge}.",
    "`{key}` is at most {le}.": "`{key}` is hoogstens {le}.",
    "Write a lower number.": "Schrijf een lager getal.",
    "`{key}` is empty.": "`{key}` is leeg.",
    "Name at least one, or leave the key out.": "Noem er minstens één, of laat de sleutel weg.",
    "`{key}` is one text, not a list or keys.": "`{key}` is één tekst, geen lijst en geen sleutels.",
    "Write one word or text after the key.": "Schrijf één woord of tekst achter de sleutel.",
    "`{value}` does not have the form of `{key}`.": "`{value}` heeft niet de vorm van `{key}`.",
    "`{key}` is longer than {max_length} characters.": "`{key}` is langer dan {max_length} tekens.",
    "Make it shorter.": "Maak het korter.",
    "`{key}` is a list.": "`{key}` is een lijst.",
    "Write [a, b], or one `- ` line for each.": "Schrijf [a, b], of voor elk een regel met `- `.",
    "`{key}` holds names, each with what belongs to it.": "In `{key}` staan namen, elk met wat erbij hoort.",
    "Write `name: ...` below it.": "Schrijf daaronder `naam: ...`.",
    "`{key}` holds keys of its own.": "`{key}` heeft eigen sleutels.",
    "Write them below it; keys are {of_keys}.": "Schrijf ze daaronder; de sleutels zijn {of_keys}.",
    "`{key}` is one plain text.": "`{key}` is één gewone tekst.",
    "Other languages stand in a block at the end: en: {{...}}.": (
        "Andere talen staan in een blok aan het eind: en: {{...}}."
    ),
    "`{value}` cannot be a name.": "`{value}` kan geen naam zijn.",
    "A name has letters, digits and _, and starts with a letter.": (
        "Een naam heeft letters, cijfers en _, en begint met een letter."
    ),
    "`{value}` has a meaning of its own.": "`{value}` heeft al een eigen betekenis.",
    "Choose another name.": "Kies een andere naam.",
    "`{value}` is not a duration.": "`{value}` is geen duur.",
    "Write P8W, P30D, P3M, P1Y or PT4H.": "Schrijf P8W, P30D, P3M, P1Y of PT4H.",
    "`{value}` lasts no time.": "`{value}` duurt niets.",
    "Write how long it lasts, such as P1D.": "Schrijf hoe lang het duurt, zoals P1D.",
    "`{value}` counts too many of one unit.": "`{value}` telt te veel van één eenheid.",
    "Use a larger unit.": "Neem een grotere eenheid.",
    "Fill it in, or leave the key out.": "Vul het in, of laat de sleutel weg.",
    "{of} needs exactly one of {keys}.": "Bij {of} hoort precies één van {keys}.",
    "Keep one of them.": "Houd er één over.",
    "{of} has more than one of {keys}.": "Bij {of} staat meer dan één van {keys}.",
    "`{value}` supplies nothing.": "`{value}` levert niets.",
    "Suppliers are citizen, worker, payment, process, register:NAME, clock:start and clock:submit.": (
        "Bronnen zijn citizen, worker, payment, process, register:NAAM, clock:start en clock:submit."
    ),
    "`{value}` is not written like this.": "Zo schrijft u `{value}` niet.",
    "Only a register and the clock have a name after the colon: register:brp.persoon, clock:start.": (
        "Alleen een register en de klok hebben een naam na de dubbele punt: register:brp.persoon, clock:start."
    ),
    "The clock gives two dates only.": "De klok geeft maar twee datums.",
    "Write clock:start or clock:submit.": "Schrijf clock:start of clock:submit.",
    "Options are ids, or ids with a label.": "Keuzes zijn codes, of codes met een naam.",
    'Write [a, b] or {{a: "Label", b: "..."}}.': 'Schrijf [a, b] of {{a: "Naam", b: "..."}}.',
    "An option stands here twice.": "Een keuze staat hier twee keer.",
    "`{value}` does not say how to round.": "`{value}` zegt niet hoe u afrondt.",
    "Write a direction (half_up, half_even, down, up) and a unit: half_up 0.01.": (
        "Schrijf een richting (half_up, half_even, down, up) en een eenheid: half_up 0.01."
    ),
    "`{value}` cannot be shown.": "`{value}` is niet te laten zien.",
    "Write calculation DECISION, each LIST or options CHOICES.": (
        "Schrijf calculation BESLISSING, each LIJST of options KEUZES."
    ),
    "A promise has keys.": "Een belofte heeft sleutels.",
    "Write - never: {{outcome: x, when: ...}}.": "Schrijf - never: {{outcome: x, when: ...}}.",
    "The shares of `style` are not 100 together.": "De delen van `style` zijn samen geen 100.",
    "Let them add up to 100.": "Laat ze samen 100 zijn.",
    "What stands at `{key}` cannot be used.": "Wat bij `{key}` staat, is niet te gebruiken.",
    "See docs/language/flow-file.md.": "Zie docs/language/flow-file.md.",
    "Use small letters, digits and single hyphens: boom-kappen.": (
        "Gebruik kleine letters, cijfers en enkele streepjes: boom-kappen."
    ),
    "Use the two letters of the language: nl.": "Gebruik de twee letters van de taal: nl.",
    "A web address starts with https://.": "Een webadres begint met https://.",
    "What kind of value it is.": "Wat voor waarde het is.",
    "Its arguments, in order, with their types.": "De argumenten, op volgorde, met hun type.",
    "What it is.": "Wat het is.",
    "What the citizen reads: one text, or a list of parts.": (
        "Wat de inwoner leest: één tekst, of een lijst met delen."
    ),
    "from: the last row that starts on or before; equal: the row with that key.": (
        "from: de laatste rij die dan al begonnen is; equal: de rij met die sleutel."
    ),
    "Keys left of `||`, values right of it.": "Sleutels links van `||`, waarden rechts ervan.",
    "What the citizen can do.": "Wat de inwoner kan doen.",
    "An expression; `else` in the last rule holds when no other did.": (
        "Een expressie; `else` in de laatste regel geldt als geen andere gold."
    ),
    "An option or literal, else an expression.": "Een keuze of vaste waarde, anders een expressie.",
    "What the worker has to do.": "Wat de medewerker moet doen.",
    "An expression that must be true.": "Een expressie die waar moet zijn.",
    "What the citizen reads when it is not.": "Wat de inwoner leest als dat niet zo is.",
    "Why this is needed, in plain language.": "Waarom dit nodig is, in gewone taal.",
    "A fact with an order: a number, an amount, a date.": (
        "Een gegeven met een volgorde: een getal, een bedrag, een datum."
    ),
    "Who has the move.": "Wie aan zet is.",
    "What they do there.": "Wat die daar doet.",
    "What people see.": "Wat mensen zien.",
    "The event that starts it.": "De gebeurtenis waarmee het begint.",
    "Events or places that end it.": "Gebeurtenissen of plaatsen waarmee het eindigt.",
    "How long: P8W.": "Hoe lang: P8W.",
    "What people call it.": "Hoe mensen het noemen.",
    "Heading.": "Het kopje.",
    "Which facts, in order.": "Welke gegevens, op volgorde.",
    "Version of this language.": "De versie van deze taal.",
    "Its slug: its folder's name.": "De korte naam: hoe de map heet.",
    "The language of the plain texts.": "De taal van de gewone teksten.",
    "The citizen's question, in the citizen's words.": "De vraag van de inwoner, in diens eigen woorden.",
    "The decision that answers the question.": "De beslissing die de vraag beantwoordt.",
    "What can be known, in the order of asking.": "Wat er te weten is, in de volgorde van vragen.",
    "What follows.": "Wat eruit volgt.",
    "How a journey ends, by the goal's options.": "Hoe een reis eindigt, voor elke keuze van het doel.",
    "The file is larger than {largest} kB; that is no flow file.": (
        "Het bestand is groter dan {largest} kB; dat is geen procesbestand."
    ),
    "The file is not UTF-8 text.": "Het bestand is geen tekst in UTF-8.",
    "Save it as UTF-8.": "Sla het op als UTF-8.",
    "A question can only show what is always known: `{item}` of a list, or a fact from the clock.": (
        "Een vraag kan alleen laten zien wat altijd bekend is: `{item}` van een lijst, of een gegeven van de klok."
    ),
    "Put it under `values` of outcome `{name}`.": "Zet het onder `values` van uitkomst `{name}`.",
    "These depend on each other: {names}.": "Deze hangen van elkaar af: {names}.",
    "Take one of them out of the circle.": "Haal er één uit de kring.",
    "Did you mean {near}?": "Bedoelt u {near}?",
    "There are: {known}.": "Er zijn: {known}.",
    "Declare it under `facts` or `decisions`, or put quotes around a text.": (
        "Zet het onder `facts` of `decisions`, of zet een tekst tussen aanhalingstekens."
    ),
    "There is no fact, decision, parameter or function called `{name}`.": (
        "Er is geen gegeven, beslissing, parameter of functie met de naam `{name}`."
    ),
    "Did you mean `{{{near}}}`?": "Bedoelt u `{{{near}}}`?",
    "Only facts and decisions can stand between { }.": "Tussen { } staan alleen gegevens en beslissingen.",
    "This text shows `{name}`, which does not exist.": "Deze tekst laat `{name}` zien, en dat bestaat niet.",
    "This text shows `{name}`, which may not be known here.": (
        "Deze tekst laat `{name}` zien, en dat is hier misschien niet bekend."
    ),
    "Write `citizen` and `scenarios`.": "Schrijf `citizen` en `scenarios`.",
    "See the keys of a scenario in docs/language/scenarios.md.": (
        "Zie de sleutels van een scenario in docs/language/scenarios.md."
    ),
    "`{name}` is no {kind} of this flow.": "`{name}` is geen {kind} van dit proces.",
    "This key is not known here.": "Deze sleutel is hier niet bekend.",
    "A key is missing here.": "Hier ontbreekt een sleutel.",
    "Exactly one of citizen, worker, payment, late, wait, answer, register, dispute, asks and switch is needed here.": (
        "Hier hoort precies één van citizen, worker, payment, late, wait, answer, register, dispute, asks en switch."
    ),
    "Here belongs a whole number.": "Hier hoort een heel getal.",
    "Here belongs one word or text.": "Hier hoort één woord of tekst.",
    "This word is not known here.": "Dit woord is hier niet bekend.",
    "Here belong keys.": "Hier horen sleutels.",
    "Here belongs a list.": "Hier hoort een lijst.",
    "Here belongs a date, such as 2026-04-06.": "Hier hoort een datum, zoals 2026-04-06.",
    "Here belongs true or false.": "Hier hoort true of false.",
    "What stands here cannot be used.": "Wat hier staat, is niet te gebruiken.",
    "A step of the citizen, or a payment.": "Een stap van de inwoner, of een betaling.",
    "An event of the process, or a place that is entered; of several each.": (
        "Een gebeurtenis van de reis, of een plaats waar men komt; van meer dan een elk."
    ),
    "How long it may take at most: P8W; of `worker` also `{working_hours: 4}`.": (
        "Hoe lang het hoogstens mag duren: P8W; van `worker` ook `{working_hours: 4}`."
    ),
    "A place, or something done (`publish outcome`), of several one will do; `worker`: the task opened.": (
        "Een plaats, of iets wat gedaan is (`publish outcome`), van meer is er één genoeg; `worker`: de geopende taak."
    ),
    "Add one of them.": "Voeg er één toe.",
    "The citizen must confirm `{name}`, so a register says it first and the citizen can say otherwise.": (
        "De inwoner moet `{name}` bevestigen, dus een register zegt het eerst en de inwoner kan iets anders zeggen."
    ),
    "Write from: [register:NAME, citizen], or leave `confirm` out.": (
        "Schrijf from: [register:NAAM, citizen], of laat `confirm` weg."
    ),
    "{of} needs at least one of {keys}.": "Bij {of} hoort minstens één van {keys}.",
    "Or take it out: a language block may lack anything, and may go as a whole.": (
        "Of haal het weg: in een taalblok mag alles ontbreken, en het hele blok mag weg."
    ),
}
