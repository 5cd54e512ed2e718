"""The panel beside a try-out: why this is asked, which rules are open, what can no longer matter, what is known.

    bench(walk, language) -> Bench

Called by `api.web.develop_try`; tests: tests/api/web/test_develop.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.errors import AnswerError, RefusedEvent, WegwijzerError
from engine.feel.unknown import UNKNOWN
from engine.flow.keys import read_key
from engine.graph.graph import Graph
from engine.graph.together import called
from engine.harness.recorded import recorded, shortfall
from engine.harness.walk import WORKER, Walk
from engine.harness.why import DecisionNow, Insight, RowState, insight
from engine.journey.events import Actor, ActorKind
from engine.lint.dutch import told
from ui_schema.build_answers import supplier_words
from ui_schema.develop import Because, Bench, KnownView, MoveView, PanelDecision, PanelRow
from ui_schema.flow_texts import beside, label_of, outcome_title, shown, words
from ui_schema.messages import attempts, refusal_text
from ui_schema.notation import moment_words
from ui_schema.rule_words import condition_words, row_words, rows_label
from ui_schema.shape import Language
from ui_schema.texts import say


def bench(walk: Walk, language: Language, asked: tuple[str, ...] = ()) -> Bench:
    """The panel for where the walk stands; `asked` are the facts on the page, () for what the engine recommends."""
    graph, journey = walk.graph, walk.now
    found = insight(graph, journey)
    may = walk.may()
    outcome = journey.proposed or journey.outcome
    name = say(language, "dev.try.scenario_name")
    text = recorded(walk, name)
    return Bench(
        graph.flow.flow,
        graph.flow.question.in_(language.value),
        tuple(because(graph, found, fact, language) for fact in asked or may.page),
        tuple(outcome_title(graph, own, language) for own in found.outcomes),
        outcome_title(graph, outcome, language) if outcome else "",
        tuple(_panels(graph, found, language)),
        tuple(_coming(graph, found, language)),
        tuple(label_of(graph, fact, language) for fact in found.settled),
        tuple(known_facts(walk, language)),
        tuple(MoveView(str(move)) for move in walk.told),
        tuple(MoveView(str(move), trouble_words(graph, error, language)) for move, error in walk.refused),
        moment_words(walk.at, language),
        say(language, f"dev.channel.{walk.channel}"),
        graph.process.title(journey.place).in_(language.value) if journey.place else "",
        tuple(_work(walk)),
        text,
        shortfall(walk, text) if walk.told else (),
    )


def because(graph: Graph, found: Insight, fact: str, language: Language) -> Because:
    """Why a fact is asked."""
    parsed = read_key(fact)
    node = graph.facts.get(parsed.path) if parsed is not None else None
    rows = dict.fromkeys(
        (rows_label(graph, ruling, language), row.number, row_words(graph, ruling, row, language).concludes)
        for ruling, row in found.rows_for(fact)
    )
    why = words(node.spec.why, language) if node is not None else ""
    return Because(label_of(graph, fact, language), why, tuple(rows))


def _panels(graph: Graph, found: Insight, language: Language) -> Iterator[PanelDecision]:
    """Each decision with its rows; a table of several outputs once, with what each of them is."""
    tables: dict[str, list[DecisionNow]] = {}
    for own in found.decisions:
        tables.setdefault(called(own.ruling), []).append(own)
    yield from (_decision(graph, each, language) for each in tables.values() if each[0].rows)


def _decision(graph: Graph, own: Sequence[DecisionNow], language: Language) -> PanelDecision:
    first = own[0].ruling
    known = [(each.ruling.name, each.value) for each in own if each.value is not UNKNOWN]
    values = [(label_of(graph, name, language), shown(graph, name, value, language)) for name, value in known]
    told = [beside(label, value) if len(own) > 1 else value for label, value in values]
    rows = [_row(graph, own[0], at, language) for at in range(len(own[0].rows))]
    rows.sort(key=lambda row: row.words.number)
    line = graph.tables.get(first.table, first.where).line
    return PanelDecision(rows_label(graph, first, language), "; ".join(told), line, tuple(rows))


def _row(graph: Graph, own: DecisionNow, at: int, language: Language) -> PanelRow:
    row = own.rows[at]
    told = row_words(graph, own.ruling, row.row, language)
    before = any(other.state is RowState.OPEN for other in own.rows[:at])
    state = "else" if row.state is RowState.HOLDS and before else str(row.state)
    signs = {True: "yes", False: "no", None: "open"}
    conditions = tuple(
        (text, signs[tried.holds])
        for tried in row.tried
        for text in (condition_words(graph, tried.condition, language),)
        if text in told.conditions
    )
    return PanelRow(told, state, say(language, f"dev.row.{state}"), conditions)


def _coming(graph: Graph, found: Insight, language: Language) -> Iterator[tuple[str, str]]:
    for own in found.coming:
        names = ", ".join(outcome_title(graph, outcome, language) for outcome in own.outcomes)
        only = say(language, "dev.try.only_for", outcomes=names) if names else ""
        yield label_of(graph, own.fact, language), only


def known_facts(walk: Walk, language: Language) -> Iterator[KnownView]:
    """What is known, and from whom."""
    for key, answer in walk.now.answers.items():
        supplier = supplier_words(str(answer.supplier), answer.source, language, True)
        value = shown(walk.graph, key, answer.value, language)
        yield KnownView(label_of(walk.graph, key, language), value, supplier)


def _work(walk: Walk) -> Iterator[str]:
    """Moves that a civil servant could make now, as they are typed."""
    may = walk.may(Actor(kind=ActorKind.WORKER, id=WORKER))
    yield from (f"judge {fact} = " for fact in may.judge)
    for step in may.steps:
        if step == "propose":
            yield from (f"work propose {outcome}" for outcome in may.outcomes)
        else:
            yield f"work {step}"


def trouble_words(graph: Graph, error: WegwijzerError, language: Language) -> str:
    """Why a move was refused, in a sentence."""
    if isinstance(error, AnswerError):
        found = attempts(graph, [error], language)
        return "; ".join(message.text for messages in found.values() for message in messages)
    return refusal_text(error, language) if isinstance(error, RefusedEvent) else told(error.args[0], language)
