"""Whatever was saved before, the verdict on a save is that of somebody who sees the flow for the first time."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from api.cli.report import Report
from api.cli.report.terminal import Terminal
from api.cli.watch import part_of
from api.service.drafts import scenario_files
from api.service.warm import Warm
from tests.bench.watch import figure, rule

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUGS = ("bijstand", "boom-kappen", "dagopname", "rijbewijs-leeftijdspoort", "verkeersboete")
SAVES = 6
NUMBER = re.compile(r"\b\d+\b")
WORD = re.compile(r"\b(yes|no|and|or|first|unique|met|een|the|citizen|worker)\b")
OTHER = {"yes": "no", "no": "yes", "and": "or", "or": "and", "first": "unique", "unique": "first", "met": "zonder"}


def edited(text: str, chance: Random) -> str:
    """One edit as an author makes them: a figure, a word, a row elsewhere or gone, a note, and some nobody means."""
    lines = text.split("\n")
    kind = chance.choice(
        ("figure", "word", "swap", "swap rows", "gone", "note", "twice", "end", "rule", "rule", "amount")
    )
    if kind in ("rule", "amount"):
        with suppress(StopIteration, ZeroDivisionError):  # in a broken file there may be none
            return (rule if kind == "rule" else figure)(text, chance.randrange(12))
    rows = [at for at, line in enumerate(lines) if line.strip() and (kind != "swap rows" or line.lstrip()[0] in "|-")]
    at = chance.choice(rows[:-1])
    if kind == "figure":
        lines[at] = NUMBER.sub(lambda own: str(int(own[0]) + 1), lines[at], count=1)
    elif kind == "word":
        lines[at] = WORD.sub(lambda own: OTHER.get(own[0], own[0] + "s"), lines[at], count=1)
    elif kind in ("swap", "swap rows"):
        other = rows[rows.index(at) + 1]
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == "gone":
        del lines[at]
    elif kind == "twice":
        lines.insert(at, lines[at])
    else:
        lines.insert(at if kind == "note" else len(lines), f"# note {chance.random()}")
    return "\n".join(lines)


def verdict(warm: Warm, path: Path) -> list[str]:
    """What an author reads, and what `watch` counts."""
    draft = warm.read(path.parent.name, path, scenario_files(path.parent))
    found = warm.verdict(draft)
    shown = Report(command="watch", parts=(part_of(draft, found, path, "en"),))
    report = [str(line) for line in Terminal("en").lines(shown)]
    proof = () if found.proof is None else (found.proof.findings, found.proof.not_proven, found.proof.notes)
    runs = [(ran.scenario.title, ran.asked, ran.refused, ran.failures) for ran in found.runs]
    return [*report, repr(found.problems), repr(proof), repr(runs)]


def sequence(slug: str, folder: Path, saves: int, seed: int, warm: Warm | None = None) -> int:
    """Save after save, each upon the good file or the one before, or the good file itself; how many could be used."""
    own, chance, usable = folder / slug, Random(seed), 0  # noqa: S311
    shutil.copytree(FLOWS / slug, own)
    path, warm = own / "flow.yaml", warm or Warm()
    good = text = path.read_text("utf-8")
    verdict(warm, path)
    for _ in range(saves):
        upon = good if chance.random() < 0.6 else text
        text = good if upon is text and chance.random() < 0.3 else edited(upon, chance)
        path.write_text(text, encoding="utf-8")
        told = verdict(warm, path)
        assert told == verdict(Warm(), path), text
        usable += told[-2] != "()"
    return usable


@pytest.mark.parametrize("slug", SLUGS)
def test_a_verdict_after_others_is_a_verdict_alone(slug: str, tmp_path: Path) -> None:
    """Findings with their lines, witnesses and hints, what is open, and every scenario."""
    assert sequence(slug, tmp_path, SAVES, 3) > 0


def test_facts_in_another_order_are_another_flow(tmp_path: Path) -> None:
    """The order of the file is the order of asking: scenarios are walked anew."""
    own = tmp_path / "boom-kappen"
    shutil.copytree(FLOWS / "boom-kappen", own)
    path, warm = own / "flow.yaml", Warm()
    verdict(warm, path)
    head, _, rest = path.read_text("utf-8").partition("\nfacts:\n")
    facts, _, tail = rest.partition("\ndecisions:")
    parts = re.split(r"\n(?=  \w)", f"\n{facts}")[1:]
    path.write_text(f"{head}\nfacts:\n" + "\n".join(reversed(parts)) + f"\ndecisions:{tail}", encoding="utf-8")
    told = verdict(warm, path)
    assert told == verdict(Warm(), path)
    assert "spoed" in told[-1]
