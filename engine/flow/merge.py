"""From the tree to plain values for the model, with every text carrying its translations.

A language block (`en: {...}`) has the shape of the whole file but holds texts only; this module walks both
side by side. It also refuses unquoted texts inside `{ }`, because there a comma would cut them silently.
Called by `engine.flow.parse`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.errors import Said, together, worded
from engine.flow.model import Flow
from engine.flow.model_base import Translations
from engine.flow.model_decisions import Ruling, TextPart
from engine.flow.positions import Mark
from engine.flow.sentences import near
from engine.flow.shapes import Keyed, Listed, Named, Shape, Words
from engine.flow.yaml_nodes import Entries, Items, Node, PerNode, Scalar

Report = Callable[[Mark, str, Said, Said], None]
Others = Mapping[str, Node]

ONLY_TEXTS = worded("A language block holds texts only, in the shape of the file.")


def plain(node: Node) -> Any:
    """Text, list or dict as it stands in the file."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {key: plain(child) for key, child in node.entries.items()}


class Merger:
    """Walks the file and its language blocks together."""

    def __init__(self, language: str, report: Report) -> None:
        self.language = language
        self._report = report
        self._reported = 0

    def report(self, mark: Mark, code: str, message: Said, hint: Said) -> None:
        """Something is wrong."""
        self._reported += 1
        self._report(mark, code, message, hint)

    def flow(self, root: Entries, blocks: Mapping[str, Entries]) -> dict[str, Any]:
        """The whole file, blocks merged in and left out themselves."""
        own = {key: node for key, node in root.entries.items() if key not in blocks}
        merged: dict[str, Any] = self._model(Entries(own, root.keys, root.mark), Keyed(Flow), blocks)
        return merged

    def _once(self, node: Node, shape: Shape | None, others: Others) -> Any:
        """The value of what was merged before without any fault is that value still."""
        if isinstance(node, Scalar):
            return self._value(node, shape, others)
        nodes, beside = (node, *others.values()), (self.language, shape, *others)
        known = _MERGED.find(nodes, beside)
        if known is not None:
            return known[0]
        before = self._reported
        found = self._value(node, shape, others)
        if self._reported == before:
            _MERGED.keep(nodes, beside, (found,))
        return found

    def _value(self, node: Node, shape: Shape | None, others: Others) -> Any:
        if isinstance(shape, Words) or (isinstance(shape, Keyed) and shape.model is TextPart and _is_scalar(node)):
            return self._words(node, others)
        if isinstance(shape, Keyed) and isinstance(node, Entries):
            return self._model(node, shape, others)
        if isinstance(shape, Named):
            return self._named(node, shape, others)
        if isinstance(shape, Listed):
            return self._listed(node, shape, others)
        self._only_repeated(node, others)
        return plain(node)

    def _words(self, node: Node, others: Others) -> Any:
        if not isinstance(node, Scalar):
            return plain(node)
        if node.braced and node.style == "plain" and " " in node.text:
            self.report(
                node.mark,
                "E-TEXT-QUOTES",
                worded("Inside { } a text stands between double quotes."),
                worded("Without them a comma would cut it in two."),
            )
        texts = Translations({self.language: node.text.strip()})
        for language, other in others.items():
            inner = other.entries.get("text", other) if isinstance(other, Entries) else other
            if isinstance(inner, Scalar):
                texts[language] = inner.text.strip()
            else:
                self.report(other.mark, "E-TRANSLATION", worded("Here belongs one text, as in the file."), ONLY_TEXTS)
        return texts

    def _model(self, node: Entries, shape: Keyed, others: Others) -> Any:
        keys = shape.fields()
        reasons = self._reasons(node, shape, others)
        parts = self._parts(node, others, skip="because" if reasons else "")
        merged = {key: self._once(child, keys.get(key), parts[key]) for key, child in node.entries.items()}
        if reasons:
            merged["reasons"] = reasons
        return merged

    def _reasons(self, node: Entries, shape: Keyed, others: Others) -> dict[str, Translations]:
        """`because: {er is spoed: "there is danger"}` in a block translates the reasons of rows, by their text."""
        reasons: dict[str, Translations] = {}
        if not issubclass(shape.model, Ruling) or "because" in node.entries:
            return reasons
        for language, other in others.items():
            block = other.entries.get("because") if isinstance(other, Entries) else None
            for text, child in block.entries.items() if isinstance(block, Entries) else ():
                if isinstance(child, Scalar):
                    reasons.setdefault(text, Translations({self.language: text}))[language] = child.text.strip()
        return reasons

    def _named(self, node: Node, shape: Named, others: Others) -> Any:
        if isinstance(node, Items) and isinstance(shape.item, Words):
            return self._options(node, others)
        if not isinstance(node, Entries):
            return plain(node)
        parts = self._parts(node, others)
        return {key: self._once(child, shape.item, parts[key]) for key, child in node.entries.items()}

    def _options(self, node: Items, others: Others) -> Any:
        """A list of option ids; a language block may label them."""
        ids = [item.text for item in node.items if isinstance(item, Scalar)]
        if len(ids) != len(node.items) or len(set(ids)) != len(ids):
            return plain(node)
        stand_in = Entries(dict(zip(ids, node.items, strict=True)), {}, node.mark)
        parts = self._parts(stand_in, others)
        return {
            option: Translations(
                {self.language: option} | {language: str(plain(n)) for language, n in parts[option].items()}
            )
            for option in ids
        }

    def _listed(self, node: Node, shape: Listed, others: Others) -> Any:
        if not isinstance(node, Items):
            return [self._value(node, shape.item, others)]
        parts: list[dict[str, Node]] = [{} for _ in node.items]
        for language, other in others.items():
            items = other.items if isinstance(other, Items) else (other,)
            if len(items) > len(parts):
                message = worded("This list is longer than that of the file, which has {parts}.", parts=len(parts))
                self.report(other.mark, "E-TRANSLATION", message, ONLY_TEXTS)
            for part, item in zip(parts, items, strict=False):
                part[language] = item
        return [self._value(item, shape.item, part) for item, part in zip(node.items, parts, strict=True)]

    def _parts(self, node: Entries, others: Others, skip: str = "") -> dict[str, dict[str, Node]]:
        """For each key of `node` what the language blocks hold there."""
        parts: dict[str, dict[str, Node]] = {key: {} for key in node.entries}
        for language, other in others.items():
            if not isinstance(other, Entries):
                if not isinstance(other, Scalar) or "text" not in parts:
                    self.report(other.mark, "E-TRANSLATION", worded("Here belong keys, as in the file."), ONLY_TEXTS)
                else:
                    parts["text"][language] = other
                continue
            for key, child in other.entries.items():
                if key in parts:
                    parts[key][language] = child
                elif key != skip:
                    self._nothing_here(key, other, tuple(parts))
        return parts

    def _nothing_here(self, key: str, other: Entries, known: tuple[str, ...]) -> None:
        near_key = near(key, known) if len(known) <= 40 else ONLY_TEXTS
        hint = together(
            (near_key, worded("Or take it out: a language block may lack anything, and may go as a whole.")), " "
        )
        self.report(
            other.keys[key],
            "E-TRANSLATION",
            worded("`{key}` is not in the file, so there is no text.", key=key[:40]),
            hint,
        )

    def _only_repeated(self, node: Node, others: Others) -> None:
        for other in others.values():
            if plain(other) != plain(node):
                self.report(
                    other.mark, "E-TRANSLATION", worded("This is not a text that can be translated."), ONLY_TEXTS
                )


_MERGED: Final[PerNode[tuple[Any]]] = PerNode()


def _is_scalar(node: Node) -> bool:
    return isinstance(node, Scalar)
