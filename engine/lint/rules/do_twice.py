"""L-DO-TWICE: a step that does the same thing twice."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

_HEAD = "| from      | event | by    | if | to      | do"
_ROW = "| answering | late  | clock | -  | expired |"
PAGE = Page(
    "L-DO-TWICE",
    Severity.ERROR,
    Two("a step that does the same thing twice", "een stap die hetzelfde twee keer doet"),
    Two(
        "The citizen gets two letters, or pays twice, and nobody sees it in the table: the cell reads as one.",
        "De inwoner krijgt twee brieven, of betaalt twee keer, en niemand ziet het: de cel leest als één.",
    ),
    avoid=f"""
process:
  steps: |
    {_HEAD}                           |
    {_ROW} tell reminder; tell reminder |
""",
    prefer=f"""
process:
  steps: |
    {_HEAD}            |
    {_ROW} tell reminder |
""",
)


def check(subject: Subject) -> Iterator[Found]:
    for step in subject.graph.process.steps:
        for done in dict.fromkeys(own for own in step.do if step.do.count(own) > 1):
            yield Found(
                step.where,
                Two(f"`{done}` stands twice in one step.", f"`{done}` staat twee keer in één stap."),
                Two("Leave one of them out.", "Laat er één weg."),
            )


RULE = Rule(PAGE, check)
