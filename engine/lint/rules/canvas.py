"""L-CANVAS: a process without a chosen role, style, or place for empathy."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-CANVAS",
    Severity.NOTE,
    Two("a process without a chosen role and style", "een proces zonder gekozen rol en stijl"),
    Two(
        "Government meets people in different roles, and each asks for another tone. Chosen knowingly, role, "
        "style, moments of empathy and norms can be discussed and checked; left out, they are whatever happened to "
        "be.",
        "De overheid heeft verschillende rollen, en elke rol vraagt een andere toon. Bewust gekozen zijn rol, "
        "stijl, momenten van empathie en normen te bespreken en te toetsen. Weggelaten zijn ze wat het toevallig "
        "werd.",
    ),
    avoid="""
canvas: {roles: [], style: {}}
""",
    prefer="""
canvas:
  roles: [leverancier]
  style: {bureaucraat: 40, ondernemer: 40, verbinder: 20}
  empathy: {uitkomst: useful}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    canvas = subject.flow.canvas
    lacking = [key for key in ("roles", "style", "empathy") if canvas is None or not getattr(canvas, key)]
    if lacking:
        told = ", ".join(f"`{key}`" for key in lacking)
        yield Found(
            subject.key("canvas" if canvas else "flow"),
            Two(f"The canvas does not say: {told}.", f"Het canvas zegt niet: {told}."),
            Two("Choose them with the team.", "Kies ze met het team."),
        )


RULE = Rule(PAGE, check)
