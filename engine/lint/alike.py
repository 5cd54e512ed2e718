"""Whether two sentences say the same: by their words that carry meaning, whatever their order, marks and small words.

    said("Hoe oud bent u?")      {"hoe", "oud", "bent"}
    same(one, two)               the same words, one letter in a long word apart

Called by the rules that compare texts; tests: tests/engine/lint/test_alike.py.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+|\{\w+\}")
SMALL: Final = frozenset(
    _WORD.findall(
        "de het een dit dat deze die u uw uzelf je jouw er en ook nog al dan daar hier nu of om te van in op aan voor "
        "met is zijn bent wordt worden "
        "the a an this that these those you your yours there here now and also or to of in on at for with is are be"
    )
)
"""Words that change little: articles, pronouns, the commonest verbs."""

OPENING: Final = frozenset(
    _WORD.findall("wie wat waar wanneer waarom hoe welk welke who what where when why how which")
)
"""Words that only open a question."""

LONG: Final = 6
"""Letters of a word in which one may be mistyped."""


@lru_cache(maxsize=4_096)
def said(text: str) -> frozenset[str]:
    """The words that carry meaning; all of them where there are no others."""
    every = words(text)
    return (every - SMALL) or every


def same(one: str, two: str) -> bool:
    """Whether both say the same words."""
    mine, its = said(one), said(two)
    only_mine, only_its = mine - its, its - mine
    if not only_mine and not only_its:
        return bool(mine)
    if len(only_mine) != 1 or len(only_its) != 1 or not mine & its:
        return False
    return mistyped(next(iter(only_mine)), next(iter(only_its)))


def mistyped(one: str, two: str, least: int = LONG) -> bool:
    """Whether two long words differ in one letter: another, one too many, or one too few."""
    short, long = sorted((one, two), key=len)
    if len(short) < least or len(long) - len(short) > 1 or one == two or any(own.isdigit() for own in one + two):
        return False
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def words(text: str) -> frozenset[str]:
    """Every word of a text, small ones too."""
    return frozenset(_WORD.findall(text.casefold()))


def repeats(text: str, of: str, less: frozenset[str] = frozenset()) -> bool:
    """Whether a text says again what the other says, and no word more; `less` are words that say nothing of their own.

    The same sentence does, and so does one with words of the other, those that only open a question left out.
    """
    if text.casefold().strip(" .?!") == of.casefold().strip(" .?!"):
        return True
    own = words(text) - SMALL - less
    return own <= words(of) and bool(own - OPENING)
