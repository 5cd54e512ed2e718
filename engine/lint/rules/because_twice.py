"""L-BECAUSE-TWICE: one reason for two different conclusions of one table."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.graph.graph import Row
from engine.graph.together import called, stands_for_all
from engine.lint.alike import said
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_ROWS = """
decisions:
  gratis:
    table: |
      | leeftijd || gratis | source | because     |
      | < 12     || ja     | tarief | u bent jong |
      | -        || nee    | tarief | %s |
"""
PAGE = Page(
    "L-BECAUSE-TWICE",
    Severity.WARNING,
    Two("one reason for two different answers", "een reden voor twee verschillende antwoorden"),
    Two(
        "What explains a yes cannot explain a no. A reason that was copied from the row above tells people something "
        "that is not the ground of their decision.",
        "Wat een ja uitlegt, kan geen nee uitleggen. Een reden die van de rij erboven is overgenomen, vertelt mensen "
        "iets wat niet de grond van hun besluit is.",
    ),
    avoid=_ROWS % "u bent jong",
    prefer=_ROWS % "u bent niet jong",
    source="Awb article 3:46",
)


def check(subject: Subject) -> Iterator[Found]:
    """Where several options count together one reason may call for several things."""
    for name, ruling in subject.graph.rulings.items():
        if name not in subject.flow.decisions or ruling.hit.lists or not stands_for_all(subject.graph, ruling):
            continue
        seen: dict[str, Row] = {}
        for row in ruling.rows:
            first = seen.setdefault(row.because.strip().lower(), row) if said(row.because) else row
            if first.output.text != row.output.text:
                yield Found(
                    row.where,
                    Two(
                        f"Rows {first.number} and {row.number} of `{called(ruling)}` give two answers for one reason.",
                        f"Rij {first.number} en {row.number} van `{called(ruling)}` hebben een reden, twee antwoorden.",
                    ),
                    Two("Give each row its own reason.", "Geef elke rij haar eigen reden."),
                )


RULE = Rule(PAGE, check)
