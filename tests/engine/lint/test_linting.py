"""A flow file judged as a whole: errors first, rules in the reader's language, waivers in writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.lint.dutch import told
from engine.lint.linting import lint
from engine.lint.waivers import waivers_of
from tests.engine.lint.flows import SOUND

FLOWS = sorted((Path(__file__).resolve().parents[3] / "flows").rglob("flow.yaml"))
NEGATIVE = SOUND.replace(
    "decisions:", "  pas:\n    type: boolean\n    ask: Hebt u geen pas?\n    why: Dan zwemt u gratis.\ndecisions:", 1
).replace('text: "U zwemt gratis."', 'text: "U zwemt gratis.", needs: [pas]')


def found(text: str) -> list[tuple[str, int]]:
    """Codes and lines."""
    return [(own.code, own.where.line) for own in lint(text, "flow.yaml").problems]


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: "/".join(path.parts[-4:-1]))
def test_the_example_flows_have_nothing_to_say_about(path: Path):
    """Each example flow passes every rule, or says in writing why not."""
    linted = lint(path.read_text(encoding="utf-8"), str(path))
    assert [str(own) for own in linted.problems] == []
    assert linted.is_sound
    assert all(reason for _, reason in linted.waived)


def test_a_file_that_cannot_be_read_has_errors_only():
    """Rules look at a flow that stands; before that the loader speaks, with everything at once."""
    linted = lint(SOUND.replace("Hoe oud bent u?", "Bent u geen tien? Toch?").replace("< 12", "< twaalf"))
    assert linted.problems
    assert all(own.code.startswith("E-") for own in linted.problems)
    assert not linted.is_sound
    assert linted.version == ""


def test_a_finding_speaks_the_reader_s_language():
    """The same finding in Dutch and in English; another language gets English."""
    message = lint(NEGATIVE, "f").problems[0].message
    said = {language: told(message, language) for language in ("nl", "en", "de")}
    assert "raken ja en nee verward" in said["nl"]
    assert "easily confused" in said["en"]
    assert said["de"] == said["en"]


def test_opening_hours_and_waits_are_judged_too():
    """What the room of terms finds in a flow that loads is told with the rules."""
    assert [code for code, _ in found(SOUND.replace("mo-fr 09:00-17:00", "whenever"))] == ["E-OPEN", "E-OPEN"]


def test_a_waiver_sets_a_rule_aside_for_the_entry_below():
    """A comment with a code and a reason: the finding goes, and is told as waived; another entry keeps its own."""
    line = NEGATIVE.split("\n").index("  pas:") + 1
    assert found(NEGATIVE) == [("L-NEGATIVE", line + 2)]
    waived = NEGATIVE.replace("  pas:", "  # lint: L-NEGATIVE: the law says so\n  pas:")
    assert found(waived) == []
    assert [reason for _, reason in lint(waived).waived] == ["the law says so"]
    elsewhere = NEGATIVE.replace("  leeftijd:\n", "  # lint: L-NEGATIVE: the law says so\n  leeftijd:\n", 1)
    assert [code for code, _ in found(elsewhere)] == ["L-WAIVER", "L-NEGATIVE"]


def test_a_waiver_above_everything_counts_for_the_whole_file():
    """Before the first key it covers the file."""
    assert found("# lint: L-NEGATIVE: prescribed\n" + NEGATIVE.lstrip()) == []


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("# lint: L-NEGATIVE", "without a reason"),
        ("# lint: L-NEGATIV: x", "no rule"),
        ("# lint: L-LONG: x", "finds nothing"),
    ],
)
def test_a_waiver_that_sets_nothing_aside_is_found(comment: str, says: str):
    """No reason, no such rule, nothing to set aside: each is said at the comment."""
    linted = lint(NEGATIVE.replace("  pas:", f"  {comment}\n  pas:"))
    told = [own for own in linted.problems if own.code == "L-WAIVER"]
    assert len(told) == 1
    assert says in told[0].message


def test_an_error_cannot_be_waived():
    """Only rules and warnings give way."""
    refusal = SOUND.replace("nee: {kind: answer", "nee: {kind: refusal")
    assert [code for code, _ in found("# lint: L-REMEDY: no\n" + refusal.lstrip())][:1] == ["L-WAIVER"]
    assert "L-REMEDY" in dict(found("# lint: L-REMEDY: no\n" + refusal.lstrip()))


def test_a_waiver_covers_the_lines_of_its_entry():
    """From the entry up to the next one at the same depth; comments and empty lines between do not end it."""
    text = "a: 1\n  # lint: L-X: why\n\n  # more\n  b:\n    c: 1\n\n    d: 2\n  e: 3\n"
    (waiver,) = waivers_of(text)
    assert (waiver.first, waiver.last) == (5, 8)
