"""SVG text of a laid-out picture: presentation attributes only, colours from `currentColor`.

No style attributes, scripts or references to elsewhere, so a page may hold it inline under a strict content
security policy. Called by `engine.graph.diagram` only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from engine.graph.diagram_layout import Box, Point

TITLE_SIZE = 14
SMALL_SIZE = 12
LINE_HEIGHT = 19.0
SMALL_LINE = 16.0
STROKES = {
    "person": 'stroke-width="1.6"',
    "clock": 'stroke-width="1.4" stroke-dasharray="5 4"',
    "engine": 'stroke-width="0.9"',
}
STYLE = (
    "<style>svg{color:#1d2733;background:#fff}"
    "@media(prefers-color-scheme:dark){svg{color:#e6eaf0;background:#14181d}}</style>"
)


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box with its words. `kind` is citizen, worker or end."""

    name: str
    kind: str
    box: Box
    title: tuple[str, ...]
    small: tuple[str, ...]
    start: bool = False


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line with its label, which stands between its third and fourth point."""

    name: str
    kind: str
    points: tuple[Point, ...]
    label: tuple[str, ...]
    label_box: Box


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the sheet."""

    width: float
    height: float
    title: str
    description: str
    boxes: tuple[DrawnBox, ...]
    lines: tuple[DrawnLine, ...]


def drawn(drawing: Drawing, language: str, *, standalone: bool) -> str:
    """The SVG document."""
    size = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}"'
    if standalone:
        size += f' width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" lang="{escape(language)}" class="process-diagram"'
        ' aria-labelledby="process-title process-text" font-family="system-ui, sans-serif" fill="none">'
    )
    tip = (
        '<defs><marker id="process-tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 9 5 0 9Z" fill="currentColor"/></marker></defs>'
    )
    parts = [
        head,
        f'<title id="process-title">{escape(drawing.title)}</title>',
        f'<desc id="process-text">{escape(drawing.description)}</desc>',
        *([STYLE] if standalone else []),
        tip,
    ]
    for line in drawing.lines:
        parts.extend(_line(line))
    for box in drawing.boxes:
        parts.extend(_box(box))
    return "\n".join([*parts, "</svg>", ""])


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _line(line: DrawnLine) -> Iterator[str]:
    """Two curves with the label between them."""
    name = escape(line.name)
    yield f'<g class="step {line.kind}" data-step="{name}">'
    stroke = f'stroke="currentColor" stroke-opacity="0.75" {STROKES[line.kind]}'
    yield f'<path d="{_curve(line.points[:3])}" {stroke}/>'
    yield f'<path d="{_curve(line.points[3:])}" {stroke} marker-end="url(#process-tip)"/>'
    top = line.label_box.y - (len(line.label) - 1) * SMALL_LINE / 2
    yield from _text(line.label, line.label_box.x, top, SMALL_SIZE, SMALL_LINE, "")
    yield "</g>"


def _curve(points: tuple[Point, ...]) -> str:
    """A smooth line that is vertical at every point."""
    (x, y), *rest = points
    pieces = [f"M{_n(x)} {_n(y)}"]
    for to_x, to_y in rest:
        if (to_x, to_y) == (x, y):
            continue  # a piece without length would turn the arrow's tip
        middle = (y + to_y) / 2
        straight = abs(to_x - x) < 0.5
        pieces.append(
            f"L{_n(to_x)} {_n(to_y)}"
            if straight
            else f"C{_n(x)} {_n(middle)} {_n(to_x)} {_n(middle)} {_n(to_x)} {_n(to_y)}"
        )
        x, y = to_x, to_y
    return "".join(pieces)


def _box(drawn_box: DrawnBox) -> Iterator[str]:
    box, kind = drawn_box.box, drawn_box.kind
    width, height = box.size.width, box.size.height
    corner = {"citizen": 12.0, "worker": 3.0, "end": height / 2}[kind]
    yield f'<g class="place {kind}" data-place="{escape(drawn_box.name)}">'
    if drawn_box.start:
        yield f'<circle cx="{_n(box.x)}" cy="{_n(box.top - 12)}" r="5" fill="currentColor"/>'
    shape = f'x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(corner)}"'
    strong = "2.2" if kind == "end" else "1.4"
    yield f'<rect {shape} fill="currentColor" fill-opacity="0.05" stroke="currentColor" stroke-width="{strong}"/>'
    if kind == "worker":
        bar = f'x="{_n(box.left)}" y="{_n(box.top)}" width="6" height="{_n(height)}" rx="3"'
        yield f'<rect {bar} fill="currentColor"/>'
    content = len(drawn_box.title) * LINE_HEIGHT + len(drawn_box.small) * SMALL_LINE
    y = box.y - content / 2 + LINE_HEIGHT / 2
    yield from _text(drawn_box.title, box.x, y, TITLE_SIZE, LINE_HEIGHT, ' font-weight="600"')
    y += len(drawn_box.title) * LINE_HEIGHT - (LINE_HEIGHT - SMALL_LINE) / 2
    yield from _text(drawn_box.small, box.x, y, SMALL_SIZE, SMALL_LINE, ' fill-opacity="0.85"')
    yield "</g>"


def _text(lines: tuple[str, ...], x: float, y: float, size: int, pitch: float, more: str) -> Iterator[str]:
    """Centred lines; `y` is the middle of the first."""
    for number, line in enumerate(lines):
        base = y + number * pitch + size * 0.35
        attributes = f'x="{_n(x)}" y="{_n(base)}" font-size="{size}" text-anchor="middle" fill="currentColor"{more}'
        yield f"<text {attributes}>{escape(line)}</text>"
