"""Tables with several outputs: how they are read, and every mistake that can be made in one."""

from __future__ import annotations

import pytest

from engine.errors import FlowError, Problem
from engine.flow.layout import formatted
from engine.flow.model import FactType, Hit
from engine.flow.parse import parse_flow, read_flow
from engine.flow.texts import texts_of
from engine.flow.versions import content_hash
from engine.graph.load import load_flow
from engine.lint.dutch import told

FLOW = """wegwijzer: 1
flow: toelage
language: nl
question: Krijg ik een toelage?
goal: recht
sources:
  wet: {title: "Toelagewet"}
facts:
  leeftijd: {type: integer, min: 0, max: 120, ask: "Hoe oud bent u?", why: "Daar hangt het van af."}
decisions:
  beoordeling:
    hit: first
    source: wet
    outputs:
      recht: {type: choice, options: [ja, nee], label: Recht}
      bedrag: {type: number, unit: euro, round: half_up 1}
    table: |
      | leeftijd || recht | bedrag         | source | because            |
      |----------||-------|----------------|--------|--------------------|
      | < 18     || nee   | 0              | wet    | u bent te jong     |
      | -        || ja    | leeftijd * 1.5 | -      | u bent oud genoeg  |
outcomes:
  ja: {kind: answer, text: "U krijgt {bedrag}.", values: [bedrag]}
  nee: {kind: answer, text: "U krijgt niets."}
en:
  decisions:
    beoordeling:
      because: {u bent te jong: "you are too young"}
      outputs:
        recht: {label: "Right", options: {ja: "yes", nee: "no"}}
"""


OUTPUTS = FLOW[FLOW.index("    outputs:\n") : FLOW.index("    table:")]


def found(text: str) -> list[Problem]:
    """What is wrong with a flow, reader and compiler together."""
    with pytest.raises(FlowError) as caught:
        load_flow(text)
    return list(caught.value.problems)


def test_each_output_is_a_decision_with_what_its_table_says() -> None:
    """Type, unit and rounding are its own; table, hit policy, source and reasons those of the table."""
    flow = parse_flow(FLOW).flow
    assert list(flow.decisions) == ["recht", "bedrag"]
    recht, bedrag = flow.decisions["recht"], flow.decisions["bedrag"]
    assert (recht.type, bedrag.type) == (FactType.CHOICE, FactType.NUMBER)
    assert bedrag.round is not None
    assert recht.table == bedrag.table
    assert recht.hit is bedrag.hit is Hit.FIRST
    assert recht.source == bedrag.source == "wet"
    assert recht.part_of == "beoordeling"
    assert list(flow.tables) == ["beoordeling"]


def test_language_blocks_translate_reasons_of_the_table_and_words_of_an_output() -> None:
    """Each stands where the file has it; every output knows the reasons."""
    flow = parse_flow(FLOW).flow
    assert flow.decisions["recht"].options["ja"]["en"] == "yes"
    assert flow.decisions["recht"].label["en"] == "Right"  # type: ignore[index]
    assert flow.decisions["bedrag"].reasons["u bent te jong"]["en"] == "you are too young"


def test_what_an_output_shares_is_found_where_the_table_has_it() -> None:
    """Positions know an output by its own path; so do the paths of language blocks."""
    parsed = parse_flow(FLOW)
    where = parsed.positions.where
    assert where("decisions", "bedrag", "table") == where("decisions", "beoordeling", "table")
    assert parsed.positions.key("decisions", "bedrag").line == 16
    assert where("decisions", "bedrag", "unit") == where("decisions", "beoordeling", "outputs", "bedrag", "unit")
    reason = ("because", "u bent te jong")
    assert where("en", "decisions", "recht", *reason) == where("en", "decisions", "beoordeling", *reason)


def test_texts_stand_once_and_where_the_file_has_them() -> None:
    """A reason of the table is one text, whatever the number of outputs."""
    paths = [path for path, _ in texts_of(parse_flow(FLOW).flow)]
    assert paths.count(("decisions", "beoordeling", "reasons", "u bent te jong")) == 1
    assert ("decisions", "beoordeling", "outputs", "bedrag", "unit") in paths
    assert not [path for path in paths if path[:2] == ("decisions", "recht")]


def test_an_output_may_be_its_type_alone() -> None:
    """As an argument of a function may."""
    flow = parse_flow(FLOW.replace("{type: number, unit: euro, round: half_up 1}", "number")).flow
    assert flow.decisions["bedrag"].type is FactType.NUMBER


def test_columns_may_stand_in_another_order_than_outputs() -> None:
    """A column belongs to the output with its name."""
    table = FLOW[FLOW.index("      | leeftijd |") : FLOW.index("outcomes:")]
    other = """      | leeftijd || bedrag | recht |
      | < 18     || 0      | nee   |
      | -        || 5      | ja    |
"""
    graph = load_flow(FLOW.replace(table, other)[: FLOW.index("en:\n") - len(table) + len(other)])
    assert [row.output.text for row in graph.rulings["recht"].rows] == ["nee", "ja"]
    assert [row.output.text for row in graph.rulings["bedrag"].rows] == ["0", "5"]


def test_layout_aligns_such_a_table_and_its_layout_is_no_other_version() -> None:
    """The table is laid out as any other is, which changes no identity."""
    ragged = FLOW.replace("| < 18     || nee   | 0              |", "|< 18||nee|0|")
    assert formatted(ragged) == formatted(FLOW)
    assert content_hash(parse_flow(ragged).flow) == content_hash(parse_flow(FLOW).flow)


def test_another_option_or_cell_is_another_version() -> None:
    """Everything that an output says counts."""
    for old, new in (
        ("options: [ja, nee]", "options: [nee, ja]"),
        ("leeftijd * 1.5", "leeftijd * 2"),
        ("half_up 1", "up 1"),
        ("beoordeling:", "oordeel:"),
    ):
        assert content_hash(parse_flow(FLOW.replace(old, new)).flow) != content_hash(parse_flow(FLOW).flow)


MISTAKES = {
    "a column that is no output": (
        ("|| recht | bedrag         |", "|| recht | bedarg         |"),
        ("E-TABLE-HEAD", 18, "`bedarg` is not one of the outputs of `beoordeling`.", "Did you mean `bedrag`?"),
    ),
    "an output without a column": (
        ("bedrag: {type: number,", "datum: date\n      bedrag: {type: number,"),
        ("E-TABLE-HEAD", 16, "Output `datum` has no column in the table.", "Add a column `datum` right of `||`."),
    ),
    "an output with the name of its table": (
        ("bedrag: {type: number,", "beoordeling: date\n      bedrag: {type: number,"),
        ("E-NAME-TWICE", 16, "Output `beoordeling` has the name of its own table.", "Give the table"),
    ),
    "an output with the name of a fact": (
        ("bedrag: {type: number,", "leeftijd: date\n      bedrag: {type: number,"),
        ("E-NAME-TWICE", 16, "`leeftijd` is already the name of something in `facts`, on line 9.", "Give one"),
    ),
    "an output with the name of a decision": (
        ("outcomes:\n", "  bedrag: {type: number, is: leeftijd}\noutcomes:\n"),
        ("E-NAME-TWICE", 16, "`bedrag` is already the name of something in `decisions`, on line 22.", "Give one"),
    ),
    "a table with the name of a fact": (
        ("  beoordeling:\n    hit", "  leeftijd:\n    hit"),
        ("E-NAME-TWICE", 11, "`leeftijd` is already the name of something in `facts`, on line 9.", "Give one"),
    ),
    "an output called source": (
        ("bedrag: {type: number,", "source: date\n      bedrag: {type: number,"),
        ("E-NAME-RESERVED", 16, "`source` is the head of a column that every table may have.", "Give the output"),
    ),
    "an output called because": (
        ("bedrag: {type: number,", "because: text\n      bedrag: {type: number,"),
        ("E-NAME-RESERVED", 16, "`because` is the head of a column that every table may have.", "Give the output"),
    ),
    "a word of the language": (
        ("bedrag: {type: number,", "none: date\n      bedrag: {type: number,"),
        ("E-NAME-RESERVED", 16, "`none` has a meaning of its own.", "Choose another name."),
    ),
    "a type beside the outputs": (
        ("    hit: first\n", "    hit: first\n    type: choice\n"),
        ("E-KEY-TYPE", 13, "`type` does not go with `outputs`: every output has its own.", "Write it with"),
    ),
    "options beside the outputs": (
        ("    hit: first\n", "    hit: first\n    options: [ja, nee]\n"),
        ("E-KEY-TYPE", 13, "`options` does not go with `outputs`: every output has its own.", "Write it with"),
    ),
    "an adding up of several outputs": (
        ("hit: first", "hit: collect(sum)"),
        ("E-KEY-TYPE", 12, "`hit: collect(sum)` does not go with several outputs.", "Give each of these outputs"),
    ),
    "a collection of what are no options": (
        ("hit: first", "hit: collect"),
        ("E-KEY-TYPE", 16, "`hit: collect` gives a list of options, and output `bedrag` is of type number.", "Make it"),
    ),
    "a faulty type of an output": (
        ("type: number,", "type: numbr,"),
        ("E-VALUE", 16, "`numbr` is not a value of `type`.", "Did you mean `number`?"),
    ),
    "a key that an output does not have": (
        ("unit: euro,", "each: euro,"),
        ("E-KEY", 16, "`each` is not a key of output `bedrag`.", "Known are"),
    ),
    "a choice without options": (
        ("{type: choice, options: [ja, nee], label: Recht}", "choice"),
        ("E-OPTIONS", 15, "A choice needs `options`.", "Add options"),
    ),
    "an empty cell": (
        ("| nee   | 0              |", "| nee   |                |"),
        ("E-CELL-EMPTY", 20, "This conclusion is empty.", "Write a value; for no value write `none`."),
    ),
    "a dash as a conclusion": (
        ("| nee   | 0              |", "| -     | 0              |"),
        ("E-CELL-EMPTY", 20, "This conclusion is empty.", "Write a value; for no value write `none`."),
    ),
    "a misspelt option": (
        ("| nee   | 0              |", "| ne    | 0              |"),
        ("E-CELL-VALUE", 20, "This is not one of the options.", "Did you mean `nee`?"),
    ),
    "a head that is an output": (
        ("| leeftijd ||", "| bedrag   ||"),
        ("E-CYCLE", 18, "Table `beoordeling` reads `bedrag`, which it gives itself.", "Make what needs it"),
    ),
    "a cell that reads an output": (
        ("leeftijd * 1.5", 'if recht = "ja" then 1 else 2'),
        ("E-CYCLE", 21, "Table `beoordeling` reads `recht`, which it gives itself.", "Make what needs it"),
    ),
    "a goal that is the table": (
        ("goal: recht", "goal: beoordeling"),
        ("E-REFERENCE", 5, "`beoordeling` is a table with several outputs.", "Name one of them: recht, bedrag."),
    ),
    "a text that shows the table": (
        ('"U krijgt {bedrag}."', '"U krijgt {beoordeling}."'),
        ("E-SLOT", 23, "`beoordeling` is a table with several outputs.", "Name one of them: recht, bedrag."),
    ),
    "a key that only the reader fills in": (
        ("    hit: first\n", "    hit: first\n    part_of: ander\n"),
        ("E-KEY", 13, "`part_of` is not a key of decision `beoordeling`.", "Known are"),
    ),
    "an expression that reads the table": (
        ("outcomes:\n", "  dubbel: {type: number, is: beoordeling * 2}\noutcomes:\n"),
        ("E-NAME", 22, "`beoordeling` is a table with several outputs.", "Name one of them: recht, bedrag."),
    ),
    "a unknown source in a row": (
        ("| 0              | wet    |", "| 0              | wat    |"),
        ("E-REFERENCE", 20, "There is no source `wat`.", "Did you mean `wet`?"),
    ),
    "a reason in a block that no row has": (
        ("because: {u bent te jong:", "because: {u bent te oud:"),
        ("E-TRANSLATION", 28, "No row has the reason `u bent te oud`.", ""),
    ),
    "outputs as a list": (
        (OUTPUTS, "    outputs: [recht, bedrag]\n"),
        ("E-SHAPE", 14, "`outputs` holds names, each with what belongs to it.", "Write"),
    ),
    "no outputs at all": (
        (OUTPUTS, "    outputs: {}\n"),
        ("E-EMPTY", 14, "`outputs` of `beoordeling` names none.", "Name each output"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_every_mistake_is_told_once_at_its_place(mistake: str) -> None:
    """What is wrong, where and what to do; not once for each output, and in Dutch too."""
    (old, new), (code, line, message, hint) = MISTAKES[mistake]
    assert old in FLOW
    problems = [own for own in found(FLOW.replace(old, new)) if own.code == code and str(own.message) == message]
    assert [own.where.line for own in problems] == [line]
    assert str(problems[0].hint).startswith(hint)
    assert told(problems[0].message, "nl") != str(problems[0].message)


@pytest.mark.parametrize(
    "mistake", sorted(set(MISTAKES) - {"outputs as a list", "no outputs at all", "a choice without options"})
)
def test_one_mistake_is_one_problem(mistake: str) -> None:
    """Nothing else is found wrong because of it, but where names or places get lost with it."""
    (old, new), (code, *_) = MISTAKES[mistake]
    others = [own for own in found(FLOW.replace(old, new)) if own.code != code]
    assert [
        str(own) for own in others if own.code not in ("E-TABLE-HEAD", "E-TRANSLATION", "E-OUTCOME", "E-GOAL")
    ] == []


def test_several_conclusions_without_outputs_are_told_about_outputs() -> None:
    """Who writes two columns under a decision hears how that is done."""
    text = FLOW.replace(OUTPUTS, "    type: choice\n    options: [ja, nee]\n").replace(
        "  beoordeling:\n    hit", "  recht:\n    hit"
    )
    hints = [str(own.hint) for own in found(text) if own.code == "E-TABLE-HEAD"]
    assert hints == ["For several conclusions write `outputs` in the place of `type`: each with its own type."]


def test_only_a_table_has_several_outputs() -> None:
    """Rules and an expression give one value."""
    old = FLOW[FLOW.index("    table:") : FLOW.index("outcomes:")]
    messages = [str(own.message) for own in found(FLOW.replace(old, "    is: leeftijd * 2\n"))]
    assert "Only a table has several outputs, and `beoordeling` has none." in messages
    assert not [own for own in messages if "no fact or decision" in own or "There is no decision" in own]


def test_priority_needs_an_order_of_options() -> None:
    """Numbers have none."""
    text = FLOW.replace("hit: first", "hit: priority").replace(
        "{type: choice, options: [ja, nee], label: Recht}", "text"
    )
    messages = [str(own.message) for own in found(text)]
    assert "`hit: priority` follows the order of options, and no output of `beoordeling` has any." in messages


def test_a_table_without_its_faulty_output_is_still_looked_at() -> None:
    """Names of outputs that could not be read are known to be missing, and complained of once."""
    reading = read_flow(FLOW.replace("type: number,", "type: numbr,"))
    assert reading.dropped == {"bedrag"}
    assert {own.code for own in reading.problems} == {"E-VALUE"}
