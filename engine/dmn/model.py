"""A DMN model as plain immutable values: what the XML reader fills, the exporter writes and the evaluator compiles.

Neutral ground: no XML, no evaluation, no flow files. Names follow DMN 1.5 (formal/2024-01-01, chapters 6 to 10);
`line` is the 1-based line in the XML a value came from, 0 when it was built in memory. Callers: `engine.dmn` itself
and the bridges in `engine.graph`.

    Definitions
    ├── imports          Import            another model, under a prefix
    ├── types            ItemDefinition    named types with components, allowed values, collections
    ├── inputs           InputElement      "input data" of the standard
    ├── decisions        Decision          one expression each
    ├── knowledge_models KnowledgeModel    business knowledge models: functions
    ├── services         DecisionService   decisions offered as a function
    └── sources          KnowledgeSource   where the rules come from (a law, a policy)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Expression:
    """Any boxed expression (DMN 1.5, 10.2). `type_ref` is the declared type, empty when none was given."""

    type_ref: str = field(default="", kw_only=True)
    line: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class Variable:
    """A name with a declared type: a decision's variable, a parameter, a column (`informationItem`)."""

    name: str
    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """The tests of a cell or of a type's allowed values, as FEEL text."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A FEEL expression as text (10.2.1.1). `language` is empty for FEEL."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """One entry of a boxed context; the last one may have no name: it is the context's own value."""

    name: str
    value: Expression
    type_ref: str = ""


@dataclass(frozen=True, slots=True)
class Context(Expression):
    """A boxed context (10.2.1.4)."""

    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class ListExpression(Expression):
    """A boxed list (10.2.1.5)."""

    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Relation(Expression):
    """A boxed relation (10.2.1.6): rows of equal columns, a list of contexts as value."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Expression, ...], ...]


class FunctionKind(StrEnum):
    FEEL = "FEEL"
    JAVA = "Java"
    PMML = "PMML"


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Expression):
    """A boxed function (10.2.1.7). Only the FEEL kind can be run; the others give null with a diagnostic."""

    parameters: tuple[Variable, ...]
    body: Expression | None
    kind: FunctionKind = FunctionKind.FEEL


@dataclass(frozen=True, slots=True)
class Binding:
    """An argument of an invocation; `value` is None when the binding formula is absent (null)."""

    parameter: Variable
    value: Expression | None


@dataclass(frozen=True, slots=True)
class Invocation(Expression):
    """A boxed invocation (10.2.1.3) of a knowledge model, a decision service or any function value."""

    called: Expression
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Expression):
    """A boxed conditional (10.2.1.8)."""

    test: Expression
    then: Expression
    otherwise: Expression


@dataclass(frozen=True, slots=True)
class Filter(Expression):
    """A boxed filter (10.2.1.9)."""

    source: Expression
    match: Expression


class IteratorKind(StrEnum):
    FOR = "for"
    SOME = "some"
    EVERY = "every"


@dataclass(frozen=True, slots=True)
class Iterator(Expression):
    """A boxed iterator (10.2.1.10): for, some or every. `source_type` is the declared type of its list."""

    kind: IteratorKind
    variable: str
    source: Expression
    body: Expression
    source_type: str = ""


class HitPolicy(StrEnum):
    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column on the left: its expression, declared type and allowed values."""

    expression: Literal
    label: str = ""
    values: UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column on the right: `values` in order of priority, `default` when no rule matches."""

    name: str = ""
    type_ref: str = ""
    label: str = ""
    values: UnaryTests | None = None
    default: Literal | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a test per input, an expression per output, free text per annotation."""

    tests: tuple[UnaryTests, ...]
    outputs: tuple[Literal, ...]
    annotations: tuple[str, ...] = ()
    description: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class DecisionTable(Expression):
    """A decision table (chapter 8)."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    annotations: tuple[str, ...] = ()
    output_label: str = ""


@dataclass(frozen=True, slots=True)
class FunctionItem:
    """The signature of a function type (7.3.3)."""

    parameters: tuple[Variable, ...]
    output_type: str = ""


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A named type (7.3.2): an alias, a structure of `components`, or a function; perhaps a collection of it.

    `allowed_values` hold for the value itself (for each item of a collection), `type_constraint` for the whole.
    """

    name: str
    type_ref: str = ""
    components: tuple[ItemDefinition, ...] = ()
    allowed_values: UnaryTests | None = None
    type_constraint: UnaryTests | None = None
    is_collection: bool = False
    function: FunctionItem | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to an element: its id, and its namespace when it stands in another model."""

    id: str
    namespace: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Element:
    """What every node of the requirements graph has. `id` is unique in its model."""

    id: str
    name: str
    description: str = field(default="", kw_only=True)
    line: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class InputElement(Element):
    """An input data element (6.3.11)."""

    variable: Variable


@dataclass(frozen=True, slots=True)
class Decision(Element):
    """A decision (6.3.7). `expression` is None when it has no logic: then its value must be given or is null."""

    variable: Variable
    expression: Expression | None
    requires: tuple[Reference, ...] = ()
    knowledge: tuple[Reference, ...] = ()
    authority: tuple[Reference, ...] = ()
    question: str = ""
    allowed_answers: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeModel(Element):
    """A business knowledge model (6.3.9): a function with a name."""

    variable: Variable
    logic: FunctionDefinition | None
    knowledge: tuple[Reference, ...] = ()
    authority: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionService(Element):
    """A decision service (6.3.10): evaluates `outputs` from `input_decisions` and `inputs` alone."""

    variable: Variable
    outputs: tuple[Reference, ...]
    encapsulated: tuple[Reference, ...] = ()
    input_decisions: tuple[Reference, ...] = ()
    inputs: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class KnowledgeSource(Element):
    """An authority for decisions (6.3.12): a law, a policy, an expert. `location` is a URI."""

    location: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """Another model whose elements are named `name.element` here; an empty name imports without a prefix."""

    name: str
    namespace: str
    import_type: str = ""
    location: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """An element of the XML that is no part of the model here: a note, a diagram, an extension. `what` names it."""

    what: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Definitions:
    """A whole model. `prefixes` maps XML prefixes to namespaces (DMN 1.1 wrote types as `feel:number`)."""

    name: str
    namespace: str
    imports: tuple[Import, ...] = ()
    types: tuple[ItemDefinition, ...] = ()
    inputs: tuple[InputElement, ...] = ()
    decisions: tuple[Decision, ...] = ()
    knowledge_models: tuple[KnowledgeModel, ...] = ()
    services: tuple[DecisionService, ...] = ()
    sources: tuple[KnowledgeSource, ...] = ()
    description: str = ""
    prefixes: tuple[tuple[str, str], ...] = ()
    unread: tuple[Unread, ...] = field(default=(), compare=False)
