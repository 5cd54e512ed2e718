"""A DMN model as the draft of a flow file: its inputs as questions, its decisions and functions as rules.

    DMN                                   flow
    input data                            fact; a structure: a fact per component
    decision                              decision; one per entry or output where there are several
    business knowledge model              function
    the decision nobody requires          goal; as a choice where it is none, with an outcome per option

A draft: the questions, the reasons for asking and the outcome's texts are for the team to write. What could not be
carried over stands in `remarks`, what changes no value in `left_out`, each with its line. The draft itself may still
have problems; `engine.flow.parse` and `engine.graph.compile` name them. Caller: `wegwijzer dmn import`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from engine.dmn import model
from engine.dmn.members import member_names
from engine.dmn.model import Decision, Definitions, Expression, ItemDefinition
from engine.feel import tree
from engine.feel.names_in_scope import normal
from engine.graph.dmn_lists import listed, unlike
from engine.graph.from_dmn_joint import APART, gathered, joint
from engine.graph.from_dmn_kinds import Kinds
from engine.graph.from_dmn_left_out import at as place
from engine.graph.from_dmn_left_out import narrowed, set_aside
from engine.graph.from_dmn_logic import LISTS, Untranslatable, Vocabulary, as_expression, formula, table
from engine.graph.from_dmn_names import Names, identifier, texts_of
from engine.graph.from_dmn_types import FlowType, Structure, flow_type, of_definition
from engine.graph.from_dmn_yaml import to_yaml

WHY: Final = "Schrijf hier waarom deze vraag nodig is."


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a flow file, and what inputs and decisions are called there.

    `remarks`: what was not carried over and may make the draft decide otherwise; `left_out`: what changes no value.
    """

    text: str
    remarks: tuple[str, ...]
    called: Mapping[str, str]
    left_out: tuple[str, ...] = ()


def from_dmn(definitions: Definitions) -> Draft:
    """The draft of a flow file for a model."""
    return _Importer(definitions).draft()


class _Importer:
    def __init__(self, definitions: Definitions) -> None:
        self.model = definitions
        self.types = {item.name: item for item in definitions.types}
        self.names = Names(texts_of(definitions))
        self.words = Vocabulary(members=set(member_names([definitions])))
        self.kinds = Kinds(self.types)
        self.remarks: list[str] = []
        self.facts: dict[str, dict[str, object]] = {}
        self.functions: dict[str, dict[str, object]] = {}
        self.decisions: dict[str, dict[str, object]] = {}
        self.tables: dict[str, dict[str, object]] = {}
        self.sources: dict[str, dict[str, object]] = {}
        self.line = 0

    def draft(self) -> Draft:
        for item in self.model.imports:
            name = item.name or item.namespace
            self.remarks.append(f"{place(item.line)}the imported model `{name}` is left out: import it as a flow.")
        self.remarks += narrowed(self.model)
        for element in self.model.inputs:
            self.line = element.line
            self._input(element)
        for knowledge in self.model.knowledge_models:
            called = self.names.fresh(knowledge.name)
            self._declare(knowledge.variable.name, called)
            parameters = knowledge.logic.parameters if knowledge.logic is not None else ()
            self.words.parameters[called] = tuple(normal(parameter.name) for parameter in parameters)
        for decision in self.model.decisions:
            self._declare_decision(decision)
        for knowledge in self.model.knowledge_models:
            self.line = knowledge.line
            self._function(knowledge)
        for decision in self._in_order():
            self.line = decision.line
            self._decision(decision)
        carried = self._sources()
        goal, outcomes = self._goal()
        document: dict[str, object] = {
            "wegwijzer": 1,
            "flow": identifier(self.model.name).replace("_", "-"),
            "language": "nl",
            "question": self._question(),
            "goal": goal,
            "sources": self.sources,
            "facts": self.facts,
            "functions": self.functions,
            "decisions": gathered(self.decisions, self.tables),
            "outcomes": outcomes,
        }
        text = to_yaml({key: value for key, value in document.items() if value != {}})
        left_out = set_aside(self.model, self._roots(), carried)
        return Draft(text, tuple(self.remarks), self._called_there(), tuple(left_out))

    def _sources(self) -> set[str]:
        """Authorities of decisions and functions as sources; gives the ids of those that were carried over."""
        known = {source.id: source for source in self.model.sources}
        carried: dict[str, str] = {}
        sections = ((self.model.decisions, self.decisions), (self.model.knowledge_models, self.functions))
        for element, section in [(own, section) for elements, section in sections for own in elements]:
            first = next((known[link.id] for link in element.authority if link.id in known), None)
            if first is None:
                continue
            slug = carried.setdefault(first.id, identifier(first.name))
            web = {"url": first.location} if first.location.startswith("https://") else {}
            self.sources[slug] = {"title": first.name, **web}
            for called in self._names_of(element):
                if called in section:
                    section[called] = {**section[called], "source": slug}
        return set(carried)

    def _names_of(self, element: Decision | model.KnowledgeModel) -> list[str]:
        """What a decision or function is called in the draft, part by part."""
        name = normal(element.variable.name)
        own = self.words.names.get(name)
        parts = [to for (base, _), to in self.words.paths.items() if base == name]
        return [*([own.name] if isinstance(own, tree.Name) else []), *parts]

    def _called_there(self) -> dict[str, str]:
        """`Applicant.Age` and `Risk category`, as the flow calls them."""
        plain = {name: to.name for name, to in self.words.names.items() if isinstance(to, tree.Name)}
        return plain | {f"{base}.{part}": to for (base, part), to in self.words.paths.items()}

    def _question(self) -> str:
        asked = next((decision.question for decision in self._roots() if decision.question), "")
        return asked or self.model.description or f"Wat is de uitkomst van {self.model.name}?"

    def _declare(self, name: str, called: str) -> None:
        self.words.known.add(normal(name))
        self.words.names[normal(name)] = tree.Name(called)

    # -- inputs

    def _input(self, element: model.InputElement) -> None:
        kind = flow_type(element.variable.type_ref, self.types)
        name = normal(element.variable.name)
        if isinstance(kind, Structure) and not kind.many:
            self.words.known.add(name)
            self.words.split.add(name)
            self._components(name, kind.components)
            return
        called = self.names.fresh(name)
        self._declare(name, called)
        self.facts[called] = self._fact(name, kind, element.description)
        self.kinds.know(called, kind)

    def _components(self, base: str, components: tuple[ItemDefinition, ...]) -> None:
        """Each component of a structure becomes a fact: `Applicant.Age` is `applicant_age`."""
        for component in components:
            kind = of_definition(component, self.types)
            called = self.names.fresh(f"{base} {component.name}")
            self.words.paths[base, component.name] = called
            if isinstance(kind, Structure) and not kind.many:
                self._components(called, kind.components)
                continue
            self.facts[called] = self._fact(f"{base} {component.name}", kind, "")
            self.kinds.know(called, kind)

    def _fact(self, name: str, kind: FlowType | Structure, description: str) -> dict[str, object]:
        if isinstance(kind, Structure):
            own: dict[str, object] = {}
            for component in kind.components:
                field = identifier(component.name)
                self.words.fields[component.name] = field
                self.words.members.add(component.name)
                of = of_definition(component, self.types)
                own[field] = self._fact(component.name, of if isinstance(of, FlowType) else FlowType(), "")
            return {"type": "list", "item": name, "ask": f"Wat hoort bij {name}?", "why": WHY, "of": own}
        if not kind.kind:
            self.remarks.append(f"{place(self.line)}`{name}`: a flow has no such type; it became a text.")
        fact: dict[str, object] = {"type": kind.kind or "text"}
        if kind.options:
            fact["options"] = {option: option for option in kind.options}
        limits = {"min": kind.minimum, "max": kind.maximum}
        fact.update({key: limit for key, limit in limits.items() if limit})
        return {**fact, "ask": _question(description) or f"Wat is {name}?", "why": WHY}

    # -- rules

    def _declare_decision(self, decision: Decision) -> None:
        name = normal(decision.variable.name)
        parts = [part for part, _ in _parts(decision.expression)]
        if not parts:
            self._declare(name, self.names.fresh(name))
            return
        self.words.known.add(name)
        if "" not in parts:
            self.words.split.add(name)
        for part in parts:
            called = self.names.fresh(f"{name} {part}" if part else name)
            if part:
                self.words.paths[name, part] = called
            else:
                self.words.names[name] = tree.Name(called)

    def _decision(self, decision: Decision) -> None:
        name = normal(decision.variable.name)
        parts = list(_parts(decision.expression))
        if not parts:
            self._rule(self._called(name), decision.expression, {}, decision.variable.type_ref, self.decisions)
        if isinstance(decision.expression, model.DecisionTable):
            for at, (part, _) in enumerate(parts):
                self._column(self.words.paths[name, part], decision.expression, at)
            if parts:
                self._together(name, [self.words.paths[name, part] for part, _ in parts], decision.expression)
            return
        local: dict[str, str] = {}
        for part, value in parts:
            called = self.words.paths[name, part] if part else self._called(name)
            self._rule(called, value, local, "" if part else decision.variable.type_ref, self.decisions)
            local[part] = called

    def _together(self, name: str, called: list[str], item: model.DecisionTable) -> None:
        """The columns of one table as one table, where that is the same."""
        whole = joint(item, called, self.decisions, self.words)
        if whole is not None:
            self.tables[self.names.fresh(name)] = whole
        elif item.hit_policy is model.HitPolicy.PRIORITY:
            self.remarks.append(f"{place(item.line or self.line)}`{name}`: {APART}")

    def _called(self, name: str) -> str:
        called = self.words.names[name]
        assert isinstance(called, tree.Name)
        return called.name

    def _column(self, called: str, item: model.DecisionTable, at: int) -> None:
        try:
            body = table(item, at, called, self.words, {})
        except Untranslatable as form:
            self._give_up(called, str(form), self.decisions)
            return
        self._add(called, body, self.kinds.of_column(item, at, self.words), self.decisions)
        self._unlike(called, item, at)

    def _rule(
        self,
        called: str,
        item: Expression | None,
        local: Mapping[str, str],
        type_ref: str,
        section: dict[str, dict[str, object]],
    ) -> None:
        once = listed(item)
        item = once.table if once is not None else item
        try:
            if isinstance(item, model.DecisionTable):
                body = table(item, 0, called, self.words, local)
                kind = self.kinds.of_column(item, 0, self.words, type_ref)
                if once is not None and once.options:
                    kind = FlowType("choices", once.options)
            else:
                expr = as_expression(item, self.words, local)
                body, kind = formula(expr), self.kinds.of_expression(expr, type_ref)
        except Untranslatable as form:
            self._give_up(called, str(form), section)
            return
        self._add(called, body, kind, section)
        if once is None and isinstance(item, model.DecisionTable):
            self._unlike(called, item)

    def _unlike(self, called: str, item: model.DecisionTable, at: int = 0) -> None:
        self.remarks += [f"{place(item.line or self.line)}`{called}`: {says}" for says in unlike(item, at)]

    def _add(self, called: str, body: dict[str, object], kind: FlowType, section: dict[str, dict[str, object]]) -> None:
        if body.get("hit") in LISTS:
            if kind.kind not in ("choice", "choices") or not kind.options:
                self._give_up(called, "a list of collected values without fixed options", section)
                return
            kind = FlowType("choices", kind.options)
        rule: dict[str, object] = {"type": kind.kind or "text"}
        if kind.options:
            rule["options"] = list(kind.options)
        section[called] = {**section.get(called, {}), **rule, **body}
        self.kinds.know(called, kind)

    def _give_up(self, called: str, form: str, section: dict[str, dict[str, object]]) -> None:
        says = f"a flow has no form for {form}; write it by hand, it is `none` for now."
        self.remarks.append(f"{place(self.line)}`{called}`: {says}")
        section[called] = {**section.get(called, {}), "type": "text", "is": "none"}

    def _function(self, knowledge: model.KnowledgeModel) -> None:
        called = self._called(normal(knowledge.variable.name))
        logic = knowledge.logic
        if logic is None or logic.kind is not model.FunctionKind.FEEL:
            self.remarks.append(f"{place(self.line)}`{called}`: only functions in FEEL are carried over.")
            return
        given: dict[str, object] = {}
        local: dict[str, str] = {}
        for parameter in logic.parameters:
            own = local[normal(parameter.name)] = identifier(parameter.name)
            kind = flow_type(parameter.type_ref, self.types)
            given[own] = _given(kind)
        self.functions[called] = {"given": given}
        if isinstance(logic.body, model.DecisionTable) and len(logic.body.outputs) > 1:
            self._give_up(called, "a function that gives several values", self.functions)
            return
        self._rule(called, logic.body, local, knowledge.variable.type_ref or logic.type_ref, self.functions)

    # -- goal and outcomes

    def _roots(self) -> list[Decision]:
        """The decisions that no other one requires; those of a single-output service first."""
        required = {link.id for decision in self.model.decisions for link in decision.requires}
        offered = {link.id for service in self.model.services if len(service.outputs) == 1 for link in service.outputs}
        roots = [decision for decision in self.model.decisions if decision.id not in required]
        return sorted(roots or list(self.model.decisions), key=lambda decision: decision.id not in offered)

    def _in_order(self) -> Iterator[Decision]:
        """Each decision after those it requires, so that their types are known."""
        waiting = list(self.model.decisions)
        while waiting:
            left = {decision.id for decision in waiting}
            ready = [
                each for each in waiting if not ({link.id for link in each.requires} & left - {each.id})
            ] or waiting
            yield from ready
            waiting = [decision for decision in waiting if decision not in ready]

    def _goal(self) -> tuple[str, dict[str, object]]:
        """The goal as a choice, and an outcome for each of its options."""
        last = next((self.words.names.get(normal(root.variable.name)) for root in self._roots()), None)
        name = last.name if isinstance(last, tree.Name) else next(reversed(self.decisions), "")
        rule = self.decisions.get(name, {})
        options = rule.get("options")
        if rule.get("type") == "choice" and isinstance(options, list):
            return name, {option: _outcome(option, []) for option in options}
        goal = self.names.fresh("uitkomst")
        if rule.get("type") == "boolean":
            self.decisions[goal] = _choice(["ja", "nee"], f'if {name} then "ja" else "nee"')
            return goal, {option: _outcome(option, []) for option in ("ja", "nee")}
        self.decisions[goal] = _choice(
            ["bekend", "onbekend"], f'if {name or "none"} = none then "onbekend" else "bekend"'
        )
        values = [name] if name else []
        return goal, {"bekend": _outcome("bekend", values), "onbekend": _outcome("onbekend", [])}


def _question(description: str) -> str:
    """A description that asks something; one that this product wrote has who supplies it behind it in brackets."""
    text = description.rpartition(" (")[0] if description.endswith(")") else description
    return text if text.endswith("?") or text != description else ""


def _choice(options: list[str], text: str) -> dict[str, object]:
    return {"type": "choice", "options": list(options), "is": text}


def _given(kind: FlowType | Structure) -> object:
    if isinstance(kind, Structure) or not kind.kind:
        return "text"
    return {"type": kind.kind, "options": list(kind.options)} if kind.options else kind.kind


def _outcome(option: str, values: list[str]) -> dict[str, object]:
    shown = ", ".join(f"{{{name}}}" for name in values)
    text = f"De uitkomst is {shown or option}."
    return {"kind": "answer", **({"values": values} if values else {}), "text": text}


def _parts(item: Expression | None) -> Iterator[tuple[str, Expression | None]]:
    """The named parts of a value that a flow splits: entries of a context, outputs of a table; none for the rest."""
    if isinstance(item, model.Context) and listed(item) is None:
        for entry in item.entries:
            yield normal(entry.name), entry.value
    elif isinstance(item, model.DecisionTable) and len(item.outputs) > 1:
        for output in item.outputs:
            yield normal(output.name), item
