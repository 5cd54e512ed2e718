"""Pages that belong to no journey: the citizens' questions, a flow's first page, going on with a code, errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.graph.view import View
from engine.journey.relevance import relevance
from ui_schema.build_contact import house_contact
from ui_schema.fields import Control, Field, Form, Message, Option
from ui_schema.flow_texts import words
from ui_schema.house import House
from ui_schema.page import AnswerGroup, AnswerLine, FieldError, FlowCard, Page, PageKind
from ui_schema.scene import languages
from ui_schema.shape import Action, ActionKind, Language, Notice, Weight
from ui_schema.texts import known, say


def _frame(kind: PageKind, title: str, language: Language, house: House, now: datetime, **parts: object) -> Page:
    shared: dict[str, object] = {
        "kind": kind,
        "language": language,
        "languages": languages(language),
        "title": title,
        "organisation": house.organisation,
        "made": now,
        "contact": house_contact(house, language, now),
    }
    return Page.model_validate(shared | parts)


def about_how_many(graph: Graph) -> int:
    """Roughly how many questions a citizen gets: half of those that could be asked."""
    first = relevance(graph, View(graph, {}))
    return max(1, (len(first.askable) + 1) // 2)


def _count(graph: Graph, language: Language) -> str:
    count = about_how_many(graph)
    return say(language, "home.about_one") if count == 1 else say(language, "home.about", count=count)


def home_page(graphs: Iterable[Graph], language: Language, house: House, now: datetime) -> Page:
    """The questions that citizens come with."""
    cards = tuple(
        FlowCard(
            flow=graph.flow.flow,
            question=graph.flow.question.in_(language.value),
            lead=_count(graph, language),
            action=Action(kind=ActionKind.START, label=graph.flow.question.in_(language.value), to=graph.flow.flow),
        )
        for graph in graphs
    )
    return _frame(
        PageKind.HOME,
        say(language, "home.title"),
        language,
        house,
        now,
        lead=say(language, "home.lead" if cards else "home.empty"),
        cards=cards,
        actions=(Action(kind=ActionKind.RESUME, label=say(language, "do.resume")),),
    )


def start_page(graph: Graph, language: Language, house: House, now: datetime, *, demo: bool = False) -> Page:
    """What to expect before a journey begins. In a demo one can sign in as somebody made up, where a register helps."""
    registers = any(ref.kind is SupplierKind.REGISTER for node in graph.facts.values() for ref in node.spec.suppliers)
    sign_in = Action(kind=ActionKind.DEMO_SIGN_IN, label=say(language, "demo.sign_in"), to=graph.flow.flow)
    about = words(graph.flow.about, language)
    return _frame(
        PageKind.START,
        graph.flow.question.in_(language.value),
        language,
        house,
        now,
        lead=about or f"{_count(graph, language)}.",
        disclaimer=words(graph.flow.notice, language),
        primary=Action(
            kind=ActionKind.START,
            label=say(language, "do.start"),
            to=graph.flow.flow,
            weight=Weight.PRIMARY,
            writes=True,
        ),
        actions=(sign_in,) if demo and registers else (),
        back=Action(kind=ActionKind.HOME, label=say(language, "do.back_home")),
    )


def demo_sign_in_page(
    graph: Graph, people: Mapping[str, str], language: Language, house: House, now: datetime, wrong: str = ""
) -> Page:
    """Sign in as somebody made up, so that registers can be shown. Only in a demo."""
    message = Message(code="demo.choose", text=wrong)
    person = Field(
        id="person",
        type="choice",
        control=Control.RADIOS,
        label=say(language, "demo.who"),
        options=tuple(Option(value=key, label=name, help=_about(key, language)) for key, name in people.items()),
        errors=(message,) if wrong else (),
    )
    do = Action(
        kind=ActionKind.DEMO_SIGN_IN,
        label=say(language, "demo.go_on"),
        to=graph.flow.flow,
        writes=True,
        weight=Weight.PRIMARY,
    )
    return _frame(
        PageKind.DEMO,
        say(language, "demo.title"),
        language,
        house,
        now,
        lead=say(language, "demo.lead"),
        errors=(FieldError(field="person", message=message),) if wrong else (),
        form=Form(fields=(person,), submit=do),
        back=Action(kind=ActionKind.START, label=say(language, "do.back"), to=graph.flow.flow),
    )


def demo_mail_page(mails: Iterable[tuple[str, str]], language: Language, house: House, now: datetime) -> Page:
    """The mails that the demo would have sent, the newest first: subject and text."""
    lines = tuple(AnswerLine(fact=f"mail{n}", label=subject, text=text) for n, (subject, text) in enumerate(mails))
    return _frame(
        PageKind.DEMO,
        say(language, "demo.mail.title"),
        language,
        house,
        now,
        lead=say(language, "demo.mail.lead" if lines else "demo.mail.none"),
        answers=(AnswerGroup(title="", lines=lines),) if lines else (),
        back=Action(kind=ActionKind.HOME, label=say(language, "do.back_home")),
    )


def _about(person: str, language: Language) -> str:
    return say(language, f"demo.person.{person}") if known(f"demo.person.{person}") else ""


def contact_page(language: Language, house: House, now: datetime) -> Page:
    """How the organisation is reached."""
    view = house_contact(house, language, now)
    back = Action(kind=ActionKind.HOME, label=say(language, "do.back_home"))
    return _frame(PageKind.CONTACT, view.title, language, house, now, lead=view.lead, back=back)


def resume_page(
    language: Language, house: House, now: datetime, wrong: str = "", notices: tuple[Notice, ...] = ()
) -> Page:
    """Go on with a code. `wrong` is a sentence when the code did not open anything."""
    message = Message(code="code.wrong", text=wrong)
    field = Field(
        id="code",
        type="code",
        control=Control.TEXT,
        label=say(language, "resume.code"),
        help=say(language, "resume.code_help"),
        size=20,
        max_length=40,
        errors=(message,) if wrong else (),
    )
    go_on = say(language, "do.continue")
    return _frame(
        PageKind.RESUME,
        say(language, "resume.title"),
        language,
        house,
        now,
        lead=say(language, "resume.lead"),
        notices=notices,
        errors=(FieldError(field="code", message=message),) if wrong else (),
        form=Form(
            fields=(field,),
            submit=Action(kind=ActionKind.RESUME, label=go_on, writes=True, weight=Weight.PRIMARY),
        ),
        back=Action(kind=ActionKind.HOME, label=say(language, "do.back_home")),
    )


def error_page(name: str, language: Language, house: House, now: datetime, text: str = "") -> Page:
    """Something could not be done: `name` is one of the `error.*` texts, `text` replaces its advice."""
    return _frame(
        PageKind.ERROR,
        say(language, f"error.{name}.title"),
        language,
        house,
        now,
        lead=text or say(language, f"error.{name}.text"),
        primary=Action(kind=ActionKind.HOME, label=say(language, "do.home"), weight=Weight.PRIMARY),
        actions=(Action(kind=ActionKind.RESUME, label=say(language, "do.resume")),),
    )
