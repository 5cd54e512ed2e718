"""L-SOURCE: a rule or a figure of the law without its source."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Severity
from engine.feel.table_text import parse_pipe_table
from engine.flow.model import FactType
from engine.graph.together import called, in_file_order, stands_for_all
from engine.lint.rule import Found, Page, Rule, Two
from engine.lint.subject import Subject

PAGE = Page(
    "L-SOURCE",
    Severity.WARNING,
    Two("a rule or figure without its source", "een regel of bedrag zonder bron"),
    Two(
        "Who gets a decision may know on which rule it rests (Awb 3:47), and who changes the flow after the law "
        "changed must find the rows that follow from it.",
        "Wie een besluit krijgt, mag weten op welke regel het rust (Awb 3:47). En wie het proces aanpast als de "
        "wet verandert, moet de regels kunnen vinden die daaruit volgen.",
    ),
    avoid="""
decisions:
  gratis:
    table: |
      | leeftijd || gratis | because          |
      | < 12     || ja     | u bent jong      |
      | -        || nee    | u bent niet jong |
""",
    prefer="""
decisions:
  gratis:
    source: tarief
    table: |
      | leeftijd || gratis | because          |
      | < 12     || ja     | u bent jong      |
      | -        || nee    | u bent niet jong |
""",
    source="Awb article 3:47",
)


def check(subject: Subject) -> Iterator[Found]:
    flow = subject.flow
    determined = [own for own in flow.outcomes.values() if own.kind.is_determination]
    shown = {name for own in determined for name in own.values} & subject.graph.rulings.keys()
    amounts = {name for name in shown if subject.graph.rulings[name].type is FactType.MONEY}
    hint = Two("Add `source`: a name under `sources`.", "Voeg `source` toe: een naam onder `sources`.")
    for section, rulings in (("decisions", subject.graph.rulings), ("functions", subject.graph.functions)):
        for name, ruling in rulings.items():
            if not stands_for_all(subject.graph, ruling):
                continue
            bare = [row for row in in_file_order(ruling) if not row.source and not ruling.source]
            if bare:
                numbers = ", ".join(str(row.number) for row in bare)
                message = Two(
                    f"Rows {numbers} of `{called(ruling)}` have no source.",
                    f"Rij {numbers} van `{called(ruling)}` heeft geen bron.",
                )
                yield Found(bare[0].where, message, hint)
            elif (name == flow.goal or name in amounts) and not ruling.rows and not ruling.source:
                message = Two(f"`{name}` has no source.", f"`{name}` heeft geen bron.")
                yield Found(subject.key(section, name), message, hint)
    for name, parameter in flow.parameters.items():
        if not parameter.source and not all(row.source for row in parse_pipe_table(parameter.table).rows):
            message = Two(f"The figures of `{name}` have no source.", f"De bedragen van `{name}` hebben geen bron.")
            yield Found(subject.key("parameters", name), message, hint)
    for name, term in flow.process.terms.items() if flow.process else ():
        if not term.source:
            message = Two(f"The term `{name}` has no source.", f"De termijn `{name}` heeft geen bron.")
            yield Found(subject.key("process", "terms", name), message, hint)


RULE = Rule(PAGE, check)
