"""A file is what its first bytes say, and nothing that is not on the list comes in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.uploads.kinds import kind_of
from engine.flow.fields.file import TYPES
from tests.api.uploads import contents as c


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (c.JPEG, "image/jpeg"),
        (c.PNG, "image/png"),
        (c.WEBP, "image/webp"),
        (c.HEIC, "image/heic"),
        (c.PDF, "application/pdf"),
        (c.word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (c.OPEN_TEXT, "application/vnd.oasis.opendocument.text"),
        ("Geachte heer, ça va?\r\n".encode(), "text/plain"),
    ],
)
def test_every_kind_on_the_list_is_known(content: bytes, kind: str):
    """Each kind that a fact of type file takes is recognised."""
    assert kind_of(content) == kind


def test_the_list_is_the_one_of_the_field():
    """Nothing is recognised that the field would refuse."""
    found = {kind_of(one) for one in (c.JPEG, c.PNG, c.WEBP, c.HEIC, c.PDF, c.word(), c.OPEN_TEXT, b"tekst")}
    assert found == TYPES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"MZ\x90\x00\x03 this program",
        b"\x7fELF\x02\x01",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"  <svg onload='alert(1)'/>",
        b"GIF89a\x01\x00",
        b"a\x00b",
        b"\xff\xfe\x00",
        b"PK\x03\x04 and no zip",
        c.zipped(readme=b"a plain zip"),
        c.word(vbaProject=b"a macro"),
    ],
)
def test_what_is_not_on_the_list_is_nothing(content: bytes):
    """Programs, pages, archives and documents with macros are refused."""
    assert kind_of(content) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_at_without_trouble(content: bytes):
    """Whatever arrives, it is one of the list or nothing."""
    assert kind_of(content) in TYPES | {None}


@given(st.binary(max_size=200))
def test_a_broken_zip_is_no_trouble(tail: bytes):
    """What begins as a zip and goes wrong is nothing."""
    assert kind_of(b"PK\x03\x04" + tail) is None
