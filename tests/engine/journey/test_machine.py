"""The compiled process: every row of its table of operation, and a naive interpreter that agrees with it."""

import ast
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.journey.machine as machine_module
from engine.errors import EngineBug, RefusedEvent
from engine.feel.unknown import UNKNOWN
from engine.graph.process import ALWAYS_THERE, Action, By, Do, Process, Step, When
from engine.graph.process_resolve import resolve
from engine.journey.events import ActorKind
from engine.journey.machine import PARTY, Move, ProcessMachine, compile_machine
from tests.engine.graph.examples import WORKED, process_of, worked

PLACE = resolve(None).places["answering"]
VALUES = {"yes": True, "no": False, "null": None, "unknown": UNKNOWN}


def by_context(text: str) -> Callable[[object], object]:
    """A guard that looks its own text up in the context."""
    return lambda context: context[text] if isinstance(context, dict) else None


def by_value(text: str) -> Callable[[object], object]:
    """A guard named after its value."""
    return lambda _context: VALUES[text]


def machine(*steps: Step) -> ProcessMachine:
    process = Process({"a": PLACE, "b": PLACE}, {"z": PLACE.title}, {}, steps)
    return compile_machine(process, by_value, lambda text: lambda _context: (f"fact_of_{text}", "other"))


def row(when: When = When.ALWAYS, to: str = "b", guard: str = "", by: By = By.CITIZEN, **more: object) -> Step:
    return Step("a", "go", by, when, to, guard=guard, **more)  # type: ignore[arg-type]


def test_rows_are_tried_from_above_and_the_first_true_one_is_taken() -> None:
    """False and null are not true."""
    found = machine(row(When.IF, "b", "no"), row(When.IF, "b", "null"), row(When.IF, "z", "yes"), row(When.ELSE, "b"))
    assert found.take("a", "go", By.CITIZEN, {}).to == "z"


def test_else_is_taken_when_no_row_above_is_true_unknown_included() -> None:
    """An open question does not hold up an else."""
    assert machine(row(When.IF, "b", "unknown"), row(When.ELSE, "z")).take("a", "go", By.CITIZEN, {}).to == "z"


def test_without_else_unknown_is_refused_and_names_what_is_missing() -> None:
    """Each missing fact once."""
    found = machine(row(When.IF, "b", "unknown"), row(When.IF, "z", "no"))
    with pytest.raises(RefusedEvent) as refused:
        found.take("a", "go", By.CITIZEN, {})
    assert refused.value.code == "refused.unknown"
    assert refused.value.params["missing"] == ("fact_of_unknown", "other")


@pytest.mark.parametrize(
    ("place", "event", "by", "code"),
    [
        ("a", "go", By.CITIZEN, "refused.guard"),
        ("b", "go", By.CITIZEN, "refused.not_here"),
        ("a", "jump", By.CITIZEN, "refused.not_here"),
        ("a", "go", By.CLOCK, "refused.not_yours"),
    ],
)
def test_refusals_say_why(place: str, event: str, by: By, code: str) -> None:
    """Not now, not here, not yours."""
    with pytest.raises(RefusedEvent) as refused:
        machine(row(When.IF, "b", "no")).take(place, event, by, {})
    assert refused.value.code == code


def test_staying_is_internal_and_has_its_actions() -> None:
    """The place does not change, what is to be done is told."""
    todo = (Action(Do.TELL, "hello"),)
    found = machine(row(to="", do=todo)).take("a", "go", By.CITIZEN, {})
    assert (found.to, found.internal, found.do) == ("a", True, todo)


def test_a_row_of_another_party_is_passed_over() -> None:
    """The same event can lead a worker elsewhere."""
    found = machine(row(to="b"), row(to="z", by=By.WORKER))
    assert found.take("a", "go", By.WORKER, {}, worker="w1").to == "z"


def test_four_eyes() -> None:
    """Who last took one of the named events may not take this one; anybody else may."""
    found = machine(row(by=By.WORKER, not_by=("propose", "agree")))
    with pytest.raises(RefusedEvent) as refused:
        found.take("a", "go", By.WORKER, {}, worker="w1", last_by={"agree": "w1"})
    assert refused.value.code == "refused.four_eyes"
    assert found.take("a", "go", By.WORKER, {}, worker="w2", last_by={"agree": "w1"}).to == "b"
    assert found.offered("a", {}, worker="w1", last_by={"propose": "w1"}) == ()
    assert len(found.offered("a", {}, worker="w2", last_by={"propose": "w1"})) == 1


def test_a_worker_without_a_name_is_a_fault_of_ours() -> None:
    """Four eyes must never be passed by leaving out who acts."""
    with pytest.raises(EngineBug):
        machine(row(by=By.WORKER, not_by=("propose",))).take("a", "go", By.WORKER, {})


def test_an_unknown_place_is_a_fault_of_ours() -> None:
    """A journey keeps its version, so its place exists."""
    with pytest.raises(EngineBug):
        machine(row()).take("c", "go", By.CITIZEN, {})
    with pytest.raises(EngineBug):
        machine(row()).offered("c", {})


@pytest.mark.parametrize("name", ["standard", *WORKED])
def test_what_is_always_there_is_there_in_every_place_and_end(name: str) -> None:
    """And never changes the place."""
    process = worked(name)
    compiled = compile_machine(process, by_context)
    for place in (*process.places, *process.ends):
        for event in ALWAYS_THERE:
            assert compiled.take(place, event, By.CITIZEN, {}) == Move(place, internal=True)


@pytest.mark.parametrize("name", ["standard", *WORKED])
def test_every_row_of_a_worked_process_can_be_taken(name: str) -> None:
    """With the guards above it false and its own true, each step is taken and is its own."""
    process = worked(name)
    compiled = compile_machine(process, by_context)
    for step in process.steps:
        context = {other.guard: other is step for other in process.rows(step.source, step.event)}
        move = compiled.take(step.source, step.event, step.by, context, worker="w1")
        assert move == Move(step.target, step.do, step.internal, step)


def test_offered_lists_what_can_be_taken_in_the_order_of_the_steps() -> None:
    """In judging: ask more, propose, extend, late; and the citizen can withdraw."""
    offers = compile_machine(resolve(None), by_context).offered("judging", {})
    assert [(offer.event, offer.by) for offer in offers] == [
        ("ask_more", By.WORKER),
        ("propose", By.WORKER),
        ("extend", By.WORKER),
        ("late", By.CLOCK),
        ("withdraw", By.CITIZEN),
    ]


def test_every_actor_belongs_to_a_party() -> None:
    """A representative acts as the citizen."""
    assert set(PARTY) == set(ActorKind)
    assert PARTY[ActorKind.REPRESENTATIVE] is By.CITIZEN


def test_a_guard_is_compiled_once() -> None:
    """However many rows share its text."""
    compiled: list[str] = []

    def guard(text: str) -> Callable[[object], object]:
        compiled.append(text)
        return lambda _context: True

    compile_machine(worked("verkeersboete"), guard)
    assert sorted(compiled) == ["betaald >= te_betalen", "te_betalen >= 75"]


HOSTILE = """
    process:
      from: none
      places:
        on_enter_state: {who: citizen, does: questions, within: P1D, title: "os.system"}
        state: {who: worker, does: judge, within: P1D, title: "__import__"}
      ends: {model: "subprocess.run"}
      steps: |
        | from           | event   | by      | if                       | to    | do              |
        | on_enter_state | state   | citizen | os.system                | state | tell os         |
        | on_enter_state | trigger | citizen | engine.errors.EngineBug  | state | task subprocess |
        | state          | after   | worker  | -                        | model | -               |
"""


def test_no_text_of_an_author_reaches_the_library() -> None:
    """The library resolves strings by import; it only ever sees p0, e0 and our own bound methods."""
    seen: list[str] = []

    def guard(text: str) -> Callable[[object], object]:
        def check(_context: object) -> bool:
            seen.append(text)
            return True

        return check

    compiled = compile_machine(process_of(HOSTILE), guard)
    assert compiled.take("on_enter_state", "state", By.CITIZEN, {}).to == "state"
    assert compiled.take("on_enter_state", "trigger", By.CITIZEN, {}).to == "state"
    assert seen == ["os.system", "engine.errors.EngineBug"]
    inner = compiled._machine
    assert set(inner.states) == {"p0", "p1", "p2"}
    assert set(inner.events) == {"e0", "e1", "e2"}
    for event in inner.events.values():
        for transition in (each for every in event.transitions.values() for each in every):
            assert transition.before == transition.after == transition.prepare == []
            assert all(callable(condition.func) for condition in transition.conditions)


def test_the_library_is_told_what_keeps_it_safe() -> None:
    """No auto transitions, no queue, no models: read from the source, so that nobody drops one unseen."""
    tree = ast.parse(Path(str(machine_module.__file__)).read_text(encoding="utf-8"))
    (call,) = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Machine"
    ]
    fixed = {word.arg: word.value.value for word in call.keywords if isinstance(word.value, ast.Constant)}
    assert fixed == {"model": None, "auto_transitions": False, "queued": False, "send_event": True}


def test_one_machine_serves_many_threads() -> None:
    """Eight threads, one machine: nobody sees another's attempt."""
    compiled = machine(row(When.IF, "b", "no"), row(When.ELSE, "z"), row(to="a", by=By.WORKER))
    wrong: list[Move] = []

    def run(by: By, to: str) -> None:
        for _ in range(500):
            move = compiled.take("a", "go", by, {}, worker="w")
            if move.to != to:
                wrong.append(move)

    threads = [Thread(target=run, args=((By.CITIZEN, "z") if number % 2 else (By.WORKER, "a"))) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


names = st.sampled_from(["a", "b", "c"])
steps = st.builds(
    Step,
    source=names,
    event=st.sampled_from(["go", "stop"]),
    by=st.sampled_from([By.CITIZEN, By.WORKER]),
    when=st.sampled_from(When),
    to=st.sampled_from(["", "a", "b", "c", "z"]),
    guard=st.sampled_from(["g1", "g2", "g3"]),
    not_by=st.sampled_from([(), ("propose",), ("propose", "agree")]),
)
contexts = st.fixed_dictionaries({name: st.sampled_from([True, False, None, UNKNOWN]) for name in ("g1", "g2", "g3")})


def naive(process: Process, place: str, event: str, by: By, context: dict[str, object], last: dict[str, str]) -> object:
    """The table on top of the module, written as a loop: the step that is taken, or the code of the refusal."""
    mine = [step for step in process.steps if (step.source, step.event) == (place, event)]
    if not mine:
        return "refused.not_here"
    mine = [step for step in mine if step.by is by]
    if not mine:
        return "refused.not_yours"
    others = [step for step in mine if "w" not in [last.get(name) for name in step.not_by]]
    values = [context[step.guard] if step.when is When.IF else True for step in others]
    for step, value in zip(others, values, strict=True):
        if value is True:
            return step
    if UNKNOWN in values:
        return "refused.unknown"
    return "refused.four_eyes" if len(others) < len(mine) else "refused.guard"


@given(
    st.lists(steps, max_size=12),
    names,
    st.sampled_from(["go", "stop"]),
    st.sampled_from([By.CITIZEN, By.WORKER]),
    contexts,
    st.dictionaries(st.sampled_from(["propose", "agree"]), st.sampled_from(["w", "v"])),
)
def test_the_machine_agrees_with_a_naive_interpreter(
    found: list[Step], place: str, event: str, by: By, context: dict[str, object], last: dict[str, str]
) -> None:
    """Any process, any attempt: the same step or the same refusal, and offered says the same."""
    process = Process({"a": PLACE, "b": PLACE, "c": PLACE}, {"z": PLACE.title}, {}, tuple(found))
    compiled = compile_machine(process, by_context)
    expected = naive(process, place, event, by, context, last)
    try:
        outcome: object = compiled.take(place, event, by, context, worker="w", last_by=last).step
    except RefusedEvent as refused:
        outcome = refused.code
    assert outcome == expected
    offers = [(offer.event, offer.by) for offer in compiled.offered(place, context, worker="w", last_by=last)]
    assert ((event, by) in offers) is isinstance(expected, Step)
