"""Pairs of versions of a small flow: an old one and what a small edit makes of it. Called by test_moving_pairs.

Sketch(...)       a flow of a few facts, a rule, outcomes and a place of its own, as values
EDITS             what an author may do to it between two versions; each takes a chance
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from engine.graph.graph import Graph
from engine.graph.load import load_flow

KINDS = ("boolean", "choice", "integer", "date")
TESTS = {
    "boolean": "{name}",
    "choice": '{name} = "een"',
    "integer": "{name} < 20",
    "date": '{name} < date("2015-01-01")',
}
HEAD = """
wegwijzer: 1
flow: proef
language: nl
question: Mag het?
goal: doel
sources: {awb: {bwb: BWBR0005537, article: "6:7", title: "Awb"}}
"""


@dataclass(frozen=True)
class Known:
    """One fact of the sketch."""

    kind: str
    suppliers: str = "citizen"
    options: tuple[str, ...] = ("een", "twee", "drie")
    least: int = 0
    most: int = 100
    help: str = ""

    def line(self, name: str) -> str:
        """Its line in the file."""
        more = {
            "choice": ", options: {" + ", ".join(f'{own}: "{own}"' for own in self.options) + "}",
            "integer": f", min: {self.least}, max: {self.most}",
        }.get(self.kind, "")
        skill = ", skill: kijken" if "worker" in self.suppliers else ""
        words = f'ask: "Wat is {name}?", why: "Daarom.", help: "{self.help or name}"'
        return f"  {name}: {{type: {self.kind}, from: [{self.suppliers}]{skill}{more}, {words}}}\n"


@dataclass(frozen=True)
class Sketch:
    """A flow. `rule` are the facts of the rule, all of which must hold; `needs` those that the outcomes want."""

    facts: Mapping[str, Known]
    rule: tuple[str, ...]
    yes: str = "wel"
    no: str = "niet"
    kind: str = "grant"
    needs: tuple[str, ...] = ()
    turned: bool = False
    check: str = ""
    place: str = "wachten"
    term: str = "kijken_in"
    extra: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The flow file."""
        whether = " and ".join(TESTS[self.facts[name].kind].format(name=name) for name in self.rule)
        yes, no = (self.no, self.yes) if self.turned else (self.yes, self.no)
        rule = f'if {whether} then "{yes}" else "{no}"'
        lines = "".join(own.line(name) for name, own in self.facts.items())
        needs = f", needs: [{', '.join(self.needs)}]" if self.needs else ""
        checks = f'checks: [{{must: {self.check}, say: "Dat kan niet samen."}}]\n' if self.check else ""
        return (
            f"{HEAD}facts:\n{lines}{checks}decisions:\n"
            f"  doel: {{type: choice, options: [{self.yes}, {self.no}], is: '{rule}'}}\n"
            f"outcomes:\n  {self.yes}: {{kind: {self.kind}{needs}, text: Ja}}\n"
            f"  {self.no}: {{kind: refusal{needs}, text: Nee, "
            f"remedy: {{kind: bezwaar, at: ons, within: P6W, source: awb}}}}\n"
            f"process:\n  terms: {{{self.term}: {{starts: park, ends: [withdrawn, closed], length: P8W}}}}\n"
            f"  places:\n    {self.place}: "
            f"{{who: worker, does: judge, under: {self.term}, skill: kijken, title: Wacht}}\n"
            f"  steps: |\n    | from | event | by | if | to | do |\n"
            f"    | checking | park | citizen | - | {self.place} | task beoordelen |\n"
            f"    | {self.place} | back | worker | - | closed | - |\n"
            f"    | {self.place} | late | clock | - | stay | task teamleider |\n"
        )

    def graph(self) -> Graph:
        """Compiled."""
        return load_flow(self.text(), "proef.yaml")


def sketch(chance: random.Random) -> Sketch:
    """Any flow of three to five facts, of which two or three decide."""
    facts = {f"f{number}": Known(chance.choice(KINDS)) for number in range(chance.randrange(3, 6))}
    names = list(facts)
    if chance.random() < 0.4:
        facts[names[-1]] = replace(facts[names[-1]], suppliers="register:brp.iets, citizen")
    rule = tuple(names[: chance.randrange(2, 4)])
    needs = tuple(names[len(rule) :]) if chance.random() < 0.5 else ()
    return Sketch(facts, rule, kind=chance.choice(("grant", "answer")), needs=needs)


def _edit(old: Sketch, name: str, **changes: object) -> Sketch:
    return replace(old, facts={**old.facts, name: replace(old.facts[name], **changes)})  # type: ignore[arg-type]


def _renamed(old: Sketch, name: str, new: str) -> Sketch:
    facts = {new if own == name else own: known for own, known in old.facts.items()}
    rule = tuple(new if own == name else own for own in old.rule)
    return replace(old, facts=facts, rule=rule, needs=tuple(new if own == name else own for own in old.needs))


def words(old: Sketch, chance: random.Random) -> Sketch:
    return _edit(old, chance.choice(list(old.facts)), help="Andere woorden.")


def rename(old: Sketch, chance: random.Random) -> Sketch:
    return _renamed(old, chance.choice(list(old.facts)), "nieuw")


def drop(old: Sketch, chance: random.Random) -> Sketch:
    name = chance.choice(list(old.facts))
    facts = {own: known for own, known in old.facts.items() if own != name}
    rule = tuple(own for own in old.rule if own != name) or tuple(list(facts)[:1])
    return replace(old, facts=facts, rule=rule, needs=tuple(own for own in old.needs if own != name))


def retype(old: Sketch, chance: random.Random) -> Sketch:
    name = chance.choice(list(old.facts))
    return _edit(old, name, kind=chance.choice([kind for kind in KINDS if kind != old.facts[name].kind]))


def limits(old: Sketch, chance: random.Random) -> Sketch:
    name = chance.choice(list(old.facts))
    return _edit(old, name, most=chance.choice((10, 30, 200)), options=("een", "drie"))


def only_worker(old: Sketch, chance: random.Random) -> Sketch:
    return _edit(old, chance.choice(list(old.facts)), suppliers="worker")


def one_more(old: Sketch, chance: random.Random) -> Sketch:
    more = replace(old, facts={**old.facts, "erbij": Known(chance.choice(KINDS))})
    return (
        replace(more, rule=(*old.rule, "erbij"))
        if chance.random() < 0.5
        else replace(more, needs=(*old.needs, "erbij"))
    )


def less(old: Sketch, chance: random.Random) -> Sketch:
    return replace(old, rule=old.rule[:-1] or old.rule)


def turn(old: Sketch, chance: random.Random) -> Sketch:
    return replace(old, turned=True)


def outcome(old: Sketch, chance: random.Random) -> Sketch:
    return replace(old, yes="ja") if chance.random() < 0.5 else replace(old, no="nee")


def place(old: Sketch, chance: random.Random) -> Sketch:
    return replace(old, place="rusten") if chance.random() < 0.5 else replace(old, term="andere_termijn")


def checked(old: Sketch, chance: random.Random) -> Sketch:
    name = chance.choice(list(old.facts))
    return replace(old, check=f"'not({TESTS[old.facts[name].kind].format(name=name)})'")


EDITS: tuple[Callable[[Sketch, random.Random], Sketch], ...] = (
    words,
    rename,
    drop,
    retype,
    limits,
    only_worker,
    one_more,
    less,
    turn,
    outcome,
    place,
    checked,
    limits,
    one_more,
    checked,
)
