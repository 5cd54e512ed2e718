"""Whom a change in words or process touches: a group in rules, with a citizen and the share, beside every change.

    outcome, its remedy and words    whoever gets it          paragraph    whoever reads it, by its own `when`
    question, proof, supplier        whoever is asked         check        whose answers are refused now, and were not
    place, end, its clock            whoever can come there   step         whoever can take it
    term                             whom it runs for         letter, task whoever a step sends or opens it for
    channel, contact, first page     everybody                source       of whom a rule decides that rests on it

Of what both versions have it is whoever meets it in the new one; of what is gone, who met it in the old one. The sets
are `engine.harness.compare_sets` and `engine.harness.compare_ways`; what it takes from people:
`engine.harness.compare_harms`. Called by `engine.harness.compare`; tests: tests/engine/harness/test_compare_whom.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from engine.errors import Said, worded
from engine.graph.graph import Graph
from engine.graph.mdd import DiagramTooLarge
from engine.graph.process import OUTCOME, By, Do, Step
from engine.harness.compare_counted import Counting
from engine.harness.compare_harms import ANY, harm_of
from engine.harness.compare_sets import Found, Sets
from engine.harness.compare_tell import EVERYBODY, Telling
from engine.harness.compare_ways import Ways
from engine.harness.compare_words import About, Change, Touched
from engine.harness.declared import Declared

REMINDER: Final = "reminder"

Whose = tuple[Said | str, Found]


class Whom:
    """See the top of this module. Raises only NotSpread, about `declared`."""

    def __init__(self, old: Graph, new: Graph, declared: Declared | None) -> None:
        self.graphs = (old, new)
        self.declared = declared
        self.harmed: dict[str, list[Found]] = {}
        self.founds: list[Found] = []

    def of(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """The changes, each with whom it touches and what it takes from them."""
        return tuple(one for own in changes for one in (self._one(own), *self._no_longer(own)))

    def harms(self) -> Mapping[str, Touched]:
        """What is taken from people by all changes together: whoever is touched by one of them."""
        return {harm: self._together(found) for harm, found in self._harms.items()}

    def counting(self) -> Counting | None:
        """To count citizens by who is touched: by each of the changes in order, then by each of the harms; None where
        nothing differs.
        """
        try:
            both = [*self.founds, *(self.sets.any(found) for found in self._harms.values())]
        except (DiagramTooLarge, RecursionError):
            return None
        return Counting(self.sets, both) if both else None

    @property
    def _harms(self) -> Mapping[str, list[Found]]:
        """Whom the changes take something from, by what they take; ANY: whichever."""
        whole = [own for found in self.harmed.values() for own in found]
        return {**self.harmed, ANY: whole} if whole else {}

    def _together(self, found: Sequence[Found]) -> Touched:
        try:
            return self._telling.touched(worded("whoever it touches"), self.sets.any(found), groups=False)
        except (DiagramTooLarge, RecursionError):
            return Touched(worded("whoever it touches"))

    def _one(self, change: Change) -> Change:
        harm = harm_of(change.about, *self.graphs)
        try:
            words, found = self._whose(change.about)
            harm = harm if self._is_taken(change.about, found) else ""
            touched = self._telling.touched(words, found)
        except (DiagramTooLarge, RecursionError):
            words, found = worded("whoever it touches"), self.sets.bound(self.sets.everybody)
            touched = Touched(words)
        self.founds.append(found)
        if harm:
            self.harmed.setdefault(harm, []).append(found)
        return replace(change, harm=harm, touched=touched)

    def _no_longer(self, change: Change) -> Iterator[Change]:
        """Of another condition of a question also who is asked no longer, where others are asked now."""
        about = change.about
        if about.section != "facts" or about.key != "when" or not (about.old and about.new):
            return
        try:
            less = self._asked_alone(about.name, 0)
            if self.sets.nobody.node in (less.node, self._more_asked(about.name).node):
                return
            touched = self._telling.touched(worded("whoever is asked `{name}` no longer", name=about.name), less)
        except (DiagramTooLarge, RecursionError):
            return
        self.founds.append(less)
        yield replace(change, what=worded("{what}, no longer asked", what=change.what), touched=touched)

    def _is_taken(self, about: About, found: Found) -> bool:
        """Whether it really comes to somebody: not to fewer than before, where a condition differs."""
        if found.node == self.sets.nobody.node:
            return False
        if about.section == "checks":
            return self._more_refused().node != self.sets.nobody.node
        return about.key != "when" or about.section != "facts" or self._more_asked(about.name) == found

    def _more_asked(self, name: str) -> Found:
        return self._asked_alone(name, 1)

    def _asked_alone(self, name: str, side: int) -> Found:
        """Who is asked a fact in one version alone, by its condition there."""
        sets, other = self.sets, 1 - side
        apart = sets.without(sets.asked(side, name), sets.asked(other, name))
        return sets.both(apart, sets.without(self._makes_sense(name, side), self._makes_sense(name, other)))

    def _makes_sense(self, name: str, side: int) -> Found:
        when = self.graphs[side].facts[name].when
        return self.sets.everybody if when is None else self.sets.holds(side, when)

    def _more_refused(self) -> Found:
        return self.sets.without(self.sets.refused(1), self.sets.refused(0))

    @cached_property
    def sets(self) -> Sets:
        """The diagrams of both, made for the first change that is not about everybody."""
        return Sets(*self.graphs)

    @cached_property
    def _telling(self) -> Telling:
        return Telling(self.sets, self.declared)

    @cached_property
    def _ways(self) -> tuple[Ways, Ways]:
        return Ways(self.sets, 0), Ways(self.sets, 1)

    # -- of each part

    def _whose(self, about: About) -> Whose:
        finder = self._finders.get(about.section)
        self.sets.sides.give_room()
        return finder(about) if finder is not None else (EVERYBODY, self.sets.everybody)

    @cached_property
    def _finders(self) -> Mapping[str, Callable[[About], Whose]]:
        return {
            "outcomes": self._outcome,
            "facts": self._fact,
            "pages": self._page,
            "texts": self._text,
            "tasks": self._task,
            "sources": self._source,
            "checks": self._refused,
            "places": self._place,
            "ends": self._place,
            "terms": self._term,
            "steps": self._step,
            "promises": self._promise,
        }

    def _outcome(self, about: About) -> Whose:
        side = int(about.new or about.key == "needs")
        found = self.sets.outcome(side, about.name)
        if about.key == "text":
            return self._paragraph(about)
        if about.key == "needs" and about.one:
            own = int(about.new)
            asked = self.sets.both(self.sets.outcome(own, about.name), self.sets.asked(own, about.one))
            if not about.old and about.one in self.graphs[0].facts:
                asked = self.sets.without(asked, self.sets.asked(0, about.one))
            return worded("whoever gets `{name}`", name=about.name), asked
        return worded("whoever gets `{name}`", name=about.name), found

    def _paragraph(self, about: About) -> Whose:
        """Whoever reads the paragraph; where both have it, whoever reads one of the two."""
        found, guarded = [], False
        for side, at in enumerate(about.paragraphs):
            if at is None:
                continue
            when = self.graphs[side].texts[about.name][at]
            guarded = guarded or when is not None
            own = self.sets.outcome(side, about.name)
            found.append(own if when is None else self.sets.both(own, self.sets.told(side, when)))
        words = worded("whoever gets `{name}`", name=about.name)
        if guarded:
            words = worded("whoever reads that of `{name}`", name=about.name)
        if len(found) == 2 and not guarded:
            return words, found[1]
        if len(found) == 2 and self._only_when(about):
            first = self.sets.without(*found), self.sets.without(found[1], found[0])
            return worded("whoever reads it in one version alone"), self.sets.any(first)
        return words, self.sets.any(found)

    def _only_when(self, about: About) -> bool:
        """Whether a paragraph says the same, under another condition."""
        old, new = (
            graph.flow.outcomes[about.name].text[at]
            for graph, at in zip(self.graphs, about.paragraphs, strict=True)
            if at is not None
        )
        return old.text == new.text and old.show == new.show

    def _promise(self, about: About) -> Whose:
        """Whoever gets an outcome that the promise names; everybody where it names none."""
        if not about.several:
            return EVERYBODY, self.sets.everybody
        sides = [(name, int(name in self.graphs[1].flow.outcomes)) for name in about.several]
        found = self.sets.any(self.sets.outcome(side, name) for name, side in sides)
        return worded("whoever gets {names}", names=", ".join(f"`{name}`" for name in about.several)), found

    def _fact(self, about: About) -> Whose:
        sets, name = self.sets, about.name
        if about.old and about.new and about.key == "when":
            more, less = self._more_asked(name), self._asked_alone(name, 0)
            if more.node != sets.nobody.node:
                return worded("whoever is asked `{name}` now, and was not", name=name), more
            if less.node != sets.nobody.node:
                return worded("whoever is asked `{name}` no longer", name=name), less
        if about.key in ("min", "max", "options") and (gone := self._not_taken(name)) is not None:
            return worded("whoever would answer that"), gone
        return worded("whoever is asked `{name}`", name=name), sets.asked(int(about.new), name)

    def _not_taken(self, name: str) -> Found | None:
        """Whose answer the old version takes and the new one does not, of those who are asked; None: nobody's."""
        gone = self.sets.only_old(name)
        return None if gone is None else replace(self.sets.both(gone, self.sets.asked(0, name)), refused=True)

    def _page(self, about: About) -> Whose:
        side = int(about.new)
        page = self.graphs[side].flow.pages[about.name]
        found = self.sets.any(self.sets.asked(side, own) for own in page.facts if own in self.graphs[side].facts)
        return worded("whoever is asked something on page `{name}`", name=about.name), found

    def _text(self, about: About) -> Whose:
        side = int(about.new)
        found = [self._ways[side].step(step) for step in self._sending(side, about.name)]
        if about.name == REMINDER:
            places = self.graphs[side].process.places.items()
            found += [self._ways[side].place(name) for name, own in places if own.remind]
        return worded("whoever is told `{name}`", name=about.name), self.sets.any(found)

    def _sending(self, side: int, text: str) -> Iterator[Step]:
        yield from (step for step in self.graphs[side].process.steps if text in step.does(Do.TELL))

    def _task(self, about: About) -> Whose:
        side = int(about.new)
        return worded("whoever the task `{name}` is about", name=about.name), self._of_task(side, about.name)

    def _of_task(self, side: int, task: str) -> Found:
        graph, ways, sets = self.graphs[side], self._ways[side], self.sets
        found = []
        for step in graph.process.steps:
            if task in step.does(Do.TASK):
                found.append(ways.step(step))
            elif OUTCOME in step.does(Do.TASK):
                own = (who for _, spec, who in sets.outcomes(side) if spec.task == task)
                found += [sets.both(ways.step(step), who) for who in own]
        found += [sets.everybody for own in graph.flow.contact.values() if own.late == task]
        return sets.any(found)

    def _source(self, about: About) -> Whose:
        words = worded("whoever is told of `{name}`", name=about.name)
        return words, self.sets.said(int(about.new), about.name)

    def _refused(self, about: About) -> Whose:
        """Whose answers a check of the new version refuses, and none of the old one did."""
        more = self._more_refused()
        if more.node != self.sets.nobody.node:
            return worded("whoever's answers are refused now"), more
        return worded("whoever's answers are taken now"), self.sets.without(self.sets.refused(0), self.sets.refused(1))

    def _place(self, about: About) -> Whose:
        words = worded("whoever can come at `{name}`", name=about.name)
        return words, self._ways[int(about.new)].place(about.name)

    def _term(self, about: About) -> Whose:
        side = int(about.new)
        process = self.graphs[side].process
        starts = process.terms[about.name].starts
        steps = (own for own in process.steps if own.event == starts and not process.is_end(own.target))
        found = self.sets.any(self._ways[side].step(own) for own in steps)
        return worded("whom the term `{name}` runs for", name=about.name), found

    def _step(self, about: About) -> Whose:
        step = about.step
        assert step is not None
        found = self._ways[int(about.new)].step(step)
        words = worded("whom `{event}` at `{place}` is for", event=step.event, place=step.source)
        if step.by is By.CITIZEN:
            words = worded("whoever can take `{event}` at `{place}`", event=step.event, place=step.source)
        return words, found
