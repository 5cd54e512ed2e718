"""Whether a value is of a type, and how an argument is made to fit a parameter (DMN 1.5, 10.3.2.9).

Three conversions are implicit: a list of one item becomes that item where no list is wanted, a single
value becomes a list where one is wanted, and a date becomes midnight UTC where a date and time is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from engine.feel import tree
from engine.feel.compare import conjunction
from engine.feel.functions import REFUSED, Fit, Function
from engine.feel.lexical import join
from engine.feel.run import Run
from engine.feel.unknown import UNKNOWN, Unknown
from engine.feel.values import FarDate, FarDateTime, FineDateTime, FineTime, OpenList, Range, YearsMonths

Named: TypeAlias = Mapping[str, Callable[[object], bool | Unknown | None]]
"""Types that only the embedder knows (item definitions), by name."""

TYPES: Final[dict[str, tuple[type, ...]]] = {
    "number": (Decimal, int),
    "string": (str,),
    "boolean": (bool,),
    "date": (date, FarDate),
    "time": (time, FineTime),
    "date and time": (datetime, FineDateTime, FarDateTime),
    "days and time duration": (timedelta,),
    "day and time duration": (timedelta,),
    "years and months duration": (YearsMonths,),
    "year and month duration": (YearsMonths,),
    "list": (list, OpenList),
    "context": (dict,),
    "range": (Range,),
}


def conforms(value: object, kind: tree.TypeExpr, named: Named, run: Run) -> bool | Unknown | None:
    """`value instance of kind`: null belongs to `null` only; None for a type nobody knows."""
    run.spend()
    match kind:
        case tree.TypeName(name):
            return _conforms_to_name(value, name, named)
        case _ if value is UNKNOWN:
            return UNKNOWN
        case tree.ListType(item):
            return _all_conform(value, item, named, run)
        case tree.RangeType(item):
            return _range_conforms(value, item, named, run)
        case tree.ContextType(entries):
            if not isinstance(value, dict) or not all(key in value for key, _ in entries):
                return False
            return conjunction(or_null(value[key], entry, named, run) for key, entry in entries)
        case tree.FunctionType():
            return _function_conforms(value, kind)


def or_null(value: object, kind: tree.TypeExpr, named: Named, run: Run) -> bool | Unknown | None:
    """As `conforms`, with null belonging to every type."""
    return True if value is None else conforms(value, kind, named, run)


def _conforms_to_name(value: object, name: str, named: Named) -> bool | Unknown | None:
    if name in named:
        return UNKNOWN if value is UNKNOWN else named[name](value)
    if name not in TYPES and name not in ("Any", "function", "null", "Null"):
        return None
    if value is UNKNOWN:
        return UNKNOWN
    if name == "Any":
        return value is not None
    if name == "function":
        return callable(value)
    return type(value) in TYPES.get(name, (type(None),))


def _all_conform(value: object, item: tree.TypeExpr, named: Named, run: Run) -> bool | Unknown | None:
    if not isinstance(value, list):
        return False
    truth = conjunction(or_null(part, item, named, run) for part in value)
    return UNKNOWN if truth is True and isinstance(value, OpenList) else truth


def _range_conforms(value: object, item: tree.TypeExpr, named: Named, run: Run) -> bool | Unknown | None:
    if not isinstance(value, Range):
        return False
    return conjunction(or_null(end, item, named, run) for end in (value.low, value.high))


def _function_conforms(value: object, kind: tree.FunctionType) -> bool | None:
    if not callable(value):
        return False
    if not isinstance(value, Function):
        return True
    if value.type is None:
        return len(value.parameters) == len(kind.parameters)
    own = value.type
    if len(own.parameters) != len(kind.parameters):
        return False
    unsaid = own.returns == tree.TypeName("Any")
    if not unsaid and not _subtype(own.returns, kind.returns):
        return False
    return all(_subtype(wanted, taken) for wanted, taken in zip(kind.parameters, own.parameters, strict=True))


def _subtype(narrow: tree.TypeExpr, wide: tree.TypeExpr) -> bool:
    """Whether every value of `narrow` is one of `wide`."""
    if isinstance(wide, tree.TypeName) and wide.name == "Any":
        return True
    match narrow, wide:
        case (tree.ListType(one), tree.ListType(two)) | (tree.RangeType(one), tree.RangeType(two)):
            return _subtype(one, two)
        case tree.ContextType(one_entries), tree.ContextType(two_entries):
            have = dict(one_entries)
            return all(key in have and _subtype(have[key], entry) for key, entry in two_entries)
        case tree.FunctionType(one_parameters, one_returns), tree.FunctionType(two_parameters, two_returns):
            if len(one_parameters) != len(two_parameters) or not _subtype(one_returns, two_returns):
                return False
            return all(_subtype(two, one) for one, two in zip(one_parameters, two_parameters, strict=True))
    return narrow == wide


def fit_for(kind: tree.TypeExpr, named: Named) -> Fit:
    """How an argument is made to fit a parameter of type `kind`."""

    def fit(value: object, run: Run) -> object:
        if or_null(value, kind, named, run) in (True, UNKNOWN, None):
            return value
        if isinstance(value, OpenList) and len(value) < 2:
            return UNKNOWN
        if isinstance(value, list) and len(value) == 1 and or_null(value[0], kind, named, run) is True:
            return value[0]
        if not isinstance(value, list) and or_null([value], kind, named, run) is True:
            return [value]
        midnight = at_midnight(value)
        if midnight is not None and or_null(midnight, kind, named, run) is True:
            return midnight
        return REFUSED

    return fit


def at_midnight(value: object) -> datetime | FarDateTime | None:
    """The date and time that a date stands for where one is wanted; None for anything but a date."""
    return join(value, time(tzinfo=UTC)) if type(value) is date or isinstance(value, FarDate) else None
