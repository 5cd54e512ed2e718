"""`make contract`: schemathesis on the product's own OpenAPI document, against a server that runs here.

    python -m tests.contract [--examples 50] [--seed 1]

Two runs: well-formed requests, of which at least a fifth must succeed for every operation (a run in which all is
refused proves little), and requests with a fault in them, which must all be refused. Exit code 0 when nothing is found.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.api.serving import port_of, serving

ROOT = Path(__file__).parents[2]
FLOWS = Path(__file__).parent / "flows"
FIFTH = 0.2
PHASES = {"positive": "examples,fuzzing", "negative": "coverage,fuzzing"}


@dataclass(frozen=True)
class Told:
    """What schemathesis said, its exit code, and for each operation the calls and those of them that succeeded."""

    code: int
    said: str
    calls: dict[str, tuple[int, int]]

    @property
    def thin(self) -> dict[str, str]:
        """Operations of which less than a fifth succeeded."""
        return {name: f"{good} of {all_}" for name, (all_, good) in self.calls.items() if good < FIFTH * all_}


def fuzzed(folder: Path, examples: int, seed: int, *more: str) -> Told:
    """One run against a fresh server."""
    with serving("--flows", FLOWS, "--data", folder / "kept") as (_, said):
        url = f"http://127.0.0.1:{port_of(said)}"
        counts = folder / "counts.json"
        known = {
            **os.environ,
            "SCHEMATHESIS_HOOKS": "tests.contract.hooks",
            "CONTRACT_URL": url,
            "CONTRACT_COUNTS": str(counts),
            "PYTHONPATH": str(ROOT),
        }
        command = [str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(ROOT / "schemathesis.toml")]
        command += ["run", f"{url}/v1/openapi.json", "--max-examples", str(examples), *more]
        command += ["--seed", str(seed), "--continue-on-failure", "--no-color"]
        done = subprocess.run(command, env=known, cwd=folder, capture_output=True, text=True, check=False)
    found = json.loads(counts.read_text()) if counts.exists() else {}
    calls = {
        name: (sum(by.values()), sum(times for status, times in by.items() if status.startswith("2")))
        for name, by in found.items()
    }
    return Told(done.returncode, done.stdout + done.stderr, calls)


def main(arguments: list[str]) -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(prog="make contract", description="Fuzz the API by its own description.")
    parser.add_argument("--examples", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    codes = []
    with tempfile.TemporaryDirectory() as name:
        for mode in ("positive", "negative"):
            (folder := Path(name) / mode).mkdir()
            told = fuzzed(folder, given.examples, given.seed, "--mode", mode, "--phases", PHASES[mode])
            codes.append(told.code or bool(mode == "positive" and told.thin))
            print(f"{mode}: well-formed requests" if mode == "positive" else f"{mode}: requests with a fault in them")
            print(told.said)
            for operation, (calls, good) in sorted(told.calls.items()):
                print(f"  {operation:20} {calls:6} calls, {good / calls:4.0%} succeeded")
            if mode == "positive" and told.thin:
                print(f"Less than a fifth succeeded: {told.thin}")
    return int(any(codes))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
