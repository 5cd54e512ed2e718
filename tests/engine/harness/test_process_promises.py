"""Promises about steps, rights, suppliers and people's time: for each what keeps it and what breaks it."""

from __future__ import annotations

import pytest

from engine.errors import FlowError
from engine.harness.finding import Finding
from tests.engine.harness.test_process_proof import proven

GUARDED = """
    | again | confirm =>
    | again | confirm | worker | oordeel | closed | - |
    | again | confirm | worker | else | stay | task kijk |
"""
NO_LETTER = (
    "tasks: =>\n"
    "channels: {web: {}, phone: {number: 088 000 0000, open: [mo-fr 09:00-17:00]}, "
    'desk: {where: "Plein 1", open: [mo-fr 09:00-17:00]}}\n'
    "tasks:"
)
OF_ARTS = "tasks: =>\ncontact: {dispute: {skill: arts}}\ntasks:"
ONLY_IN_HASTE = """
    | decided | object =>
    | decided | object | citizen | haast | again | task kijk |
    | decided | object | citizen | else | stay | task kijk |
"""
KEPT = [
    ("always: {event: object, reaches: [closed, again], does: task kijk, skill: s}", ""),
    ("always: {event: late, in: [judging, second], reaches: worker, by: clock}", ""),
    ("always: {enters: decided, by: worker, does: [publish]}", ""),
    ("always: {enters: judging, reaches: worker, skill: s}", ""),
    ("always: {fact: [haast, past], by: citizen}", ""),
    ("always: {fact: oordeel, by: worker}", ""),
    ("never: {enters: closed, in: judging}", ""),
    ("never: {event: late, does: publish}", ""),
    ("never: {enters: closed, in: again, event: confirm, when: not(oordeel)}", GUARDED),
    ("never: {event: confirm, does: task kijk, when: oordeel}", GUARDED),
    ("every: {enters: again, passes: decided}", ""),
    ("every: {enters: decided, passes: [propose, agree]}", ""),
    ("may: {step: object, in: decided}", ""),
    ("may: {step: object, in: decided}", ONLY_IN_HASTE),
    ("may: {step: object, in: decided, reaches: again, when: haast}", ONLY_IN_HASTE),
    ("may: {step: object, not_in: [asking, judging, second, missing, again]}", ""),
    ("always: {event: switch_channel, reaches: [web, phone, letter]}", ""),
    ("always: {event: dispute, reaches: worker, skill: arts}", OF_ARTS),
    ("always: {event: ask_person, reaches: worker, skill: behandelaar}", OF_ARTS),
    ("within: {from: submit, to: worker, length: P1W}", ""),
    ("within: {from: decided, to: again, length: P6W}", ""),
    ("within: {from: ask_person, to: worker, length: {working_hours: 8}}", ""),
]
FREE = """
    | again | confirm =>
    | again | confirm | worker | oordeel or past | closed | - |
    | again | confirm | worker | else | stay | task kijk |
"""
HOURS = """
    kijk: {skill =>
    kijk: {skill: s, within: {working_hours: 9}, text: "Kijk hiernaar."}
"""
BROKEN = [
    ("always: {event: object, reaches: [closed, decided]}", "", "it is not in `closed` or `decided`"),
    ("always: {event: object, does: tell}", "", "there is no `tell`"),
    ("always: {event: object, skill: arts}", "", "it comes to `s`, not to `arts`"),
    ("always: {event: confirm, skill: s}", "", "no `s` has it"),
    ("always: {enters: closed, by: worker}", "", "it was the step of the clock"),
    ("always: {event: ask_person, skill: s}", "", "comes to `behandelaar`"),
    ("always: {event: dispute, skill: behandelaar}", OF_ARTS, "comes to `arts`"),
    ("always: {event: switch_channel, reaches: [web, letter]}", NO_LETTER, "does not reach letter"),
    ("always: {fact: oordeel, by: citizen}", "", "`oordeel` comes from worker"),
    ("always: {fact: past, by: [register, citizen]}", "", "`past` comes from citizen"),
    ("never: {enters: closed, in: asking}", "", "there is a step into `closed` from `asking`"),
    ("never: {enters: closed, event: confirm, when: not(oordeel)}", "", "although not(oordeel)"),
    ("never: {enters: closed, event: confirm, when: not(oordeel)}", FREE, "although not(oordeel)"),
    ("every: {enters: again, passes: second}", "", "can come to `again` without having passed `second`"),
    ("every: {enters: decided, passes: agree}", "", "without having passed `agree`"),
    ("may: {step: object, in: [decided, missing]}", "", "in `missing` there is no `object` for everybody"),
    ("may: {step: object, not_in: asking}", "", "there is no `object`"),
    ("may: {step: object, in: decided, reaches: closed}", "", "there is no `object` to `closed` for everybody"),
    (
        "may: {step: object, in: decided, reaches: again}",
        ONLY_IN_HASTE,
        "there is no `object` to `again` for everybody",
    ),
    ("may: {step: object, in: decided, reaches: again, when: past}", ONLY_IN_HASTE, "to `again` although past"),
    ("within: {from: submit, to: worker, length: P6D}", "", "a task is due within P1W"),
    ("within: {from: submit, to: worker, length: {working_hours: 8}}", "", "in the same unit"),
    ("within: {from: submit, to: worker, length: {working_hours: 8}}", HOURS, "within 9 working hours"),
    ("within: {from: propose, to: worker, length: P1W}", "", "nobody has to do it"),
    ("within: {from: decided, to: again, length: P5W}", "", "can take 42 days, and P5W is 35 days"),
    ("within: {from: ask_person, to: worker, length: {working_hours: 3}}", "", "within 4 working hours"),
]
EMPTY = [
    ("always: {event: nooit, does: tell}", "the event `nooit`"),
    ("always: {event: submit, enters: decided, does: tell}", "there is never `submit` into `decided`"),
    ("never: {enters: nergens}", "the place `nergens`"),
    ("may: {step: nooit, in: decided}", "the event `nooit`"),
    ("may: {step: object, in: nergens}", "the place `nergens`"),
    ("every: {enters: decided, passes: nooit}", "the place or event `nooit`"),
    ("within: {from: nooit, to: worker, length: P1W}", "the event `nooit`"),
    ("within: {from: submit, to: decided, length: {working_hours: 8}}", "cannot be counted"),
]
NO_PROMISE = [
    "never: {outcome: nee}",
    "never: {outcome: nee, enters: closed, when: past}",
    "never: {when: past}",
    "every: {passes: decided}",
    "every: {outcome: nee, enters: decided, passes: second}",
    "always: {event: object}",
    "always: {reaches: worker}",
    "always: {fact: past}",
    "always: {fact: past, event: object, by: citizen}",
    "may: {step: object}",
    "may: {step: object, in: decided, not_in: asking}",
]


def promised(promise: str, changes: str = "") -> list[Finding]:
    """What is found about the promise; anything else that is found is no part of it."""
    proof = proven(promise, changes)
    assert not proof.not_proven
    return [own for own in proof.findings if own.problem.code.startswith("P-PROMISE")]


@pytest.mark.parametrize(("promise", "changes"), KEPT)
def test_a_promise_is_kept(promise: str, changes: str) -> None:
    """Nothing is found where the process does what was promised."""
    assert promised(promise, changes) == []


@pytest.mark.parametrize(("promise", "changes", "words"), BROKEN)
def test_a_promise_is_broken(promise: str, changes: str, words: str) -> None:
    """What breaks it is said, and a way or a citizen shows it; who supplies a fact needs neither."""
    [own] = promised(promise, changes)
    assert own.problem.code == "P-PROMISE"
    assert words in own.problem.message
    assert (
        own.way
        or own.witness
        or "comes" in own.problem.message
        or "everywhere" in own.problem.message
        or "`ask_person`" in own.problem.message
    )


@pytest.mark.parametrize(("promise", "words"), EMPTY)
def test_a_promise_about_what_never_comes_says_so(promise: str, words: str) -> None:
    """A misspelt name does not keep a promise."""
    [own] = promised(promise)
    assert own.problem.code == "P-PROMISE-EMPTY"
    assert words in own.problem.message


@pytest.mark.parametrize("promise", NO_PROMISE)
def test_half_a_promise_does_not_load(promise: str) -> None:
    """A promise says of what, and what."""
    with pytest.raises(FlowError):
        proven(promise)


def test_a_citizen_shows_why_a_step_should_not_be_there() -> None:
    """The witness is somebody for whom the guard holds and the promise does not."""
    [own] = promised("never: {enters: closed, event: confirm, when: not(oordeel)}", FREE)
    assert own.witness is not None
    assert (own.witness["oordeel"], own.witness["past"]) == ("no", "yes")
    assert own.way
