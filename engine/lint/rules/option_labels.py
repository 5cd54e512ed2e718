"""L-OPTION-LABEL: an option that a citizen sees by its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-OPTION-LABEL",
    Severity.WARNING,
    Two("an option without words, or in the words of another", "een keuze zonder woorden, of in die van een andere"),
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
        labels = Counter(str(label).casefold().strip(" .") for label in fact.options.values())
        twice = [option for option, label in fact.options.items() if labels[str(label).casefold().strip(" .")] > 1]
        if twice:
            yield Found(
                subject.key(*path, "options"),
                Two(
                    f"`{twice[0]}` and `{twice[1]}` of `{name}` have the same label.",
                    f"`{twice[0]}` en `{twice[1]}` van `{name}` hebben hetzelfde label.",
                ),
                Two("Say in each what the other is not.", "Zeg bij elk wat de ander niet is."),
            )


RULE = Rule(PAGE, check)
