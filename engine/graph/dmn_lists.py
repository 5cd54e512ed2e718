"""Lists of options between a flow and DMN: a flow has each option once, DMN every output of every rule that holds.

    a flow's table with `hit: rule order`      a context: the table as `collected`, and last its outputs each once
    such a context                             that table again
    any other table that lists outputs         a table of the flow, and what is otherwise in it (`unlike`)

Called by `engine.graph.to_dmn_logic`, `from_dmn` and `from_dmn_logic`; tests: tests/engine/graph/test_rule_order.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from engine.dmn.model import Context, ContextEntry, DecisionTable, Expression, HitPolicy, Literal
from engine.feel import tree
from engine.feel.parser import FeelSyntaxError, parse
from engine.feel.render import render_value

POLICIES: Final = frozenset({HitPolicy.COLLECT, HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER})
COLLECTED: Final = "collected"
FLAT: Final = f"flatten([{COLLECTED}])"  # in brackets, for an engine that gives null where no rule holds
IN_ROWS: Final = f"distinct values({FLAT}[item != null])"
AMONG: Final = f"[list contains({FLAT}, item)]"


class Listed(NamedTuple):
    """A table of which each output counts once. `options` in their order, where the model says it; else empty."""

    table: DecisionTable
    options: tuple[str, ...]


def each_once(table: DecisionTable, options: Sequence[str]) -> Context:
    """The table as the flow means it: its options each once, in the order of its rules or of the options."""
    text = IN_ROWS if table.hit_policy is HitPolicy.RULE_ORDER else render_value(list(options)) + AMONG
    return Context((ContextEntry(COLLECTED, table), ContextEntry("", Literal(text))))


def listed(item: Expression | None) -> Listed | None:
    """The table of a context that `each_once` made; None for anything else."""
    if not isinstance(item, Context) or len(item.entries) != 2:
        return None
    (first, last), policies = item.entries, POLICIES
    table, text = first.value, last.value
    if first.name != COLLECTED or last.name or not isinstance(table, DecisionTable) or not isinstance(text, Literal):
        return None
    if table.hit_policy not in policies or table.aggregation is not None or len(table.outputs) != 1:
        return None
    if table.hit_policy is HitPolicy.RULE_ORDER:
        return Listed(table, ()) if text.text == IN_ROWS else None
    options = tree.texts_of(_parsed(text.text.removesuffix(AMONG))) if text.text.endswith(AMONG) else ()
    return Listed(table, options) if options else None


def unlike(table: DecisionTable, at: int = 0) -> Iterator[str]:
    """What the list of one output is in DMN and not in the flow: an option more than once, null where no rule holds."""
    if table.hit_policy not in POLICIES or table.aggregation is not None:
        return
    given = Counter(option for rule in table.rules for option in dict.fromkeys(_given(rule.outputs[at].text)))
    twice = next((option for option, count in given.items() if count > 1), "")
    if twice:
        yield f"DMN lists {twice} as often as rules give it, the draft lists it once."
    always = any(all(cell.text.strip() in ("", "-") for cell in rule.tests) for rule in table.rules)
    if table.hit_policy is not HitPolicy.COLLECT and not always:
        yield "where no rule holds DMN may give null, the draft gives an empty list."


def _given(text: str) -> tuple[str, ...]:
    options = tree.texts_of(_parsed(text))
    return tuple(map(render_value, options)) or (text.strip(),)


def _parsed(text: str) -> tree.Expr | None:
    try:
        return parse(text)
    except FeelSyntaxError:
        return None
