"""Hand-made frame, fields and answers for the sample pages in `tests.ui_schema.samples`."""

from __future__ import annotations

from datetime import UTC, datetime

from ui_schema.fields import (
    Control,
    Field,
    Ground,
    Option,
    Part,
    Prefill,
)
from ui_schema.outcome import Conclusion, Explanation, FactUse
from ui_schema.page import (
    AnswerGroup,
    AnswerLine,
    ContactView,
    ContactWay,
    OpeningLine,
    Page,
    PageKind,
)
from ui_schema.shape import (
    Action,
    ActionKind,
    JourneyRef,
    Language,
    LanguageChoice,
    Organisation,
    Promise,
    Source,
    Weight,
)

NOW = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
ORGANISATION = Organisation(name="Gemeente Voorbeeld", place="Voorbeeld", site="https://voorbeeld.example")
LANGUAGES = (
    LanguageChoice(code=Language.NL, name="Nederlands", current=True),
    LanguageChoice(code=Language.EN, name="English"),
)
JOURNEY = JourneyRef(
    id="0192f0c1-7a5e-7cc1-9c1e-2f4a6b8c0d1e",
    reference="WW-7K4M-2Q9T",
    flow="boom-kappen",
    version="3f9a2c",
    revision=4,
    place="answering",
    question="Mag ik deze boom kappen of snoeien zonder vergunning?",
)
APV = Source(label="APV Gemeente Voorbeeld, artikel 4.2", url="https://lokaleregelgeving.overheid.nl/CVDR72510")
BACK = Action(kind=ActionKind.BACK, label="Terug", fact="spoed")
CONTINUE = Action(kind=ActionKind.ANSWER, label="Verder", weight=Weight.PRIMARY, writes=True)
SAVE = Action(kind=ActionKind.SAVE, label="Bewaren en later verder", writes=True)
STATUS = Action(kind=ActionKind.STATUS, label="Hoe staat het ervoor?")
WITHDRAW = Action(kind=ActionKind.STEP, label="Stoppen en intrekken", step="withdraw", writes=True, weight=Weight.QUIET)
ASK = Action(kind=ActionKind.ASK_PERSON, label="Ik wil iemand spreken")

CONTACT = ContactView(
    title="Ik wil iemand spreken",
    lead="U hoeft niets opnieuw te vertellen. Wij zien wat u al hebt ingevuld.",
    ways=(
        ContactWay(
            channel="phone",
            title="Bel ons",
            detail="088 000 0000",
            dial="0880000000",
            opening=(
                OpeningLine(days="maandag tot en met vrijdag", hours="8.30 tot 17.00 uur"),
                OpeningLine(days="donderdagavond", hours="17.00 tot 20.00 uur"),
            ),
            open_now=True,
            now="Nu open tot 17.00 uur",
        ),
        ContactWay(
            channel="callback",
            title="Wij bellen u",
            detail="Laat uw nummer achter.",
            promise=Promise(text="Wij bellen u voor maandag 23 november om 15.20 uur."),
            action=Action(kind=ActionKind.ASK_PERSON, label="Bel mij terug", to="phone", writes=True),
        ),
        ContactWay(
            channel="desk",
            title="Kom langs",
            detail="Stadsloket Zuid, Voorbeeldplein 1",
            opening=(OpeningLine(days="maandag tot en met vrijdag", hours="9.00 tot 16.00 uur"),),
            open_now=False,
            now="Weer open dinsdag om 9.00 uur",
            action=Action(kind=ActionKind.ASK_PERSON, label="Maak een afspraak", to="desk", writes=True),
        ),
        ContactWay(
            channel="letter",
            title="Schrijf ons",
            detail="Gemeente Voorbeeld, Postbus 1, 1000 AA Voorbeeld",
            promise=Promise(text="U krijgt binnen 5 dagen antwoord."),
            action=Action(kind=ActionKind.SWITCH_CHANNEL, label="Verder per brief", to="letter", writes=True),
        ),
    ),
    tell="Noem uw code WW-7K4M-2Q9T. Dan zien wij meteen waar u bent gebleven.",
    action=ASK,
)


URGENT = Field(
    id="spoed",
    type="boolean",
    control=Control.YES_NO,
    label="Is er spoed of direct gevaar?",
    say="Is er nu spoed, of is er direct gevaar?",
    why="Bij gevaar kijkt er meteen iemand mee.",
    help="Denk aan een boom die kan omvallen, of een tak die boven de stoep los hangt.",
    options=(Option(value="true", label="Ja"), Option(value="false", label="Nee")),
)
REPLANTED = Field(
    id="herplant_boom",
    type="boolean",
    control=Control.YES_NO,
    label="Is deze boom ooit verplicht geplant?",
    say="Is deze boom ooit verplicht geplant, na het kappen van een andere boom?",
    why="Zo'n boom is altijd beschermd.",
    options=URGENT.options,
    unsure=Action(kind=ActionKind.UNSURE, label="Weet ik niet", fact="herplant_boom", writes=True),
)
GIRTH = Field(
    id="omtrek",
    type="number",
    control=Control.NUMBER,
    label="Hoe dik is de stam op 1,30 meter hoogte?",
    say="Meet de stam op borsthoogte. Hoeveel centimeter is de omtrek?",
    why="Dunne bomen mogen zonder vergunning weg.",
    help="Leg een touw om de stam en meet het touw.",
    unit="cm",
    size=6,
    input_mode="decimal",
)
WORK = Field(
    id="werk",
    type="choice",
    control=Control.RADIOS,
    label="Wat gaat u doen?",
    why="Voor snoeien gelden andere regels.",
    options=(
        Option(value="verwijderen", label="Weghalen", help="De boom gaat helemaal weg."),
        Option(value="verplanten", label="Verplanten", help="De boom gaat naar een andere plek."),
        Option(value="snoeien", label="Snoeien"),
        Option(value="beschadigen", label="Iets anders waardoor de boom schade kan krijgen"),
    ),
)
INCOME = Field(
    id="inkomsten",
    type="choices",
    control=Control.CHECKBOXES,
    label="Waar leeft u van?",
    why="Dan weten we welke papieren we nodig hebben.",
    help="Kies alles wat klopt.",
    options=(
        Option(value="loon", label="Loon"),
        Option(value="uitkering", label="Een uitkering"),
        Option(value="geen", label="Geen van deze", alone=True),
    ),
)
DATE_PARTS = (
    Part(name="day", label="Dag", size=2, input_mode="numeric", autocomplete="bday-day"),
    Part(name="month", label="Maand", size=2, input_mode="numeric", autocomplete="bday-month"),
    Part(name="year", label="Jaar", size=4, input_mode="numeric", autocomplete="bday-year"),
)
BORN = Field(
    id="geboren",
    type="date",
    control=Control.DATE,
    label="Wanneer bent u geboren?",
    why="Het bedrag hangt af van uw leeftijd.",
    help="Bijvoorbeeld 27 3 1984",
    parts=DATE_PARTS,
    ground=Ground(text="Nodig om het bedrag te bepalen.", source=APV, retention="Wij bewaren dit 5 jaar."),
)
PERSON = Field(
    id="bewoner",
    type="person",
    control=Control.PERSON,
    label="Wie bent u?",
    why="Dan komt het besluit bij u aan.",
    parts=(
        Part(name="given", label="Voornamen", size=30, autocomplete="given-name", value="Samira"),
        Part(name="family", label="Achternaam", size=30, autocomplete="family-name", value="de Wit"),
    ),
    prefill=Prefill(
        source="Basisregistratie Personen",
        shown="Samira de Wit",
        on="23 november 2026",
        dispute=Action(kind=ActionKind.DISPUTE, label="Dit klopt niet", fact="bewoner"),
    ),
    ground=Ground(text="Nodig om het besluit te sturen.", source=APV, retention="Wij bewaren dit 5 jaar."),
)
STORY = Field(
    id="toelichting",
    type="text",
    control=Control.LONG_TEXT,
    label="Wat wilt u nog vertellen?",
    why="Dan kan de deskundige zich voorbereiden.",
    required=False,
    max_length=2000,
)
PHOTO = Field(
    id="foto",
    type="file",
    control=Control.FILE,
    label="Stuur een foto",
    why="Zo zien we hoe groot het gevaar is.",
    help="Een foto in jpg of png, hoogstens 10 MB.",
    accept="image/jpeg,image/png",
)
TELEPHONE = Field(
    id="contact",
    type="phone",
    control=Control.TEXT,
    label="Op welk nummer kunnen wij u bellen?",
    why="",
    size=20,
    input_mode="tel",
    autocomplete="tel",
)
WHEN = Field(
    id="preferredTime",
    type="text",
    control=Control.TEXT,
    label="Wanneer komt het u uit?",
    help="Bijvoorbeeld: morgen na 14 uur",
    required=False,
    size=30,
)
OTHERS = (
    Action(kind=ActionKind.CHOOSE, label="Hoe dik is de stam op 1,30 meter hoogte?", fact="omtrek"),
    Action(kind=ActionKind.CHOOSE, label="Wat gaat u doen?", fact="werk"),
)


def line(fact: str, label: str, text: str, **more: object) -> AnswerLine:
    change = Action(kind=ActionKind.CHANGE, label="Wijzig", spoken=f"Wijzig: {label}", fact=fact)
    return AnswerLine.model_validate({"fact": fact, "label": label, "text": text, "change": change} | more)


ANSWERS = (
    AnswerGroup(
        title="Over de boom",
        lines=(
            line("spoed", URGENT.label, "Nee"),
            line("omtrek", GIRTH.label, "84 cm"),
            line("werk", WORK.label, "Snoeien"),
        ),
    ),
    AnswerGroup(
        title="Over u",
        lines=(
            line(
                "bewoner",
                "Wie bent u?",
                "Samira de Wit",
                supplier="Basisregistratie Personen",
                on="23 november 2026",
                dispute=Action(
                    kind=ActionKind.DISPUTE, label="Klopt niet", spoken="Klopt niet: Wie bent u?", fact="bewoner"
                ),
            ),
            line("iepziekte", "Doet u het omdat de boom iepziekte heeft?", "Nee", counts=False),
        ),
    ),
)

WHY = Explanation(
    short="Het is een dunne stam.",
    why=(
        FactUse(label=GIRTH.label, value="24 cm", supplier="uzelf", on="23 november 2026"),
        FactUse(label=REPLANTED.label, value="Nee", supplier="uzelf", on="23 november 2026"),
    ),
    rules=(
        Conclusion(
            concludes="De stam is dun genoeg.",
            because="omtrek < 31 en niet verplicht geplant",
            rule="dun_genoeg",
            source=APV,
            facts=(FactUse(label=GIRTH.label, value="24 cm", supplier="uzelf", on="23 november 2026"),),
        ),
        Conclusion(
            concludes="U hebt geen vergunning nodig.", because="dunne stam", rule="toestemming, regel 2", source=APV
        ),
    ),
    otherwise=("Bij een stam van 31 cm of meer hangt het af van wat u gaat doen.",),
)


def frame(kind: PageKind, title: str, **parts: object) -> Page:
    """A page of `kind` with everything that all citizens' pages share."""
    shared: dict[str, object] = {
        "kind": kind,
        "language": Language.NL,
        "languages": LANGUAGES,
        "title": title,
        "organisation": ORGANISATION,
        "made": NOW,
        "journey": JOURNEY,
        "contact": CONTACT,
        "disclaimer": "" if kind is PageKind.HOME else "Dit is een voorbeeld. U kunt hier geen rechten aan ontlenen.",
    }
    return Page.model_validate(shared | parts)
