"""L-EQUAL: acting with authority, and deciding on who somebody is, or on a worker's judgement without a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import SupplierKind
from engine.graph.graph import Formula, Row
from engine.graph.together import called, stands_for_all
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_PROTECTED = re.compile(
    r"(^|_)(geslacht|sekse|gender|sex|godsdienst|geloof|religion|ras|race|afkomst|herkomst|etniciteit|ethnicity|"
    r"nationaliteit|nationality|geaardheid|orientation|levensovertuiging|politieke_overtuiging)(_|$)",
    re.IGNORECASE,
)
PAGE = Page(
    "L-EQUAL",
    Severity.WARNING,
    Two("authority without equal treatment", "gezag zonder gelijke behandeling"),
    Two(
        "In the role of gezagsdrager equal cases are treated equally. A decision that turns on who somebody is "
        "needs a law that says so; a worker's judgement needs a rule with its source and its reason, so that the "
        "next worker judges alike.",
        "In de rol van gezagsdrager krijgen gelijke gevallen een gelijke behandeling. Een besluit dat afhangt van "
        "wie iemand is, heeft een wet nodig die dat zegt. Een oordeel van een medewerker heeft een regel met bron "
        "en reden nodig, zodat de volgende hetzelfde oordeelt.",
    ),
    avoid="""
canvas: {roles: [gezagsdrager]}
facts: {oordeel: {type: boolean, from: [worker], skill: zwembad, ask: "Mag het?", why: "Iemand kijkt mee."}}
decisions:
  gratis:
    table: |
      | oordeel || gratis | because          |
      | yes     || ja     | het mag          |
      | -       || nee    | het mag nog niet |
""",
    prefer="""
canvas: {roles: [gezagsdrager]}
facts: {oordeel: {type: boolean, from: [worker], skill: zwembad, ask: "Mag het?", why: "Iemand kijkt mee."}}
decisions:
  gratis:
    table: |
      | oordeel || gratis | source | because          |
      | yes     || ja     | tarief | het mag          |
      | -       || nee    | tarief | het mag nog niet |
""",
    source="Grondwet article 1; Algemene wet gelijke behandeling; Awb article 4:81",
)


def check(subject: Subject) -> Iterator[Found]:
    flow = subject.flow
    if flow.canvas is None or "gezagsdrager" not in flow.canvas.roles:
        return
    for path, name, fact in subject.facts:
        if name not in subject.graph.goal.reads and path[1] not in subject.graph.goal.reads:
            continue
        if _PROTECTED.search(name) and not (fact.ground and fact.ground.source):
            yield Found(
                subject.key(*path),
                Two(f"The decision turns on `{name}`, which is about who somebody is.",
                    f"Het besluit hangt af van `{name}`: van wie iemand is."),
                Two("Name the law that asks it under `ground`, or leave it out.",
                    "Noem de wet die het vraagt bij `ground`, of laat het weg."),
            )  # fmt: skip
        if all(ref.kind == SupplierKind.WORKER for ref in fact.suppliers):
            yield from _judged(subject, name)


def _judged(subject: Subject, name: str) -> Iterator[Found]:
    for ruling in subject.graph.rulings.values():
        for row in ruling.rows if stands_for_all(subject.graph, ruling) else ():
            if _reads(row, name) and not ((row.source or ruling.source) and row.because):
                yield Found(
                    row.where,
                    Two(f"Row {row.number} of `{called(ruling)}` turns on a judgement, without source and reason.",
                        f"Rij {row.number} van `{called(ruling)}` hangt af van een oordeel, zonder bron en reden."),
                    Two("Give the row a `source` and a `because`.", "Geef de rij een `source` en een `because`."),
                )  # fmt: skip


def _reads(row: Row, name: str) -> bool:
    read = [own.names if isinstance(own, Formula) else own.head.names for own in row.conditions]
    return any(name in names for names in read)


RULE = Rule(PAGE, check)
