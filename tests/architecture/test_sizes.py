"""No file above 400 lines, no function above 40, and every module says what lives in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.tree import parsed, python_files, shown, tracked

FILE_LINES = 400
FUNCTION_LINES = 40
WRITTEN_BY_HAND = {".py", ".html", ".sh", ".feature"}


def long_functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Name and length of every function above the limit, counted from `def` to its last line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield node.name, lines


def test_no_file_is_longer_than_four_hundred_lines():
    """A file that outgrows 400 lines holds more than one thing."""
    files = [path for path in tracked() if path.suffix in WRITTEN_BY_HAND]
    assert len(files) > 20
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > FILE_LINES} == {}


def test_no_function_is_longer_than_forty_lines():
    """A function that outgrows 40 lines has a second function in it."""
    found = {f"{shown(path)}:{name}": lines for path in python_files() for name, lines in long_functions(parsed(path))}
    assert found == {}


def test_a_long_function_is_noticed():
    """The measuring tape itself works: 41 lines is one too many, 40 is not."""
    body = "\n".join("    x = 1" for _ in range(FUNCTION_LINES))
    too_long = ast.parse(f"def f():\n{body}\n")
    just_right = ast.parse("def f():\n" + "\n".join("    x = 1" for _ in range(FUNCTION_LINES - 1)))
    assert list(long_functions(too_long)) == [("f", FUNCTION_LINES + 1)]
    assert list(long_functions(just_right)) == []


def test_every_module_says_what_lives_in_it():
    """Each module that holds code opens with a docstring; an empty package file needs none."""
    silent = [shown(path) for path in python_files() if parsed(path).body and not ast.get_docstring(parsed(path))]
    assert silent == []
