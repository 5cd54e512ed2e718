"""Each process check: a process that fails it, with its witness, and processes that pass."""

import pytest

from engine.flow.model import Flow
from engine.graph.process_checks import check_process, problems_of
from engine.graph.process_resolve import resolve
from engine.graph.process_ways import Running, going_round, reachable, term_states
from engine.terms.flow_checks import check_times
from tests.engine.graph.examples import WORKED, process_of, worked

HEADS = "| from | event | by | if | to | do |"
GOOD = [
    "a | submit | citizen | - | b | task look",
    "a | late | clock | - | z | tell verlopen",
    "b | decide | worker | ok | z | -",
    "b | decide | worker | else | a | tell wat_ontbreekt",
    "b | late | clock | - | stay | task look",
]
PLACES = {
    "a": "{who: citizen, does: questions, within: P2W, title: A}",
    "b": "{who: worker, does: judge, under: t, skill: bomen, title: B}",
}
TERM = "{starts: submit, ends: [z], length: P8W}"


def small(rows: list[str] = GOOD, term: str = TERM, **places: str) -> str:
    """A sound little process with these changes."""
    found = {**PLACES, **places}
    lines = [
        "process:", "  from: none", f"  terms: {{t: {term}}}", "  ends: {z: Z}", "  places:",
        *(f"    {name}: {text}" for name, text in found.items()),
        "  steps: |", f"    {HEADS}", *(f"    | {row} |" for row in rows),
    ]  # fmt: skip
    return "\n".join(lines)


def changed(*rows: str, without: str = "", **more: str) -> str:
    """GOOD without the rows that start with `without`, and with these."""
    kept = [row for row in GOOD if not without or not row.startswith(without)]
    return small([*kept, *rows], **more)


def codes(text: str) -> list[str]:
    process = process_of(text)
    return [found.problem.code for found in (*check_process(process), *check_times(process))]


@pytest.mark.parametrize("name", ["standard", *WORKED])
def test_the_worked_processes_have_no_findings(name: str) -> None:
    """Without a flow around them, so without looking at words."""
    assert check_process(worked(name)) == ()
    assert check_times(worked(name)) == ()


def test_the_small_process_is_sound() -> None:
    """So that each case below shows one thing, except that `a` waits while the term runs."""
    assert codes(small(a=PLACES["a"].replace("within", "suspends: t, within"))) == []


SOUND = {"a": PLACES["a"].replace("within", "suspends: t, within")}


@pytest.mark.parametrize(
    ("text", "code", "witness"),
    [
        (changed(c="{who: citizen, does: wait, within: P1D, title: C}", **SOUND), "E-PROCESS-UNREACHABLE", ()),
        (
            small(a="{who: worker, does: questions, suspends: t, within: P2W, title: A}"),
            "E-PROCESS-WHO",
            ("a",),
        ),
        (
            changed("b | park | worker | - | c | -", "c | late | clock | - | z | -",
                    c="{who: citizen, does: wait, suspends: t, within: P1D, title: C}", **SOUND),
            "E-PROCESS-NO-MOVE",
            ("a", "-submit-> b", "-park-> c"),
        ),
        (
            changed("b | park | worker | - | c | -", "c | ping | citizen | - | stay | -",
                    "c | late | clock | - | stay | task look",
                    c="{who: citizen, does: wait, suspends: t, within: P1D, title: C}", **SOUND),
            "E-PROCESS-NO-END",
            ("a", "-submit-> b", "-park-> c"),
        ),
        (
            changed(without="a | late", a="{who: citizen, does: questions, suspends: t, title: A}"),
            "E-PROCESS-NO-CLOCK",
            ("a",),
        ),
        (changed(without="a | late", **SOUND), "E-PROCESS-LATE", ("a",)),
        (
            changed(a="{who: citizen, does: questions, title: A}"),
            "E-PROCESS-LATE",
            ("a", "-late-> z"),
        ),
        (
            changed("b | late | clock | - | stay | tell te_laat", without="b | late", **SOUND),
            "E-PROCESS-LATE-STAYS",
            ("a", "-submit-> b", "-late-> b"),
        ),
        (
            changed("a | settled | engine | - | b | task look", "b | late | clock | - | a | -",
                    without="b | late", **SOUND),
            "E-PROCESS-LOOP",
            ("a", "-settled-> b", "-late-> a"),
        ),
        (
            changed("a | skip | citizen | - | b | -", **SOUND),
            "E-PROCESS-ENTRY",
            ("a", "-skip-> b"),
        ),
        (
            changed("b | decide | worker | ok | z | -", without="b | decide", **SOUND),
            "E-PROCESS-NO-ELSE",
            ("a", "-submit-> b", "-decide-> z"),
        ),
        (
            changed("b | decide | worker | ok | z | -", **SOUND),
            "E-PROCESS-OVERTAKEN",
            ("a", "-submit-> b", "-decide-> z"),
        ),
        (
            changed("b | wait | worker | - | c | -", "c | go | citizen | - | b | -", "c | late | clock | - | z | -",
                    c="{who: citizen, does: wait, until: dag, title: C}", **SOUND),
            "E-PROCESS-LAPSE",
            ("a", "-submit-> b", "-wait-> c"),
        ),
        (
            changed("b | refuse | worker | - | c | publish afgewezen", "c | late | clock | - | z | -",
                    "c | ok | citizen | - | z | -", "c | late:t | clock | - | stay | task look",
                    c="{who: citizen, does: outcome, within: P2W, title: C}", **SOUND),
            "E-PROCESS-REMEDY",
            ("a", "-submit-> b", "-refuse-> c"),
        ),
        (
            changed(a=SOUND["a"], b=PLACES["b"].replace("skill: bomen, ", "")),
            "E-PROCESS-SKILL",
            ("a", "-submit-> b"),
        ),
        (
            changed("b | wait | worker | - | c | -", "c | go | citizen | - | b | -", "c | late | clock | - | z | -",
                    "c | late:t | clock | - | stay | task look",
                    c="{who: citizen, does: wait, within: P9W, title: C}", **SOUND),
            "E-PROCESS-WAITS",
            ("a", "-submit-> b", "-wait-> c"),
        ),
    ],
)  # fmt: skip
def test_each_check_finds_its_fault_and_shows_a_way_to_it(text: str, code: str, witness: tuple[str, ...]) -> None:
    """Once, with a way out and a shortest witness; what follows from it may be found as well."""
    process = process_of(text)
    findings = (*check_process(process), *check_times(process))
    (found,) = (each for each in findings if each.problem.code == code)
    assert found.witness == witness
    assert found.problem.hint
    assert code in str(found)


def test_a_suspending_place_needs_a_deadline() -> None:
    """Under another term is no deadline of its own."""
    text = changed(
        "b | more | worker | - | c | -", "c | go | citizen | - | b | -", "c | late | clock | - | z | -",
        c="{who: citizen, does: wait, suspends: t, title: C}", **SOUND,
    )  # fmt: skip
    assert codes(text) == ["E-PROCESS-LATE", "E-PROCESS-SUSPENDS"]


def test_waits_on_one_way_are_added_and_no_place_counts_twice() -> None:
    """Two weeks and seven weeks are more than eight, whatever loops there are."""
    places = {
        "c": "{who: citizen, does: wait, within: P2W, title: C}",
        "d": "{who: citizen, does: wait, within: P%dW, title: D}",
    }
    rows = [
        "b | wait | worker | - | c | -", "c | go | citizen | - | d | -", "d | back | citizen | - | c | -",
        "c, d | late | clock | - | z | -", "c, d | late:t | clock | - | stay | task look",
        "d | done | citizen | - | b | -",
    ]  # fmt: skip
    for weeks, found in ((7, ["E-PROCESS-WAITS"]), (6, [])):
        assert codes(changed(*rows, c=places["c"], d=places["d"] % weeks, **SOUND)) == found


def test_a_loop_that_a_person_breaks_is_no_finding() -> None:
    """Engine, then citizen."""
    assert going_round(process_of(small()), ()) == ()
    assert "E-PROCESS-LOOP" not in codes(changed("a | settled | engine | - | b | task look", **SOUND))


def test_a_term_starts_and_ends() -> None:
    """In judging the standard's term runs, or has not begun when a task outcome came straight there."""
    states = term_states(resolve(None), "decide")
    assert {running for place, running in states if place == "judging"} == {Running.NEW, Running.RUNS}
    assert {running for place, running in states if place == "decided"} == {Running.NEW, Running.OVER}
    assert {running for place, running in states if place == "answering"} == {Running.NEW}


def test_a_term_that_is_over_starts_anew_with_its_event() -> None:
    """An objection after an earlier one was decided: the term for objections runs again, on every way there."""
    states = term_states(resolve(None), "object")
    assert {running for place, running in states if place == "objecting"} == {Running.RUNS}
    assert {running for place, running in states if place == "reviewed"} == {Running.OVER}


def test_the_way_to_a_place_is_a_shortest_one() -> None:
    """From answering to reviewed in five steps."""
    way = reachable(resolve(None))["reviewed"]
    assert [step.event for step in way] == ["settled", "object", "propose"]


MAG = 'if x then "ja_hoor" else "nee_hoor"'


def flow(**more: object) -> Flow:
    text = {"nl": "Tekst"}
    return Flow.model_validate(
        {
            "wegwijzer": "1", "flow": "proef", "language": "nl", "question": "Mag dit?", "goal": "mag",
            "facts": {"x": {"type": "boolean", "ask": "Is het zo?", "why": "Daarom."}},
            "decisions": {"mag": {"type": "choice", "options": ["ja_hoor", "nee_hoor"], "is": MAG}},
            "outcomes": {
                "ja_hoor": {"kind": "grant", "text": "Ja."},
                "nee_hoor": {"kind": "refusal", "text": "Nee.", "remedy": {"kind": "bezwaar"}},
            },
            "tasks": {"look": {"skill": "bomen", "text": text}},
            **more,
        }
    )  # fmt: skip


def found_in(flow: Flow) -> list[str]:
    return [found.code for found in problems_of(check_process(resolve(flow.process), flow))]


def test_the_standard_serves_a_flow_with_a_refusal() -> None:
    """Texts, tasks and the remedy of the standard are all there."""
    assert found_in(flow()) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("judging | hint | worker | - | stay | tell onbekend", "E-PROCESS-TELL"),
        ("judging | hint | worker | - | stay | task onbekend", "E-PROCESS-TASK"),
        ("judging | hint | worker | - | stay | fetch onbekend", "E-PROCESS-FETCH"),
        ("decided | object | citizen | - | remove | -", "E-PROCESS-REMEDY"),
        ("judging | refuse | worker | - | answered | publish nee_hoor", "E-PROCESS-REMEDY"),
    ],
)
def test_words_and_remedies_are_looked_up_in_the_flow(row: str, code: str) -> None:
    """An id that is nowhere is a finding; so is a refusal that the citizen can only take."""
    steps = f"{HEADS}\n| {row} |\n"
    assert code in found_in(flow(process={"steps": steps}))


def test_a_grant_needs_no_remedy() -> None:
    """Publishing an outcome that is no refusal and names no remedy."""
    steps = f"{HEADS}\n| judging | grant | worker | - | answered | publish ja_hoor |\n"
    assert "E-PROCESS-REMEDY" not in found_in(flow(process={"steps": steps}))


def test_a_remedy_that_is_no_step_is_found() -> None:
    """A complaint is named, but nobody can complain in this process."""
    outcomes = {
        "ja_hoor": {"kind": "grant", "text": "Ja.", "remedy": {"kind": "klacht"}},
        "nee_hoor": {"kind": "answer", "text": "Nee."},
    }
    assert found_in(flow(outcomes=outcomes)) == ["E-PROCESS-REMEDY"]


HOURS = {"open": ["mo-fr 09:00-17:00"]}


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({"contact": {"ask_person": {"over": ["phone", "desk"], "within": {"working_hours": "4"}}}}, 0),
        ({"contact": {"ask_person": {"over": ["phone"], "within": "P1D"}}}, 1),
        ({"contact": {"ask_person": {"over": ["web", "email"], "within": "P1D"}}}, 1),
        ({"contact": {"ask_person": {"over": ["phone", "desk"]}}}, 1),
        ({"channels": {"web": {}, "phone": HOURS, "desk": HOURS}}, 0),
        ({"channels": {"web": {}, "phone": HOURS}}, 1),
        ({"channels": {"web": {}, "phone": {}, "desk": HOURS}}, 1),
        ({"channels": {"web": {}}}, 2),
        (
            {
                "channels": {"phone": HOURS},
                "contact": {"ask_person": {"over": ["phone", "desk"], "within": "P1D"}},
            },
            1,
        ),
    ],
)
def test_a_person_is_within_reach(more: dict[str, object], count: int) -> None:
    """Over two channels, one not digital, with hours and a promise."""
    assert found_in(flow(**more)) == ["E-PROCESS-REACH"] * count


def test_hours_and_promises_that_cannot_be_counted_are_found() -> None:
    """In channels, contact and tasks."""
    wrong = flow(
        channels={"phone": {"open": ["mo-fr 9-17"], "answer": {"working_hours": "6000"}}, "desk": HOURS},
        contact={"ask_person": {"over": ["phone", "desk"], "within": {"working_hours": "5000"}}},
        tasks={"look": {"text": {"nl": "Kijk"}, "within": {"working_days": 1000}}},
    )
    found = check_times(resolve(wrong.process), wrong)
    assert sorted(each.problem.code for each in found) == ["E-OPEN", "E-PROMISE", "E-PROMISE", "E-PROMISE"]
