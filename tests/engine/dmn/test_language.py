"""FEEL through the front door: what each operator, form and built-in gives in a decision (DMN 1.5, 10.3)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from engine.dmn import Model, load_model
from engine.feel.signatures import STANDARD
from tests.engine.dmn.models import definitions

FILE = Path(__file__).parent / "language.txt"
LINES = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
PAIRS = [line.rpartition(" => ")[::2] for line in LINES]
NEEDS_A_CLOCK = {"now", "today"}


@cache
def model() -> Model:
    """One decision per side of every line."""
    logic = "<literalExpression><text>{}</text></literalExpression>"
    sides = [(f"{side} {at}", text) for at, pair in enumerate(PAIRS) for side, text in zip("ab", pair, strict=True)]
    elements = "".join(
        f'<decision id="d{at}" name="{name}"><variable name="{name}"/>{logic.format(escape(text))}</decision>'
        for at, (name, text) in enumerate(sides)
    )
    return load_model(definitions(elements))


def same(got: object, wanted: object) -> bool:
    """Equal and of one type; numbers to thirty digits."""
    if isinstance(wanted, Decimal) and isinstance(got, Decimal):
        return abs(got - wanted) < Decimal("1e-30") * max(Decimal(1), abs(wanted))
    return type(got) is type(wanted) and got == wanted


def test_every_expression_gives_its_value():
    """Both sides of each line have the same value, of the same type."""
    asked = model()
    values = ((line, asked.evaluate(f"a {at}", {}), asked.evaluate(f"b {at}", {})) for at, line in enumerate(LINES))
    assert [f"{line}: got {got!r}" for line, got, wanted in values if not same(got, wanted)] == []


def test_every_built_in_is_tried():
    """Each standard function stands in some line."""
    text = "\n".join(LINES)
    assert [name for name in STANDARD if f"{name}(" not in text and name not in NEEDS_A_CLOCK] == []
