"""Who gets the same outcome for another reason, or on another legal basis; and which rules only look different.

    another reason               the words that the rule which decides gives for it
    another source               the source of that rule
    another reason and source
    reasons in another order     rows that are collected: the same reasons, another one first

Of every decision that both flows have: on the shared diagrams the row that decides in the old flow against the one in
the new, for citizens whose outcome stays and whose explanation names the decision. Where there is no diagram (items of
a list, too large) the rows are set side by side as written. `notes` names decisions that are written otherwise while
everybody keeps value, reason and source: nobody notices. Called by `engine.harness.compare`; tests:
tests/engine/harness/test_compare_reasons.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from functools import partial
from typing import Any

from engine.errors import worded
from engine.flow.model import Hit
from engine.graph.graph import CellCondition, Row, Ruling
from engine.graph.mdd import DiagramTooLarge
from engine.graph.order import names_read
from engine.graph.together import called
from engine.graph.view import View
from engine.harness.compare_shifts import BOTH, ORDER, REASON, SOURCE, Pair, Shift, Shifts, Subject, alike
from engine.harness.compare_told import Telling, Told, Twins, order, reach, tells, why
from engine.harness.compare_witness import seen_by
from engine.harness.compare_words import Change
from engine.harness.told_rows import NO, ONE, TWO, YES
from engine.journey.explain import decisions_among


class Reasons:
    """See the top of this module. `changes` and `notes` are filled by `shifts`; raises only NotSpread.

    `is_quiet`: no outcome or value is another for anybody, so that another order of rows is worth a word.
    """

    def __init__(self, told: Told, shifts: Shifts, *, is_quiet: bool) -> None:
        self.told = told
        self.all = shifts
        self.is_quiet = is_quiet
        self.sides, self.forest = shifts.sides, shifts.forest
        self.goals = shifts.sides.old.flow.goal, shifts.sides.new.flow.goal
        self.changes: list[Change] = []
        self.notes: list[str] = []
        self._seen: tuple[dict[str, int], dict[str, int]] = ({}, {})

    def shifts(self) -> Iterator[Shift]:
        """Every difference in what is told, decision by decision."""
        for own in self.told.twins:
            if not _of_same_table(own, self.told.twins):
                self.changes += _translations(self.told, own)
        for own in self.told.changed:
            before, was_told = len(self.changes), bool(_of_same_table(own, self.told.changed))
            try:
                found = list(self._of(own))
            except (DiagramTooLarge, RecursionError):
                found = []
                self._as_written(own)
            yield from found
            if not found and not was_told and len(self.changes) == before:
                self._written(own)

    # -- one decision

    def _of(self, own: Twins) -> Iterator[Shift]:
        subjects = list(self._subjects(own))
        pairs = [self.all.pairs(subject.names) for subject in subjects]
        if not pairs or None in pairs:
            self._as_written(own)
            return
        where = self._where(own)
        for subject, node in zip(subjects, pairs, strict=True):
            if node is not None:
                yield from self.all.of(subject, node, where)

    def _subjects(self, own: Twins) -> Iterator[Subject]:
        if own.old.each or own.new.each:
            return
        if not own.collects:
            yield self._subject(own, why(own.name), self._says, self._effect)
            return
        first, then = self.told.labels(own)
        for label in dict.fromkeys((*first, *then)):
            yield self._given(own, label)
        for one, two in self.told.turned(own):
            yield self._turned(own, one, two)

    def _subject(
        self, own: Twins, name: str, says: Callable[[Pair], tuple[str, str]], effect: Callable[[Pair], str]
    ) -> Subject:
        really = partial(self._really, own)
        return Subject(called(own.new), (name, name), says, effect, _counts, self.goals, really)

    def _given(self, own: Twins, label: str) -> Subject:
        telling = self.told.tellings[label]
        words = {YES: _whole(telling), NO: worded("not given")}

        def says(pair: Pair) -> tuple[str, str]:
            return words[str(pair[0])], words[str(pair[1])]

        return self._subject(own, tells(label, own.name), says, lambda pair: REASON if telling.reason else SOURCE)

    def _turned(self, own: Twins, one: str, two: str) -> Subject:
        first, then = (_whole(self.told.tellings[label]) for label in (one, two))
        words = {
            ONE: worded("{one}, then {two}", one=first, two=then),
            TWO: worded("{one}, then {two}", one=then, two=first),
        }

        def says(pair: Pair) -> tuple[str, str]:
            return words[str(pair[0])], words[str(pair[1])]

        return self._subject(own, order(one, two, own.name), says, lambda pair: ORDER)

    def _as_written(self, own: Twins) -> None:
        """The rows side by side, where there is no diagram; those of one table once."""
        if not _of_same_table(own, self.told.changed):
            self.changes += _written_otherwise(self.told, own)

    # -- words

    def _tellings(self, pair: Pair) -> tuple[Telling, Telling]:
        return self.told.tellings[str(pair[0])], self.told.tellings[str(pair[1])]

    def _says(self, pair: Pair) -> tuple[str, str]:
        return _words(*self._tellings(pair))

    def _effect(self, pair: Pair) -> str:
        return _effect(*self._tellings(pair))

    # -- for whom

    def _where(self, own: Twins) -> int:
        """Whom it is about: the outcome stays, and the explanation of both flows names the decision."""
        self.sides.give_room()
        forest, never = self.forest, self.forest.terminal(False)
        where = self.sides.possible
        for side, ruling in ((0, own.old), (1, own.new)):
            where = forest.choose(self._named(side, ruling.name), where, never)
        for other in _of_same_table(own, self.told.changed):  # which names the same row, with all that is told of it
            both = forest.choose(self._named(0, other.old.name), self._named(1, other.new.name), never)
            where = forest.choose(both, never, where)
        pairs = self.all.pairs(self.goals)
        if pairs is None:
            return where
        return forest.choose(forest.combine(lambda pair: alike(*pair), pairs), where, never)

    def _named(self, side: int, name: str) -> int:
        """Where the explanation of one flow names a decision; everywhere, when that is too large to say."""
        if name == self.goals[side]:
            return self.forest.terminal(True)
        if name not in self._seen[side]:
            self._seen[side][name] = self._made_named(side, name)
        return self._seen[side][name]

    def _made_named(self, side: int, name: str) -> int:
        forest, graph = self.forest, (self.sides.old, self.sides.new)[side]
        shown = {outcome for outcome, spec in graph.flow.outcomes.items() if name in spec.values}
        found = self._holds(side, self.goals[side], shown) if shown else forest.terminal(False)
        for own in graph.rulings:
            if reach(own, name) not in graph.rulings:
                continue
            goes_on = self._holds(side, reach(own, name), {YES})
            both = forest.choose(self._named(side, own), goes_on, forest.terminal(False))
            found = forest.choose(both, forest.terminal(True), found)
        return found

    def _holds(self, side: int, decision: str, values: Set[str]) -> int:
        """Where a decision has one of these values; everywhere, when it has no diagram."""
        root = self.sides.root(side, decision)
        return self.forest.terminal(True) if root is None else self.forest.combine(lambda own: own in values, root)

    def _really(self, own: Twins, known: Mapping[str, Any]) -> bool:
        """Whether the rules themselves give this citizen one outcome and name the decision in both explanations."""
        views = [seen_by(graph, known) for graph in (self.sides.old, self.sides.new)]
        outcomes = [view.value(goal) for view, goal in zip(views, self.goals, strict=True)]
        named = zip(views, self.goals, (own.old.name, own.new.name), strict=True)
        alike_outcomes = outcomes[0] == outcomes[1]
        return alike_outcomes and all(name == goal or name in _explained(view, goal) for view, goal, name in named)

    # -- what only looks different

    def _written(self, own: Twins) -> None:
        """Nobody is told otherwise: say that it is written in another way, when that is all there is to it."""
        old, new = (_shapes(ruling) for ruling in (own.old, own.new))
        if old == new:
            return
        moved = [row for row in old if row in new] != [row for row in new if row in old]
        is_only_order = moved and len(old) == len(new) and all(row in new for row in old)
        if self._same_value(own, is_only_order=is_only_order):
            said = (
                worded("the rows of `{name}` stand in another order, and nobody notices", name=called(own.new))
                if moved
                else worded("`{name}` is written in another way, and nobody notices", name=called(own.new))
            )
            self.notes.append(said)
        elif moved and self.is_quiet:
            self.changes.append(
                Change("rule", worded("the rows of `{name}` stand in another order", name=called(own.new)))
            )

    def _same_value(self, own: Twins, *, is_only_order: bool) -> bool:
        """Whether everybody keeps the value of a decision. The order of rows alone matters to few hit policies."""
        if is_only_order and own.old.hit is own.new.hit and own.new.hit not in (Hit.FIRST, Hit.RULE_ORDER):
            return True
        pairs = self.all.pairs((own.old.name, own.new.name))
        if pairs is None:
            return False
        same = self.forest.combine(lambda pair: alike(*pair), pairs)
        return self.forest.choose(self.sides.possible, same, self.forest.terminal(True)) == self.forest.terminal(True)


def _of_same_table(own: Twins, among: Sequence[Twins]) -> list[Twins]:
    """Of decisions that one table gives, in both flows, those before this one: its rows were looked at with them."""
    tables = (own.old.table, own.new.table)
    before = among[: among.index(own)] if all(tables) else ()
    return [other for other in before if (other.old.table, other.new.table) == tables]


def _explained(view: View, goal: str) -> set[str]:
    """The decisions that an explanation of these answers names."""
    graph = view.graph
    outcome = graph.flow.outcomes.get(str(view.value(goal)))
    waiting, seen = [goal, *(outcome.values if outcome is not None else ())], set[str]()
    while waiting:
        name = waiting.pop()
        ruling = graph.rulings.get(name)
        if ruling is None or ruling.each or name in seen:
            continue
        seen.add(name)
        waiting.extend(own for own in decisions_among(graph, names_read(ruling)) if view.value(reach(name, own)) == YES)
    return seen


def _counts(pair: Pair) -> bool:
    """Reasons that change places are about who gets both in both flows; whether one is given is told by itself."""
    return NO not in pair or YES in pair


def _shapes(ruling: Ruling) -> list[object]:
    """Rows without their places: what they ask, what they conclude, what is told of them; or the formula."""
    if ruling.formula is not None:
        return [ruling.formula.expr]
    return [(*_rule(row), row.because, row.source) for row in ruling.rows]


def _rule(row: Row) -> tuple[object, ...]:
    asked = [(own.head.expr, own.test) if isinstance(own, CellCondition) else own.expr for own in row.conditions]
    return asked, row.output.expr, row.rest


def _written_otherwise(told: Told, own: Twins) -> Iterator[Change]:
    """Rows that conclude alike from the same conditions, and are told otherwise."""
    known = [(_rule(row), told.telling(0, own.old, row)) for row in own.old.rows]
    for row in own.new.rows:
        before = next((telling for rule, telling in known if rule == _rule(row)), None)
        after = told.telling(1, own.new, row)
        if before is None or before == after:
            continue
        old, new = _words(before, after)
        said = worded(
            "`{name}`, row {number}: {old} -> {new}", name=called(own.new), number=row.number, old=old, new=new
        )
        yield Change("reason", said)


def _translations(told: Told, own: Twins) -> Iterator[Change]:
    """Reasons that another language says otherwise."""
    for reason, language, old, new in told.translated(own):
        said = worded(
            "`{name}`, {reason} in {language}: {old} -> {new}",
            name=called(own.new),
            reason=_reason(reason),
            language=language,
            old=_reason(old),
            new=_reason(new),
        )
        yield Change("reason", said)


# -- words


def _effect(old: Telling, new: Telling) -> str:
    if old.reason == new.reason:
        return SOURCE
    return REASON if old.source == new.source else BOTH


def _words(old: Telling, new: Telling) -> tuple[str, str]:
    """Both tellings, as far as they differ."""
    effect = _effect(old, new)
    if effect == SOURCE:
        return _source(old.source), _source(new.source)
    if effect == REASON:
        return _reason(old.reason), _reason(new.reason)
    return _whole(old), _whole(new)


def _whole(telling: Telling) -> str:
    return worded("{reason} ({source})", reason=_reason(telling.reason), source=_source(telling.source))


def _reason(words: str) -> str:
    return f"“{words}”" if words else worded("no reason")


def _source(key: str) -> str:
    return key or worded("no source")
