"""The real product on a free port with its own folder: started, killed with -9, started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """`wegwijzer serve` in demo mode; `base` is its address."""

    def __init__(self, folder: Path, flows: Path | None = None) -> None:
        self.folder = folder
        self.flows = flows or ROOT / "flows"
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Site:
        """Start, and wait until it can serve."""
        where = ["--port", str(self.port), "--data", str(self.folder), "--flows", str(self.flows)]
        command = [sys.executable, "-m", "api.cli.main", "serve", *where]
        own = {name: value for name, value in os.environ.items() if not name.startswith("WEGWIJZER_")}
        with (self.folder.parent / "site.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=own, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.base}/readyz", timeout=1).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise RuntimeError(f"the site did not start; see {log.name}")

    def kill(self) -> None:
        """As if the machine lost it: SIGKILL, no goodbye."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=PATIENCE)
