"""Flow files as developers have them open: fresh at each look, within the folder, every fault a problem."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from api.service.drafts import Drafts
from api.service.library import LARGEST

FLOWS = Path(__file__).resolve().parents[3] / "flows"
SLUG = "rijbewijs-leeftijdspoort"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one flow."""
    shutil.copytree(FLOWS / SLUG, tmp_path / "flows" / SLUG)
    return tmp_path / "flows"


def test_a_save_is_seen_and_what_did_not_change_is_kept(folder: Path) -> None:
    """The same files give the same draft; a changed byte gives another stamp."""
    drafts = Drafts(folder)
    first = drafts.look(SLUG)
    assert first is not None
    assert first.graph is not None
    assert drafts.look(SLUG) is first
    path = folder / SLUG / "flow.yaml"
    path.write_text(path.read_text("utf-8") + "# another word\n", encoding="utf-8")
    second = drafts.look(SLUG)
    assert second is not None
    assert second.stamp != first.stamp


def test_a_fault_is_a_problem_with_its_line(folder: Path) -> None:
    """A broken file is a draft without a graph, never an exception."""
    drafts = Drafts(folder)
    path = folder / SLUG / "flow.yaml"
    for wrong in ("question: [", "\x00", "a: b\n", "", path.read_text("utf-8").replace("goal:", "gaol:")):
        path.write_text(wrong, encoding="utf-8")
        draft = drafts.look(SLUG)
        assert draft is not None
        assert draft.graph is None
        assert draft.problems
        assert drafts.proof(draft) is None
        assert drafts.tested(draft) is None


def test_bytes_that_are_no_text_and_files_without_end_are_problems(folder: Path) -> None:
    """Not UTF-8, or larger than a flow file can be."""
    path = folder / SLUG / "flow.yaml"
    for wrong, code in ((b"\xff\xfe", "E-UTF8"), (b"#" * (LARGEST + 1), "E-SIZE")):
        path.write_bytes(wrong)
        draft = Drafts(folder).look(SLUG)
        assert draft is not None
        assert [problem.code for problem in draft.problems] == [code]


@pytest.mark.parametrize("slug", ["..", "../flows", "a/b", "", ".", "A", "a..b", "-a", "%2e%2e", "a\0b", "x" * 65])
def test_no_name_leads_out_of_the_folder(folder: Path, slug: str) -> None:
    """What is no slug is no flow."""
    assert Drafts(folder).look(slug) is None


def test_a_link_that_leads_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """Neither a flow nor a scenario of elsewhere is read; a link within the folder is fine."""
    shutil.copytree(FLOWS / "boom-kappen", tmp_path / "secret")
    os.symlink(tmp_path / "secret", folder / "linked")
    os.symlink(tmp_path / "secret" / "scenarios" / "spoed.yaml", folder / SLUG / "scenarios" / "geleend.yaml")
    (folder / "file-only").mkdir()
    os.symlink(tmp_path / "secret" / "flow.yaml", folder / "file-only" / "flow.yaml")
    os.symlink(folder / SLUG, folder / "alias")
    drafts = Drafts(folder)
    assert drafts.slugs() == ("alias", SLUG)
    assert drafts.look("linked") is None
    assert drafts.look("file-only") is None
    draft = drafts.look(SLUG)
    assert draft is not None
    assert "geleend.yaml" not in {name for name, _ in draft.scenarios}


def test_scenarios_run_and_broken_ones_are_named(folder: Path) -> None:
    """The scenarios hold; one that cannot be read is a problem and no success."""
    drafts = Drafts(folder)
    draft = drafts.look(SLUG)
    assert draft is not None
    assert drafts.tested_already(draft) is None
    tested = drafts.tested(draft)
    assert tested is not None
    assert tested.holds
    assert drafts.tested_already(draft) is tested
    (folder / SLUG / "scenarios" / "zz.yaml").write_text("scenarios: {een: {expekt: 1}}", encoding="utf-8")
    again = drafts.look(SLUG)
    assert again is not None
    broken = drafts.tested(again)
    assert broken is not None
    assert broken.problems
    assert not broken.holds
