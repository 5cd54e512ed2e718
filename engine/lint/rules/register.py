"""L-REGISTER: a question for something that the government already knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import Fact, FactType, SupplierKind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject, supplied_by

_KNOWN_TYPES = {FactType.PERSON, FactType.ADDRESS, FactType.BSN}
_KNOWN_NAME = re.compile(r"geboorte_?datum|birth_?date|date_of_birth|woon_?adres|nationaliteit|kenteken", re.IGNORECASE)
PAGE = Page(
    "L-REGISTER",
    Severity.NOTE,
    Two("a question for what a register knows", "een vraag naar wat een register al weet"),
    Two(
        "A citizen need not tell an administrative authority what is in the basic registers. Ask a register first "
        "and let the citizen see it: fewer questions, and fewer mistakes. Where a flow wants people to stay "
        "unknown, set this rule aside and say so.",
        "Een inwoner hoeft een bestuursorgaan niet te vertellen wat in de basisregistraties staat. Vraag het eerst "
        "aan het register en laat het zien: minder vragen, minder fouten. Moet iemand onbekend kunnen blijven, zet "
        "deze regel dan opzij.",
    ),
    avoid="""
facts:
  wie:
    type: person
    ask: "Wie bent u?"
    why: "Dan komt de pas bij u aan."
    retention: P1Y
    ground: {text: "Nodig.", source: tarief}
outcomes: {ja: {needs: [wie]}}
""",
    prefer="""
facts:
  wie:
    type: person
    from: [register:brp.persoon, citizen]
    ask: "Wie bent u?"
    why: "Dan komt de pas bij u aan."
    retention: P1Y
    ground: {text: "Nodig.", source: tarief}
outcomes: {ja: {needs: [wie]}}
""",
    source="Wet basisregistratie personen article 1.7; Single Digital Gateway Regulation (EU) 2018/1724 article 14",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.asked:
        if len(path) == 2 and _is_known(name, fact) and not supplied_by(fact, SupplierKind.REGISTER):
            yield Found(
                subject.key(*path),
                Two(f"`{name}` stands in a register, but the citizen has to tell it.",
                    f"`{name}` staat in een register, maar de inwoner moet het vertellen."),
                Two("Write `from: [register:NAME, citizen]`.", "Schrijf `from: [register:NAAM, citizen]`."),
            )  # fmt: skip


def _is_known(name: str, fact: Fact) -> bool:
    return fact.type in _KNOWN_TYPES or bool(_KNOWN_NAME.fullmatch(name))


RULE = Rule(PAGE, check)
