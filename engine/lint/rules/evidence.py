"""L-EVIDENCE: norms without anything that shows they can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-EVIDENCE",
    Severity.WARNING,
    Two("a norm without evidence", "een norm zonder onderbouwing"),
    Two(
        "A norm that nobody has seen reached is a wish. It breaks the promise to the citizen, and it wears out the "
        "worker.",
        "Een norm die niemand ooit gehaald heeft, is een wens. Die breekt de belofte aan de inwoner en put de "
        "medewerker uit.",
    ),
    avoid="""
canvas:
  norms: {call_back: {working_hours: 1}}
""",
    prefer="""
canvas:
  norms: {call_back: {working_hours: 4}}
  evidence: In een proef van zes weken haalden we dit bij negen van de tien.
""",
)


def check(subject: Subject) -> Iterator[Found]:
    canvas = subject.flow.canvas
    if canvas and canvas.norms and canvas.evidence is None:
        yield Found(
            subject.key("canvas", "norms"),
            Two("Nothing shows that these norms can be reached.", "Niets laat zien dat deze normen haalbaar zijn."),
            Two("Add `evidence`: what was tried, with whom, and what came out.",
                "Voeg `evidence` toe: wat is geprobeerd, met wie, en wat kwam eruit."),
        )  # fmt: skip


RULE = Rule(PAGE, check)
