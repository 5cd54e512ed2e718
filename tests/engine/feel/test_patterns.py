"""`matches`, `replace` and `split`: XPath patterns, in linear time."""

from __future__ import annotations

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.builtins.backtrack import Program, Search
from engine.feel.run import BudgetExceeded, Run
from tests.engine.feel.evaluating import evaluate

PATTERN_CASES = [
    ("1234 AB", "^[1-9][0-9]{3} [A-Z]{2}$", "", True),
    ("x", "[a-z-[aeiou]]", "", True),
    ("e", "[a-z-[aeiou]]", "", False),
    ("e", "[^a-d-[e]]", "", False),
    ("f", "[^a-d-[e]]", "", True),
    ("é", r"\p{L}", "", True),
    ("é", r"\p{IsBasicLatin}", "", False),
    ("é", r"\P{IsBasicLatin}", "", True),
    ("α", r"^[\p{IsGreek}]$", "", True),
    ("a\nb", "a.b", "", False),
    ("a\nb", "a.b", "s", True),
    ("a\nb", "^b$", "m", True),
    ("ABC", "b", "i", True),
    ("a.c", "a.c", "q", True),
    ("abc", "a.c", "q", False),
    ("hello", "h e l l o", "x", True),
    ("h e", "h[ ]e", "x", True),
    ("٣", r"\d", "", True),
    ("_", r"\w", "", False),
    (" ", r"\s", "", True),
    ("x", r"\S", "", True),
    ("a", r"[\i]", "", True),
    ("-", r"\c", "", True),
    ("-", r"[\-]", "", True),
    ("]", r"[\]]", "", True),
]


@pytest.mark.parametrize(("text", "pattern", "flags", "expected"), PATTERN_CASES)
def test_patterns(text: str, pattern: str, flags: str, expected: bool) -> None:
    """XPath patterns mean what XPath says."""
    assert evaluate("matches(text, pattern, flags)", text=text, pattern=pattern, flags=flags) is expected


REFERENCES = [
    ("abba", r"^(.)(.)\2\1$", "", True),
    ("abab", r"^([a-c-[c]]{2})\1$", "", True),
    ("abcd", r"(.)\1", "", False),
    ("ABab", r"^(ab)\1$", "i", True),
    ("ABab", r"^(ab)\1$", "", False),
    ('x="y"', r"""=(["']).*?\1""", "", True),
    ("aaaa", r"^(a+?)\1{3}$", "", True),
    ("aa1", r"(a)\11", "", True),
    ("abcdefghijkk", r"(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)\11", "", True),
    ("a a", r"( a ) \s \1", "x", True),
    ("a\na", r"^(a)$\s^\1$", "m", True),
    ("a\na", r"^(a)$\s^\1$", "", False),
    ("a\na\n", r"(a.)\1", "s", True),
    ("a\na\n", r"(a.)\1", "", False),
    ("b", r"^(a)?\1b$", "", True),
    ("cc", r"^(?:a|(c))\1$", "", True),
    (r"(a)\1", r"(a)\1", "q", True),
    ("aa", r"(a)\1", "q", False),
]


@pytest.mark.parametrize(("text", "pattern", "flags", "expected"), REFERENCES)
def test_a_reference_stands_for_what_its_group_took(text: str, pattern: str, flags: str, expected: bool) -> None:
    r"""`\1` is the text of group 1 once more, nothing where the group took no part (XPath Functions 3.1, 5.6.1)."""
    assert evaluate("matches(text, pattern, flags)", text=text, pattern=pattern, flags=flags) is expected


def test_references_work_in_replace_and_split() -> None:
    """What a pattern with a reference finds can be replaced, with its groups, and split at."""
    assert evaluate(r'replace("hello  world", "(.)\\1", "<$1>")') == "he<l>o< >world"
    assert evaluate(r'replace("abab", "(x*)\\1", "-")') is None
    assert evaluate(r'split("a--b==c", "([-=])\\1")') == ["a", "b", "c"]


def test_a_pattern_that_never_ends_ends_at_the_budget() -> None:
    """A pattern with a reference is tried step by step; the steps are those of the evaluation."""
    with pytest.raises(BudgetExceeded):
        evaluate(r'matches(text, "^(a*)*\\1$")', text="a" * 40 + "b")


atoms = st.sampled_from(["a", "b", "[ab]", ".", "(a)", "(b|ab)", "(?:a|b)", "(a(b)?)"])
times = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,2}", "*?"])
pieces = st.one_of(st.builds(str.__add__, atoms, times), st.sampled_from("^$"))
simple = st.lists(pieces, min_size=1, max_size=5).map("".join)


@given(simple, st.text("abc", max_size=8))
def test_both_ways_of_matching_agree(pattern: str, text: str) -> None:
    """A pattern without references matches at the same place, tried step by step, as in linear time."""
    stepped = Search(Program(pattern, ""), Run(steps=10**9)).search(text)
    linear = re2.search(pattern, text)
    assert (stepped and (stepped.start(), stepped.end())) == (linear and linear.span())


@given(simple, st.text("abc", max_size=8))
def test_references_are_as_pythons(pattern: str, text: str) -> None:
    r"""A pattern in which group 1 always takes part matches with `\1` where Python's does."""
    pattern = f"(a|b){pattern}\\1"
    stepped = Search(Program(pattern, ""), Run(steps=10**9)).search(text)
    other = re.search(pattern, text)
    assert (stepped and (stepped.start(), stepped.end())) == (other and other.span())


MEANINGLESS = [
    r"(a)\2",
    r"(a\1)",
    r"\1(a)",
    r"[\1](a)",
    r"(a)\1{2,1}",
    r"(a)\1)",
    r"((a)\1",
    r"*(a)\1",
    r"(?=a)(a)\1",
    r"(a)\1" + "(a{90}){90}",
    "(" * 50 + "(a)\\1" + ")" * 50,
    "(?=a)",
    "(?i)a",
    r"\Q",
    r"\p{IsNothing}",
    r"\p{Xx}",
    "[z-a]",
    "[]",
    "[a",
    "(",
    "a{2000}",
    "a]",
    "a}",
    "a{",
    "a{,2}",
    "\\",
]


@pytest.mark.parametrize("pattern", MEANINGLESS)
def test_patterns_without_a_meaning(pattern: str) -> None:
    """What XPath does not know, or RE2 cannot do, is null."""
    assert evaluate('matches("a", pattern)', pattern=pattern) is None
    assert evaluate('replace("a", pattern, "b")', pattern=pattern) is None
    assert evaluate('split("a", pattern)', pattern=pattern) is None


@pytest.mark.parametrize(
    ("text", "pattern", "replacement", "flags", "expected"),
    [
        ("abracadabra", "bra", "*", "", "a*cada*"),
        ("abc", "(a)(b)", "$2$1", "", "bac"),
        ("abc", "(a)", "$12", "", "a2bc"),
        ("abc", "a", "$1", "", "bc"),
        ("abc", "b", r"\$", "", "a$c"),
        ("abc", "b", "$", "", None),
        ("abc", "b", r"\x", "", None),
        ("abc", "b", "$1", "q", "a$1c"),
        ("abc", "x*", "-", "", None),
        ("aBc", "b", "-", "i", "a-c"),
        ("été", "t", "$0$0", "", "étté"),
    ],
)
def test_replacements(text: str, pattern: str, replacement: str, flags: str, expected: object) -> None:
    """Groups and escapes in replacements."""
    scope = {"text": text, "pattern": pattern, "replacement": replacement, "flags": flags}
    assert evaluate("replace(text, pattern, replacement, flags)", **scope) == expected


@given(st.text(max_size=20), st.text(max_size=12), st.text(max_size=5), st.text("imsxq", max_size=2))
def test_any_pattern_gives_a_value(text: str, pattern: str, replacement: str, flags: str) -> None:
    """Whatever the pattern, there is an answer or null."""
    scope = {"t": text, "p": pattern, "r": replacement, "f": flags}
    assert evaluate("matches(t, p, f)", **scope) in (True, False, None)
    assert isinstance(evaluate("replace(t, p, r, f)", **scope), str | None)
    assert isinstance(evaluate("split(t, p)", **scope), list | None)


def test_evil_patterns_are_quick() -> None:
    """The classic exponential pattern runs in linear time."""
    assert evaluate("matches(text, pattern)", text="a" * 50_000 + "b", pattern="^(a+)+$") is False
