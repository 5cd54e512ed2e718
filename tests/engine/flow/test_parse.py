"""Reading a flow file: the model it gives, and every fault at once with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import FlowError
from engine.flow.model import Confirm, FactType, Hit, OutcomeKind, RoundTo, SupplierKind, Unsure
from engine.flow.parse import parse_flow, read_flow
from engine.flow.yaml_tree import MAX_PROBLEMS

FLOWS = Path(__file__).parents[3] / "flows"

SMALL = """\
wegwijzer: 1
flow: klein
language: nl
question: Mag dat?
goal: mag
sources: {apv: {title: "APV", article: "4:2"}}
facts:
  omtrek:
    type: number
    unit: cm
    min: 1
    max: 500
    ask: Hoe dik is de stam?
    why: Dunne bomen mogen weg.
  bewoner:
    type: person
    from: [register:brp.persoon, citizen]
    confirm: show
    ask: Wie bent u?
    why: Dan komt het besluit bij u aan.
    ground: {text: "Nodig voor het besluit.", source: apv}
    retention: P5Y
    unsure: worker
decisions:
  bedrag: {type: money, round: half_up 0.01, is: omtrek * 2}
  mag:
    type: choice
    options: [ja_hoor, toch_niet]
    hit: first
    table: |
      | omtrek || mag       | source | because   |
      |--------||-----------|--------|-----------|
      | < 31   || ja_hoor   | apv    | dun       |
      | -      || toch_niet | apv    | te dik    |
outcomes:
  ja_hoor: {kind: answer, rank: 1, text: "U mag het."}
  toch_niet:
    kind: task
    task: kijk
    needs: [bewoner]
    if_known: bedrag
    text:
      - U mag het niet. Het kost {bedrag:whole}.
      - {when: "omtrek > 100", text: "Het is een heel dikke boom."}
      - {show: calculation bedrag}
tasks: {kijk: {skill: bomen, within: {working_hours: 4}, text: "Kijk mee."}}
en:
  question: May I?
  facts: {omtrek: {ask: "How thick is the trunk?", unit: "cm"}}
  decisions: {mag: {options: {ja_hoor: "Yes"}, because: {dun: thin}}}
  outcomes: {ja_hoor: {text: "You may."}, toch_niet: {text: ["You may not. It costs {bedrag:whole}."]}}
"""


def faults(text: str) -> list[tuple[int, str]]:
    """Line and code of everything wrong with a flow."""
    return [(problem.where.line, problem.code) for problem in read_flow(text, "f.yaml").problems]


def test_whole_model_is_read() -> None:
    """Every part of a small flow comes out typed, in file order."""
    flow = parse_flow(SMALL).flow
    assert flow.languages == ("nl", "en")
    assert list(flow.facts) == ["omtrek", "bewoner"]
    person = flow.facts["bewoner"]
    assert (person.type, person.confirm, person.unsure) == (FactType.PERSON, Confirm.SHOW, Unsure.WORKER)
    assert [str(ref) for ref in person.suppliers] == ["register:brp.persoon", "citizen"]
    assert person.suppliers[0].kind == SupplierKind.REGISTER
    decision = flow.decisions["mag"]
    assert (decision.hit, list(decision.options)) == (Hit.FIRST, ["ja_hoor", "toch_niet"])
    rounding = flow.decisions["bedrag"].round
    assert rounding is not None
    assert (rounding.direction, str(rounding.unit)) == (RoundTo.HALF_UP, "0.01")
    outcome = flow.outcomes["toch_niet"]
    assert (outcome.kind, outcome.if_known, len(outcome.text)) == (OutcomeKind.TASK, ("bedrag",), 3)


def test_texts_carry_their_translations() -> None:
    """A language block lands on the texts it mirrors; what it leaves out falls back to the flow's own language."""
    flow = parse_flow(SMALL).flow
    assert flow.question.in_("en") == "May I?"
    ask, why = flow.facts["omtrek"].ask, flow.facts["omtrek"].why
    assert ask is not None
    assert why is not None
    assert (ask["nl"], ask["en"]) == ("Hoe dik is de stam?", "How thick is the trunk?")
    assert why.in_("en") == "Dunne bomen mogen weg."
    assert flow.decisions["mag"].options["ja_hoor"].in_("en") == "Yes"
    assert flow.decisions["mag"].reasons["dun"].in_("en") == "thin"
    part = flow.outcomes["toch_niet"].text[0].text
    assert part is not None
    assert part.in_("en") == "You may not. It costs {bedrag:whole}."


def test_ten_faults_are_reported_at_once_with_their_lines() -> None:
    """Ten planted faults of ten kinds: ten problems, each on its own line."""
    planted = (
        SMALL.replace("flow: klein", "flow: Klein!")  # 2 form of the slug
        .replace("goal: mag", "goal: mach")  # 5 no such decision
        .replace("type: number", "type: numbr")  # 9 misspelt type
        .replace("why: Dunne", "wy: Dunne")  # 14 misspelt key
        .replace("register:brp.persoon", "registr:brp.persoon")  # 17 no such supplier
        .replace("retention: P5Y", "retention: five years")  # 22 not a duration
        .replace("half_up 0.01", "halfway")  # 25 no direction of rounding
        .replace("| < 31   || ja_hoor   | apv ", "| < 31   || ja_hoor   | avp ")  # 33 no such source
        .replace('"U mag het."', "U mag het.")  # 36 text without quotes inside braces
        .replace("needs: [bewoner]", "needs: [bewooner]")  # 40 no such fact
    )
    assert faults(planted) == [
        (2, "E-FORM"),
        (5, "E-REFERENCE"),
        (9, "E-VALUE"),
        (14, "E-KEY"),
        (17, "E-SUPPLIER"),
        (22, "E-DURATION"),
        (25, "E-ROUND"),
        (33, "E-REFERENCE"),
        (36, "E-TEXT-QUOTES"),
        (40, "E-REFERENCE"),
    ]


@pytest.mark.parametrize("length", ["P0D", "PT0H", "P0Y0M0D", "P1000D", "five years", "P1.5D", "P-1D", "P"])
def test_a_duration_lasts_some_time_that_can_be_counted(length: str) -> None:
    """Nothing, and more than the calendar holds, are no durations; nobody meets them later on."""
    assert faults(SMALL.replace("retention: P5Y", f"retention: {length}")) == [(22, "E-DURATION")]


def test_every_problem_has_a_sentence_and_a_way_out() -> None:
    """No problem leaves the author without what to do, and none speaks of pydantic or Python."""
    text = SMALL.replace("type: number", "type: [number]").replace("kind: task", "kind: tsk").replace("[bewoner]", "{}")
    for problem in read_flow(text).problems:
        assert problem.message.endswith(".")
        assert problem.hint.endswith((".", "?"))
        assert "pydantic" not in str(problem)
        assert "Input should" not in str(problem)


@pytest.mark.parametrize(
    ("old", "new", "line", "code"),
    [
        ("    why: Dunne bomen mogen weg.\n", "", 8, "E-WHY"),
        ("    ask: Wie bent u?\n", "", 15, "E-ASK"),
        ("    unit: cm\n", '    options: {a: "A"}\n', 10, "E-KEY-TYPE"),
        ("min: 1\n", "min: 501\n", 11, "E-RANGE"),
        ("max: 500", "max: veel", 12, "E-LITERAL"),
        ("unsure: worker", "unsure: perhaps", 23, "E-VALUE"),
        ("  omtrek:\n    type", "  om trek:\n    type", 8, "E-NAME"),
        ("  bedrag: {", "  yes: {", 25, "E-NAME-RESERVED"),
        ("[ja_hoor, toch_niet]", "[ja_hoor, toch_niet, soms]", 28, "E-OUTCOME"),
        ("[ja_hoor, toch_niet]", "[ja_hoor, omtrek]", 28, "E-OPTION-NAME"),
        ("    type: choice\n", "    type: text\n", 5, "E-GOAL"),
        ("    task: kijk\n", "", 37, "E-MISSING"),
        ("task: kijk\n", "task: kik\n", 39, "E-REFERENCE"),
        ("{bedrag:whole}.\n      - {when", "{bedrag:groot}.\n      - {when", 43, "E-SLOT"),
        ("is: omtrek * 2", "hit: first, is: omtrek * 2", 25, "E-KEY-TYPE"),
        ("{show: calculation bedrag}", "{show: bedrag}", 45, "E-SHOW"),
        ("{working_hours: 4}", "{working_hours: 4, duration: P1D}", 46, "E-ONE-OF"),
        ("rank: 1", "rank: hoog", 36, "E-NUMBER"),
        ("because: {dun: thin}", "because: {dn: thin}", 50, "E-TRANSLATION"),
        ("en:\n  question: May I?", "en:\n  questoin: May I?", 48, "E-TRANSLATION"),
        ('sources: {apv: {title: "APV"', 'sources: {apv: {titel: "APV"', 6, "E-KEY"),
        ("  bedrag: {type", "  omtrek: {type", 25, "E-NAME-TWICE"),
        ("wegwijzer: 1", "wegwijzer: 2", 1, "E-VALUE"),
        ("language: nl", "language: Nederlands", 3, "E-FORM"),
    ],
)
def test_each_fault_points_at_its_line(old: str, new: str, line: int, code: str) -> None:
    """One planted fault is found on the line where it stands."""
    assert old in SMALL
    assert (line, code) in faults(SMALL.replace(old, new, 1))


@pytest.mark.parametrize(
    "promise",
    [
        "- nevr: {outcome: ja_hoor, when: omtrek > 9}",
        "- never: {outcome: ja_hoor, wen: omtrek > 9}",
        "- every: {outcome: ja_hoor, pases: judging}",
        "- always: {event: submit, reachs: worker}",
        "- may: {step: submit, inn: checking}",
    ],
)
def test_a_wrong_key_in_a_promise_is_said_once(promise: str) -> None:
    """Only the key itself is named, not what the promise lacks without it."""
    text = SMALL.replace("facts:\n", f"promises:\n  {promise}\nfacts:\n", 1)
    assert faults(text) == [(8, "E-KEY")]


def test_a_misspelling_gets_the_nearest_word() -> None:
    """The way out of an unknown key, value or name is the word that was probably meant."""
    text = SMALL.replace("confirm: show", "cnfirm: show").replace("kind: answer", "kind: answr")
    text = text.replace("goal: mag", "goal: magg")
    hints = [problem.hint for problem in read_flow(text).problems]
    assert hints == ["Did you mean `mag`?", "Did you mean `confirm`?", "Did you mean `answer`?"]


def test_a_fault_in_one_fact_keeps_the_others() -> None:
    """What could be read is still there for later checks, and what was left out is named."""
    reading = read_flow(SMALL.replace("type: number", "type: numbr"))
    assert reading.parsed is not None
    assert list(reading.parsed.flow.facts) == ["bewoner"]
    assert reading.dropped == {"omtrek"}
    assert len(reading.problems) == 1


def test_positions_survive_a_dropped_list_item() -> None:
    """When an item of a list was left out, the next one still points at its own line."""
    text = SMALL + "promises:\n  - nonsense\n  - never: {outcome: weg, when: omtrek > 3}\n"
    assert faults(text)[-2:] == [(53, "E-SHAPE"), (54, "E-REFERENCE")]


def test_places_inside_a_table_point_at_the_character() -> None:
    """An offset in a block of text becomes the line and column in the file."""
    parsed = parse_flow(SMALL, "f.yaml")
    table = parsed.flow.decisions["mag"].table or ""
    where = parsed.positions.within(("decisions", "mag", "table"), table.index("< 31"))
    assert (where.file, where.line, where.column) == ("f.yaml", 33, 9)
    where = parsed.positions.within(("facts", "omtrek", "ask"), 4)
    assert SMALL.splitlines()[where.line - 1][where.column - 1 :].startswith("dik is")


@pytest.mark.parametrize("text", ["", "   \n# only a comment\n", "- a\n- b\n", "just words\n", "42"])
def test_what_is_no_flow_says_so(text: str) -> None:
    """A file without keys gets one clear sentence."""
    with pytest.raises(FlowError) as caught:
        parse_flow(text)
    assert [problem.code for problem in caught.value.problems] == ["E-NOT-A-FLOW"]


@pytest.mark.parametrize("path", sorted(FLOWS.glob("*/flow.yaml")), ids=lambda path: path.parent.name)
def test_example_flows_load(path: Path) -> None:
    """Every flow that ships is read without a problem and has the name of its folder."""
    parsed = parse_flow(path.read_text("utf-8"), str(path))
    assert parsed.flow.flow == path.parent.name


@pytest.mark.parametrize(
    "more",
    [
        "promises:\n" + "  - x\n" * 3_000,
        "texts:\n" + "".join(f'  t{number}: "{{nothing_{number}}} {{x y}}"\n' for number in range(3_000)),
        "pages: {p: {title: P, facts: [" + ", ".join(f"no_fact_{number}" for number in range(3_000)) + "]}}\n",
        "tasks:\n" + "  a: {text: b}\n" * 3_000,
    ],
    ids=["shapes", "slots", "references", "keys"],
)
def test_thousands_of_faults_stay_readable(more: str) -> None:
    """A file that is wrong everywhere gives the first two hundred problems, not more than anybody reads."""
    assert len(read_flow(SMALL + more).problems) == MAX_PROBLEMS
