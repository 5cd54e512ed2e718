"""L-HARDSHIP: a refusal that reaches the citizen before any person has looked."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import OutcomeKind
from engine.graph.abstract import Local
from engine.graph.evaluation import evaluate
from engine.graph.possible import One, settled
from engine.graph.process import OUTCOME, By, Do, Step, When
from engine.graph.view import View
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-HARDSHIP",
    Severity.WARNING,
    Two("a refusal that no person has looked at", "een afwijzing waar geen mens naar heeft gekeken"),
    Two(
        "Rules can turn out too hard for somebody nobody thought of. A refusal is a decision about a person, so a "
        "person looks at it before it is sent, and may deviate with a reason.",
        "Regels kunnen te hard uitpakken voor iemand aan wie niemand dacht. Een afwijzing gaat over een mens, dus "
        "kijkt er een mens naar voordat die wordt verstuurd, en die mag met een reden afwijken.",
    ),
    avoid="""
outcomes: {nee: {kind: refusal, remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W, source: tarief}}}
process:
  steps: |
    | from     | event  | by      | if | to      | do              |
    | checking | submit | citizen | -  | decided | publish outcome |
""",
    prefer="""
outcomes: {nee: {kind: refusal, remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W, source: tarief}}}
process:
  steps: |
    | from     | event  | by      | if                     | to      | do              |
    | checking | submit | citizen | outcome.kind = "grant" | decided | publish outcome |
    | checking | submit | citizen | else                   | judging | task beoordelen |
""",
    source="Awb articles 3:4 and 4:84; GDPR (AVG) article 22",
)


def check(subject: Subject) -> Iterator[Found]:
    refusals = [name for name, own in subject.flow.outcomes.items() if own.kind is OutcomeKind.REFUSAL]
    for name in refusals:
        for step in _unseen(subject, name):
            message = Two(
                f"`{name}` can be published here without a person having looked.",
                f"`{name}` kan hier worden verstuurd zonder dat een mens heeft gekeken.",
            )
            hint = Two(
                "Lead to a place of a worker first; let only a grant go on by itself.",
                "Leid eerst naar een plaats van een medewerker; laat alleen een toekenning vanzelf gaan.",
            )
            yield Found(step.where, message, hint)
            break


def _unseen(subject: Subject, outcome: str) -> Iterator[Step]:
    """Steps that publish the outcome, and that can be reached without any step of a worker."""
    process = subject.graph.process
    seen, todo = {process.start}, [process.start]
    while todo:
        for step in _possible(subject, todo.pop(), outcome):
            if {OUTCOME, outcome} & set(step.does(Do.PUBLISH)):
                yield step
            if step.target not in seen:
                seen.add(step.target)
                todo.append(step.target)


def _possible(subject: Subject, place: str, outcome: str) -> Iterator[Step]:
    """The steps from a place, not by a worker, that can be taken when this is the outcome."""
    said = One({"id": outcome, "kind": str(subject.flow.outcomes[outcome].kind)})
    env = Local(View(subject.graph, {}), {"outcome": said})
    certain: set[tuple[str, By]] = set()
    for step in subject.graph.process.by_source[place]:
        holds: object = True
        if step.when is When.IF:
            holds = settled(evaluate(subject.graph.guards[step.guard], env))
        if step.by is By.WORKER or (step.event, step.by) in certain or holds is False or holds is None:
            continue
        if holds is True:
            certain.add((step.event, step.by))
        yield step


RULE = Rule(PAGE, check)
