"""From a dossier to what the API says of it. Pure; the same functions the pages use decide what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import JsonValue

from api.http import shapes
from api.service.dossiers import Dossier
from api.store.port import Task
from engine.feel.unknown import UNKNOWN
from engine.flow.fields import dump_value
from engine.flow.keys import FactKey, read_key
from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.journey.events import Actor, ActorKind
from engine.journey.explain import UsedFact, explain
from engine.journey.facts import unconfirmed, view_of
from engine.journey.options import Ask, Options, options
from engine.journey.remedies import RemedyNow, told_outcome, told_proposal
from engine.journey.state import Journey, Mandate


def changed(dossier: Dossier, actor: Actor, now: datetime) -> shapes.Changed:
    """What a write brought about."""
    journey = dossier.journey
    may = options(dossier.graph, journey, actor, now)
    return shapes.Changed(
        id=journey.id,
        version=journey.seq,
        place=journey.place,
        outcome=_outcome_of(dossier.graph, journey, actor),
        next=may.recommended,
        open=may.is_open,
    )


def journey_now(dossier: Dossier, actor: Actor, now: datetime) -> shapes.JourneyNow:
    """The whole journey as its citizen may see it."""
    graph, journey = dossier.graph, dossier.journey
    may = options(graph, journey, actor, now)
    unreachable = {own.task for own in journey.contacts if own.unreachable}
    return shapes.JourneyNow(
        id=journey.id,
        reference=journey.reference,
        flow=journey.flow,
        flow_version=journey.version,
        version=journey.seq,
        language=journey.language,
        channel=str(journey.channel),
        place=journey.place,
        facts={key: _fact(graph, key, journey) for key in journey.answers},
        no_longer_kept={key: shapes.ErasedNow(at=own.at, rule=own.rule) for key, own in journey.erased.items()},
        options=_options(graph, journey, may),
        outcome=_outcome(graph, journey, actor),
        tasks=tuple(
            shapes.TaskNow(
                id=task.id,
                kind=task.kind,
                reason=task.reason,
                opened_at=task.opened,
                due_at=task.due,
                claimed=bool(task.claimed_by),
                finished=task.finished is not None,
                needs_number=task.id in unreachable and task.finished is None,
            )
            for task in journey.tasks.values()
        ),
        promises=tuple(shapes.PromiseNow(what=what, until=until) for what, until in _promises(journey)),
    )


def token(secret: str, journey: Journey, mandate: str) -> shapes.Token:
    """What a code opened, and as whom."""
    own = journey.mandates.get(mandate)
    return shapes.Token(
        token=secret,
        journey=journey.id,
        reference=journey.reference,
        version=journey.seq,
        acts_as="representative" if own is not None else "citizen",
        mandate=_mandate(own) if own is not None else None,
    )


def _mandate(own: Mandate) -> shapes.MandateNow:
    return shapes.MandateNow(id=own.id, name=own.name, relation=own.relation, scope=own.scope, until=own.until)


def _promises(journey: Journey) -> list[tuple[str, datetime]]:
    """Moments that people may count on: open tasks that were promised, and legal terms."""
    tasks = [(task.kind, task.due) for task in journey.tasks.values() if task.finished is None and task.due is not None]
    terms = [(clock, until) for clock, until in journey.deadlines.items() if clock.startswith("term:")]
    return [*tasks, *terms]


def plain(graph: Graph, key: str, value: object) -> JsonValue:
    """A fact's typed value as canonical JSON; a list is the number of its items."""
    parsed = read_key(key) or FactKey(key)
    node = graph.facts.get(parsed.path)
    if node is None or node.spec.type is FactType.LIST:
        return value if isinstance(value, int) else str(value)
    return dump_value(node.spec.type, value)


def _fact(graph: Graph, key: str, journey: Journey) -> shapes.FactNow:
    answer = journey.answers[key]
    return shapes.FactNow(
        value=plain(graph, key, answer.value),
        supplier=str(answer.supplier),
        source=answer.source if answer.supplier != "worker" else "",
        disputed=bool(answer.disputed),
        to_confirm=unconfirmed(graph, key, answer),
    )


def _options(graph: Graph, journey: Journey, may: Options) -> shapes.OptionsNow:
    return shapes.OptionsNow(
        place=may.place,
        does=may.does,
        recommended=may.recommended,
        questions=tuple(_question(graph, journey, ask) for ask in may.questions),
        changeable=may.changeable,
        disputable=may.disputable,
        steps=may.steps,
        contact=tuple(
            shapes.WayNow(channel=str(way.channel), open_now=way.open_now, opens_at=way.opens_at, promise=way.promise)
            for way in may.contact
        ),
        channels=tuple(str(channel) for channel in may.channels),
        remedies=tuple(remedy.kind for remedy in may.remedies if remedy.step),
        against=tuple(_remedy(graph, journey, remedy) for remedy in may.remedies),
        may_pause=may.may_pause,
        paused_until=may.paused_until,
        mandates=tuple(map(_mandate, may.mandates)),
    )


def _remedy(graph: Graph, journey: Journey, own: RemedyNow) -> shapes.RemedyNow:
    outcome = graph.flow.outcomes[told_outcome(graph, journey)]
    at = outcome.remedy.at if outcome.remedy is not None and own.kind == outcome.remedy.kind else None
    return shapes.RemedyNow(
        kind=own.kind,
        step=own.step,
        at=at.in_(journey.language) if at is not None else "",
        within=own.within,
        last_day=own.last_day,
        late=own.late,
        source=own.source,
    )


def _question(graph: Graph, journey: Journey, ask: Ask) -> shapes.QuestionNow:
    parsed = read_key(ask.fact) or FactKey(ask.fact)
    spec = graph.facts[parsed.path].spec
    words = {name: getattr(spec, name) for name in ("ask", "why", "help")}
    said = {name: text.in_(journey.language) if text is not None else "" for name, text in words.items()}
    return shapes.QuestionNow(
        fact=ask.fact,
        type=str(spec.type),
        options=tuple(spec.options),
        unsure=ask.unsure,
        to_confirm=ask.confirm,
        **said,
    )


def _outcome_of(graph: Graph, journey: Journey, actor: Actor) -> str:
    """What it comes to: for a worker as proposed, for others as it was made known."""
    if actor.kind is ActorKind.WORKER:
        return journey.proposed or journey.outcome
    return told_outcome(graph, journey)


def _outcome(graph: Graph, journey: Journey, actor: Actor) -> shapes.OutcomeNow | None:
    name = _outcome_of(graph, journey, actor)
    if not name:
        return None
    spec = graph.flow.outcomes[name]
    view = view_of(graph, journey)
    found = {value: view.value(value) for value in (*spec.values, *spec.if_known)}
    return shapes.OutcomeNow(
        id=name,
        kind=str(spec.kind),
        title=spec.title.in_(journey.language) if spec.title is not None else "",
        values={key: decision_value(graph, key, value) for key, value in found.items() if value is not UNKNOWN},
    )


def decision_value(graph: Graph, name: str, value: object) -> JsonValue:
    """A decision's value as JSON: by its declared type, lists item by item."""
    if value is UNKNOWN:
        return None
    ruling = graph.rulings.get(name)
    if ruling is None:
        return plain(graph, name, value)
    if isinstance(value, list) and ruling.type is not FactType.CHOICES:
        return [dump_value(ruling.type, own) for own in value]
    return dump_value(ruling.type, value)


def explanation(dossier: Dossier) -> shapes.ExplanationNow:
    """Why it came out so, in full."""
    graph, journey = dossier.graph, dossier.journey
    found, outcome = explain(graph, journey), told_outcome(graph, journey)
    proposal = told_proposal(graph, journey)
    deviates = outcome != found.outcome
    return shapes.ExplanationNow(
        outcome=outcome,
        by_rules=found.outcome,
        motive=proposal.motive if proposal is not None else "",
        conclusions=tuple(
            shapes.ConclusionNow(
                decision=own.decision,
                table=own.table,
                value=decision_value(graph, own.decision, own.value),
                row=own.row,
                rows=own.rows,
                source=_source(graph, own.source),
                because=own.because,
                reasons=own.told,
                calculation=own.calculation,
                facts=tuple(_used(graph, fact) for fact in own.facts),
                rests_on=own.rests_on,
                not_applied=tuple(
                    shapes.RowPassed(
                        row=row.number, conclusion=row.output, condition=row.condition, value=_seen(row.saw)
                    )
                    for row in own.passed
                ),
            )
            for own in found.conclusions
        ),
        facts=tuple(_used(graph, fact) for fact in found.facts),
        otherwise=tuple(
            shapes.OtherwiseNow(fact=own.fact, value=plain(graph, own.fact, own.value), outcome=own.outcome)
            for own in found.what_if
            if not deviates
        ),
    )


def _seen(value: object) -> JsonValue:
    if value is None or value is UNKNOWN or isinstance(value, bool):
        return value if isinstance(value, bool) else None
    return [str(own) for own in value] if isinstance(value, list) else str(value)


def _source(graph: Graph, name: str) -> Mapping[str, Any] | None:
    spec = graph.flow.sources.get(name)
    return None if spec is None else {"name": name, **spec.model_dump(mode="json", exclude_defaults=True)}


def _used(graph: Graph, fact: UsedFact) -> shapes.FactUsed:
    return shapes.FactUsed(
        fact=fact.fact,
        value=plain(graph, fact.fact, fact.value),
        supplier=fact.supplier,
        at=fact.at,
        source=fact.source if fact.supplier != "worker" else "",
        by=fact.by,
    )


def work_row(task: Task) -> shapes.WorkRow:
    """A row of the worklist."""
    return shapes.WorkRow(
        id=task.id,
        journey=task.journey,
        reference=task.reference,
        flow=task.flow,
        kind=task.kind,
        reason=task.reason,
        skill=task.skill,
        opened_at=task.opened_at,
        due_at=task.due_at,
        claimed_by=task.claimed_by,
        channel=task.channel,
    )
