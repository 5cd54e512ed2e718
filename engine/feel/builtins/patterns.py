"""`matches`, `replace` and `split`: XPath patterns on google-re2, which runs in linear time.

DMN 1.5, 10.3.4.3 refers to XPath and XQuery Functions 3.1, 5.6; `engine.feel.builtins.xpath` rewrites its
patterns. One with a back-reference, which RE2 does not have, goes to `engine.feel.builtins.backtrack`.
Flags `i m s x q` are known. A replacement may hold `$1` and `\\$`; `$12` is group 12 when there are as
many, else group 1 and a 2. A pattern that matches the empty text is an error for `replace` and `split`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import re2

from engine.feel.builtins.backtrack import Program, Search
from engine.feel.builtins.xpath import rewritten
from engine.feel.lexer import join_surrogates
from engine.feel.registry import built_in
from engine.feel.run import Run

MAX_PATTERN: Final = 1000
_REFERENCE: Final = re.compile(r"\\[1-9]")
_REPLACEMENT: Final = re.compile(r"\\(.?)|\$([0-9]*)", re.DOTALL)


@lru_cache(maxsize=256)
def _compiled(pattern: str, flags: str) -> Any:
    """The program of a pattern; None for what is no pattern."""
    if len(pattern) > MAX_PATTERN or not set(flags) <= set("smixq"):
        return None
    modes = "".join(flag for flag in "ims" if flag in flags)
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    try:
        plain = re2.escape(pattern) if "q" in flags else rewritten(pattern, flags)
        return re2.compile((f"(?{modes})" if modes else "") + plain, options)
    except (re2.error, ValueError):
        return _with_references(pattern, flags)


def _with_references(pattern: str, flags: str) -> Program | None:
    if "q" in flags or not _REFERENCE.search(pattern):
        return None
    try:
        return Program(pattern, flags)
    except (re2.error, ValueError):
        return None


def _program(run: Run, pattern: str, flags: str | None, work: int) -> Any:
    run.grow_text(work)
    program = _compiled(pattern, flags or "")
    if isinstance(program, Program):
        return Search(program, run)
    return program if program is not None else run.null("This pattern or its flags cannot be used.")


@built_in("matches", "string", "string", "string?")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> object:
    program = _program(run, pattern, flags, len(text))
    return None if program is None else program.search(join_surrogates(text)) is not None


@built_in("replace", "string", "string", "string", "string?")
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> object:
    text = join_surrogates(text)
    program = _program(run, pattern, flags, len(text))
    if program is None:
        return None
    if program.search("") is not None:
        return run.null("This pattern matches the empty text and so everywhere.")
    fill = _filler(replacement, program.groups, plain="q" in (flags or ""))
    if fill is None:
        return run.null("In a replacement, `$` is followed by a group number, and `\\` by `$` or `\\`.")
    made: list[str] = []
    last = 0
    for match in program.finditer(text):
        piece = fill(match)
        run.spend()
        run.grow_text(len(piece))
        made += (text[last : match.start()], piece)
        last = match.end()
    return "".join((*made, text[last:]))


def _filler(replacement: str, groups: int, *, plain: bool) -> Callable[[Any], str] | None:
    """How a replacement text becomes the text put in for one match; None for a malformed one."""
    if plain:
        return lambda _: replacement
    parts: list[str | int] = []
    last = 0
    for found in _REPLACEMENT.finditer(replacement):
        parts.append(replacement[last : found.start()])
        last = found.end()
        if found[0].startswith("\\"):
            if found[1] not in ("$", "\\"):
                return None
            parts.append(found[1])
        elif not found[2]:
            return None
        else:
            parts += _group(found[2], groups)
    parts.append(replacement[last:])
    return lambda match: "".join(part if isinstance(part, str) else match[part] or "" for part in parts)


def _group(digits: str, groups: int) -> list[str | int]:
    """`12`: group 12 when there are as many, else group 1 and the text 2; a group that is not there is empty."""
    size = len(digits)
    while size > 1 and int(digits[:size]) > groups:
        size -= 1
    number = int(digits[:size])
    return [number if number <= groups else "", digits[size:]]


@built_in("split", "string", "string")
def split(run: Run, text: str, delimiter: str) -> object:
    text = join_surrogates(text)
    program = _program(run, delimiter, None, len(text))
    if program is None:
        return None
    if program.search("") is not None:
        return run.null("This pattern matches the empty text and so everywhere.")
    pieces: list[object] = []
    last = 0
    for match in program.finditer(text):
        run.spend()
        pieces.append(text[last : match.start()])
        last = match.end()
    return [*pieces, text[last:]]
