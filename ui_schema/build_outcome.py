"""How it came out and why: the outcome's own words, its values, the remedy, and the reasons in three grades."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel.unknown import UNKNOWN
from engine.flow.fields.joined import joined
from engine.flow.model import FactType, Outcome, OutcomeKind, RemedyKind
from engine.graph import intervals
from engine.graph.evaluation import evaluate
from engine.journey import explain as reasons
from engine.journey.facts import day
from engine.journey.remedies import told_outcome, told_proposal
from ui_schema.build_answers import question_of, supplier_words
from ui_schema.build_calculation import calculation
from ui_schema.flow_texts import OPEN, filled, label_of, outcome_title, shown, words
from ui_schema.notation import day_words, period_words
from ui_schema.outcome import Conclusion, Explanation, FactUse, OutcomeView, Remedy, Value
from ui_schema.process_words import contact_words
from ui_schema.scene import Scene
from ui_schema.shape import Action, ActionKind, Language, Promise
from ui_schema.sources import source_of
from ui_schema.texts import known, say

MOST_WHAT_IFS = 3


def outcome_view(scene: Scene, *, promises: tuple[Promise, ...] = (), professional: bool = False) -> OutcomeView | None:
    """The outcome as it is now (a worker's proposal goes before the rules'); None while it is open."""
    journey, language = scene.journey, scene.language
    name = journey.outcome if professional else told_outcome(scene.graph, journey)
    proposal = told_proposal(scene.graph, journey)
    spec = scene.graph.flow.outcomes.get(name)
    if spec is None:
        return None
    title = filled(spec.title, language, scene.view) or outcome_title(scene.graph, name, language)
    paragraphs = tuple(_paragraphs(scene, name, spec))
    return OutcomeView(
        id=name,
        kind=str(spec.kind),
        title=title,
        good=_is_best(scene, spec),
        paragraphs=paragraphs[1:] if paragraphs[:1] == (title,) else paragraphs,
        values=tuple(_values(scene, spec)),
        motive=proposal.motive if proposal is not None and proposal.outcome == name else "",
        explanation=explanation(scene, name, professional=professional),
        remedy=remedy_view(scene, spec),
        next=promises,
    )


def _is_best(scene: Scene, spec: Outcome) -> bool:
    """Whether no outcome of the flow is ranked above this one; a task or a refusal is never called good."""
    ranks = [
        other.rank
        for other in scene.graph.flow.outcomes.values()
        if other.kind in (OutcomeKind.ANSWER, OutcomeKind.GRANT)
    ]
    if spec.kind not in (OutcomeKind.ANSWER, OutcomeKind.GRANT):
        return False
    return spec.rank is None or all(rank is None or rank <= spec.rank for rank in ranks)


def _paragraphs(scene: Scene, name: str, spec: Outcome) -> Iterator[str]:
    conditions = scene.graph.texts.get(name, ())
    for number, part in enumerate(spec.text):
        condition = conditions[number] if number < len(conditions) else None
        if condition is not None and intervals.truth(evaluate(condition, scene.view)) != {True}:
            continue
        if part.text is not None:
            yield filled(part.text, scene.language, scene.view, {"contact": contact_words(scene)})
        elif part.show is not None and part.show.what == "calculation":
            yield from calculation(scene, part.show.name)


def _values(scene: Scene, spec: Outcome) -> Iterator[Value]:
    """What the outcome reports: its values, those that happen to be known, and options that a text shows."""
    listed = [part.show.name for part in spec.text if part.show is not None and part.show.what != "calculation"]
    for name in dict.fromkeys((*spec.values, *spec.if_known, *listed)):
        value = scene.view.value(name)
        if value is not UNKNOWN:
            text = shown(scene.graph, name, value, scene.language)
            yield Value(label=label_of(scene.graph, name, scene.language), text=text, items=_list(scene, name, value))


def _list(scene: Scene, name: str, value: object) -> tuple[str, ...]:
    decision = scene.graph.flow.decisions.get(name)
    if decision is None or decision.type is not FactType.CHOICES or not isinstance(value, list):
        return ()
    return tuple(decision.options[own].in_(scene.language.value) for own in value if own in decision.options)


def remedy_view(scene: Scene, spec: Outcome) -> Remedy | None:
    """What can be done against it; the button stands there while its step can be taken."""
    language = scene.language
    if spec.remedy is None or spec.remedy.kind is RemedyKind.NONE:
        return None
    now = next(iter(scene.options.remedies), None)
    kind = now.kind if now is not None else str(spec.remedy.kind)
    step = now.step if now is not None else ""
    label = say(language, f"step.{step}") if known(f"step.{step}") else say(language, "remedy.title")
    within = now.within if now is not None else str(spec.remedy.within or "")
    return Remedy(
        kind=kind,
        title=say(language, "remedy.title"),
        text=say(language, f"remedy.{kind}"),
        at=filled(spec.remedy.at, language, scene.view) if kind == spec.remedy.kind else "",
        within=period_words(within, language) if within else "",
        until=day_words(now.last_day, language) if now is not None and now.last_day is not None else "",
        late=now is not None and now.late,
        source=source_of(scene.graph, spec.remedy.source, language),
        action=Action(kind=ActionKind.REMEDY, label=label, step=step) if step else None,
    )


def explanation(scene: Scene, outcome: str, *, professional: bool = False) -> Explanation:
    """One trace in three grades: the reason, the facts that it rests on, every rule with its source."""
    trace = reasons.explain(scene.graph, scene.journey)
    known_steps = [step for step in trace.conclusions if step.value is not UNKNOWN]
    return Explanation(
        short=_short(scene, trace, known_steps, outcome),
        why=tuple(_use(scene, fact, professional) for fact in trace.facts),
        rules=tuple(_conclusion(scene, steps, professional) for steps in reasons.by_rule(known_steps)),
        otherwise=tuple(_otherwise(scene, trace, outcome)),
    )


def _short(scene: Scene, trace: reasons.Explanation, steps: list[reasons.Conclusion], outcome: str) -> str:
    """The reason in a sentence: the deciding rule's, or that a person decided otherwise than the rules."""
    if trace.outcome and outcome != trace.outcome:
        by_rules = outcome_title(scene.graph, trace.outcome, scene.language)
        return say(scene.language, "outcome.deviates", outcome=by_rules)
    because = _because(scene, steps[0]) if steps else ""
    return say(scene.language, "outcome.short", because=because) if because else ""


def _because(scene: Scene, step: reasons.Conclusion) -> str:
    ruling, language = scene.graph.rulings[step.decision], scene.language.value
    told = [reasons.because_in(ruling, own, language) for own in step.told]
    return joined(told, language) if told else ""


def _conclusion(scene: Scene, steps: list[reasons.Conclusion], professional: bool) -> Conclusion:
    """What one rule concludes: a decision, or several of one table."""
    language, step = scene.language, steps[0]
    told = [(label_of(scene.graph, own.decision, language), own) for own in steps]
    facts = {fact.fact: fact for own in steps for fact in own.facts}
    passed = [
        say(language, "outcome.passed", number=row.number, condition=row.condition, value=_seen(scene, row))
        for row in step.passed
    ]
    return Conclusion(
        concludes="; ".join(f"{label}: {shown(scene.graph, own.decision, own.value, language)}" for label, own in told),
        because=_because(scene, step) or (step.calculation if professional else ""),
        rule=_rule(step, language),
        source=source_of(scene.graph, step.source, language),
        facts=tuple(_use(scene, fact, professional) for fact in facts.values()),
        passed=tuple(passed) if professional else (),
    )


def _rule(step: reasons.Conclusion, language: Language) -> str:
    """The decision or its table, and the row or rows that count."""
    name = step.table or step.decision
    if len(step.rows) > 1:
        numbers = joined([str(number) for number in step.rows], language.value)
        return say(language, "outcome.rows", name=name, numbers=numbers)
    return say(language, "outcome.row", name=name, number=step.row) if step.row else name


def _seen(scene: Scene, row: reasons.PassedRow) -> str:
    if row.saw is UNKNOWN:
        return OPEN
    named = row.condition in scene.graph.facts or row.condition in scene.graph.rulings
    return shown(scene.graph, row.condition, row.saw, scene.language) if named else str(row.saw)


def _use(scene: Scene, fact: reasons.UsedFact, professional: bool) -> FactUse:
    label = question_of(scene, fact.fact)
    text = shown(scene.graph, fact.fact, fact.value, scene.language)
    return FactUse(
        label=label,
        value=text[:1].upper() + text[1:],
        supplier=_told_by(scene, fact, professional),
        on=day_words(day(fact.at), scene.language) if fact.at is not None else "",
    )


def _told_by(scene: Scene, fact: reasons.UsedFact, professional: bool) -> str:
    """Who supplied it; somebody who acts for the citizen by name."""
    if fact.by:
        return say(scene.language, "supplier.for_citizen", name=fact.by)
    return supplier_words(fact.supplier, fact.source, scene.language, professional)


def _named(scene: Scene, key: str) -> str:
    """A fact by its label; one of several items as it is asked, so that it says which."""
    fact = scene.graph.flow.facts.get(key)
    return words(fact.label, scene.language) if fact is not None and fact.label else question_of(scene, key)


def _otherwise(scene: Scene, trace: reasons.Explanation, outcome: str) -> Iterator[str]:
    """Single answers that would have led elsewhere; none where a person decided otherwise than the rules."""
    if trace.outcome != outcome:
        return
    for other in trace.what_if[:MOST_WHAT_IFS]:
        yield say(
            scene.language,
            "outcome.otherwise",
            label=_named(scene, other.fact),
            value=shown(scene.graph, other.fact, other.value, scene.language),
            outcome=outcome_title(scene.graph, other.outcome, scene.language),
        )
