"""Hand-made pages of how a journey comes out and where it stands."""

from __future__ import annotations

from tests.ui_schema.sample_fields import ANSWERS, NOW, SAVE, STATUS, WHY, WITHDRAW, frame
from ui_schema.outcome import Explanation, OutcomeView, Remedy, Value
from ui_schema.page import PageKind
from ui_schema.shape import Action, ActionKind, Moment, MomentState, Promise, Source, Weight

ANSWERED = frame(
    PageKind.OUTCOME,
    "U hebt geen vergunning nodig.",
    outcome=OutcomeView(
        id="toestemmingsvrij",
        kind="answer",
        good=True,
        title="U hebt geen vergunning nodig.",
        paragraphs=("U mag beginnen wanneer u wilt. Let op nesten: vogels mag u niet storen.",),
        explanation=WHY,
    ),
    answers=ANSWERS[:1],
    actions=(Action(kind=ActionKind.SIGNAL, label="Er ging iets niet goed"), STATUS),
)
REFUSED = frame(
    PageKind.OUTCOME,
    "U krijgt geen vergunning.",
    outcome=OutcomeView(
        id="geweigerd",
        kind="refusal",
        title="U krijgt geen vergunning.",
        paragraphs=("De boom staat op de lijst van bijzondere bomen.",),
        values=(
            Value(label="Datum van het besluit", text="23 november 2026"),
            Value(label="Wat u nog kunt sturen", text="een foto en een rapport", items=("Een foto", "Een rapport")),
        ),
        motive="De boom is gezond en ouder dan tachtig jaar. Snoeien mag wel.",
        explanation=WHY,
        remedy=Remedy(
            kind="bezwaar",
            title="Bent u het er niet mee eens?",
            text="U kunt bezwaar maken. Dan kijkt iemand anders er opnieuw naar.",
            at="Gemeente Voorbeeld, Postbus 1, 1000 AA Voorbeeld",
            until="4 januari 2027",
            source=Source(label="Algemene wet bestuursrecht, artikel 6:7"),
            action=Action(
                kind=ActionKind.STEP, label="Bezwaar maken", step="object", writes=True, weight=Weight.PRIMARY
            ),
        ),
    ),
    answers=ANSWERS,
    actions=(STATUS,),
)
HANDED = frame(
    PageKind.OUTCOME,
    "Wij bellen u, zo nodig meteen.",
    outcome=OutcomeView(
        id="neem_contact_op",
        kind="task",
        title="Wij bellen u, zo nodig meteen.",
        paragraphs=("Een boomdeskundige kijkt met u mee.",),
        explanation=Explanation(short="Er is spoed."),
        next=(Promise(text="Wij bellen u voor maandag 23 november om 15.20 uur.", due=NOW),),
    ),
    actions=(STATUS,),
)
STATUS_PAGE = frame(
    PageKind.STATUS,
    "Wij beoordelen uw aanvraag",
    lead="U hoeft nu niets te doen.",
    promises=(Promise(text="U krijgt voor 18 januari 2027 ons besluit.", due=NOW),),
    timeline=(
        Moment(state=MomentState.DONE, title="U bent begonnen", when="maandag 23 november, 9.02 uur", by="u"),
        Moment(state=MomentState.DONE, title="U hebt alles verstuurd", when="maandag 23 november, 9.10 uur", by="u"),
        Moment(
            state=MomentState.DONE,
            title="Een boomdeskundige heeft uw aanvraag opgepakt",
            when="maandag 23 november, 10.15 uur",
            by="Gemeente Voorbeeld",
        ),
        Moment(state=MomentState.NOW, title="Wij beoordelen uw aanvraag", text="U hoeft nu niets te doen."),
        Moment(
            state=MomentState.NEXT, title="U krijgt ons besluit", when="voor 18 januari 2027", by="Gemeente Voorbeeld"
        ),
    ),
    answers=ANSWERS,
    actions=(SAVE, WITHDRAW),
)
