"""Calls of the standard's built-in functions: by position and by name, with too few, too many and with null arguments.

One example per form of every function in DMN 1.5, tables 73 to 83; a function without an example fails.
"""

from __future__ import annotations

import pytest

from engine.feel.registry import BUILT_INS
from engine.feel.signatures import STANDARD, Form
from tests.engine.feel.evaluating import evaluate

EXAMPLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "date": (('"2024-02-29"',), ("2024", "2", "29")),
    "time": (('"10:20:30"',), ("10", "20", "30", '@"PT1H"')),
    "date and time": (
        ('"2024-02-29T10:20:30"',),
        ('@"2024-02-29"', '@"10:20:30"'),
        ('@"2024-02-29T10:20:30Z"', '"Europe/Amsterdam"'),
    ),
    "number": (('"1.000,5"', '"."', '","'),),
    "string": (("1.50",),),
    "duration": (('"P1DT2H"',),),
    "years and months duration": (('@"2024-01-31"', '@"2025-03-30"'),),
    "not": (("true",),),
    "substring": (('"foobar"', "3", "2"),),
    "string length": (('"foobar"',),),
    "upper case": (('"a"',),),
    "lower case": (('"A"',),),
    "substring before": (('"foobar"', '"bar"'),),
    "substring after": (('"foobar"', '"foo"'),),
    "replace": (('"aBc"', '"b"', '"x"', '"i"'),),
    "contains": (('"foobar"', '"ob"'),),
    "starts with": (('"foobar"', '"fo"'),),
    "ends with": (('"foobar"', '"ar"'),),
    "matches": (('"FOO"', '"^fo*$"', '"i"'),),
    "split": (('"a;b"', '";"'),),
    "string join": (('["a", "b"]', '"-"'),),
    "list contains": (("[1, 2]", "2"),),
    "sublist": (("[4, 5, 6]", "2", "1"),),
    "append": (("[1]", "2"),),
    "concatenate": (("[1]",),),
    "insert before": (("[1, 3]", "2", "2"),),
    "remove": (("[1, 3]", "2"),),
    "list replace": (("[1, 3]", "2", "2"), ("[1, 3]", "function(item, newItem) item > newItem", "2")),
    "reverse": (("[1, 3]",),),
    "index of": (("[1, 3, 1]", "1"),),
    "union": (("[1, 1]",),),
    "distinct values": (("[1, 1]",),),
    "flatten": (("[[1], 2]",),),
    "decimal": (("2.5", "0"),),
    "floor": (("-1.5",), ("-1.55", "1")),
    "ceiling": (("-1.5",), ("-1.55", "1")),
    "abs": (("-1",), ('@"-PT5H"',), ('@"-P5M"',)),
    "modulo": (("-12", "5"),),
    "is": (('@"10:00:00Z"', '@"10:00:00"'),),
    "range": (('"[1..5]"',),),
    "sort": (("[3, 1]", "function(x, y) x < y"),),
    "get value": (("{a: 1}", '"a"'),),
    "get entries": (("{a: 1}",),),
    "context": (('[{key: "a", value: 1}]',),),
    "context put": (("{a: 1}", '"b"', "2"), ("{a: {b: 1}}", '["a", "b"]', "2")),
    "context merge": (("[{a: 1}, {a: 2}]",),),
} | {
    **dict.fromkeys(("count", "min", "max", "sum", "mean", "product", "median", "mode"), (("[1, 2]",), ("2",))),
    "stddev": (("[1, 2]",),),
    **dict.fromkeys(("all", "any"), (("[true, false]",), ("true",))),
    **dict.fromkeys(("round up", "round down", "round half up", "round half down"), (("-2.55", "1"),)),
    **dict.fromkeys(("sqrt", "log", "exp", "odd", "even"), (("4",),)),
    **dict.fromkeys(("day of year", "day of week", "month of year", "week of year"), (('@"2024-12-30"',),)),
    **dict.fromkeys(("before", "after"), (("1", "2"), ("1", "[2..3]"), ("[1..2]", "3"), ("[1..2]", "[3..4]"))),
    **dict.fromkeys(("meets", "met by", "overlaps", "overlaps before", "overlaps after"), (("[1..3]", "[3..4]"),)),
    **dict.fromkeys(("finishes", "during", "starts"), (("3", "[1..3]"), ("[2..3]", "[1..3]"))),
    **dict.fromkeys(("finished by", "includes", "started by"), (("[1..3]", "3"), ("[1..3]", "[2..3]"))),
    "coincides": (("1", "1"), ("[1..2]", "[1..2]")),
}
CALLS = [
    (name, form, arguments)
    for name, examples in EXAMPLES.items()
    for place, arguments in enumerate(examples)
    for form in [STANDARD[name][min(place, len(STANDARD[name]) - 1)]]
]


def parameters(form: Form) -> list[str]:
    return [parameter.rstrip("?.") for parameter in form]


def called(name: str, arguments: tuple[str, ...]) -> object:
    return evaluate(f"{name}({', '.join(arguments)})")


def test_every_function_has_an_example():
    """No function of the standard is left out of these tests, but those without parameters."""
    assert {name for name, forms in STANDARD.items() if forms != ((),)} == set(EXAMPLES)
    assert set(STANDARD) <= set(BUILT_INS)


@pytest.mark.parametrize(("name", "form", "arguments"), CALLS)
def test_by_name_is_as_by_position(name: str, form: Form, arguments: tuple[str, ...]):
    """Arguments by name, in any order, give what the same arguments give by position; and that is not null."""
    named = [f"{parameter}: {argument}" for parameter, argument in zip(parameters(form), arguments, strict=False)]
    if form[0].endswith("..."):
        named = [f"list: {arguments[0]}"]
    outcome = called(name, arguments)
    assert outcome is not None
    assert called(name, tuple(named)) == outcome
    if name not in ("before", "after"):
        assert called(name, tuple(reversed(named))) == outcome


def test_the_order_of_names_tells_forms_apart():
    """`before` and `after` take a point and a range in either order: the order written is the one meant."""
    assert evaluate("before(range: [1..2], point: 3)") is True
    assert evaluate("before(point: 3, range: [1..2])") is False
    assert evaluate("after(range: [1..2], point: 3)") is False
    assert evaluate("after(point: 3, range: [1..2])") is True


@pytest.mark.parametrize(("name", "form", "arguments"), CALLS)
def test_an_argument_that_is_missing_makes_null(name: str, form: Form, arguments: tuple[str, ...]):
    """Without arguments, without the first by name, or with a name that no parameter has, a call is null."""
    named = [f"{parameter}: {argument}" for parameter, argument in zip(parameters(form), arguments, strict=False)]
    assert called(name, ()) is None
    assert called(name, (f"nobody: {arguments[0]}", *named[1:])) is None


@pytest.mark.parametrize(("name", "form", "arguments"), CALLS)
def test_too_many_arguments_make_null(name: str, form: Form, arguments: tuple[str, ...]):
    """A call with more arguments than any form takes is null, unless a parameter repeats."""
    if not any(parameter.endswith("...") for form in STANDARD[name] for parameter in form) and name != "stddev":
        assert called(name, (*arguments, *("1",) * (5 - len(arguments)))) is None


@pytest.mark.parametrize("name", [name for name, examples in EXAMPLES.items() if examples[-1] in (("2",), ("true",))])
def test_several_arguments_stand_for_a_list(name: str):
    """Where a list of numbers or booleans is taken, its items may be given one by one."""
    item = EXAMPLES[name][-1][0]
    assert called(name, (item, item, item)) == called(name, (f"[{item}, {item}, {item}]",))


@pytest.mark.parametrize(("name", "form", "arguments"), CALLS)
def test_null_in_the_first_place_makes_null(name: str, form: Form, arguments: tuple[str, ...]):
    """Null where a function wants a value gives null; only `is` looks at null itself."""
    assert called(name, ("null", *arguments[1:])) is (False if name == "is" else None)
