"""A view's names for FEEL's own evaluator.

Called by `engine.graph.view` only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from engine.graph.lists import plain
from engine.graph.possible import Possible

if TYPE_CHECKING:
    from engine.graph.view import ItemView, View


class Scope(Mapping[str, object]):
    """The view's names for FEEL: a value, UNKNOWN, or a function of the flow."""

    __slots__ = ("_view",)

    def __init__(self, view: View | ItemView) -> None:
        self._view = view

    def __getitem__(self, name: str) -> object:
        function = self._view.function(name)
        if function is not None:
            return function
        return plain(self._view.possible(name))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._view.knows(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._view.graph.rulings)

    def __len__(self) -> int:
        return len(self._view.graph.rulings)


class LazyFields(Mapping[str, Possible]):
    """An item's fields, each computed when it is read: an `each` decision may read the list itself."""

    __slots__ = ("_item", "_names")

    def __init__(self, item: ItemView, names: tuple[str, ...]) -> None:
        self._item, self._names = item, names

    def __getitem__(self, name: str) -> Possible:
        if name not in self._names:
            raise KeyError(name)
        return self._item.possible(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
