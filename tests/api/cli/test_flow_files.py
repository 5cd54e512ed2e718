"""What FLOW on the command line means: a slug, a folder or a path; and what is said when it means nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli.exits import Unusable
from api.cli.flow_files import find, read_text
from api.service.library import LARGEST


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of flows with one flow in it."""
    own = tmp_path / "boom-kappen"
    own.mkdir()
    (own / "flow.yaml").write_text("wegwijzer: 1\n", encoding="utf-8")
    return tmp_path


def test_a_slug_a_folder_and_a_path_mean_the_same_flow(folder: Path):
    """All three lead to the file."""
    path = folder / "boom-kappen" / "flow.yaml"
    assert find("boom-kappen", folder) == find(str(path.parent), folder) == find(str(path), folder) == path


def test_a_slip_of_the_pen_is_told_what_was_meant(folder: Path):
    """The nearest slug is offered, and none where nothing is near."""
    with pytest.raises(Unusable, match=r"no flow `boomkapen`.*Did you mean boom-kappen"):
        find("boomkapen", folder)
    with pytest.raises(Unusable, match=r"under .*/\.$"):
        find("paspoort", folder)


def test_what_is_no_text_is_no_flow(tmp_path: Path):
    """Bytes, and files too large to be a flow, are refused by name."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Unusable, match=r"a\.yaml is not UTF-8"):
        read_text(path)
    path.write_bytes(b" " * (LARGEST + 1))
    with pytest.raises(Unusable, match="larger than 1000 kB"):
        read_text(path)
