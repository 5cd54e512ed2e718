"""Keys of facts: what they spell, and under which name the flow declares it."""

from __future__ import annotations

import pytest

from engine.flow.keys import FactKey, item_key, path_of, read_key


@pytest.mark.parametrize("key", ["spoed", "kinderen[0].geboren", "kinderen[12].geboren"])
def test_a_key_is_written_as_it_was_read(key: str) -> None:
    """Reading and writing are each other's inverse."""
    assert str(read_key(key)) == key


@pytest.mark.parametrize("text", ["", "1e", "kinderen[01].geboren", "kinderen[0]", "kinderen.geboren", "a b"])
def test_what_spells_no_key_is_none(text: str) -> None:
    """One spelling only: no leading zeros, no item without a field."""
    assert read_key(text) is None


def test_the_declaration_is_the_same_for_every_item() -> None:
    """Whichever item, the flow declares it once."""
    assert read_key(item_key("kinderen", 3, "geboren")) == FactKey("kinderen", 3, "geboren")
    assert {path_of(item_key("kinderen", at, "geboren")) for at in range(3)} == {"kinderen.geboren"}


def test_a_fact_by_itself_is_declared_under_its_own_name() -> None:
    """So is a text that spells no key."""
    assert (path_of("spoed"), path_of("kinderen.geboren")) == ("spoed", "kinderen.geboren")
