"""What `wegwijzer play` shows: the question as the citizen reads it, where things stand, and the reasons."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TextIO

from api.cli.play_answers import options_of
from engine.errors import worded
from engine.flow.keys import read_key
from engine.flow.model import FactType
from engine.graph.graph import Graph
from engine.harness.walk import WORKER, Walk
from engine.harness.why import insight
from engine.journey.events import Actor, ActorKind, Channel
from engine.lint.dutch import told
from ui_schema.build import page
from ui_schema.build_bench import because, known_facts
from ui_schema.flow_texts import beside, label_of, outcome_title, words
from ui_schema.notation import moment_words
from ui_schema.outcome import Remedy
from ui_schema.page import Page, PageKind
from ui_schema.scene import Wanted
from ui_schema.shape import Language
from ui_schema.texts import say

WIDEST = 92
SPOKEN = (Channel.PHONE, Channel.DESK)


class Screen:
    """Writes to one stream in one language."""

    def __init__(self, graph: Graph, language: Language, out: TextIO) -> None:
        self.graph = graph
        self.language = language
        self.out = out
        self.width = min(WIDEST, shutil.get_terminal_size().columns) if out.isatty() else WIDEST

    def line(self, text: str = "", indent: int = 0) -> None:
        """A line, folded where it is long."""
        pad = " " * indent
        folded = textwrap.wrap(text, self.width, initial_indent=pad, subsequent_indent=pad) or [""]
        print("\n".join(folded), file=self.out)

    def told(self, key: str, **values: object) -> None:
        """One of the product's own texts, line by line as it stands; folded where the terminal is narrower."""
        for text in say(self.language, key, **values).split("\n"):
            fits = len(text) <= self.width or not self.out.isatty()
            folded = text if fits else textwrap.fill(text, self.width, break_long_words=False, break_on_hyphens=False)
            print(folded, file=self.out)

    def opening(self) -> None:
        """What this is."""
        self.line(self.graph.flow.question.in_(self.language.value))
        self.told("dev.play.begin")
        self.told("dev.play.clock")

    def show(self, walk: Walk, asked: str) -> None:
        """Where the walk stands: the question, or what has become of it."""
        moment = moment_words(walk.at, self.language)
        channel = say(self.language, f"dev.channel.{walk.channel}")
        self.line()
        self.told("dev.play.at", moment=moment, channel=channel)
        if asked:
            if walk.told and walk.told[-1].kind == "ask":
                self._promised(walk)
            self._question(walk, asked)
            return
        made = page(self.graph, walk.now, self.language, Wanted(now=walk.at, history=tuple(walk.history)))
        self._page(made)
        self._steps(walk)

    def _question(self, walk: Walk, asked: str) -> None:
        key = read_key(asked)
        assert key is not None
        spec = self.graph.facts[key.path].spec
        look = Wanted(now=walk.at, kind=PageKind.QUESTION, fact=asked, asked=(asked,))
        made = page(self.graph, walk.now, self.language, look)
        field = made.form.fields[0] if made.form is not None else None
        spoken = field.say if field is not None and walk.channel in SPOKEN else ""
        label = spoken or (field.label if field is not None else made.title)
        unit = say(self.language, "dev.play.euro") if spec.type is FactType.MONEY else words(spec.unit, self.language)
        self.line(say(self.language, "dev.play.unit", label=label, unit=unit) if unit else label)
        help_ = field.help if field is not None else made.list.help if made.list is not None else ""
        if help_:
            self.line(help_, 2)
        for number, (_, label) in enumerate(options_of(spec, self.language), 1):
            self.line(f"{number}  {label}", 2)
        if spec.type is FactType.LIST:
            self.told("dev.play.count")
        if spec.type is FactType.CHOICES:
            self.told("dev.play.several")
        if spec.unsure is not None:
            self.told("dev.play.unsure")

    def choices(self, asked: str) -> str:
        """What may be answered, in one line; "" where something is typed."""
        key = read_key(asked)
        node = self.graph.facts.get(key.path) if key is not None else None
        options = options_of(node.spec, self.language) if node is not None else ()
        told = "; ".join(f"{number} {label}" for number, (_, label) in enumerate(options, 1))
        return say(self.language, "dev.play.choose", options=told) if told else ""

    def _promised(self, walk: Walk) -> None:
        """What a citizen who just asked for a person may count on."""
        wanted = Wanted(now=walk.at, kind=PageKind.STATUS, history=tuple(walk.history))
        for promise in page(self.graph, walk.now, self.language, wanted).promises[:1]:
            self.line(f"» {promise.text}")

    def _page(self, made: Page) -> None:
        self.line(f"» {made.title}")
        for text in (made.lead, *(made.outcome.paragraphs if made.outcome is not None else ())):
            if text:
                self.line(text, 2)
        promised = (*made.promises, *(made.outcome.next if made.outcome is not None else ()))
        for promise in promised:
            self.line(promise.text, 2)
        explained = made.outcome.explanation if made.outcome is not None else None
        if explained is not None and explained.short:
            self.line(explained.short, 2)
        if made.outcome is not None and made.outcome.remedy is not None:
            self._remedy(made.outcome.remedy)

    def _remedy(self, remedy: Remedy) -> None:
        """What the citizen can do against it, until when and with whom."""
        self.line(f"{remedy.title} {remedy.text}", 2)
        for key, value in (("remedy.until", remedy.until), ("remedy.at", remedy.at)):
            if value:
                self.line(f"{say(self.language, key)} {value}.", 2)

    def _steps(self, walk: Walk) -> None:
        mine = [f"do {step}" for step in walk.may().steps]
        if mine:
            self.told("dev.play.steps", steps=", ".join(mine))
        theirs = list(self._work(walk))
        if theirs:
            self.told("dev.play.work", steps=", ".join(theirs))

    def _work(self, walk: Walk) -> Iterator[str]:
        may = walk.may(Actor(kind=ActorKind.WORKER, id=WORKER))
        yield from (f"judge {fact} = ..." for fact in may.judge)
        for step in may.steps:
            yield f"work {step} {'|'.join(may.outcomes)}" if step == "propose" else f"work {step}"

    def why(self, walk: Walk, asked: str) -> None:
        """Why this is asked, what is still possible, what can no longer matter."""
        found = insight(self.graph, walk.now)
        if not asked:
            self.told("dev.play.nothing")
        else:
            key = read_key(asked)
            node = self.graph.facts.get(key.path) if key is not None else None
            why = words(node.spec.why, self.language) if node is not None else ""
            self.told("dev.play.reason", why=why or label_of(self.graph, asked, self.language))
            rows = because(self.graph, found, asked, self.language).rows
            for decision, number, concludes in rows:
                self.told("dev.play.row", decision=decision, number=number, concludes=concludes)
            if not rows:
                self.line(say(self.language, "dev.try.why_need"), 2)
        for lost in found.given_up:
            label, reason = label_of(self.graph, lost.decision, self.language), told(worded(lost.why), self.language)
            self.told("dev.play.given_up", decision=label, why=reason)
        names = [outcome_title(self.graph, own, self.language) for own in found.outcomes]
        self.told("dev.play.open", outcomes="; ".join(names))
        if found.settled:
            labels = [label_of(self.graph, own, self.language) for own in found.settled]
            self.told("dev.play.settled", facts="; ".join(labels))

    def answers(self, walk: Walk) -> None:
        """What is known, and from whom."""
        known = list(known_facts(walk, self.language))
        for own in known:
            self.line(f"{beside(own.label, own.value)} ({own.supplier})", 2)
        if not known:
            self.line(say(self.language, "dev.try.known_none"), 2)

    def questions(self, walk: Walk) -> None:
        """Every question that may be answered now."""
        asks = walk.may().questions
        for ask in asks:
            self.line(f"{ask.fact}: {label_of(self.graph, ask.fact, self.language)}", 2)
        if not asks:
            self.told("dev.play.nothing")
