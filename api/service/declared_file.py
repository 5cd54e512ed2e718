"""A declared population as a text: read, checked against both flows. The form stands in `engine.harness.declared`.

As `population.yaml` beside a flow it is whom `wegwijzer stand` and the page that compares are about. Called by
`api.cli.compare` and `api.web.develop`; tests: tests/engine/harness/test_declared.py, tests/api/web/test_develop.py.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from engine.errors import WegwijzerError, worded
from engine.graph.graph import Graph
from engine.harness.declared import Declared

BESIDE = "population.yaml"
MOST = 10_000_000_000
FORM = "write `population:` with a `size` and, per fact under `facts`, a weight for each answer or range"


class BrokenPopulation(WegwijzerError):
    """It cannot be read as a population of these flows; the message is one sentence that says what to do."""


class NoneTwice(yaml.constructor.BaseConstructor):
    """Takes no key of a mapping twice: which of the two would count is not for a reader to guess."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping. Raises StandsTwice."""
        keys = [str(key.value) for key, _ in node.value]
        if twice := [key for at, key in enumerate(keys) if key in keys[:at]]:
            raise StandsTwice(twice[0])
        return super().construct_mapping(node, deep)


class StandsTwice(yaml.YAMLError):
    """A key of a mapping stands twice; the argument says which."""


class _Texts(NoneTwice, yaml.BaseLoader):
    """Reads every value as a text, and no key twice."""


def declared_in(text: str, path: str, old: Graph, new: Graph, today: date) -> Declared:
    """The population in a text, which stands at `path`. Raises BrokenPopulation."""
    try:
        plain = yaml.load(text, Loader=_Texts)["population"]  # noqa: S506 - texts only
        size = int(plain["size"])
        facts = plain.get("facts") or {}
        spread = {name: _weights(own) for name, own in facts.items()}
    except StandsTwice as twice:
        said = worded("{path}: `{name}` stands twice; leave one of them.", path=path, name=twice.args[0])
        raise BrokenPopulation(said) from None
    except (yaml.YAMLError, RecursionError, TypeError, KeyError, AttributeError, ValueError, InvalidOperation):
        raise BrokenPopulation(worded("{path}: {form}.", path=path, form=FORM)) from None
    if not 0 < size <= MOST:
        raise BrokenPopulation(worded("{path}: the size is a number from 1 to {most:,}.", path=path, most=MOST))
    known = {*old.facts, *new.facts}
    if unknown := [name for name in spread if name not in known]:
        raise BrokenPopulation(
            worded("{path}: neither flow has a fact called `{unknown}`.", path=path, unknown=unknown[0])
        )
    if wrong := [name for name, own in spread.items() if not own or min(own.values()) < 0 or sum(own.values()) <= 0]:
        raise BrokenPopulation(
            worded("{path}: the weights of `{wrong}` are none, below zero, or all zero.", path=path, wrong=wrong[0])
        )
    return Declared(size, spread, today)


def _weights(plain: Any) -> dict[str, float]:
    weights = {str(answer).strip(): Decimal(weight) for answer, weight in plain.items()}
    if not all(weight.is_finite() for weight in weights.values()):
        raise ValueError("a weight is a number")
    return {answer: float(weight) for answer, weight in weights.items()}
