"""XML text in, a tree of nodes with line numbers out; nothing in the text is ever fetched, expanded or run.

Expat with every document type declaration refused: no entities of the author's own, no external subset, hence no
"billion laughs" and no file or network access. Size, depth and number of nodes are limited before anything is kept.
Callers: `engine.dmn.reader`; the conformance runner reads its expected values with it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from engine.errors import UNSAID, FlowError, Problem, Said, Where, worded

MAX_CHARACTERS = 20_000_000
MAX_NODES = 500_000
MAX_DEPTH = 200


@dataclass(slots=True)
class Node:
    """One element. `tag` is its local name, `namespace` its URI; `text` is all character content, in order."""

    tag: str
    namespace: str
    attributes: Mapping[str, str]
    line: int
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def get(self, name: str, default: str = "") -> str:
        """The attribute's value; attributes of another namespace are named `{uri}name`."""
        return self.attributes.get(name, default)

    def all(self, tag: str) -> Iterator[Node]:
        """The children of this tag in this node's own namespace, in order."""
        return (child for child in self.children if child.tag == tag and child.namespace == self.namespace)

    def first(self, tag: str) -> Node | None:
        return next(self.all(tag), None)

    def text_of(self, tag: str) -> str:
        """The text of the first such child, stripped; empty when there is none."""
        child = self.first(tag)
        return child.text.strip() if child is not None else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text: its root and the prefixes declared anywhere in it (the first declaration wins)."""

    root: Node
    prefixes: Mapping[str, str]


class _Builder:
    """Collects expat's events into nodes; raises FlowError at the first thing that may not be there."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.prefixes: dict[str, str] = {}
        self.open: list[Node] = []
        self.root: Node | None = None
        self.nodes = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        events = {
            "StartElement": self.start,
            "EndElement": self.end,
            "CharacterData": self.characters,
            "StartNamespaceDecl": self.prefix,
            "StartDoctypeDecl": self.doctype,
        }
        for event, act in events.items():
            setattr(self.parser, f"{event}Handler", act)

    def fail(self, code: str, message: Said, hint: Said = UNSAID) -> FlowError:
        where = Where(self.source, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        return FlowError([Problem(where, code, message, hint)])

    def prefix(self, prefix: str | None, uri: str) -> None:
        self.prefixes.setdefault(prefix or "", uri)

    def doctype(self, *_: object) -> None:
        raise self.fail(
            "E-XML-DOCTYPE",
            worded("A document type declaration is not accepted."),
            worded("Remove the <!DOCTYPE ...>."),
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES or len(self.open) >= MAX_DEPTH:
            limits = f"{MAX_NODES} elements and {MAX_DEPTH} levels"
            raise self.fail(
                "E-XML-SIZE",
                worded("The document is larger than {limits}.", limits=limits),
                worded("Split the model with imports."),
            )
        namespace, _, tag = name.rpartition(" ")
        named = {_attribute(key): text for key, text in attributes.items()}
        node = Node(tag, namespace, named, self.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _: str) -> None:
        self.open.pop()

    def characters(self, text: str) -> None:
        self.open[-1].text += text


def _attribute(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if namespace else local


def parse_document(xml: str, source: str = "model.dmn") -> Document:
    """Parse a whole XML text; `source` names it in messages. Raises FlowError with the line of the fault."""
    builder = _Builder(source)
    if len(xml) > MAX_CHARACTERS:
        raise builder.fail(
            "E-XML-SIZE",
            worded("The document is longer than {max_characters} characters.", max_characters=MAX_CHARACTERS),
        )
    try:
        builder.parser.Parse(xml.encode(), True)
    except expat.ExpatError as fault:
        reason = expat.ErrorString(fault.code)
        where = Where(source, fault.lineno, fault.offset + 1)
        problem = Problem(
            where,
            "E-XML",
            worded("The text is not well-formed XML: {reason}.", reason=reason),
            worded("Check the tags on this line."),
        )
        raise FlowError([problem]) from None
    except UnicodeEncodeError:
        raise builder.fail("E-XML", worded("The text holds characters that XML cannot carry.")) from None
    if builder.root is None:
        raise builder.fail("E-XML", worded("The text holds no XML element."))
    return Document(builder.root, builder.prefixes)
