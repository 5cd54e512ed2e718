"""From text to a tree of scalars, lists and mappings that know where they stand: a subset of YAML 1.2.

Left out on purpose: tags, anchors, aliases, merge keys, directives, several documents, duplicate keys and
keys that are not plain text. Every scalar stays text (`no`, `1.10`, `2026-04-06`), typed later by the model.
Built on PyYAML's event stream; the limits hold before anything is built. A good file is read block by block
(`engine.flow.yaml_blocks`), and a block that was read before is not read again. Called by `engine.flow.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

import yaml

from engine.errors import UNSAID, FlowError, Problem, Said, Where, together, worded
from engine.flow.positions import Mark
from engine.flow.yaml_blocks import Block, blocks, inner
from engine.flow.yaml_events import QUOTES, mended, syntax_problem
from engine.flow.yaml_nodes import Entries, Items, Node, Scalar, Style, moved
from engine.flow.yaml_places import at, mark_of, pieces_of

MAX_BYTES: Final = 512 * 1024
MAX_NODES: Final = 20_000
MAX_DEPTH: Final = 16
MAX_PROBLEMS: Final = 200
KEPT: Final = 512  # blocks that were read
SPLIT: Final = 1  # so many levels of keys are blocks of their own, below the first
_MENDINGS: Final = 20

_PARSER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

_STYLES: Final[dict[str | None, Style]] = {
    None: "plain",
    "": "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}


@dataclass
class _Open:
    """A collection that is being read; `slots` holds the keys that `nodes` belong to."""

    mark: Mark
    braced: bool
    is_mapping: bool
    nodes: list[Node] = field(default_factory=list)
    slots: list[Scalar] = field(default_factory=list)
    key: Scalar | None = None


class _Reader:
    """Turns events into nodes and collects what is wrong on the way."""

    def __init__(self, text: str, file: str, above: int = 0) -> None:
        self.file = file
        self.above = above
        self.lines = text.split("\n")
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.root: Node | None = None
        self.nodes = 0
        self.documents = 0

    def report(self, mark: Mark, code: str, message: Said, hint: Said = UNSAID) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(Where(self.file, mark.line, mark.column), code, message, hint))

    def stop(self, mark: Mark, code: str, message: Said, hint: Said = UNSAID) -> FlowError:
        last = Problem(Where(self.file, mark.line, mark.column), code, message, hint)
        return FlowError([*self.problems, last])

    def read(self, event: yaml.Event) -> None:
        """Take one event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        mark = mark_of(event)
        if self.documents > 1:
            raise self.stop(
                mark, "E-YAML-DOCUMENTS", worded("A flow file holds one document."), worded("Remove the line `---`.")
            )
        if event.version or event.tags:
            self.report(
                mark, "E-YAML-DIRECTIVE", worded("A flow file has no % directives."), worded("Remove the line.")
            )

    def _node(self, event: yaml.NodeEvent) -> None:
        mark = mark_of(event)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.stop(
                mark,
                "E-TOO-MANY",
                worded("The file has more than {max_nodes} parts.", max_nodes=MAX_NODES),
                worded("Split the process."),
            )
        if len(self.open) + self.above >= MAX_DEPTH:
            raise self.stop(
                mark,
                "E-TOO-DEEP",
                worded("This lies more than {max_depth} levels deep.", max_depth=MAX_DEPTH),
                worded("Flows are flat."),
            )
        if event.anchor is not None:
            self.report(
                mark, "E-YAML-ANCHOR", worded("Anchors (&) and aliases (*) are not used here."), worded("Write it out.")
            )
        if getattr(event, "tag", None):
            self.report(
                mark,
                "E-YAML-TAG",
                worded("Tags (!) are not used here."),
                together((worded("Remove the tag."), worded(QUOTES)), " "),
            )
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event, mark))
        elif isinstance(event, yaml.AliasEvent):
            self._add(Scalar("", mark, "double"))
        else:
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self.open.append(_Open(mark, bool(getattr(event, "flow_style", False)), is_mapping))

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> Scalar:
        style = _STYLES[event.style]
        pieces = tuple(pieces_of(event.value, style, self.lines, event))
        braced = bool(self.open) and self.open[-1].braced
        placed = Mark(mark.line, mark.column, mark.line, mark.column, event.value, pieces)
        if style == "plain" and event.value:
            self._look_for_hash(event)
        return Scalar(event.value, placed, style, braced)

    def _look_for_hash(self, event: yaml.ScalarEvent) -> None:
        """` #word` cuts a text in two without a sound; a comment is written `# word`."""
        line, column = at(event.end_mark)
        rest = self.lines[line][column:] if line < len(self.lines) else ""
        if re.match(r" *#[^\s#]", rest):
            mark = Mark(line + 1, column + 1 + rest.index("#"), 0, 0)
            self.report(
                mark,
                "E-YAML-HASH",
                worded("What follows ` #` is not read."),
                together((worded(QUOTES), worded('A comment is written "# ".')), " "),
            )

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        holder = self.open[-1]
        if not holder.is_mapping:
            holder.nodes.append(node)
        elif holder.key is None:
            holder.key = self._key(node)
        else:
            holder.slots.append(holder.key)
            holder.nodes.append(node)
            holder.key = None

    def _key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            self.report(node.mark, "E-YAML-KEY", worded("A key is plain text."), worded("Write `key: value`."))
            return Scalar("", node.mark, "double")
        if node.text == "<<" and node.style == "plain":
            self.report(
                node.mark, "E-YAML-MERGE", worded("Merge keys (<<) are not used here."), worded("Write it out.")
            )
        return node

    def _close(self) -> None:
        holder = self.open.pop()
        self._add(self._mapping(holder) if holder.is_mapping else self._list(holder))

    def _list(self, holder: _Open) -> Items:
        for node in holder.nodes:
            if isinstance(node, Scalar) and not node.text and node.style == "plain":
                self.report(
                    node.mark,
                    "E-YAML-EMPTY",
                    worded("This item of the list is empty."),
                    worded("Fill it in or remove it."),
                )
        return Items(tuple(holder.nodes), holder.mark)

    def _mapping(self, holder: _Open) -> Entries:
        entries: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        for slot, node in zip(holder.slots, holder.nodes, strict=True):
            if isinstance(node, Scalar) and not node.text and node.style == "plain":
                self._no_value(slot, holder.braced)
            elif slot.text in entries:
                first = keys[slot.text].line
                self.report(
                    slot.mark,
                    "E-YAML-TWICE",
                    worded(
                        "`{text}` stands here twice; the first is on line {first}.", text=_short(slot.text), first=first
                    ),
                    worded("Keep one of them."),
                )
            else:
                entries[slot.text] = node
                keys[slot.text] = slot.mark
        return Entries(entries, keys, holder.mark)

    def _no_value(self, slot: Scalar, braced: bool) -> None:
        key = _short(slot.text)
        if not braced:
            hint = worded("Fill it in, or remove the line; write {} for nothing special.")
            self.report(slot.mark, "E-YAML-EMPTY", worded("`{key}` has no value.", key=key), hint)
        elif ":" in slot.text:
            self.report(
                slot.mark,
                "E-YAML-SPACE",
                worded("`{key}` has no space after the colon.", key=key),
                worded("Write `key: value`."),
            )
        else:
            message = worded("A comma cut a text in two: `{key}` would be lost.", key=key)
            self.report(
                slot.mark, "E-YAML-COMMA", message, worded('Inside { } a text stands between double quotes: "1,30 m".')
            )


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _check_text(text: str, file: str) -> None:
    """Size and characters, before the parser sees anything."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        message = worded("The file is larger than {max_bytes} KiB.", max_bytes=MAX_BYTES // 1024)
        raise FlowError(
            [Problem(Where(file), "E-TOO-LARGE", message, worded("Split the process: one question, one file."))]
        )
    if found := _UNREADABLE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        message = worded("Here stands a character that no text may hold (U+{found:04X}).", found=ord(found[0]))
        raise FlowError([Problem(Where(file, line, column), "E-CHARACTER", message, worded("Remove it."))])


def _read_once(text: str, file: str, above: int = 0) -> tuple[_Reader, Problem | None]:
    reader = _Reader(text, file, above)
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            reader.read(event)
    except yaml.YAMLError as error:
        return reader, syntax_problem(error, file, text)
    return reader, None


class _Read(NamedTuple):
    """A mapping without any fault, and how many parts it has."""

    node: Entries
    nodes: int


def _read_blocks(found: Sequence[Block], above: int) -> _Read | None:
    """Blocks side by side, as one mapping; None where one cannot be read alone, or stands there twice."""
    entries: dict[str, Node] = {}
    keys: dict[str, Mark] = {}
    nodes = 1
    for block in found:
        own = _placed(block.text, above, block.line)
        if own is None or not entries.keys().isdisjoint(own.node.entries):
            return None
        entries |= own.node.entries
        keys |= own.node.keys
        nodes += own.nodes - 1
    first = next(iter(keys.values()), None)
    if first is None:
        return None
    return _Read(Entries(entries, keys, Mark(first.line, first.column, first.line, first.column)), nodes)


@lru_cache(maxsize=KEPT)
def _placed(text: str, above: int, line: int) -> _Read | None:
    """A block that begins on this line. `above` says how many mappings it stands in."""
    own = _alone(text, above)
    if own is None or not line:
        return own
    node = moved(own.node, line)
    assert isinstance(node, Entries)
    return _Read(node, own.nodes)


@lru_cache(maxsize=KEPT)
def _alone(text: str, above: int) -> _Read | None:
    """A block as if it were a file of its own; None where anything is wrong with it."""
    within = inner(Block(text, 0)) if above < SPLIT else None
    if within is not None:
        return _around(text, _read_blocks(within, above + 1))
    try:
        reader, problem = _read_once(text, "", above)
    except FlowError:
        return None
    whole = problem is None and not reader.problems and isinstance(reader.root, Entries)
    return _Read(reader.root, reader.nodes) if whole and isinstance(reader.root, Entries) else None


def _around(text: str, within: _Read | None) -> _Read | None:
    """The block whose key, alone on the first line, stands over these."""
    if within is None:
        return None
    head = text.partition(":")[0]
    key = head.lstrip()
    at = len(head) - len(key) + 1
    pieces = ((0, 1, at),)
    keys = {key: Mark(1, at, 1, at, key, pieces)}
    return _Read(Entries({key: within.node}, keys, Mark(1, at, 1, at)), within.nodes + 2)


def without_comments(text: str) -> tuple[Block, ...]:
    """What a text says and on which lines: equal for two that are read alike. () where only reading it can tell."""
    text = _plain(text)
    try:
        _check_text(text, "")
    except FlowError:
        return ()
    found, read = _by_blocks(text)
    return found if read is not None else ()


@lru_cache(maxsize=2)
def _by_blocks(text: str) -> tuple[tuple[Block, ...], _Read | None]:
    """The blocks of a text, and what they say together. A text is looked at for what it says, and then read."""
    found = tuple(blocks(text) or ())
    return found, _read_blocks(found, 0)


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def read_tree(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The tree and everything that is wrong with its YAML. No tree when the syntax cannot be read at all.

    Raises FlowError when a limit is broken: then nothing else is looked at.
    """
    text = _plain(text)
    _check_text(text, file)
    _, by_blocks = _by_blocks(text)
    if by_blocks is not None and by_blocks.nodes <= MAX_NODES:
        return by_blocks.node, []
    return read_whole(text, file)


def read_whole(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The same at one go, of a text that holds nothing but characters: what blocks cannot be told of."""
    syntax: list[Problem] = []
    for _ in range(_MENDINGS):
        reader, problem = _read_once(text, file)
        if problem is None:
            return reader.root, syntax + reader.problems
        if problem in syntax:
            break
        syntax.append(problem)
        better = mended(problem, text)
        if better is None:
            return None, syntax + reader.problems
        text = better
    return None, syntax
