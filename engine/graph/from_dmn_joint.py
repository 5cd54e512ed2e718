"""A decision table with several outputs as one table of a flow, where that comes to the same.

    UNIQUE, FIRST    one table
    PRIORITY         one table, where each output that has an order holds its options only; else a table for each
                     output, which may choose different rows: that is remarked
    ANY, lists       a table for each output: a flow takes `any` over several only where it is proven that rows agree

Called by `engine.graph.from_dmn`; tests: tests/engine/graph/test_from_dmn.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from engine.dmn.model import DecisionTable, HitPolicy
from engine.feel import tree
from engine.graph.from_dmn_kinds import listed_type
from engine.graph.from_dmn_logic import Untranslatable, Vocabulary, whole_table

Rules = Mapping[str, Mapping[str, object]]
OF_EACH: Final = ("type", "options")
APART: Final = "DMN chooses one row for all outputs, and here every output has a table that chooses for itself."


def joint(item: DecisionTable, names: Sequence[str], rules: Rules, words: Vocabulary) -> dict[str, object] | None:
    """The table of a flow that gives all these decisions, None where it would not be the same."""
    own = [rules.get(name, {}) for name in names]
    if item.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.PRIORITY):
        return None
    if any("table" not in rule for rule in own) or (
        item.hit_policy is HitPolicy.PRIORITY and not _ordered(item, own, words)
    ):
        return None
    try:
        whole = whole_table(item, names, words)
    except Untranslatable:
        return None
    outputs = {name: {key: rule[key] for key in OF_EACH if key in rule} for name, rule in zip(names, own, strict=True)}
    return {"hit": whole["hit"], "outputs": outputs, "table": whole["table"]}


def _ordered(item: DecisionTable, own: Sequence[Mapping[str, object]], words: Vocabulary) -> bool:
    """Whether the options of the flow give the order that the model gives: of every output the same, cells known."""
    kinds = [rule.get("type") for rule in own]
    if "choice" not in kinds:
        return False
    for at, clause in enumerate(item.outputs):
        cells = [words.expression(rule.outputs[at].text) for rule in item.rules]
        if kinds[at] == "choice" and not all(isinstance(cell, tree.Literal) for cell in cells):
            return False
        if (kinds[at] == "choice") != (clause.values is not None):
            return False  # an order that the one has and the other has not
        if clause.values is not None and list(listed_type(clause.values).options) != own[at].get("options"):
            return False
    return True


def gathered(rules: Rules, tables: Mapping[str, Mapping[str, object]]) -> dict[str, Mapping[str, object]]:
    """The decisions with each table in the place of the first of its outputs; a source goes to the table."""
    place = {name: called for called, whole in tables.items() for name in _outputs(whole)}
    found: dict[str, Mapping[str, object]] = {}
    for name, rule in rules.items():
        if name not in place:
            found[name] = rule
        elif place[name] not in found:
            source = {"source": rule["source"]} if "source" in rule else {}
            found[place[name]] = {**source, **tables[place[name]]}
    return found


def _outputs(whole: Mapping[str, object]) -> Sequence[str]:
    outputs = whole["outputs"]
    return tuple(outputs) if isinstance(outputs, Mapping) else ()
