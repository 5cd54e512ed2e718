"""Where boxes, lines and labels of a layered picture go: top to bottom, few crossings, nothing on one another.

The method of Sugiyama, Tagawa and Toda (1981), in five passes over small lists:

    1 orient    a step back (found depth-first) is laid out as if it went forward, and drawn from below
    2 rank      a box stands below all boxes that lead to it; every second rank is kept for labels
    3 chain     a line becomes a chain of vertices, one a rank; one of them is as wide as its label
    4 order     sweeps put each vertex at the mean place of its neighbours; the order with fewest crossings wins
    5 place     each rank moves towards its neighbours, keeping order and distance (pool adjacent violators);
                then lines are straightened

Pure arithmetic, no fonts: widths come in, points go out. Called by `engine.graph.diagram` only.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

GAP_ACROSS = 22.0
GAP_DOWN = 17.0
BEND_WIDTH = 8.0
MARGIN = 24.0
SWEEPS = 12
SHIFTS = 24
LABEL_WEIGHT = 2.0  # a straight line is worth more than a box right under its neighbours
BEND_WEIGHT = 6.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line to lay out: from box to box, with the size of its label."""

    source: str
    target: str
    label: Size


@dataclass(frozen=True, slots=True)
class Box:
    """A placed box or label: its middle and its size."""

    x: float
    y: float
    size: Size

    @property
    def left(self) -> float:
        return self.x - self.size.width / 2

    @property
    def top(self) -> float:
        return self.y - self.size.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.size.height / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture: size, boxes by name, and per line the points it passes and the box of its label.

    A line meets its label at its third point and goes on at its fourth.
    """

    width: float
    height: float
    boxes: Mapping[str, Box]
    lines: tuple[tuple[Point, ...], ...]
    labels: tuple[Box, ...]


@dataclass(slots=True)
class _Vertex:
    rank: int
    size: Size
    weight: float = 1.0
    x: float = 0.0
    above: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)


def lay_out(boxes: Mapping[str, Size], lines: Sequence[Line], start: str) -> Layout:
    """Place everything. `start` stands on top; boxes that no line touches stand in the last rank."""
    backward = _backward(boxes, lines, start)
    ranks = _ranks(boxes, lines, backward)
    vertices = [_Vertex(ranks[name], size) for name, size in boxes.items()]
    number = {name: index for index, name in enumerate(boxes)}
    chains = [_chain(vertices, number, line, line_no in backward) for line_no, line in enumerate(lines)]
    rows = _ordered(vertices, len(boxes))
    _shift(vertices, rows)
    _straighten(vertices, rows, chains)
    return _picture(boxes, vertices, rows, chains, backward)


def _backward(boxes: Mapping[str, Size], lines: Sequence[Line], start: str) -> set[int]:
    """Numbers of the lines that lead back to a box on the way to their own."""
    onward: dict[str, list[int]] = {name: [] for name in boxes}
    for number, line in enumerate(lines):
        onward[line.source].append(number)
    found: set[int] = set()
    done: set[str] = set()
    on_way: set[str] = set()
    for first in (start, *boxes):
        todo: list[tuple[str, int]] = [(first, 0)] if first not in done else []
        while todo:
            name, next_one = todo.pop()
            done.add(name)
            on_way.add(name)
            if next_one == len(onward[name]):
                on_way.discard(name)
                continue
            todo.append((name, next_one + 1))
            number = onward[name][next_one]
            target = lines[number].target
            if target in on_way:
                found.add(number)
            elif target not in done:
                todo.append((target, 0))
    return found


def _ends(line: Line, back: bool) -> tuple[str, str]:
    """Upper and lower box of a line as it is laid out."""
    return (line.target, line.source) if back else (line.source, line.target)


def _ranks(boxes: Mapping[str, Size], lines: Sequence[Line], backward: set[int]) -> dict[str, int]:
    """Longest way from the top, two ranks a step."""
    waiting = dict.fromkeys(boxes, 0)
    below: dict[str, list[str]] = {name: [] for name in boxes}
    for number, line in enumerate(lines):
        upper, lower = _ends(line, number in backward)
        below[upper].append(lower)
        waiting[lower] += 1
    ranks = dict.fromkeys(boxes, 0)
    ready = [name for name, count in waiting.items() if not count]
    for name in ready:
        for lower in below[name]:
            ranks[lower] = max(ranks[lower], ranks[name] + 2)
            waiting[lower] -= 1
            if not waiting[lower]:
                ready.append(lower)
    last = max(ranks.values())
    touched = {name for line in lines for name in (line.source, line.target)}
    return {name: rank if name in touched or len(boxes) == 1 else last for name, rank in ranks.items()}


def _chain(vertices: list[_Vertex], number: Mapping[str, int], line: Line, back: bool) -> list[int]:
    """The vertices of one line from its upper to its lower box; the label stands next to where it comes from."""
    upper, lower = (number[name] for name in _ends(line, back))
    chain = [upper]
    first, last = vertices[upper].rank + 1, vertices[lower].rank
    label_rank = last - 1 if back else first
    for rank in range(first, last):
        labelled = rank == label_rank
        size, weight = (line.label, LABEL_WEIGHT) if labelled else (Size(BEND_WIDTH, 0), BEND_WEIGHT)
        vertices.append(_Vertex(rank, size, weight))
        chain.append(len(vertices) - 1)
    chain.append(lower)
    for above, below in pairwise(chain):
        vertices[above].below.append(below)
        vertices[below].above.append(above)
    return chain


def _ordered(vertices: list[_Vertex], boxes: int) -> list[list[int]]:
    """Vertices per rank, from left to right, with as few crossings as the sweeps find."""
    rows: list[list[int]] = [[] for _ in range(max(vertex.rank for vertex in vertices) + 1)]
    seen: set[int] = set()
    todo = list(range(boxes - 1, -1, -1))
    while todo:
        index = todo.pop()
        if index not in seen:
            seen.add(index)
            rows[vertices[index].rank].append(index)
            todo.extend(reversed(vertices[index].below))
    best, fewest = [list(row) for row in rows], _crossings(vertices, rows)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        _sweep(vertices, rows, downward=sweep % 2 == 0)
        crossings = _crossings(vertices, rows)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _sweep(vertices: list[_Vertex], rows: list[list[int]], *, downward: bool) -> None:
    place = {index: position for row in rows for position, index in enumerate(row)}
    for row in rows if downward else reversed(rows):

        def mean(index: int) -> float:
            beside = vertices[index].above if downward else vertices[index].below
            return sum(place[each] for each in beside) / len(beside) if beside else place[index]

        row.sort(key=mean)
        place.update((index, position) for position, index in enumerate(row))


def _crossings(vertices: list[_Vertex], rows: list[list[int]]) -> int:
    """How many pairs of line pieces cross, counted rank by rank."""
    place = {index: position for row in rows for position, index in enumerate(row)}
    total = 0
    for row in rows:
        passed: list[int] = []
        for index in row:
            ends = sorted(place[each] for each in vertices[index].below)
            total += sum(len(passed) - bisect_right(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return total


def _shift(vertices: list[_Vertex], rows: list[list[int]]) -> None:
    """Give every vertex its x: near its neighbours, in order, at a distance."""
    for row in rows:
        _spread(vertices, row, [0.0] * len(row))
    for turn in range(SHIFTS):
        downward = turn % 2 == 0
        for row in rows if downward else reversed(rows):
            _spread(vertices, row, [_wish(vertices, index, downward) for index in row])
    for row in rows:
        _spread(vertices, row, [_wish(vertices, index, None) for index in row])


def _straighten(vertices: list[_Vertex], rows: list[list[int]], chains: list[list[int]]) -> None:
    """Give as long a run of each line as its neighbours leave room for one x, so that it goes straight down."""
    left = {right: index for row in rows for index, right in pairwise(row)}
    right = {index: beside for beside, index in left.items()}
    for chain in sorted(chains, key=len, reverse=True) * 2:
        run: list[int] = []
        low, high = float("-inf"), float("inf")
        for index in chain[1:-1]:
            from_x, to_x = _room(vertices, left.get(index), index, right.get(index))
            if max(low, from_x) > min(high, to_x):
                _align(vertices, run, low, high)
                run, low, high = [], float("-inf"), float("inf")
            run.append(index)
            low, high = max(low, from_x), min(high, to_x)
        _align(vertices, run, low, high)


def _room(vertices: list[_Vertex], left: int | None, index: int, right: int | None) -> tuple[float, float]:
    def apart(other: int) -> float:
        return (vertices[other].size.width + vertices[index].size.width) / 2 + GAP_ACROSS

    low = vertices[left].x + apart(left) if left is not None else float("-inf")
    high = vertices[right].x - apart(right) if right is not None else float("inf")
    return low - 1e-6, high + 1e-6


def _align(vertices: list[_Vertex], run: list[int], low: float, high: float) -> None:
    if run:
        mean = sum(vertices[index].x for index in run) / len(run)
        for index in run:
            vertices[index].x = min(max(mean, low), high)


def _wish(vertices: list[_Vertex], index: int, downward: bool | None) -> float:
    vertex = vertices[index]
    beside = vertex.above + vertex.below if downward is None else vertex.above if downward else vertex.below
    return sum(vertices[each].x for each in beside) / len(beside) if beside else vertex.x


def _spread(vertices: list[_Vertex], row: list[int], wishes: list[float]) -> None:
    """Least squares from the wishes under the row's order and distances: pool adjacent violators."""
    offsets, reach = [], 0.0
    for before, index in zip([None, *row], row, strict=False):
        if before is not None:
            reach += (vertices[before].size.width + vertices[index].size.width) / 2 + GAP_ACROSS
        offsets.append(reach)
    pools: list[tuple[float, float, int]] = []  # weighted sum, weight, how many
    for index, wish, offset in zip(row, wishes, offsets, strict=True):
        weight = vertices[index].weight
        pool = ((wish - offset) * weight, weight, 1)
        while pools and pools[-1][0] / pools[-1][1] >= pool[0] / pool[1]:
            before_it = pools.pop()
            pool = (pool[0] + before_it[0], pool[1] + before_it[1], pool[2] + before_it[2])
        pools.append(pool)
    values = [total / weight for total, weight, count in pools for _ in range(count)]
    for index, value, offset in zip(row, values, offsets, strict=True):
        vertices[index].x = value + offset


def _picture(
    boxes: Mapping[str, Size],
    vertices: list[_Vertex],
    rows: list[list[int]],
    chains: list[list[int]],
    backward: set[int],
) -> Layout:
    left = min(vertex.x - vertex.size.width / 2 for vertex in vertices) - MARGIN
    right = max(vertex.x + vertex.size.width / 2 for vertex in vertices) + MARGIN
    heights = [max((vertices[index].size.height for index in row), default=0.0) for row in rows]
    middles = [MARGIN + height / 2 + GAP_DOWN * rank for rank, height in enumerate(heights)]
    middles = [middle + sum(heights[:rank]) for rank, middle in enumerate(middles)]
    placed = [_placed(vertex, left, middles, heights) for vertex in vertices]
    named = {name: placed[index] for index, name in enumerate(boxes)}
    ports = _ports(vertices, placed, chains, len(boxes))
    rank_of = [(middle - height / 2, middle + height / 2) for middle, height in zip(middles, heights, strict=True)]
    paths, labels = [], []
    for number, chain in enumerate(chains):
        inner = [placed[index] for index in chain[1:-1]]
        label = inner[-1 if number in backward else 0]
        (out_x, out_y), (in_x, in_y) = ports[number]
        upper, lower = (rank_of[vertices[chain[end]].rank] for end in (0, -1))
        points = [(out_x, out_y), (out_x, upper[1])]
        points += [point for box in inner for point in _through(box)]
        points += [(in_x, lower[0]), (in_x, in_y)]
        if number in backward:
            points.reverse()
        paths.append(tuple(points))
        labels.append(label)
    height = middles[-1] + heights[-1] / 2 + MARGIN
    return Layout(right - left, height, named, tuple(paths), tuple(labels))


def _placed(vertex: _Vertex, left: float, middles: list[float], heights: list[float]) -> Box:
    """A bend is as high as its rank, so that its line passes straight between the boxes there."""
    bend = vertex.weight == BEND_WEIGHT
    size = Size(vertex.size.width, heights[vertex.rank]) if bend else vertex.size
    return Box(vertex.x - left, middles[vertex.rank], size)


def _through(box: Box) -> tuple[Point, Point]:
    return (box.x, box.top), (box.x, box.bottom)


def _ports(
    vertices: list[_Vertex], placed: list[Box], chains: list[list[int]], boxes: int
) -> list[tuple[Point, Point]]:
    """Where each line leaves its upper box and meets its lower one: side by side, in the order of what follows."""
    leaving: dict[int, list[int]] = {index: [] for index in range(boxes)}
    meeting: dict[int, list[int]] = {index: [] for index in range(boxes)}
    for number, chain in enumerate(chains):
        leaving[chain[0]].append(number)
        meeting[chain[-1]].append(number)
    tops: dict[int, Point] = {}
    bottoms: dict[int, Point] = {}
    for index in range(boxes):
        box = placed[index]
        for numbers, found, y, beside in ((leaving, tops, box.bottom, 1), (meeting, bottoms, box.top, -2)):
            order = sorted(numbers[index], key=lambda number: placed[chains[number][beside]].x)
            pitch = min(20.0, (box.size.width - 24) / max(1, len(order)))
            for place, number in enumerate(order):
                found[number] = (box.x + (place - (len(order) - 1) / 2) * pitch, y)
    return [(tops[number], bottoms[number]) for number in range(len(chains))]
