"""The four top-level names are ours, and what is installed is what docs/dependencies.md says."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

from tests.architecture.tree import ROOT

OURS = ("engine", "ui_schema", "api", "flows")
COLUMNS = 7
FAMILIES = {
    "MIT": r"\bMIT\b",
    "BSD": r"\bBSD\b",
    "Apache-2.0": r"\bApache\b",
    "MPL-2.0": r"\bMPL\b|Mozilla",
    "GPL-3.0": r"(?<!L)GPL",
    "LGPL-3.0": r"LGPL|Lesser",
}


def wanted() -> set[str]:
    """Every distribution that pyproject.toml asks for, in lower case."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = list(project["project"]["dependencies"])
    for extra in project["project"]["optional-dependencies"].values():
        asked += extra
    for group in project["dependency-groups"].values():
        asked += group
    return {re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0].lower() for line in asked}


def documented() -> dict[str, list[str]]:
    """The rows of the tables in docs/dependencies.md by name."""
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    return {row[0].strip("`").lower(): row for row in rows if row[0] != "name"}


def declared_licence(distribution: metadata.Distribution) -> str:
    """What the installed package says of its own licence, in whatever field it says so."""
    about = distribution.metadata
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return " ".join([about["License-Expression"] or "", (about["License"] or "")[:60], *classifiers]).strip()


def test_the_top_level_names_belong_to_wegwijzer_only():
    """No installed distribution brings a package called engine, ui_schema, api or flows beside ours."""
    owners = metadata.packages_distributions()
    assert {name: set(owners.get(name, [])) - {"wegwijzer"} for name in OURS} == {name: set() for name in OURS}


def test_every_dependency_is_accounted_for():
    """docs/dependencies.md has one complete row for each dependency, and none for what is not one."""
    rows = documented()
    assert set(rows) == wanted()
    assert [row for row in rows.values() if len(row) != COLUMNS or not all(row)] == []


def test_the_documented_versions_are_the_locked_ones():
    """The table tells the version that uv.lock installs."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked: dict[str, set[str]] = {}
    for package in lock["package"]:
        locked.setdefault(package["name"], set()).add(package.get("version", ""))
    wrong = {
        name: (row[1], locked[name]) for name, row in documented().items() if row[1] not in locked.get(name, set())
    }
    assert wrong == {}


def test_the_documented_licences_are_the_real_ones():
    """A licence in the table is the one that the installed package declares, where it declares one."""
    wrong = {}
    for name, row in documented().items():
        try:
            declared = declared_licence(metadata.distribution(name))
        except metadata.PackageNotFoundError:  # the bench group is not installed everywhere
            continue
        if declared and not any(re.search(FAMILIES[family], declared) for family in row[2].split(" or ")):
            wrong[name] = (row[2], declared)
    assert wrong == {}
