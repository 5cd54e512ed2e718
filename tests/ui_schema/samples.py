"""Hand-made pages of every kind: for looking at the templates and for tests of the model itself.

They show what the projection must be able to say; no test may take them for what it does say.
"""

from __future__ import annotations

from tests.ui_schema.sample_ends import ANSWERED, HANDED, REFUSED, STATUS_PAGE
from tests.ui_schema.sample_fields import (
    ANSWERS,
    BACK,
    BORN,
    CONTACT,
    CONTINUE,
    DATE_PARTS,
    GIRTH,
    INCOME,
    JOURNEY,
    OTHERS,
    PERSON,
    PHOTO,
    REPLANTED,
    SAVE,
    STATUS,
    STORY,
    TELEPHONE,
    URGENT,
    WHEN,
    WITHDRAW,
    WORK,
    frame,
    line,
)
from tests.ui_schema.sample_own_way import OWN_WAY
from ui_schema.fields import (
    Control,
    Field,
    Form,
    Message,
)
from ui_schema.page import (
    AnswerGroup,
    FieldError,
    FlowCard,
    ListItem,
    ListView,
    Page,
    PageKind,
    Saved,
)
from ui_schema.shape import (
    Action,
    ActionKind,
    Notice,
    Progress,
    Promise,
    Tone,
    Weight,
)


def _card(flow: str, question: str, lead: str) -> FlowCard:
    action = Action(kind=ActionKind.START, label=question, to=flow)
    return FlowCard(flow=flow, question=question, lead=lead, action=action)


HOME = frame(
    PageKind.HOME,
    "Waar kunnen wij u mee helpen?",
    lead="Kies uw vraag. Wij vragen alleen wat nodig is voor het antwoord.",
    journey=None,
    cards=(
        _card("boom-kappen", "Mag ik deze boom kappen of snoeien zonder vergunning?", "Ongeveer 4 vragen"),
        _card("bijstand", "Ik heb geen geld om van te leven. Kan ik hulp krijgen?", "Ongeveer 12 vragen"),
        _card("paspoort", "Mijn paspoort verloopt. Hoe krijg ik een nieuw?", "Ongeveer 5 vragen"),
        _card("verbouwen", "Ik wil mijn huis verbouwen. Mag dat, en wat moet ik doen?", "Ongeveer 9 vragen"),
        _card("verkeersboete", "Ik heb een boete gekregen. Wat kan ik doen?", "Ongeveer 3 vragen"),
    ),
    actions=(Action(kind=ActionKind.RESUME, label="Verder met een code"),),
)

START = frame(
    PageKind.START,
    JOURNEY.question,
    journey=None,
    lead="U krijgt ongeveer 4 korte vragen. Daarna weet u het meteen.",
    primary=Action(kind=ActionKind.START, label="Beginnen", to="boom-kappen", weight=Weight.PRIMARY, writes=True),
    back=Action(kind=ActionKind.HOME, label="Terug naar alle vragen"),
)


def question(field: Field, **parts: object) -> Page:
    """A page that asks `field`."""
    others = (field.unsure,) if field.unsure else ()
    shared: dict[str, object] = {
        "form": Form(fields=(field,), submit=CONTINUE, others=others),
        "progress": Progress(step=2, about=4, text="Stap 2 van ongeveer 4"),
        "choices": OTHERS,
        "answers": (AnswerGroup(title="", lines=ANSWERS[0].lines[:1]),),
        "back": BACK,
        "actions": (SAVE, STATUS, WITHDRAW),
    }
    return frame(PageKind.QUESTION, field.label, **(shared | parts))


WRONG = Message(code="number.not_a_number", text="Vul een getal in, bijvoorbeeld 31 of 31,5.")
QUESTION_ERROR = question(
    GIRTH.model_copy(update={"value": "zo dik als mijn arm", "errors": (WRONG,)}),
    errors=(FieldError(field="omtrek", message=WRONG),),
)
WRONG_DAY = Message(code="date.no_such_day", text="Deze dag bestaat niet. Kijk de dag en de maand na.", part="day")
DATE_ERROR = question(
    BORN.model_copy(
        update={
            "errors": (WRONG_DAY,),
            "parts": tuple(
                part.model_copy(update={"value": typed})
                for part, typed in zip(DATE_PARTS, ("31", "2", "1984"), strict=True)
            ),
        }
    ),
    errors=(FieldError(field="geboren", message=WRONG_DAY),),
)
GROUP = frame(
    PageKind.QUESTION,
    "Over de boom",
    form=Form(title="Over de boom", fields=(GIRTH, REPLANTED), submit=CONTINUE),
    progress=Progress(step=2, about=4, text="Stap 2 van ongeveer 4"),
    back=BACK,
    actions=(SAVE, STATUS, WITHDRAW),
)

CHILD_DATE = line("kinderen[0].geboren", "Wanneer is Noor geboren?", "3 maart 2019")
LIST = frame(
    PageKind.LIST,
    "Voor welke kinderen krijgt u kinderbijslag?",
    list=ListView(
        fact="kinderen",
        label="Voor welke kinderen krijgt u kinderbijslag?",
        why="Het bedrag hangt af van hun leeftijd.",
        items=(
            ListItem(
                number=1,
                title="Noor",
                lines=(CHILD_DATE,),
                change=Action(kind=ActionKind.CHANGE, label="Wijzig", spoken="Wijzig: Noor", fact="kinderen[0]"),
                remove=Action(
                    kind=ActionKind.REMOVE_ITEM,
                    label="Haal weg",
                    spoken="Haal weg: Noor",
                    fact="kinderen[0]",
                    writes=True,
                ),
            ),
            ListItem(
                number=2,
                title="Sem",
                lines=(line("kinderen[1].geboren", "Wanneer is Sem geboren?", "19 juli 2023"),),
                change=Action(kind=ActionKind.CHANGE, label="Wijzig", spoken="Wijzig: Sem", fact="kinderen[1]"),
                remove=Action(
                    kind=ActionKind.REMOVE_ITEM,
                    label="Haal weg",
                    spoken="Haal weg: Sem",
                    fact="kinderen[1]",
                    writes=True,
                ),
            ),
        ),
        add=Action(kind=ActionKind.ADD_ITEM, label="Nog een kind toevoegen", fact="kinderen", writes=True),
        done=Action(
            kind=ActionKind.CLOSE_LIST, label="Dat is alles", fact="kinderen", writes=True, weight=Weight.PRIMARY
        ),
    ),
    progress=Progress(step=2, about=6, text="Stap 2 van ongeveer 6"),
    back=BACK,
    actions=(SAVE, STATUS),
)
CHOOSE = frame(
    PageKind.CHOOSE,
    "Welke vraag wilt u nu beantwoorden?",
    lead="De volgorde maakt niet uit. Uw antwoord blijft hetzelfde.",
    choices=(Action(kind=ActionKind.CHOOSE, label=URGENT.label, hint="Dit raden wij aan", fact="spoed"), *OTHERS),
    back=BACK,
)
CHECK = frame(
    PageKind.CHECK,
    "Kijk alles na",
    lead="Klopt alles? Dan kunt u het versturen.",
    progress=Progress(step=5, about=5, text="Laatste stap"),
    answers=ANSWERS,
    primary=Action(kind=ActionKind.STEP, label="Versturen", step="submit", writes=True, weight=Weight.PRIMARY),
    promises=(Promise(text="U krijgt binnen 8 weken ons besluit."),),
    back=BACK,
    actions=(SAVE, STATUS, WITHDRAW),
)

CONTACT_PAGE = frame(
    PageKind.CONTACT,
    CONTACT.title,
    lead=CONTACT.lead,
    contact=CONTACT.model_copy(
        update={
            "form": Form(
                title="Bel mij terug",
                fields=(TELEPHONE, WHEN, STORY),
                submit=Action(
                    kind=ActionKind.ASK_PERSON, label="Bel mij terug", to="phone", writes=True, weight=Weight.PRIMARY
                ),
            )
        }
    ),
    back=Action(kind=ActionKind.SHOW, label="Terug naar uw vraag"),
)
SAVED = frame(
    PageKind.SAVED,
    "Uw antwoorden zijn bewaard",
    saved=Saved(
        code="HKPR-3VWT-9XMD-Q7BC",
        reference=JOURNEY.reference,
        until="21 februari 2027",
        where="voorbeeld.example/verder",
        qr="https://voorbeeld.example/verder",
    ),
    primary=Action(kind=ActionKind.SHOW, label="Toch nu verder", weight=Weight.PRIMARY),
    notices=(Notice(tone=Tone.OK, title="Bewaard", text="Uw antwoorden zijn bewaard tot 21 februari 2027."),),
)
RESUME = frame(
    PageKind.RESUME,
    "Verder met uw code",
    lead="U vindt de code op uw scherm, in onze e-mail of in onze brief.",
    journey=None,
    form=Form(
        fields=(
            Field(
                id="code", type="text", control=Control.TEXT, label="Uw code", help="Bijvoorbeeld HKPR-3VWT", size=24
            ),
        ),
        submit=Action(kind=ActionKind.RESUME, label="Verder", writes=True, weight=Weight.PRIMARY),
    ),
    back=Action(kind=ActionKind.HOME, label="Terug naar alle vragen"),
)
DISPUTE = frame(
    PageKind.DISPUTE,
    "Wat klopt er niet?",
    lead="Bij “Wie bent u?” staat nu: Samira de Wit.",
    form=Form(
        fields=(STORY.model_copy(update={"id": "reason", "label": "Wat zou er moeten staan?", "required": True}),),
        submit=Action(kind=ActionKind.DISPUTE, label="Versturen", fact="bewoner", writes=True, weight=Weight.PRIMARY),
    ),
    back=Action(kind=ActionKind.SHOW, label="Terug"),
)
SIGNAL = frame(
    PageKind.SIGNAL,
    "Wat ging er niet goed?",
    lead="Wij lezen alles en maken het beter. Noem geen namen of nummers.",
    form=Form(
        fields=(STORY.model_copy(update={"id": "text", "label": "Wat ging er niet goed?", "required": True}),),
        submit=Action(kind=ActionKind.SIGNAL, label="Versturen", writes=True, weight=Weight.PRIMARY),
    ),
    back=Action(kind=ActionKind.SHOW, label="Terug"),
)
ERROR = frame(
    PageKind.ERROR,
    "Deze pagina bestaat niet",
    lead="Misschien is het adres verkeerd overgenomen. Uw antwoorden zijn er nog.",
    journey=None,
    primary=Action(kind=ActionKind.HOME, label="Naar alle vragen", weight=Weight.PRIMARY),
)

PAGES: dict[str, Page] = {
    "home": HOME,
    "start": START,
    "question": question(
        URGENT, back=None, answers=(), progress=Progress(step=1, about=4, text="Stap 1 van ongeveer 4")
    ),
    "question-number": question(GIRTH),
    "question-radios": question(WORK),
    "question-unsure": question(REPLANTED),
    "question-choices": question(INCOME),
    "question-date": question(BORN),
    "question-person": question(PERSON),
    "question-text": question(STORY),
    "question-file": question(PHOTO),
    "question-error": QUESTION_ERROR,
    "question-date-error": DATE_ERROR,
    "question-group": GROUP,
    "list": LIST,
    "choose": CHOOSE,
    "check": CHECK,
    "outcome-answer": ANSWERED,
    "outcome-refusal": REFUSED,
    "outcome-task": HANDED,
    "status": STATUS_PAGE,
    "contact": CONTACT_PAGE,
    "saved": SAVED,
    "resume": RESUME,
    "dispute": DISPUTE,
    "signal": SIGNAL,
    "confirm": frame(
        PageKind.CONFIRM,
        "Wilt u stoppen?",
        lead="Dan beoordelen wij niets. U kunt later opnieuw beginnen.",
        primary=WITHDRAW.model_copy(update={"weight": Weight.PRIMARY}),
        back=BACK,
    ),
    "error": ERROR,
    **OWN_WAY,
}
