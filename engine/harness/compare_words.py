"""What differs between two flows as written: questions, texts, checks, tasks and the resolved process.

    kind        what is set side by side
    question    facts: who is asked what, in which words and order
    text        outcomes, pages, letters, the first page
    check       which answers are accepted
    source      what a source is: its title, article, address
    task        tasks and contact
    channel     channels
    process     places, ends, terms and steps, with the standard filled in; in the order that somebody notices

Promises, the canvas and the owner are no difference to a citizen and are left out; which rule names which source is
for `engine.harness.compare_reasons`, as are its reasons.
Called by `engine.harness.compare` only; tests: tests/engine/harness/test_compare.py.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from engine.errors import worded
from engine.graph.graph import Graph
from engine.graph.process import Step
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
TOP = ("question", "about", "notice", "language", "languages", "order")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in what the files say."""

    kind: str
    what: str

    @property
    def key(self) -> str:
        """By what an approval knows it, and how it is told."""
        return worded("{kind}: {what}", kind=worded(self.kind), what=self.what)


def changes(old: Graph, new: Graph) -> tuple[Change, ...]:
    """Every difference in words and process, each as a sentence part."""
    return tuple(_all(old, new))


def _all(old: Graph, new: Graph) -> Iterator[Change]:
    before, after = old.flow.model_dump(mode="json"), new.flow.model_dump(mode="json")
    for name in TOP:
        if before.get(name) != after.get(name):
            yield Change("text", _name_and(name, _two(before.get(name), after.get(name))))
    for kind, section in SECTIONS:
        for what in _mapping(before.get(section) or {}, after.get(section) or {}):
            yield Change(kind, worded("{section} {what}", section=section, what=what))
    if before.get("checks") != after.get("checks"):
        yield Change("check", _name_and("checks", _two(before.get("checks"), after.get("checks"))))
    common = [name for name in before["facts"] if name in after["facts"]]
    if common != [name for name in after["facts"] if name in before["facts"]]:
        yield Change("question", worded("questions stand in another order"))
    yield from _process(old, new)


def _mapping(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in dict.fromkeys((*before, *after)):
        if name not in after:
            yield worded("{name}: only in old{what}", name=name, what=_content(before[name]))
        elif name not in before:
            yield worded("{name}: only in new{what}", name=name, what=_content(after[name]))
        elif isinstance(before[name], Mapping) and isinstance(after[name], Mapping):
            yield from _inside(name, before[name], after[name])
        elif before[name] != after[name]:
            yield _name_and(name, _two(before[name], after[name]))


def _content(value: Any) -> str:
    """What there is in one version alone, where that is a text or a question; and of whom it is asked."""
    if _is_text(value):
        return worded(": {text}", text=_short(_said(value), 0))
    if not isinstance(value, Mapping) or not _is_text(value.get("ask")):
        return ""
    ask, when = _short(_said(value["ask"]), 0), value.get("when")
    return worded(": {ask} (when {when})", ask=ask, when=when) if when else worded(": {text}", text=ask)


def _inside(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in dict.fromkeys((*before, *after)):
        left, right = before.get(key), after.get(key)
        if _is_named(left) and _is_named(right):
            for what in _mapping(left, right):
                yield worded("{name}, {key}, {what}", name=name, key=key, what=what)
        elif left != right:
            yield _name_and(f"{name}, {key}", _two(left, right))


def _is_named(value: Any) -> TypeGuard[Mapping[str, Any]]:
    """Whether it is a mapping from names, such as options, of which each can differ by itself."""
    return isinstance(value, Mapping) and bool(value) and all(_is_text(own) for own in value.values())


def _name_and(name: str, what: str) -> str:
    return worded("{name}: {what}", name=name, what=what)


def _two(before: Any, after: Any) -> str:
    """Both sides of a difference, as a reader says it; a text in the first language in which it differs."""
    if _is_text(before) and _is_text(after):
        language = next((own for own in {**before, **after} if before.get(own) != after.get(own)), "")
        before, after = before.get(language), after.get(language)
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


def _plainly(value: Any) -> Any:
    """Texts in their own language, suppliers as an author writes them, lists without brackets."""
    if _is_text(value):
        return next(iter(value.values()))
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
    before, after = ([_step(own) for own in in_order(graph)] for graph in (old, new))
    for own in before:
        if own not in after:
            yield Change("process", worded("step only in old: {step}", step=own))
    for own in after:
        if own not in before:
            yield Change("process", worded("step only in new: {step}", step=own))
    common = [own for own in before if own in after]
    if common != [own for own in after if own in before]:
        yield Change("process", worded("steps are tried in another order"))
    for section in ("places", "ends", "terms"):
        left, right = getattr(first, section), getattr(then, section)
        for what in _mapping(_plain(left), _plain(right)):
            yield Change("process", worded("{section} {what}", section=section, what=what))


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
