"""Everything the product itself says, Dutch and English: one table a language, the same keys in each (tested).

Texts are plain sentences at reading level B1 with `{name}` for a value; what is put in is put in as it is and
escaped by whoever draws it. A flow's own texts are not here: they stand in its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ui_schema.shape import Language
from ui_schema.texts import en, nl

TABLES: Mapping[Language, Mapping[str, str]] = MappingProxyType(
    {Language.NL: MappingProxyType(nl.TABLE), Language.EN: MappingProxyType(en.TABLE)}
)


def say(language: Language, key: str, **values: object) -> str:
    """The text of `key`. Raises KeyError for a key that no table holds, or a value that the text needs and lacks."""
    text = TABLES[language][key]
    return text.format_map(values) if values or "{" in text else text


def known(key: str) -> bool:
    """Whether the product has a text of its own under `key`."""
    return key in TABLES[Language.NL]
