"""L-SOURCE-DATE: a law that can be looked up, without the date of the text that was read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-SOURCE-DATE",
    Severity.NOTE,
    Two("a law without the date of the text that was read", "een wet zonder de datum van de gelezen tekst"),
    Two(
        "Laws change. With the date a reader can look up the very text the rule was made from, and see whether it "
        "is still in force.",
        "Wetten veranderen. Met de datum is precies de tekst terug te vinden waar de regel uit komt, en is te zien "
        "of die nog geldt.",
    ),
    avoid="""
sources: {tarief: {title: "Zwemwet", bwb: BWBR0000001, article: "3"}}
""",
    prefer="""
sources: {tarief: {title: "Zwemwet", bwb: BWBR0000001, article: "3", valid: 2026-01-01}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for name, source in subject.flow.sources.items():
        if (source.bwb or source.cvdr) and not source.valid:
            yield Found(
                subject.key("sources", name),
                Two(
                    f"Which version of `{name}` was read is not said.",
                    f"Welke versie van `{name}` is gelezen, staat er niet.",
                ),
                Two("Add `valid: 2026-01-01`.", "Voeg `valid: 2026-01-01` toe."),
            )


RULE = Rule(PAGE, check)
