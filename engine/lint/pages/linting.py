"""Pages of what the linter says of itself."""

from __future__ import annotations

from engine.errors import Severity
from engine.lint.rule import Page, Two

PAGES = (
    Page(
        "L-WAIVER",
        Severity.WARNING,
        Two("a rule set aside without effect or reason", "een regel opzijgezet zonder effect of reden"),
        Two(
            "A rule may be set aside in writing, so that whoever comes after knows why. Without a reason nobody "
            "can judge it; where nothing is found any more, the comment misleads.",
            "Een regel mag opzij, als er staat waarom. Zonder reden kan niemand dat beoordelen. Is er niets meer "
            "te vinden, dan zet de opmerking de lezer op het verkeerde been.",
        ),
        avoid="# lint: L-NEGATIVE\n",
        prefer="# lint: L-NEGATIVE: the law prescribes these words\n",
    ),
)
