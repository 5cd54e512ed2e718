"""The parser's place in the text: current token, names in scope, and the words for what went wrong."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from engine.errors import UNSAID, Said, worded
from engine.feel.lexer import Lexeme, Token, lexeme_at
from engine.feel.names_in_scope import KEY, NamesInScope, normal
from engine.feel.signatures import ALL, STANDARD
from engine.feel.syntax import CELL_WORDS, FLOW_WORDS, MAX_NESTING, MAX_TEXT, FeelSyntaxError, Profile

_OPERATORS: Final = frozenset(("and", "or", "in", "between", "instance"))
_FORMS: Final = frozenset(("if", "then", "else", "for", "return", "some", "every", "satisfies", "function"))
RESERVED: Final = _OPERATORS | _FORMS | {"true", "false", "null"}
_WORDS: Final = {
    Profile.DMN: RESERVED,
    Profile.FLOW: RESERVED | FLOW_WORDS,
    Profile.CELL: RESERVED | FLOW_WORDS | CELL_WORDS,
}
_MEMBERS: Final = ("time offset", "start included", "end included")
_BUILT_IN: Final = {
    Profile.DMN: NamesInScope(STANDARD),
    Profile.FLOW: NamesInScope(ALL),
    Profile.CELL: NamesInScope(ALL),
}


class Cursor:
    """A token to look at (`here`), a step forward, and the scope that grows and shrinks on the way."""

    def __init__(self, text: str, names: Collection[str], members: Collection[str], profile: Profile) -> None:
        if len(text) > MAX_TEXT:
            raise FeelSyntaxError(
                worded("This expression is longer than {max_text} characters.", max_text=MAX_TEXT),
                MAX_TEXT,
                worded("Split it into several decisions."),
            )
        self.text = text
        self.profile = profile
        self.reserved = _WORDS[profile]
        self.scope = NamesInScope(names)
        self.members = NamesInScope((*_MEMBERS, *members))
        self.filters = 0
        self.nesting = 0
        self.here: Lexeme = lexeme_at(text, 0)
        self.passed = 0
        self._ahead: Lexeme | None = None

    def advance(self) -> Lexeme:
        """Takes the current token."""
        taken = self.here
        self.passed = taken.end
        self.here = self.peek()
        self._ahead = None
        return taken

    def jump(self, offset: int) -> None:
        """Goes on at `offset`, behind a name of several words."""
        self.passed = offset
        self.here = lexeme_at(self.text, offset)
        self._ahead = None

    def peek(self) -> Lexeme:
        """The token behind the current one."""
        if self._ahead is None:
            self._ahead = lexeme_at(self.text, self.here.end)
        return self._ahead

    def word(self, *words: str) -> bool:
        return self.here.token is Token.WORD and self.here.text in words

    def symbol(self, *symbols: str) -> bool:
        return self.here.token is Token.SYMBOL and self.here.text in symbols

    def accept(self, text: str) -> bool:
        """Takes the current token when it is the word or symbol `text`."""
        if self.word(text) or self.symbol(text):
            self.advance()
            return True
        return False

    def expect(self, text: str, hint: str = "") -> Lexeme:
        if self.word(text) or self.symbol(text):
            return self.advance()
        raise self.error(
            worded("Expected `{text}` here, found {found}.", text=text, found=self.found()),
            worded(hint) if hint else UNSAID,
        )

    def expect_end(self) -> None:
        if self.here.token is not Token.END:
            raise self.error(
                worded("Expected an operator or the end here, found {found}.", found=self.found()),
                worded("If this belongs to a name, check its spelling; a text stands between double quotes."),
            )

    def found(self) -> str:
        if self.here.token is Token.END:
            return worded("the end")
        text = self.here.text
        return f"`{text if len(text) <= 30 else text[:27] + '...'}`"

    def error(self, message: Said, hint: Said = UNSAID) -> FeelSyntaxError:
        return FeelSyntaxError(message, self.here.start, hint)

    def enter(self) -> None:
        """One level deeper; refuses more than MAX_NESTING."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise self.error(
                worded("This expression is nested too deeply."), worded("Split it into several decisions.")
            )

    def leave(self) -> None:
        self.nesting -= 1

    def variable(self) -> str | None:
        """Takes the longest name in scope that starts here; in a filter also members. None: no such name.

        A reserved word is taken only as part of a longer name.
        """
        scopes = [self.scope, _BUILT_IN[self.profile]]
        if self.filters:
            scopes.append(self.members)
        return self._longest(scopes)

    def member(self) -> str:
        """Takes the name behind a dot."""
        if self.here.token is not Token.WORD:
            raise self.error(worded("Expected a name after the dot, found {found}.", found=self.found()))
        return self._longest([self.members, self.scope]) or self.words()

    def words(self) -> str:
        """Takes a word and the plain words behind it: a name that nobody declared. It may end in `?`."""
        start = self.advance().start
        while self._goes_on():
            self.advance()
        return normal(self.text[start : self.passed])

    def _goes_on(self) -> bool:
        """Whether the name of which a word was taken goes on here."""
        here = self.here
        if here.token is Token.WORD:
            return here.text not in self.reserved
        return here.text == "?" and here.start == self.passed

    def _longest(self, scopes: list[NamesInScope]) -> str | None:
        found = ("", self.here.end if self.here.text in self.reserved else 0)
        for scope in scopes:
            match = scope.longest(self.text, self.here.start)
            if match and match[1] > found[1]:
                found = match
        if not found[0]:
            return None
        self.jump(found[1])
        return found[0]

    def key(self) -> str | None:
        """Takes `name:`, a context key or a named argument; None when there is none here."""
        match = KEY.match(self.text, self.here.start)
        if match is None or self.here.token is not Token.WORD:
            return None
        self.jump(match.end())
        return normal(match[1])

    def declared(self) -> str:
        """Takes the name of a new variable: all words up to the next reserved word or symbol."""
        if self.here.token is not Token.WORD or self.here.text in self.reserved:
            raise self.error(worded("Expected the name of a variable here, found {found}.", found=self.found()))
        return self.words()
