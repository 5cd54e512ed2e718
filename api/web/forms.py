"""What a browser sends becomes canonical answers: parts are put together, each fact is read by its field type.

names     `spoed`, `omtrek`                   one value (several for checkboxes)
          `geboren.day`, `.month`, `.year`    a date
          `adres.street`, ...                 a composite fact
hidden    `_asked` the facts of the form, `_command` the command's id, `_revision` what the visitor saw,
          `_tries` how often this form was refused
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Request
from pydantic import JsonValue
from starlette.datastructures import FormData, UploadFile

from engine.errors import AnswerError
from engine.flow.fields import dump_value, parse_value
from engine.flow.keys import read_key
from engine.flow.model import FactType
from engine.graph.graph import Graph
from ui_schema.build_fields import Typed
from ui_schema.shape import Language

_COMMAND = re.compile(r"[0-9A-Za-z-]{1,64}")
PARTED = frozenset({FactType.PERIOD, FactType.PERSON, FactType.ADDRESS})
MOST_ASKED = 50


@dataclass(frozen=True)
class Sent:
    """A form as it was sent."""

    form: FormData
    command: str
    revision: int | None
    tries: int
    asked: tuple[str, ...]

    def text(self, name: str) -> str:
        """One value, trimmed, "" when there is none."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""


@dataclass(frozen=True)
class Read:
    """Answers as canonical JSON, what was typed, what cannot be accepted, and files that are still to be looked at."""

    answers: Mapping[str, JsonValue] = field(default_factory=dict)
    typed: Mapping[str, Typed] = field(default_factory=dict)
    errors: Sequence[AnswerError] = ()
    uploads: Mapping[str, UploadFile] = field(default_factory=dict)


async def sent(request: Request) -> Sent:
    """The form of this request. Raises Refusal when it cannot be read."""
    form = await request.form()

    def hidden(name: str) -> str:
        value = form.get(name, "")
        return value if isinstance(value, str) else ""

    command = hidden("_command")
    return Sent(
        form=form,
        command=command if _COMMAND.fullmatch(command) else "",
        revision=_number(hidden("_revision")),
        tries=_number(hidden("_tries")) or 0,
        asked=tuple(hidden("_asked").split()[:MOST_ASKED]),
    )


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


def read_answers(graph: Graph, own: Sent, asked: Sequence[str], language: Language) -> Read:
    """The answers to these facts, all errors at once. Facts that the flow does not have are left out."""
    answers: dict[str, JsonValue] = {}
    typed: dict[str, Typed] = {}
    uploads: dict[str, UploadFile] = {}
    errors: list[AnswerError] = []
    for key in asked:
        parsed = read_key(key)
        node = graph.facts.get(parsed.path) if parsed is not None else None
        if node is None or bool(parsed and parsed.field) != bool(node.list):
            continue
        typed[key] = _typed(own.form, key, node.spec.type)
        try:
            if node.spec.type is FactType.FILE:
                uploads[key] = _upload(own.form, key)
                continue
            value = parse_value(key, node.spec, _joined(typed[key], node.spec.type), language.value)
            answers[key] = dump_value(node.spec.type, value)
        except AnswerError as error:
            errors.append(error)
    return Read(answers, typed, errors, uploads)


def _upload(form: FormData, key: str) -> UploadFile:
    """The file that was chosen. Raises AnswerError when none was."""
    value = form.get(key)
    if not isinstance(value, UploadFile) or not value.filename:
        raise AnswerError(key, "answer.file")
    return value


def _typed(form: FormData, key: str, kind: FactType) -> Typed:
    """What was typed, in the shape in which it stands on the page."""
    if kind is FactType.DATE or kind in PARTED:
        prefix = f"{key}."
        return {
            name.removeprefix(prefix): value.strip()
            for name, value in form.multi_items()
            if name.startswith(prefix) and isinstance(value, str)
        }
    if kind is FactType.CHOICES:
        return tuple(value for value in form.getlist(key) if isinstance(value, str))
    value = form.get(key, "")
    return "" if isinstance(value, UploadFile) else value


def _joined(typed: Typed, kind: FactType) -> Typed:
    """A date's three boxes as one text; nothing when all are empty."""
    if kind is not FactType.DATE or not isinstance(typed, Mapping):
        return typed
    parts = [typed.get(name, "") for name in ("day", "month", "year")]
    return "-".join(parts) if any(parts) else ""
