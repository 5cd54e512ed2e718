"""The file of registers, as an operator writes it: what it may hold, and what is wrong with it, line by line.

    hosts: [brp.example.nl]                       the only hosts that are ever called
    registers:
      brp:
        address: https://brp.example.nl/api       https; http on the loopback only
        key: {header: X-API-KEY}                  its value: WEGWIJZER_REGISTER_KEYS, or `file:` of a secret
    facts:
      brp.geboortedatum:                          what a flow names in `from: [register:brp.geboortedatum, citizen]`
        register: brp
        post: /personen                           or `get:`; {subject} is filled in
        body: {burgerservicenummer: ["{subject}"]}
        value: /personen/0/geboorte/datum/datum   JSON Pointer (RFC 6901), or one for each part of the fact

Read once at start. Raises SettingsError with every fault: where, what, what to do; no key is ever in it. How an answer
is read stands in `api.registers.reading`, how a register is asked in `api.registers.guarded`. docs/registers.md; tests:
tests/api/registers/test_declared.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, ValidationError

from api.settings import SettingsError
from engine.errors import FlowError
from engine.flow.positions import Positions
from engine.flow.yaml_nodes import Entries, Items, Node, Scalar, marks_of
from engine.flow.yaml_tree import read_tree

LOOPBACK: Final = frozenset(("127.0.0.1", "localhost", "::1"))
SUBJECT: Final = "{subject}"
LONGEST: Final = 8.0
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_OURS: Final = frozenset(("host", "content-length", "transfer-encoding", "connection", "cookie", "accept-encoding"))
_TYPED: Final[Mapping[str, JsonValue]] = {"true": True, "false": False, "null": None}
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_SLOT = re.compile(r"\{[^{}]*\}")


class Kind(StrEnum):
    """How what stands at a pointer becomes the value of a fact."""

    PLAIN = "plain"  # as it stands
    TEXT = "text"  # a number as text: 12 -> "12"
    WHOLE = "whole"  # a text of digits as a number: "1996" -> 1996
    DATE = "date"  # 2026-01-31 or 20260131
    KNOWN = "known"  # true when something stands there, false when what is above it is there and this is not


def _pointer(text: str) -> str:
    if not text.startswith("/"):
        raise ValueError("a JSON Pointer that starts with /, such as /personen/0/geboorte/datum")
    return text


def _path(text: str) -> str:
    if not text.startswith("/") or text.startswith("//") or any(own in text for own in "?# \\"):
        raise ValueError("a path that starts with one /, without ?, # or blanks")
    return _slots(text)


def _slots(text: str) -> str:
    if any(slot != SUBJECT for slot in _SLOT.findall(text)):
        raise ValueError("text in which {subject} is the only thing that is filled in")
    return text


def _header(name: str) -> str:
    if not _HEADER.fullmatch(name) or name.lower() in _OURS:
        raise ValueError("the name of one of the headers that are not set by Wegwijzer itself")
    return name


def _headers(given: Mapping[str, str]) -> Mapping[str, str]:
    for text in given.values():
        if not text.isascii() or not text.isprintable():
            raise ValueError("values of headers in ASCII, on one line")
    return given


Pointer = Annotated[str, AfterValidator(_pointer)]
Header = Annotated[str, AfterValidator(_header)]
Headers = Annotated[Mapping[Header, str], AfterValidator(_headers)]
Seconds = Annotated[float, Field(ge=0.1, le=LONGEST)]


class Declared(BaseModel):
    """Base of what the file holds: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ApiKey(Declared):
    """`header` carries the key; without `file` it comes from WEGWIJZER_REGISTER_KEYS."""

    header: Header
    file: Path | None = None


class Certificate(Declared):
    """Our own certificate for mutual TLS, as PEM files."""

    chain: Path
    key: Path


class Source(Declared):
    """One register: where it is, how we show who we are, how long we wait."""

    address: str
    key: ApiKey | None = None
    certificate: Certificate | None = None
    authority: Path | None = None
    headers: Headers = Field(default_factory=dict)
    connect_seconds: Seconds = 2.0
    answer_seconds: Seconds = 3.0


class Part(Declared):
    """One value in an answer: where it stands, and how it is read."""

    at: Pointer
    kind: Kind = Field(Kind.PLAIN, alias="as")
    words: Mapping[str, JsonValue] | None = None


def _parts(given: object) -> object:
    """A pointer, a part, or either for each part of the fact: always as parts by name, "" for the fact itself."""
    if isinstance(given, str) or (isinstance(given, dict) and "at" in given):
        given = {"": given}
    if not isinstance(given, dict) or not given:
        raise ValueError("a JSON Pointer, `{at: ..., as: ...}`, or one of these for each part of the fact")
    return {name: {"at": own} if isinstance(own, str) else own for name, own in given.items()}


class Told(Declared):
    """How one fact is asked of a register. `value` has one part, or one for each part of a person or an address."""

    register_: str = Field(alias="register")
    get: Annotated[str, AfterValidator(_path)] | None = None
    post: Annotated[str, AfterValidator(_path)] | None = None
    body: JsonValue = None
    headers: Headers = Field(default_factory=dict)
    value: Annotated[Mapping[str, Part], BeforeValidator(_parts)]
    on: Pointer | None = None


class Registers(Declared):
    """The whole file. `try_as` are test subjects that can sign in where Wegwijzer runs as a demo."""

    hosts: frozenset[str] = Field(min_length=1)
    registers: Mapping[str, Source] = Field(min_length=1)
    facts: Mapping[str, Told] = Field(min_length=1)
    try_as: Mapping[str, str] = Field(default_factory=dict)


def read_registers(path: Path) -> Registers:
    """The file of registers. Raises SettingsError with everything that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        sentence = f"WEGWIJZER_REGISTERS names {path}, which cannot be read; name a YAML file, or leave it out."
        raise SettingsError((sentence,)) from None
    try:
        root, problems = read_tree(text, str(path))
    except FlowError as error:
        root, problems = None, list(error.problems)
    if problems or not isinstance(root, Entries):
        raise SettingsError(tuple(map(str, problems)) or (f"{path}: this holds no `hosts:`, `registers:`, `facts:`.",))
    places = Positions(str(path), marks_of(root))
    try:
        made = Registers.model_validate(_plain(root))
    except ValidationError as refused:
        raise SettingsError(tuple(dict.fromkeys(_sentences(refused, places)))) from None
    if faults := tuple(_faults(made, places)):
        raise SettingsError(faults)
    return made


def _plain(node: Node | None) -> JsonValue:
    """The tree as JSON: what looks like a whole number, true, false or null is one, unless it stands in quotes."""
    if isinstance(node, Entries):
        return {key: _plain(own) for key, own in node.entries.items()}
    if isinstance(node, Items):
        return [_plain(own) for own in node.items]
    if not isinstance(node, Scalar):
        return None
    if node.style != "plain":
        return node.text
    if node.text in _TYPED:
        return _TYPED[node.text]
    return int(node.text) if _WHOLE.fullmatch(node.text) else node.text


def _sentences(refused: ValidationError, places: Positions) -> Iterator[str]:
    for error in refused.errors(include_url=False, include_input=False, include_context=False):
        steps = tuple(step for step in error["loc"] if step not in ("", "[key]"))
        said = str(error["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
        name = ".".join(map(str, steps)) or "the file"
        if error["type"] == "extra_forbidden":
            yield f"{places.key(*steps)}: `{name}` is not known here; docs/registers.md lists what is."
        elif error["type"] == "missing":
            yield f"{places.where(*steps[:-1])}: `{name}` is missing; add it."
        else:
            yield f"{places.where(*steps)}: `{name}` should be {said}."


def _faults(made: Registers, places: Positions) -> Iterator[str]:
    """What the parts say about each other."""
    for name, source in made.registers.items():
        if fault := _address_fault(source.address, made.hosts):
            yield f"{places.where('registers', name, 'address')}: the register {name} {fault}"
    for name, told in made.facts.items():
        if told.register_ not in made.registers:
            yield f"{places.where('facts', name, 'register')}: there is no register {told.register_} in this file."
        if (told.get is None) == (told.post is None):
            yield f"{places.where('facts', name)}: {name} needs one of `get:` and `post:`, with a path."
        if told.get is not None and told.body is not None:
            yield f"{places.where('facts', name, 'body')}: a `get:` has no body; write `post:`."
        if SUBJECT not in f"{told.get}{told.post}{told.body}":
            yield f"{places.where('facts', name)}: {name} never says about whom; put {SUBJECT} in the body or the path."
        if any(slot != SUBJECT for slot in _SLOT.findall(" ".join(_texts(told.body)))):
            yield f"{places.where('facts', name, 'body')}: {SUBJECT} is the only thing that is filled in."


def _texts(body: JsonValue) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    elif isinstance(body, list):
        for item in body:
            yield from _texts(item)
    elif isinstance(body, dict):
        for item in body.values():
            yield from _texts(item)


def _address_fault(address: str, hosts: frozenset[str]) -> str:
    """Why this address may not be called; "" when it may."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return "has no address that can be called; write https://host/path."
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        return "has no address that can be called; write https://host/path, without a name, ? or #."
    if host not in hosts:
        return "is at a host that does not stand under `hosts:`; add it there if it is meant."
    if parts.scheme == "http" and host not in LOOPBACK:
        return "needs https: without it anybody on the way reads along."
    return ""


def filled(template: Any, subject: str) -> Any:
    """The template with the subject in it."""
    if isinstance(template, str):
        return template.replace(SUBJECT, subject)
    if isinstance(template, list):
        return [filled(item, subject) for item in template]
    if isinstance(template, dict):
        return {key: filled(item, subject) for key, item in template.items()}
    return template
