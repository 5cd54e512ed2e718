"""`wegwijzer dmn import|export|evaluate`: decision models in the standard's XML, in, out and run.

    import MODEL.dmn             the draft of a flow file; what could not be carried over on standard error
    export FLOW                  the flow's decisions as DMN 1.5
    evaluate MODEL.dmn NAME      the value of a decision, decision service or knowledge model as JSON

Exit code 1 when there is something to look at: a remark, a problem in the draft, a diagnostic.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from api.cli.exits import FINDINGS, GOOD, Unusable
from api.cli.flow_files import FLOWS, load
from api.cli.language import LANGUAGES
from api.clock import SystemClock
from engine.dmn import export_model, load_model
from engine.dmn.json_values import to_json, typed_inputs
from engine.dmn.reader import read_definitions
from engine.errors import FlowError, worded
from engine.flow.parse import parse_flow
from engine.graph.compile import compile_flow
from engine.graph.from_dmn import from_dmn
from engine.graph.to_dmn import to_dmn

LARGEST = 20_000_000


def arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    draft = actions.add_parser("import", help="write the draft of a flow file for a DMN model")
    draft.add_argument("model", metavar="MODEL.dmn", type=Path, help="a model of DMN 1.1 to 1.5")
    export = actions.add_parser("export", help="write a flow's decisions as DMN 1.5")
    export.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    export.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    for writing in (draft, export):
        writing.add_argument("--output", type=Path, metavar="FILE", help="write there instead of to standard output")
    value = actions.add_parser("evaluate", help="print the value of a decision, service or knowledge model as JSON")
    value.add_argument("model", metavar="MODEL.dmn", type=Path, help="a model of DMN 1.1 to 1.5")
    value.add_argument("name", metavar="NAME", help="what to evaluate; `prefix.name` for what is imported")
    value.add_argument("--inputs", default="{}", metavar="JSON", help="an object, @FILE, or - for standard input [{}]")
    value.add_argument("--with", dest="others", type=Path, nargs="*", default=[], metavar="OTHER.dmn",
                       help="models that the model imports")  # fmt: skip
    for action in (draft, export, value):
        action.add_argument("--language", choices=LANGUAGES, default=argparse.SUPPRESS,
                            help="language of the words [that of LANG, else en]")  # fmt: skip


def run(given: argparse.Namespace) -> int:
    """Do the action. Raises Unusable or FlowError for what cannot be read."""
    actions = {"import": _import, "export": _export, "evaluate": _evaluate}
    return actions[given.action](given)


def _import(given: argparse.Namespace) -> int:
    draft = from_dmn(read_definitions(_text(given.model), str(given.model)))
    _write(draft.text, given.output)
    remarks = list(draft.remarks)
    try:
        compile_flow(parse_flow(draft.text, str(given.output or "draft")))
    except FlowError as wrong:
        remarks += [str(problem) for problem in wrong.problems]
    return _tell([*remarks, *draft.left_out])


def _export(given: argparse.Namespace) -> int:
    _write(export_model(to_dmn(load(given.flow, given.flows))), given.output)
    return GOOD


def _evaluate(given: argparse.Namespace) -> int:
    imports = {}
    for path in given.others:
        text = _text(path)
        imports[read_definitions(text, str(path)).namespace] = text
    model = load_model(_text(given.model), imports, SystemClock().now())
    outcome = model.run(given.name, typed_inputs(model.definitions, _inputs(given.inputs)))
    if not outcome.known:
        raise Unusable(worded("The model has nothing of that name. It has: {names}.", names=", ".join(model.names)))
    print(to_json(outcome.value))
    return _tell(map(str, outcome.diagnostics))


def _inputs(text: str) -> dict[str, object]:
    if text == "-":
        text = sys.stdin.read(LARGEST)
    elif text.startswith("@"):
        text = _text(Path(text[1:]))
    try:
        inputs = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError):
        raise Unusable(worded('The inputs are not JSON; write an object such as {"Age": 41}.')) from None
    if not isinstance(inputs, dict):
        raise Unusable(worded('The inputs are no object; write one such as {"Age": 41}.'))
    return inputs


def _text(path: Path) -> str:
    """The text of a file. Raises Unusable when it is too large or no UTF-8; OSError when it cannot be read."""
    if path.stat().st_size > LARGEST:
        raise Unusable(worded("{path} is larger than {largest} MB.", path=path, largest=LARGEST // 1000000))
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Unusable(worded("{path} is not UTF-8 text; save it as UTF-8.", path=path)) from None


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")


def _tell(remarks: Iterable[str]) -> int:
    told = list(remarks)
    for remark in told:
        print(remark, file=sys.stderr)
    return FINDINGS if told else GOOD
