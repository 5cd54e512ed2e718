"""Every sentence of the loader, the proof and the comparison in Dutch: whole, with the same places to fill, nothing
left over, and nothing English left in what a Dutch reader gets to see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import engine.feel.builtins as _built_ins  # noqa: F401  registers what the tables below read
from api.cli import migrate, serve
from api.cli.compare_report import CODES
from engine.errors import together, worded
from engine.feel import cells_literals, check_calls, table_text, types
from engine.feel.builtins import lists
from engine.feel.compare import KINDS
from engine.feel.registry import BUILT_INS
from engine.flow import sentences, yaml_events
from engine.flow.model import Flow, Text
from engine.flow.yaml_events import QUOTES
from engine.graph.load import load_flow
from engine.graph.process import By
from engine.harness import (
    boundaries,
    compare_harms,
    compare_shifts,
    coverage,
    evidence_words,
    expectations,
    explore,
    mutate,
    mutate_tree,
    norms,
    prove,
    scenario,
)
from engine.journey import moving
from engine.lint.dutch import DUTCH, told
from engine.lint.linting import lint
from engine.lint.registry import PAGES
from tests.engine.lint.flows import SOUND, laid_over

ROOT = Path(__file__).parents[3]
SAME = {
    "  API        {base}/v1/openapi.json",
    "  Registers  {registers}",
    "parameter",
    "{who}: {what}",
    "contact",
    "argument",
    "{head} is {value}",
    "{mark} norm {norm} {wanted}: {figure}",
}
"""What is the same in both languages."""

TABLES: dict[str, list[str]] = {
    # where a template is looked up instead of written: what can stand there
    "engine/feel/cells_literals.py": [what for _, what, _ in cells_literals.TEMPORAL.values()],
    "engine/feel/check_calls.py": sorted(
        check_calls.WORDS.get(word, f"a {word}")
        for built_in in BUILT_INS.values()
        for variant in built_in.variants
        for word in variant.words
    ),
    "engine/feel/compare.py": [*KINDS.values(), "a function", "a foreign value"],
    "engine/feel/cursor.py": [],  # what a symbol is expected for is written where it is expected
    "engine/feel/table_text.py": [*table_text.SIDES],
    "engine/feel/types.py": [
        *types.ARTICLES.values(),
        *("number", "date", "time", "date and time", "period", "list", "range"),
    ],
    "engine/flow/checks/facts.py": ["citizen", "worker"],
    "engine/flow/checks/scope.py": [
        "channel", "decision", "fact", "list", "outcome", "source", "task", "term",
    ],
    "engine/flow/sentences.py": [
        *(part for row in (*sentences.SENTENCES.values(), sentences.OTHER) for part in row[1:]),
        *sentences.FORMS.values(),
        *sentences.THINGS.values(),
    ],
    "engine/flow/yaml_events.py": [
        *(part for row in yaml_events.SAYINGS for part in row[2:]),
        *(part for row in yaml_events.STARTS.values() for part in row[1:]),
    ],
    "engine/flow/yaml_tree.py": [QUOTES],
    "engine/graph/process_checks.py": [*By],
    "engine/graph/reading.py": [],  # why a part has no value: `_reasons`
    "engine/graph/process_resolve.py": [*By, "place", "term", "event", "event or place"],
    "engine/harness/compare_reasons.py": ["reason", "rule"],
    "engine/harness/compare_words.py": [
        *compare_harms.HARMS, *By, "question", "text", "task", "check", "process", "source",
    ],
    "engine/harness/explore.py": [*explore.MOVES.values()],
    "engine/harness/process_about.py": ["place", "event", "place or event"],
    "engine/harness/process_steps.py": [*By],
    "engine/harness/process_times.py": ["working hours", "working days"],
    "engine/harness/scenario.py": [*scenario.SENTENCES.values(), scenario.OTHERWISE],
    "engine/harness/scenario_names.py": ["decision", "decision or fact", "fact", "outcome", "place or end", "task"],
    "engine/harness/boundaries.py": [boundaries.AT, *boundaries.BESIDE.values()],
    "engine/harness/evidence_words.py": [*map(str, evidence_words.TEMPLATES), *(", ", "; ")],
    "engine/harness/expectations.py": [expectations.REFUSED],
    "api/cli/new.py": ["A flow starts from the citizen's question; give it with --question."],
    "api/cli/play_screen.py": [
        "Functions call each other too deeply.",
        "This calculation is nested too deeply.",
        "This calculation makes more text or longer lists than it may.",
        "This calculation takes more steps than it may.",
        "This is nested too deeply.",
    ],
    "api/cli/test.py": [
        *coverage.WHATS,
    ],
    "api/cli/mutate.py": [*(own for own in mutate.LAYERS if own not in ("lint", "prove")), *mutate_tree.OPERATORS],
    "engine/harness/mutate.py": [*mutate.WHO.values(), mutate.SOMEBODY],
    "api/cli/migrate.py": [*migrate.SAYS.values(), *moving.Needs],
    "api/cli/publish.py": ["{count} running journeys keep theirs:", "{count} running journey keeps its own:"],
    "api/cli/serve.py": [serve.NO_HOST],
    "api/cli/compare_lines.py": [
        *(norms.GO_ON, norms.BOARD, norms.OPEN),
        *compare_shifts.TOLD_ORDER,
    ],
}  # fmt: skip


def _modules() -> Iterator[tuple[str, ast.Module]]:
    for room in ("engine", "api", "ui_schema"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _written(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments of a call that are templates."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    at = {"worded": 0, "expect": 1, "together": 1}.get(name)
    if at is not None and len(call.args) > at:
        yield call.args[at]


def _templates() -> Iterator[tuple[str, str]]:
    """Every template that the code writes or looks up, with its file."""
    for file, module in _modules():
        for call in ast.walk(module):
            for found in _written(call) if isinstance(call, ast.Call) else ():
                for each in (found.body, found.orelse) if isinstance(found, ast.IfExp) else (found,):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield file, each.value
                    else:
                        assert file in TABLES or file == "engine/errors.py", f"{file}:{each.lineno}: not in TABLES"
    for file, listed in TABLES.items():
        yield from ((file, template) for template in listed)
    yield "engine/errors.py", " or "
    yield from _reasons()
    yield from (("engine/flow/model.py", words) for words in _purposes(Flow, set()))


def _reasons() -> Iterator[tuple[str, str]]:
    """Why an expression has no value, as the engine notes it while running."""
    yield "engine/feel/builtins/lists.py", lists.NO_PLACE
    for file, module in _modules():
        for call in ast.walk(module) if file.startswith("engine/feel/") else ():
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "null" and call.args:
                found = call.args[0]
                if isinstance(found, ast.Constant):
                    yield file, str(found.value)


def _purposes(model: type, seen: set[type]) -> Iterator[str]:
    """What a missing key is for: the descriptions of every key that must be there."""
    if model in seen:
        return
    seen.add(model)
    for field in model.model_fields.values():  # type: ignore[attr-defined]
        if field.is_required() and field.description:
            yield field.description
        for other in _models(field.annotation):
            yield from _purposes(other, seen)


def _models(annotation: object) -> Iterator[type]:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models(part)


def _places(template: str) -> set[str]:
    return {f"{name}:{spec}!{conversion}" for _, name, spec, conversion in Formatter().parse(template) if name}


def _says(template: str) -> bool:
    """Whether it has words of its own."""
    return bool(re.search(r"[A-Za-z]{2}", re.sub(r"\{[^{}]*\}", "", template)))


def test_every_sentence_has_a_dutch_one() -> None:
    """No template in the code is without Dutch."""
    missing = [f"{file}: {template}" for file, template in _templates() if _says(template) and template not in DUTCH]

    assert missing == []


def test_nothing_in_the_catalogue_is_left_over() -> None:
    """What the code does not say any more leaves the catalogue."""
    assert sorted(set(DUTCH) - {template for _, template in _templates()}) == []


def test_both_languages_fill_the_same_places() -> None:
    """A Dutch sentence is as precise as the English one: it names the same things."""
    filled = [own for own in DUTCH if "{" in own and _is_filled(own)]

    assert len(filled) > 150
    assert [own for own in filled if _places(DUTCH[own]) != _places(own)] == []


def _is_filled(template: str) -> bool:
    """Whether its braces are places, not an example of what to write."""
    try:
        names = _places(template)
    except ValueError:
        return False
    return all(re.fullmatch(r"[a-z_0-9]+(:[^ ]*)?!\S*", name) for name in names)


def test_figures_are_written_as_each_language_has_them() -> None:
    """A point for thousands and a comma for parts in Dutch, the other way round in English; plain ones stay."""
    said = worded("{many:,} {share:.1%} {whole}", many=12345, share=0.208, whole=12345)
    assert told(said, "nl") == "12.345 20,8% 12345"
    assert told(said, "en") == "12,345 20.8% 12345"


def test_no_dutch_sentence_is_english() -> None:
    """A sentence that was not translated would be the same in both; examples of what to write are."""
    same = [english for english, dutch in DUTCH.items() if english == dutch and _says(re.sub(r"`[^`]*`", "", english))]

    assert set(same) <= SAME


def test_a_problem_is_told_in_both_languages() -> None:
    """Names, places and values are in the Dutch sentence as they are in the English one."""
    said = lint(SOUND.replace("< 12", "< twaalf")).problems[0]

    assert (told(said.message, "en"), told(said.message, "nl")) == (
        "There is no `twaalf` here.",
        "Hier is geen `twaalf`.",
    )


def test_why_a_part_has_no_value_is_told_in_dutch_too() -> None:
    """The reason that running it gave is told in the reader's language, with what was filled in."""
    text = SOUND.replace("| < 12 ", "| < 1 / 0 ")
    said = next(own.message for own in lint(text).problems if own.code == "E-VALUELESS")

    assert told(said, "nl") == (
        "Dit heeft geen waarde, wat iemand ook antwoordt: `/` is voor deze waarden niet uit te rekenen."
    )


def test_parts_are_told_in_the_language_of_the_whole() -> None:
    """A part that is itself a sentence, and what stands between parts, follow the language."""
    whole = worded("Write {forms}.", forms=together((worded("a text"), "`b`"), " or "))

    assert (str(whole), told(whole, "nl")) == ("Write a text or `b`.", "Schrijf een tekst of `b`.")


@pytest.mark.parametrize("code", [own for own in PAGES if PAGES[own].avoid and own != "L-WAIVER"])
def test_what_a_page_warns_for_is_told_in_dutch(code: str) -> None:
    """Each mistake of the pages is told in Dutch, by a sentence that is not the English one."""

    text = SOUND + PAGES[code].avoid if code.startswith("E-YAML") else laid_over(PAGES[code].avoid)
    for problem in lint(text).problems:
        assert told(problem.message, "nl") != str(problem.message)


@pytest.mark.parametrize("slug", ["boom-kappen", "omgevingsvergunning"])
def test_a_proof_is_told_in_dutch(slug: str) -> None:
    """What a proof of an example flow notes, finds and leaves open is told in Dutch."""
    text = (ROOT / "flows" / slug / "flow.yaml").read_text(encoding="utf-8")
    proof = prove.prove(load_flow(text))
    said = [*proof.notes, *proof.not_proven, *(step for own in proof.findings for step in own.way)]

    assert all(told(own, "nl") != own for own in said)


def test_the_report_of_a_comparison_knows_its_effects() -> None:
    """The codes of a comparison are for effects that have Dutch words."""
    assert set(CODES) <= set(DUTCH)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_begins_with_a_name_keeps_it_as_it_is(language: str) -> None:
    """A path, name or text of the flow that opens a sentence is never given a capital; words of ours are."""
    at = worded("{path} is larger than {largest} kB; that is no flow file.", path="flows/x.yaml", largest=9)
    assert told(at, language).startswith("flows/x.yaml is ")
    inside = worded("{population}: {wrong}.", population="mensen.yaml", wrong="x")
    assert told(worded("{change}.", change=inside), language).startswith("mensen.yaml: ")
    kind = worded("{kind} has no order.", kind=worded("a list"))
    assert told(kind, language)[0].isupper()
    text = worded("{name} needs {what}.", name=Text({"nl": "een tekst"}), what="x")
    assert told(text, language).startswith("een tekst")
    folder = worded("{folder} cannot be written: {reason}.", folder="flows/x", reason="x")
    assert told(folder, language).startswith({"en": "flows/x", "nl": "In flows/x"}[language])
