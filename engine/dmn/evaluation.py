"""`Model`: a loaded DMN model that can be asked for the value of a decision, a service or a knowledge model.

Values are worked out on demand, each at most once per evaluation. Whatever goes wrong inside gives null and a
diagnostic; nothing is raised (DMN 1.5, 10.3.2.13). Caller: `engine.dmn`, through `load_model`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from engine.dmn.functions import call_with_inputs, function_value
from engine.dmn.inputs import found_input, plain
from engine.dmn.library import Library, Node, Required
from engine.dmn.model import (
    Decision,
    DecisionService,
    DecisionTable,
    Expression,
    FunctionDefinition,
    HitPolicy,
    InputElement,
    KnowledgeModel,
    Reference,
)
from engine.dmn.scope import Diagnostic, Key, Ledger, Program, Run, Scope
from engine.dmn.typed import fit
from engine.dmn.types import ANY
from engine.feel.run import DMN_STEPS, BudgetExceeded
from engine.feel.run import Run as FeelRun

_BUSY: Final = object()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A value and what was noted on the way to it. `known`: the model has something of the name asked for."""

    value: object
    diagnostics: tuple[Diagnostic, ...]
    known: bool = True


class _AtCall(Mapping[str, object]):
    """Values that are worked out when the first of them is asked for."""

    def __init__(self, find: Callable[[], Mapping[str, object]]) -> None:
        self.find = find
        self.found: Mapping[str, object] | None = None

    def _values(self) -> Mapping[str, object]:
        if self.found is None:
            self.found = self.find()
        return self.found

    def __getitem__(self, name: str) -> object:
        return self._values()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values())

    def __len__(self) -> int:
        return len(self._values())


class Model:
    """A loaded model. `diagnostics` are those of loading and of the latest `evaluate`."""

    def __init__(self, library: Library, now: datetime | None = None) -> None:
        self.definitions = library.root.definitions
        self.diagnostics: tuple[Diagnostic, ...] = ()
        self._library = library
        self._now = now
        self._programs: dict[Key, Program] = {}
        self._required: dict[Key, list[Required | Reference]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """What can be asked of the model itself: decisions, services, knowledge models, inputs."""
        return tuple(self._library.root.by_name)

    def evaluate(self, name: str, inputs: Mapping[str, object]) -> object:
        """The value of the decision, decision service or knowledge model called `name` (`prefix.name` if imported).

        `inputs` gives input data by name; for a service also its input decisions, for a knowledge model its
        parameters. Imported inputs go by `prefix.name` or by their bare name. Numbers may be int, float or Decimal;
        an input that is absent is null. Never raises: null and an entry in `diagnostics` instead.
        """
        outcome = self.run(name, inputs)
        self.diagnostics = outcome.diagnostics
        return outcome.value

    def run(self, name: str, inputs: Mapping[str, object]) -> Evaluation:
        """As `evaluate`, with the diagnostics beside the value; leaves the model untouched."""
        run = Run(plain(inputs), Ledger(FeelRun(steps=DMN_STEPS, now=self._now)))
        for namespace in self._library.missing:
            run.note(self.definitions.name, f"The imported model `{namespace}` was not given.")
        node = self._library.find(str(name))
        if node is None:
            run.note(str(name), "The model has no decision, service, knowledge model or input of this name.")
            return Evaluation(None, tuple(run.ledger.notes), known=False)
        try:
            value = self._asked(node, run)
        except BudgetExceeded as spent:
            run.note(str(name), str(spent))
            value = None
        except RecursionError:
            run.note(str(name), "The evaluation is nested too deeply.")
            value = None
        return Evaluation(value, tuple(run.ledger.notes))

    def _asked(self, node: Node, run: Run) -> object:
        """The value asked for: functions are called with the inputs as their arguments."""
        value = self._value(node, run)
        element = node.element
        if isinstance(element, InputElement | Decision):
            return value
        inputs = run.inputs
        if isinstance(element, DecisionService):
            inputs = {given.name: self._found(given, run) for given in self._parameters(node, element)}
        return call_with_inputs(value, inputs, Scope({}, run, element.name))

    def _value(self, node: Node, run: Run) -> object:
        if node.key not in run.memo:
            run.memo[node.key] = _BUSY
            run.memo[node.key] = self._work_out(node, run)
        elif run.memo[node.key] is _BUSY:
            run.note(node.element.name, "It requires itself, through others or directly.", node.element.line)
            return None
        return run.memo[node.key]

    def _work_out(self, node: Node, run: Run) -> object:
        match node.element:
            case InputElement():
                return self._given(node, run)
            case Decision(expression=None):
                return self._given(node, run)
            case Decision():
                return self._converted(node, run, self._program(node)(self._scope(node, run)))
            case KnowledgeModel():
                return self._knowledge(node, run)
            case _:
                return self._service(node, node.element, run)

    def _given(self, node: Node, run: Run) -> object:
        return self._converted(node, run, self._found(node, run))

    def _found(self, node: Node, run: Run) -> object:
        """The value among the inputs, under any of the names that the element has for the root model."""
        paths = self._library.paths.get(node.unit.definitions.namespace, [()])
        return found_input(run.inputs, paths, (node.element.name, node.name))

    def _parameters(self, node: Node, service: DecisionService) -> list[Node]:
        """What a service takes: its inputs, then its input decisions (6.3.10)."""
        return self._library.nodes(node, service.inputs + service.input_decisions)

    def _converted(self, node: Node, run: Run, value: object) -> object:
        variable = node.element.variable
        kind = node.unit.compiler.texts.types.get(variable.type_ref)
        if kind is ANY:
            return value
        return fit(Scope({}, run, node.element.name), value, kind, variable.type_ref, node.element.line)

    def _links(self, node: Node) -> list[Required | Reference]:
        if node.key not in self._required:
            element = node.element
            links = getattr(element, "requires", ()) + getattr(element, "knowledge", ())
            self._required[node.key] = list(self._library.required(node, links))
        return self._required[node.key]

    def _scope(self, node: Node, run: Run) -> Scope:
        """What the node's expression sees: the values of all it requires."""
        values: dict[str, object] = {}
        imported: dict[str, dict[str, object]] = {}
        for item in self._links(node):
            if isinstance(item, Reference):
                run.note(node.element.name, f"It requires an element that is not there: `{item.id}`.", item.line)
                continue
            *prefix, name = item.path
            level = imported.setdefault(prefix[0], {}) if prefix else values
            level[name] = self._value(item.node, run)
        return Scope({**imported, **values}, run, node.element.name)

    def _names(self, node: Node) -> frozenset[str]:
        return frozenset(item.path[0] for item in self._links(node) if isinstance(item, Required))

    def _program(self, node: Node) -> Program:
        if node.key not in self._programs:
            element = node.element
            expression = _own_logic(element) if isinstance(element, Decision) else None
            if isinstance(element, KnowledgeModel):
                expression = _logic(element)
            self._programs[node.key] = node.unit.compiler.program(expression, self._names(node))
        return self._programs[node.key]

    def _knowledge(self, node: Node, run: Run) -> object:
        """The knowledge model as a function. What it requires is looked up at a call, so that it may call itself."""
        program = self._program(node)
        return program(Scope(_AtCall(lambda: self._scope(node, run).values), run, node.element.name))

    def _service(self, node: Node, service: DecisionService, run: Run) -> object:
        """The service as a function of its parameters."""
        given = self._parameters(node, service)
        outputs = self._library.nodes(node, service.outputs)
        types = node.unit.compiler.texts.types
        parameters = [(item.name, item.unit.compiler.texts.types.get(item.element.variable.type_ref)) for item in given]

        def call(arguments: Mapping[str, object]) -> object:
            memo: dict[Key, object] = {item.key: arguments[item.name] for item in given}
            inner = Run({}, run.ledger, memo)
            values = {output.name: self._value(output, inner) for output in outputs}
            value = next(iter(values.values())) if len(outputs) == 1 else values
            kind = types.output_of(service.variable.type_ref)
            return fit(Scope({}, run, service.name), value, kind, service.variable.type_ref, service.line)

        return function_value(service.name, parameters, call)


def _own_logic(element: Decision) -> Expression | None:
    """Its expression. A table whose outputs have an order says so in its type, or in that of the variable (8.2.8)."""
    expression = element.expression
    ordered = isinstance(expression, DecisionTable) and expression.hit_policy in (
        HitPolicy.PRIORITY,
        HitPolicy.OUTPUT_ORDER,
    )
    if expression is None or not ordered or expression.type_ref:
        return expression
    return replace(expression, type_ref=element.variable.type_ref)


def _logic(element: KnowledgeModel) -> FunctionDefinition | None:
    """Its function; where that does not say what it gives, the type of the variable does (6.3.9)."""
    logic = element.logic
    if logic is None or logic.type_ref:
        return logic
    return replace(logic, type_ref=element.variable.type_ref)
