"""z3 with connectives that leave out what is constant: most terms are never null and never UNSURE, and say so.

    logic().And(x, true) -> x         logic().If(x, y, y) -> y          everything else is z3's own
    logic().Or(x, true)  -> true      logic().Not(false) -> true

Four out of five terms of a flow are not made at all that way, and those that are left are made without looking at
their sorts, which z3's own functions do for each. All of it is about z3's main context. Called where z3 is handed to
`engine.feel.analysis_z3_terms`; tests: tests/engine/feel/test_analysis_z3_logic.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(maxsize=1)
def logic() -> Any:
    """z3's module, as at the top of this one. Raises ImportError where z3 is not installed."""
    return _Logic(import_module("z3"))


class _Logic:
    """See the top of this module. The names are z3's."""

    def __init__(self, z3: Any) -> None:
        own = {"And": self._all, "Or": self._any, "Not": self._not, "Xor": self._either, "If": self._one_of}
        self.__dict__.update({**vars(z3), **own})
        self._z3 = z3
        self._true, self._false = z3.BoolVal(True), z3.BoolVal(False)
        self._context = z3.main_ctx()
        self._known = {self._true.ast.value: True, self._false.ast.value: False}

    def _all(self, *terms: Any) -> Any:
        """True where all of them are; of none: true."""
        return self._joined(terms, True, self._z3.Z3_mk_and)

    def _any(self, *terms: Any) -> Any:
        """True where one of them is; of none: false."""
        return self._joined(terms, False, self._z3.Z3_mk_or)

    def _not(self, term: Any) -> Any:
        """True where it is not."""
        known = self._constant(term)
        if known is not None:
            return self._false if known else self._true
        return self._z3.BoolRef(self._z3.Z3_mk_not(self._context.ref(), term.ast), self._context)

    def _either(self, one: Any, two: Any) -> Any:
        """True where one of both is."""
        known = self._constant(one)
        if known is not None:
            return self._not(two) if known else two
        known = self._constant(two)
        if known is not None:
            return self._not(one) if known else one
        return self._false if one.ast.value == two.ast.value else self._z3.Xor(one, two)

    def _one_of(self, condition: Any, then: Any, otherwise: Any) -> Any:
        """The one where the condition is true, else the other."""
        if not all(isinstance(own, self._z3.AstRef) for own in (then, otherwise)):
            return self._z3.If(condition, then, otherwise)
        if then.ast.value == otherwise.ast.value:
            return then
        known = self._constant(condition)
        if known is None:
            return self._z3.If(condition, then, otherwise)
        return then if known else otherwise

    def _constant(self, term: Any) -> bool | None:
        """What it always is, where that is known."""
        return term if isinstance(term, bool) else self._known.get(term.ast.value)

    def _joined(self, terms: Sequence[Any], neutral: bool, make: Callable[..., Any]) -> Any:
        if len(terms) == 1 and isinstance(terms[0], list | tuple):
            terms = terms[0]
        left = []
        for term in terms:
            known = self._constant(term)
            if known is None:
                left.append(term)
            elif known is not neutral:
                return self._false if neutral else self._true
        if len(left) < 2:
            return left[0] if left else self._true if neutral else self._false
        array = (self._z3.Ast * len(left))(*(term.ast for term in left))
        return self._z3.BoolRef(make(self._context.ref(), len(left), array), self._context)
