"""The command `wegwijzer`: one subcommand a file, listed in COMMANDS.

A command's module has `arguments(parser)`, which declares its options, and `run(given) -> int`, which does it and
returns an exit code of `api.cli.exits`. It is imported only when it is asked for, so that each starts at once. Errors
end here: a sentence on standard error and the right exit code, never a trace.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from importlib import import_module, metadata

from api.cli.examples import EXAMPLE, EXAMPLES
from api.cli.exits import BUG, GOOD, UNUSABLE
from api.cli.language import LANGUAGES, language_in
from engine.errors import EngineBug, WegwijzerError

COMMANDS: Mapping[str, str] = {
    # command: what it does, in one line; its module is api.cli.<command>. In the order in which an author meets them.
    "new": "start a flow from the citizen's question",
    "watch": "lint, prove and the scenarios an edit touches, at each save",
    "play": "walk through a flow in the terminal, and save the walk as a scenario",
    "lint": "is a flow file sound? Every problem with its line and a way out",
    "fmt": "lay out flow files: tables aligned, comments and order kept",
    "prove": "does a flow hold for every citizen, in every order? Findings with a witness",
    "test": "run the scenarios of a flow, and say what they cover",
    "mutate": "put faults into a flow, one at a time: which would nobody notice?",
    "compare": "what does a change do to every citizen? Groups with a witness, and a verdict against norms",
    "stand": "the board: how far each flow is, and whether its evidence still holds",
    "docs": "a flow as one page of HTML: question, picture, rules in words, sources, scenarios, evidence",
    "diagram": "draw the process of a flow as SVG or Mermaid",
    "process": "print the whole process of a flow, the standard filled in",
    "answer": "a citizen a line as JSON through a flow: outcome, values, what was asked",
    "serve": "run Wegwijzer here: citizens' pages, worklist and API",
    "publish": "make a version of a flow the current one; running journeys keep theirs",
    "migrate": "running journeys go on by a new version, those for which it is safe; --dry-run only sorts them",
    "signals": "what people said goes wrong in a process, the newest first",
    "audit": "who did what in a journey, and who looked into it",
    "dmn": "import, export or evaluate decision models in DMN's XML",
    "schema": "print the JSON Schema of the flow file, for editors",
    "password": "print what is kept of a password, for the file of workers",
    "key": "print a fresh master key, for WEGWIJZER_MASTER_KEYS",
    "upgrade": "bring the databases to this version's schema",
}
BEGIN = (
    "Begin with: wegwijzer new verhuizing. Each command explains itself: wegwijzer play --help. "
    "Exit codes: 0 good, 1 something was found, 2 unusable input, 3 undecided."
)


SELDOM = (50_000, 20, 50)
"""How often a command looks for garbage. What it makes lives until it ends: looking costs more than it finds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; the console script hands that to the shell."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    given = argparse.Namespace()
    _allow_plain_letters()
    try:
        parser = _speaking(_parser(words), words)
        if not words:
            parser.print_help(sys.stderr)
            return UNUSABLE
        parser.parse_args(words, given)
        if given.command != "serve":
            gc.set_threshold(*SELDOM)
        return int(import_module(_module(given.command)).run(given))
    except SystemExit as done:  # argparse has said what is wrong, or has printed its help
        return done.code if isinstance(done.code, int) else UNUSABLE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    except EngineBug as bug:
        return _own_fault(bug)
    except (WegwijzerError, OSError) as why:
        from api.cli.refusing import refused

        return refused(why, given)
    except Exception as bug:  # noqa: BLE001  the outermost door: nobody gets a trace
        return _own_fault(bug)


def _allow_plain_letters() -> None:
    """A sign that this terminal or pipe has not must not end a command."""
    if any(not (own.encoding or "utf").lower().startswith("utf") for own in (sys.stdout, sys.stderr)):
        from api.cli.plain_letters import allow

        allow()


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """A parser that knows every command, and the options of the one that is asked for."""
    parser = argparse.ArgumentParser(
        prog="wegwijzer",
        description="Routes small public-service processes that start from the citizen's question.",
        epilog=BEGIN,
    )
    parser.add_argument("--version", action="version", version=f"wegwijzer {metadata.version('wegwijzer')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, says in COMMANDS.items():
        sub = commands.add_parser(
            name,
            help=says,
            description=f"{says[0].upper()}{says[1:]}{'' if says.endswith('?') else '.'}",
            epilog=f"{EXAMPLE}{EXAMPLES[name]}",
        )
        if name in words:
            import_module(_module(name)).arguments(sub)
            if "--language" not in sub.format_usage():
                sub.add_argument("--language", choices=LANGUAGES, help="language of the words [that of LANG, else en]")
    return parser


def _speaking(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser in the language of this command line: its help, and what it says of a mistake."""
    language = language_in(words)
    if language == "nl" or "api.cli.help_nl" in sys.modules:
        from api.cli.help_nl import in_dutch, speak

        speak(language)
        if language == "nl":
            in_dutch(parser)
    return parser


def full_parser() -> argparse.ArgumentParser:
    """The parser with all options of all commands: for the documentation and its test."""
    return _parser(tuple(COMMANDS))


def _module(command: str) -> str:
    return f"api.cli.{command.replace('-', '_')}"


def _own_fault(bug: Exception) -> int:
    """Say that it is ours, with the place but without any value."""
    last = traceback.extract_tb(bug.__traceback__)[-1:]
    place = f" at {last[0].filename.rsplit('/', 1)[-1]}:{last[0].lineno}" if last else ""
    print(f"This is a fault of Wegwijzer itself ({type(bug).__name__}{place}). Please report it.", file=sys.stderr)
    return BUG


if __name__ == "__main__":
    sys.exit(main())
