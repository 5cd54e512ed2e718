"""Rules in words: a condition, a row, a whole decision, as people would say them.

    leeftijd  [18..67)     ->  Leeftijd is 18 of meer en minder dan 67
    spoed     yes          ->  Spoed: ja

Used by the pages for flow developers and by `wegwijzer docs`; tests: tests/ui_schema/test_rule_words.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel import cells
from engine.feel.cells import CellTest
from engine.feel.render import render, render_value
from engine.feel.tree import Literal
from engine.flow.fields.joined import joined
from engine.flow.model import Hit
from engine.graph.graph import CellCondition, Condition, Graph, Row, Ruling
from engine.graph.together import called, hit_of, in_file_order, siblings
from engine.journey.explain import because_in
from ui_schema.flow_texts import beside, label_of, shown, spoken
from ui_schema.shape import Language, Source
from ui_schema.sources import source_of
from ui_schema.texts import say


@dataclass(frozen=True)
class RowWords:
    """A row: when all of `conditions` hold, then `concludes`, because of `because`.

    `bare` is what is said in the place of conditions where there are none: in all other cases, or always where every
    row that holds counts.
    """

    number: int
    conditions: tuple[str, ...]
    concludes: str
    because: str
    source: Source | None
    line: int
    bare: str


@dataclass(frozen=True)
class DecisionWords:
    """A decision: what it is called, how its rows count, the rows, or the calculation."""

    name: str
    label: str
    reads: str
    rows: tuple[RowWords, ...]
    formula: str
    source: Source | None
    line: int


def decision_words(graph: Graph, ruling: Ruling, language: Language) -> DecisionWords:
    """A whole decision in words."""
    return DecisionWords(
        called(ruling),
        rows_label(graph, ruling, language),
        say(language, f"dev.hit.{_how(hit_of(graph, ruling))}") if ruling.rows else "",
        tuple(row_words(graph, ruling, row, language) for row in in_file_order(ruling)),
        ruling.formula.text if ruling.formula is not None else "",
        source_of(graph, ruling.source, language),
        graph.tables.get(ruling.table, ruling.where).line,
    )


def rows_label(graph: Graph, ruling: Ruling, language: Language) -> str:
    """What a decision's rows are called: the label of the decision, or of the table that gives several."""
    if not ruling.table:
        return label_of(graph, ruling.name, language)
    label = graph.flow.tables[ruling.table].label
    return label.in_(language.value) if label is not None else spoken(ruling.table)


def _how(hit: Hit) -> str:
    if hit in (Hit.FIRST, Hit.RULE_ORDER):
        return hit.name.lower()
    return "collect" if hit.gathers else "unique"


def row_words(graph: Graph, ruling: Ruling, row: Row, language: Language) -> RowWords:
    """One row in words."""
    conditions = tuple(
        condition_words(graph, own, language)
        for own in row.conditions
        if not (isinstance(own, CellCondition) and isinstance(own.test, cells.Anything))
    )
    return RowWords(
        row.number,
        conditions,
        _concludes(graph, ruling, row, language),
        because_in(ruling, row.because, language.value) if row.because else "",
        source_of(graph, row.source or ruling.source, language),
        row.where.line,
        say(language, "dev.rules.everybody" if ruling.hit.gathers and not row.rest else "dev.rules.always"),
    )


def _concludes(graph: Graph, ruling: Ruling, row: Row, language: Language) -> str:
    """What a row concludes, in each of its outputs."""
    own = [(each, line) for each in siblings(graph, ruling) for line in each.rows if line.number == row.number]
    if len(own) < 2:
        return conclusion_words(graph, ruling, row, language)
    return "; ".join(
        beside(label_of(graph, each.name, language), conclusion_words(graph, each, line, language))
        for each, line in own
    )


def conclusion_words(graph: Graph, ruling: Ruling, row: Row, language: Language) -> str:
    """What a row concludes: an outcome's title, labels of options, yes or no, or the expression as it stands."""
    given = row.output.expr.value if isinstance(row.output.expr, Literal) else None
    if isinstance(given, list):
        labels = [ruling.options[own].in_(language.value) for own in dict.fromkeys(given) if own in ruling.options]
        return joined(labels, language.value)
    text = row.output.text.strip().strip('"')
    if text in ("yes", "no", "none"):
        return say(language, f"dev.word.{text}")
    if ruling.name == graph.flow.goal and text in graph.flow.outcomes:
        return shown(graph, ruling.name, text, language)
    return ruling.options[text].in_(language.value) if text in ruling.options else text


def condition_words(graph: Graph, condition: Condition, language: Language) -> str:
    """One condition in words."""
    if not isinstance(condition, CellCondition):
        return condition.text
    name = condition.head.text.strip()
    label = label_of(graph, name, language) if _is_name(graph, name) else name
    return beside(label, cell_words(graph, name, condition.test, language))


def _is_name(graph: Graph, name: str) -> bool:
    return name in graph.facts or name in graph.rulings


def cell_words(graph: Graph, name: str, test: CellTest, language: Language) -> str:
    """What a cell asks of its column, in words."""
    match test:
        case cells.Anything():
            return say(language, "dev.word.any")
        case cells.OneOf(values):
            return _either([_value(graph, name, value, language) for value in values], language)
        case cells.Interval():
            return _interval(graph, name, test, language)
        case cells.Compare(order, right):
            return f"{order} {render(right)}"
        case cells.Not(inner):
            return say(language, "dev.word.not", what=cell_words(graph, name, inner, language))
        case cells.AnyOf(tests):
            return _either([cell_words(graph, name, own, language) for own in tests], language)
        case cells.Has(options):
            return say(language, "dev.word.has", what=_either(_options(graph, name, options, language), language))
        case cells.All(options):
            return say(language, "dev.word.all", what=_both(_options(graph, name, options, language), language))
        case cells.Only(options):
            return say(language, "dev.word.only", what=_either(_options(graph, name, options, language), language))


def _interval(graph: Graph, name: str, test: cells.Interval, language: Language) -> str:
    parts = []
    if test.low is not None:
        key = "dev.word.at_least" if test.low_closed else "dev.word.above"
        parts.append(say(language, key, value=_value(graph, name, test.low, language)))
    if test.high is not None:
        key = "dev.word.at_most" if test.high_closed else "dev.word.below"
        parts.append(say(language, key, value=_value(graph, name, test.high, language)))
    return _both(parts, language)


def _value(graph: Graph, name: str, value: object, language: Language) -> str:
    if isinstance(value, bool):
        return say(language, "dev.word.yes" if value else "dev.word.no")
    if value is None:
        return say(language, "dev.word.none")
    return shown(graph, name, value, language) if _is_name(graph, name) else render_value(value)


def _options(graph: Graph, name: str, options: tuple[str, ...], language: Language) -> list[str]:
    spec = graph.facts[name].spec.options if name in graph.facts else graph.rulings[name].options
    return [spec[own].in_(language.value) if own in spec else own for own in options]


def _either(parts: list[str], language: Language) -> str:
    return say(language, "dev.word.or").join(parts)


def _both(parts: list[str], language: Language) -> str:
    return say(language, "dev.word.and").join(parts)
