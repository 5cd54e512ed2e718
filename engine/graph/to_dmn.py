"""A compiled flow as a DMN model: its facts, decisions, functions and parameters, with their legal sources.

    flow                                DMN
    fact                                input data; its options are allowed values
    fact with `when`                    input `NAME given` and a decision NAME: the input, or `otherwise`
    decision                            decision: literal expression or decision table, rounded where it says so
    table with several outputs          decision table, and for each output a decision that reads it; where rows are
                                        listed, and per item, a table for each output
    decision per item (`each`)          knowledge model `NAME of item`, and a decision that calls it for every item
    function, parameter                 knowledge model
    up, days, years, has any ...        knowledge models that say in FEEL what they do
    `source`, `because`                 knowledge source with authority requirement; annotations of a row

`engine.dmn.export_model` writes it as XML. Evaluated with every fact known it gives what the flow gives. DMN has no
"not answered yet": what the flow still needs to know, its texts, process and promises stay in the flow file. The goal
is offered as a decision service with the flow's name. Caller: `wegwijzer dmn export`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.dmn.model import (
    Decision,
    DecisionService,
    Definitions,
    Expression,
    FunctionDefinition,
    InputElement,
    KnowledgeModel,
    KnowledgeSource,
    Literal,
    Reference,
    Variable,
)
from engine.flow.model import Source
from engine.graph.graph import FactNode, Graph, ParameterTable, Ruling
from engine.graph.to_dmn_logic import Logic, is_joint
from engine.graph.to_dmn_parameters import parameter_logic
from engine.graph.to_dmn_support import SUPPORT
from engine.graph.to_dmn_types import Types, of_value
from engine.graph.together import siblings

NAMESPACE = "urn:wegwijzer:flow:"
GIVEN = " given"
PER_ITEM = " of item"


def to_dmn(graph: Graph) -> Definitions:
    """The flow as a DMN model, one namespace per flow."""
    return _Exporter(graph).definitions()


class _Exporter:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.types = Types(graph)
        self.logic = Logic(graph)
        self.inputs: list[InputElement] = []
        self.decisions: list[Decision] = []
        self.models: dict[str, KnowledgeModel] = {}

    def definitions(self) -> Definitions:
        for node in self.graph.facts.values():
            if not node.list:
                self._fact(node)
        for table in self.graph.parameters.values():
            self._parameter(table)
        for function in self.graph.functions.values():
            self._function(function)
        for ruling in self.graph.rulings.values():
            self._ruling(ruling)
        for name in self.logic.augmented:
            self._augmented_list(name)
        self._support()
        flow = self.graph.flow
        return Definitions(
            name=flow.flow,
            namespace=NAMESPACE + flow.flow,
            types=self.types.definitions(),
            inputs=tuple(self.inputs),
            decisions=tuple(self.decisions),
            knowledge_models=tuple(self.models.values()),
            services=(self._service(),),
            sources=tuple(_source(name, source) for name, source in flow.sources.items()),
            description=str(flow.question),
        )

    # -- facts

    def _fact(self, node: FactNode) -> None:
        guarded = self._guarded(node)
        name = node.name + GIVEN if guarded else node.name
        variable = Variable(name, self.types.of_fact(node))
        suppliers = ", ".join(str(supplier) for supplier in node.spec.suppliers)
        asked = str(node.spec.ask) if node.spec.ask is not None else ""
        description = f"{asked} ({suppliers})".strip()
        self.inputs.append(InputElement(f"input_{node.name}", name, variable, description=description))
        if guarded:
            logic = Literal(self.logic.guarded(node, name))
            uses = self.logic.guard_uses(node)
            own = Reference(f"input_{node.name}")
            self.decisions.append(
                Decision(
                    f"decision_{node.name}",
                    node.name,
                    Variable(node.name, self.types.of_fact(node)),
                    logic,
                    requires=(own, *self._requires(uses)),
                    knowledge=self._knowledge(uses),
                )
            )

    def _guarded(self, node: FactNode) -> bool:
        return any(own.when is not None for own in (node, *self.logic.fields(node.name)))

    # -- rules

    def _ruling(self, ruling: Ruling) -> None:
        if ruling.each:
            self._each(ruling)
            return
        if is_joint(self.graph, ruling):
            self._output(ruling)
            return
        uses = self.logic.uses(*self.logic.trees(ruling))
        self.decisions.append(
            Decision(
                f"decision_{ruling.name}",
                ruling.name,
                Variable(ruling.name, self.types.of_ruling(ruling)),
                self.logic.expression(ruling),
                requires=self._requires(uses),
                knowledge=self._knowledge(uses),
                authority=self._authority(ruling),
                description=str(ruling.because or ""),
            )
        )

    def _output(self, ruling: Ruling) -> None:
        """The table, before the first of its outputs, and what this output is."""
        table, own = ruling.table, siblings(self.graph, ruling)
        if own[0] is ruling:
            uses = self.logic.uses(*(expr for each in own for expr in self.logic.trees(each)))
            spec = self.graph.flow.tables[table]
            self.decisions.append(
                Decision(
                    f"decision_{table}",
                    table,
                    Variable(table),
                    self.logic.joint_table(own, [self.types.of_ruling(each) for each in own]),
                    requires=self._requires(uses),
                    knowledge=self._knowledge(uses),
                    authority=self._authority(ruling),
                    description=str(spec.because or ""),
                )
            )
        variable = Variable(ruling.name, self.types.of_ruling(ruling))
        body = self.logic.rounded(ruling, Literal(f"{table}.{ruling.name}"))
        needs = (Reference(f"decision_{table}"),)
        self.decisions.append(Decision(f"decision_{ruling.name}", ruling.name, variable, body, requires=needs))

    def _each(self, ruling: Ruling) -> None:
        """One knowledge model for an item, one decision for all of them."""
        parameters = self.logic.item_parameters(ruling)
        name = ruling.name + PER_ITEM
        typed = [Variable(parameter, self.types.of_name(ruling.each, parameter)) for parameter in parameters]
        self._model(name, typed, self.logic.expression(ruling), ruling)
        call = self.logic.each_call(ruling, name, parameters)
        outer = {parameter for parameter in parameters if not self.logic.is_of_item(ruling.each, parameter)}
        each = {parameter for parameter in parameters if self.logic.is_each(ruling.each, parameter)}
        uses = outer | each | {ruling.each}
        knowledge = (Reference(_model_id(name)), *self._knowledge({"up"}))
        variable = Variable(ruling.name, self.types.of_ruling(ruling))
        self.decisions.append(
            Decision(f"decision_{ruling.name}", ruling.name, variable, Literal(call), self._requires(uses), knowledge)
        )

    def _augmented_list(self, name: str) -> None:
        """The list with the decisions per item as fields, for expressions that read `item.decision`."""
        each = [ruling.name for ruling in self.graph.each_of(name)]
        called = self.logic.augmented_name(name)
        uses = {name, "up", *each}
        self.decisions.append(
            Decision(
                f"decision_{called.replace(' ', '_')}",
                called,
                Variable(called),
                Literal(self.logic.augmented_list(name, each)),
                requires=self._requires(uses),
                knowledge=self._knowledge(uses),
            )
        )

    def _function(self, function: Ruling) -> None:
        names = (*function.given, *self.logic.extra[function.name])
        parameters = [Variable(name, self.types.of_given(function.name, name)) for name in names]
        self._model(function.name, parameters, self.logic.expression(function), function)

    def _parameter(self, table: ParameterTable) -> None:
        authority = self._authority_of({table.source})
        first = table.rows[0][0] if table.rows else [None] * len(table.keys)
        keys = tuple(Variable(key, of_value(value)) for key, value in zip(table.keys, first, strict=True))
        logic = FunctionDefinition(keys, parameter_logic(table))
        identity = _model_id(table.name)
        self.models[table.name] = KnowledgeModel(identity, table.name, Variable(table.name), logic, authority=authority)

    def _model(self, name: str, parameters: Iterable[Variable], body: Expression, ruling: Ruling) -> None:
        uses = self.logic.uses(*self.logic.trees(ruling))
        logic = FunctionDefinition(tuple(parameters), body)
        self.models[name] = KnowledgeModel(
            _model_id(name),
            name,
            Variable(name),
            logic,
            knowledge=self._knowledge(uses),
            authority=self._authority(ruling),
        )

    def _support(self) -> None:
        """The flow's own functions that something uses."""
        links = [link for decision in self.decisions for link in decision.knowledge]
        links += [link for model in self.models.values() for link in model.knowledge]
        wanted = {link.id for link in links}
        for name, (parameters, text) in SUPPORT.items():
            if _model_id(name) in wanted:
                logic = FunctionDefinition(tuple(Variable(parameter) for parameter in parameters), Literal(text))
                self.models[name] = KnowledgeModel(_model_id(name), name, Variable(name), logic)

    # -- links

    def _requires(self, uses: Iterable[str]) -> tuple[Reference, ...]:
        """Inputs and decisions among the names, in the flow's order."""
        wanted = set(uses)
        facts = (node for node in self.graph.facts.values() if not node.list and node.name in wanted)
        links = [self._fact_link(node) for node in facts]
        links += [Reference(f"decision_{name}") for name in self.graph.rulings if name in wanted]
        augmented = (self.logic.augmented_name(name) for name in self.logic.augmented)
        links += [Reference(f"decision_{name.replace(' ', '_')}") for name in augmented if name in wanted]
        return tuple(links)

    def _fact_link(self, node: FactNode) -> Reference:
        guarded = self._guarded(node)
        return Reference(f"{'decision' if guarded else 'input'}_{node.name}")

    def _knowledge(self, uses: Iterable[str]) -> tuple[Reference, ...]:
        wanted = set(uses)
        own = (*self.graph.parameters, *self.graph.functions, *SUPPORT)
        return tuple(Reference(_model_id(name)) for name in own if name in wanted)

    def _authority(self, ruling: Ruling) -> tuple[Reference, ...]:
        return self._authority_of({ruling.source, *(row.source for row in ruling.rows)})

    def _authority_of(self, names: set[str]) -> tuple[Reference, ...]:
        return tuple(Reference(f"source_{name}") for name in self.graph.flow.sources if name in names)

    def _service(self) -> DecisionService:
        goal = f"decision_{self.graph.flow.goal}"
        encapsulated = (Reference(decision.id) for decision in self.decisions if decision.id != goal)
        inputs = tuple(Reference(item.id) for item in self.inputs)
        name = self.graph.flow.flow
        return DecisionService("service", name, Variable(name), (Reference(goal),), tuple(encapsulated), (), inputs)


def _model_id(name: str) -> str:
    return f"model_{name.replace(' ', '_')}"


def _source(name: str, source: Source) -> KnowledgeSource:
    """Name and article for people; the address, or the number in a register of law, as location."""
    links: Mapping[str, str] = {"": source.url, "jci:": source.jci, "bwb:": source.bwb, "cvdr:": source.cvdr}
    location = next((prefix + text for prefix, text in links.items() if text), "")
    words = (str(source.title), source.article, source.valid)
    title = ", ".join(word for word in words if word)
    note = str(source.note) if source.note is not None else ""
    return KnowledgeSource(f"source_{name}", title, location.replace(" ", "%20"), name, description=note)
