"""L-BECAUSE: a row of the decision that answers the question, without the reason in plain language."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.graph.together import called, in_file_order
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-BECAUSE",
    Severity.WARNING,
    Two("a conclusion without its reason", "een conclusie zonder reden"),
    Two(
        "A determination rests on reasons the citizen can read, and the reason is the line that people remember. "
        "Every row of the goal says why in the citizen's words.",
        "Een besluit rust op redenen die de inwoner kan lezen. Elke rij van het doel zegt waarom, in woorden van "
        "de inwoner.",
    ),
    avoid="""
decisions:
  gratis:
    table: |
      | leeftijd || gratis | source |
      | < 12     || ja     | tarief |
      | -        || nee    | tarief |
""",
    prefer="""
decisions:
  gratis:
    table: |
      | leeftijd || gratis | source | because          |
      | < 12     || ja     | tarief | u bent jong      |
      | -        || nee    | tarief | u bent niet jong |
""",
    source="Awb articles 3:46 and 3:47",
)


def check(subject: Subject) -> Iterator[Found]:
    goal = subject.graph.goal
    for row in in_file_order(goal):
        if not row.because and not goal.because:
            yield Found(
                row.where,
                Two(
                    f"Row {row.number} of `{called(goal)}` has no `because`.",
                    f"Rij {row.number} van `{called(goal)}` heeft geen `because`.",
                ),
                Two("Say why, in the citizen's words.", "Zeg waarom, in woorden van de inwoner."),
            )


RULE = Rule(PAGE, check)
