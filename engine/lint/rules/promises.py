"""L-PROMISES: a flow that promises nothing, so that nothing guards it when it is changed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-PROMISES",
    Severity.NOTE,
    Two("a flow without promises", "een proces zonder beloften"),
    Two(
        "A promise says what must never happen, whatever the rows look like. It is proven for every citizen at "
        "every change, and it is the sentence that a team can agree on.",
        "Een belofte zegt wat nooit mag gebeuren, hoe de rijen er ook uitzien. Hij wordt bij elke wijziging voor "
        "elke inwoner bewezen, en het is de zin waar een team het over eens kan worden.",
    ),
    avoid="""
promises: []
""",
    prefer="""
promises: [{never: {outcome: nee, when: leeftijd < 12}}]
""",
)


def check(subject: Subject) -> Iterator[Found]:
    if not subject.flow.promises:
        yield Found(
            subject.key("outcomes"),
            Two("This flow promises nothing.", "Dit proces belooft niets."),
            Two("Add `promises: [{never: {outcome: ..., when: ...}}]`.",
                "Voeg toe: `promises: [{never: {outcome: ..., when: ...}}]`."),
        )  # fmt: skip


RULE = Rule(PAGE, check)
