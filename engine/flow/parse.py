"""From the text of a flow file to its model, with every problem found at once.

    text --yaml_tree--> tree --merge--> values with translations --model--> Flow --checks--> ParsedFlow

`parse_flow` raises FlowError with all problems. `read_flow` gives what could be understood along with the
problems, so that `engine.graph` can still look at the expressions of a faulty file: a value the model
refused is left out (with the fact or decision it belongs to, where that cannot do without), and `dropped`
names the facts and decisions that are missing for that reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.errors import FlowError, Problem, Said, Where, worded
from engine.flow.checks import check_flow
from engine.flow.checks.outputs import check_outputs
from engine.flow.lenient import LenientModel
from engine.flow.merge import Merger, Report
from engine.flow.model import Flow
from engine.flow.outputs import expanded, nameless, placed
from engine.flow.positions import Mark, ParsedFlow, Path, Positions
from engine.flow.sentences import INTERNAL, keys_at, near, thing
from engine.flow.shapes import Keyed, key_of
from engine.flow.yaml_nodes import Entries, Items, Node, Scalar, marks_of
from engine.flow.yaml_tree import MAX_PROBLEMS, read_tree

_LANGUAGE = re.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be understood of a file. `parsed` is None when its YAML could not be read."""

    parsed: ParsedFlow | None
    problems: tuple[Problem, ...]
    dropped: frozenset[str] = frozenset()


def parse_flow(text: str, file: str = "flow.yaml") -> ParsedFlow:
    """The flow in `text`; `file` is the name that problems carry. Raises FlowError with every problem found."""
    reading = read_flow(text, file)
    if reading.problems or reading.parsed is None:
        raise FlowError(reading.problems)
    return reading.parsed


def read_flow(text: str, file: str = "flow.yaml") -> Reading:
    """What can be understood of the flow in `text`, and every problem found. Never raises for a bad file."""
    try:
        root, problems = read_tree(text, file)
    except FlowError as error:
        return Reading(None, error.problems)
    if root is None and problems:
        return Reading(None, tuple(sorted(problems)))
    if not isinstance(root, Entries):
        message = worded("This is not a flow file: it has no keys.") if root else worded("The file is empty.")
        hint = worded("Start with `wegwijzer: 1`; `wegwijzer new SLUG` writes a flow to begin with.")
        return Reading(None, (*problems, Problem(Where(file, 1, 1), "E-NOT-A-FLOW", message, hint)))
    return read_root(root, problems, text, file)


def read_root(root: Entries, problems: list[Problem], text: str, file: str) -> Reading:
    """What can be understood of the tree of a file; `problems` are those of its YAML. `text` is the file itself."""
    positions = Positions(file, marks_of(root))

    def report(mark: Mark, code: str, message: Said, hint: Said) -> None:
        if len(problems) < MAX_PROBLEMS:
            problems.append(Problem(Where(file, mark.line, mark.column), code, message, hint))

    language = _language(root)
    blocks = _blocks(root)
    if language in blocks:
        hint = worded("Its texts stand in the file itself; a block is for another language.")
        report(
            root.keys[language],
            "E-TRANSLATION",
            worded("`{language}` is the flow's own language.", language=language),
            hint,
        )
    merged = Merger(language, report).flow(root, {key: node for key, node in blocks.items() if key != language})
    merged.pop(language, None)
    _refuse_internal(root, (), report)
    merged["languages"] = list(dict.fromkeys([language, *blocks]))
    model = LenientModel(merged, language, positions)
    whole = model.flow()
    positions = Positions(file, model.moved_marks())
    refused = [*problems, *model.problems, *check_outputs(whole, positions)]
    flow, dropped = expanded(whole), model.dropped | nameless(whole)
    positions = placed(flow, positions)
    found = dict.fromkeys([*refused, *check_flow(flow, positions, dropped)])
    return Reading(ParsedFlow(flow, positions, text), tuple(sorted(found))[:MAX_PROBLEMS], dropped)


def _language(root: Entries) -> str:
    node = root.entries.get("language")
    return node.text if isinstance(node, Scalar) and _LANGUAGE.fullmatch(node.text) else "nl"


def _blocks(root: Entries) -> dict[str, Entries]:
    return {key: node for key, node in root.entries.items() if _LANGUAGE.fullmatch(key) and isinstance(node, Entries)}


def _refuse_internal(node: Node, path: Path, report: Report) -> None:
    """Keys of the model that only the reader fills in are unknown in a file."""
    if isinstance(node, Items):
        for number, item in enumerate(node.items):
            if not isinstance(item, Scalar):
                _refuse_internal(item, (*path, number), report)
    if not isinstance(node, Entries):
        return
    for key, child in node.entries.items():
        if key in INTERNAL and isinstance(shape := key_of(Keyed(Flow), path), Keyed) and key in shape.fields():
            report(
                node.keys[key],
                "E-KEY",
                worded("`{key}` is not a key of {of}.", key=key, of=thing(path)),
                near(key, keys_at(path)),
            )
        if not isinstance(child, Scalar):
            _refuse_internal(child, (*path, key), report)
