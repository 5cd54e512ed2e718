"""L-CHECK: a place where a citizen checks everything and can correct nothing."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.graph.process import By
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

CHANGE = "change"
_CHECK = """
process:
  places: {nakijken: {who: citizen, does: check, within: P30D, title: "Kijk alles na"}}
  steps: |
    | from                | event   | by      | if | to        | do            |
    | answered            | look    | citizen | -  | nakijken  | -             |
    | nakijken            | agree   | citizen | -  | closed    | -             |
    | nakijken            | late    | clock   | -  | expired   | tell verlopen |
"""
PAGE = Page(
    "L-CHECK",
    Severity.ERROR,
    Two("checking without being able to correct", "nakijken zonder iets te kunnen verbeteren"),
    Two(
        "Whoever is asked to check everything and sees a mistake has to be able to mend it. Without a step `change` "
        "the page shows the answers and takes no other.",
        "Wie alles moet nakijken en een fout ziet, moet die kunnen verbeteren. Zonder een stap `change` toont de "
        "pagina de antwoorden en neemt ze geen ander aan.",
    ),
    avoid=_CHECK,
    prefer=_CHECK + "    | nakijken            | change  | citizen | -  | answering | -             |\n",
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.graph.process
    for name, place in process.places.items():
        if place.does == "check" and not any(step.by is By.CITIZEN for step in process.rows(name, CHANGE)):
            yield Found(
                process.where(name),
                Two(
                    f"In `{name}` the citizen checks everything and can correct nothing.",
                    f"In `{name}` kijkt de inwoner alles na en kan die niets verbeteren.",
                ),
                Two("Add a step `change` by citizen that leads back to the questions.",
                    "Voeg een stap `change` van citizen toe die teruggaat naar de vragen."),
            )  # fmt: skip


RULE = Rule(PAGE, check)
