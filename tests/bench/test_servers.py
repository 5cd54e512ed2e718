"""The peers over HTTP are served as the product is."""

from __future__ import annotations

from api.cli import serve
from tests.bench import bare_server


def test_the_peers_care_for_garbage_as_the_product_does() -> None:
    """One setting, or the comparison would be of settings."""
    assert bare_server.GARBAGE == serve.GARBAGE
