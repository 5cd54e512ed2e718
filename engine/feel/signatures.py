"""The built-in functions' names and parameters: one table that parser, evaluator, checker and docs share.

Per function its forms, each a tuple of parameter names as DMN 1.5 tables 73-83 give them. `x?` may be
left out; `x...` takes the rest of the positional arguments. The last block is Wegwijzer's own.
"""

from __future__ import annotations

from typing import Final

Form = tuple[str, ...]

STANDARD: Final[dict[str, tuple[Form, ...]]] = {
    # conversion
    "date": (("from",), ("year", "month", "day")),
    "time": (("from",), ("hour", "minute", "second", "offset?")),
    "date and time": (("from",), ("date", "time"), ("date", "timezone")),
    "number": (("from", "grouping separator?", "decimal separator?"),),
    "string": (("from",),),
    "duration": (("from",),),
    "years and months duration": (("from", "to"),),
    # boolean
    "not": (("negand",),),
    # string
    "substring": (("string", "start position", "length?"),),
    "string length": (("string",),),
    "upper case": (("string",),),
    "lower case": (("string",),),
    "substring before": (("string", "match"),),
    "substring after": (("string", "match"),),
    "replace": (("input", "pattern", "replacement", "flags?"),),
    "contains": (("string", "match"),),
    "starts with": (("string", "match"),),
    "ends with": (("string", "match"),),
    "matches": (("input", "pattern", "flags?"),),
    "split": (("string", "delimiter"),),
    "string join": (("list", "delimiter?"),),
    # list
    "list contains": (("list", "element"),),
    "count": (("list",), ("c...",)),
    "min": (("list",), ("c...",)),
    "max": (("list",), ("c...",)),
    "sum": (("list",), ("n...",)),
    "mean": (("list",), ("n...",)),
    "all": (("list",), ("b...",)),
    "any": (("list",), ("b...",)),
    "sublist": (("list", "start position", "length?"),),
    "append": (("list", "item..."),),
    "concatenate": (("list...",),),
    "insert before": (("list", "position", "newItem"),),
    "remove": (("list", "position"),),
    "list replace": (("list", "position", "newItem"), ("list", "match", "newItem")),
    "reverse": (("list",),),
    "index of": (("list", "match"),),
    "union": (("list...",),),
    "distinct values": (("list",),),
    "flatten": (("list",),),
    "product": (("list",), ("n...",)),
    "median": (("list",), ("n...",)),
    "stddev": (("list",), ("n...",)),
    "mode": (("list",), ("n...",)),
    # number
    "decimal": (("n", "scale"),),
    "floor": (("n",), ("n", "scale")),
    "ceiling": (("n",), ("n", "scale")),
    "round up": (("n", "scale"),),
    "round down": (("n", "scale"),),
    "round half up": (("n", "scale"),),
    "round half down": (("n", "scale"),),
    "abs": (("n",),),
    "modulo": (("dividend", "divisor"),),
    "sqrt": (("number",),),
    "log": (("number",),),
    "exp": (("number",),),
    "odd": (("number",),),
    "even": (("number",),),
    # date and time
    "is": (("value1", "value2"),),
    "now": ((),),
    "today": ((),),
    "day of year": (("date",),),
    "day of week": (("date",),),
    "month of year": (("date",),),
    "week of year": (("date",),),
    # range
    "range": (("from",),),
    "before": (("point1", "point2"), ("point", "range"), ("range", "point"), ("range1", "range2")),
    "after": (("point1", "point2"), ("point", "range"), ("range", "point"), ("range1", "range2")),
    "meets": (("range1", "range2"),),
    "met by": (("range1", "range2"),),
    "overlaps": (("range1", "range2"),),
    "overlaps before": (("range1", "range2"),),
    "overlaps after": (("range1", "range2"),),
    "finishes": (("point", "range"), ("range1", "range2")),
    "finished by": (("range", "point"), ("range1", "range2")),
    "includes": (("range", "point"), ("range1", "range2")),
    "during": (("point", "range"), ("range1", "range2")),
    "starts": (("point", "range"), ("range1", "range2")),
    "started by": (("range", "point"), ("range1", "range2")),
    "coincides": (("point1", "point2"), ("range1", "range2")),
    # sort
    "sort": (("list", "precedes?"),),
    # context
    "get value": (("m", "key"),),
    "get entries": (("m",),),
    "context": (("entries",),),
    "context put": (("context", "key", "value"), ("context", "keys", "value")),
    "context merge": (("contexts",),),
}

FLOW: Final[dict[str, tuple[Form, ...]]] = {
    "up": (("from", "to"),),
    "days": (("from", "to"),),
    "years": (("from", "to"),),
    "has any": (("list", "options"),),
    "has all": (("list", "options"),),
    "has only": (("list", "options"),),
}

ALL: Final[dict[str, tuple[Form, ...]]] = {**STANDARD, **FLOW}
