"""Why a code is there, in Dutch: for what the proof, the scenarios, the comparison and the mistakes find.

Read by `engine.lint.pages.made`; those of the loader stand in `dutch_whys`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_EVERY = "Bewezen voor elke inwoner en elke volgorde van antwoorden; de inwoner die het laat zien, is een echte."

WHYS: Final[Mapping[str, str]] = {
    "C-CHANGES": "Zonder rang aan beide kanten kan niemand zeggen of het beter is, alleen dat het anders is.",
    "C-GAINS": "Hun uitkomst heeft een hogere rang dan eerst: keur het goed, zodat het volgende verschil opvalt.",
    "C-HARM": (
        "Een rechtsmiddel, tijd, een kanaal, een mens of een antwoord is weg, of er wordt meer gevraagd. De bevinding "
        "zegt van wie."
    ),
    "C-LOSES": (
        "Hun uitkomst heeft een lagere rang dan eerst. Is dat de bedoeling, keur het dan schriftelijk goed; zo niet, "
        "dan weet u het nu."
    ),
    "C-NORM": "De norm lag vast voordat de nieuwe versie bestond, zodat niemand hem daarop kon afstemmen.",
    "C-OTHER": "Wat inwoners gevraagd en verteld wordt, hoort ook bij hun zaak.",
    "C-PROMISE": (
        "Vandaag verliest niemand er iets door; maar wat het proces er niet meer aan houdt, kan bij de volgende "
        "wijziging verdwijnen."
    ),
    "C-REASON": "De reden is wat een inwoner begrijpt en wat standhoudt in bezwaar: zij verandert met opzet, of niet.",
    "M-SURVIVES": (
        "Er is een kleine fout in het proces gezet, en geen controle, belofte of scenario zag haar. Schrijf een "
        "belofte of een scenario over de inwoner die eronder zou lijden."
    ),
    "P-ALWAYS-TRUE": "Zij houdt niemand tegen, en wie haar leest, denkt van wel.",
    "P-AMBIGUOUS": _EVERY,
    "P-NEVER-TRUE": (
        "Wat eraan hangt, gebeurt nooit: een vraag wordt nooit gesteld, een zin nooit gelezen, een stap nooit gezet. "
        "Vaak zijn twee grenzen verwisseld, of had `and` `or` moeten zijn."
    ),
    "P-DEAD-END": "De stappen verder bestaan, maar op deze weg gaan hun voorwaarden niet op.",
    "P-GAP": _EVERY,
    "P-NO-FIGURE": (
        "Een voorwaarde met een bedrag dat er niet is, gaat niet op. Dan volgt zonder een woord de `else` of de "
        "volgende rij. Niemand merkt het, tot het jaar waarin de tabel ophoudt."
    ),
    "P-NO-OUTCOME": _EVERY,
    "P-NO-VALUE": (
        "De pagina zou zeggen dat het niets kost, of midden in een zin stoppen. Een rij die in een tabel met "
        "bedragen ontbreekt, ziet niemand tot die ene inwoner komt."
    ),
    "P-OUTCOME": "Zij is voor iemand geschreven. De rij die ernaar zou leiden, doet dat niet.",
    "P-PLACE": "Er leiden stappen naartoe, maar hun voorwaarden gaan nooit op.",
    "P-PROMISE": _EVERY,
    "P-PROMISE-EMPTY": (
        "Zij gaat altijd op en bewaakt niets: haar gebeurtenis of plaats komt in dit proces niet voor, niemand voldoet "
        "aan haar voorwaarde, of geen uitkomst hangt ervan af."
    ),
    "P-REMEDY": "De uitkomst noemt een rechtsmiddel, maar op deze weg gaat de stap ervoor niet op.",
    "P-ROW-IMPOSSIBLE": "Niemand kan eraan voldoen, dus niemand krijgt wat er staat.",
    "P-ROW-OVERTAKEN": (
        "In een tabel met `first` is de volgorde de regel; achter rijen die iedereen pakken, doet deze niets."
    ),
    "P-STEP": "De voorwaarde gaat hier nooit op, of een rij erboven altijd.",
    "P-UNASKED": (
        "Wat een uitkomst toont of nodig heeft, wordt gevraagd zodra zij vaststaat. Maakt pas een oordeel haar zeker, "
        "dan is de inwoner er niet meer bij, en leest een zin met een gat erin. Met `needs` bij het oordeel wordt het "
        "gevraagd voordat iemand kijkt."
    ),
    "P-REMEDY-SHORT": (
        "In de brief staat zes weken. Wie in de vijfde komt, vindt een zaak die gesloten is, of die er niet meer is."
    ),
    "P-UNPUBLISHED": (
        "Andere stappen naar die plaats maken bekend, en op deze weg doet geen stap dat. De inwoner leest een besluit "
        "waarvan geen brief is gestuurd en dat niemand ondertekende, en de termijn voor bezwaar begint nooit."
    ),
    "P-UNTOLD": "De regels besluiten, en de inwoner hoort het nooit.",
    "T-COVERAGE": (
        "Waar geen scenario langskomt, kan ongezien iets stukgaan. `wegwijzer test --suggest` schrijft wat er "
        "ontbreekt."
    ),
    "T-SCENARIO": (
        "Een scenario is een hele inwoner met wensen; wat het team voor die inwoner verwachtte, gebeurt niet meer."
    ),
    "W-BUDGET": (
        "Bij sommige antwoorden kost het meer dan 20.000 stappen; dan wordt het opgegeven, volgt er geen conclusie "
        "en kijkt een mens. Zet `min` en `max` bij de gegevens erin, of loop over minder delen."
    ),
    "W-BUDGET-OPEN": (
        "Een gegeven in de lus heeft geen grens. Boven 20.000 stappen wordt het opgegeven en kijkt een mens. Zet "
        "`min` en `max`, dan is het bij het laden bekend."
    ),
}
"""Code -> why, in Dutch."""
