"""L-RANK-KIND: a refusal that is ranked as good as what is granted, or a determination without a rank beside others."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.flow.model import OutcomeKind
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_BOTH = """
outcomes:
  ja: {kind: grant, rank: %s, remedy: {kind: bezwaar, within: P6W}}
  nee: {kind: refusal, rank: 1, remedy: {kind: bezwaar, within: P6W}}
"""
PAGE = Page(
    "L-RANK-KIND",
    Severity.WARNING,
    Two("a refusal ranked as good as a grant", "een weigering met de rang van een toekenning"),
    Two(
        "`compare` says by rank who gains and who loses, `more` promises by it, and the page calls the best outcome "
        "good. With a refusal on top, or beside what is granted, or a determination that has no rank, a change that "
        "takes something from people passes for one that gives.",
        "`compare` zegt met de rang wie erop vooruit- en achteruitgaat, `more` belooft ermee, en de pagina noemt de "
        "beste uitkomst goed. Staat een weigering bovenaan of naast een toekenning, of heeft een besluit geen rang, "
        "dan lijkt een wijziging die iets afneemt er een die iets geeft.",
    ),
    avoid=_BOTH % "1",
    prefer=_BOTH % "2",
)


def check(subject: Subject) -> Iterator[Found]:
    outcomes = subject.flow.outcomes
    ranked = [name for name, own in outcomes.items() if own.kind.is_determination and own.rank is not None]
    for name, own in outcomes.items():
        if own.rank is None and own.kind.is_determination and ranked:
            yield Found(
                subject.key("outcomes", name),
                Two(
                    f"The determination `{name}` has no `rank`, and `{ranked[0]}` has one.",
                    f"Het besluit `{name}` heeft geen `rank`, en `{ranked[0]}` wel.",
                ),
                Two(
                    "Add `rank`; higher is better for the citizen.", "Voeg `rank` toe; hoger is beter voor de inwoner."
                ),
            )
        grants = [other for other in ranked if outcomes[other].kind is OutcomeKind.GRANT]
        higher = [other for other in grants if _not_above(outcomes[other].rank, own.rank)]
        if higher and own.kind is OutcomeKind.REFUSAL:
            yield Found(
                subject.at("outcomes", name, "rank"),
                Two(
                    f"The refusal `{name}` is ranked as good as `{higher[0]}`, which is granted, or better.",
                    f"De weigering `{name}` heeft de rang van `{higher[0]}`, een toekenning, of een hogere.",
                ),
                Two("Give the refusal a lower rank.", "Geef de weigering een lagere rang."),
            )


def _not_above(grant: int | None, refusal: int | None) -> bool:
    return grant is not None and refusal is not None and grant <= refusal


RULE = Rule(PAGE, check)
