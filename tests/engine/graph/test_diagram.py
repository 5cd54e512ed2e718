"""The picture of a process: nothing on one another, complete, well-formed, fit for any page."""

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.graph.diagram import arrows, mermaid, svg
from engine.graph.diagram_layout import Box, Layout, Line, Size, lay_out
from engine.graph.process import By, Process, Step, When
from engine.graph.process_resolve import resolve
from tests.engine.graph.examples import WORKED, process_of, worked

PLACE = resolve(None).places["answering"]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """
    process:
      from: none
      places:
        end: {who: citizen, does: questions, within: P1D, title: '"<script>alert(1)</script>" & more'}
        state: {who: worker, does: judge, until: 'a < b', title: 'B'}
      ends: {note: 'N'}
      steps: |
        | from  | event | by      | if | to    | do |
        | end   | go    | citizen | -  | state | -  |
        | state | late  | clock   | -  | note  | -  |
"""


def overlap(one: Box, two: Box) -> bool:
    across = abs(one.x - two.x) < (one.size.width + two.size.width) / 2 - 0.01
    return across and abs(one.y - two.y) < (one.size.height + two.size.height) / 2 - 0.01


def on_edge(point: tuple[float, float], box: Box) -> bool:
    beside = box.left <= point[0] <= box.left + box.size.width
    return beside and min(abs(point[1] - box.top), abs(point[1] - box.bottom)) < 0.01


def check_layout(layout: Layout, lines: list[Line]) -> None:
    """What must hold of every picture."""
    everything = [*layout.boxes.values(), *layout.labels]
    assert not any(overlap(one, two) for one, two in combinations(everything, 2))
    for box in everything:
        assert box.left >= 0
        assert box.left + box.size.width <= layout.width
        assert box.top >= 0
        assert box.bottom <= layout.height
    for line, points in zip(lines, layout.lines, strict=True):
        assert on_edge(points[0], layout.boxes[line.source])
        assert on_edge(points[-1], layout.boxes[line.target])
        for (x, y), (to_x, to_y) in pairwise(points):
            for name, box in layout.boxes.items():
                inside = box.left < (x + to_x) / 2 < box.left + box.size.width and box.top < (y + to_y) / 2 < box.bottom
                assert not inside, f"{line} passes through {name}"


names = st.sampled_from("abcdefg")
pairs = st.lists(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1]), unique=True, max_size=16)


@given(pairs, st.lists(st.integers(60, 260), min_size=7, max_size=7))
def test_nothing_stands_on_anything_else(found: list[tuple[str, str]], widths: list[int]) -> None:
    """Any graph: boxes and labels apart and on the sheet, lines from edge to edge and through no box."""
    boxes = {name: Size(width, 30 + width / 4) for name, width in zip("abcdefg", widths, strict=True)}
    lines = [Line(source, target, Size(50, 16)) for source, target in found]
    check_layout(lay_out(boxes, lines, "a"), lines)


def test_the_same_process_gives_the_same_picture() -> None:
    """So that a picture in a repository changes only when its process does."""
    assert svg(worked("bijstand")) == svg(worked("bijstand"))


def test_a_single_place_is_a_picture_too() -> None:
    """Without any line."""
    alone = Process({"a": PLACE}, {}, {}, ())
    assert ET.fromstring(svg(alone)).find(f".//{SVG}rect") is not None  # noqa: S314 (our own text)


def test_two_hundred_places_in_a_row_are_drawn() -> None:
    """Far more than a flow should have, without recursion or a long wait."""
    places = {f"p{number}": PLACE for number in range(200)}
    steps = tuple(
        Step(f"p{number}", event, By.CITIZEN, When.ALWAYS, f"p{(number * factor + 1) % 200}")
        for number in range(199)
        for event, factor in (("go", 1), ("skip", 3))
    )
    assert svg(Process(places, {}, {}, steps)).count("<rect") == 200


@pytest.mark.parametrize("name", ["standard", *WORKED])
@pytest.mark.parametrize("standalone", [True, False])
def test_every_place_and_step_is_in_the_picture(name: str, standalone: bool) -> None:
    """As a box or a line, or, for an end that many lead to, in words; and all of it in the description."""
    process = worked(name)
    root = ET.fromstring(svg(process, standalone=standalone))  # noqa: S314 (our own text)
    assert {group.get("data-place") for group in root.iter() if group.get("data-place")} == {
        *process.places,
        *process.ends,
    }
    words = " ".join("".join(node.itertext()) for node in root.iter(f"{SVG}text"))
    described = root.findtext(f"{SVG}desc") or ""
    for step in process.steps:
        assert step.event in words
        assert process.title(step.source).in_("nl") in described
    assert len(arrows(process)) == described.count("Van ")


@pytest.mark.parametrize("name", ["standard", *WORKED])
def test_a_picture_inside_a_page_needs_no_style_of_its_own(name: str) -> None:
    """No style, script, handler or reference to elsewhere: it passes a strict content security policy."""
    text = svg(worked(name), standalone=False)
    assert re.search(r"<style|<script|style=|\son\w+=|href=|@import", text) is None
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#process-tip"}
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', text)) == {"currentColor", "none"}


def test_a_picture_has_a_name_and_a_text_for_who_cannot_see_it() -> None:
    """role img, labelled by title and description, in the language asked for."""
    root = ET.fromstring(svg(worked("standard"), "en", title="The standard"))  # noqa: S314 (our own text)
    assert (root.get("role"), root.get("lang")) == ("img", "en")
    assert root.get("aria-labelledby") == "process-title process-text"
    assert root.findtext(f"{SVG}title") == "The standard"
    assert "From Your questions to Check everything: settled, needs_worker." in (root.findtext(f"{SVG}desc") or "")


def test_an_authors_text_stays_text() -> None:
    """Markup in a title is shown, not run; names that mean something to Mermaid are harmless."""
    process = process_of(HOSTILE)
    drawn = svg(process)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    lines = mermaid(process).splitlines()
    assert "    state \"'<script>alert(1)</script>' & more\" as s_end" in lines
    assert "    s_end --> s_state: go" in lines
    assert lines[-1] == "    s_note --> [*]"


def test_mermaid_has_every_place_and_every_arrow() -> None:
    """And begins at the first place."""
    process = worked("bijstand")
    text = mermaid(process)
    assert text.startswith("stateDiagram-v2\n")
    assert f"[*] --> s_{process.start}" in text
    for arrow in arrows(process):
        assert f"s_{arrow.source} --> s_{arrow.target}: " in text
    assert text.count(" as s_") == len(process.places) + len(process.ends)


def test_durations_are_in_words() -> None:
    """Two weeks, one day; what is no single unit stays as written."""
    english = svg(worked("dagopname"), "en")
    assert "1 day<" in english
    assert "until opnamedag<" in english
    assert "2 weken" in svg(worked("verkeersboete"))
