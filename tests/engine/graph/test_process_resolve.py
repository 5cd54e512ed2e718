"""The standard process, what a flow changes in it, and every name that is looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FlowError, Problem
from engine.flow.model import Process as FlowProcess
from engine.graph.process import Action, By, Do, Step, When
from engine.graph.process_resolve import resolve
from engine.graph.process_text import process_text
from engine.graph.process_ways import reachable
from tests.engine.graph.examples import WORKED, process_of, worked


def problems(text: str) -> list[tuple[str, str]]:
    with pytest.raises(FlowError) as refused:
        process_of(text)
    return [(found.code, found.hint) for found in refused.value.problems]


def rows(**steps: str) -> str:
    """A small process of its own: places a and b, end z, with these rows."""
    lines = "\n".join(f"            | {row} |" for row in steps.values())
    return f"""
        process:
          from: none
          places:
            a: {{who: citizen, does: questions, within: P1D, title: A}}
            b: {{who: worker, does: judge, within: P1D, title: B}}
          ends: {{z: Z}}
          terms: {{t: {{starts: go, ends: [z], length: P1W}}}}
          steps: |
            | from | event | by | if | to | do |
            | a | go | citizen | - | b | - |
            | b | done | worker | - | z | - |
{lines}
    """


def test_without_a_process_the_standard_holds() -> None:
    """Also for `from: standard@1` without a change."""
    assert resolve(None) == process_of("process: {from: standard@1}")
    assert resolve(None).start == "answering"
    assert len(resolve(None).steps) == 32


def test_every_row_of_the_standard_is_there() -> None:
    """Spot checks of guards, four eyes, else, and a list of places."""
    standard = resolve(None)
    assert [step.when for step in standard.rows("answering", "settled")] == [When.IF, When.IF, When.IF, When.ELSE]
    assert standard.rows("objecting", "propose")[0].not_by == ("propose",)
    assert standard.rows("judging", "late")[0].does(Do.TASK) == ("teamleider",)
    assert {step.source for step in standard.steps if step.event == "withdraw"} == {
        "answering",
        "answered",
        "checking",
        "judging",
        "completing",
        "objecting",
    }


def test_rows_of_the_same_place_and_event_are_replaced_together() -> None:
    """One new row for `checking submit` replaces both standard rows, and stands in their place."""
    changed = process_of("""
        process:
          steps: |
            | from     | event  | by      | if | to      | do              |
            | checking | submit | citizen | -  | judging | task beoordelen |
    """)
    assert changed.rows("checking", "submit") == (
        Step("checking", "submit", By.CITIZEN, When.ALWAYS, "judging", (Action(Do.TASK, "beoordelen"),)),
    )
    assert len(changed.steps) == len(resolve(None).steps) - 1
    assert changed.events == resolve(None).events


def test_remove_drops_standard_rows() -> None:
    """And leaves out the places and ends that nothing leads to any more, with their terms."""
    changed = process_of("""
        process:
          steps: |
            | from            | event  | by      | if | to     | do |
            | decided, closed | object | citizen | -  | remove | -  |
    """)
    assert "objecting" not in changed.places
    assert "reviewed" not in changed.places
    assert "object" not in changed.terms
    assert {"decided", "closed"} <= set(reachable(changed))


def test_places_terms_and_ends_are_added_or_replaced() -> None:
    """Same names replaced; a new place needs rows that lead to it."""
    changed = process_of("""
        process:
          places: {judging: {who: worker, does: judge, within: P1W, skill: bomen, title: "Wij kijken"}}
          ends: {closed: "Klaar"}
    """)
    assert (changed.places["judging"].within, str(changed.ends["closed"])) == ("P1W", "Klaar")
    assert list(changed.places) == list(resolve(None).places)


def test_ongoing_is_every_place_and_any_also_every_end() -> None:
    """Expanded over places, not ends."""
    found = process_of(rows(more="ongoing | stop | citizen | - | z | -", all="any | ping | worker | - | stay | -"))
    assert {step.source for step in found.steps if step.event == "stop"} == {"a", "b"}
    assert {step.source for step in found.steps if step.event == "ping"} == {"a", "b", "z"}


@pytest.mark.parametrize(
    ("row", "code", "hint"),
    [
        ("c | go | citizen | - | b | -", "E-PROCESS-FROM", "There are: a, b, z."),
        ("a | jump | citizen | - | bb | -", "E-PROCESS-TO", "Did you mean b?"),
        ("a | ask_person | citizen | - | b | -", "E-PROCESS-ALWAYS", "contact"),
        ("a | late | citizen | - | b | -", "E-PROCESS-EVENT", "clock"),
        ("a | settled | citizen | - | b | -", "E-PROCESS-EVENT", "engine"),
        ("a | bored | engine | - | b | -", "E-PROCESS-EVENT", "settled and needs_worker"),
        ("a | noon | clock | - | b | -", "E-PROCESS-EVENT", "late:TERM"),
        ("a | late:x | clock | - | b | -", "E-PROCESS-TERM", "There are: t."),
        ("b | agree | worker not proposed | - | z | -", "E-PROCESS-BY", "done"),
        ("b | more | worker | - | stay | extend x", "E-PROCESS-TERM", "There are: t."),
        ("b | more | worker | - | remove | -", "E-PROCESS-REMOVE", "Remove this row."),
    ],
)
def test_a_wrong_row_is_refused_with_a_way_out(row: str, code: str, hint: str) -> None:
    """One problem, with the nearest name."""
    ((found, way_out),) = problems(rows(row=row))
    assert found == code
    assert hint in way_out


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("process: {from: none}", "E-PROCESS-EMPTY"),
        ("process: {places: {stay: {who: citizen, does: wait, title: X}}}", "E-PROCESS-NAME"),
        ("process: {places: {x: {who: citizen, does: wait, title: X}}, ends: {x: X}}", "E-PROCESS-NAME"),
        ("process: {places: {x: {who: citizen, does: wait, under: nix, title: X}}}", "E-PROCESS-TERM"),
        ("process: {places: {x: {who: citizen, does: wait, suspends: nix, title: X}}}", "E-PROCESS-TERM"),
        (
            "process: {places: {x: {who: citizen, does: wait, under: decide, suspends: decide, title: X}}}",
            "E-PROCESS-TERM",
        ),
        ("process: {terms: {x: {starts: nix, ends: [closed], length: P1W}}}", "E-PROCESS-TERM"),
        ("process: {terms: {x: {starts: submit, ends: [nix], length: P1W}}}", "E-PROCESS-TERM"),
    ],
)
def test_wrong_places_and_terms_are_refused(text: str, code: str) -> None:
    """Each of these is one problem."""
    assert [found for found, _ in problems(text)] == [code]


def test_removing_and_writing_the_same_step_is_refused() -> None:
    """To replace, writing is enough."""
    text = """
        process:
          steps: |
            | from    | event  | by     | if | to     | do |
            | judging | extend | worker | -  | remove | -  |
            | judging | extend | worker | -  | stay   | -  |
    """
    assert [code for code, _ in problems(text)] == ["E-PROCESS-REMOVE"]


def test_all_problems_come_at_once() -> None:
    """Rows, terms and places in one go."""
    found = problems(
        rows(
            one="c | go | citizen | - | b | -",
            two="a | jump | citizen | - | c | run x",
            three="b | ask_person | citizen | - | q | -",
        )
    )
    assert sorted(code for code, _ in found) == ["E-PROCESS-ALWAYS", "E-PROCESS-FROM", "E-PROCESS-TO", "E-STEPS-DO"]


@pytest.mark.parametrize("name", ["standard", *WORKED])
def test_what_is_printed_reads_back_as_the_same_process(name: str) -> None:
    """`wegwijzer process FLOW` shows the whole truth."""
    process = worked(name)
    again = process_of(process_text(process))
    assert set(again.steps) == set(process.steps)
    assert {(step.source, step.event): again.rows(step.source, step.event) for step in process.steps} == {
        (step.source, step.event): process.rows(step.source, step.event) for step in process.steps
    }
    assert (list(again.places), list(again.ends), list(again.terms)) == (
        list(process.places),
        list(process.ends),
        list(process.terms),
    )
    assert again.as_json()["terms"] == process.as_json()["terms"]


def test_the_text_can_be_had_in_english() -> None:
    """Titles of the standard exist in both languages."""
    assert '"We assess your application"' in process_text(resolve(None), "en")


@given(st.text(alphabet="| abgo,;-:\n", max_size=80))
def test_no_table_text_breaks_the_reader(text: str) -> None:
    """Any text gives a process or a FlowError with places and ways out, nothing else."""
    table = "| from | event | by | if | to | do |\n" + text
    try:
        resolve(FlowProcess.model_validate({"steps": table}))
        found: tuple[Problem, ...] = ()
    except FlowError as refused:
        found = refused.problems
    assert all(problem.code.startswith("E-") and problem.where.line for problem in found)
