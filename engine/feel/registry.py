"""The built-in functions: how they are declared, found and called.

    @built_in("substring", "string", "integer", "integer?")
    def substring(run, text, start, length=None): ...

The words are what each parameter of the next form in `engine.feel.signatures` takes: see `_TAKES`; `?` may be
left out or null, `...` repeats. Arguments are made to fit (a list of one becomes its item, an item a list);
what does not fit gives null and a diagnostic.

UNKNOWN in an argument, also deep inside one, gives UNKNOWN; functions declared with `partial=True` handle
UNKNOWN inside lists themselves (`count` needs no values). `collects`: several arguments stand for one list.
`gaps`: a named argument may be left out and is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from engine.errors import worded
from engine.feel.functions import REFUSED, Function
from engine.feel.run import Run
from engine.feel.signatures import ALL, Form
from engine.feel.unknown import UNKNOWN
from engine.feel.values import FarDate, FarDateTime, FineDateTime, FineTime, OpenList, Range, YearsMonths

_DAY: Final = (date, FarDate)
_MOMENT: Final = (datetime, FineDateTime, FarDateTime)
_TIME: Final = (time, FineTime)
_LENGTH: Final = (timedelta, YearsMonths)
_TAKES: Final[dict[str, tuple[type, ...]]] = {
    "number": (Decimal,),
    "integer": (Decimal,),
    "place": (Decimal,),
    "string": (str,),
    "boolean": (bool,),
    "list": (list, OpenList),
    "context": (dict,),
    "date": _DAY,
    "moment": _MOMENT,
    "day": _DAY + _MOMENT,
    "time": _TIME,
    "length": _LENGTH,
    "range": (Range,),
    "point": (Decimal, str, *_TIME, *_DAY, *_MOMENT, *_LENGTH),
}
_MAX_INTEGER: Final = 10**15


def _fit(word: str, value: Any) -> object:
    """`value` as a parameter declared with `word` takes it, or REFUSED."""
    if word == "any":
        return value
    if word == "function":
        return value if callable(value) else REFUSED
    takes = _TAKES[word]
    kind = type(value)
    if kind is int:
        value, kind = Decimal(value), Decimal
    if kind in takes:
        return _integer(value, cut=word == "place") if word in ("integer", "place") else value
    if word == "list":
        return REFUSED if value is None else [value]
    if kind is list and len(value) == 1:
        return _fit(word, value[0])
    return REFUSED


def _integer(value: Decimal, *, cut: bool) -> object:
    """A whole number; `cut`: what stands behind the point is dropped, as for places in a list."""
    if not value.is_finite() or abs(value) > _MAX_INTEGER:
        return REFUSED
    whole = int(value)
    return whole if cut or whole == value else REFUSED


@dataclass(frozen=True, slots=True)
class Variant:
    """One form of a built-in: what its parameters take, and the Python function that does it."""

    words: tuple[str, ...]
    optional: int
    repeats: bool
    body: Callable[..., object]

    def arity(self, count: int) -> bool:
        """Whether `count` positional arguments can be meant for this form."""
        if self.repeats:
            return count >= len(self.words)
        return len(self.words) - self.optional <= count <= len(self.words)

    def fitted(self, arguments: Sequence[object]) -> list[object] | None:
        """The arguments made to fit; None when one does not."""
        fitted: list[object] = []
        last = len(self.words) - 1
        for index, value in enumerate(arguments):
            if value is None and not self.repeats and index > last - self.optional:
                fitted.append(None)
                continue
            fit = _fit(self.words[min(index, last)], value)
            if fit is REFUSED:
                return None
            fitted.append(fit)
        return fitted


@dataclass(slots=True, eq=False)
class BuiltIn:
    """A built-in function with all its forms; called as any function value."""

    name: str
    variants: list[Variant] = field(default_factory=list)
    partial: bool = False
    collects: bool = False
    gaps: bool = False

    def __call__(self, arguments: Sequence[object], names: Sequence[str], run: Run) -> object:
        run.spend()
        if self._unknown(arguments, names, run):
            return UNKNOWN
        if names:
            return self._by_name(arguments, names, run)
        if self.collects and len(arguments) > 1:
            arguments = [list(arguments)]
        return self._by_position(arguments, run)

    def plain(self, word: str) -> frozenset[type]:
        """The types of arguments for a parameter of this kind that need neither fitting nor a look inside."""
        if word == "list":
            return frozenset((list, OpenList) if self.partial else ())
        whole = word in ("any", "integer", "place", "context", "range", "function")
        return frozenset() if whole else frozenset(_TAKES[word])

    def _unknown(self, arguments: Sequence[object], names: Sequence[str], run: Run) -> bool:
        """Whether the arguments are known too little for this function; `partial` ones look into lists themselves."""
        if not self.partial:
            return any(has_unknown(argument, run) for argument in arguments)
        if names:
            return any(argument is UNKNOWN for argument in arguments)
        if self.collects and len(arguments) > 1:
            return False
        words = self.variants[0].words
        return any(argument is UNKNOWN and word != "any" for argument, word in zip(arguments, words, strict=False))

    def _by_position(self, arguments: Sequence[object], run: Run) -> object:
        for variant in self.variants:
            if variant.arity(len(arguments)):
                fitted = variant.fitted(arguments)
                if fitted is not None:
                    return variant.body(run, *fitted)
        return self._refuse(run)

    def _by_name(self, arguments: Sequence[object], names: Sequence[str], run: Run) -> object:
        given = dict(zip(names, arguments, strict=True))
        for form, variant in self._forms(names):
            ordered = _order(form, given, gaps=self.gaps)
            if ordered is not None and variant.arity(len(ordered)):
                fitted = variant.fitted(ordered)
                if fitted is not None:
                    return variant.body(run, *fitted)
        return self._refuse(run)

    def _forms(self, names: Sequence[str]) -> list[tuple[Form, Variant]]:
        """Each form with what does it; first the one in the order written (`before`: point, range or range, point)."""
        forms = ALL[self.name]
        pairs = [(forms[min(place, len(forms) - 1)], variant) for place, variant in enumerate(self.variants)]
        return sorted(pairs, key=lambda pair: pair[0] != tuple(names))

    def _refuse(self, run: Run) -> object:
        forms = " or ".join(f"{self.name}({', '.join(form)})" for form in ALL[self.name])
        return run.null(worded("`{name}` cannot take these arguments: write {forms}.", name=self.name, forms=forms))


def _order(form: Form, given: dict[str, object], *, gaps: bool) -> list[object] | None:
    """Named arguments in the order of `form`, None for those left out at will; None when they do not match."""
    plain = [parameter.rstrip("?.") for parameter in form]
    if not given.keys() <= set(plain):
        return None
    if not gaps and any(name not in given and not word.endswith("?") for name, word in zip(plain, form, strict=True)):
        return None
    return [given.get(name) for name in plain]


def has_unknown(value: object, run: Run) -> bool:
    """Whether UNKNOWN, or a list that may still grow, is `value` or in it."""
    if value is UNKNOWN or type(value) is OpenList:
        return True
    if type(value) not in _HOLDERS:
        return False
    for part in _parts(value):
        if part is UNKNOWN:
            return True
        if type(part) in _HOLDERS:
            run.spend(1 + (len(part) if isinstance(part, list | dict) else 0))
            if has_unknown(part, run):
                return True
    return False


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, Range):
        return value.low, value.high
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


_HOLDERS: Final = frozenset((list, dict, OpenList, Range))
BUILT_INS: Final[dict[str, BuiltIn]] = {}
"""All built-ins by name; filled by the modules of `engine.feel.builtins`."""


def built_in(
    name: str, *takes: str, partial: bool = False, collects: bool = False, gaps: bool = False
) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """Declares the next form of the built-in `name`; see the top of this module."""

    def declare(body: Callable[..., object]) -> Callable[..., object]:
        function = BUILT_INS.setdefault(name, BuiltIn(name))
        function.partial = function.partial or partial
        function.collects = function.collects or collects
        function.gaps = function.gaps or gaps
        words = tuple(word.rstrip("?.") for word in takes)
        optional = sum(word.endswith("?") for word in takes)
        repeats = any(word.endswith("...") for word in takes)
        function.variants.append(Variant(words, optional, repeats, body))
        return body

    return declare


def call(function: object, arguments: Sequence[object], run: Run) -> object:
    """Calls a function value that a built-in was given, such as the order of `sort`."""
    if isinstance(function, Function | BuiltIn):
        return function(arguments, (), run)
    return run.null("This is not a function.")
