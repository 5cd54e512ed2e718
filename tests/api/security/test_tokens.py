"""Secrets, codes and references: long enough, told apart, forgiving to type, and stored as digests only."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.security import tokens
from api.settings import SettingsError, load


def test_a_secret_is_long_and_says_what_it_opens():
    """192 random bits behind a letter that keeps a journey's secret and a worker's token apart."""
    made = {tokens.new_secret(tokens.JOURNEY) for _ in range(1000)}
    assert len(made) == 1000
    assert all(secret.startswith("j.") and len(secret) == 34 for secret in made)
    assert tokens.new_secret(tokens.WORKER).startswith("w.")


def test_a_digest_does_not_hold_the_secret():
    """What is stored is 32 bytes, the same each time, different for each secret."""
    secret = tokens.new_secret(tokens.JOURNEY)
    assert tokens.digest(secret) == tokens.digest(secret) != tokens.digest(secret + "x")
    assert len(tokens.digest(secret)) == 32
    assert tokens.digest("\ud800")  # a lone surrogate is no error


def test_a_code_can_be_typed_sloppily():
    """Lower case, spaces and dashes do not matter; what cannot be a code is None."""
    code = tokens.new_code()
    assert len(code) == 14
    handle, secret = tokens.split_code(code) or ("", "")
    assert tokens.split_code(f"  {code.lower().replace('-', ' ')} ") == (handle, secret)
    assert handle + secret == code.replace("-", "")
    for nonsense in ("", "K7QM", "0000-0000-0000", code + "2", "é" * 12, "\x00" * 12, "2" * 10_000):
        assert tokens.split_code(nonsense) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_code(typed: str):
    """Whatever is typed is two halves or nothing."""
    found = tokens.split_code(typed)
    assert found is None or (len(found[0]), len(found[1])) == (6, 6)


def test_the_pepper_stays_the_same(tmp_path: Path):
    """The demo's is made once and kept readable by its owner alone; production's follows the session secret."""
    demo = load({}, folder=tmp_path / "new")
    assert tokens.pepper(demo) == tokens.pepper(demo)
    assert stat.S_IMODE((tmp_path / "new" / "pepper.key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["pepper.key"]
    one, other = (load({}, session_secret=letter * 40) for letter in "ab")
    assert tokens.pepper(one) != tokens.pepper(other)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path):
    """A file in the place of the folder is told as what it is to the operator."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        tokens.pepper(load({}, folder=tmp_path / "taken"))


def test_a_form_token_fits_one_secret():
    """A form drawn for one browser is not accepted from another."""
    pepper = b"p" * 32
    token = tokens.form_token(pepper, "mine")
    assert tokens.is_form_token(pepper, "mine", token)
    assert not tokens.is_form_token(pepper, "yours", token)
    assert not tokens.is_form_token(pepper, "mine", "\ud800")


def test_a_reference_can_be_said():
    """A reference is short, without letters that look alike or make words."""
    reference = tokens.new_reference()
    assert len(reference) == 12
    assert not set(reference.removeprefix("WW-")) & set("AEIOU01L")
