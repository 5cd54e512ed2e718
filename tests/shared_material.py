"""Where material that is not part of the product lies: looked up, never assumed. Called by conformance tests only.

A setting wins; else the folder `shared` beside the repository (also beside the checkout that a worktree belongs to).
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def shared_folder(part: str = "", setting: str = "WEGWIJZER_SHARED") -> Path | None:
    """The folder `part` of the shared material, None where it is absent. `setting` names the environment variable."""
    given = os.environ.get(setting)
    places = [Path(given)] if given else [ROOT.parent / "shared" / part, ROOT.parent.parent / "shared" / part]
    if given and setting == "WEGWIJZER_SHARED":
        places = [Path(given) / part]
    return next((place for place in places if place.is_dir()), None)


def tck_folder() -> Path | None:
    """The DMN Technology Compatibility Kit: setting WEGWIJZER_DMN_TCK, else `dmn-tck` in the shared material."""
    return shared_folder("dmn-tck", "WEGWIJZER_DMN_TCK" if os.environ.get("WEGWIJZER_DMN_TCK") else "WEGWIJZER_SHARED")
