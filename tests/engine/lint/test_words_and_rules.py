"""Where words, registers, units, ranks and skills do not fit each other: what is wrong, and what only looks like it."""

from __future__ import annotations

import pytest

from tests.engine.lint.test_times_and_turns import found

OUTCOME = 'outcomes: {nee: {kind: refusal, title: "%s", text: "%s", remedy: {kind: bezwaar, within: P6W}}}'


@pytest.mark.parametrize(
    ("title", "text", "many"),
    [
        ("U krijgt geen pas", "U krijgt geen pas. U bent nog te jong.", 0),
        ("U krijgt geen pas", "U krijgt een pas. U bent nog te jong.", 1),
        ("U krijgt nu een pas", "U krijgt geen pas.", 1),
        ("U krijgt geen pas", "U krijgt een brief over uw pas.", 0),
        ("Geen pas", "U kunt bezwaar maken. Dat kost niets.", 0),
        ("Geen pas", "U kunt geen bezwaar maken.", 1),
        ("Geen pas", "U kunt niet in beroep.", 1),
        ("Geen pas", "Maakt u geen bezwaar, dan blijft het zo.", 0),
    ],
)
def test_a_letter_says_one_thing(title: str, text: str, many: int) -> None:
    """A sentence in the words of the title denies when the title does, and a remedy is not denied."""
    assert len(found("L-OPPOSITE", OUTCOME % (title, text))) == many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Niet mee eens? U kunt binnen zes weken naar de rechter.", 0),
        ("Niet mee eens? U kunt binnen twee weken naar de rechter.", 1),
        ("Niet mee eens? U kunt binnen 10 dagen in beroep.", 1),
        ("U hoort binnen twee weken van de rechter.", 0),
    ],
)
def test_a_message_gives_the_time_of_the_law(text: str, many: int) -> None:
    """What is told on the way says six weeks too, or what a remedy of the flow says."""
    assert len(found("L-REMEDY-WEEKS", OUTCOME % ("Nee", "Nee.") + f'\ntexts: {{na: "{text}"}}')) == many


@pytest.mark.parametrize(
    ("unit", "ask", "many"),
    [
        ("km", "Hoeveel meter kunt u lopen?", 1),
        ("m", "Hoeveel meter kunt u lopen?", 0),
        ("m", "Hoeveel dagen per week loopt u?", 0),
        ("uur", "Hoe lang blijft u?", 0),
        ("maanden", "In hele jaren, hoe lang woont u hier?", 1),
        ("euro", "Hoeveel jaar werkt u?", 0),
    ],
)
def test_a_question_asks_in_the_unit_of_its_answer(unit: str, ask: str, many: int) -> None:
    """Units of one measure that differ; another measure, or no unit, is no finding."""
    assert len(found("L-UNIT", f'facts: {{leeftijd: {{unit: {unit}, ask: "{ask}"}}}}')) == many


@pytest.mark.parametrize(("grant", "refusal", "many"), [("2", "0", 0), ("1", "1", 1), ("0", "3", 1), ("", "1", 1)])
def test_a_refusal_ranks_below_a_grant(grant: str, refusal: str, many: int) -> None:
    """As good, better, or not ranked beside one that is."""
    rank = f"rank: {grant}, " if grant else ""
    both = f"outcomes: {{ja: {{kind: grant, {rank}text: Ja}}, nee: {{kind: refusal, rank: {refusal}, text: Nee}}}}"
    assert len(found("L-RANK-KIND", both)) == many


@pytest.mark.parametrize(
    ("length", "many"), [("P8W", 0), ("P9W", 1), ("{working_hours: 320}", 0), ("{working_hours: 1600}", 1)]
)
def test_nobody_waits_longer_for_a_task_than_for_a_decision(length: str, many: int) -> None:
    """Eight weeks, on the calendar or in opening hours."""
    task = f"tasks: {{kijk: {{skill: s, within: {length}, text: Kijk}}}}\noutcomes: {{nee: {{kind: task, task: kijk}}}}"
    assert len(found("L-LONG-WAIT", task)) == many


def test_several_rows_may_call_for_one_thing_each() -> None:
    """Where rows are gathered, or conclude the same, one reason may stand there twice."""
    rows = "| leeftijd || gratis | because |\\n| < 5 || ja | jong |\\n| < 12 || %s | jong |\\n| - || nee | oud |"
    assert found("L-BECAUSE-TWICE", 'decisions: {gratis: {table: "%s"}}' % (rows % "ja")) == []
    assert len(found("L-BECAUSE-TWICE", 'decisions: {gratis: {table: "%s"}}' % (rows % "nee"))) == 1


STEPS = """
process:
  places: {nazien: {who: worker, does: judge, within: P2W, skill: zwembad, title: "Wij zien het na"}}
  steps: |
    | from     | event | by      | if | to     | do |
    | answered | ask   | citizen | -  | nazien | %s |
    | nazien   | done  | worker  | -  | closed | -  |
    | nazien   | late  | clock   | -  | stay   | task chef |
tasks: {kijk: {skill: zwembad, within: P1W, text: "Kijk."}, chef: {skill: chef, within: P1W, text: "Help."}}
"""


@pytest.mark.parametrize(("do", "many"), [("task kijk", 0), ("task kijk; task chef", 0), ("-", 0), ("task chef", 1)])
def test_work_comes_to_who_may_take_the_step(do: str, many: int) -> None:
    """One of the tasks is enough, and so is none: then the place itself brings the work."""
    assert len(found("L-SKILL-PLACE", STEPS % do)) == many
