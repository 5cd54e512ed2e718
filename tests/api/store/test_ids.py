"""Identities as bytes, and back."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.store.ids import id_bytes, id_text

UUIDS = st.uuids().map(str)
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates and NUL too
IDS = UUIDS | st.builds("{}{}".format, UUIDS, ANY_TEXT) | ANY_TEXT | st.text("0af-", min_size=36, max_size=37)


@given(IDS)
def test_every_identity_comes_back_as_it_was(identity: str):
    """A UUID, one with more behind it, any other text: letter by letter the same."""
    assert id_text(id_bytes(identity)) == identity


@given(IDS, IDS)
def test_no_two_identities_share_their_bytes(one: str, other: str):
    """A text that looks like the bytes of a UUID is told from it."""
    assert (id_bytes(one) == id_bytes(other)) == (one == other)


@given(st.uuids(), st.uuids())
def test_uuids_keep_their_order(one: UUID, other: UUID):
    """What was made later comes later, as text and as bytes."""
    assert (id_bytes(str(one)) < id_bytes(str(other))) == (str(one) < str(other))


@pytest.mark.parametrize(
    ("identity", "size"),
    [
        ("01a20167-c801-7152-a2d2-9c4eec619b95", 16),
        ("01a20167-c801-7152-a2d2-9c4eec619b95.1/1", 21),
        ("01A20167-c801-7152-a2d2-9c4eec619b95", 36),
        ("01a20167c8017152a2d29c4eec619b95", 32),
        ("sixteen letters.", 17),
        ("timer:place", 11),
        ("", 0),
    ],
)
def test_what_is_shorter(identity: str, size: int):
    """Canonical UUIDs alone get shorter; nothing else grows, but for texts of 16 bytes."""
    assert len(id_bytes(identity)) == size
