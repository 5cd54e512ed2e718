"""Why a code is there, in Dutch: for what the loader finds. The English stands with each page.

A test holds both together. Read by `engine.lint.pages.made`; the other families stand in `dutch_whys_found`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_CELL = "Een cel krijgt haar type van de kolom; zo valt een vergissing op voordat iemand een verkeerd antwoord krijgt."
_STAYS = "Iemand wacht, op elke plek. Een plek waar niets kan gebeuren, is een inwoner die niemand helpt."
_CLOCK = "Een belofte zonder klok is er geen; een klok zonder gevolg is een lampje dat niemand ziet."
_STEPS = "De tabel met stappen heeft zes kolommen: from, event, by, if, to, do. Elke kolom heeft eigen woorden."
_TABLE = "Mensen en de engine lezen dezelfde tabel; beide hebben dezelfde lijnen, strepen en koppen nodig."
_UNKNOWN = (
    "Wat niet bekend is, wordt geweigerd, met het dichtstbijzijnde woord dat wel bekend is: een verkeerd gespelde "
    "sleutel die wordt overgeslagen, is een regel die verdwijnt."
)
_LIMITS = "Wat gelezen wordt voor het te vertrouwen is, heeft grenzen, zodat geen bestand de machine uitput."
_TEXT = "Elke waarde is tekst tot haar sleutel iets anders zegt; dus wat u leest, is wat het proces bedoelt."

WHYS: Final[Mapping[str, str]] = {
    "E-ASK": "Een inwoner of medewerker moet dit gegeven misschien geven, dus iemand moet ernaar kunnen vragen.",
    "E-BUDGET": (
        "Een berekening mag 20.000 stappen kosten, zodat niets blijft hangen. Deze kost er meer, wat iemand ook "
        "antwoordt: elke inwoner zou op een mens moeten wachten."
    ),
    "E-CALL": (
        "Een functie krijgt het aantal en de soort waarden waar zij om vraagt; iets anders zou zonder een woord "
        "niets geven."
    ),
    "E-CELL-EMPTY": (
        "Een lege cel kan elke waarde betekenen, of een vergeten waarde. `-` betekent elke waarde, `none` geen."
    ),
    "E-CELL-INTERVAL": _CELL,
    "E-CELL-NOT": "`not(-)` is: niet alles. De rij zou nooit tellen.",
    "E-CELL-ORDER": _CELL,
    "E-CELL-VALUE": _CELL,
    "E-CHARACTER": "Stuurtekens zijn in een editor onzichtbaar en breken verderop brieven, schermen en bestanden.",
    "E-CONFIRM": "De inwoner bevestigt wat een register zei, of zegt iets anders; tot dan gebruikt geen regel het.",
    "E-CYCLE": "In een kring is niets als eerste uit te rekenen, dus zou niemand ooit antwoord krijgen.",
    "E-DMN-EXPRESSION": "Het model wordt helemaal gebruikt of helemaal niet.",
    "E-DMN-NAME": "Naar wat geen naam heeft, kan niemand vragen en kan niets verwijzen.",
    "E-DMN-ROOT": "De wortel van een model is `definitions`, in een naamruimte van DMN 1.1 tot en met 1.5.",
    "E-DURATION": "Een duur staat in ISO 8601, zodat acht weken overal dezelfde acht weken zijn.",
    "E-EMPTY": "Laat een sleutel weg als er niets te zeggen is.",
    "E-FEEL-SYNTAX": (
        "Een uitdrukking is FEEL (DMN 1.5, hoofdstuk 10); het dakje staat onder het eerste teken dat niet past."
    ),
    "E-FORM": "Een korte naam, een taalcode of een webadres heeft één vorm, zodat links en mappen erop kunnen rekenen.",
    "E-GOAL": "Het doel is het besluit dat de vraag van de inwoner beantwoordt: een keuze met precies één waarde.",
    "E-INPUT": (
        "Een bestand dat er niet is, een optie die niet past, een map waarin niet te schrijven is: de zin zegt "
        "welke, en wat te doen. Er komt toch een verslag, zodat wie het leest niet hoeft te raden."
    ),
    "E-KEY-TYPE": "Grenzen bij een ja/nee-vraag of opties bij een getal zeggen niets, dus er was iets anders bedoeld.",
    "E-LIST-IN-LIST": (
        "Niemand houdt de tweede school van het derde kind bij. Eén platte lijst is te vragen, te tonen en te bewijzen."
    ),
    "E-LITERAL": "Grenzen, eenheden en wat `otherwise` geldt, zijn waarden van het type van het gegeven zelf.",
    "E-MISSING": "Zonder deze sleutel is het proces niet te gebruiken; de uitweg zegt waar zij voor dient.",
    "E-NAME": (
        "Namen van gegevens, besluiten, parameters en functies bestaan uit letters, cijfers en _; wat een "
        "uitdrukking leest, moet bestaan."
    ),
    "E-NAME-RESERVED": "Een gegeven dat `yes` of `item` heet, is niet van dat woord te onderscheiden.",
    "E-NAME-TWICE": (
        "Gegevens, parameters, functies en besluiten delen hun namen, zodat een uitdrukking geen voorvoegsel nodig "
        "heeft."
    ),
    "E-NEEDS": (
        "`needs` noemt wat een medewerker moet hebben voor die kijkt; bij een gegeven van inwoner of register zegt "
        "het niets."
    ),
    "E-NOT-A-FLOW": (
        "Een proces is een lijst met sleutels, met `wegwijzer: 1` als eerste. `wegwijzer new NAAM` schrijft er een "
        "om mee te beginnen."
    ),
    "E-NUMBER": (
        "Getallen hebben cijfers en een punt: 1.5. In teksten krijgt een bedrag de schrijfwijze van wie het leest."
    ),
    "E-ONE-OF": "Twee manieren om aan één waarde te komen zijn twee antwoorden; geen manier is geen antwoord.",
    "E-OPEN": "Beloften in werkuren worden met deze regels geteld, dus hebben ze één vorm: mo-fr 08:30-17:00.",
    "E-OPTION": "De vergelijking zou nooit opgaan: een verkeerd gespelde optie is een regel waar niemand onder valt.",
    "E-OPTION-NAME": "In een cel of uitdrukking zou het woord op twee manieren te lezen zijn.",
    "E-OPTIONS": "Er wordt gekozen uit opties; elke optie heeft één naam, en een tekst die mensen lezen.",
    "E-OTHERWISE": "`otherwise` is de waarde zolang `when` niet waar is; zonder `when` telt zij nooit.",
    "E-OUTCOME": (
        "De opties van het doel en de sleutels van `outcomes` zijn dezelfde namen: elk antwoord heeft zijn tekst, en "
        "elke tekst zijn antwoord."
    ),
    "E-PAGE": "Een vraag staat op één plek, zodat zij één keer gesteld wordt.",
    "E-PROCESS-ALWAYS": (
        "Naar een mens vragen, een ander kanaal kiezen, iets betwisten en een signaal geven kan overal en is niet "
        "weg te halen."
    ),
    "E-PROCESS-BY": (
        "Vier ogen zijn twee mensen: `worker not propose` heeft een gebeurtenis `propose` nodig om mee te vergelijken."
    ),
    "E-PROCESS-EMPTY": _STAYS,
    "E-PROCESS-ENTRY": _CLOCK,
    "E-PROCESS-EVENT": (
        "De engine en de klok hebben eigen gebeurtenissen; wat zij doen, kan geen inwoner of medewerker doen, en "
        "omgekeerd."
    ),
    "E-PROCESS-FETCH": "`fetch` vraagt een register naar een gegeven van het proces.",
    "E-PROCESS-FROM": _STEPS,
    "E-PROCESS-LAPSE": (
        "Als een termijn verloopt, krijgt de inwoner rechten (Awb 4:17); er moet dus iets gebeuren: een rij voor "
        "`late:TERMIJN`."
    ),
    "E-PROCESS-LATE": _CLOCK,
    "E-PROCESS-LATE-STAYS": _CLOCK,
    "E-PROCESS-LOOP": "Engine en klok alleen zouden eeuwig rondgaan; een mens of een einde doorbreekt de kring.",
    "E-PROCESS-NAME": "`ongoing`, `any` en `stay` betekenen iets in de stappen, en een plek is geen einde.",
    "E-PROCESS-NO-CLOCK": _CLOCK,
    "E-PROCESS-NO-ELSE": (
        "Iemand drukt op de knop en er gebeurt niets. Een laatste rij met `else` zegt wat er dan gebeurt."
    ),
    "E-PROCESS-NO-END": _STAYS,
    "E-PROCESS-NO-MOVE": _STAYS,
    "E-PROCESS-OVERTAKEN": (
        "Rijen van één gebeurtenis worden van boven af geprobeerd; achter een rij die altijd opgaat, komt niemand."
    ),
    "E-PROCESS-REMOVE": "`to: remove` haalt een stap uit de standaard; is die er niet, dan was er iets anders bedoeld.",
    "E-PROCESS-SKILL": (
        "Werk gaat naar wie het kan. Zonder vaardigheid staat het in ieders lijst, of in die van niemand."
    ),
    "E-PROCESS-SUSPENDS": (
        "Een opgeschorte termijn beschermt niemand; de plek die opschort, heeft zelf een uiterste dag."
    ),
    "E-PROCESS-TASK": "Een taak heeft een tekst, een vaardigheid en een klok onder `tasks`.",
    "E-PROCESS-TELL": "Wat een stap vertelt, staat onder `texts`, in elke taal.",
    "E-PROCESS-TERM": "Een wettelijke termijn begint en eindigt met wat er in het proces echt gebeurt.",
    "E-PROCESS-TO": _STEPS,
    "E-PROCESS-UNREACHABLE": "Hier kan nooit iemand komen: er ontbreekt een stap, of de plek is overgebleven.",
    "E-PROCESS-WAITS": (
        "Elke plek houdt zich aan de eigen klok en toch wordt de wet geschonden. Maak er een korter, of laat er een "
        "de termijn opschorten."
    ),
    "E-PROMISE": "Wat een inwoner beloofd wordt, wordt geteld; het moet dus een duur zijn die te tellen is.",
    "E-RANGE": "Een laagste waarde boven de hoogste weigert elk antwoord.",
    "E-RANK": (
        "“Nooit beter voor de inwoner” betekent een rang die nooit hoger is, dus heeft elke uitkomst er een nodig."
    ),
    "E-REFERENCE": _UNKNOWN,
    "E-ROUND": "Een halve cent omhoog, omlaag of naar even is een keuze met gevolgen, dus staat zij er: half_up 0.01.",
    "E-RULES-ELSE": "`else` geldt als niets erboven gold, dus wat eronder staat, komt nooit aan de beurt.",
    "E-SCENARIO": "In docs/language/scenarios.md staat elke sleutel van een scenario.",
    "E-SHAPE": "Elke sleutel bevat een tekst, een lijst of eigen sleutels; docs/language/flow-file.md zegt welke.",
    "E-SHOW": "Schrijf `calculation BESLUIT`, `each LIJST` of `options KEUZES`.",
    "E-SIZE": f"{_LIMITS} Geen proces komt hierbij in de buurt.",
    "E-SLOT": (
        "Tussen accolades staat de naam van een gegeven of besluit en niets anders: geen sommen, geen voorwaarden. "
        "`{name:whole}`, `{name:short}` en `{name:words}` zijn alle schrijfwijzen die er zijn; de taal bepaalt de "
        "rest."
    ),
    "E-STEPS-BY": f"{_STEPS} `by` is citizen, worker, `worker not GEBEURTENIS`, payment, engine of clock.",
    "E-STEPS-DO": (
        "Wat een stap doet, komt uit een gesloten lijst: tell, publish, task, pay, collect, fetch, extend, "
        "hand_over, elk met een naam."
    ),
    "E-STEPS-EVENT": _STEPS,
    "E-STEPS-FROM": _STEPS,
    "E-STEPS-HEADS": _STEPS,
    "E-STEPS-IF": _STEPS,
    "E-STEPS-TO": f"{_STEPS} `stay` blijft op de plek.",
    "E-STYLE": "De mengeling wordt bewust gekozen; meer van het een is minder van het ander.",
    "E-SUPPLIER": (
        "Elk gegeven komt van iemand die het kan geven: citizen, worker, payment, process, register:NAAM, "
        "clock:start of clock:submit."
    ),
    "E-TABLE-BAR": _TABLE,
    "E-TABLE-EMPTY": "Een tabel zonder rijen besluit niets.",
    "E-TABLE-HEAD": (
        "Rechts van `||` staat één kolom met de naam van het besluit, daarna `source` en `because` waar gewenst."
    ),
    "E-TABLE-OVERLAP": (
        "Voor één inwoner zouden twee antwoorden gelden. Maak een rij smaller, of kies `hit: first` en let op de "
        "volgorde."
    ),
    "E-TABLE-RULE": _TABLE,
    "E-TABLE-SIZE": (
        "Een tabel die niemand kan lezen, is eigenlijk een aantal besluiten; een bestand dat gelezen wordt voor het "
        "te vertrouwen is, heeft grenzen."
    ),
    "E-TABLE-SPLIT": "Links van `||` staat waar naar gekeken wordt, rechts wat eruit volgt.",
    "E-TABLE-WIDTH": _TABLE,
    "E-TEXT-NAME": "Parameters en functies hebben niet één waarde om te tonen; toon een besluit dat ze gebruikt.",
    "E-TEXT-QUOTES": "Een komma erin zou de tekst zonder een woord in tweeën knippen.",
    "E-TEXT-UNKNOWN": (
        "Iemand zou een lege plek lezen waar een bedrag hoort. Noem het onder `values`: dan wordt het eerst gevraagd."
    ),
    "E-TOO-DEEP": f"{_LIMITS} Processen zijn plat.",
    "E-TOO-LARGE": f"{_LIMITS} Een proces is klein; een groot proces is een aantal kleine.",
    "E-TOO-MANY": f"{_LIMITS} Een proces is klein; een groot proces is een aantal kleine.",
    "E-TRANSLATION": (
        "Een taalblok heeft de vorm van het bestand. Wat niet meer past, is een tekst die veranderde en niet opnieuw "
        "vertaald is."
    ),
    "E-TYPE": (
        "Een bedrag bij een datum optellen geeft straks niets. De engine bepaalt het type van elke uitdrukking al "
        "bij het laden."
    ),
    "E-UNSURE": "`not(x)` van “ik weet het niet” is geen ja en geen nee. `x = yes` zegt wat telt.",
    "E-UTF8": "Elke naam met een accent zou op een andere machine iets anders worden. Bewaar het bestand als UTF-8.",
    "E-VALUE": _UNKNOWN,
    "E-VALUELESS": (
        "Een dag die niet op de kalender staat, delen door nul, een patroon dat niet te gebruiken is: de regel zou "
        "iedereen zonder een woord niets geven."
    ),
    "E-XML": "Na de fout is niets meer te vertrouwen.",
    "E-XML-CHARACTER": "De export zou een bestand zijn dat geen programma kan openen.",
    "E-XML-DOCTYPE": (
        "Zo'n regel kan een lezer bestanden laten ophalen of tot gigabytes laten zwellen; modellen hebben hem niet "
        "nodig."
    ),
    "E-XML-SIZE": "Een bestand dat gelezen wordt voor het te vertrouwen is, heeft grenzen.",
    "E-YAML": (
        "Na deze plek is niets meer te vertrouwen, dus wordt er niets van gebruikt. Kijk vlak erboven naar "
        "aanhalingstekens en inspringing."
    ),
    "E-YAML-ANCHOR": (
        "Met verwijzingen staan een paar regels voor miljoenen, en wie leest, moet springen om te weten wat een "
        "regel zegt."
    ),
    "E-YAML-BLOCK": "Een blok tekst begint op de regel na het teken, ingesprongen.",
    "E-YAML-BRACES": (
        "Binnen { } eindigt een waarde bij een komma; een tekst staat daar dus tussen dubbele aanhalingstekens."
    ),
    "E-YAML-BRACKETS": "Een lijst op één regel is [a, b, c]; zonder einde hoort alles eronder erbij.",
    "E-YAML-COLON": (
        "Een dubbele punt met een spatie maakt een sleutel. Een tekst met zo'n dubbele punt staat tussen "
        "aanhalingstekens, of onder de sleutel na `>`."
    ),
    "E-YAML-COMMA": f"Binnen {{ }} laat YAML zonder een woord weg wat na een komma staat. {_TEXT}",
    "E-YAML-DIRECTIVE": "Een procesbestand is het gewone deel van YAML, zonder aanwijzingen aan de lezer.",
    "E-YAML-DOCUMENTS": (
        "Eén bestand is één proces. Een tweede document leest het ene programma wel en het andere niet."
    ),
    "E-YAML-EMPTY": (
        "Een lege waarde belooft dat iemand haar later invult; een proces dat in gebruik is, heeft zulke plekken niet."
    ),
    "E-YAML-ESCAPE": (
        "Tussen dubbele aanhalingstekens begint een backslash een code. Enkele aanhalingstekens nemen hem zoals hij is."
    ),
    "E-YAML-HASH": f"Een `#` na een spatie begint een opmerking, dus de rest is weg. {_TEXT}",
    "E-YAML-INDENT": "Inspringing zegt wat bij elkaar hoort; sleutels van één ding beginnen in één kolom.",
    "E-YAML-KEY": "Een sleutel is een woord voor een dubbele punt.",
    "E-YAML-LINE": "Zet de dubbele punt erbij, of spring de regel in als hij verdergaat met de tekst erboven.",
    "E-YAML-LIST": "De eerste `- ` van een lijst staat op een eigen regel onder de sleutel.",
    "E-YAML-MERGE": (
        "Samenvoegen verbergt waar een waarde vandaan komt. Uitgeschreven leest een proces van boven naar beneden."
    ),
    "E-YAML-QUOTE": "Alles na het aanhalingsteken hoort bij de tekst, tot het sluit.",
    "E-YAML-SPACE": "Zonder de spatie is `sleutel:waarde` één woord.",
    "E-YAML-START": "Deze tekens betekenen iets aan het begin van een waarde; tussen aanhalingstekens zijn ze tekst.",
    "E-YAML-TAB": "Een tab is zo breed als de editor zegt, dus inspringen met tabs betekent elders iets anders.",
    "E-YAML-TAG": (
        "Met een tag kiest het bestand wat een lezer ervan maakt. Een proces bestaat uit gegevens, en niets erin "
        "wordt uitgevoerd."
    ),
    "E-YAML-TWICE": "Lezers van YAML verschillen in welke van de twee zij houden; hier wordt niet voor u gekozen.",
}
"""Code -> why, in Dutch."""
