"""Conditions that hold for nobody or for everybody are found wherever they stand, and promises about nobody."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.prove import Proof, prove

FLOW = """
wegwijzer: 1
flow: zwembad
language: nl
question: Mag ik zwemmen?
goal: mag
facts:
  leeftijd: {type: integer, min: 0, max: 120, ask: "Hoe oud bent u?", why: "Daarvan hangt het af."}
  begin: {type: date, ask: "Vanaf wanneer?", why: "Daarvan hangt het af."}
  eind: {type: date, ask: "Tot wanneer?", why: "Daarvan hangt het af."}
  diploma: {type: boolean%(when)s, ask: "Hebt u een diploma?", why: "Zonder mag u niet in het diepe."}
%(checks)s
decisions:
  soort: {type: choice, options: [kind, groot, oud], is: 'if leeftijd < 18 then "kind" else "groot"'}
  vrij: {type: boolean, is: %(vrij)s}
  mag:
    type: choice
    options: [ja, nee]
    hit: first
    rules:
      - {when: %(row)s, then: ja}
      - {when: else, then: nee}
outcomes:
  ja: {kind: answer, rank: 1, text: [{when: %(text)s, text: "Voor jonge mensen."}, "Het mag."]}
  nee: {kind: answer, rank: 0, text: "Het mag niet."}
%(process)s
promises:
  - %(promise)s
"""
SOUND = {
    "when": "",
    "checks": "",
    "vrij": "leeftijd < 12 or begin > eind",
    "row": "vrij and diploma",
    "text": "leeftijd < 18",
    "process": "",
    "promise": "never: {outcome: ja, when: diploma = no}",
}
GUARD = """process:
  places: {kijken: {who: worker, does: judge, title: "Wij kijken", within: P2D, skill: baden}}
  steps: |
    | from     | event | by      | if   | to        | do        |
    | answered | vraag | citizen | %s   | kijken    | -         |
    | answered | vraag | citizen | else | stay      | -         |
    | kijken   | klaar | worker  | -    | answered  | -         |
    | kijken   | late  | clock   | -    | answered  | -         |
"""


def found(**parts: str) -> Proof:
    return prove(load_flow(FLOW % {**SOUND, **parts}))


def told(proof: Proof) -> list[tuple[str, str]]:
    assert proof.not_proven == ()
    wanted = ("P-NEVER-TRUE", "P-ALWAYS-TRUE", "P-PROMISE-EMPTY")
    return [(own.problem.code, own.problem.message) for own in proof.findings if own.problem.code in wanted]


CLASH = "leeftijd < 18 and leeftijd > 65"
NEVER = [
    ({"when": f", when: {CLASH}, otherwise: no"}, "the `when` of `diploma`"),
    ({"text": CLASH}, "the text of `ja`"),
    ({"text": "leeftijd > 130"}, "the text of `ja`"),
    ({"text": 'soort = "oud"'}, "the text of `ja`"),
    ({"text": 'soort = "groot" and leeftijd < 18'}, "the text of `ja`"),
    ({"vrij": "begin > eind and begin <= eind"}, "`vrij`"),
    ({"vrij": "diploma or (begin > eind and eind > begin)"}, "`vrij`"),
    ({"vrij": f"if {CLASH} then diploma else begin > eind"}, "`vrij`"),
    ({"row": f"vrij and diploma or {CLASH}"}, "`mag`"),
    ({"promise": f"never: {{outcome: ja, when: diploma = no or {CLASH}}}"}, "promise 1"),
]
ALWAYS = [
    ({"when": ", when: leeftijd >= 0, otherwise: no"}, "the `when` of `diploma`"),
    ({"text": "leeftijd < 18 or leeftijd >= 18"}, "the text of `ja`"),
    ({"text": 'soort != "oud"'}, "the text of `ja`"),
    ({"checks": 'checks: [{must: leeftijd <= 120, say: "Dat is te oud."}]'}, "a check"),
    ({"row": "vrij and diploma and leeftijd >= 0"}, "`mag`"),
    ({"row": f"vrij and diploma and not({CLASH})"}, "`mag`"),
]


def test_a_sound_flow_has_none() -> None:
    """Every condition of it holds for somebody and not for somebody else."""
    assert told(found()) == []
    assert told(found(process=GUARD % "leeftijd < 65")) == []
    assert told(found(checks='checks: [{must: begin <= eind, say: "Dat kan niet."}]', vrij="leeftijd < 12")) == []


@pytest.mark.parametrize(("parts", "place"), NEVER)
def test_a_condition_that_holds_for_nobody_is_found(parts: dict[str, str], place: str) -> None:
    """In a question, a text, a decision, a row and a promise; across decisions and between dates."""
    ((code, message),) = told(found(**parts))
    assert code == "P-NEVER-TRUE"
    assert place in message


@pytest.mark.parametrize(("parts", "place"), ALWAYS)
def test_a_condition_that_holds_for_everybody_is_found(parts: dict[str, str], place: str) -> None:
    """It says nothing, and its author thinks that it does."""
    ((code, message),) = told(found(**parts))
    assert code == "P-ALWAYS-TRUE"
    assert place in message


@pytest.mark.parametrize("guard", [CLASH, "leeftijd > 61 and leeftijd < 44", "leeftijd >= 0"])
def test_a_guard_that_contradicts_itself_is_found(guard: str) -> None:
    """Also where no decision compares with its figures; what no journey takes may be told as a step."""
    codes = {own.problem.code for own in found(process=GUARD % guard).findings}
    assert codes & {"P-STEP", "P-NEVER-TRUE", "P-ALWAYS-TRUE"}


def test_the_parts_that_clash_are_named() -> None:
    """One part that nobody meets, or two that cannot go together."""
    assert "`leeftijd < 18` and `leeftijd > 65` together" in told(found(text=f"diploma and {CLASH}"))[0][1]
    assert "`leeftijd > 130`" in told(found(text="diploma and leeftijd > 130"))[0][1]


@pytest.mark.parametrize(
    "promise",
    [
        f"never: {{outcome: ja, when: {CLASH}}}",
        'never: {outcome: ja, when: soort = "oud" and diploma = no}',
        'never: {outcome: ja, when: mag = "nee" and leeftijd < 12}',
        f"may: {{step: withdraw, in: answering, when: {CLASH}}}",
        f"within: {{from: submit, to: [decided, answered], length: P20W, when: {CLASH}}}",
        f"always: not({CLASH}) or diploma",
        'always: soort != "oud" or diploma',
        "every: {outcome: ja, passes: answering}",
        "every: {enters: answered, passes: [answered]}",
        "more: {fact: eind, never_better_for_citizen: yes}",
    ],
)
def test_a_promise_about_nobody_is_found(promise: str) -> None:
    """It can never be broken, so it guards nothing."""
    parts = {"vrij": "leeftijd < 12"} if promise.startswith("more") else {}
    ((code, message),) = told(found(promise=promise, **parts))
    assert code == "P-PROMISE-EMPTY"
    assert "1" in message


@pytest.mark.parametrize(
    "promise",
    [
        'never: {outcome: ja, when: soort = "kind" and diploma = no}',
        "may: {step: withdraw, in: answering, when: leeftijd < 18}",
        "always: leeftijd > 11 or vrij",
        "more: {fact: leeftijd, never_better_for_citizen: yes}",
    ],
)
def test_a_promise_about_somebody_is_not(promise: str) -> None:
    """What can be broken by another rule is a promise."""
    assert told(found(promise=promise)) == []


ITEMS = """
  kinderen:
    type: list
    item: kind
    ask: Welke kinderen komen mee?
    why: Zij mogen met u mee.
    of:
      oud: {type: integer, ask: "Hoe oud is {item}?", why: "Daarvan hangt het af."}
      slim: {type: boolean%(when)s, ask: "Heeft {item} een diploma?", why: "Daarvan hangt het af."}
    checks: [{must: %(must)s, say: "Dat kan niet."}]
"""
EACH = """
  los: {type: boolean, each: kinderen, is: %s}
"""


@pytest.mark.parametrize(
    ("parts", "each", "code"),
    [
        ({}, "oud > 4 and slim", ""),
        ({"when": ", when: oud < 4 and oud > 12, otherwise: no"}, "oud > 4 and slim", "P-NEVER-TRUE"),
        ({"must": "oud < 4 or oud >= 4"}, "oud > 4 and slim", "P-ALWAYS-TRUE"),
        ({}, "slim or oud < 4 and oud > 12", "P-NEVER-TRUE"),
        ({}, "oud > 4 and slim and count(kinderen) > 1", ""),
    ],
)
def test_conditions_about_an_item_are_looked_at_too(parts: dict[str, str], each: str, code: str) -> None:
    """Of a field, a check of a list and a decision with one value for each item."""
    items = ITEMS % {"when": "", "must": "oud < 18 or slim", **parts}
    flow = FLOW.replace("decisions:", items.replace("%", "%%") + "decisions:" + (EACH % each).replace("%", "%%"))
    proof = prove(load_flow(flow % {**SOUND, "vrij": "some x in los satisfies x"}))
    assert {own[0] for own in told(proof)} == ({code} if code else set())


@pytest.mark.parametrize(
    ("cell", "found"),
    [(">= 0", True), ("[0..120]", True), ("< 200", True), ("< 18", False), ("not(12)", False), ("-", False)],
)
def test_a_cell_that_holds_for_everybody_is_found(cell: str, found: bool) -> None:
    """It stands there for `-`, and who reads the table thinks that it asks something."""
    rows = f"| leeftijd | diploma || vrij |\\n| {cell} | yes || yes |\\n| - | - || no |"
    table = f'{{type: boolean, hit: first, table: "{rows}"}}'
    flow = FLOW.replace("{type: boolean, is: %(vrij)s}", table.replace("%", "%%"))
    assert [own[0] for own in told(prove(load_flow(flow % SOUND)))] == (["P-ALWAYS-TRUE"] if found else [])
