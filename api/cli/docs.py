"""`wegwijzer docs FLOW`: the flow as one page of HTML, for everybody who does not read YAML.

The citizen's question, the picture, what is asked and why, the rules in words, outcomes, sources, scenarios, coverage,
promises and evidence. One file: it asks nothing of the network and prints well. Exit code 2: the flow cannot be used.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from markupsafe import Markup

from api.cli.exits import GOOD
from api.cli.flow_files import FLOWS, find
from api.cli.report import language_of, working
from api.clock import SystemClock
from api.service import evidence
from api.service.drafts import read_draft, scenario_files
from api.service.drafts import test as run_scenarios
from api.web.drawing import environment
from engine.errors import FlowError
from engine.harness.prove import prove
from engine.harness.stand import Step, stand
from engine.journey.facts import day
from ui_schema.build_develop import flow_view, steps_of
from ui_schema.build_paper import paper
from ui_schema.shape import Language
from ui_schema.texts import say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("flow", metavar="FLOW", help="a short name, a folder, or a path to a flow.yaml")
    parser.add_argument("--flows", type=Path, default=FLOWS, metavar="FOLDER", help="where names are looked up [flows]")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the page there [standard output]")
    parser.add_argument("--language", choices=("nl", "en"), help="language of the page [that of LANG, else en]")


def run(given: argparse.Namespace) -> int:
    """Write the page. Raises Unusable, or FlowError for a flow that cannot be used."""
    path = find(given.flow, given.flows)
    with working("docs", language=language_of(given)):
        text = page(path, Language(language_of(given)))
    if given.output is None:
        sys.stdout.write(text)
    else:
        given.output.write_text(text, encoding="utf-8")
        print(given.output)
    return GOOD


def page(path: Path, language: Language) -> str:
    """The page of the flow at `path`."""
    draft = read_draft(path.parent.name, path, scenario_files(path.parent))
    if draft.graph is None:
        raise FlowError(draft.problems)
    today = day(SystemClock().now())
    tested, proof = run_scenarios(draft), prove(draft.graph)
    live = {
        Step.SOUND: evidence.sound(draft, today.isoformat()),
        Step.PROVEN: evidence.proven(draft.graph, proof, today.isoformat()),
        Step.TRIED: evidence.tried(draft, tested, today.isoformat()),
    }
    told = {**evidence.read_evidence(path.parent), **live}
    own = stand(told, draft.graph.version, draft.scenarios_stamp)
    found = (draft.problems, proof, tested.runs, tested.parts)
    view = flow_view(draft.slug, draft.text, draft.graph, found, steps_of(own, language), language)
    made = (
        environment()
        .get_template("develop/paper.html")
        .render(
            page=paper(draft.graph, view, own, language, today),
            t=lambda key, **values: say(language, key, **values),
            drawing=Markup,
        )
    )
    return made + "\n"
