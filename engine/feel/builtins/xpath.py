"""XPath regular expressions rewritten for RE2 (XML Schema 1.1 part 2, appendix G; XPath Functions 3.1, 5.6.1).

    XPath                   RE2
    .                       no line end: `[^\\n\\r]`, unless flag s
    \\d \\w \\s \\i \\c         Unicode classes, spelled out
    \\p{IsGreek}             the block as a range, for the blocks below
    [a-z-[aeiou]]           the difference, worked out here; of plain characters and ranges only
    flag x                  white space outside classes dropped
Back references, look-around and unknown escapes have no counterpart: PatternError.
"""

from __future__ import annotations

import re
from typing import Final

Spans = list[tuple[int, int]]

_BLOCKS: Final[dict[str, tuple[int, int]]] = {
    "BasicLatin": (0x0000, 0x007F),
    "Latin-1Supplement": (0x0080, 0x00FF),
    "LatinExtended-A": (0x0100, 0x017F),
    "LatinExtended-B": (0x0180, 0x024F),
    "IPAExtensions": (0x0250, 0x02AF),
    "SpacingModifierLetters": (0x02B0, 0x02FF),
    "CombiningDiacriticalMarks": (0x0300, 0x036F),
    "Greek": (0x0370, 0x03FF),
    "GreekandCoptic": (0x0370, 0x03FF),
    "Cyrillic": (0x0400, 0x04FF),
    "Armenian": (0x0530, 0x058F),
    "Hebrew": (0x0590, 0x05FF),
    "Arabic": (0x0600, 0x06FF),
    "Devanagari": (0x0900, 0x097F),
    "Thai": (0x0E00, 0x0E7F),
    "LatinExtendedAdditional": (0x1E00, 0x1EFF),
    "GreekExtended": (0x1F00, 0x1FFF),
    "GeneralPunctuation": (0x2000, 0x206F),
    "SuperscriptsandSubscripts": (0x2070, 0x209F),
    "CurrencySymbols": (0x20A0, 0x20CF),
    "LetterlikeSymbols": (0x2100, 0x214F),
    "NumberForms": (0x2150, 0x218F),
    "Arrows": (0x2190, 0x21FF),
    "MathematicalOperators": (0x2200, 0x22FF),
    "Hiragana": (0x3040, 0x309F),
    "Katakana": (0x30A0, 0x30FF),
    "CJKUnifiedIdeographs": (0x4E00, 0x9FFF),
    "HangulSyllables": (0xAC00, 0xD7AF),
}
_CLASSES: Final = {
    "d": r"\p{Nd}",
    "s": r" \t\n\r",
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "D": r"\P{Nd}",
    "i": r"\p{L}_:",
    "c": r"\p{L}\p{M}\p{Nd}\-._:",
}
_CHARACTERS: Final = {"n": 10, "r": 13, "t": 9}
_LITERAL: Final = frozenset("\\|.?*+(){}-[]^$")
_CATEGORY: Final = re.compile(r"[LMNPSZC][a-z]?")
_QUANTITY: Final = re.compile(r"[0-9]+(?:,[0-9]*)?")
_BLANK: Final = " \t\n\r"
_LAST: Final = 0x10FFFF


class PatternError(ValueError):
    """A pattern that is no XPath pattern, or that RE2 cannot express."""


class Rewriter:
    """One pass over a pattern; `rewrite` gives the RE2 text."""

    def __init__(self, pattern: str, flags: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._spaced = "x" in flags
        self._dot = "." if "s" in flags else r"[^\n\r]"

    def rewrite(self) -> str:
        made: list[str] = []
        while self._at < len(self._pattern):
            char = self._take()
            if char == "\\":
                made.append(self._escape())
            elif char == "[":
                made.append(self._class(0))
            elif char == ".":
                made.append(self._dot)
            elif char == "{":
                made.append(self._quantity())
            elif char in "]}" or (char == "(" and self._special()):
                raise PatternError("look-around, or a bracket without its partner")
            elif not (self._spaced and char in _BLANK):
                made.append(char)
        return "".join(made)

    def _quantity(self) -> str:
        """A quantifier behind its `{`."""
        end = self._pattern.find("}", self._at)
        inner = self._pattern[self._at : end] if end >= 0 else ""
        if self._spaced:
            inner = "".join(char for char in inner if char not in _BLANK)
        if not _QUANTITY.fullmatch(inner):
            raise PatternError("a `{` that opens no quantity")
        self._at = end + 1
        return f"{{{inner}}}"

    def _special(self) -> bool:
        """Whether a `(` opens anything but a group: `(?=`, `(?i)`."""
        return self._pattern.startswith("?", self._at) and not self._pattern.startswith("?:", self._at)

    def _take(self) -> str:
        if self._at >= len(self._pattern):
            raise PatternError("the pattern ends too early")
        self._at += 1
        return self._pattern[self._at - 1]

    def _escape(self) -> str:
        """An escape outside a class."""
        char = self._take()
        while self._spaced and char in _BLANK:
            char = self._take()
        if char in _LITERAL:
            return "\\" + char
        if char in _CHARACTERS:
            return "\\" + char
        if char in "pP":
            inner = self._property(char)
            return f"[{inner}]"
        if char in _CLASSES:
            return f"[{_CLASSES[char]}]"
        if char in "SIC":
            return f"[^{_CLASSES[char.lower()]}]"
        raise PatternError(f"\\{char}")

    def _property(self, kind: str) -> str:
        """`{Lu}` or `{IsGreek}` behind `\\p` or `\\P`, as the inside of a class."""
        if self._take() != "{":
            raise PatternError("a property stands between braces")
        end = self._pattern.find("}", self._at)
        name = self._pattern[self._at : end] if end >= 0 else ""
        self._at = end + 1
        if self._spaced:
            name = "".join(char for char in name if char not in _BLANK)
        if _CATEGORY.fullmatch(name):
            return f"\\{kind}{{{name}}}"
        if not name.startswith("Is") or name[2:] not in _BLOCKS:
            raise PatternError(f"the property {name}")
        block = [_BLOCKS[name[2:]]]
        return _inside(block if kind == "p" else _minus([(0, _LAST)], block))

    def _class(self, depth: int) -> str:
        """A character class behind its `[`."""
        negated, inner, spans, _ = self._members(depth)
        if spans is None:
            return f"[{'^' if negated else ''}{inner}]"
        return f"[{_inside(spans)}]" if spans else r"[^\x00-\x{10FFFF}]"

    def _members(self, depth: int) -> tuple[bool, str, Spans | None, Spans | None]:
        """Negation, members as text, what is left after a subtraction (None: none), and the plain members."""
        if depth > 20:
            raise PatternError("classes in classes")
        negated = self._pattern.startswith("^", self._at)
        self._at += negated
        text: list[str] = []
        plain: Spans | None = []
        left: Spans | None = None
        while not self._pattern.startswith("]", self._at):
            if self._pattern.startswith("-[", self._at):
                self._at += 2
                left = self._subtract(negated, plain, depth)
                break
            member, span = self._member()
            text.append(member)
            plain = None if plain is None or span is None else [*plain, span]
        if self._take() != "]" or not (text or left is not None):
            raise PatternError("an empty class")
        return negated, "".join(text), left, plain

    def _subtract(self, negated: bool, plain: Spans | None, depth: int) -> Spans:
        inner_negated, _, inner_left, inner_plain = self._members(depth + 1)
        taken = inner_left if inner_left is not None else inner_plain
        if plain is None or taken is None:
            raise PatternError("a subtraction of other things than characters")
        whole = _minus([(0, _LAST)], plain) if negated else plain
        return _minus(whole, _minus([(0, _LAST)], taken) if inner_negated and inner_left is None else taken)

    def _member(self) -> tuple[str, tuple[int, int] | None]:
        """One character, range or escape in a class; the span only for what is plain."""
        first = self._point()
        if isinstance(first, str):
            return first, None
        after = self._pattern[self._at : self._at + 2]
        if not after.startswith("-") or after in ("-", "-]", "-["):
            return _inside([(first, first)]), (first, first)
        self._at += 1
        last = self._point()
        if isinstance(last, str) or last < first:
            raise PatternError("a range runs upwards")
        return _inside([(first, last)]), (first, last)

    def _point(self) -> int | str:
        """A code point, or the text of an escape that stands for many."""
        char = self._take()
        if char == "[":
            raise PatternError("`[` in a class")
        if char != "\\":
            return ord(char)
        char = self._take()
        if char in _LITERAL:
            return ord(char)
        if char in _CHARACTERS:
            return _CHARACTERS[char]
        if char in "pP":
            return self._property(char)
        if char in _CLASSES:
            return _CLASSES[char]
        raise PatternError(f"\\{char}")


def _inside(spans: Spans) -> str:
    return "".join(rf"\x{{{low:X}}}-\x{{{high:X}}}" if low != high else rf"\x{{{low:X}}}" for low, high in spans)


def _minus(whole: Spans, taken: Spans) -> Spans:
    """The code points of `whole` that are not in `taken`."""
    for low, high in taken:
        kept: Spans = []
        for start, end in whole:
            kept += [(a, b) for a, b in ((start, min(end, low - 1)), (max(start, high + 1), end)) if a <= b]
        whole = kept
    return whole


def rewritten(pattern: str, flags: str) -> str:
    """The RE2 text of an XPath pattern; raises PatternError."""
    return Rewriter(pattern, flags).rewrite()
