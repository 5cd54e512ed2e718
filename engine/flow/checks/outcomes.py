"""Checks on the goal and its outcomes, pages and promises, and on the values that texts show."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.errors import Problem, worded
from engine.flow.checks.scope import Scope, table_named
from engine.flow.model import FactType, Outcome, OutcomeKind
from engine.flow.positions import Path
from engine.flow.sentences import near, short
from engine.flow.slots import ADDED, BadSlot, split_text
from engine.flow.texts import texts_of


def check_outcomes(scope: Scope) -> Iterator[Problem]:
    """Goal, outcomes, pages, promises, slots."""
    yield from _goal(scope)
    for name, outcome in scope.flow.outcomes.items():
        yield from _outcome(scope, ("outcomes", name), outcome)
    yield from _pages(scope)
    yield from _promises(scope)
    yield from _slots(scope)


def _goal(scope: Scope) -> Iterator[Problem]:
    flow = scope.flow
    if not flow.goal:
        return
    goal = flow.decisions.get(flow.goal)
    if goal is None:
        yield from scope.missing(("goal",), flow.goal, flow.decisions, "decision")
        return
    if goal.type != FactType.CHOICE or goal.each:
        message = worded("The goal `{goal}` is not a choice with one value.", goal=flow.goal)
        yield scope.at(("goal",), "E-GOAL", message, worded("The goal picks one outcome, so it has type choice."))
        return
    for option in goal.options:
        if option not in flow.outcomes:
            message = worded("The goal can be `{option}`, but there is no such outcome.", option=short(option))
            hint = near(option, sorted(set(flow.outcomes) - set(goal.options)) or sorted(flow.outcomes))
            yield scope.at_key(("decisions", flow.goal, "options", option), "E-OUTCOME", message, hint)
    for name in flow.outcomes:
        if name not in goal.options:
            message = worded(
                "Outcome `{name}` is not an option of the goal `{goal}`.", name=short(name), goal=flow.goal
            )
            hint = near(name, sorted(set(goal.options) - set(flow.outcomes)) or sorted(goal.options))
            yield scope.at_key(("outcomes", name), "E-OUTCOME", message, hint)


def _outcome(scope: Scope, path: Path, outcome: Outcome) -> Iterator[Problem]:
    flow = scope.flow
    for key in ("values", "if_known"):
        for number, name in enumerate(getattr(outcome, key)):
            yield from scope.missing((*path, key, number), name, {*flow.decisions, *flow.facts}, "decision")
    for number, name in enumerate(outcome.needs):
        yield from scope.missing((*path, "needs", number), name, flow.facts, "fact")
    for number, part in enumerate(outcome.text):
        if part.show:
            yield from scope.missing((*path, "text", number, "show"), part.show.name, scope.values, "decision")
    if outcome.remedy:
        yield from scope.source((*path, "remedy", "source"), outcome.remedy.source)
    yield from _kind(scope, path, outcome)


def _kind(scope: Scope, path: Path, outcome: Outcome) -> Iterator[Problem]:
    for key, kind in (("task", OutcomeKind.TASK), ("to", OutcomeKind.HANDOVER)):
        value = getattr(outcome, key)
        if outcome.kind == kind and not value:
            message = worded("An outcome of kind {kind} needs `{key}`.", kind=kind, key=key)
            hint = (
                worded("Name one of the tasks.")
                if key == "task"
                else worded("Write to: flow:SLUG, or the name of who takes over.")
            )
            yield scope.at_key(path, "E-MISSING", message, hint)
        elif outcome.kind != kind and value:
            message = worded("`{key}` does not go with kind {kind}.", key=key, kind=outcome.kind)
            yield scope.at_key((*path, key), "E-KEY-TYPE", message, worded("It goes with kind {kind}.", kind=kind))
    if outcome.task:
        yield from scope.missing((*path, "task"), outcome.task, scope.flow.tasks, "task")


def _pages(scope: Scope) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name, page in scope.flow.pages.items():
        for number, fact in enumerate(page.facts):
            path = ("pages", name, "facts", number)
            yield from scope.missing(path, fact, scope.flow.facts, "fact")
            if fact in seen:
                message = worded("Fact `{fact}` already stands on page `{seen}`.", fact=fact, seen=seen[fact])
                yield scope.at(path, "E-PAGE", message, worded("A question stands on one page."))
            seen.setdefault(fact, name)


def _promises(scope: Scope) -> Iterator[Problem]:
    for number, promise in enumerate(scope.flow.promises):
        path: Path = ("promises", number)
        if promise.never and promise.never.outcome:
            yield from scope.missing((*path, "never", "outcome"), promise.never.outcome, scope.flow.outcomes, "outcome")
        for key, own in (("every", promise.every), ("always", promise.always)):
            if own:
                yield from _all(scope, (*path, key, "outcome"), own.outcome, scope.flow.outcomes, "outcome")
        if promise.every:
            known = (*scope.flow.facts, *scope.flow.decisions)
            yield from _all(scope, (*path, "every", "knows"), promise.every.knows, known, "fact or decision")
        if promise.always:
            yield from _all(scope, (*path, "always", "fact"), promise.always.fact, scope.flow.facts, "fact")
        if promise.more:
            yield from scope.missing((*path, "more", "fact"), promise.more.fact, scope.flow.facts, "fact")
            yield from _ranked(scope, (*path, "more"))


def _all(scope: Scope, path: Path, names: tuple[str, ...], known: Collection[str], kind: str) -> Iterator[Problem]:
    """What of some names there is not."""
    for number, name in enumerate(names):
        yield from scope.missing((*path, number), name, known, kind)


def _ranked(scope: Scope, path: Path) -> Iterator[Problem]:
    unranked = [name for name, outcome in scope.flow.outcomes.items() if outcome.rank is None]
    if unranked:
        message = worded("This promise compares outcomes, but `{unranked}` has no `rank`.", unranked=unranked[0])
        yield scope.at_key(
            path, "E-RANK", message, worded("Give every outcome a rank; higher is better for the citizen.")
        )


def _slots(scope: Scope) -> Iterator[Problem]:
    """Every text of the flow, wherever it stands."""
    for path, text in texts_of(scope.flow):
        for number, (language, own) in enumerate(text.each()):
            if "{" in own or "}" in own:
                yield from _slots_of(scope, (language, *path) if number else path, own)


def _slots_of(scope: Scope, path: Path, text: str) -> Iterator[Problem]:
    for piece in split_text(text):
        if isinstance(piece, str):
            continue
        where = scope.positions.within(path, piece.offset)
        if isinstance(piece, BadSlot):
            message = worded("Braces in a text hold the name of a fact or decision, nothing else.")
            hint = worded("Write {name}, {name:whole}, {name:short} or {name:words}.")
            yield Problem(where, "E-SLOT", message, hint)
        elif (name := piece.name.partition(".")[0]) in scope.flow.tables and name not in scope.values:
            yield Problem(where, "E-SLOT", *table_named(scope.flow, name))
        elif name not in scope.values and name not in ADDED:
            message = worded("There is no fact or decision `{name}` to show.", name=short(name))
            yield Problem(where, "E-SLOT", message, near(name, scope.shown))
