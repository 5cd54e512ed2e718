"""Two versions whose lists of options differ: every set of options that both take, none that one of them refuses."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.compare import compare
from engine.harness.compare_shifts import LOSES

FLOW = """
wegwijzer: 1
flow: hulp
language: nl
question: Krijg ik hulp?
goal: hulp
facts:
  soort: {type: choices, options: {%(options)s}%(alone)s, ask: "Wat hebt u?", why: "Daarom."}
decisions:
  hulp:
    type: choice
    options: [ja, nee]
    hit: first
    table: |
      | soort   || hulp |
      | %(test)s || ja  |
      | -       || nee  |
outcomes:
  ja: {kind: answer, rank: 1, text: "Ja."}
  nee: {kind: answer, rank: 0, text: "Nee."}
"""


def flow(options: str, test: str, alone: str = "") -> str:
    named = ", ".join(f'{own}: "Optie {own}"' for own in options)
    return FLOW % {"options": named, "test": test, "alone": f", alone: [{alone}]" if alone else ""}


@pytest.mark.parametrize("options", ["pqr", "pqrs", "pqrst", "pqrstu", "pqrstuv"])
@pytest.mark.parametrize("more", ["{}z", "z{}"])
@pytest.mark.parametrize("back", [False, True])
def test_an_option_more_or_less_hides_nobody(options: str, more: str, back: bool) -> None:
    """However long the list is and wherever the option stands, who loses is named, with everything compared."""
    old, new = load_flow(flow(options, "has p, q")), load_flow(flow(more.format(options), "has p"))
    found = compare(new, old) if back else compare(old, new)
    (shift,) = found.shifts
    assert found.open == ()
    assert (shift.effect == LOSES) is not back
    assert [group.rule for group in shift.groups] == ["soort has q and has not p"]
    assert shift.groups[0].witness["soort"] == "[q]"
    assert shift.share == pytest.approx(0.25)


@pytest.mark.parametrize("options", ["pqr", "pqrstu"])
def test_the_same_options_in_another_order_are_compared(options: str) -> None:
    """The order of options is a difference on the page alone."""
    turned = "".join(reversed(options))
    found = compare(load_flow(flow(options, "has p, q")), load_flow(flow(turned, "has p, q")))
    assert (found.shifts, found.open) == ((), ())
    found = compare(load_flow(flow(options, "has p, q")), load_flow(flow(turned, "has p")))
    assert [own.effect for own in found.shifts] == [LOSES]


@pytest.mark.parametrize("options", ["pqrs", "pqrstu", "pqrstuv"])
@pytest.mark.parametrize(("before", "after"), [("has p, q", "has p"), ("all p, q", "has q"), ("only p, s", "only p")])
def test_groups_of_options_agree_with_trying_every_set(options: str, before: str, after: str) -> None:
    """Where an option goes alone, a set with another is nobody: the share is that of all sets that are answers."""
    old, new = load_flow(flow(options, before, "s")), load_flow(flow(options + "z", after, "s"))
    sets = [list(own) for size in range(1, len(options) + 1) for own in combinations(options, size)
            if size < 2 or "s" not in own]  # fmt: skip
    moved = [own for own in sets if _outcome(old, own) != _outcome(new, own)]
    found = compare(old, new)
    assert sum(shift.share or 0 for shift in found.shifts) == pytest.approx(len(moved) / len(sets))
    shown = [group.witness["soort"] for shift in found.shifts for group in shift.groups]
    assert all(own in {f"[{', '.join(each)}]" for each in moved} for own in shown)
    assert bool(shown) is bool(moved)


def _outcome(graph: object, chosen: list[str]) -> object:
    return View(graph, {"soort": chosen}).value("hulp")  # type: ignore[arg-type]


def test_each_option_is_a_difference_of_its_own() -> None:
    """What is new of a long list is told by name, not as two long lists."""
    found = compare(load_flow(flow("pqrstuv", "has p")), load_flow(flow("pqrstuvz", "has p")))
    assert [own.what for own in found.changes] == ["facts soort, options, z: only in new: “Optie z”"]


def test_texts_that_differ_where_nobody_looks_are_two_differences() -> None:
    """What was approved of a long text is not approved of another one that begins the same."""
    long = "Dit is een lange tekst die begint zoals elke andere tekst van dit proces, en dan nog veel verder gaat. " * 3
    old, *new = (
        load_flow(flow("pqr", "has p").replace("Nee.", f"{long}{own}")) for own in ("", "Een woord.", "Twee woorden.")
    )
    first, then = (compare(old, own).keys() for own in new)
    assert len(first) == len(then) == 1
    assert first != then


def test_a_question_that_is_new_is_told_with_of_whom_it_is_asked() -> None:
    """Whoever is asked more is named by the condition of the question, also where nobody's outcome moves."""
    old = flow("pqr", "has p")
    more = '  boot: {type: boolean, when: count(soort) > 2, ask: "Hebt u een boot?", why: "Daarom."}\ndecisions:'
    new = old.replace("decisions:", more, 1).replace('rank: 1, text: "Ja."', 'rank: 1, needs: [boot], text: "Ja."')
    found = compare(load_flow(old), load_flow(new))
    assert found.shifts == ()
    assert "facts boot: only in new: “Hebt u een boot?” (when count(soort) > 2)" in [own.what for own in found.changes]


@pytest.mark.parametrize("more", [0, 1])
def test_of_more_than_sixty_options_the_one_that_changed_is_named(more: int) -> None:
    """A choice of 90 options is one question in both versions, also where one of them has an option more."""

    def one_of_many(own: str, options: int) -> str:
        names = ", ".join(f"g{at:02}" for at in range(options))
        text = FLOW.replace("type: choices, options: {%(options)s}%(alone)s", f"type: choice, options: [{names}]")
        return text % {"test": own}

    found = compare(load_flow(one_of_many("g07, g80", 90)), load_flow(one_of_many("g07", 90 + more)))
    (shift,) = found.shifts
    assert found.open == ()
    assert shift.effect == LOSES
    assert [group.rule for group in shift.groups] == ["soort g80"]
    assert [group.witness for group in shift.groups] == [{"soort": "g80"}]
