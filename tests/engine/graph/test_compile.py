"""Compiling a flow: every kind of fault with its code, at its own line and column, all in one go."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import FlowError, Problem
from engine.graph.load import load_flow

WHOLE = (Path(__file__).parent / "whole.yaml").read_text(encoding="utf-8")

FAULTS = [
    # expressions
    ("loon < grens(dag).hoog}", "loon << grens(dag).hoog}", "E-FEEL-SYNTAX", "< grens"),
    ("laag_loon: {type: boolean, is: loon <", "laag_loon: {type: boolean, is: lon <", "E-NAME", "lon <"),
    ("is: sum(per_kind)", "is: sum(per_kidn)", "E-NAME", "per_kidn"),
    ("when: leeftijd > 17", "when: leefijd > 17", "E-NAME", "leefijd"),
    ('grens(dag).hoog)"}', 'grens(dag).hoger)"}', "E-NAME", 'grens(dag).hoger)"}'),
    ("must: dag <= vandaag", "must: dag <= vandag", "E-NAME", "vandag"),
    # types
    ("is: loon < grens(dag).hoog", 'is: loon < "veel"', "E-TYPE", 'loon < "veel"'),
    ("when: leeftijd > 17", "when: leeftijd + 17", "E-TYPE", "leeftijd + 17"),
    ("zeker = yes and loon > 10", "zeker and loon > 10", "E-UNSURE", "zeker and loon"),
    ("when: leeftijd > 17", "when: not(zeker)", "E-UNSURE", "zeker)"),
    ("when: leeftijd > 17", "when: zeker", "E-UNSURE", "zeker,"),
    ('when: soort = "klein"', 'when: soort = "kleni"', "E-OPTION", '"kleni"'),
    ("weken(leeftijd) *", "weken(leeftijd, 2) *", "E-CALL", "weken(leeftijd, 2)"),
    ("weken(leeftijd) *", "weken(soort) *", "E-TYPE", "soort) *"),
    ("is: sum(per_kind)", "is: count(per_kind) = 2", "E-TYPE", "count(per_kind) = 2"),
    ("must: sinds = none or sinds >= geboren", "must: sinds >= leeftijd", "E-TYPE", "sinds >= leeftijd"),
    ('["loon_zelf"]', '["loon_self"]', "E-OPTION", '"loon_self"'),
    # tables
    ("| groot | >= 18    |", "| grote | >= 18    |", "E-CELL-VALUE", "grote"),
    ("| groot | >= 18    |", "| groot | >= oud   |", "E-NAME", "oud   |"),
    ("| groot | >= 18    |", "| groot | >= dag   |", "E-TYPE", "dag   |"),
    ("| groot | >= 18    |", "| groot |          |", "E-CELL-EMPTY", "|          |"),
    ("|| wel   |", "|| wal   |", "E-CELL-VALUE", "wal   |"),
    ("|| 0.5   |", "|| dag   |", "E-TYPE", "dag   |"),
    ("| soort | leeftijd |", "| soort | leftijd |", "E-NAME", "leftijd |"),
    ("zeker || recht |", "zeker || rechten |", "E-TABLE-HEAD", "rechten |"),
    ("| wet    | groot   |", "| awb    | groot   |", "E-REFERENCE", "awb    |"),
    ("| 2026-01-01 || 751  |", "| 2026-01-01 ||      |", "E-CELL-EMPTY", "||      | 2"),
    ("{when: 'has any(waarvan, [\"loon_zelf\"])', then", "{when: else, then", "E-RULES-ELSE", "else, then"),
    ("then: strook}", "then: stroop}", "E-CELL-VALUE", "stroop}"),
    # texts
    ("U krijgt {bedrag}.", "U krijgt {bedrga}.", "E-SLOT", "{bedrga}"),
    ("U krijgt {bedrag}.", "U krijgt {loon}.", "E-TEXT-UNKNOWN", "{loon}"),
    ("U krijgt {bedrag}.", "U krijgt {bedrag:groot}.", "E-SLOT", "{bedrag:groot}"),
    ("Sinds {vandaag}.", "Sinds {dag}.", "E-TEXT-UNKNOWN", "{dag}"),
    # the rest
    ("is: sum(per_kind)", "is: sum(per_kind) + bedrag + samen", "E-CYCLE", "samen: {type"),
    # the process
    ('outcome.kind = "task"', 'outcome.kind = "taak"', "E-OPTION", '"taak"'),
    ("loon > 100 and laag_loon", "loon > 100 and laagloon", "E-NAME", "laagloon"),
    ("loon > 100 and laag_loon", "loon + 100", "E-TYPE", "loon + 100"),
    ("| decided | publish outcome |", "| decided | tell iets       |", "E-PROCESS-TELL", ""),
    # texts again
    ("U krijgt {bedrag}.", "U krijgt {bedrag.zin}.", "E-TEXT-NAME", "{bedrag.zin}"),
]  # fmt: skip


def problems(text: str) -> tuple[Problem, ...]:
    """Everything that stands in the way of a flow; nothing when it loads."""
    try:
        load_flow(text, "geheel.yaml")
    except FlowError as error:
        return error.problems
    return ()


def test_the_whole_flow_loads() -> None:
    """What the faults below are planted in is sound."""
    assert problems(WHOLE) == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    FAULTS,
    ids=[f"{own[2]} {own[3]}" for own in FAULTS],
)
def test_a_fault_is_told_where_it_stands(old: str, new: str, code: str, at: str) -> None:
    """One planted fault: its code, its line, and where `at` begins its column too; with a sentence and a way out."""
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    start = text.index(new) + (new.index(at) if at and at in new else 0)
    line = text.count("\n", 0, start) + 1
    found = [problem for problem in problems(text) if problem.code == code]
    assert found, [str(problem) for problem in problems(text)]
    assert line in [problem.where.line for problem in found]
    assert all(problem.message.endswith((".", "?")) and problem.where.file == "geheel.yaml" for problem in found)


@pytest.mark.parametrize(
    "slot", ["{bedrga}", "{bedrag:groot}", "{loon + 1}", "{weken}", "{}", "{loon}", "{bedrag.zin}"]
)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('text: "U krijgt niets."', 'text: "Niets, $."'),
        ('text: "U krijgt niets."', 'text: ["Niets, $."]'),
        ('text: "U krijgt niets."', 'text: {when: laag_loon, text: "Niets, $."}'),
        ('text: "U krijgt niets."', 'text: ["Niets.", {when: laag_loon, text: "Niets, $."}]'),
        ("\nen: {", '\nen: {outcomes: {niet: {text: "Nothing, $."}}, '),
    ],
)
def test_what_stands_wrong_between_braces_is_told_once_at_its_brace(slot: str, old: str, new: str) -> None:
    """Reader and compiler both look at it; however the text is written down, the author hears of it once."""
    text = WHOLE.replace(old, new, 1).replace("$", slot)
    start = WHOLE.index(old) + new.index("$")
    found = [(own.where.line, own.where.column) for own in problems(text)]
    assert found == [(text.count("\n", 0, start) + 1, start - text.rindex("\n", 0, start))]


def test_faults_of_all_kinds_come_together() -> None:
    """Many faults at once are all told, each on its own line."""
    planted = [FAULTS[number] for number in (1, 3, 8, 17, 29, 32)]
    text = WHOLE
    for old, new, _, _ in planted:
        assert old in text
        text = text.replace(old, new, 1)
    assert {code for _, _, code, _ in planted} <= {problem.code for problem in problems(text)}


def test_a_circle_names_everyone_in_it() -> None:
    """Decisions that need each other are named in order."""
    text = WHOLE.replace("is: loon < grens(dag).hoog", 'is: recht = "wel"').replace("| - |", "| - |")
    text = text.replace("| soort | leeftijd | zeker ||", "| soort | leeftijd | laag_loon ||")
    found = next(problem for problem in problems(text) if problem.code == "E-CYCLE")
    assert "`laag_loon` needs `recht`" in found.message


def test_a_fact_may_be_called_like_a_built_in() -> None:
    """A name of the author's wins over a function of FEEL with the same name."""
    text = WHOLE.replace("  leeftijd:", '  day: {type: integer, ask: "Dag?", why: "Daarom."}\n  leeftijd:', 1)
    text = text.replace("is: loon < grens(dag).hoog", "is: day > 3")
    graph = load_flow(text)
    assert "day" in graph.rulings["laag_loon"].reads


def test_deleting_the_ways_to_a_person_is_refused() -> None:
    """No flow loads that leaves a citizen with a digital way only."""
    channels = "channels: {web: {}, email: {}}\ncontact: {ask_person: {over: [email], within: P1D}}\n"
    assert "E-PROCESS-REACH" in {problem.code for problem in problems(WHOLE + channels)}


def test_a_process_with_a_dead_end_is_refused() -> None:
    """Process checks stand at the door: a place without a clock, a wait without an end."""
    place = '  places: {zomaar: {who: citizen, does: wait, title: "Wachten"}}\n'
    rows = "    | checking | parkeer | citizen | -                    | zomaar  | -               |\n"
    text = WHOLE.replace("process:\n", "process:\n" + place).replace("promises:", rows.rstrip() + "\npromises:")
    codes = {problem.code for problem in problems(text)}
    assert {"E-PROCESS-NO-CLOCK", "E-PROCESS-NO-MOVE"} <= codes
