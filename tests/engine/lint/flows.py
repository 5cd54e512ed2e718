"""A small sound flow, and pieces of flow laid over it: how the examples on the pages of the rules are tried."""

from __future__ import annotations

from typing import Any

import yaml

SOUND = """
wegwijzer: 1
flow: zwemmen
language: nl
question: Mag ik gratis zwemmen?
notice: Een voorbeeld.
goal: gratis
canvas: {roles: [leverancier], style: {bureaucraat: 40, ondernemer: 40, verbinder: 20}, empathy: {uitkomst: useful}}
sources: {tarief: {title: "Tarieven zwembad Voorbeeld"}}
facts:
  leeftijd:
    type: integer
    min: 0
    max: 130
    label: Leeftijd
    ask: Hoe oud bent u?
    why: Wie jong is, zwemt gratis.
decisions:
  gratis:
    type: choice
    options: [ja, nee]
    hit: first
    table: |
      | leeftijd || gratis | source | because          |
      | < 12     || ja     | tarief | u bent jong      |
      | -        || nee    | tarief | u bent niet jong |
outcomes:
  ja: {kind: answer, title: "Gratis", text: "U zwemt gratis."}
  nee: {kind: answer, title: "Niet gratis", text: "U betaalt 5 euro."}
channels:
  web: {}
  phone: {number: 088 000 0000, open: [mo-fr 09:00-17:00]}
  desk: {where: "Zwembad Voorbeeld", open: [mo-fr 09:00-17:00]}
contact:
  ask_person: {over: [phone, desk], skill: zwembad, within: {working_hours: 8}, tell: "Wij bellen u voor {deadline}."}
promises:
  - never: {outcome: nee, when: leeftijd < 12}
"""


def laid_over(piece: str, base: str = SOUND) -> str:
    """`base` with a piece of flow over it: keys join, everything else takes the place of what stood there."""
    whole = _joined(_plain(base), _plain(piece) or {})
    _one_way(whole)
    return yaml.dump(whole, sort_keys=False, allow_unicode=True, default_style='"', width=1_000_000)


def _plain(text: str) -> Any:
    """The text as YAML in which every value is text, as in a flow file."""
    return yaml.load(text, yaml.BaseLoader)  # noqa: S506  our own text; it makes strings only


def _joined(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {key: _joined(below.get(key), above[key]) if key in above else below[key] for key in below | above}
    return above


def _one_way(flow: dict[str, Any]) -> None:
    """A decision that gets another `is`, `table` or `rules` loses the one it had."""
    for decision in flow.get("decisions", {}).values():
        ways = [key for key in ("is", "table", "rules") if key in decision]
        for key in ways[:-1]:
            del decision[key]
