"""A comparison of two versions as a page: who gains and who loses, what else changed, both texts side by side.

Called by `api.web.develop`; tests: tests/api/web/test_develop.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from engine.graph.graph import Graph
from engine.harness.compare import Comparison
from engine.harness.compare_shifts import BOTH, ORDER, REASON, SAME, SOURCE, Group, Shift
from engine.harness.compare_words import Change
from engine.harness.estimates import Estimate
from engine.lint.dutch import told
from ui_schema.build_develop import moves_of, witness_words
from ui_schema.develop import ChangeView, CompareView, GroupView, ShiftView, SideLine, VersionChoice
from ui_schema.flow_texts import label_of, outcome_title
from ui_schema.notation import share_words
from ui_schema.shape import Language
from ui_schema.texts import known, say

MOST_GROUPS = 12
MOST_OF_CHANGE = 3
EFFECTS = {SAME: "same", REASON: "reason", SOURCE: "source", BOTH: "basis", ORDER: "order"}
AROUND = 2
MOST_LINES = 1_500
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


def compare_view(
    slug: str,
    new: Graph,
    found: Comparison,
    texts: tuple[str, str],
    choices: tuple[VersionChoice, ...],
    language: Language,
) -> CompareView:
    """What the new version changes for citizens."""
    against = next((own.label for own in choices if own.current), "")
    before, after = found.questions
    questions = ""
    if before is not None and after is not None:
        old_figure, new_figure = _figure(before, language), _figure(after, language)
        key = "dev.compare.questions_same" if old_figure == new_figure else "dev.compare.questions"
        questions = say(language, key, old=old_figure, new=new_figure)
    return CompareView(
        slug,
        against,
        choices,
        "",
        tuple(_shift(own, new, language) for own in found.shifts),
        tuple(_change(own, new, language) for own in found.changes),
        questions,
        tuple(told(own, language) for own in found.open),
        tuple(side_by_side(*texts)),
        tuple(_shift(own, new, language) for own in found.reasons),
        tuple(told(own, language) for own in found.notes),
    )


def _figure(value: float, language: Language) -> str:
    return f"{value:.2f}".replace(".", "," if language is Language.NL else ".")


def _kind(kind: str, language: Language) -> str:
    key = f"dev.change.{kind}"
    return say(language, key) if known(key) else kind


def _shift(shift: Shift, new: Graph, language: Language) -> ShiftView:
    effect = EFFECTS.get(shift.effect, shift.effect)
    return ShiftView(
        label_of(new, shift.of, language),
        _said(new, shift.old, language),
        _said(new, shift.new, language),
        effect,
        say(language, f"dev.effect.{effect}"),
        share_words(shift.share, language) if shift.share is not None else "",
        tuple(_group(own, new, language) for own in shift.groups[:MOST_GROUPS]),
        max(0, len(shift.groups) - MOST_GROUPS),
        _people(shift.people, shift.people_at_most, shift.estimate, language),
    )


def _group(group: Group, new: Graph, language: Language) -> GroupView:
    return GroupView(
        _rule(group, language),
        share_words(group.share, language) if group.share is not None else "",
        witness_words(group.witness, new, language),
        moves_of(group.witness),
    )


def _change(change: Change, new: Graph, language: Language) -> ChangeView:
    own = change.touched
    kind, what, harm = _kind(change.kind, language), told(change.what, language), told(change.takes, language)
    if own is None:
        return ChangeView(kind, what, harm)
    return ChangeView(
        kind,
        what,
        harm,
        told(own.whom, language),
        "" if own.is_all else _part("situations", own.share, own.at_most, language),
        "" if own.is_all else _people(own.people, own.people_at_most, own.estimate, language),
        tuple(_group(one, new, language) for one in own.groups[:MOST_OF_CHANGE]),
        own.more or len(own.groups) > MOST_OF_CHANGE,
    )


def _people(share: float | None, at_most: float | None, estimate: Estimate | None, language: Language) -> str:
    """Which part of the population beside the flow; an estimate says that it is one."""
    if share is None and estimate is not None:
        ends = [share_words(own, language, fine=True) for own in (estimate.low, estimate.high)]
        return say(language, "dev.compare.people_about", low=ends[0], high=ends[1])
    return _part("people", share, at_most, language)


def _part(of: str, share: float | None, at_most: float | None, language: Language) -> str:
    """Which part of all situations, or of the population; "" where nothing is known."""
    if share is None and at_most is None:
        return ""
    words = share_words(share if share is not None else at_most or 0.0, language, fine=of == "people")
    return say(language, f"dev.compare.{of}" if share is not None else f"dev.compare.{of}_at_most", share=words)


def _said(graph: Graph, outcome: str, language: Language) -> str:
    if outcome in graph.flow.outcomes:
        return outcome_title(graph, outcome, language)
    if outcome == "no outcome":
        return say(language, "dev.compare.no_outcome")
    key = f"dev.shift.{outcome.replace(' ', '_')}"
    return say(language, key) if known(key) else told(outcome, language)


def _rule(group: Group, language: Language) -> str:
    rule = told(group.words, language)
    return rule if group.got is None else f"{rule}: {group.got[0]} → {group.got[1]}"


def side_by_side(old: str, new: str) -> Iterator[SideLine]:
    """Both texts in step: changed lines beside each other with a little around them, the rest left out."""
    left, right = old.splitlines()[:MOST_LINES], new.splitlines()[:MOST_LINES]
    groups = SequenceMatcher(None, left, right, autojunk=False).get_grouped_opcodes(AROUND)
    for number, group in enumerate(groups):
        if number:
            yield SideLine(None, "", None, "", "gap")
        for tag, left_from, left_to, right_from, right_to in group:
            yield from _side(tag, left, right, (left_from, left_to), (right_from, right_to))


def _side(
    tag: str, left: list[str], right: list[str], old: tuple[int, int], new: tuple[int, int]
) -> Iterator[SideLine]:
    for step in range(max(old[1] - old[0], new[1] - new[0])):
        first, then = old[0] + step, new[0] + step
        has_old, has_new = first < old[1], then < new[1]
        differs = differing(left[first], right[then]) if tag == "replace" and has_old and has_new else (0, 0, 0, 0)
        yield SideLine(
            first + 1 if has_old else None,
            left[first] if has_old else "",
            then + 1 if has_new else None,
            right[then] if has_new else "",
            "same" if tag == "equal" else "changed",
            *differs,
        )


def differing(old: str, new: str) -> tuple[int, int, int, int]:
    """Where two lines begin and end to differ, in whole words: from, to in the old; from, to in the new.

    All zero where they have so little in common that it would help nobody.
    """
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    most = min(len(left), len(right))
    before = next((at for at in range(most) if left[at] != right[at]), most)
    behind = next((at for at in range(most - before) if left[-1 - at] != right[-1 - at]), most - before)
    start = len("".join(left[:before]))
    ends = [len("".join(words[: len(words) - behind])) for words in (left, right)]
    if 2 * (len(old) - (ends[0] - start)) < len(old):
        return 0, 0, 0, 0
    return start, ends[0], start, ends[1]
