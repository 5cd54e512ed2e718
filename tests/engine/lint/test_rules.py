"""Each rule finds what its page says to avoid, and nothing in what it says to prefer."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.lint.linting import lint
from engine.lint.registry import PAGES, RULES
from engine.lint.rule import Rule
from engine.lint.rules import slug
from engine.lint.subject import Subject
from tests.engine.lint.flows import SOUND, laid_over

ROOT = Path(__file__).resolve().parents[3]
BY_CODE = {rule.page.code: rule for rule in RULES}
WITH_EXAMPLES = [rule for rule in RULES if rule.page.avoid]


def codes(text: str) -> list[str]:
    """The codes of everything found in a flow, errors of the loader included."""
    return [problem.code for problem in lint(text, "flow.yaml").problems]


def test_the_sound_flow_is_sound():
    """The flow under the examples has nothing to say about."""
    assert codes(SOUND) == []
    assert codes(laid_over("")) == []


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.page.code)
def test_a_rule_finds_what_to_avoid(rule: Rule):
    """The example under Avoid loads, and this rule finds something in it."""
    found = codes(laid_over(rule.page.avoid))
    assert rule.page.code in found
    assert not [code for code in found if code.startswith("E-")]


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.page.code)
def test_a_rule_is_silent_on_what_to_prefer(rule: Rule):
    """The example under Prefer loads, and this rule finds nothing in it."""
    found = codes(laid_over(rule.page.prefer))
    assert rule.page.code not in found
    assert not [code for code in found if code.startswith("E-")]


@pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: rule.page.code)
def test_a_finding_points_at_a_line_and_speaks_two_languages(rule: Rule):
    """A finding stands on a line of the file; its sentence and way out differ in Dutch and English, and end well."""
    parsed = parse_flow(laid_over(rule.page.avoid))
    for found in rule.check(Subject(compile_flow(parsed), parsed.positions)):
        assert found.where.line > 0
        for said in (found.message, found.hint):
            assert said.en[-1] in ".!`"
            assert said.nl[-1] in ".!`"
        assert found.message.en != found.message.nl


def test_every_rule_has_examples_but_the_one_about_folders():
    """A page without examples is a page that nobody tried."""
    assert [rule.page.code for rule in RULES if not (rule.page.avoid and rule.page.prefer)] == ["L-SLUG"]


def test_a_slug_is_the_name_of_its_folder():
    """L-SLUG looks at the path: only a flow.yaml in a folder has one."""

    def found(file: str) -> int:
        parsed = parse_flow(SOUND, file)
        return len(list(slug.check(Subject(compile_flow(parsed), parsed.positions))))

    assert found("flows/x/flow.yaml") == 1
    assert found("flows/x/versions/2/flow.yaml") == 1
    for file in ("flows/zwemmen/flow.yaml", "flows/zwemmen/versions/2/flow.yaml", "x.yaml", "flow.yaml"):
        assert found(file) == 0


def test_the_registry_has_every_rule_once():
    """Each file under rules/ is one rule of the registry, with a code of its own."""
    files = {path.stem for path in (ROOT / "engine" / "lint" / "rules").glob("*.py")} - {"__init__"}
    assert {rule.check.__module__.rpartition(".")[2] for rule in RULES} == files
    assert len(BY_CODE) == len(RULES)
    assert set(BY_CODE) <= set(PAGES)


def test_every_rule_says_what_and_why_in_two_languages():
    """A summary is a line without a full stop, a reason a sentence or two; both in Dutch and English."""
    for rule in RULES:
        for language in ("en", "nl"):
            assert 10 < len(rule.page.summary.in_(language)) < 80, rule.page.code
            assert not rule.page.summary.in_(language).endswith(".")
            assert rule.page.why.in_(language).endswith("."), rule.page.code
        assert rule.page.summary.nl
        assert rule.page.why.nl
