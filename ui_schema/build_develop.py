"""The board, a flow with its findings, picture and coverage, and its source, for flow developers.

Given what the harness found; nothing is worked out here. Called by `api.web.develop`; tests:
tests/api/web/test_develop.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise

from engine.errors import Problem, Said
from engine.graph.diagram import arrows, svg
from engine.graph.graph import Graph
from engine.graph.together import called, siblings, stands_for_all
from engine.harness.coverage import Part
from engine.harness.evidence_words import evidence_told
from engine.harness.explore import MOVES
from engine.harness.finding import Finding
from engine.harness.prove import Proof
from engine.harness.run import Ran
from engine.harness.stand import Mark, Stand, Step
from engine.lint.dutch import told
from ui_schema.develop import (
    DecisionSeen,
    FindingView,
    FlowView,
    FrameLine,
    PartView,
    RowSeen,
    ScenarioView,
    SourceLine,
    SourceView,
    StepView,
    WayStep,
)
from ui_schema.failures import failures_told
from ui_schema.flow_texts import label_of, outcome_title
from ui_schema.rule_words import decision_words
from ui_schema.shape import Language
from ui_schema.texts import known, say

AROUND = 2
BUSY = "busy"
_PLACE = re.compile(r'<g class="(place [a-z]+)" data-place="([^"]*)">')
_STEP = re.compile(r'<g class="(step [a-z]+)" data-step="([^"]*)">')
_NO_MOVE = ("from ", ",", "[")


def steps_of(stand: Stand, language: Language, busy: Iterable[Step] = ()) -> tuple[StepView, ...]:
    """The steps of the loop; those in `busy` are being worked out."""
    waiting = set(busy)
    return tuple(
        StepView(
            turn.step.value,
            say(language, f"dev.step.{turn.step}"),
            BUSY if turn.step in waiting else str(turn.mark),
            say(language, f"dev.mark.{BUSY if turn.step in waiting else turn.mark}"),
            "" if turn.step in waiting or turn.mark is Mark.OPEN else evidence_told(turn.said, language),
            turn.day,
        )
        for turn in stand.turns
    )


def size_words(graph: Graph, language: Language) -> str:
    """How large a flow is."""
    questions = sum(1 for node in graph.facts.values() if node.spec.is_asked)
    rows = sum(len(ruling.rows) for ruling in graph.rulings.values() if stands_for_all(graph, ruling))
    return say(language, "dev.size", questions=questions, rules=rows, outcomes=len(graph.flow.outcomes))


def problem_views(problems: Sequence[Problem], text: str, language: Language) -> tuple[FindingView, ...]:
    """What lint found, each with the lines around it."""
    return tuple(finding_view(Finding(problem), text, None, language) for problem in problems)


def finding_view(finding: Finding, text: str, graph: Graph | None, language: Language) -> FindingView:
    """A finding with its lines and its citizen."""
    problem = finding.problem
    witness = finding.witness
    return FindingView(
        problem.code,
        say(language, f"dev.severity.{problem.severity}"),
        told(problem.message, language),
        told(problem.hint, language),
        problem.where.line,
        frame(text, problem.where.line, problem.where.column),
        witness_words(witness, graph, language) if witness is not None else (),
        moves_of(witness) if witness is not None else (),
        tuple(_way_step(step, language) for step in finding.way),
    )


def _way_step(step: str, language: Language) -> WayStep:
    """One step of a way through the process, with whoever takes it."""
    template = step.template if isinstance(step, Said) else ""
    actor = next((str(by) for by, said in MOVES.items() if said == template), "")
    return WayStep(actor, say(language, f"dev.way.{actor}") if actor else "", told(step, language))


def frame(text: str, line: int, column: int) -> tuple[FrameLine, ...]:
    """The lines around a place, with a pointer under the character that is meant."""
    lines = text.splitlines()
    if not 1 <= line <= len(lines):
        return ()
    first, last = max(1, line - AROUND), min(len(lines), line + AROUND)
    return tuple(
        FrameLine(number, lines[number - 1], number == line, " " * max(0, column - 1) + "^" if number == line else "")
        for number in range(first, last + 1)
    )


def witness_words(witness: Mapping[str, str], graph: Graph | None, language: Language) -> tuple[tuple[str, str], ...]:
    """A citizen as label and value."""
    names = {"yes": say(language, "dev.word.yes"), "no": say(language, "dev.word.no")}
    return tuple(
        (label_of(graph, fact, language) if graph is not None else fact, names.get(value, told(value, language)))
        for fact, value in witness.items()
    )


def moves_of(witness: Mapping[str, str]) -> tuple[str, ...]:
    """The moves that try this citizen out; what is no plain answer is left to be asked."""
    return tuple(
        f"{fact} = {value}"
        for fact, value in witness.items()
        if value and value != "none" and not any(sign in value for sign in _NO_MOVE)
    )


def part_views(parts: Iterable[Part], language: Language) -> tuple[PartView, ...]:
    """Coverage by kind; a kind of which a flow has nothing is left out."""
    return tuple(
        PartView(
            say(language, f"dev.part.{part.what}") if known(f"dev.part.{part.what}") else part.what,
            part.seen,
            part.total,
            part.share,
            tuple(told(gap.name, language.value) for gap in part.missing),
        )
        for part in parts
        if part.total
    )


def decisions_seen(graph: Graph, runs: Iterable[Ran], language: Language) -> tuple[DecisionSeen, ...]:
    """Every decision in words, the goal first, with how many citizens went through each row."""
    count = Counter(row for ran in runs for row in ran.rows)
    own_rows = [own for own in graph.rulings.values() if stands_for_all(graph, own)]
    order = sorted(own_rows, key=lambda own: graph.goal not in siblings(graph, own))
    return tuple(
        DecisionSeen(words, tuple(RowSeen(row, count[called(own), row.number]) for row in words.rows))
        for own in order
        for words in (decision_words(graph, own, language),)
    )


def picture(graph: Graph, runs: Sequence[Ran] | None, language: Language) -> str:
    """The process as SVG; with scenario runs each place and line is marked seen or unseen."""
    drawing = svg(graph.process, language.value, standalone=False)
    if runs is None:
        return drawing
    paths = [[visit.place for visit in ran.journey.visits] for ran in runs if ran.journey is not None]
    places = {place for path in paths for place in path}
    pairs = {pair for path in paths for pair in pairwise(path)}
    lines = {
        escape(f"{own.source} {own.events} {own.target}")
        for own in arrows(graph.process)
        if (own.source, own.target) in pairs
    }
    drawing = _PLACE.sub(lambda found: _painted(found, "data-place", places), drawing)
    return _STEP.sub(lambda found: _painted(found, "data-step", lines), drawing)


def _painted(found: re.Match[str], attribute: str, seen: set[str]) -> str:
    mark = "seen" if found[2] in seen else "unseen"
    return f'<g class="{found[1]} {mark}" {attribute}="{found[2]}">'


def scenario_views(graph: Graph, runs: Iterable[Ran], language: Language) -> tuple[ScenarioView, ...]:
    """Every scenario, those that fail first."""
    views = [
        ScenarioView(
            ran.scenario.title,
            f"{ran.scenario.where.file.rpartition('/')[2]}:{ran.scenario.where.line}",
            _ended(graph, ran, language),
            len(ran.asked),
            failures_told(graph, ran, language),
        )
        for ran in runs
    ]
    return tuple(sorted(views, key=lambda own: not own.failures))


def _ended(graph: Graph, ran: Ran, language: Language) -> str:
    if ran.journey is None:
        return ""
    outcome = ran.journey.proposed or ran.journey.outcome
    return outcome_title(graph, outcome, language) if outcome else graph.process.title(ran.journey.place).in_(language)


def flow_view(
    slug: str,
    text: str,
    graph: Graph,
    found: tuple[Sequence[Problem], Proof | None, Sequence[Ran] | None, Sequence[Part]],
    steps: tuple[StepView, ...],
    language: Language,
) -> FlowView:
    """A flow that can be used."""
    problems, proof, runs, parts = found
    shown = {problem.code for problem in problems}
    proofs = [own for own in proof.findings if own.problem.code not in shown] if proof is not None else []
    return FlowView(
        slug,
        graph.flow.question.in_(language.value),
        True,
        runs is not None,
        steps,
        size_words(graph, language),
        (
            *problem_views(problems, text, language),
            *(finding_view(own, text, graph, language) for own in proofs),
        ),
        tuple(told(own, language) for own in proof.not_proven) if proof is not None else (),
        picture(graph, runs, language),
        part_views(parts, language),
        decisions_seen(graph, runs or (), language),
        scenario_views(graph, runs or (), language),
    )


def broken_view(
    slug: str, text: str, problems: Sequence[Problem], steps: tuple[StepView, ...], language: Language
) -> FlowView:
    """A flow file that cannot be used: what is wrong with it, and nothing else."""
    return FlowView(
        slug, slug, False, True, steps, "", problem_views(problems, text, language), (), "", (), (), ()
    )  # fmt: skip


def source_view(slug: str, file: str, text: str, findings: Sequence[FindingView]) -> SourceView:
    """The file line by line, each finding at its own line; those about the whole file stand at the first."""
    lines = text.splitlines() or [""]
    return SourceView(
        slug,
        file,
        tuple(
            SourceLine(number, line, tuple(own for own in findings if max(1, own.line) == number))
            for number, line in enumerate(lines, 1)
        ),
    )
