"""Where a journey stands: what happened, what is going on, what comes next, and what was promised.

The past comes from the events (`Wanted.history`), the present and the future from the place and its clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from engine.journey import events as ev
from ui_schema.build_contact import requests
from ui_schema.build_failed import gave_up_on
from ui_schema.flow_texts import words
from ui_schema.notation import day_words, deadline_words, local, moment_words, period_words
from ui_schema.process_words import message_words
from ui_schema.scene import Scene
from ui_schema.shape import Moment, MomentState, Promise
from ui_schema.texts import known, say

QUIET_STEPS = frozenset({"", "change", "settled"})
PERSONAL = frozenset({"ask_person"})


def promises(scene: Scene) -> tuple[Promise, ...]:
    """What the citizen may count on, or must do in time."""
    return (*requests(scene), *_by_the_clock(scene))


def _by_the_clock(scene: Scene) -> Iterator[Promise]:
    place = scene.graph.process.places.get(scene.journey.place)
    if place is None:
        return
    if place.who == "worker":
        due = _nearest(scene)
        if due is not None:
            yield _promise(scene, "promise.decide", due)
    elif place.does == "questions" and scene.journey.place != scene.graph.process.start:
        due = scene.journey.deadlines.get("place")
        if due is not None:
            yield _promise(scene, "promise.your_turn", due)
    elif place.does in ("questions", "check"):
        due = scene.journey.deadlines.get("place")
        if due is not None:
            yield Promise(text=say(scene.language, "promise.keep", date=_last_day(scene, due)), due=due)


def _last_day(scene: Scene, due: datetime) -> str:
    """The last day before a clock runs out: the end of a day is the beginning of the next."""
    return day_words((local(due) - datetime.resolution).date(), scene.language)


def _nearest(scene: Scene) -> datetime | None:
    """The first moment at which the citizen will hear: an open task's promise or a term's end."""
    tasks = (task for task in scene.journey.tasks.values() if task.finished is None and task.kind not in PERSONAL)
    moments = [task.due for task in tasks if task.due is not None]
    deadlines = scene.journey.deadlines.items()
    clocks = [until for clock, until in deadlines if clock == "place" or clock.startswith(ev.TERM)]
    return min((*moments, *clocks), default=None)


def _promise(scene: Scene, key: str, due: datetime) -> Promise:
    late = due < scene.now
    text = say(
        scene.language,
        f"{key}_late" if late and known(f"{key}_late") else key,
        deadline=before(scene, due),
    )
    return Promise(text=text, due=due, late=late)


def before(scene: Scene, due: datetime) -> str:
    """`voor vandaag 15.20 uur`."""
    return f"{say(scene.language, 'promise.before')} {deadline_words(due, scene.now, scene.language)}"


def submit_promise(scene: Scene) -> tuple[Promise, ...]:
    """On the check page: how long a decision takes after sending."""
    terms = [term for term in scene.graph.process.terms.values() if term.starts == "submit"]
    if not terms or "submit" not in scene.options.steps:
        return ()
    period = period_words(terms[0].length, scene.language)
    return (Promise(text=say(scene.language, "promise.decide_within", period=period)),)


def timeline(scene: Scene, *, professional: bool = False) -> tuple[Moment, ...]:
    """Past, present and future. A professional also reads notes and motives."""
    past = [moment for event in scene.wanted.history for moment in _past(scene, event, professional)]
    return (*_without_repeats(past), *_present(scene), *_future(scene))


def _past(scene: Scene, event: ev.Event, professional: bool) -> Iterator[Moment]:
    tell = _TELL.get(type(event))
    title = tell(scene, event, professional) if tell is not None else ""
    if title:
        note = str(getattr(event, "note", "") or getattr(event, "motive", "")) if professional else ""
        if isinstance(event, ev.Told):
            note = message_words(scene, event.text, event.deadline)
        yield Moment(
            state=MomentState.DONE,
            title=title,
            when=moment_words(event.at, scene.language),
            at=event.at,
            text=note,
            by=_by(scene, event, professional),
        )


def _by(scene: Scene, event: ev.Event, professional: bool) -> str:
    """Who did it: the citizen, who acts for the citizen by name, or us."""
    if event.actor.kind is ev.ActorKind.CITIZEN:
        return _said(scene, "moment.by_you", professional)
    if event.actor.kind is ev.ActorKind.REPRESENTATIVE:
        return say(scene.language, "moment.by_other", name=_named(scene, event.actor.id))
    return event.actor.id if professional and event.actor.id else scene.wanted.house.name


def _without_repeats(moments: list[Moment]) -> list[Moment]:
    """Several answers filled in at once by a worker are one moment."""
    shown = [(own.title, own.text) for own in moments]
    return [own for number, own in enumerate(moments) if not number or shown[number] != shown[number - 1]]


def _present(scene: Scene) -> Iterator[Moment]:
    title = words(scene.graph.process.title(scene.journey.place), scene.language)
    place = scene.graph.process.places.get(scene.journey.place)
    if place is None:
        yield Moment(state=MomentState.NOW, title=title, text=say(scene.language, "status.done"))
        return
    turn = "status.your_turn" if place.who == "citizen" and place.does != "outcome" else "status.nothing"
    claimed = any(task.claimed_by and task.finished is None for task in scene.journey.tasks.values())
    text = say(scene.language, "moment.claimed") + "." if claimed else say(scene.language, turn)
    yield Moment(state=MomentState.NOW, title=title, text=text)


def _future(scene: Scene) -> Iterator[Moment]:
    for promise in promises(scene):
        if not promise.late and promise.due is not None:
            yield Moment(state=MomentState.NEXT, title=promise.text, at=promise.due)


def _said(scene: Scene, key: str, professional: bool) -> str:
    """Our own words, as said to a citizen or about one."""
    own = f"work.{key}"
    return say(scene.language, own if professional and known(own) else key)


def _step(scene: Scene, event: ev.StepTaken, professional: bool) -> str:
    named = {"submit": "moment.submitted", "withdraw": "moment.withdrawn"}.get(event.step)
    if named is not None:
        return _said(scene, named, professional)
    return say(scene.language, f"step.{event.step}") if known(f"step.{event.step}") else ""


def _place(scene: Scene, event: ev.PlaceEntered, _professional: bool) -> str:
    if event.by_event in QUIET_STEPS or event.by_event in ("submit", "withdraw"):
        return ""
    return words(scene.graph.process.title(event.place), scene.language)


def _helped(scene: Scene, event: ev.AnswerGiven, _professional: bool) -> str:
    return say(scene.language, "moment.helped") if event.actor.kind is ev.ActorKind.WORKER else ""


def _finished(scene: Scene, event: ev.TaskFinished, _professional: bool) -> str:
    return say(scene.language, "moment.finished") if event.actor.kind is ev.ActorKind.WORKER else ""


def _switched(scene: Scene, event: ev.ChannelSwitched, professional: bool) -> str:
    key = "work.moment.switched" if professional else "moment.switched"
    return say(scene.language, key, channel=say(scene.language, f"channel.{event.to}"))


def _named(scene: Scene, mandate: str) -> str:
    own = scene.journey.mandates.get(mandate)
    return own.name if own is not None else ""


def _represented(scene: Scene, event: ev.Represented, professional: bool) -> str:
    return _of_mandate(scene, "moment.represented", event.name, professional)


def _not_any_more(scene: Scene, event: ev.MandateEnded, professional: bool) -> str:
    return _of_mandate(scene, "moment.mandate_ended", _named(scene, event.mandate), professional)


def _of_mandate(scene: Scene, key: str, name: str, professional: bool) -> str:
    return say(scene.language, f"work.{key}" if professional else key, name=name)


def _in_touch(scene: Scene, event: ev.ContactRecorded, professional: bool) -> str:
    key = "work.moment.contact_over" if professional else "moment.contact_over"
    return say(scene.language, key, channel=say(scene.language, f"channel.{event.over}"))


def _mailed(scene: Scene, event: ev.MessageSent, professional: bool) -> str:
    if event.over is not ev.Channel.EMAIL:
        return ""
    key = "work.moment.message" if professional else "moment.message"
    return say(scene.language, key, channel=say(scene.language, f"channel.{event.over}"))


def _gave_up(scene: Scene, event: ev.EffectFailed, professional: bool) -> str:
    """Only for who works on it: the citizen is told by the person who gets the work."""
    return gave_up_on(event.reason, scene.language) if professional else ""


def _fixed(key: str) -> Callable[[Scene, ev.Event, bool], str]:
    return lambda scene, _event, professional: _said(scene, key, professional)


_TELL: dict[type[ev.Event], Callable[..., str]] = {
    ev.JourneyStarted: _fixed("moment.started"),
    ev.AnswerGiven: _helped,
    ev.FactDisputed: _fixed("moment.disputed"),
    ev.PersonAsked: _fixed("moment.asked_person"),
    ev.ChannelSwitched: _switched,
    ev.ContactRecorded: _in_touch,
    ev.MessageSent: _mailed,
    ev.Told: _fixed("moment.told"),
    ev.Represented: _represented,
    ev.MandateEnded: _not_any_more,
    ev.JourneyPaused: _fixed("moment.paused"),
    ev.JourneyResumed: _fixed("moment.resumed"),
    ev.ReachGiven: _fixed("moment.reach"),
    ev.EffectFailed: _gave_up,
    ev.RegisterSilent: _fixed("moment.register_silent"),
    ev.JourneyMigrated: _fixed("moment.migrated"),
    ev.FactsErased: _fixed("moment.erased"),
    ev.TaskFinished: _finished,
    ev.JudgementGiven: _fixed("moment.judged"),
    ev.DisputeSettled: _fixed("moment.judged"),
    ev.StepTaken: _step,
    ev.PlaceEntered: _place,
    ev.OutcomeSettled: _fixed("moment.outcome"),
}
