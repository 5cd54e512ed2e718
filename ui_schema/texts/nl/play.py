"""What `wegwijzer play`, `stand` and `docs` say, in Dutch."""

from __future__ import annotations

TABLE: dict[str, str] = {
    "dev.play.begin": ("U loopt als burger door dit proces. Typ ? voor waarom, help voor de rest."),
    "dev.play.help": (
        "Antwoord met een nummer of met woorden. Verder kan:\n"
        "  ?                      waarom deze vraag\n"
        "  why not FEIT           waarom dat niet gevraagd wordt\n"
        "  questions              welke vragen nu open staan; go FEIT kiest er een\n"
        "  skip                   deze vraag overslaan\n"
        "  undo                   één stap terug\n"
        "  answers                wat er bekend is\n"
        "  via phone              verder via een ander kanaal\n"
        "  ask desk               om een mens vragen\n"
        "  wait 15d               de tijd verder zetten\n"
        "  do submit              een stap van de burger\n"
        "  judge FEIT = WAARDE    als behandelaar een feit invullen\n"
        "  work STAP [UITKOMST]   als behandelaar een stap zetten\n"
        "  save NAAM              bewaren als scenario\n"
        "  quit                   stoppen"
    ),
    "dev.play.at": "Klok: {moment}. Kanaal: {channel}.",
    "dev.play.clock": "De klok is die van deze wandeling en staat stil; wait 2w laat twee weken voorbijgaan.",
    "dev.play.unit": "{label} (in {unit})",
    "dev.play.euro": "euro",
    "dev.play.given_up": "{decision} is niet uitgerekend: {why} Een mens kijkt ernaar.",
    "dev.play.open": "Nog mogelijk: {outcomes}",
    "dev.play.reason": "Waarom: {why}",
    "dev.play.row": "  {decision}, regel {number}: {concludes}",
    "dev.play.settled": "Doet er niet meer toe: {facts}",
    "dev.play.nothing": "Er staat nu geen vraag open.",
    "dev.play.nothing_asked": (
        "Er staat geen vraag open: undo gaat terug, save NAAM bewaart dit, quit stopt; help noemt de rest."
    ),
    "dev.play.choose": "Kies een van deze: {options}",
    "dev.play.unsure": "Weet u het niet? Typ: weet niet",
    "dev.play.count": "Hoeveel? Typ een getal.",
    "dev.play.several": "Meer dan één? Typ ze met komma's ertussen.",
    "dev.play.undone": "Teruggenomen: {move}",
    "dev.play.nothing_to_undo": "Er is nog niets om terug te nemen.",
    "dev.play.no_question": "Dit is nu geen vraag; open staan: {open}",
    "dev.play.steps": "U kunt nu: {steps}",
    "dev.play.work": "Als behandelaar: {steps}",
    "dev.play.saved": "Bewaard in {file}. Het draait met: wegwijzer test {flow}",
    "dev.play.saved_beside": "{taken} was er al, met een andere wandeling.",
    "dev.play.saved_before": "Deze wandeling is al bewaard in {file}; er is niets geschreven.",
    "dev.play.not_saved": "Niet bewaard; zo klopt het scenario niet: {problem}",
    "dev.play.interrupted": "Nog eens Ctrl-C stopt; save NAAM bewaart deze wandeling.",
    "dev.play.name": "Geef het een naam: save de dikke eik",
    "dev.play.nothing_walked": "Er is nog niets gelopen om te bewaren.",
    "dev.play.did_not_understand": "Dat begrijp ik niet. {problem}",
    "dev.play.not.no_fact": "Zo'n feit is er niet. Bedoelt u: {names}",
    "dev.play.not.asked": "Die vraag staat nu open: go {fact}",
    "dev.play.not.known": "Dat is al bekend: {value}",
    "dev.play.not.later": "Die kan nog komen; eerst gaat {next}.",
    "dev.play.not.not_applicable": "Die is hier niet aan de orde: {when}",
    "dev.play.not.other": "Dat vult de burger niet in, maar {supplier}.",
    "dev.play.not.settled": "Het antwoord kan de uitkomst niet meer veranderen.",
    "dev.stand.legend": (
        "✓ gelukt  ✗ er is iets gevonden  ? nog niet alles  ~ van een eerdere v"
        "ersie  · nog niet; vastleggen: wegwijzer stand --record"
    ),
    "dev.paper.made": "Gemaakt op {day} van versie {version}.",
    "dev.paper.contents": "Inhoud",
    "dev.paper.questions": "Wat wordt gevraagd",
    "dev.paper.outcomes": "Waar het op uitkomt",
    "dev.paper.sources": "Bronnen",
    "dev.paper.promises": "Wat deze versie belooft",
    "dev.paper.evidence": "Bewijs",
    "dev.paper.who": "Wie het weet",
    "dev.paper.why": "Waarom",
    "dev.paper.options": "Keuzes",
    "dev.paper.when": "Alleen als",
    "dev.paper.step": "Stap",
    "dev.paper.found": "Bevinding",
    "dev.paper.day": "Dag",
    "dev.paper.live": "nu",
    "dev.paper.remedy": "Niet mee eens",
    "dev.paper.retention": "Bewaard",
    "dev.paper.scenario": "Scenario",
    "dev.paper.ends": "Komt uit op",
    "dev.paper.tasks": "Wat mensen doen",
    "dev.paper.owner": "Van {owner}",
    "dev.supplier.citizen": "de burger",
    "dev.supplier.register": "een register ({name})",
    "dev.supplier.worker": "een behandelaar",
    "dev.supplier.payment": "de betaling",
    "dev.supplier.process": "de behandeling",
    "dev.supplier.clock": "de klok",
}
