"""L-WHOSE-MOVE: a worker determines where the page says that the citizen has the move."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.graph.process import By, Do
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_FLOW = """
process:
  places: {bekijken: {who: %s, does: %s, within: P1W, skill: zwembad, title: "Bekijken"}}
  steps: |
    | from     | event   | by      | if | to       | do              |
    | answered | ask     | citizen | -  | bekijken | -               |
    | bekijken | propose | worker  | -  | decided  | publish outcome |
    | bekijken | drop    | citizen | -  | closed   | -               |
    | bekijken | late    | clock   | -  | closed   | -               |
"""
PAGE = Page(
    "L-WHOSE-MOVE",
    Severity.ERROR,
    Two("a worker determines while the citizen has the move", "een medewerker beslist terwijl de inwoner aan zet is"),
    Two(
        "The page tells the citizen to do something, or that this is the outcome, while everybody waits for a worker; "
        "the citizen's clock runs, and the worklist knows of no place where somebody judges.",
        "De pagina zegt dat de inwoner iets moet doen, of dat dit de uitkomst is, terwijl iedereen op een medewerker "
        "wacht. De klok van de inwoner loopt, en de werklijst kent geen plaats waar iemand beoordeelt.",
    ),
    avoid=_FLOW % ("citizen", "outcome"),
    prefer=_FLOW % ("worker", "judge"),
)


def check(subject: Subject) -> Iterator[Found]:
    process = subject.graph.process
    for name, place in process.places.items():
        publishing = [own for own in process.by_source[name] if own.by is By.WORKER and own.does(Do.PUBLISH)]
        if place.who == "citizen" and publishing:
            yield Found(
                process.where(name),
                Two(
                    f"In `{name}` the citizen has the move, and a worker determines there (`{publishing[0].event}`).",
                    f"In `{name}` is de inwoner aan zet, en een medewerker beslist er (`{publishing[0].event}`).",
                ),
                Two("Write `who: worker, does: judge`, or let the worker determine elsewhere.",
                    "Schrijf `who: worker, does: judge`, of laat de medewerker elders beslissen."),
            )  # fmt: skip


RULE = Rule(PAGE, check)
