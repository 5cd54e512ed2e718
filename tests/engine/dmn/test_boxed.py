"""Boxed expressions: each kind gives what DMN 1.5, 10.2.1 says, and null with a reason when it cannot."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import Model
from tests.engine.dmn.models import decision, input_element, literal, model, value


def entry(name: str, logic: str, type_ref: str = "Any") -> str:
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>' if name else ""
    return f"<contextEntry>{variable}{logic}</contextEntry>"


def function(body: str, *parameters: str, kind: str = "FEEL", type_ref: str = "") -> str:
    """A boxed function; a parameter is `name` or `name:type`."""
    formal = ""
    for parameter in parameters:
        name, _, kind_of = parameter.partition(":")
        formal += f'<formalParameter name="{name}" typeRef="{kind_of or "Any"}"/>'
    return f'<functionDefinition kind="{kind}" typeRef="{type_ref}">{formal}{body}</functionDefinition>'


def invocation(called: str, **bindings: str) -> str:
    bound = "".join(f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in bindings.items())
    return f"<invocation>{literal(called)}{bound}</invocation>"


def conditional(test: str) -> str:
    parts = zip(("if", "then", "else"), (test, '"ja"', '"nee"'), strict=True)
    return "<conditional>" + "".join(f"<{tag}>{literal(text)}</{tag}>" for tag, text in parts) + "</conditional>"


def iterator(kind: str, source: str, body: str) -> str:
    inner = "return" if kind == "for" else "satisfies"
    start = f'<{kind} iteratorVariable="e"><in>{literal(source)}</in>'
    return f"{start}<{inner}>{literal(body)}</{inner}></{kind}>"


def filtered(source: str, match: str) -> str:
    return f"<filter><in>{literal(source)}</in><match>{literal(match)}</match></filter>"


def test_entries_of_a_context_see_those_before():
    """Each entry may use the entries above it."""
    logic = f"<context>{entry('a', literal('1'))}{entry('twee maal a', literal('a * 2'))}</context>"
    assert value(logic) == {"a": 1, "twee maal a": 2}


def test_an_entry_without_a_name_is_the_context_itself():
    """The last entry, when nameless, is what the whole context gives."""
    logic = f"<context>{entry('a b', literal('1'))}{entry('', literal('a b + 1'))}</context>"
    assert value(logic) == 2


def test_an_entry_that_does_not_fit_its_type_is_null():
    """A declared type of an entry makes a value of another type null."""
    logic = f"<context>{entry('a', literal('1'), 'string')}{entry('b', literal('1'), 'number')}</context>"
    assert value(logic) == {"a": None, "b": 1}


def test_list_and_relation():
    """A list holds expressions; a relation is a list of contexts with the columns as keys."""
    assert value(f"<list>{literal('1')}{literal('x')}</list>", x=2) == [1, 2]
    columns = '<column name="naam"/><column name="n"/>'
    rows = "".join(f"<row>{literal(name)}{literal(n)}</row>" for name, n in (('"a"', "1"), ('"b"', "x")))
    assert value(f"<relation>{columns}{rows}</relation>", x=2) == [{"naam": "a", "n": 1}, {"naam": "b", "n": 2}]


@pytest.mark.parametrize(
    ("call", "expected"),
    [("f(1, 2)", 3), ("f(b: 1, a: 5)", 6), ("f(1)", None), ("f(1, 2, 3)", None), ("f(a: 1, c: 2)", None)],
)
def test_a_boxed_function_is_called_by_position_or_name(call: str, expected: object):
    """Arguments go by place or by name; too few, too many or unknown ones give null."""
    logic = f"<context>{entry('f', function(literal('a + b'), 'a', 'b'))}{entry('', literal(call))}</context>"
    assert value(logic) == expected


def test_arguments_are_converted_to_the_parameters_types():
    """A list of one fits a single parameter and the other way round; another type makes the call null."""
    functions = entry("f", function(literal("n"), "n:number")) + entry("g", function(literal("n"), "n:number"))
    calls = "".join(entry(name, literal(call)) for name, call in (("a", "f([1])"), ("b", 'g("x")'), ("c", "f(null)")))
    outcome = value(f"<context>{functions}{calls}</context>")
    assert isinstance(outcome, dict)
    assert {name: outcome[name] for name in "abc"} == {"a": 1, "b": None, "c": None}


def test_a_function_remembers_where_it_was_made():
    """A function sees the names around its definition."""
    adder = entry("f", function(literal("n + x"), "n"))
    assert value(f"<context>{adder}{entry('', literal('f(1)'))}</context>", x=41) == 42


def test_functions_of_other_languages_give_null_with_a_reason():
    """A Java or PMML function is not run."""
    asked = decision("d", f"<context>{entry('f', function('', kind='Java'))}{entry('', literal('f()'))}</context>")
    java = model(asked)
    assert java.evaluate("d", {}) is None
    assert "Java" in str(java.diagnostics[0])


def test_a_boxed_invocation_binds_by_name():
    """An invocation gives the arguments by name; one without a binding is null."""
    adder = entry("f", function(literal("if b = null then a else a + b"), "a", "b"))
    for bindings, expected in (({"b": "2", "a": "1"}, 3), ({"a": "1"}, 1), ({"a": "1", "zz": "1"}, None)):
        assert value(f"<context>{adder}{entry('', invocation('f', **bindings))}</context>") == expected


@pytest.mark.parametrize(("test", "expected"), [("true", "ja"), ("1 > 2", "nee"), ('"abc"', None), ("null", None)])
def test_a_boxed_conditional_wants_a_boolean(test: str, expected: object):
    """Only true and false choose; anything else gives null."""
    assert value(conditional(test)) == expected


@pytest.mark.parametrize(
    ("source", "match", "expected"),
    [
        ("[1, 2, 3]", "item > 1", [2, 3]),
        ("[1]", "item > 1", []),
        ("5", "item > 1", [5]),
        ("[{naam: 1}, {naam: 2}]", "naam = 2", [{"naam": 2}]),
        ("[1, null]", "item > 0", [1]),
        ("[1, 2]", "item", None),
        ("null", "true", None),
    ],
)
def test_a_boxed_filter_keeps_what_matches(source: str, match: str, expected: object):
    """`item` and its fields are in scope; a match that is no boolean gives null."""
    assert value(filtered(source, match)) == expected


@pytest.mark.parametrize(
    ("kind", "source", "body", "expected"),
    [
        ("for", "[1, 2]", "e * 2", [2, 4]),
        ("for", "[]", "e", []),
        ("for", "null", "e", None),
        ("some", "[1, 2]", "e > 1", True),
        ("some", "[]", "true", False),
        ("some", "[1, 2]", '"geen"', None),
        ("some", "[1, null]", "e > 5", None),
        ("every", "[1, 2]", "e > 0", True),
        ("every", "[1, 2]", "e > 1", False),
        ("every", "[]", "false", True),
        ("every", "[1]", "1", None),
        ("every", "[1, null]", "e > 0", None),
    ],
)
def test_boxed_iterators(kind: str, source: str, body: str, expected: object):
    """For maps, some and every ask; a condition that is no boolean gives null."""
    assert value(iterator(kind, source, body)) == expected


def test_partial_holds_what_was_made_before():
    """In a boxed for, `partial` is the list so far."""
    assert value(iterator("for", "[1, 2, 3]", "if partial = [] then e else e + sum(partial)")) == [1, 3, 7]


def test_a_missing_expression_is_null_with_a_reason():
    """An entry, a decision or a branch without an expression gives null."""
    empty = model(decision("d", f"<context>{entry('a', '')}</context>"))
    assert empty.evaluate("d", {}) == {"a": None}
    assert empty.diagnostics


def test_an_expression_in_another_language_is_not_run():
    """Only FEEL is evaluated."""
    asked = model(decision("d", '<literalExpression expressionLanguage="urn:js"><text>1</text></literalExpression>'))
    assert asked.evaluate("d", {}) is None
    assert "not in FEEL" in str(asked.diagnostics[0])


def knowledge_model(name: str, logic: str, knowledge: str = "") -> str:
    links = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{link}"/></knowledgeRequirement>'
        for link in knowledge.split()
    )
    inner = logic.removeprefix("<functionDefinition").removesuffix("</functionDefinition>")
    encapsulated = f"<encapsulatedLogic{inner}</encapsulatedLogic>"
    start = f'<businessKnowledgeModel id="b_{name.replace(" ", "_")}" name="{name}"><variable name="{name}"/>'
    return f"{start}{encapsulated}{links}</businessKnowledgeModel>"


def with_knowledge() -> Model:
    twice = knowledge_model("twice", function(literal("n * 2"), "n:number"))
    four = knowledge_model("four times", function(literal("twice(twice(n))"), "n:number"), "b_twice")
    asked = decision("d", literal("four times(x)"), "i_x", knowledge="b_four_times")
    return model(input_element("x"), twice, four, asked)


def test_a_knowledge_model_is_a_function_to_who_requires_it():
    """A decision calls a knowledge model by name, which calls the ones it requires."""
    assert with_knowledge().evaluate("d", {"x": 3}) == 12


def test_a_knowledge_model_can_be_asked_directly():
    """Evaluating a knowledge model calls it with the inputs as arguments."""
    asked = with_knowledge()
    assert asked.evaluate("four times", {"n": 2}) == 8
    assert asked.evaluate("twice", {"n": "x"}) is None
    assert asked.evaluate("twice", {"n": [Decimal(4)], "x": 1}) == 8


def test_a_knowledge_model_may_call_itself():
    """Recursion works, and recursion without an end gives null with a reason."""
    factorial = function(literal("if n = 0 then 1 else n * fac(n - 1)"), "n")
    asked = model(knowledge_model("fac", factorial, "b_fac"))
    assert asked.evaluate("fac", {"n": 10}) == 3628800
    assert asked.evaluate("fac", {"n": -1}) is None
    assert asked.diagnostics


@pytest.mark.parametrize(
    ("kind", "source", "body", "expected"),
    [
        ("for", "[1..3]", "e * 2", [2, 4, 6]),
        ("for", "(1..3]", "e", [2, 3]),
        ("for", '[@"2024-02-28"..@"2024-03-01"]', "e.day", [28, 29, 1]),
        ("some", "[1..3]", "e > 2", True),
        ("every", "[1..3]", "e > 2", False),
        ("for", "[1.5..3]", "e", None),
        ("for", '["a".."c"]', "e", None),
    ],
)
def test_an_iterator_counts_through_a_range(kind: str, source: str, body: str, expected: object):
    """A boxed for, some and every go through a range of whole numbers or dates as those of FEEL do."""
    assert value(iterator(kind, source, body)) == expected


def test_partial_is_a_copy():
    """What a turn makes of `partial` does not change with the turns after it."""
    assert value(iterator("for", "[1, 2, 3]", "partial")) == [[], [[]], [[], [[]]]]


def test_a_range_too_long_to_count_gives_null():
    """A range of a billion numbers ends at the budget, not in memory."""
    assert value(iterator("for", "[1..1000000000]", "e")) is None


def test_a_field_called_item_is_meant_in_a_boxed_filter():
    """In a filter `item` is the item, unless the items have a field of that name: then as in FEEL that."""
    rows = "[{item: 1, b: 2}, {item: 2, b: 3}]"
    assert value(filtered(rows, "item = 2")) == [{"item": 2, "b": 3}]
    assert value(literal(f"{rows}[item = 2]")) == [{"item": 2, "b": 3}]


def test_an_uneven_relation_is_null_alone():
    """A relation with a row that is too short gives null with a reason; the rest of the model goes on."""
    columns = '<column name="a"/><column name="b"/>'
    uneven = f"<relation>{columns}<row>{literal('1')}</row></relation>"
    asked = model(decision("uneven", uneven), decision("other", literal("1")))
    assert asked.evaluate("uneven", {}) is None
    assert "more or fewer cells" in asked.diagnostics[0].message
    assert asked.evaluate("other", {}) == 1


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("function", True),
        ("function<number, string> -> number", True),
        ("function<number, Any> -> number", False),
        ("function<number> -> number", False),
        ("function<string, string> -> number", False),
        ("function<number, string> -> string", False),
        ("function<number, string> -> Any", True),
    ],
)
def test_a_boxed_function_is_of_the_type_it_declares(kind: str, expected: bool):
    """`instance of` sees the parameters and the output that a boxed function declares."""
    boxed = function(literal("a"), "a:number", "b:string", type_ref="number")
    asked = model(decision("f", boxed), decision("asked", literal(f"f instance of {kind}"), "d_f"))
    assert asked.evaluate("asked", {}) is expected


FUNCTION_TYPE = (
    '<itemDefinition name="tTelling"><functionItem outputTypeRef="number">'
    '<parameters name="x" typeRef="number"/></functionItem></itemDefinition>'
)


@pytest.mark.parametrize(
    ("declared", "body", "expected"),
    [
        ("tTelling", "x + 1", 2),
        ("tTelling", "[x]", 1),
        ("tTelling", "string(x)", None),
        ("Any", "string(x)", "1"),
        ("", "string(x)", "1"),
    ],
)
def test_the_variable_of_a_knowledge_model_tells_what_it_gives(declared: str, body: str, expected: object):
    """The output of the function type that a knowledge model's variable has holds for every call of it."""
    knowledge = (
        f'<businessKnowledgeModel id="b_f" name="f"><variable name="f" typeRef="{declared}"/><encapsulatedLogic>'
        f'<formalParameter name="x" typeRef="number"/>{literal(body)}</encapsulatedLogic></businessKnowledgeModel>'
    )
    asked = model(FUNCTION_TYPE, knowledge, decision("asked", literal("f(1)"), knowledge="b_f"))
    assert asked.evaluate("asked", {}) == asked.evaluate("f", {"x": 1}) == expected
