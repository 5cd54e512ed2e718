"""L-RANK: some outcomes have a rank and others do not, so a change cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-RANK",
    Severity.NOTE,
    Two("outcomes with and without a rank", "uitkomsten met en zonder rang"),
    Two(
        "`compare` says who gains and who loses by the rank of the outcomes. Where one of two has none it can only "
        "say that something changed.",
        "`compare` zegt wie erop vooruit- en achteruitgaat met de rang van de uitkomsten. Heeft een van de twee er "
        "geen, dan is alleen te zeggen dat er iets veranderde.",
    ),
    avoid="""
outcomes: {ja: {rank: 1}}
""",
    prefer="""
outcomes: {ja: {rank: 1}, nee: {rank: 0}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    outcomes = subject.flow.outcomes
    without = [name for name, outcome in outcomes.items() if outcome.rank is None]
    if without and len(without) < len(outcomes):
        for name in without:
            yield Found(
                subject.key("outcomes", name),
                Two(f"`{name}` has no `rank`, others have.", f"`{name}` heeft geen `rank`, andere wel."),
                Two(
                    "Add `rank`; higher is better for the citizen.", "Voeg `rank` toe; hoger is beter voor de inwoner."
                ),
            )


RULE = Rule(PAGE, check)
