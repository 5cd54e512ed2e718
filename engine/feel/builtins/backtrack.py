"""Patterns with a back-reference, `(.)\\1`, which linear-time RE2 does not have: tried step by step, within the budget.

A pattern becomes a program (R. Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009); jumps count
from where they stand:

    ONE test        the next character passes
    SPLIT a b       go on at a; when that fails, at b
    JUMP a          go on at a
    SAVE n          keep the place in slot n: slots 2k and 2k + 1 are the ends of group k, later ones belong to loops
    MOVED n         fails where nothing was read since slot n, so that no loop turns on the spot
    AGAIN k         the text of group k once more; nothing where the group took no part
    START, END      the ends of the text, with flag m of a line

Only `engine.feel.builtins.patterns` calls this, and only for what RE2 refuses; why it is our own: docs/adr/0031. Tests:
tests/engine/feel/test_patterns.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import re2

from engine.feel.builtins.xpath import PatternError, Rewriter
from engine.feel.run import Run

STEPS: Final = 8
"""Steps of a program that count as one step of the evaluation."""

_MAX_CODE: Final = 5_000
_MAX_DEPTH: Final = 40

Step = tuple[str, Any, Any]
Code = list[Step]
Slots = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """One place where the pattern holds; `[k]` is the text of group k, None where it took no part."""

    text: str
    slots: Slots

    def start(self) -> int:
        return self.slots[0]

    def end(self) -> int:
        return self.slots[1]

    def __getitem__(self, group: int) -> str | None:
        low, high = self.slots[2 * group : 2 * group + 2]
        return self.text[low:high] if low >= 0 and high >= 0 else None


class Parser(Rewriter):
    """Reads an XPath pattern into a program; characters, classes and escapes are read as for RE2."""

    def __init__(self, pattern: str, flags: str) -> None:
        super().__init__(pattern, flags)
        self._modes = "(?i)" if "i" in flags else ""
        self.groups = 0
        self.loops = 0
        self._closed: set[int] = set()

    def program(self) -> Code:
        code = self._branches(0)
        if self._at < len(self._pattern):
            raise PatternError("a bracket without its partner")
        return [("SAVE", 0, 0), *code, ("SAVE", 1, 0)]

    def _branches(self, depth: int) -> Code:
        if depth > _MAX_DEPTH:
            raise PatternError("groups in groups")
        code = self._branch(depth)
        if not self._pattern.startswith("|", self._at):
            return code
        self._at += 1
        other = self._branches(depth)
        return [("SPLIT", 1, len(code) + 2), *code, ("JUMP", len(other) + 1, 0), *other]

    def _branch(self, depth: int) -> Code:
        code: Code = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            code += self._repeated(self._piece(self._take(), depth))
            if len(code) > _MAX_CODE:
                raise PatternError("a pattern that is too long")
        return code

    def _piece(self, char: str, depth: int) -> Code | None:
        """One piece behind its first character; None for white space that flag x drops."""
        if char in "*+?{}]":
            raise PatternError("a quantity of nothing, or a bracket without its partner")
        if char == "(":
            return self._group(depth)
        if char in "^$":
            return [("START" if char == "^" else "END", 0, 0)]
        if char == "\\" and self._pattern[self._at : self._at + 1] in tuple("123456789"):
            return [("AGAIN", self._reference(), 0)]
        if self._spaced and char in " \t\n\r":
            return None
        return [("ONE", self._test(char), 0)]

    def _test(self, char: str) -> Callable[[str], bool]:
        if char == "[":
            return _one(self._modes + self._class(0))
        if char == "\\":
            return _one(self._modes + self._escape())
        if char == ".":
            return _one(self._dot if self._dot != "." else "(?s).")
        return _one(self._modes + re2.escape(char)) if self._modes else char.__eq__

    def _group(self, depth: int) -> Code:
        if self._special():
            raise PatternError("look-around")
        plain = self._pattern.startswith("?:", self._at)
        self._at += 2 * plain
        self.groups += not plain
        number = self.groups
        code = self._branches(depth + 1)
        if self._take() != ")":
            raise PatternError("a bracket without its partner")
        if plain:
            return code
        self._closed.add(number)
        return [("SAVE", 2 * number, 0), *code, ("SAVE", 2 * number + 1, 0)]

    def _reference(self) -> int:
        """The group meant: of the digits as many as there are groups for."""
        digits = self._take()
        while (
            self._pattern[self._at : self._at + 1].isdecimal() and int(digits + self._pattern[self._at]) <= self.groups
        ):
            digits += self._take()
        if int(digits) not in self._closed:
            raise PatternError("a reference to a group that is not there yet")
        return int(digits)

    def _repeated(self, code: Code | None) -> Code:
        if code is None:
            return []
        low, high = self._times()
        if (low, high) == (1, 1):
            return code
        lazy = self._pattern.startswith("?", self._at)
        self._at += lazy
        if high is not None and high < low:
            raise PatternError("a quantity that runs down")
        if len(code) * max(low, high or 0) > _MAX_CODE:
            raise PatternError("a pattern that is too long")
        tail = self._loop(code, lazy) if high is None else []
        for _ in range((high or low) - low):
            inner = [*code, *tail]
            tail = [_split(len(inner) + 1, lazy), *inner]
        return [*code * low, *tail]

    def _loop(self, code: Code, lazy: bool) -> Code:
        self.loops += 1
        slot, size = -self.loops, len(code)
        begin = [_split(size + 4, lazy), ("SAVE", slot, 0)]
        return [*begin, *code, ("MOVED", slot, 0), ("JUMP", -size - 3, 0)]

    def _times(self) -> tuple[int, int | None]:
        """How often, at least and at most (None: without end)."""
        char = self._pattern[self._at : self._at + 1]
        if char not in ("?", "*", "+", "{"):
            return 1, 1
        self._at += 1
        if char != "{":
            return {"?": (0, 1), "*": (0, None), "+": (1, None)}[char]
        low, comma, high = self._quantity()[1:-1].partition(",")
        if not comma:
            return int(low), int(low)
        return int(low), int(high) if high else None


@lru_cache(maxsize=512)
def _one(written: str) -> Callable[[str], bool]:
    """Whether a character is what a class, an escape or the like stands for."""
    program = re2.compile(written)
    return lambda one: program.fullmatch(one) is not None


def _split(away: int, lazy: bool) -> Step:
    return ("SPLIT", away, 1) if lazy else ("SPLIT", 1, away)


class Program:
    """A compiled pattern. Raises PatternError for what is no pattern."""

    def __init__(self, pattern: str, flags: str) -> None:
        parser = Parser(pattern, flags)
        self.code = parser.program()
        self.groups = parser.groups
        self.empty: Slots = (-1,) * (2 * parser.groups + 2 + parser.loops)
        self.lines = "m" in flags
        self.folded = "i" in flags


class Search:
    """A pattern at work in one evaluation, with the methods of RE2's that `patterns` uses."""

    def __init__(self, program: Program, run: Run) -> None:
        self._program = program
        self._run = run
        self._steps = 0
        self.groups = program.groups

    def search(self, text: str) -> Match | None:
        """The first match; raises BudgetExceeded."""
        return next(self.finditer(text), None)

    def finditer(self, text: str) -> Iterator[Match]:
        """The matches one after another; raises BudgetExceeded."""
        start = 0
        while start <= len(text):
            slots = self._match(text, start)
            if slots is None:
                start += 1
                continue
            yield Match(text, slots)
            start = max(slots[1], start + 1)

    def _match(self, text: str, start: int) -> Slots | None:
        """Where groups begin and end when the pattern holds at `start`."""
        code = self._program.code
        waiting: list[tuple[int, int, Slots]] = [(0, start, self._program.empty)]
        while waiting:
            at, place, slots = waiting.pop()
            while at < len(code):
                self._steps += 1
                if not self._steps % STEPS:
                    self._run.spend()
                op, one, two = code[at]
                if op == "SPLIT":
                    waiting.append((at + two, place, slots))
                    at += one
                elif op == "JUMP":
                    at += one
                elif op == "SAVE":
                    slots = _kept(slots, one, place)
                    at += 1
                else:
                    place = self._passed(op, one, text, place, slots)
                    if place < 0:
                        break
                    at += 1
            else:
                return slots
        return None

    def _passed(self, op: str, one: Any, text: str, place: int, slots: Slots) -> int:
        """The place behind what is asked for here; -1 where it does not stand."""
        if op == "ONE":
            return place + 1 if place < len(text) and one(text[place]) else -1
        if op == "AGAIN":
            return self._again(text, place, slots[2 * one], slots[2 * one + 1])
        if op == "MOVED":
            return place if slots[one] != place else -1
        edge, beside = (0, place - 1) if op == "START" else (len(text), place)
        return place if place == edge or (self._program.lines and text[beside] == "\n") else -1

    def _again(self, text: str, place: int, low: int, high: int) -> int:
        taken = text[low:high] if low >= 0 and high >= 0 else ""
        found = text[place : place + len(taken)]
        same = found.casefold() == taken.casefold() if self._program.folded else found == taken
        return place + len(taken) if same else -1


def _kept(slots: Slots, number: int, place: int) -> Slots:
    made = list(slots)
    made[number] = place
    return tuple(made)
