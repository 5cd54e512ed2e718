"""The standard process, as data: what a flow without `process:` gets, and what `from: standard@1` starts from.

Published versions never change: a journey keeps its own, and this text is part of every flow's content hash.
A better standard becomes `standard@2` beside it.

`TEXTS` and `TASKS` are the words for what the standard's steps tell and whom they ask; a flow's own `texts` and
`tasks` of the same name win. In a text only {deadline} and {contact} may stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.flow.model import ContactKind, Flow, Place, Span, TaskKind, Term, Text


def _text(nl: str, en: str) -> Text:
    return Text({"nl": nl, "en": en})


def _place(who: str, does: str, nl: str, en: str, **clock: str) -> Place:
    return Place.model_validate({"who": who, "does": does, "title": {"nl": nl, "en": en}, **clock})


@dataclass(frozen=True, slots=True)
class Standard:
    """One published version of the standard process."""

    name: str
    places: Mapping[str, Place]
    ends: Mapping[str, Text]
    terms: Mapping[str, Term]
    steps: str
    texts: Mapping[str, Text] = field(default_factory=dict)
    tasks: Mapping[str, TaskKind] = field(default_factory=dict)


_STEPS: Final = """
| from       | event        | by      | if                        | to         | do |
| answering  | settled      | engine  | outcome.kind = "answer"   | answered   | tell outcome |
| answering  | settled      | engine  | outcome.kind = "handover" | closed     | tell outcome; hand_over outcome |
| answering  | settled      | engine  | outcome.kind = "task"     | judging    | tell outcome; task outcome |
| answering  | settled      | engine  | else                      | checking   | - |
| answering  | needs_worker | engine  | -                         | checking   | - |
| answering  | late         | clock   | -                         | expired    | tell verlopen |
| answered   | change       | citizen | -                         | answering  | - |
| answered   | late         | clock   | -                         | closed     | - |
| checking   | change       | citizen | -                         | answering  | - |
| checking   | submit       | citizen | outcome.kind = "grant"    | decided    | publish outcome |
| checking   | submit       | citizen | else                      | judging    | tell ontvangen; task beoordelen |
| checking   | late         | clock   | -                         | expired    | tell verlopen |
| judging    | ask_more     | worker  | -                         | completing | tell wat_ontbreekt |
| judging    | propose      | worker  | -                         | decided    | publish outcome |
| judging    | extend       | worker  | -                         | stay       | extend decide; tell uitstel |
| judging    | late         | clock   | -                         | stay       | task teamleider; tell te_laat |
| completing | submit       | citizen | -                         | judging    | task beoordelen |
| completing | late         | clock   | -                         | judging    | task beslis_met_wat_er_is |
| decided    | object       | citizen | -                         | objecting  | tell bezwaar_binnen; task bezwaar |
| closed     | object       | citizen | outcome.kind = "grant" or outcome.kind = "refusal" \
| objecting  | tell bezwaar_binnen; task bezwaar |
| closed     | object       | citizen | else                      | stay       | tell geen_bezwaar; task bel_terug |
| decided    | late         | clock   | -                         | closed     | - |
| objecting  | propose      | worker not propose | -                         | reviewed   | publish outcome |
| reviewed   | go_to_judge  | citizen | -                         | closed     | hand_over rechter; tell rechter |
| reviewed   | late         | clock   | -                         | closed     | - |
| objecting  | late         | clock   | -                         | stay       | task teamleider; tell te_laat |
| answering, answered, checking, judging, completing, objecting \
| withdraw | citizen | - | withdrawn | tell ingetrokken |
"""

_TEXTS: Final = {
    "verlopen": _text(
        "We hebben een tijd niets van u gehoord, dus we stoppen hier. U kunt altijd opnieuw beginnen.",
        "We have not heard from you for a while, so we stop here. You can always start again.",
    ),
    "reminder": _text(
        "U bent nog niet klaar. U kunt verder tot {deadline}. Hulp nodig? {contact}.",
        "You have not finished yet. You can continue until {deadline}. Do you need help? {contact}.",
    ),
    "ontvangen": _text(
        "We hebben alles ontvangen. U hoort voor {deadline} van ons.",
        "We have received everything. You will hear from us before {deadline}.",
    ),
    "wat_ontbreekt": _text(
        "We hebben nog iets van u nodig. Vul het aan voor {deadline}.",
        "We still need something from you. Please complete it before {deadline}.",
    ),
    "uitstel": _text(
        "We hebben meer tijd nodig. U hoort voor {deadline} van ons.",
        "We need more time. You will hear from us before {deadline}.",
    ),
    "te_laat": _text(
        "Het lukt ons niet op tijd. Een leidinggevende kijkt mee. U kunt ons bereiken: {contact}.",
        "We are not going to make it in time. A team leader is looking into it. You can reach us: {contact}.",
    ),
    "bezwaar_binnen": _text(
        "We hebben uw bezwaar ontvangen. Iemand anders bekijkt uw zaak opnieuw. U hoort voor {deadline} van ons.",
        "We have received your objection. Somebody else looks at your case again. "
        "You will hear from us before {deadline}.",
    ),
    "geen_bezwaar": _text(
        "Hiertegen kunt u geen bezwaar maken. We bellen u om te bespreken wat wel kan.",
        "You cannot object to this. We will call you to discuss what is possible.",
    ),
    "rechter": _text(
        "U kunt naar de rechter gaan. Wilt u daar hulp bij? {contact}.",
        "You can go to court. Would you like help with that? {contact}.",
    ),
    "ingetrokken": _text(
        "U hebt uw vraag ingetrokken. We doen er niets meer mee.",
        "You have withdrawn your question. We will not do anything more with it.",
    ),
}


def _task(nl: str, en: str, working_hours: int, skill: str = "behandelaar") -> TaskKind:
    return TaskKind.model_validate(
        {"text": {"nl": nl, "en": en}, "skill": skill, "within": {"working_hours": working_hours}}
    )


_TASKS: Final = {
    "beoordelen": _task("Beoordeel deze aanvraag.", "Assess this application.", 40),
    "beslis_met_wat_er_is": _task(
        "Er kwam geen aanvulling. Beslis met wat er is.", "Nothing more came in. Decide with what there is.", 40
    ),
    "bezwaar": _task("Bekijk dit bezwaar.", "Look at this objection.", 40, "bezwaar"),
    "bel_terug": _task("Bel deze inwoner terug.", "Call this citizen back.", 4),
    "teamleider": _task("Dit is te laat. Zorg dat het verder gaat.", "This is late. Get it going.", 8, "teamleider"),
}

STANDARD_1: Final = Standard(
    name="standard@1",
    places={
        "answering": _place("citizen", "questions", "Uw vragen", "Your questions", within="P90D", remind="P60D"),
        "answered": _place("citizen", "outcome", "Uw antwoord", "Your answer", within="P30D"),
        "checking": _place("citizen", "check", "Kijk alles na", "Check everything", within="P30D", remind="P7D"),
        "judging": _place(
            "worker",
            "judge",
            "Wij beoordelen uw aanvraag",
            "We assess your application",
            under="decide",
            skill="behandelaar",
        ),
        "completing": _place(
            "citizen",
            "questions",
            "Wij hebben nog iets van u nodig",
            "We still need something from you",
            within="P2W",
            remind="P4D",
            suspends="decide",
        ),
        "decided": _place("citizen", "outcome", "Ons besluit", "Our decision", within="P6W"),
        "objecting": _place(
            "worker",
            "judge",
            "Uw bezwaar wordt bekeken",
            "Your objection is being looked at",
            under="object",
            skill="bezwaar",
        ),
        "reviewed": _place(
            "citizen", "outcome", "Ons besluit op uw bezwaar", "Our decision on your objection", within="P6W"
        ),
    },
    ends={
        "closed": _text("Afgerond", "Finished"),
        "withdrawn": _text("Ingetrokken", "Withdrawn"),
        "expired": _text("Verlopen", "Expired"),
    },
    terms={
        "decide": Term(starts="submit", ends=("decided", "withdrawn", "expired"), length="P8W", source="awb_4_13"),
        "object": Term(starts="object", ends=("reviewed", "withdrawn"), length="P6W", source="awb_7_10"),
    },
    steps=_STEPS.strip("\n"),
    texts=_TEXTS,
    tasks=_TASKS,
)

ASK_PERSON: Final = STANDARD_1.tasks["bel_terug"]
"""What asking for a person promises where the flow does not say."""


def answered_by(flow: Flow, event: ContactKind = "ask_person") -> tuple[str, Span | None]:
    """The skill of whoever answers `ask_person` or `dispute`, and how soon: `contact` of the flow, else the standard's.

    What is not said of a dispute is as for somebody who asks for a person.
    """
    said = [own for own in (flow.contact.get(event), flow.contact.get("ask_person"), ASK_PERSON) if own is not None]
    return next(own.skill for own in said if own.skill), next(own.within for own in said if own.within)


def task_kind(flow: Flow, name: str) -> TaskKind | None:
    """A kind of task by its name: the flow's own, else the standard's."""
    return flow.tasks.get(name) or STANDARD_1.tasks.get(name)


STANDARDS: Final[Mapping[str, Standard]] = {STANDARD_1.name: STANDARD_1}
