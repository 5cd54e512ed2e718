"""From a parsed flow to a compiled graph, or to every problem that is in the way.

    flow file -> engine.flow.parse -> ParsedFlow -> compile_flow -> Graph

What `engine.flow.parse` can judge without expressions (references by name, required keys) has been judged there; here
expressions are parsed, names in them looked up, cells typed, cycles found, texts checked for values that may be
unknown, and the process resolved. Tests: tests/engine/graph/test_compile.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.errors import AnswerError, FlowError, Problem, Severity, Where, together, worded
from engine.feel.cells import ColumnType, Kind
from engine.feel.types import BOOLEAN, NUMBER, Type
from engine.flow.fields import FIELDS
from engine.flow.model import Check, Fact, FactType, Flow, Hit, Outcome, Promise, SupplierKind
from engine.flow.positions import ParsedFlow, Path
from engine.flow.versions import content_hash
from engine.graph.compile_rulings import RulingCompiler
from engine.graph.constants import Constants
from engine.graph.decide import diagram
from engine.graph.domains import domain
from engine.graph.flow_types import flow_types, item_types, outcome_type, parameter_type
from engine.graph.graph import CheckNode, FactNode, Formula, Graph, ParameterTable, Ruling
from engine.graph.kinds import Named, of_fact, of_ruling
from engine.graph.lane import Lane
from engine.graph.order import affected_by, find_cycle, reads_of
from engine.graph.process import Process, When
from engine.graph.process_checks import check_process, problems_of
from engine.graph.process_resolve import resolve
from engine.graph.reading import NOTHING_MORE, Reading, ordered
from engine.graph.step_bounds import step_findings
from engine.graph.table_findings import disjoint, doubtful
from engine.graph.together import by_rank, called

PROCESS_WORDS = frozenset(("deadline", "contact"))


def compile_flow(parsed: ParsedFlow) -> Graph:
    """The graph of a flow. Raises FlowError with all problems, in file order."""
    return _Compiler(parsed).graph()


def find_problems(parsed: ParsedFlow, dropped: frozenset[str]) -> tuple[Problem, ...]:
    """What is wrong with the expressions, tables, texts and process of a flow that was read with faults.

    `dropped` names facts and decisions that could not be read; whatever refers to them is left alone.
    """
    try:
        _Compiler(parsed, dropped, only_problems=True).graph()
    except FlowError as error:
        return error.problems
    return ()


class _Compiler:
    def __init__(
        self, parsed: ParsedFlow, dropped: frozenset[str] = frozenset(), *, only_problems: bool = False
    ) -> None:
        self.only_problems = only_problems
        self.flow = parsed.flow
        self.positions = parsed.positions
        names, types = _names(self.flow) | dropped, flow_types(self.flow, dropped)
        self.reading = Reading(self.flow, self.positions, names, _members(self.flow), dropped, types)

    def graph(self) -> Graph:
        parameters = self._parameters()
        self.reading.types |= {name: parameter_type(table) for name, table in parameters.items()}
        rulings, functions = self._rulings(parameters)
        facts = self._facts()
        checks = self._checks(facts)
        process, guards = self._process()
        texts = self._texts(rulings)
        promises = self._promises()
        self._cycles(rulings, functions, facts)
        rulings = by_rank(rulings, self.reading)
        self._refuse()
        rulings = {name: replace(own, reads=reads_of(name, rulings, functions, facts)) for name, own in rulings.items()}
        graph = Graph(
            flow=self.flow,
            version=content_hash(self.flow, process=process.as_json()),
            facts=facts,
            rulings=rulings,
            functions=functions,
            parameters=parameters,
            checks=checks,
            texts=texts,
            process=process,
            guards=guards,
            promises=promises,
            promise_marks=self._promise_marks(),
            tables={name: self._key(("decisions", name)) for name in self.flow.tables},
            findings=tuple(self.reading.problems),
            affected=affected_by(rulings, functions, facts),
        )
        graph = replace(graph, rulings=_with_proof(graph, graph.rulings), functions=_with_proof(graph, graph.functions))
        self.reading.problems += [*step_findings(graph), *doubtful(graph)]
        self._refuse()
        graph = replace(graph, findings=tuple(self.reading.problems))
        whole = diagram(graph, Constants(facts, rulings, parameters))
        return replace(graph, diagram=whole, lane=None if whole is None else Lane.of(whole))

    def _refuse(self) -> None:
        if self.only_problems or any(problem.severity is Severity.ERROR for problem in self.reading.problems):
            raise FlowError(self.reading.problems)

    def _parameters(self) -> Mapping[str, ParameterTable]:
        compiler = RulingCompiler(self.reading, {}, {})
        return {name: compiler.parameter(name, spec) for name, spec in self.flow.parameters.items()}

    def _rulings(self, parameters: Mapping[str, ParameterTable]) -> tuple[dict[str, Ruling], dict[str, Ruling]]:
        compiler = RulingCompiler(self.reading, _kinds(self.flow), parameters)
        rulings = {name: compiler.decision(name, spec) for name, spec in self.flow.decisions.items()}
        functions = {name: compiler.function(name, spec) for name, spec in self.flow.functions.items()}
        return rulings, functions

    def _key(self, path: Path) -> Where:
        return self.reading.positions.key(*path)

    def _facts(self) -> dict[str, FactNode]:
        nodes: dict[str, FactNode] = {}
        for name, spec in self.flow.facts.items():
            path: Path = ("facts", name)
            count = self.reading.formula(spec.count, (*path, "count"), wanted=NUMBER) if spec.count else None
            when, otherwise = self._when(spec.when, path), self._otherwise(spec)
            nodes[name] = FactNode(
                name, len(nodes), spec, when, otherwise, count, domain=domain(spec), where=self._key(path)
            )
            self._fact_texts(spec, path, frozenset())
            for field, own in spec.of.items():
                inner: Path = (*path, "of", field)
                when = self._when(own.when, inner, item_types(self.flow, name))
                key = f"{name}.{field}"
                otherwise = self._otherwise(own)
                nodes[key] = FactNode(key, len(nodes), own, when, otherwise, None, name, domain(own), self._key(inner))
                self._fact_texts(own, inner, frozenset(("item",)))
        return nodes

    def _fact_texts(self, spec: Any, path: Path, allowed: frozenset[str]) -> None:
        clocks = {name for name, own in self.flow.facts.items() if own.suppliers[0].kind is SupplierKind.CLOCK}
        hint = worded("A question can only show what is always known: `{item}` of a list, or a fact from the clock.")
        for key in ("ask", "say", "help", "why"):
            self.reading.check_text(getattr(spec, key), (*path, key), allowed | clocks, hint)

    def _when(self, text: str | None, path: Path, extra: Mapping[str, Type] = NOTHING_MORE) -> Formula | None:
        return self.reading.formula(text, (*path, "when"), extra, BOOLEAN) if text else None

    def _otherwise(self, spec: Fact) -> Any:
        if spec.otherwise == "none" and not (spec.type is FactType.CHOICE and "none" in spec.options):
            return None
        if spec.otherwise == "[]":
            return []
        try:
            return FIELDS[spec.type].literal(spec.otherwise, spec)
        except AnswerError:
            return None  # the reader has said so

    def _checks(self, facts: Mapping[str, FactNode]) -> tuple[CheckNode, ...]:
        nodes = [self._check(at, check, ("checks", at), "") for at, check in enumerate(self.flow.checks)]
        for name, spec in self.flow.facts.items():
            for at, check in enumerate(spec.checks):
                nodes.append(self._check(len(nodes), check, ("facts", name, "checks", at), name))
        return tuple(node for node in nodes if node is not None)

    def _check(self, number: int, check: Check, path: Path, list_name: str) -> CheckNode | None:
        own = frozenset(self.flow.facts[list_name].of) if list_name else frozenset()
        must = self.reading.formula(check.must, (*path, "must"), item_types(self.flow, list_name), BOOLEAN)
        if must is None:
            return None
        facts = [name for name in must.names if name in self.flow.facts and name not in own]
        fields = [f"{list_name}.{name}" for name in must.names if name in own]
        order = [*self.flow.facts, *(f"{list_name}.{name}" for name in own)]
        return CheckNode(number, must, check.say, ordered([*facts, *fields], order), list_name, check.source)

    def _process(self) -> tuple[Process, Mapping[str, Formula]]:
        try:
            process = resolve(self.flow.process, self.positions)
        except FlowError as error:
            self.reading.problems.extend(error.problems)
            return resolve(None), {}
        guards: dict[str, Formula] = {}
        words = {"outcome": outcome_type(self.flow)}
        for step in process.steps:
            if step.when is When.IF and step.guard not in guards:
                guard = self.reading.formula(step.guard, ("process", "steps"), words, BOOLEAN, step.guard_at)
                if guard is not None:
                    guards[step.guard] = guard
        for name, place in process.places.items():
            if place.until:
                until = self.reading.formula(place.until, ("process", "places", name, "until"), words)
                if until is not None:
                    guards[place.until] = until
        self._check_process(process)
        return process, guards

    def _check_process(self, process: Process) -> None:
        """Dead ends, waits without an end, nobody within reach: not for a flow of which parts could not be read."""
        if not self.only_problems:
            self.reading.problems.extend(problems_of(check_process(process, self.flow, self.positions)))

    def _texts(self, rulings: Mapping[str, Ruling]) -> Mapping[str, tuple[Formula | None, ...]]:
        return {name: self._outcome_text(name, outcome) for name, outcome in self.flow.outcomes.items()}

    def _outcome_text(self, name: str, outcome: Outcome) -> tuple[Formula | None, ...]:
        clocks = {key for key, own in self.flow.facts.items() if own.suppliers[0].kind is SupplierKind.CLOCK}
        allowed = {*outcome.values, *outcome.needs, self.flow.goal, *clocks} | PROCESS_WORDS
        hint = worded("Put it under `values` of outcome `{name}`.", name=name)
        whens: list[Formula | None] = []
        for at, part in enumerate(outcome.text):
            path: Path = ("outcomes", name, "text", at)
            whens.append(self._when(part.when, path))
            self.reading.check_text(part.text, (*path, "text"), allowed, hint)
        return tuple(whens)

    def _promises(self) -> tuple[Formula | None, ...]:
        """The expression of each promise, in order; None where there is none."""
        return tuple(self._promise(promise, ("promises", at)) for at, promise in enumerate(self.flow.promises))

    def _promise(self, promise: Promise, path: Path) -> Formula | None:
        """The `when` of a `never`, `may` or `within`, and what an `always` or `possible` holds."""
        for key, own in (("never", promise.never), ("may", promise.may), ("within", promise.within)):
            if own is not None:
                return self._when(own.when, (*path, key))
        holds = promise.always.holds if promise.always is not None else None
        for key, text in (("always", holds), ("possible", promise.possible)):
            if text is not None:
                return self.reading.formula(text, (*path, key), wanted=BOOLEAN)
        return None

    def _promise_marks(self) -> tuple[Where, ...]:
        return tuple(self.positions.key("promises", at) for at in range(len(self.flow.promises)))

    def _cycles(
        self, rulings: Mapping[str, Ruling], functions: Mapping[str, Ruling], facts: Mapping[str, FactNode]
    ) -> None:
        cycle = find_cycle({**rulings, **functions}, facts)
        if cycle:
            first = cycle[0]
            section = "decisions" if first in rulings else "functions" if first in functions else "facts"
            message = worded(
                "These depend on each other: {names}.",
                names=together((f"`{name}`" for name in (*cycle, first)), " needs "),
            )
            hint = worded("Take one of them out of the circle.")
            self.reading.complain(self.positions.key(section, first), "E-CYCLE", message, hint)


def _with_proof(graph: Graph, rulings: Mapping[str, Ruling]) -> Mapping[str, Ruling]:
    """The decisions, `unique` ones marked where no two of their rows can hold together; looked at once a table."""
    proven: dict[str, bool] = {}
    found: dict[str, Ruling] = {}
    for name, own in rulings.items():
        looked_at = own.hit is Hit.UNIQUE and bool(own.rows)
        if looked_at and called(own) not in proven:
            proven[called(own)] = disjoint(graph, own)
        found[name] = replace(own, disjoint=proven[called(own)]) if looked_at else own
    return found


def _names(flow: Flow) -> frozenset[str]:
    return frozenset((*flow.facts, *flow.decisions, *flow.functions, *flow.parameters))


def _members(flow: Flow) -> frozenset[str]:
    """What may follow a dot: fields of items, decisions about items, columns of parameters."""
    fields = {field for spec in flow.facts.values() for field in spec.of}
    each = {name for name, spec in flow.decisions.items() if spec.each}
    columns = {
        cell.strip()
        for spec in flow.parameters.values()
        for cell in spec.table.strip().splitlines()[0].partition("||")[2].strip(" |").split("|")
    }
    return frozenset(fields | each | columns | {"id", "kind", "item"})


def _kinds(flow: Flow) -> Named:
    kinds: dict[str, ColumnType] = {}
    for name, spec in flow.facts.items():
        kinds[name] = of_fact(spec)
        kinds.update({f"{name}.{field}": of_fact(own) for field, own in spec.of.items()})
    kinds.update({name: of_ruling(spec) for name, spec in flow.decisions.items() if not spec.each})
    kinds.update({name: of_ruling(spec) for name, spec in flow.functions.items()})
    kinds.update({name: ColumnType(Kind.TEXT) for name in flow.parameters})
    return kinds
