"""`wegwijzer play`: piped in, and on a real terminal; what is saved runs with `wegwijzer test`."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from api.cli.main import main
from api.cli.play import Play
from engine.graph.load import load_flow
from ui_schema.shape import Language

FLOWS = Path(__file__).resolve().parents[3] / "flows"
COMMAND = [sys.executable, "-m", "api.cli.main", "play"]


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A flow that may be written to."""
    shutil.copytree(FLOWS / "boom-kappen", tmp_path / "boom-kappen")
    return tmp_path / "boom-kappen" / "flow.yaml"


def played(flow: Path, *lines: str, language: str = "nl") -> str:
    """What is said when these lines are typed."""
    out = io.StringIO()
    graph = load_flow(flow.read_text("utf-8"))
    Play(graph, flow, date(2026, 3, 2), Language(language), out).whole(iter(lines))
    return out.getvalue()


def test_a_walk_may_be_piped_in(flow: Path) -> None:
    """Each line is shown behind its prompt, and the end of the input ends it."""
    done = subprocess.run(
        [*COMMAND, str(flow), "--language", "en"], input="yes\n", capture_output=True, text=True, check=True
    )
    assert "> yes\n" in done.stdout
    assert "» Somebody looks into it with you at once" in done.stdout
    assert done.stderr == ""


def test_a_day_that_is_none_is_told_in_a_sentence(flow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the language that was asked for; exit code 2."""
    assert main(["play", str(flow), "--day", "morgen", "--language", "nl"]) == 2
    assert "--day wil een dag, geschreven als 2026-03-01." in capsys.readouterr().err


def test_a_walk_with_its_reasons(flow: Path) -> None:
    """Why this, why not that, one back, another channel in its own words, the outcome with its reason."""
    said = played(
        flow, "nee", "3", "?", "why not iepziekte", "undo", "snoeien", "via phone", "why not spoed", "n", "answers"
    )  # fmt: skip
    assert "Toestemming, regel 6" in said
    assert "Doet er niet meer toe: Beheerplan; Dunnen; Iepziekte" in said
    assert "Het antwoord kan de uitkomst niet meer veranderen." in said
    assert "Teruggenomen: werk = snoeien" in said
    assert "Krijgt de boom door het snoeien een andere vorm?" in said or "de telefoon" in said
    assert "Dat is al bekend: nee" in said
    assert "De reden: de boom houdt of krijgt zijn eigen vorm." in said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_not_understood_is_told_with_the_way_out(flow: Path, language: str) -> None:
    """The choices by number, the channels, what lacks behind a bare word, the open questions; no English in Dutch."""
    lines = ("blah", "99", "via fax", "via", "go xyz", "wait 3x", "forget", "yes", "blah")
    said = played(flow, *lines, language=language)
    nl = language == "nl"
    assert said.count("Kies een van deze: 1 Ja; 2 Nee" if nl else "Choose one of these: 1 Yes; 2 No") == 2
    assert ("Een kanaal is een van web, phone" if nl else "A channel is one of web, phone") in said
    assert ("Achter `via` hoort nog iets: via phone." if nl else "`via` needs more: via phone.") in said
    assert ("open staan: spoed, werk" if nl else "open are: spoed, werk") in said
    assert ("save NAAM bewaart" if nl else "save NAME keeps") in said
    assert not (nl and any(word in said for word in ("Write", "This is", "channel is", "needs more")))


def test_a_move_that_is_none_is_told_so_where_nothing_is_asked(flow: Path) -> None:
    """How a step of a civil servant is written, and how time is; only what is no move at all hears that nothing is."""
    said = played(flow, "ja", "work propose toestemmingsvrij want het mag", "wait 3x", "blah")
    assert "Schrijf `work STAP`, `work STAP UITKOMST`" in said
    assert "Schrijf hoe lang, als 4h, 15d of 2w" in said
    assert said.count("Er staat geen vraag open") == 1


def test_what_can_be_done_against_a_refusal_stands_under_it(tmp_path: Path) -> None:
    """The remedy, until when, and with whom, as on the citizen's page."""
    refusing = tmp_path / "flow.yaml"
    refusing.write_text(
        "wegwijzer: 1\nflow: kraam\nlanguage: nl\nquestion: Mag het?\ngoal: mag\n"
        'facts: {schoon: {type: boolean, ask: "Is het schoon?", why: "Dat moet."}}\n'
        'decisions: {mag: {type: choice, options: [ja, nee], is: \'if schoon then "ja" else "nee"\'}}\n'
        'outcomes:\n  ja: {kind: answer, text: "Het mag."}\n'
        '  nee: {kind: refusal, text: "Het mag niet.", remedy: {kind: bezwaar, at: "Het college", within: P6W}}\n'
    )
    said = played(refusing, "nee", "do submit", "work propose nee")
    assert "U kunt bezwaar maken." in said
    assert "Dit kan tot en met 13 april 2026." in said
    assert "Stuur het naar Het college." in said


def test_whoever_asks_for_a_person_reads_what_comes_of_it(flow: Path) -> None:
    """What is promised, or what it lacks, stands above the question, which stays open."""
    said = played(flow, "ask phone")
    assert re.search(r"» U wilt gebeld worden, .*\nIs er spoed", said)


def test_what_is_saved_runs_green(flow: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A walk is saved once; another walk of that name goes beside it, and says so; all scenarios hold."""
    said = played(flow, "no", "prune branches", "no", *["save Dead wood"] * 2, "undo", "save Dead wood", language="en")
    assert said.count("Saved in") == 2
    assert "This walk was saved before, in " in said
    assert "dead-wood.yaml was there already, with another walk." in said
    assert {"dead-wood.yaml", "dead-wood-2.yaml"} <= {path.name for path in (flow.parent / "scenarios").iterdir()}
    assert main(["test", str(flow)]) == 0
    assert "as expected" in capsys.readouterr().out


def test_a_figure_has_its_unit_and_the_clock_is_explained() -> None:
    """Metres behind the question, how to choose several, and once what the clock is."""
    said = played(FLOWS / "omgevingsvergunning/flow.yaml", "aanbouw", "nee", "nee", "nee")
    assert "Hoe diep wordt de aanbouw? (in m)" in said
    assert "Meer dan één? Typ ze met komma's ertussen." in said
    assert said.count("De klok is die van deze wandeling") == 1
    assert "Klok: maandag 2 maart, 13.00 uur. Kanaal: de website." in said


def test_what_cannot_be_done_is_said(flow: Path) -> None:
    """A wrong answer, a wrong move, nothing to take back, nothing to save: a sentence each, and on it goes."""
    said = played(
        flow, "undo", "save x", "misschien", "go kapitein", "wait soon", "do fly", "why not", "", "save", "ja"
    )
    assert said.count("✗") == 3
    assert "Er is nog niets om terug te nemen." in said
    assert "Er is nog niets gelopen om te bewaren." in said
    assert "» Er kijkt meteen iemand met u mee" in said


def test_time_and_a_person(flow: Path) -> None:
    """A person is asked for, time passes; the promise and the clocks show."""
    said = played(flow, "ask phone", "wait 100d", language="en")
    assert "do withdraw" in said or "Expired" in said or "»" in said


def test_every_flow_can_be_walked_by_skipping() -> None:
    """No question of any example flow stops the walk."""
    for path in sorted(FLOWS.glob("*/flow.yaml")):
        said = played(path, *["skip"] * 20, "questions", "answers", "?", language="en")
        assert "Still possible:" in said, path.parent.name


def test_a_real_terminal(flow: Path) -> None:
    """On a terminal it waits for each line; Ctrl-C drops what was typed, and Ctrl-D ends it."""
    main_end, own_end = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, str(flow), "--language", "nl"], stdin=own_end, stdout=own_end, stderr=own_end, close_fds=True
    )
    os.close(own_end)
    try:
        assert "spoed" in until(main_end, "> ")
        os.write(main_end, b"ja\n")
        assert "Er kijkt meteen iemand met u mee" in until(main_end, "> ")
        os.write(main_end, b"half a line")
        until(main_end, "half a line")
        process.send_signal(signal.SIGINT)
        assert "Nog eens Ctrl-C stopt" in until(main_end, "> ")
        os.write(main_end, b"\x04")
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        os.close(main_end)


def until(end: int, prompt: str) -> str:
    """What the terminal shows up to the prompt."""
    shown, late = "", time.monotonic() + 60
    while time.monotonic() < late:
        if select.select([end], [], [], 0.2)[0]:
            shown += os.read(end, 4096).decode("utf-8", "replace")
        elif shown.endswith(prompt):
            return shown
    raise AssertionError(shown)
