"""How a journey came out and why, in three grades from one trace.

short   one plain sentence: the reason
why     the facts that made the difference, each with who supplied it
rules   every conclusion with its rule, its legal source and the facts it used, for the professional
"""

from __future__ import annotations

from ui_schema.shape import Action, Promise, Shape, Source


class FactUse(Shape):
    """A fact that a conclusion rests on: what it is, what it was, who supplied it and when."""

    label: str
    value: str
    supplier: str = ""
    on: str = ""


class Conclusion(Shape):
    """One step of the reasoning."""

    concludes: str
    because: str = ""
    rule: str = ""
    source: Source | None = None
    facts: tuple[FactUse, ...] = ()
    passed: tuple[str, ...] = ()  # why the other rows did not apply


class Explanation(Shape):
    short: str
    why: tuple[FactUse, ...] = ()
    rules: tuple[Conclusion, ...] = ()
    otherwise: tuple[str, ...] = ()  # what would have to be different for another outcome


class Value(Shape):
    """A value that belongs to the outcome (an amount, a list of papers), written out."""

    label: str
    text: str
    items: tuple[str, ...] = ()


class Remedy(Shape):
    """What somebody can do against a determination: kind, where, until when, legal source."""

    kind: str
    title: str
    text: str
    at: str = ""
    within: str = ""
    until: str = ""
    late: bool = False
    source: Source | None = None
    action: Action | None = None


class OutcomeView(Shape):
    """`kind` is the flow's: answer, grant, refusal, task, handover."""

    id: str
    kind: str
    title: str
    good: bool = False  # nothing better could have come out for the citizen
    paragraphs: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    motive: str = ""
    explanation: Explanation | None = None
    remedy: Remedy | None = None
    next: tuple[Promise, ...] = ()
    actions: tuple[Action, ...] = ()
