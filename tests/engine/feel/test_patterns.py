"""`matches`, `replace` and `split`: XPath patterns, in linear time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


MEANINGLESS = [
    r"(a)\1",
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
