"""Every rule, and the page of every code that anybody can see. A test compares this with the files of `rules/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.lint import pages
from engine.lint.rule import Page, Rule
from engine.lint.rules import (
    ask_short,
    ask_twice,
    because,
    canvas,
    cents,
    check_change,
    confirm,
    contact_time,
    digital,
    do_twice,
    equal,
    evidence,
    figure,
    ground,
    guard_early,
    hardship,
    kept_short,
    limits,
    long_flow,
    negative,
    next_step,
    option_labels,
    promises,
    rank,
    register,
    remedy,
    remedy_weeks,
    remind,
    retention,
    screen_words,
    skill,
    skill_near,
    slug,
    source,
    source_date,
    stands_still,
    task_clock,
    task_term,
    to_fill_in,
    translation,
    unused,
    whose_move,
    why_same,
    words,
)

RULES: Final[tuple[Rule, ...]] = (
    ask_short.RULE,
    ask_twice.RULE,
    because.RULE,
    canvas.RULE,
    cents.RULE,
    check_change.RULE,
    confirm.RULE,
    contact_time.RULE,
    digital.RULE,
    do_twice.RULE,
    equal.RULE,
    evidence.RULE,
    figure.RULE,
    ground.RULE,
    guard_early.RULE,
    hardship.RULE,
    kept_short.RULE,
    limits.RULE,
    long_flow.RULE,
    negative.RULE,
    next_step.RULE,
    option_labels.RULE,
    promises.RULE,
    rank.RULE,
    register.RULE,
    remedy.RULE,
    remedy_weeks.RULE,
    remind.RULE,
    retention.RULE,
    screen_words.RULE,
    skill.RULE,
    skill_near.RULE,
    slug.RULE,
    source.RULE,
    source_date.RULE,
    stands_still.RULE,
    task_clock.RULE,
    task_term.RULE,
    to_fill_in.RULE,
    translation.RULE,
    unused.RULE,
    whose_move.RULE,
    why_same.RULE,
    words.RULE,
)

PAGES: Final[Mapping[str, Page]] = {
    page.code: page for page in sorted((*pages.PAGES, *(rule.page for rule in RULES)), key=lambda page: page.code)
}
"""By code, in alphabetical order."""


def page_of(code: str) -> Page | None:
    """The page of a code, however it is written; None when there is no such code."""
    return PAGES.get(code.strip().upper())
