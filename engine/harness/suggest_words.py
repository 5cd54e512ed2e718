"""Suggestions as a scenario file: the usual citizen on top, what differs with each, what happens, what came of it.

Called by `wegwijzer test --suggest`; tests: tests/engine/harness/test_coverage.py, test_suggest.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from engine.errors import together, worded
from engine.harness.scenario import Scenario, Then
from engine.harness.suggest import Suggestion
from engine.lint.dutch import told

TO_REVIEW = worded("To review: each `expect` is what the engine did, not what somebody decided that it should do.")
WIDTH = 120
LONGEST = 100  # characters of `then` on one line


def written(suggestions: Sequence[Suggestion], language: str = "en") -> str:
    """The suggestions as the text of a scenario file, with its remarks in a language."""
    usual = dict(suggestions[0].scenario.answers)
    for own in suggestions[1:]:
        usual = {fact: value for fact, value in usual.items() if own.scenario.answers.get(fact) == value}
    days = {own.scenario.as_of for own in suggestions}
    lines = [f"# {told(TO_REVIEW, language)}"]
    if len(days) == 1:
        lines.append(f"as_of: {min(days)}")
    lines += [f"citizen: {_inline(usual)}", "scenarios:"]
    for own in suggestions:
        lines += _one(own, usual, language, dated=len(days) > 1)
    return "\n".join(lines) + "\n"


def _one(own: Suggestion, usual: Mapping[str, Any], language: str, *, dated: bool) -> Iterator[str]:
    scenario = own.scenario
    review = worded("review: covers {names}", names=together(own.covers))
    yield from wrap(told(review, language), WIDTH, initial_indent="  # ", subsequent_indent="  #   ")
    yield f"  {_quoted(told(own.name, language))}:"
    if dated:
        yield f"    as_of: {scenario.as_of}"
    if scenario.registers:
        yield f"    registers: {_inline(scenario.registers)}"
    differs = {fact: value for fact, value in scenario.answers.items() if usual.get(fact) != value}
    if differs:
        yield f"    with: {_inline(differs)}"
    if scenario.worker is not None:
        yield f"    worker: {_inline({'judge': dict(scenario.worker.judge)})}"
    if scenario.wishes.stop_after:
        yield f"    wishes: {_inline({'stop_after': scenario.wishes.stop_after})}"
    yield from _happens(scenario, language)
    yield f"    expect: {_inline(own.expect)}"


def _happens(scenario: Scenario, language: str) -> Iterator[str]:
    """`then`, on one line where that is short."""
    lines = [_inline(_line(then, language)) for then in scenario.then]
    if lines and sum(map(len, lines)) <= LONGEST:
        yield f"    then: [{', '.join(lines)}]"
    elif lines:
        yield "    then:"
        yield from (f"      - {line}" for line in lines)


def _line(then: Then, language: str) -> Mapping[str, Any]:
    """What was said of a line, and no more."""
    said = then.model_dump(mode="json", by_alias=True, exclude_unset=True)
    said = {key: value for key, value in said.items() if value not in ("", {})}
    return {**said, "motive": told(then.motive, language)} if then.motive else said


def _inline(value: Any) -> str:
    """A value in one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_inline(own)}" for key, own in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    """A text that YAML reads as it is, with quotes where it needs them."""
    plain_text = text and not (set(text) & set(",{}[]:#&*!|>'\"%@`")) and text == text.strip() and text[0] not in "-?"
    return text if plain_text else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
