"""Checks on the process, tasks, channels and contact that need no compiled machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.errors import Problem, worded
from engine.flow.checks.scope import Scope
from engine.flow.model import Place, Process
from engine.flow.positions import Path

STANDARD_TERMS: Final = frozenset({"decide", "object"})
"""The terms of standard@1."""


def check_process(scope: Scope) -> Iterator[Problem]:
    """Terms that places name, places that are also ends, channels that contact names."""
    if scope.flow.process:
        yield from _places(scope, scope.flow.process)
    yield from _contact(scope)


def _places(scope: Scope, process: Process) -> Iterator[Problem]:
    terms = set(process.terms) | (STANDARD_TERMS if process.base == "standard@1" else set())
    for name, place in process.places.items():
        path = ("process", "places", name)
        for key in ("under", "suspends"):
            if term := getattr(place, key):
                yield from scope.missing((*path, key), term, terms, "term")
        yield from _asks(scope, path, place)
        if name in process.ends:
            message = worded("`{name}` is a place and an end.", name=name)
            yield scope.at_key(path, "E-NAME-TWICE", message, worded("Give one of them another name."))
    for name, legal in process.terms.items():
        yield from scope.source(("process", "terms", name, "source"), legal.source)
    if process.base == "none" and not (process.places and process.steps):
        message = worded("A process from none needs `places` and `steps`.")
        yield scope.at_key(
            ("process",), "E-MISSING", message, worded("Add them, or leave `from` out for the standard.")
        )


def _asks(scope: Scope, path: Path, place: Place) -> Iterator[Problem]:
    """What a place asks, where questions are asked; and time at least, where a date is waited for."""
    for number, name in enumerate(place.needs):
        yield from scope.missing((*path, "needs", number), name, {*scope.flow.decisions, *scope.flow.facts}, "fact")
    if place.needs and place.does != "questions":
        message = worded("`needs` of a place is asked there, and in this place no questions are asked.")
        yield scope.at_key((*path, "needs"), "E-NEEDS", message, worded("Write does: questions, or leave `needs` out."))
    if place.at_least and not place.until:
        message = worded("`at_least` belongs to the date of `until`, and this place has none.")
        yield scope.at_key((*path, "at_least"), "E-KEY-TYPE", message, worded("Write `within`, or add `until`."))


def _contact(scope: Scope) -> Iterator[Problem]:
    channels = scope.flow.channels
    for kind, contact in scope.flow.contact.items():
        for number, channel in enumerate(contact.over if channels else ()):
            path = ("contact", kind, "over", number)
            yield from scope.missing(path, channel, [str(name) for name in channels], "channel")
