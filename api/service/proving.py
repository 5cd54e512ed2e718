"""What lint and the proof say of a flow, save after save: here, or in a process of its own while scenarios run here.

    Proving().told(text, file) -> Told(problems, proof)      here
    Apart().ask(text, file), then .answer()                  there: another processor works meanwhile

Both say the same: the process beside this one reads the same text and remembers as much of what was proven. It ends
when this one does, however that ends: its pipe is closed then. Where it cannot be had, or is gone, nothing is lost but
time. Made by `api.service.warm`; tests: tests/api/service/test_proving.py.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import NamedTuple

from api.service.drafts import LastRead
from engine.errors import Problem
from engine.flow.model import Text
from engine.graph.graph import Graph
from engine.harness.affected import Prints, prints
from engine.harness.prove import Proof, prove
from engine.harness.proven import Proven
from engine.harness.solver import make_ready

QUESTIONS = 3
"""To how many questions to z3 one edit leads, mostly."""


class Told(NamedTuple):
    """What was found of a flow that can be used; nothing of one that cannot."""

    problems: tuple[Problem, ...]
    proof: Proof | None


class Proving:
    """Remembers the proof of one flow between saves."""

    def __init__(self) -> None:
        self._last = LastRead()
        self._graph: Graph | None = None
        self._words = ""
        self._asks: list[Text | None] = []
        self._proof: Proof | None = None
        self._proven = Proven()

    def told(self, text: str, file: str) -> Told:
        """What lint and the proof say of this text."""
        graph, problems = self._last.checked(text, file)
        return Told((), None) if graph is None else Told(problems, self.proof(graph))

    def make_ready(self) -> None:
        """What can be done for the next version before there is one."""
        make_ready(QUESTIONS)

    def proof(self, graph: Graph, now: Prints | None = None) -> Proof:
        """The proof; that of the version before where this one differs in words alone and nothing was found."""
        if self._proof is not None and graph is self._graph:
            return self._proof
        words = (now or prints(graph)).words
        asks = [node.spec.ask for node in graph.facts.values()]
        same = words == self._words and asks == self._asks
        if self._proof is None or not (same and self._proof.is_clean):
            self._proof = prove(graph, proven=self._proven)
        self._graph, self._words, self._asks = graph, words, asks
        return self._proof


class Apart:
    """A `Proving` in another process. One question at a time."""

    def __init__(self) -> None:
        sys.stdout.flush()
        context = multiprocessing.get_context("fork")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, self._pipe), daemon=True)
        self._process.start()
        other.close()
        self._asked: tuple[str, str] | None = None
        self._told: Told | None = None

    @classmethod
    def where_it_helps(cls) -> Apart | None:
        """One, where another processor is free for it and a process can be split in two safely."""
        can = sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1
        return cls() if can else None

    @property
    def pid(self) -> int | None:
        """The process."""
        return self._process.pid

    def ask(self, text: str, file: str) -> None:
        """Let it begin. What was asked last is not worked out again."""
        if self._asked == (text, file):
            return
        if self._asked is not None:
            self.answer()  # else both could wait for the other to listen
        self._asked, self._told = (text, file), None
        with contextlib.suppress(OSError):  # it is gone: `answer` says so
            self._pipe.send(self._asked)

    def answer(self) -> Told | None:
        """What it says of what was asked; None where it is gone."""
        if self._told is None:
            try:
                self._told = self._pipe.recv()
            except (EOFError, OSError):
                self._asked = None
        return self._told

    def end(self) -> None:
        """Nothing will be asked any more."""
        self._pipe.close()
        self._process.join()


def _serve(pipe: Connection, other: Connection) -> None:
    """Answer until nobody asks any more. Ctrl-C reaches both processes, and this one ends with the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    other.close()
    gc.freeze()
    proving = Proving()
    with contextlib.suppress(EOFError, OSError):
        while True:
            text, file = pipe.recv()
            gc.disable()
            pipe.send(proving.told(text, file))
            gc.enable()
            gc.collect()
            proving.make_ready()
