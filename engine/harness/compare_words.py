"""What differs between two flows as written: questions, texts, checks, tasks and the resolved process.

    kind        what is set side by side
    question    facts: who is asked what, in which words and order
    text        outcomes, pages, letters, the first page
    check       which answers are accepted
    source      what a source is: its title, article, address
    task        tasks and contact
    channel     channels
    process     places, ends, terms and steps, with the standard filled in; in the order that somebody notices

Each names the part of the flow that it is `about`; whom that touches is for `engine.harness.compare_whom`. The canvas
and the owner are no difference to a citizen and are left out; promises are for `engine.harness.compare_promises`; which
rule names which source is for `engine.harness.compare_reasons`, as are its reasons.
Called by `engine.harness.compare` only; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any, TypeGuard

from engine.errors import worded
from engine.graph.graph import Graph
from engine.graph.process import Step
from engine.harness import compare_alike as alike
from engine.harness.compare_shifts import Group
from engine.harness.estimates import Estimate
from engine.harness.mutate_same import in_order

SECTIONS = (
    ("question", "facts"),
    ("text", "outcomes"),
    ("text", "pages"),
    ("text", "texts"),
    ("source", "sources"),
    ("task", "tasks"),
    ("task", "contact"),
    ("channel", "channels"),
)
LONGEST, CONTEXT = 120, 30
"""Letters of a text that are told, and how many before the first that differs."""
NOTHING: tuple[object, ...] = (None, "", [], {})
PROMISE = "promise"
"""The kind of a change in what a flow promises."""
TOP = ("question", "about", "notice", "language", "languages", "order")


@dataclass(frozen=True, slots=True)
class About:
    """Which part of a flow differs: a name under a section ("": the whole flow), and which of its keys.

    `one` is what stands in the key, where it holds several: a fact that is needed. `several` are the outcomes that a
    promise is about, none: everybody; `paragraphs` the number of a text's paragraph in OLD and in NEW, `step` the step
    of a process. `old` and `new`: which of the versions has the part.
    """

    section: str = ""
    name: str = ""
    key: str = ""
    one: str = ""
    several: tuple[str, ...] = ()
    paragraphs: tuple[int | None, int | None] = (None, None)
    step: Step | None = None
    old: bool = True
    new: bool = True


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a change touches: in words, in groups with a citizen each, and which part they are.

    `share` is of all situations, `people` of the declared population (0..1); where only a bound is known these are None
    and `at_most` and `people_at_most` hold it, or `estimate` what was drawn from the population; all are None where
    nothing is known. `more`: not all groups are told.
    """

    whom: str
    groups: tuple[Group, ...] = ()
    share: float | None = None
    people: float | None = None
    at_most: float | None = None
    people_at_most: float | None = None
    more: bool = False
    estimate: Estimate | None = None

    def counted(self, ends: tuple[int, int], size: int) -> Touched:
        """With what was counted over a population of this size, at least and at most."""
        if self.share in (0.0, 1.0) or not size:
            return self
        low, high = (own / size for own in ends)
        return replace(self, people=low if low == high else None, people_at_most=None if low == high else high)

    @property
    def is_all(self) -> bool:
        """Whether it is about everybody, or nobody: the words say so."""
        return self.share in (0.0, 1.0) or (self.at_most == 1.0 and not self.groups and self.people is None)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in what the files say, in which part of them, whom it touches and what it takes from them.

    `harm` is one of `engine.harness.compare_harms`, "" where nothing is plainly taken.
    """

    kind: str
    what: str
    about: About = About()
    harm: str = ""
    touched: Touched | None = None

    @property
    def key(self) -> str:
        """By what an approval knows it, and how it is told."""
        return worded("{kind}: {what}", kind=worded(self.kind), what=self.what)

    @property
    def said(self) -> str:
        """What it takes from people, where it plainly does, and the change itself."""
        return worded("{harm}: {change}", harm=self.takes, change=self.key) if self.harm else self.key

    @property
    def takes(self) -> str:
        """What it takes from people, in words."""
        return worded(self.harm) if self.harm else ""


def changes(old: Graph, new: Graph) -> tuple[Change, ...]:
    """Every difference in words and process, each as a sentence part."""
    return tuple(_all(old, new))


def _all(old: Graph, new: Graph) -> Iterator[Change]:
    before, after = old.flow.model_dump(mode="json"), new.flow.model_dump(mode="json")
    for name in TOP:
        if before.get(name) != after.get(name):
            yield Change("text", _name_and(name, _two(before.get(name), after.get(name))))
    for kind, section in SECTIONS:
        for about, what in _mapping(section, before.get(section) or {}, after.get(section) or {}):
            own = "question" if about.key == "needs" else kind
            yield Change(own, worded("{section} {what}", section=section, what=what), about)
    if before.get("checks") != after.get("checks"):
        said = _name_and("checks", _two(before.get("checks"), after.get("checks")))
        yield Change("check", said, About("checks"))
    common = [name for name in before["facts"] if name in after["facts"]]
    if common != [name for name in after["facts"] if name in before["facts"]]:
        yield Change("question", worded("questions stand in another order"))
    yield from _process(old, new)


Told = tuple[About, str]


def _mapping(section: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Told]:
    for name in dict.fromkeys((*before, *after)):
        about = About(section, name, old=name in before, new=name in after)
        if name not in after:
            yield about, worded("{name}: only in old{what}", name=name, what=_content(before[name]))
        elif name not in before:
            yield about, worded("{name}: only in new{what}", name=name, what=_content(after[name]))
        elif isinstance(before[name], Mapping) and isinstance(after[name], Mapping):
            yield from _inside(section, name, before[name], after[name])
        elif before[name] != after[name]:
            yield about, _name_and(name, _two(before[name], after[name]))


def _content(value: Any) -> str:
    """What there is in one version alone, where that is a text or a question; and of whom it is asked."""
    if _is_text(value):
        return worded(": {text}", text=_short(_said(value), 0))
    if not isinstance(value, Mapping) or not _is_text(value.get("ask")):
        return ""
    ask, when = _short(_said(value["ask"]), 0), value.get("when")
    return worded(": {ask} (when {when})", ask=ask, when=when) if when else worded(": {text}", text=ask)


def _inside(section: str, name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Told]:
    for key in dict.fromkeys((*before, *after)):
        left, right = before.get(key), after.get(key)
        about = About(section, name, key)
        if left == right or alike.same(section, key, left, right):
            continue
        if _is_named(left) and _is_named(right):
            for _, what in _mapping("", left, right):
                yield about, worded("{name}, {key}, {what}", name=name, key=key, what=what)
        elif (section, key) == ("outcomes", "text"):
            yield from _paragraphs(about, left or (), right or ())
        elif (section, key) == ("outcomes", "needs"):
            yield from _needs(about, left or (), right or ())
        else:
            yield about, _name_and(f"{name}, {key}", _two(left, right))


def _paragraphs(about: About, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Told]:
    """The paragraphs of an outcome side by side: those that stayed in step, the others one by one."""
    left, right = [str(own) for own in before], [str(own) for own in after]
    for tag, first, last, start, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        pairs = zip_longest(range(first, last), range(start, end)) if tag != "equal" else ()
        for old, new in pairs:
            what = _two(*_words(None if old is None else before[old], None if new is None else after[new]))
            called = f"{about.name}, {about.key}"
            if len(before) > 1 or len(after) > 1:
                number = (new if new is not None else old or 0) + 1
                called = worded("{text}, paragraph {number}", text=called, number=number)
            yield (
                replace(about, paragraphs=(old, new), old=old is not None, new=new is not None),
                _name_and(called, what),
            )


def _words(before: Any, after: Any) -> tuple[Any, Any]:
    """Two paragraphs, or their texts where nothing else of them differs."""
    parts = [own for own in (before, after) if isinstance(own, Mapping)]
    beside = [{key: own for key, own in part.items() if key != "text"} for part in parts]
    is_text = all(part.get("text") for part in parts)
    if is_text and (beside[0] == beside[1] if len(parts) == 2 else not any(beside[0].values())):
        return before and before["text"], after and after["text"]
    return before, after


def _needs(about: About, before: Sequence[str], after: Sequence[str]) -> Iterator[Told]:
    """Facts that handling an outcome needs, those that only one version needs one by one; facts say their order."""
    for one in dict.fromkeys((*before, *after)):
        if one not in after:
            what = worded("{name}, {key}, {what}", name=about.name, key=about.key, what=_only_in_old(one))
            yield replace(about, one=one, new=False), what
        elif one not in before:
            what = worded("{name}, {key}, {what}", name=about.name, key=about.key, what=_only_in_new(one))
            yield replace(about, one=one, old=False), what


def _only_in_old(name: str) -> str:
    return worded("{name}: only in old{what}", name=name, what="")


def _only_in_new(name: str) -> str:
    return worded("{name}: only in new{what}", name=name, what="")


def _is_named(value: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether it is a mapping from names, such as options, of which each can differ by itself."""
    return isinstance(value, Mapping) and bool(value) and all(_is_text(own) for own in value.values())


def _name_and(name: str, what: str) -> str:
    return worded("{name}: {what}", name=name, what=what)


def _two(before: Any, after: Any) -> str:
    """Both sides of a difference, as a reader says it; a text in the first language in which it differs."""
    if _is_text(before) and _is_text(after):
        language = next((own for own in {**before, **after} if before.get(own) != after.get(own)), "")
        before, after = (_quoted(own.get(language)) for own in (before, after))
    left, right = _said(before), _said(after)
    at = max(0, next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0) - CONTEXT)
    start = at if max(len(left), len(right)) > LONGEST else 0
    cut = [_short(own, start) for own in (left, right)]
    if max(len(left), len(right)) > LONGEST:  # another difference in what is left out must not look the same
        mark = hashlib.sha256(f"{left}\0{right}".encode()).hexdigest()[:8]
        return worded("{old} -> {new} ({mark})", old=cut[0], new=cut[1], mark=mark)
    return worded("{old} -> {new}", old=cut[0], new=cut[1])


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and bool(value) and all(isinstance(key, str) and len(key) == 2 for key in value)


def _quoted(text: str | None) -> str | None:
    """A text of the flow as such, so that its end is no end of a sentence of ours."""
    return f"“{text}”" if text else text


def _plainly(value: Any) -> Any:
    """Texts in their own language, suppliers as an author writes them, lists without brackets."""
    if _is_text(value):
        return _quoted(next(iter(value.values())))
    if isinstance(value, Mapping) and set(value) == {"kind", "name"}:
        return f"{value['kind']}:{value['name']}" if value["name"] else value["kind"]
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_plainly(own)}" for key, own in value.items() if own not in NOTHING)
    if isinstance(value, list | tuple):
        return ", ".join(str(_plainly(own)) for own in value)
    return value


def _said(value: Any) -> str:
    value = _plainly(value)
    return worded("nothing") if value in NOTHING else str(value)


def _short(said: str, start: int) -> str:
    """The part of a text from `start` on, so much as fits on a line."""
    if not start and len(said) <= LONGEST:
        return said
    part = said[start:]
    return ("..." if start else "") + (part if len(part) <= LONGEST else part[: LONGEST - 3] + "...")


def _process(old: Graph, new: Graph) -> Iterator[Change]:
    first, then = old.process, new.process
    kinds = alike.outcomes(old) == alike.outcomes(new)
    before, after = ({alike.row(graph, own, by_outcome=kinds): own for own in in_order(graph)} for graph in (old, new))
    for row, own in before.items():
        if row not in after:
            about = About("steps", own.event, step=own, new=False)
            yield Change("process", worded("step only in old: {step}", step=_step(own)), about)
    for row, own in after.items():
        if row not in before:
            about = About("steps", own.event, step=own, old=False)
            yield Change("process", worded("step only in new: {step}", step=_step(own)), about)
    common = [own for own in before if own in after]
    if common != [own for own in after if own in before]:
        yield Change("process", worded("steps are tried in another order"))
    for section in ("places", "ends", "terms"):
        left, right = getattr(first, section), getattr(then, section)
        for about, what in _mapping(section, _plain(left), _plain(right)):
            yield Change("process", worded("{section} {what}", section=section, what=what), about)


def _plain(section: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: own.model_dump(mode="json") if hasattr(own, "model_dump") else str(own) for name, own in section.items()
    }


def _step(step: Step) -> str:
    guard = f" if {step.guard}" if step.guard else " else" if step.when == "else" else ""
    does = f", {'; '.join(map(str, step.do))}" if step.do else ""
    four = worded(", not by who took {events}", events=", ".join(step.not_by)) if step.not_by else ""
    return worded(
        "{source}: {event} by {by}{guard} -> {to}{does}{four}",
        source=step.source,
        event=step.event,
        by=worded(step.by),
        guard=guard,
        to=step.to or "stay",
        does=does,
        four=four,
    )
