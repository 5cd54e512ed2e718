"""L-FIGURE: a figure of the law written into a calculation that names no source."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from engine.errors import Severity
from engine.feel import tree as t
from engine.flow.model import FactType
from engine.graph.graph import Ruling
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_AMOUNT = """
facts: {inkomen: {type: money, min: 0, max: 90000, label: "Inkomen", ask: "Hoeveel verdient u?", why: "Wie minder heeft, betaalt minder."}}
decisions:
  prijs: {type: money, round: half_up 0.01, is: "max(0, inkomen * 0.0345 - 1234.56)"%s}
outcomes: {nee: {values: [prijs], text: "U betaalt {prijs}."}}
"""  # noqa: E501
ROUND = frozenset(map(Decimal, ("0", "1", "2", "3", "4", "5", "7", "10", "12", "24", "30", "31", "52", "60", "100",
                                "365", "366", "1000", "0.5", "0.25", "0.1", "0.01", "0.001")))  # fmt: skip
"""Figures of counting and rounding, not of a law."""

PAGE = Page(
    "L-FIGURE",
    Severity.NOTE,
    Two("a figure in a calculation that names no source", "een bedrag in een berekening zonder bron"),
    Two(
        "An amount or a percentage comes from a law or a tariff that changes every year. Who looks for it then finds "
        "it only where the calculation says from what it follows; a parameter holds it by date.",
        "Een bedrag of percentage komt uit een wet of tarief dat elk jaar verandert. Wie het dan zoekt, vindt het "
        "alleen als de berekening zegt waar het uit volgt. Een parameter bewaart het per datum.",
    ),
    avoid=_AMOUNT % "",
    prefer=_AMOUNT % ", source: tarief",
    source="Awb article 3:47",
)


def check(subject: Subject) -> Iterator[Found]:
    hint = Two(
        "Add `source`: a name under `sources`, or put the figure in a parameter.",
        "Voeg `source` toe: een naam onder `sources`, of zet het bedrag in een parameter.",
    )
    for section, rulings in (("decisions", subject.graph.rulings), ("functions", subject.graph.functions)):
        for name, ruling in rulings.items():
            own = next(iter(_figures(ruling)), None) if not ruling.source and not ruling.table else None
            if own is not None:
                message = Two(
                    f"`{name}` counts with {own}, and does not say where that comes from.",
                    f"`{name}` rekent met {own}, en zegt niet waar dat vandaan komt.",
                )
                yield Found(subject.at(section, name, "is"), message, hint)


def _figures(ruling: Ruling) -> Iterator[Decimal]:
    """Figures of a law in a calculation of an amount, with which other figures are counted or compared."""
    if ruling.formula is None or ruling.type is not FactType.MONEY:
        return
    for node in t.walk(ruling.formula.expr):
        value = node.value if isinstance(node, t.Literal) else None
        if isinstance(value, Decimal) and abs(value) not in ROUND:
            yield value


RULE = Rule(PAGE, check)
