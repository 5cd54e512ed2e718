"""L-REASON-FIGURE: a reason that names another limit than its row has, or the other side of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from engine.errors import Severity
from engine.feel import cells as c
from engine.graph.graph import CellCondition, Row, Ruling
from engine.graph.together import called, stands_for_all
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.rule_figures import behind, names_of, of_row
from engine.lint.said_figures import Figure, figures
from engine.lint.subject import Subject

_ROWS = """
decisions:
  gratis:
    table: |
      | leeftijd || gratis | source | because                   |
      | < 12     || ja     | tarief | u bent jonger dan %s jaar |
      | -        || nee    | tarief | u bent 12 jaar of ouder   |
"""
PAGE = Page(
    "L-REASON-FIGURE",
    Severity.WARNING,
    Two("a reason that names another limit than its row", "een reden met een andere grens dan haar rij"),
    Two(
        "The reason stands in the letter. When it names 21 and the rule says 18, or `less than 100` and the rule takes "
        "100 as well, one of the two is wrong: whoever reads it cannot check the decision, and a judge will not "
        "uphold it.",
        "De reden staat in de brief. Noemt die 21 en zegt de regel 18, of `minder dan 100` terwijl de regel ook 100 "
        "neemt, dan klopt een van de twee niet: wie het leest kan het besluit niet nagaan, en bij de rechter houdt "
        "het geen stand.",
    ),
    avoid=_ROWS % "14",
    prefer=_ROWS % "12",
    source="Awb articles 3:46 and 3:47",
)
_BEFORE: Final = {
    "nl": (
        (re.compile(r"(?:minder|korter|jonger|lager|kleiner) dan(?: de)? $"), "below"),
        (re.compile(r"(?<!niet )(?:meer|langer|ouder|hoger|groter) dan(?: de)? $"), "above"),
        (re.compile(r"(?:hooguit|hoogstens|ten hoogste|maximaal|tot en met|niet meer dan) $"), "upto"),
        (re.compile(r"(?:minstens|minimaal|ten minste|vanaf) $"), "from"),
    ),
    "en": (
        (re.compile(r"(?:less|fewer|shorter|younger|lower|smaller) than $"), "below"),
        (re.compile(r"(?<!not )(?:more|longer|older|higher|greater) than $"), "above"),
        (re.compile(r"(?:at most|not more than|up to and including) $"), "upto"),
        (re.compile(r"(?:at least|from) $"), "from"),
    ),
}
"""What stands before a figure: does the rule take the figure itself, and does it go on below or above it?"""

_TAKES: Final = {"below": False, "above": False, "upto": True, "from": True}


def check(subject: Subject) -> Iterator[Found]:
    language = subject.flow.language
    for name, ruling in subject.graph.rulings.items():
        if not ruling.rows or name not in subject.flow.decisions or not stands_for_all(subject.graph, ruling):
            continue
        for row in ruling.rows:
            for figure in figures(language, row.because) if row.because else ():
                yield from _held(subject, ruling, row, figure)


def _held(subject: Subject, ruling: Ruling, row: Row, figure: Figure) -> Iterator[Found]:
    number = format(figure.value.normalize(), "f")
    if figure.value not in _allowed(subject, ruling, row):
        yield Found(
            row.where,
            Two(
                f"The reason of row {row.number} of `{called(ruling)}` names {number}, and no rule behind it does.",
                f"De reden van rij {row.number} van `{called(ruling)}` noemt {number}, en geen regel erachter.",
            ),
            Two("Let the reason name the limit of its row.", "Laat de reden de grens van haar rij noemen."),
        )
    elif _other_side(subject.flow.language, row, figure):
        yield Found(
            row.where,
            Two(
                f"The reason of row {row.number} of `{called(ruling)}` and its row differ on exactly {number}.",
                f"De reden van rij {row.number} van `{called(ruling)}` en de rij verschillen over precies {number}.",
            ),
            Two(
                "Write `less than` with `<`, `at most` with `<=`, or mend the row.",
                "Schrijf `minder dan` bij `<`, `hooguit` bij `<=`, of verbeter de rij.",
            ),
        )


def _allowed(subject: Subject, ruling: Ruling, row: Row) -> frozenset[Decimal]:
    """What the row may name: its own figures and those behind what it asks; without any, those of the whole table."""
    own = of_row(row) | behind(subject.graph, names_of(row.conditions))
    return own or behind(subject.graph, (ruling.name,))


def _other_side(language: str, row: Row, figure: Figure) -> bool:
    """Whether the words say that the figure itself counts where the row says that it does not, or the other way."""
    before = row.because[: figure.at].lower()
    side = next((side for words, side in _BEFORE.get(language, ()) if words.search(before)), "")
    cells = [own.test for own in row.conditions if isinstance(own, CellCondition)]
    bounds = [test for test in cells if isinstance(test, c.Interval) and figure.value in (test.low, test.high)]
    if not side or len(bounds) != 1:
        return False
    own = bounds[0]
    at_low = own.low == figure.value
    if at_low != (side in ("above", "from")):
        return False  # the figure is the other end of it: the words are about something else
    return (own.low_closed if at_low else own.high_closed) != _TAKES[side]


RULE = Rule(PAGE, check)
