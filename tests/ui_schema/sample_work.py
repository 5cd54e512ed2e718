"""Hand-made pages for workers: the way in, the worklist in its states, one task in its states."""

from __future__ import annotations

from tests.ui_schema.sample_ends import STATUS_PAGE
from tests.ui_schema.sample_fields import (
    ANSWERS,
    GIRTH,
    JOURNEY,
    LANGUAGES,
    NOW,
    ORGANISATION,
    REPLANTED,
    STORY,
    URGENT,
    WHY,
)
from tests.ui_schema.sample_own_way import talk
from ui_schema.fields import Control, Field, Form, Option
from ui_schema.outcome import OutcomeView
from ui_schema.shape import Action, ActionKind, Language, Notice, Promise, Tone, Weight
from ui_schema.work import Claim, Filter, FilterGroup, Kept, Search, TaskRow, TaskView, WorkKind, WorkPage

SIGN_OUT = Action(kind=ActionKind.SIGN_OUT, label="Uitloggen", writes=True)
BACK = Action(kind=ActionKind.WORKLIST, label="Terug naar de werkvoorraad")


def frame(kind: WorkKind, title: str, **parts: object) -> WorkPage:
    """A worker's page of `kind` with everything that all of them share."""
    shared: dict[str, object] = {
        "kind": kind,
        "language": Language.NL,
        "languages": LANGUAGES,
        "title": title,
        "organisation": ORGANISATION,
        "made": NOW,
        "worker": "Fatima Jansen",
        "actions": (SIGN_OUT,),
    }
    return WorkPage.model_validate(shared | parts)


def row(number: int, title: str, reason: str, due: str, **parts: object) -> TaskRow:
    """A task of the list that is free to claim unless `parts` says otherwise."""
    shared: dict[str, object] = {
        "task": f"t{number}",
        "journey": JOURNEY.id,
        "reference": f"WW-7K4M-2Q9{number}",
        "title": title,
        "reason": reason,
        "flow": JOURNEY.question,
        "promise": Promise(text=due),
        "skill": "bomen",
        "open": Action(kind=ActionKind.OPEN_TASK, label=title, to=f"{JOURNEY.id}/t{number}"),
        "take": Action(
            kind=ActionKind.CLAIM,
            label="Oppakken",
            spoken=f"Oppakken: {title}",
            to=f"{JOURNEY.id}/t{number}",
            writes=True,
        ),
    }
    return TaskRow.model_validate(shared | parts)


ROWS = (
    row(
        1,
        "Spoed bij een boom",
        "De uitkomst vraagt om een medewerker.",
        "Te laat: vandaag om 9.30 uur",
        promise=Promise(text="Te laat: vandaag om 9.30 uur", late=True),
    ),
    row(2, "Bel de burger", "De burger vraagt om een medewerker.", "vandaag voor 15.20 uur", channel="aan de telefoon"),
    row(
        3,
        "Uitzoeken: is deze boom verplicht geplant?",
        "De burger weet dit niet.",
        "morgen voor 12.00 uur",
        claim=Claim.MINE,
        claimed_by="Fatima Jansen",
        take=None,
    ),
    row(
        4,
        "Klopt niet: wie bent u?",
        "De burger zegt dat dit gegeven niet klopt.",
        "vrijdag voor 17.00 uur",
        claim=Claim.TAKEN,
        claimed_by="Daan de Boer",
        take=None,
    ),
)
FILTERS = (
    FilterGroup(
        name="toon",
        label="Toon",
        filters=(
            Filter(label="Op te pakken", to="toon=vrij", count=2),
            Filter(label="Van mij", to="toon=mijn", count=1),
            Filter(label="Alles", to="toon=alles", current=True, count=4),
        ),
    ),
    FilterGroup(
        name="termijn",
        label="Beloofd",
        filters=(
            Filter(label="Elk moment", to="toon=alles", current=True, count=4),
            Filter(label="Te laat", to="toon=alles&termijn=laat", count=1),
            Filter(label="Vandaag", to="toon=alles&termijn=vandaag", count=2),
            Filter(label="Deze week", to="toon=alles&termijn=week", count=100),
        ),
    ),
)
SEARCH = Search(
    kept=(Kept(name="toon", value="alles"),),
    choices=(
        FilterGroup(
            name="proces",
            label="Proces",
            filters=(Filter(label="Alle", to="", current=True), Filter(label=JOURNEY.question, to="boom-kappen")),
        ),
        FilterGroup(
            name="kanaal",
            label="Kanaal",
            filters=(Filter(label="Alle", to="", current=True), Filter(label="Aan de telefoon", to="phone")),
        ),
    ),
    name="kenmerk",
    label="Kenmerk",
    submit="Zoeken",
    clear="toon=alles",
    clear_label="Filters wissen",
)
NO_REFERENCE = "Dit is geen kenmerk. Een kenmerk ziet eruit als WW-K7QM-3X9T."
SIGN_IN = frame(
    WorkKind.SIGN_IN,
    "Inloggen voor medewerkers",
    lead="Log in met uw account van de gemeente.",
    worker="",
    actions=(),
    form=Form(
        fields=(
            Field(
                id="account",
                type="text",
                control=Control.TEXT,
                label="Naam van uw account",
                autocomplete="username",
                size=30,
            ),
            Field(
                id="password",
                type="password",
                control=Control.TEXT,
                label="Wachtwoord",
                autocomplete="current-password",
                size=30,
            ),
        ),
        submit=Action(kind=ActionKind.SIGN_IN, label="Inloggen", writes=True, weight=Weight.PRIMARY),
    ),
)
WORKLIST = frame(
    WorkKind.WORKLIST,
    "Werkvoorraad",
    lead="Bovenaan staat wie om een mens vraagt, dan wat het eerst is beloofd.",
    filters=FILTERS,
    search=SEARCH,
    rows=ROWS,
)
EMPTY = frame(
    WorkKind.WORKLIST,
    "Werkvoorraad",
    filters=FILTERS,
    search=SEARCH.model_copy(update={"value": "Jansen", "wrong": NO_REFERENCE}),
    empty="Er is niets te doen. Alles is opgepakt of afgerond.",
    notices=(Notice(tone=Tone.OK, title="De taak is afgerond"),),
)


def form(title: str, submit: Action, *fields: Field, why: str = "") -> Form:
    """A form of the task page."""
    return Form(title=title, fields=fields, submit=submit, why=why)


def write(kind: ActionKind, label: str, weight: Weight = Weight.SECONDARY, **parts: str) -> Action:
    """A button that sends."""
    return Action.model_validate({"kind": kind, "label": label, "weight": weight, "writes": True} | parts)


def note(key: str, label: str) -> Field:
    """A box for a few lines."""
    return STORY.model_copy(update={"id": key, "label": label, "required": True, "why": ""})


MINE = TaskView(
    row=ROWS[2],
    about="Is deze boom verplicht geplant?",
    asked="Ik weet niet of de boom verplicht geplant is. Mijn buurman denkt van wel.",
    call="06 12345678",
    preferred_time="morgen na 14 uur",
    judge=(
        form(
            "Uw oordeel",
            write(ActionKind.JUDGE, "Oordeel vastleggen", Weight.PRIMARY, fact="herplant_boom"),
            REPLANTED.model_copy(update={"unsure": None, "why": ""}),
            note("motive", "Motivering"),
        ),
    ),
    fill_in=(
        form(
            GIRTH.label,
            write(ActionKind.FILL_IN, "Antwoord vastleggen", fact="omtrek"),
            GIRTH.model_copy(update={"label": GIRTH.say}),
        ),
        form(
            URGENT.label,
            write(ActionKind.FILL_IN, "Antwoord vastleggen", fact="spoed"),
            URGENT.model_copy(update={"label": URGENT.say}),
        ),
    ),
    finish=form("Taak afronden", write(ActionKind.FINISH, "Afronden"), note("note", "Wat hebt u gedaan?")),
    give_back=form(
        "Teruggeven aan de werkvoorraad",
        write(ActionKind.RETURN, "Teruggeven"),
        note("reason", "Waarom geeft u de taak terug?"),
    ),
    contact_note=form(
        "Contact vastleggen", write(ActionKind.NOTE, "Contact vastleggen"), note("text", "Wat is er besproken?")
    ),
)
PROPOSE = form(
    "Besluit voorstellen",
    write(ActionKind.PROPOSE, "Besluit vastleggen", Weight.PRIMARY),
    Field(
        id="outcome",
        type="choice",
        control=Control.RADIOS,
        label="Welk besluit?",
        value="toestemmingsvrij",
        options=(
            Option(value="toestemmingsvrij", label="U hebt geen vergunning nodig.", help="Dit zeggen de regels."),
            Option(value="vergunningplicht", label="U hebt een vergunning nodig."),
        ),
    ),
    note("motive", "Motivering"),
    why="Wijkt u af van de regels? Leg dan uit waarom. Uw team leert ervan.",
)
KNOWN: dict[str, object] = {
    "answers": tuple(
        group.model_copy(
            update={
                "lines": tuple(line.model_copy(update={"change": None, "dispute": None}) for line in group.lines),
            }
        )
        for group in ANSWERS
    ),
    "timeline": STATUS_PAGE.timeline,
    "promises": STATUS_PAGE.promises,
    "journey": JOURNEY,
    "back": BACK,
}
TASK = frame(WorkKind.TASK, MINE.row.title, task=MINE, **KNOWN)
TASK_PROPOSE = frame(
    WorkKind.TASK,
    "Beoordeel de aanvraag",
    task=MINE.model_copy(update={"judge": (), "propose": PROPOSE, "fill_in": ()}),
    outcome=OutcomeView(id="toestemmingsvrij", kind="answer", title="U hebt geen vergunning nodig.", explanation=WHY),
    **KNOWN,
)
TASK_FREE = frame(WorkKind.TASK, ROWS[1].title, task=TaskView(row=ROWS[1]), **KNOWN)
TASK_TAKEN = frame(
    WorkKind.TASK,
    ROWS[3].title,
    task=TaskView(row=ROWS[3]),
    notices=(
        Notice(
            tone=Tone.INFO,
            title="Daan de Boer was u net voor",
            text="Deze taak is al opgepakt. U kunt wel meekijken.",
        ),
    ),
    **KNOWN,
)

WORK_PAGES: dict[str, WorkPage] = {
    "work-sign-in": SIGN_IN,
    "work-list": WORKLIST,
    "work-list-empty": EMPTY,
    "work-task": TASK,
    "work-task-propose": TASK_PROPOSE,
    "work-task-free": TASK_FREE,
    "work-task-taken": TASK_TAKEN,
    "work-talk": talk(),
    "work-error": frame(WorkKind.ERROR, "Dit kan hier niet", lead="U hebt hiervoor andere rechten nodig.", back=BACK),
}
