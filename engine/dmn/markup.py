"""Writes XML text: indented elements, escaped texts and attributes, and never a character XML 1.0 forbids.

Texts stand unbroken between their tags, so that white space inside an expression survives. Callers: the writers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from engine.errors import FlowError, Problem, Where, worded

FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
IN_ATTRIBUTE: Final = IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


class Markup:
    """One document under construction. Attributes that are empty are left out unless named in `keep`."""

    def __init__(self) -> None:
        self.lines: list[str] = ['<?xml version="1.0" encoding="UTF-8"?>']
        self.depth = 0

    def _line(self, text: str) -> None:
        self.lines.append("  " * self.depth + text)

    @contextmanager
    def element(self, tag: str, attributes: Mapping[str, str], keep: tuple[str, ...] = ("name",)) -> Iterator[None]:
        """An element whose children are written inside the `with` block."""
        self._line(f"<{tag}{_attributes(attributes, keep)}>")
        self.depth += 1
        yield
        self.depth -= 1
        self._line(f"</{tag}>")

    def empty(self, tag: str, attributes: Mapping[str, str], keep: tuple[str, ...] = ("name",)) -> None:
        self._line(f"<{tag}{_attributes(attributes, keep)}/>")

    def text(self, tag: str, text: str, always: bool = False) -> None:
        """An element that holds only text; left out when the text is empty, unless `always`."""
        if text or always:
            self._line(f"<{tag}>{_escape(text, IN_TEXT)}</{tag}>")

    def done(self) -> str:
        return "\n".join(self.lines) + "\n"


def _attributes(attributes: Mapping[str, str], keep: tuple[str, ...]) -> str:
    written = (f' {name}="{_escape(text, IN_ATTRIBUTE)}"' for name, text in attributes.items() if text or name in keep)
    return "".join(written)


def _escape(text: str, table: Mapping[int, str]) -> str:
    if FORBIDDEN.search(text):
        message = worded("A text holds a control character that XML cannot carry.")
        raise FlowError(
            [Problem(Where("export"), "E-XML-CHARACTER", message, worded("Write it as \\uXXXX in the expression."))]
        )
    return text.translate(table)
