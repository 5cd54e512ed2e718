"""The picture of a process, as Mermaid text or as an SVG that needs no browser to be made.

    mermaid(process)    a stateDiagram-v2, for a README or an editor that draws Mermaid
    svg(process)        a drawing of our own: layered, dark and light by currentColor, with title and description

What a picture shows: a round-cornered box is a place where the citizen has the move, a square one with a bar a
worker's, a pill an end. A drawn line is a step of a person, a dashed one of the clock, a thin one of the engine or a
payment. Steps that stay are named in the box. An end to which many places lead by the same event (withdraw) gets no
lines; the boxes name it instead. Every box and line carries `data-place` or `data-step`, so that a page can paint
coverage on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.graph.diagram_layout import Layout, Line, Size, lay_out
from engine.graph.diagram_svg import Drawing, DrawnBox, DrawnLine, drawn
from engine.graph.process import By, Process, Step

MANY = 4
CHARACTER = 7.7
SMALL_CHARACTER = 6.5
LINE_HEIGHT = 19.0
SMALL_LINE = 16.0
WIDEST_TITLE = 26

_WORDS = {
    "nl": {
        "citizen": "inwoner", "worker": "medewerker", "until": "tot {}", "under": "termijn {}", "title": "Het proces",
        "starts": "Begint in: {}.", "end": "Einde: {}.", "step": "Van {} naar {}: {}.", "stays": "In {} blijft: {}.",
        "D": ("dag", "dagen"), "W": ("week", "weken"), "M": ("maand", "maanden"), "Y": ("jaar", "jaar"),
        "H": ("uur", "uur"),
    },
    "en": {
        "citizen": "citizen", "worker": "worker", "until": "until {}", "under": "term {}", "title": "The process",
        "starts": "Starts in: {}.", "end": "End: {}.", "step": "From {} to {}: {}.", "stays": "In {} stays: {}.",
        "D": ("day", "days"), "W": ("week", "weeks"), "M": ("month", "months"), "Y": ("year", "years"),
        "H": ("hour", "hours"),
    },
}  # fmt: skip
_ONE_UNIT = re.compile(r"P(T?)(\d+)([DWMYH])")


@dataclass(frozen=True, slots=True)
class Arrow:
    """All steps from one place to another, drawn as one line."""

    source: str
    target: str
    steps: tuple[Step, ...]

    @property
    def events(self) -> str:
        return ", ".join(dict.fromkeys(step.event for step in self.steps))

    @property
    def kind(self) -> str:
        """`person`, `clock` or `engine`: who moves along it; a person if there is one."""
        parties = {step.by for step in self.steps}
        if parties & {By.CITIZEN, By.WORKER}:
            return "person"
        return "clock" if By.CLOCK in parties else "engine"


def arrows(process: Process) -> tuple[Arrow, ...]:
    """Every pair of places that a step joins, in the order of the steps; steps that stay are none."""
    found: dict[tuple[str, str], list[Step]] = {}
    for step in process.steps:
        if step.target != step.source:
            found.setdefault((step.source, step.target), []).append(step)
    return tuple(Arrow(source, target, tuple(steps)) for (source, target), steps in found.items())


def mermaid(process: Process, language: str = "nl") -> str:
    """The process as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    direction TB"]
    for name in (*process.places, *process.ends):
        title = process.title(name).in_(language).replace('"', "'")
        lines.append(f'    state "{title}" as s_{name}')
    lines.append(f"    [*] --> s_{process.start}")
    for arrow in arrows(process):
        label = arrow.events.replace(":", " ")
        lines.append(f"    s_{arrow.source} --> s_{arrow.target}: {label}")
    lines += [f"    s_{name} --> [*]" for name in process.ends]
    return "\n".join(lines) + "\n"


def svg(process: Process, language: str = "nl", *, title: str = "", standalone: bool = True) -> str:
    """The process as an SVG document.

    With `standalone` it carries its own colours for light and dark; without, it takes the colour of the text around it
    and has no style of its own, so that a page with a strict content security policy can hold it inline.
    """
    words = _WORDS.get(language, _WORDS["en"])
    named = _named_only(process)
    shown = [arrow for arrow in arrows(process) if not _is_named(arrow, named)]
    boxes = {name: _box_text(process, name, language, named) for name in (*process.places, *process.ends)}
    sizes = {name: _box_size(lines) for name, lines in boxes.items()}
    lines = [Line(arrow.source, arrow.target, _label_size(arrow.events)) for arrow in shown]
    layout = lay_out(sizes, lines, process.start)
    drawing = Drawing(
        layout.width,
        layout.height,
        title or str(words["title"]),
        _description(process, language),
        tuple(_drawn_box(process, name, layout, text) for name, text in boxes.items()),
        tuple(_drawn_line(arrow, number, layout) for number, arrow in enumerate(shown)),
    )
    return drawn(drawing, language, standalone=standalone)


def _named_only(process: Process) -> set[tuple[str, str]]:
    """Pairs of event and end that many places share: named in the boxes, not drawn."""
    sources: dict[tuple[str, str], set[str]] = {}
    for step in process.steps:
        if process.is_end(step.target) and step.target != step.source:
            sources.setdefault((step.event, step.target), set()).add(step.source)
    return {pair for pair, places in sources.items() if len(places) >= MANY}


def _is_named(arrow: Arrow, named: set[tuple[str, str]]) -> bool:
    return all((step.event, step.target) in named for step in arrow.steps)


def _box_text(process: Process, name: str, language: str, named: set[tuple[str, str]]) -> tuple[str, ...]:
    """Title lines, then after "" the small lines: whose move and which clock, what stays, where else it leads."""
    words = _WORDS.get(language, _WORDS["en"])
    small: list[str] = []
    if name in process.places:
        place = process.places[name]
        clock = _duration(place.within, language) if place.within else ""
        clock = clock or (str(words["until"]).format(place.until) if place.until else "")
        clock = clock or (str(words["under"]).format(place.under) if place.under else "")
        small.append(" · ".join(filter(None, (str(words[place.who]), clock))))
    stays = dict.fromkeys(step.event for step in process.by_source[name] if step.target == name)
    if stays:
        small.append("↺ " + ", ".join(stays))
    exits = {step.event: step.target for step in process.by_source[name] if (step.event, step.target) in named}
    small += [f"→ {process.title(target).in_(language)} ({event})" for event, target in exits.items()]
    wrapped = [piece for line in small for piece in _wrapped(line, WIDEST_TITLE + 8)]
    return (*_wrapped(process.title(name).in_(language), WIDEST_TITLE), "", *wrapped)


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _duration(text: str, language: str) -> str:
    found = _ONE_UNIT.fullmatch(text)
    if found is None or (found[3] == "M" and found[1]):
        return text
    one, more = _WORDS.get(language, _WORDS["en"])[found[3]]
    return f"{int(found[2])} {one if int(found[2]) == 1 else more}"


def _box_size(lines: tuple[str, ...]) -> Size:
    split = lines.index("")
    title, small = lines[:split], lines[split + 1 :]
    widest = max([len(line) * CHARACTER for line in title] + [len(line) * SMALL_CHARACTER for line in small])
    return Size(max(120.0, widest + 32), len(title) * LINE_HEIGHT + len(small) * SMALL_LINE + 20)


def _label_size(text: str) -> Size:
    lines = _wrapped(text, 18)
    return Size(max(len(line) for line in lines) * SMALL_CHARACTER + 8, len(lines) * SMALL_LINE)


def _drawn_box(process: Process, name: str, layout: Layout, lines: tuple[str, ...]) -> DrawnBox:
    split = lines.index("")
    kind = "end" if process.is_end(name) else process.places[name].who
    return DrawnBox(name, kind, layout.boxes[name], lines[:split], lines[split + 1 :], name == process.start)


def _drawn_line(arrow: Arrow, number: int, layout: Layout) -> DrawnLine:
    label = tuple(_wrapped(arrow.events, 18))
    name = f"{arrow.source} {arrow.events} {arrow.target}"
    return DrawnLine(name, arrow.kind, layout.lines[number], label, layout.labels[number])


def _description(process: Process, language: str) -> str:
    """The picture in words, for who cannot see it."""
    words = _WORDS.get(language, _WORDS["en"])

    def title(name: str) -> str:
        return process.title(name).in_(language)

    sentences = [str(words["starts"]).format(title(process.start))]
    sentences += [
        str(words["step"]).format(title(arrow.source), title(arrow.target), arrow.events) for arrow in arrows(process)
    ]
    for name, steps in process.by_source.items():
        stays = dict.fromkeys(step.event for step in steps if step.target == name)
        if stays:
            sentences.append(str(words["stays"]).format(title(name), ", ".join(stays)))
    sentences += [str(words["end"]).format(title(name)) for name in process.ends]
    return " ".join(sentences)
