"""The type checker: types inferred, and one clear finding per mistake."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.check import check
from engine.feel.parser import FeelSyntaxError, Profile, parse, parse_unary_tests
from engine.feel.registry import BUILT_INS
from engine.feel.types import (
    BOOLEAN,
    DATE,
    DURATION,
    INTEGER,
    MONEY,
    NUMBER,
    PERIOD,
    TEXT,
    Type,
    choice,
    choices,
    context,
    function,
    list_of,
    or_unsure,
)

KIND = context({"geboren": DATE, "uit_huis": BOOLEAN, "weg_sinds": DATE})
TYPES: dict[str, Type] = {
    "spoed": BOOLEAN,
    "omtrek": NUMBER,
    "leeftijd": INTEGER,
    "weekloon": MONEY,
    "naam": TEXT,
    "ontslagdatum": DATE,
    "werk": choice(["verwijderen", "verplanten", "snoeien"]),
    "inkomsten": choices(["loon", "uitkering", "geen"]),
    "beschermd": or_unsure(BOOLEAN),
    "soort": or_unsure(choice(["eik", "beuk"])),
    "kinderen": list_of(KIND),
    "extra": list_of(MONEY),
    "weken": function({"leeftijd_toen": INTEGER}, NUMBER),
    "weekmaximum": function({"from": DATE}, context({"gb": MONEY, "ni": MONEY})),
}


def checked(text: str, wanted: Type | None = None) -> object:
    return check(parse(text, TYPES, profile=Profile.FLOW), TYPES, wanted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("omtrek < 31 and not(spoed)", BOOLEAN),
        ("leeftijd - 15", INTEGER),
        ("omtrek + 1", NUMBER),
        ("weekloon * 2", MONEY),
        ("weekloon / weekloon", NUMBER),
        ("min(floor(omtrek), 20)", INTEGER),
        ("sum(for j in up(1, leeftijd) return weken(leeftijd - j + 1))", NUMBER),
        ("weken(leeftijd) * min(weekloon, weekmaximum(ontslagdatum).gb)", MONEY),
        ('if leeftijd < 2 then "geen" else "wel"', choice(["geen", "wel"])),
        ("max(0, 2511 * count(kinderen[not(uit_huis)]) + sum(extra) - 0.071 * max(0, weekloon))", MONEY),
        ('has any(inkomsten, ["loon"]) and not(spoed)', BOOLEAN),
        ("some k in kinderen satisfies not(k.uit_huis)", BOOLEAN),
        ("kinderen.geboren", list_of(DATE)),
        ("kinderen[1].geboren", DATE),
        ("beschermd = yes", BOOLEAN),
        ("beschermd = unsure or soort = unsure", BOOLEAN),
        ('ontslagdatum + @"P1M"', DATE),
        ('ontslagdatum - @"2020-01-01" <= @"P6W"', BOOLEAN),
        ('ontslagdatum - @"2020-01-01"', DURATION),
        ("years and months duration(ontslagdatum, ontslagdatum)", PERIOD),
        ("years(ontslagdatum, ontslagdatum) + ontslagdatum.year", INTEGER),
        ("if spoed then weekloon else none", MONEY),
        ("round half up(weekloon / 3, 2)", MONEY),
        ('werk in ["snoeien", "verplanten"]', BOOLEAN),
        ("leeftijd in [18..67)", BOOLEAN),
        ("{a: 1, b: a + 1}.b", INTEGER),
        ("(function(a: number) a * 2)(3)", NUMBER),
        ("sort(extra, function(a, b) a < b)", list_of(MONEY)),
        ("append(extra, 1)", list_of(MONEY)),
        ("[1, 2, omtrek][item > 1]", list_of(NUMBER)),
        ("omtrek between 1 and 2", BOOLEAN),
    ],
)
def test_types_of_sound_expressions(text: str, expected: Type) -> None:
    """A sound expression has a type and no findings."""
    outcome = check(parse(text, TYPES, profile=Profile.FLOW), TYPES)
    assert outcome.problems == ()
    assert outcome.type == expected


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("omtrk < 31", "E-NAME", "There is no `omtrk` here. Did you mean `omtrek`?"),
        ("werk = snoeien", "E-NAME", 'There is no `snoeien` here. An option stands between quotes: "snoeien".'),
        ('werk = "snoejen"', "E-OPTION", '"snoejen" is not one of the options. Did you mean `snoeien`?'),
        ('"kap" = werk', "E-OPTION", '"kap" is not one of the options. The options are "verwijderen", '),
        ('werk in ["snoeien", "kap"]', "E-OPTION", '"kap" is not'),
        ('has any(inkomsten, ["lon"])', "E-OPTION", "Did you mean `loon`?"),
        ("not(beschermd)", "E-UNSURE", "This may also be `unsure`. Write `... = yes`"),
        ("spoed and beschermd", "E-UNSURE", "may also be `unsure`"),
        ("if beschermd then 1 else 2", "E-UNSURE", "may also be `unsure`"),
        ("spoed = unsure", "E-UNSURE", "This is never `unsure`."),
        ("omtrek and spoed", "E-TYPE", "What `and` combines is yes or no; this is a number."),
        ('omtrek = "dik"', "E-TYPE", 'A number is never equal to the text "dik".'),
        ("werk < 3", "E-TYPE", "has no order"),
        ("spoed < yes", "E-TYPE", "Yes or no has no order."),
        ("omtrek < ontslagdatum", "E-TYPE", "A number and a date have no order."),
        (
            "ontslagdatum + 14",
            "E-TYPE",
            "`+` cannot combine a date and a whole number. Days are added to a date as",
        ),
        ("naam + omtrek", "E-TYPE", "Make a text of the other with `string(...)`."),
        ("if spoed then 1 else naam", "E-TYPE", "One branch gives a whole number, the other a text."),
        ("kinderen.gebren", "E-NAME", "A group of fields has no `gebren`. Did you mean `geboren`?"),
        ("some k in kinderen satisfies k.naam = naam", "E-NAME", "has no `naam`"),
        ("weken(omtrek)", "E-TYPE", "This argument is a whole number; this is a number. Round it"),
        ("weken(1, 2)", "E-CALL", "This takes one argument, not 2. It takes (leeftijd_toen)."),
        ("weken(leeftijd: 1)", "E-CALL", "There is no argument `leeftijd`. Did you mean `leeftijd_toen`?"),
        ("omtrek(1)", "E-CALL", "A number cannot be called."),
        ("floor()", "E-CALL", "`floor` does not take 0 arguments. Write `floor(n)` or `floor(n, scale)`."),
        ("floor(naam)", "E-TYPE", "`floor` takes a number here; this is a text."),
        ("substring(tekst: naam)", "E-CALL", "`substring` has no form with these names."),
        ("today()", "E-CALL", "There is no `today()` in a flow. Use a fact `from: [clock:start]`."),
        ('@"2024-02-30"', "E-VALUE", "This is no date, time or duration."),
        ("for i in 1..omtrek return i", "E-TYPE", "A loop counts whole numbers or dates"),
        ("for i in naam return i", "E-TYPE", "A loop runs over a list; this is a text."),
        ("kinderen[geboren]", "E-TYPE", "A filter is yes or no, or a place in the list"),
        ("-naam", "E-TYPE", "There is no negative of a text."),
        ('function() external {java: "x"}', "E-CALL", "Functions of other languages are not run."),
    ],
)
def test_mistakes(text: str, code: str, says: str) -> None:
    """Each mistake gives one finding: a code, a sentence and, where there is one, a way out."""
    outcome = check(parse(text, TYPES, profile=Profile.FLOW), TYPES)
    assert [problem.code for problem in outcome.problems] == [code]
    assert says in f"{outcome.problems[0].message} {outcome.problems[0].hint}"


def test_all_mistakes_at_once() -> None:
    """Every mistake in an expression is found, each at its place."""
    text = 'omtrk < 1 and werk = "kap" and not(beschermd)'
    outcome = check(parse(text, TYPES, profile=Profile.FLOW), TYPES)
    assert [(p.code, text[p.start : p.end]) for p in outcome.problems] == [
        ("E-NAME", "omtrk"),
        ("E-OPTION", '"kap"'),
        ("E-UNSURE", "beschermd"),
    ]


def test_the_declared_type() -> None:
    """An expression must give what its decision declares."""
    assert checked("omtrek", NUMBER) == checked("omtrek", MONEY)
    declared = check(parse('if spoed then "a" else "b"', TYPES), TYPES, choice(["a", "c"]))
    assert [problem.message for problem in declared.problems] == ['"b" is not one of the options.']
    rounded = check(parse("omtrek / 2", TYPES), TYPES, INTEGER)
    assert [problem.hint for problem in rounded.problems] == ["Round it, as in `floor(...)`."]


def test_cells() -> None:
    """The tests of a cell are checked against the column's type."""
    types = {**TYPES, "?": TYPES["werk"]}
    assert check(parse_unary_tests('"snoeien"', types), types).problems == ()
    assert [p.code for p in check(parse_unary_tests('"snoejen", < 3', types), types).problems] == ["E-OPTION", "E-TYPE"]
    number = {**TYPES, "?": INTEGER}
    assert check(parse_unary_tests("[1..5], > omtrek, ? = 3", number), number).problems == ()


def test_every_built_in_has_a_type() -> None:
    """Calling any built-in with arguments of no known type gives a type and no finding."""
    types = {"x": Type("any")}
    for name, built_in in BUILT_INS.items():
        count = len(built_in.variants[0].words)
        text = f"{name}({', '.join(['x'] * count)})"
        codes = [problem.code for problem in check(parse(text, types, profile=Profile.FLOW), types).problems]
        assert codes == (["E-CALL"] if name in ("now", "today") else [])


_PIECES = [
    *TYPES,
    "1",
    "2.5",
    '"snoeien"',
    "yes",
    "unsure",
    "none",
    "(",
    ")",
    "[",
    "]",
    "{a:",
    "}",
    ",",
    "..",
    "+",
    "-",
]
_PIECES += [
    "=",
    "<",
    "and",
    "or",
    "not(",
    "if",
    "then",
    "else",
    "for i in",
    "return",
    "some k in",
    "satisfies",
    "in",
    ".",
]
_PIECES += ["count(", "sum(", "geboren", "item", '@"P1D"', "function(a)", "between", "instance of number"]


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join))
def test_checking_never_raises(text: str) -> None:
    """Whatever parses can be checked."""
    try:
        expr = parse(text, TYPES, profile=Profile.FLOW)
    except FeelSyntaxError:
        return
    outcome = check(expr, TYPES)
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in outcome.problems)
