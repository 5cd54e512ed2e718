"""The product's own texts: both languages say the same things, and every code of the engine has a sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from engine.flow.fields.codes import CODES
from ui_schema.shape import Language
from ui_schema.texts import TABLES, known, say

ROOT = Path(__file__).resolve().parents[2]
SLOT = re.compile(r"\{(\w+)\}")


def test_both_languages_have_the_same_keys() -> None:
    """A text in one language exists in the other."""
    assert TABLES[Language.NL].keys() == TABLES[Language.EN].keys()


def test_both_languages_show_the_same_values() -> None:
    """What a text fills in is the same in both languages."""
    different = {
        key
        for key, text in TABLES[Language.NL].items()
        if set(SLOT.findall(text)) != set(SLOT.findall(TABLES[Language.EN][key]))
    }
    assert different == set()


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_answer_code_has_a_sentence_with_its_values(code: str) -> None:
    """The sentence uses no value that the code does not give."""
    assert set(SLOT.findall(TABLES[Language.NL][code])) <= set(CODES[code])


def test_every_refusal_of_the_engine_has_a_sentence() -> None:
    """Whatever code a RefusedEvent is raised with, people read why."""
    raised = set()
    for folder in ("engine", "api"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    raised |= set(re.findall(r"^refused\.[a-z_]+$", node.value))
    assert raised
    assert {code for code in raised if not known(code)} == set()


@pytest.mark.parametrize("language", list(Language))
def test_texts_are_short_sentences(language: Language) -> None:
    """No sentence of ours has more than twenty words: B1 reads in small steps."""
    long = [
        key
        for key, text in TABLES[language].items()
        for sentence in re.split(r"[.!?:]\s|\n", text)
        if len(sentence.split()) > 20
    ]
    assert long == []


def test_a_missing_value_is_an_error() -> None:
    """A text never shows an empty place where a value should stand."""
    with pytest.raises(KeyError):
        say(Language.NL, "progress.step", step=1)
