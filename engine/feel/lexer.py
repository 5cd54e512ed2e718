"""From text to tokens, one at a time: the parser asks for the token at an offset.

Words are single words; names with spaces are put together by `engine.feel.names_in_scope`, because in
FEEL they depend on what is in scope (DMN 1.5, 10.3.1.1). White space and comments are skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from engine.errors import worded
from engine.feel.syntax import FeelSyntaxError

NAME_START: Final = (
    r"A-Za-z_\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u167F\u1681-\u180D\u180F-\u1FFF"
    r"\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFEFE\uFF00-\uFFFD"
    r"\U00010000-\U000EFFFF"
)
NAME_PART: Final = NAME_START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
SPACE: Final = r"\s\u0085\u180e\u200b\ufeff"
BLANK: Final = re.compile(rf"(?:[{SPACE}]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*")

_TOKEN: Final = re.compile(
    rf"""(?P<word>[{NAME_START}][{NAME_PART}]*)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<at>@[{SPACE}]*"(?:[^"\\]|\\.)*")
    |(?P<symbol>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{{}},.:?])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_SIMPLE: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
_TYPOGRAPHIC: Final = "“”„‘’"


class Token(Enum):
    WORD = "word"
    NUMBER = "number"
    STRING = "string"
    AT = "at"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One token: `text` as written, [start, end) in the source."""

    token: Token
    text: str
    start: int
    end: int


def skip_blank(text: str, offset: int) -> int:
    """The offset of the next character that is neither white space nor comment."""
    match = BLANK.match(text, offset)
    return match.end() if match else offset


def lexeme_at(text: str, offset: int) -> Lexeme:
    """The token at or after `offset`.

    Raises FeelSyntaxError on a character that starts nothing.
    """
    start = skip_blank(text, offset)
    if start >= len(text):
        return Lexeme(Token.END, "", len(text), len(text))
    match = _TOKEN.match(text, start)
    if match is None or match.lastgroup is None:
        raise _unreadable(text, start)
    return Lexeme(Token(match.lastgroup), match[0], start, match.end())


def _unreadable(text: str, start: int) -> FeelSyntaxError:
    char = text[start]
    if char in '"@':
        return FeelSyntaxError(worded("This text is never closed."), start, worded('End it with a double quote (").'))
    if char in _TYPOGRAPHIC or char == "'":
        return FeelSyntaxError(
            worded("This kind of quote does not open a text."), start, worded('Use straight double quotes (").')
        )
    return FeelSyntaxError(
        worded("The character {char!r} has no meaning here.", char=char),
        start,
        worded("Remove it, or put text in quotes."),
    )


def unescape(quoted: str) -> str:
    """The value of a string literal: quotes off, escapes read, surrogate pairs joined (DMN 1.5 rule 35)."""
    body = quoted[1:-1]
    if "\\" not in body:
        return body
    return join_surrogates(_ESCAPE.sub(_unescaped, body))


def join_surrogates(text: str) -> str:
    """Surrogate pairs become the character they stand for; lone surrogates become U+FFFD."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        point = int(code, 16)
        return chr(point) if point <= 0x10FFFF else "\ufffd"
    return _SIMPLE.get(match[3], match[0])
