"""L-DIGITAL: a process that wants everybody to be digital."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from engine.errors import Severity
from engine.flow.model import ChannelName
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

DIGITAL = {ChannelName.WEB, ChannelName.EMAIL}
_WISH = re.compile(r"digita|online|self_?service|zelfbediening", re.IGNORECASE)
ALL = Decimal(100)
PAGE = Page(
    "L-DIGITAL",
    Severity.WARNING,
    Two("a norm of 100 % digital, or digital channels only", "een norm van 100 % digitaal, of alleen digitale kanalen"),
    Two(
        "Who cannot, or does not want to, do it on a screen has the same right. A share of digital that must be "
        "100 turns every telephone call into a failure, and people who call are no failure.",
        "Wie het niet op een scherm kan of wil doen, heeft hetzelfde recht. Een norm van 100 % digitaal maakt van "
        "elk telefoontje een mislukking, en wie belt is geen mislukking.",
    ),
    avoid="""
canvas: {norms: {digitaal: 100}}
""",
    prefer="""
canvas: {norms: {in_een_keer_goed: 90}}
""",
    source="Wet modernisering elektronisch bestuurlijk verkeer: electronic contact is a right, not a duty",
)


def check(subject: Subject) -> Iterator[Found]:
    canvas, channels = subject.flow.canvas, subject.flow.channels
    for name, norm in canvas.norms.items() if canvas else ():
        if _WISH.search(name) and norm.figure is not None and norm.figure >= ALL:
            yield Found(
                subject.key("canvas", "norms", name),
                Two(f"The norm `{name}` leaves nobody a way that is not digital.",
                    f"De norm `{name}` laat niemand een weg zonder scherm."),
                Two("Measure whether people get there, over whichever channel.",
                    "Meet of mensen er komen, langs welk kanaal ook."),
            )  # fmt: skip
    if channels and set(channels) <= DIGITAL:
        yield Found(
            subject.key("channels"),
            Two("There are digital channels only.", "Er zijn alleen digitale kanalen."),
            Two("Add `phone`, `desk` or `letter`.", "Voeg `phone`, `desk` of `letter` toe."),
        )


RULE = Rule(PAGE, check)
