"""Range functions (DMN 1.5, 10.3.4.11): Allen's relations between points and ranges, and `range`.

A point on its own is treated as the closed range of just that point, except where the standard says
otherwise; comparisons that make no sense give null.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from engine.errors import worded
from engine.feel.compare import Truth, conjunction, disjunction, equal, ordered
from engine.feel.parser import FeelSyntaxError, parse
from engine.feel.registry import BUILT_INS, built_in
from engine.feel.run import Run
from engine.feel.tree import Call, Expr, Literal, Name, Negate, RangeExpr
from engine.feel.values import Range

_CALLS: Final = frozenset(("date", "time", "date and time", "duration"))


def _less(run: Run, one: object, two: object) -> Truth:
    return ordered("<", one, two, run)


def _all(*truths: Truth) -> Truth:
    return None if None in truths else conjunction(truths)


def _any(*truths: Truth) -> Truth:
    return None if None in truths else disjunction(truths)


def _starts_earlier(run: Run, one: Range, two: Range, *, equally: bool = False) -> Truth:
    """Whether `one` begins before `two`; `equally`: or together."""
    closed_first = (one.low_closed and not two.low_closed) or (equally and one.low_closed == two.low_closed)
    return _any(_less(run, one.low, two.low), _all(equal(one.low, two.low, run), closed_first))


def _ends_earlier(run: Run, one: Range, two: Range, *, equally: bool = False) -> Truth:
    """Whether `one` ends before `two`; `equally`: or together."""
    open_first = (two.high_closed and not one.high_closed) or (equally and one.high_closed == two.high_closed)
    return _any(_less(run, one.high, two.high), _all(equal(one.high, two.high, run), open_first))


def _apart(run: Run, one: Range, two: Range) -> Truth:
    """Whether `one` lies wholly before `two`."""
    touching = not (one.high_closed and two.low_closed)
    return _any(_less(run, one.high, two.low), _all(equal(one.high, two.low, run), touching))


def _point(value: object) -> Range:
    return Range(value, value)


@built_in("before", "point", "point")
def before_points(run: Run, one: object, two: object) -> object:
    return _less(run, one, two)


@built_in("before", "point", "range")
def before_range(run: Run, point: object, span: Range) -> object:
    return _apart(run, _point(point), span)


@built_in("before", "range", "point")
def range_before(run: Run, span: Range, point: object) -> object:
    return _apart(run, span, _point(point))


@built_in("before", "range", "range")
def before_ranges(run: Run, one: Range, two: Range) -> object:
    return _apart(run, one, two)


@built_in("after", "point", "point")
def after_points(run: Run, one: object, two: object) -> object:
    return _less(run, two, one)


@built_in("after", "point", "range")
def after_range(run: Run, point: object, span: Range) -> object:
    return _apart(run, span, _point(point))


@built_in("after", "range", "point")
def range_after(run: Run, span: Range, point: object) -> object:
    return _apart(run, _point(point), span)


@built_in("after", "range", "range")
def after_ranges(run: Run, one: Range, two: Range) -> object:
    return _apart(run, two, one)


@built_in("meets", "range", "range")
def meets(run: Run, one: Range, two: Range) -> object:
    return _all(one.high_closed, two.low_closed, equal(one.high, two.low, run))


@built_in("met by", "range", "range")
def met_by(run: Run, one: Range, two: Range) -> object:
    return meets(run, two, one)


@built_in("overlaps", "range", "range")
def overlaps(run: Run, one: Range, two: Range) -> object:
    apart = _any(_apart(run, one, two), _apart(run, two, one))
    return None if apart is None else not apart


@built_in("overlaps before", "range", "range")
def overlaps_before(run: Run, one: Range, two: Range) -> object:
    apart = _apart(run, one, two)
    return _all(
        _starts_earlier(run, one, two), None if apart is None else not apart, _ends_earlier(run, one, two, equally=True)
    )


@built_in("overlaps after", "range", "range")
def overlaps_after(run: Run, one: Range, two: Range) -> object:
    return overlaps_before(run, two, one)


@built_in("finishes", "point", "range")
def point_finishes(run: Run, point: object, span: Range) -> object:
    return _all(span.high_closed, equal(span.high, point, run))


@built_in("finishes", "range", "range")
def finishes(run: Run, one: Range, two: Range) -> object:
    together = _all(one.high_closed == two.high_closed, equal(one.high, two.high, run))
    return _all(together, _starts_earlier(run, two, one, equally=True))


@built_in("finished by", "range", "point")
def finished_by_point(run: Run, span: Range, point: object) -> object:
    return point_finishes(run, point, span)


@built_in("finished by", "range", "range")
def finished_by(run: Run, one: Range, two: Range) -> object:
    return finishes(run, two, one)


@built_in("includes", "range", "point")
def includes_point(run: Run, span: Range, point: object) -> object:
    return includes(run, span, _point(point))


@built_in("includes", "range", "range")
def includes(run: Run, one: Range, two: Range) -> object:
    return _all(_starts_earlier(run, one, two, equally=True), _ends_earlier(run, two, one, equally=True))


@built_in("during", "point", "range")
def point_during(run: Run, point: object, span: Range) -> object:
    return includes(run, span, _point(point))


@built_in("during", "range", "range")
def during(run: Run, one: Range, two: Range) -> object:
    return includes(run, two, one)


@built_in("starts", "point", "range")
def point_starts(run: Run, point: object, span: Range) -> object:
    return _all(span.low_closed, equal(span.low, point, run))


@built_in("starts", "range", "range")
def starts(run: Run, one: Range, two: Range) -> object:
    together = _all(one.low_closed == two.low_closed, equal(one.low, two.low, run))
    return _all(together, _ends_earlier(run, one, two, equally=True))


@built_in("started by", "range", "point")
def started_by_point(run: Run, span: Range, point: object) -> object:
    return point_starts(run, point, span)


@built_in("started by", "range", "range")
def started_by(run: Run, one: Range, two: Range) -> object:
    return starts(run, two, one)


@built_in("coincides", "point", "point")
def points_coincide(run: Run, one: object, two: object) -> object:
    return equal(one, two, run)


@built_in("coincides", "range", "range")
def coincides(run: Run, one: Range, two: Range) -> object:
    return equal(one, two, run)


@built_in("range", "string")
def range_from(run: Run, text: str) -> object:
    """The range written in a text; its ends are literals, and an open end may be left out (rules 66 and 67)."""
    try:
        half = _half_range(run, text.strip())
        expr = None if half is not None else parse(text)
    except FeelSyntaxError as error:
        return run.null(f"This text is not a range. {error.message}")
    if half is not None:
        return half
    if not isinstance(expr, RangeExpr):
        return run.null("This text is not a range such as [1..5].")
    low, high = _end(expr.low, run), _end(expr.high, run)
    if low is None or type(low) is not type(high):
        return run.null("The ends of a range in a text are literals of one kind.")
    if ordered("<=", low, high, run) is not True:
        return run.null("A range runs upwards.")
    return Range(low, high, expr.low_closed, expr.high_closed)


def _half_range(run: Run, text: str) -> Range | None:
    """`(..5]` and `[5..)`: all up to a value, or from a value on, as `(<= 5)` and `(>= 5)`; None for another form."""
    opening, inner, closing = text[:1], text[1:-1].strip(), text[-1:]
    closed = "[" in opening or "]" in closing
    if inner.startswith("..") and opening in "(]" and closing in ")][":
        return Range(None, _ordered_end(inner[2:], run), False, closed, "<=" if closed else "<")
    if inner.endswith("..") and closing in ")[" and opening in "[(]":
        return Range(_ordered_end(inner[:-2], run), None, closed, False, ">=" if closed else ">")
    return None


def _ordered_end(text: str, run: Run) -> object:
    value = _end(parse(text), run)
    if ordered("<=", value, value, run) is not True:
        raise FeelSyntaxError(worded("Its end is no literal that has an order."), 0)
    return value


def _end(expr: Expr, run: Run) -> object:
    """The value of a literal end: a constant, or a conversion of a text; None for anything else."""
    match expr:
        case Literal(value):
            return value
        case Negate(Literal(Decimal() as number)):
            return -number
        case Call(Name(name), (Literal(str() as text),)) if name in _CALLS:
            return BUILT_INS[name]((text,), (), run)
    return None
