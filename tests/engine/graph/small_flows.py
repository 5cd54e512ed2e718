"""Small random flows, each with a second meaning written in plain Python to hold the engine against.

A `SmallFlow` is a tree of nodes. Every node can say itself as flow text and can be evaluated on a complete set of raw
answers, by rules written down here and nowhere in the engine: null logic, `when` and `otherwise`, hit policies.
`flows()` is the hypothesis strategy; `completions` lists all complete answer sets that agree with a partial one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from hypothesis import strategies as st

Answers = Mapping[str, Any]
UNSURE = "unsure"
OPTIONS = ("a", "b", "c")
GOALS = ("geen", "half", "heel")
FIRST, LAST = date(2025, 12, 31), date(2026, 1, 6)
POLICIES = ("first", "unique", "any", "priority")


@dataclass(frozen=True)
class Node:
    """An expression: its text in FEEL, and its value given what every name is."""

    text: str
    value: Callable[[Answers], Any]


@dataclass(frozen=True)
class FactOf:
    """A fact with everything that it can be answered with."""

    name: str
    lines: tuple[str, ...]
    domain: tuple[Any, ...]
    kind: str
    when: Node | None = None
    otherwise: Any = None

    def seen(self, raw: Answers, names: Answers) -> Any:
        """Its value: the answer, or `otherwise` where `when` is not true."""
        if self.when is not None and self.when.value(names) is not True:
            return self.otherwise
        return raw[self.name]


@dataclass(frozen=True)
class RowOf:
    """One row: conditions and a conclusion. Without conditions it is `else`."""

    conditions: tuple[Node, ...]
    output: Any


@dataclass(frozen=True)
class DecisionOf:
    """A decision: by formula, by rules, or by a table with one head for each column."""

    name: str
    kind: str
    options: tuple[str, ...] = ()
    formula: Node | None = None
    policy: str = "first"
    rows: tuple[RowOf, ...] = ()
    heads: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()

    def value(self, names: Answers) -> Any:
        """What follows from a complete set of values."""
        if self.formula is not None:
            found = self.formula.value(names)
            return found if self.kind != "boolean" or isinstance(found, bool) else None
        rows = [row for row in self.rows if row.conditions]
        holding = [row.output for row in rows if all(own.value(names) is True for own in row.conditions)]
        holding = holding or [row.output for row in self.rows if not row.conditions]
        if self.policy == "first":
            return holding[0] if holding else None
        if self.policy == "unique":
            return holding[0] if len(holding) == 1 else None
        if self.policy == "any":
            return holding[0] if len(set(holding)) == 1 else None
        return min(holding, key=self.options.index) if holding else None

    def lines(self) -> Iterator[str]:
        """The decision as lines of the flow file."""
        yield f"  {self.name}:"
        yield f"    type: {self.kind}"
        if self.options:
            yield f"    options: [{', '.join(self.options)}]"
        if self.formula is not None:
            yield f"    is: '{self.formula.text}'"
            return
        yield f"    hit: {self.policy}"
        if self.heads:
            yield "    table: |"
            yield f"      | {' | '.join(self.heads)} || {self.name} |"
            for row, cells in zip(self.rows, self.cells, strict=True):
                yield f"      | {' | '.join(cells)} || {row.output} |"
            return
        yield "    rules:"
        for row in self.rows:
            when = row.conditions[0].text if row.conditions else "else"
            yield f"      - {{when: '{when}', then: {row.output}}}"


@dataclass(frozen=True)
class SmallFlow:
    """A whole flow; its last decision is the goal."""

    facts: tuple[FactOf, ...]
    decisions: tuple[DecisionOf, ...]
    order: str = "author"
    outcomes: tuple[str, ...] = field(default=GOALS)

    @property
    def text(self) -> str:
        """The flow file."""
        lines = ["wegwijzer: 1", "flow: proef", "language: nl", "question: Mag het?", f"order: {self.order}"]
        lines += [f"goal: {self.decisions[-1].name}", "facts:"]
        for fact in self.facts:
            lines += [f"  {fact.name}:", *fact.lines, "    ask: Vraag?", "    why: Daarom."]
            if fact.when is not None:
                lines += [f"    when: '{fact.when.text}'", f"    otherwise: {_plain(fact.otherwise)}"]
        lines.append("decisions:")
        for decision in self.decisions:
            lines += decision.lines()
        lines.append("outcomes:")
        lines += [f"  {own}: {{kind: answer, text: Klaar}}" for own in self.outcomes]
        return "\n".join(lines) + "\n"

    def goal(self, raw: Answers) -> Any:
        """The outcome of a complete set of raw answers; None where the rules give none."""
        names: dict[str, Any] = {}
        for fact in self.facts:
            names[fact.name] = fact.seen(raw, names)
        for decision in self.decisions:
            names[decision.name] = decision.value(names)
        return names[self.decisions[-1].name]

    def completions(self, known: Answers) -> Iterator[dict[str, Any]]:
        """Every complete set of answers that agrees with `known`."""
        open_to = [(known[fact.name],) if fact.name in known else fact.domain for fact in self.facts]
        for values in product(*open_to):
            yield {fact.name: value for fact, value in zip(self.facts, values, strict=True)}

    def partial(self) -> Iterator[dict[str, Any]]:
        """Every set of answers, from none to all."""
        for values in product(*((_OPEN, *fact.domain) for fact in self.facts)):
            pairs = zip(self.facts, values, strict=True)
            yield {fact.name: value for fact, value in pairs if value is not _OPEN}


_OPEN = object()


def _plain(value: Any) -> str:
    if value is None:
        return "none"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


# --- facts ------------------------------------------------------------------------------------------------------


def _boolean(name: str) -> FactOf:
    return FactOf(name, ("    type: boolean",), (True, False), "boolean")


def _unsure(name: str) -> FactOf:
    return FactOf(name, ("    type: boolean", "    unsure: value"), (True, False, UNSURE), "unsure")


def _choice(name: str) -> FactOf:
    return FactOf(name, ("    type: choice", f"    options: [{', '.join(OPTIONS)}]"), OPTIONS, "choice")


def _integer(name: str) -> FactOf:
    return FactOf(name, ("    type: integer", "    min: 0", "    max: 4"), (0, 1, 2, 3, 4), "integer")


def _day(name: str) -> FactOf:
    days = tuple(date(2026, 1, day) for day in range(1, 6))
    return FactOf(name, ("    type: date", "    min: 2026-01-01", "    max: 2026-01-05"), days, "date")


def _choices(name: str) -> FactOf:
    lines = ("    type: choices", "    options: [p, q, r]", "    alone: [r]")
    return FactOf(name, lines, (("p",), ("q",), ("p", "q"), ("r",)), "choices")


MAKERS = (_boolean, _boolean, _choice, _integer, _integer, _day, _unsure, _choices)


# --- expressions ------------------------------------------------------------------------------------------------


def _compare(sign: str, left: Any, right: Any) -> Any:
    if sign in ("=", "!="):
        return (left == right) is (sign == "=")
    if left is None or right is None:
        return None
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]


def _all_of(values: list[Any]) -> Any:
    if any(value is False for value in values):
        return False
    return True if all(value is True for value in values) else None


def _any_of(values: list[Any]) -> Any:
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


def _not(value: Any) -> Any:
    return not value if isinstance(value, bool) else None


def _has(name: str, picked: tuple[str, ...]) -> Node:
    shown = ", ".join(f'"{option}"' for option in picked)
    return Node(
        f"has any({name}, [{shown}])",
        lambda names: None if names[name] is None else any(option in names[name] for option in picked),
    )


@st.composite
def _atom(draw: st.DrawFn, names: tuple[tuple[str, str], ...]) -> Node:
    """A test of one name."""
    name, kind = draw(st.sampled_from(names))
    if kind == "boolean":
        return draw(
            st.sampled_from([Node(name, lambda own: own[name]), Node(f"{name} = yes", lambda own: own[name] is True)])
        )
    if kind == "unsure":
        word, value = draw(st.sampled_from([("yes", True), ("no", False), ("unsure", UNSURE)]))
        return Node(f"{name} = {word}", lambda own: own[name] is value or own[name] == value)
    if kind == "choices":
        return _has(name, draw(st.sampled_from([("p",), ("q",), ("r",), ("p", "r")])))
    if kind == "choice":
        sign, option = draw(st.sampled_from(["=", "!="])), draw(st.sampled_from(OPTIONS))
        return Node(f'{name} {sign} "{option}"', lambda own: _compare(sign, own[name], option))
    if kind == "goal":
        option = draw(st.sampled_from(GOALS))
        return Node(f'{name} = "{option}"', lambda own: _compare("=", own[name], option))
    if kind == "date":
        sign, day = draw(st.sampled_from(["<", "<=", ">", ">=", "=", "!="])), draw(st.dates(FIRST, LAST))
        return Node(f'{name} {sign} date("{day}")', lambda own: _compare(sign, own[name], day))
    if draw(st.booleans()):
        low, high = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
        return Node(
            f"{name} in [{low}..{high}]",
            lambda own: _all_of([_compare(">=", own[name], low), _compare("<=", own[name], high)]),
        )
    sign, limit = draw(st.sampled_from(["<", "<=", ">", ">=", "=", "!="])), draw(st.integers(0, 4))
    return Node(f"{name} {sign} {limit}", lambda own: _compare(sign, own[name], limit))


def _both(left: Node, right: Node) -> Node:
    return Node(f"({left.text}) and ({right.text})", lambda names: _all_of([left.value(names), right.value(names)]))


def _either(left: Node, right: Node) -> Node:
    return Node(f"({left.text}) or ({right.text})", lambda names: _any_of([left.value(names), right.value(names)]))


def _negated(inner: Node) -> Node:
    return Node(f"not({inner.text})", lambda names: _not(inner.value(names)))


def _chosen(condition: Node, then: Node, otherwise: Node) -> Node:
    return Node(
        f"if {condition.text} then {then.text} else {otherwise.text}",
        lambda names: (then if condition.value(names) is True else otherwise).value(names),
    )


def conditions(names: tuple[tuple[str, str], ...]) -> st.SearchStrategy[Node]:
    """A test over `names` (pairs of name and kind)."""
    return st.recursive(
        _atom(names),
        lambda inner: st.one_of(
            st.builds(_both, inner, inner),
            st.builds(_either, inner, inner),
            st.builds(_negated, inner),
            st.builds(_chosen, inner, inner, inner),
        ),
        max_leaves=4,
    )


@st.composite
def points(draw: st.DrawFn, names: tuple[tuple[str, str], ...]) -> Node:
    """A sum of points: `(if x then 2 else 0) + ...`."""
    parts = draw(st.lists(st.tuples(_atom(names), st.integers(0, 3)), min_size=1, max_size=3))
    text = " + ".join(f"(if {own.text} then {many} else 0)" for own, many in parts)
    return Node(text, lambda all_: sum(many for own, many in parts if own.value(all_) is True))


# --- cells ------------------------------------------------------------------------------------------------------


@st.composite
def _cell(draw: st.DrawFn, name: str, kind: str) -> tuple[str, Node]:
    """A cell under the head `name`: its text, and what it means."""
    if draw(st.integers(0, 2)) == 0:
        return "-", Node("-", lambda own: True)
    if kind in ("boolean", "unsure"):
        word, value = draw(st.sampled_from([("yes", True), ("no", False)]))
        return word, Node(word, lambda own: own[name] is value)
    if kind in ("choice", "goal"):
        options = OPTIONS if kind == "choice" else GOALS
        picked = draw(st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True))
        if draw(st.booleans()):
            return ", ".join(picked), Node("", lambda own: own[name] in picked)
        return f"not({', '.join(picked)})", Node("", lambda own: own[name] not in picked)
    if kind == "choices":
        picked = draw(st.lists(st.sampled_from(["p", "q", "r"]), min_size=1, max_size=2, unique=True))
        word = draw(st.sampled_from(["has", "all", "only"]))
        tests = {
            "has": lambda own: own[name] is not None and any(option in own[name] for option in picked),
            "all": lambda own: own[name] is not None and all(option in own[name] for option in picked),
            "only": lambda own: bool(own[name]) and all(option in picked for option in own[name]),
        }
        return f"{word} {', '.join(picked)}", Node("", tests[word])
    if kind == "date":
        start, end = sorted(draw(st.tuples(st.dates(FIRST, LAST), st.dates(FIRST, LAST))))
        return f"[{start}..{end}]", Node("", lambda own: own[name] is not None and start <= own[name] <= end)
    low, high = sorted(draw(st.tuples(st.integers(0, 4), st.integers(0, 4))))
    if draw(st.booleans()):
        return f"< {high}", Node("", lambda own: _compare("<", own[name], high))
    return f"[{low}..{high}]", Node("", lambda own: own[name] is not None and low <= own[name] <= high)


# --- whole flows ------------------------------------------------------------------------------------------------


@st.composite
def _decision(draw: st.DrawFn, name: str, kind: str, names: tuple[tuple[str, str], ...]) -> DecisionOf:
    if kind == "boolean":
        return DecisionOf(name, kind, formula=draw(conditions(names)))
    if kind == "integer":
        return DecisionOf(name, kind, formula=draw(points(names)))
    policy = draw(st.sampled_from(POLICIES))
    count = draw(st.integers(1, 4))
    outputs = draw(st.lists(st.sampled_from(GOALS), min_size=count, max_size=count))
    if draw(st.booleans()):
        tests = draw(st.lists(conditions(names), min_size=count, max_size=count))
        rows = tuple(RowOf((test,), output) for test, output in zip(tests, outputs, strict=True))
        if draw(st.booleans()):
            rows = (*rows, RowOf((), draw(st.sampled_from(GOALS))))
        return DecisionOf(name, "choice", GOALS, policy=policy, rows=rows)
    heads = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    lines = [[draw(_cell(head, own)) for head, own in heads] for _ in range(count)]
    rows = tuple(RowOf(tuple(node for _, node in line), output) for line, output in zip(lines, outputs, strict=True))
    return DecisionOf(
        name,
        "choice",
        GOALS,
        policy=policy,
        rows=rows,
        heads=tuple(head for head, _ in heads),
        cells=tuple(tuple(text for text, _ in line) for line in lines),
    )


@st.composite
def _fact(draw: st.DrawFn, number: int, before: tuple[tuple[str, str], ...]) -> FactOf:
    made = draw(st.sampled_from(MAKERS))(f"f{number}")
    if not before or draw(st.integers(0, 2)):
        return made
    when = draw(conditions(before))
    choices = [None, made.domain[0]] if made.kind in ("boolean", "choice", "integer") else [None]
    return FactOf(made.name, made.lines, made.domain, made.kind, when, draw(st.sampled_from(choices)))


@st.composite
def flows(draw: st.DrawFn, most: int = 4) -> SmallFlow:
    """A flow of a few facts and decisions over decisions."""
    facts: list[FactOf] = []
    names: tuple[tuple[str, str], ...] = ()
    for number in range(draw(st.integers(2, most))):
        facts.append(draw(_fact(number, names)))
        names = (*names, (facts[-1].name, facts[-1].kind))
    decisions: list[DecisionOf] = []
    for number in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(["boolean", "integer", "choice"]))
        decisions.append(draw(_decision(f"d{number}", kind, names)))
        names = (*names, (f"d{number}", "goal" if kind == "choice" else kind))
    decisions.append(draw(_decision("doel", "choice", names)))
    return SmallFlow(tuple(facts), tuple(decisions))
