"""Tables with several outputs: each output becomes a decision of its own, once the file was read.

    decisions:                                   decisions
      beoordeling:                                 recht    part_of: beoordeling
        outputs: {recht: ..., bedrag: ...}   ->    bedrag   part_of: beoordeling
        table: ...                               tables
                                                   beoordeling, as it was written

So everything that reads decisions knows outputs too. What an output shares with its table (`table`, `hit`, `each`,
`source`, `because`) is found in the file where the table has it (`placed`). Called by `engine.flow.parse` and
`engine.flow.texts`; tests: tests/engine/flow/test_outputs.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from engine.flow.model import Decision, Flow
from engine.flow.positions import Path, Positions

SHARED: Final = ("table", "hit", "each", "source", "because")
"""What the outputs of a table have in common; the rest of its keys belong to each output."""


def is_table(spec: Decision) -> bool:
    """Whether it was written with `outputs`, even where none of them could be read. Of a flow as its file has it."""
    return "outputs" in spec.model_fields_set


def expanded(flow: Flow) -> Flow:
    """The flow with each output as a decision, in the place of its table. Of two with one name the first counts."""
    tables = {name: own for name, own in flow.decisions.items() if is_table(own)}
    if not tables and not any(own.part_of for own in flow.decisions.values()):
        return flow
    taken = {*flow.facts, *flow.parameters, *flow.functions}
    decisions: dict[str, Decision] = {}
    for name, own in flow.decisions.items():
        free = (
            {key: part for key, part in _parts(name, own) if key not in taken}
            if name in tables
            else {name: _alone(own)}
        )
        decisions.update({key: part for key, part in free.items() if key not in decisions})
    return flow.model_copy(update={"decisions": decisions, "tables": tables})


def _alone(own: Decision) -> Decision:
    """A decision of no table; a file that says otherwise was complained of."""
    return own.model_copy(update={"part_of": ""}) if own.part_of else own


def _parts(table: str, own: Decision) -> Iterator[tuple[str, Decision]]:
    if own.table is None:
        return  # an error that was reported: without its table nothing can be said about an output
    for name, output in own.outputs.items():
        special: dict[str, Any] = {
            "type": output.type,
            "options": output.options,
            "label": output.label,
            "unit": output.unit,
            "round": output.round,
        }
        yield name, own.model_copy(update={**special, "outputs": {}, "part_of": table})


def nameless(flow: Flow) -> frozenset[str]:
    """The outputs of which nothing is known, because there is no table; that was reported."""
    return frozenset(name for own in flow.decisions.values() if own.table is None for name in own.outputs)


def written(flow: Flow) -> Flow:
    """The flow as its file has it: tables of several outputs whole, in their place."""
    if not flow.tables:
        return flow
    decisions: dict[str, Decision] = {}
    for name, own in flow.decisions.items():
        decisions.setdefault(own.part_of or name, flow.tables[own.part_of] if own.part_of else own)
    return flow.model_copy(update={"decisions": decisions, "tables": {}})


def named(values: Mapping[str, Any]) -> Iterator[str]:
    """The names that `decisions` of a file declare: of a table with several outputs those."""
    for name, own in values.items():
        outputs = own.get("outputs") if isinstance(own, Mapping) else None
        yield from map(str, outputs) if isinstance(outputs, Mapping | list) else (name,)


def placed(flow: Flow, positions: Positions) -> Positions:
    """Positions that know each output by its own path, `("decisions", "recht", "table")`, in every language."""
    if not flow.tables:
        return positions
    marks = dict(positions.marks)
    for path, mark in positions.marks.items():
        marks.update(dict.fromkeys(_aliases(flow, path), mark))
    return Positions(positions.file, marks)


def _aliases(flow: Flow, path: Path) -> Iterator[Path]:
    """Other names of a path of a table: of what all outputs share one for each, of one output its own."""
    at = 1 if len(path) > 1 and path[0] != "decisions" and path[1] == "decisions" else 0
    block, inner = path[:at], path[at:]
    if len(inner) < 3 or inner[0] != "decisions" or inner[1] not in flow.tables:
        return
    own = [name for name, spec in flow.decisions.items() if spec.part_of == inner[1]]
    if inner[2] == "outputs" and len(inner) > 3 and inner[3] in own:
        yield (*block, "decisions", inner[3], *inner[4:])
    elif inner[2] in SHARED:
        yield from ((*block, "decisions", name, *inner[2:]) for name in own)
