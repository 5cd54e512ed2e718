"""A real PostgreSQL that the tests start themselves: a fresh cluster in a temporary folder, on a loopback port.

Debian's package is enough (/usr/lib/postgresql/*/bin). PostgreSQL does not run as root: as root it is started as the
account `postgres`. Durability is as in production: fsync and synchronous_commit stay on.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from time import monotonic, sleep

import psutil

WATCH = """
while kill -0 "$1" 2>/dev/null; do sleep 1; done
[ -f "$2/cluster/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$2/cluster/postmaster.pid")"
rm -rf "$2"
"""  # tests that are killed themselves leave no server behind
PROGRAMS = ("initdb", "postgres", "pg_isready", "psql")
ROLES = """
CREATE ROLE wegwijzer_owner LOGIN CREATEDB;
CREATE ROLE wegwijzer_app LOGIN;
CREATE DATABASE journeys OWNER wegwijzer_owner;
CREATE DATABASE keys OWNER wegwijzer_owner;
"""


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs; None when it is not installed or cannot be run."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    if on_path:
        folders.insert(0, Path(on_path).resolve().parent)
    whole = [folder for folder in folders if all((folder / program).exists() for program in PROGRAMS)]
    return whole[-1] if whole and (os.geteuid() != 0 or _account()) else None


def _account() -> str:
    """The account that PostgreSQL runs under when we are root; "" when there is none."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), "")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One cluster. `start`, `kill` (-9, everything) and `start` again keep its folder."""

    def __init__(self, *settings: str) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError("PostgreSQL is not installed.")
        self._bin, self._settings = found, settings
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="wegwijzer-pg-"))
        watch = ["sh", "-c", WATCH, "watch", str(os.getpid()), str(self.folder)]
        self._watch = subprocess.Popen(watch, start_new_session=True)
        self._as: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, _account())
            self._as = ["runuser", "-u", _account(), "--"]
        initdb = ["-D", self.cluster, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", *initdb)
        self.start()
        psql = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", "postgres", "-v", "ON_ERROR_STOP=1"]
        for statement in ROLES.strip().splitlines():
            self._run("psql", "-q", *psql, "-c", statement)

    @property
    def cluster(self) -> str:
        return str(self.folder / "cluster")

    def program(self, name: str) -> str:
        """The path of one of PostgreSQL's own programs."""
        return str(self._bin / name)

    def url(self, role: str, database: str = "journeys") -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [
            *self._as,
            str(self._bin / "postgres"),
            *("-D", self.cluster, "-k", str(self.folder), "-h", "127.0.0.1", "-p", str(self.port)),
            *(part for setting in self._settings for part in ("-c", setting)),
        ]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        until = monotonic() + 30
        while not self._answers():
            if self._process.poll() is not None or monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])
            sleep(0.05)

    def _answers(self) -> bool:
        command = [str(self._bin / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def _processes(self) -> list[psutil.Process]:
        try:
            top = psutil.Process(self._process.pid)
            return [top, *top.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """kill -9 of the postmaster and all its children, as a power cut would, but for what the disk holds."""
        ours = self._processes()
        for process in ours:
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(ours, timeout=10)
        self._process.wait()

    def stop(self) -> None:
        """Stop quickly and take the folder away."""
        self._watch.kill()
        self._watch.wait()
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as, str(self._bin / program), *arguments], check=True, capture_output=True, cwd=self.folder
        )
