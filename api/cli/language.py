"""In which language a command speaks: as asked for with --language, else that of the environment, else English.

Called by `api.cli.main` before anything else is there, and by `api.cli.report`; tests: tests/api/cli/test_help.py.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

LANGUAGES: Final = ("nl", "en")


def language_of(given: argparse.Namespace, environment: Mapping[str, str] | None = None) -> str:
    """The language of the words: as asked for, else that of the environment, else English."""
    asked = getattr(given, "language", None)
    if asked:
        return str(asked)
    found = environment if environment is not None else os.environ
    set_ = next((found[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if found.get(name)), "")
    return set_[:2] if set_[:2] in LANGUAGES else "en"


def language_in(words: Sequence[str]) -> str:
    """The same of a command line that nobody has read yet: its help and its mistakes have a language too."""
    joined = " ".join(words).replace("--language=", "--language ").split()
    asked = [own for before, own in pairwise(joined) if before == "--language"]
    return language_of(argparse.Namespace(language=next((own for own in asked if own in LANGUAGES), None)))
