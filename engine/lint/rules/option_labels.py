"""L-OPTION-LABEL: an option that a citizen sees by its id."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-OPTION-LABEL",
    Severity.WARNING,
    Two("an option without words", "een keuze zonder woorden"),
    Two(
        "A plain list of options shows the citizen its ids: `neem_contact_op` is no Dutch.",
        "Een kale lijst keuzes laat de inwoner de ids zien: `neem_contact_op` is geen Nederlands.",
    ),
    avoid="""
facts:
  bad:
    type: choice
    options: [diep_bad, ondiep_bad]
    ask: "In welk bad zwemt u?"
    why: "Dan weten we hoe druk het is."
outcomes: {ja: {needs: [bad]}}
""",
    prefer="""
facts:
  bad:
    type: choice
    options: {diep_bad: "Het diepe bad", ondiep_bad: "Het ondiepe bad"}
    ask: "In welk bad zwemt u?"
    why: "Dan weten we hoe druk het is."
outcomes: {ja: {needs: [bad]}}
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for path, name, fact in subject.asked:
        bare = [option for option, label in fact.options.items() if str(label) == option and "_" in option]
        if bare:
            yield Found(
                subject.key(*path, "options"),
                Two(
                    f"`{bare[0]}` of `{name}` is shown as it is written.",
                    f"`{bare[0]}` van `{name}` komt zo op het scherm.",
                ),
                Two('Write `options: {id: "Label"}`.', 'Schrijf `options: {id: "Label"}`.'),
            )


RULE = Rule(PAGE, check)
