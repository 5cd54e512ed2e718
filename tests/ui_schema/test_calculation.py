"""A sum that an outcome shows is told line by line, in labels and amounts."""

from __future__ import annotations

from tests.ui_schema.test_build import seen
from tests.ui_schema.walks import Walk, compiled
from ui_schema.page import PageKind
from ui_schema.shape import Language

FLOW = """
wegwijzer: 1
flow: hulp
language: nl
question: Krijg ik hulp?
goal: recht
facts:
  samen: {type: boolean, label: "Partner", ask: "Woont u samen?", why: "Dan is de norm hoger."}
  loon: {type: money, min: 0, max: 9000, label: "Uw loon", ask: "Wat verdient u?", why: "Dat gaat eraf."}
decisions:
  norm:
    type: money
    label: Norm
    hit: first
    table: |
      | samen || norm |
      | yes   || 2000 |
      | -     || 1400 |
  tekort: {type: money, label: "Wat u tekortkomt", is: "max(0, norm - loon)"}
  hulp: {type: money, label: "Onze hulp", round: half_up 0.01, is: "tekort * 0.5"}
  recht: {type: choice, options: [wel, niet], is: if hulp > 0 then "wel" else "niet"}
outcomes:
  wel: {kind: answer, values: [hulp], title: "Hulp", text: ["U krijgt hulp.", {show: calculation hulp}]}
  niet: {kind: answer, text: "U krijgt geen hulp."}
en: {facts: {loon: {label: "Your wages"}}, decisions: {tekort: {label: "What you lack"}, hulp: {label: "Our help"}}}
"""


def paragraphs(language: str) -> tuple[str, ...]:
    own = Walk(compiled(FLOW), language).answer({"samen": True, "loon": "1500"})
    outcome = seen(own, PageKind.OUTCOME, Language(language)).outcome
    assert outcome is not None
    return tuple(text.replace("\xa0", " ") for text in outcome.paragraphs)


def test_a_sum_is_told_line_by_line() -> None:
    """What goes in stands first, each with its amount, what a table gave too, and what comes out stands last."""
    assert paragraphs("nl") == (
        "U krijgt hulp.",
        "Norm: € 2.000,00",
        "Uw loon: € 1.500,00",
        "Wat u tekortkomt: € 500,00",
        "Onze hulp: € 250,00",
    )


def test_no_expression_is_shown() -> None:
    """Nobody reads names and functions of the flow file, in either language."""
    for language in ("nl", "en"):
        assert not any(word in text for text in paragraphs(language) for word in ("max(", "loon)", " = "))
