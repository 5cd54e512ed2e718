"""Names say what a thing is in the field's own words; empty words are refused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.architecture.tree import ROOMS, ROOT, parsed, python_files, shown, tracked

BANNED = {"manager", "helper", "util", "data", "handler", "misc", "user"}  # and their plurals
FOREIGN = {"get_route_handler", "data_received"}  # methods that a library makes us name as it does
WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


def words(name: str) -> set[str]:
    """`SnakeCase`, `snake_case` and `CAPS` in lower-case words, without the s of a plural."""
    return {word.lower().removesuffix("s") for word in WORDS.findall(name)}


def own_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that the module itself gives: classes, functions, parameters, variables, attributes of self."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno


def test_no_banned_word_is_a_name():
    """No file, class, function, parameter or variable is called manager, helper, utils, data, handler, misc or user."""
    found = [
        f"{shown(path)}:{line}: {name}"
        for path in python_files()
        for name, line in own_names(parsed(path))
        if words(name) & BANNED and name not in FOREIGN
    ]
    found += [shown(path) for path in tracked() if any(words(part) & BANNED for part in path.relative_to(ROOT).parts)]
    assert found == []


def test_a_banned_name_is_noticed():
    """The net has no holes: each kind of name is caught, and words that only contain a banned one are not."""
    caught = ast.parse("class FlowManager:\n  def f(self, user_id):\n    self.data = 1\n    utils = 2\nHANDLERS = {}\n")
    assert sorted(line for name, line in own_names(caught) if words(name) & BANNED) == [1, 2, 3, 4, 5]
    clean = ast.parse("metadata = 1\nusable = 2\nclass Superuser_: pass")
    assert [name for name, _ in own_names(clean) if words(name) & BANNED] == []


def test_no_word_promises_work_for_later():
    """Nothing is left for later in the product: no TODO, FIXME, XXX or NotImplementedError."""
    promise = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    found = [
        f"{shown(path)}:{number}"
        for path in python_files(*ROOMS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if promise.search(line)
    ]
    assert found == []


def test_no_path_of_one_machine_stands_in_the_tree():
    """The project speaks of itself alone: no absolute path of somebody's machine."""
    machine = re.compile(r"(?<![\w./-])/(?:home|root|Users|work|mnt)/[\w.-]+")
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{shown(path)}: {hit.group()}" for hit in machine.finditer(text)]
    assert found == []
