"""The documentation is complete and true: words, settings, commands, targets, decisions, links, catalogue."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from api.cli.main import COMMANDS, full_parser
from api.settings import Settings, variable
from tests.architecture.test_names import BANNED, words
from tests.architecture.tree import ROOMS, ROOT, python_files, shown, tracked

DOCS = ROOT / "docs"


def table(page: Path, head: str) -> list[list[str]]:
    """The rows of the tables whose first column has this head."""
    found: list[list[str]] = []
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            inside = False
        elif line.startswith(f"| {head} |"):
            inside = True
        elif inside and not line.startswith("|--"):
            found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
    return found


def test_each_word_of_the_glossary_stands_there_once_and_is_in_use():
    """A word has one meaning, is not a banned one, and names something in the code."""
    glossary = table(DOCS / "glossary.md", "code")
    names = [row[0] for row in glossary]
    assert len(names) > 15
    assert sorted(names) == sorted(set(names))
    assert [row for row in glossary if len(row) != 3 or not all(row)] == []
    assert [name for name in names if words(name) & BANNED] == []
    code = "\n".join(path.read_text(encoding="utf-8") for path in python_files(*ROOMS))
    assert [name for name in names if not re.search(rf"\b{name}\b", code, re.IGNORECASE)] == []


def test_every_setting_is_documented_as_it_is():
    """docs/settings.md has each setting with its default and the description that the code gives."""
    documented = {row[0].strip("`"): row[1:] for row in table(DOCS / "settings.md", "setting")}
    described = {variable(name): field.description for name, field in Settings.model_fields.items()}
    assert {name: row[1] for name, row in documented.items()} == {
        name: (text or "").replace("|", "or") for name, text in described.items()
    }


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every long option of a parser and of its own subcommands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from options(sub)
        yield from (option for option in action.option_strings if option.startswith("--") and option != "--help")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_documented(command: str):
    """Each command has a row in docs/commands.md that names each of its options."""
    named = [row for row in table(DOCS / "commands.md", "command") if row[0].startswith("`wegwijzer ")]
    documented = {row[0].strip("`").split()[1]: " ".join(row) for row in named}
    assert command in documented
    subparsers = next(a for a in full_parser()._actions if isinstance(a, argparse._SubParsersAction))
    missing = [option for option in options(subparsers.choices[command]) if option not in documented[command]]
    assert missing == []


def test_every_target_of_the_makefile_is_documented():
    """Each target that `make` lists stands in docs/commands.md, and the page names no other."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):[^#\n]*## ", makefile, flags=re.MULTILINE))
    documented = {row[0].strip("`").split()[1] for row in table(DOCS / "commands.md", "command") if "make" in row[0]}
    assert targets == documented


def test_every_decision_is_listed():
    """docs/adr/README.md lists each page once, with the title that the page has."""
    listed = {re.sub(r".*\((.*)\).*", r"\1", row[0]): row[1] for row in table(DOCS / "adr" / "README.md", "nr")}
    titles = {}
    for page in (DOCS / "adr").glob("[0-9]*.md"):
        titles[page.name] = page.read_text(encoding="utf-8").splitlines()[0].split(" ", maxsplit=2)[2]
    assert listed == titles


def test_links_between_pages_lead_somewhere():
    """A link from one page of ours to another file is not broken."""
    linked = [
        (page, target)
        for page in tracked()
        if page.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:")
    ]
    assert [f"{shown(page)}: {target}" for page, target in linked if not (page.parent / target).exists()] == []


def test_the_description_for_catalogues_is_complete():
    """publiccode.yml has what the standard asks, and agrees with the package about version and licence."""
    about = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description"}
    assert needed | {"legal", "maintenance", "localisation"} <= set(about)
    assert f'version = "{about["softwareVersion"]}"' in project
    assert f'license = "{about["legal"]["license"]}"' in project
    for language in about["localisation"]["availableLanguages"]:
        text = about["description"][language]
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_tests_that_a_module_names_are_there():
    """Who opens a module and goes to its tests gets there."""
    named = re.compile(r"\btests/[\w/]+(?:\.py)?")
    missing = [
        f"{shown(path)}: {test}"
        for path in python_files(*ROOMS)
        for test in named.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / test).exists()
    ]
    assert missing == []
