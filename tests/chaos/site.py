"""What is killed: replicas of the API, the PostgreSQL behind them, and a PgBouncer in between when one is wanted.

    async with site(replicas=2) as here:
        await here.strike(chance)         kill -9 of one of them, chosen at random; it is started again at once

PostgreSQL is killed with all its children, as a power cut would, but for what the disk holds.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

import asyncpg

from api.security.passwords import hashed
from api.store.connect import migrate, postgres_store
from api.store.masters import masters_from_text, new_master
from api.store.sealed import SealedStore
from tests.api.store.postgres_server import Server, free_port
from tests.chaos.server import serve
from tests.chaos.wire import Lost, Wire

FLOWS = Path(__file__).parent / "flows"
TENANT = "voorbeeld"
WORKERS = tuple(f"worker{number:02}" for number in range(16))
START_SECONDS = 90.0
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.chaos.server"])
BOUNCER = """
[databases]
* = host=127.0.0.1 port={server} user=wegwijzer_app
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
auth_type = any
pool_mode = transaction
default_pool_size = 12
max_client_conn = 200
unix_socket_dir =
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""  # auth_type any forces one login on everybody: ours


@dataclass
class Replica:
    """One server process on a port that stays its own."""

    port: int
    environment: dict[str, str]
    log: Path
    process: BaseProcess | None = None

    async def start(self) -> None:
        """Start, again and again while the database is away, until it answers requests."""
        until = monotonic() + START_SECONDS
        while monotonic() < until:
            if self.process is None or not self.process.is_alive():
                self.process = FORKS.Process(target=serve, args=(self.port, self.environment, self.log), daemon=True)
                await asyncio.to_thread(self.process.start)
            if await self._answers():
                return
            await asyncio.sleep(0.1)
        raise RuntimeError(f"The server does not start: {self.log.read_text()[-500:]}")

    async def _answers(self) -> bool:
        wire = Wire(self.port)
        try:
            return (await wire.ask("GET", "/readyz")).status == 200
        except Lost:
            return False
        finally:
            wire.close()

    async def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            self.process.kill()
            await asyncio.to_thread(self.process.join)


@dataclass
class Site:
    """Everything that runs. `kills` counts by what was killed."""

    server: Server
    folder: Path
    master: str
    replicas: list[Replica] = field(default_factory=list)
    bouncer: subprocess.Popen[bytes] | None = None
    kills: dict[str, int] = field(default_factory=lambda: {"API": 0, "PostgreSQL": 0})

    @property
    def ports(self) -> list[int]:
        return [replica.port for replica in self.replicas]

    @property
    def effects(self) -> Path:
        """The file that stands for the world."""
        return self.folder / "effects"

    async def strike(self, chance: random.Random) -> None:
        """Kill one of the servers or PostgreSQL, and start it again."""
        if chance.random() < 1 / 3:
            await self.strike_database()
        else:
            await self.strike_replica(chance.choice(self.replicas))

    async def strike_database(self) -> None:
        """kill -9 of PostgreSQL with all its children, and a start on what it left."""
        self.kills["PostgreSQL"] += 1
        await asyncio.to_thread(self.server.kill)
        await asyncio.to_thread(self.server.start)

    async def strike_replica(self, replica: Replica) -> None:
        """kill -9 of one server, and a new one on its port."""
        self.kills["API"] += 1
        await replica.kill()
        await replica.start()

    @asynccontextmanager
    async def store(self) -> AsyncIterator[SealedStore]:
        """The store behind the servers, straight to PostgreSQL, which forgets no more."""
        await _forgetful(self.server, False)
        urls = (self.server.url("wegwijzer_app"), self.server.url("wegwijzer_app", "keys"))
        opened = postgres_store(*urls, masters_from_text(self.master))
        await opened.open()
        try:
            yield opened
        finally:
            await opened.close()

    async def held(self, seconds: float = 0.5) -> int:
        """How many effects have been under one and the same lease for so long."""
        connection = await asyncpg.connect(self.server.url("postgres"))
        leases = "SELECT journey, key, lease FROM job WHERE kind = 'Count' AND lease <> ''"
        before = set(map(tuple, await connection.fetch(leases)))
        await asyncio.sleep(seconds)
        after = set(map(tuple, await connection.fetch(leases)))
        await connection.close()
        return len(before & after)

    async def close(self) -> None:
        """Stop everything."""
        await asyncio.gather(*(replica.kill() for replica in self.replicas))
        if self.bouncer is not None:
            self.bouncer.kill()
            self.bouncer.wait()


async def emptied(server: Server) -> None:
    """Our tables, and nothing in them."""
    await migrate(server.url("wegwijzer_owner"), server.url("wegwijzer_owner", "keys"), Path(), "wegwijzer_app")
    for database in ("journeys", "keys"):
        connection = await asyncpg.connect(server.url("postgres", database))
        tables = await connection.fetch(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        names = ", ".join(row[0] for row in tables if row[0] != "alembic_version")
        await connection.execute(f"TRUNCATE {names}")
        await connection.close()


async def _forgetful(server: Server, so: bool) -> None:
    """Whether the server may acknowledge before it is on disk, and takes its time to get it there."""
    settings = ("SET synchronous_commit = off", "SET wal_writer_delay = '10s'")
    if not so:
        settings = ("RESET synchronous_commit", "RESET wal_writer_delay")
    connection = await asyncpg.connect(server.url("postgres"))
    await connection.execute(f"ALTER DATABASE journeys {settings[0]}")
    await connection.execute(f"ALTER SYSTEM {settings[1]}")
    await connection.execute("SELECT pg_reload_conf()")
    await connection.close()


@asynccontextmanager
async def site(
    server: Server, folder: Path, replicas: int = 1, fault: str = "", lease: float = 5.0, *, bounced: bool = False
) -> AsyncIterator[Site]:
    """Servers on an empty database, answering; stopped at the end. `folder` is there and empty."""
    await emptied(server)
    await _forgetful(server, fault == "async")
    here = Site(server, folder, new_master("chaos"))
    port = _bounce(here) if bounced else server.port
    for _ in range(replicas):
        here.replicas.append(_replica(here, port, fault, lease, bounced=bounced))
    try:
        await asyncio.gather(*(replica.start() for replica in here.replicas))
        yield here
    finally:
        await here.close()


def _replica(here: Site, database_port: int, fault: str, lease: float, *, bounced: bool) -> Replica:
    own = free_port()
    address = f"postgresql://wegwijzer_app@127.0.0.1:{database_port}"
    ending = "?pgbouncer=1" if bounced else ""
    workers = here.folder / "workers"
    kept = hashed("a password of the trial")
    workers.write_text("".join(f"{account} | {account} | | work | {kept}\n" for account in WORKERS))
    known = {
        "WEGWIJZER_DATABASE": f"{address}/journeys{ending}",
        "WEGWIJZER_KEY_DATABASE": f"{address}/keys{ending}",
        "WEGWIJZER_MASTER_KEYS": here.master,
        "WEGWIJZER_FOLDER": str(here.folder),
        "WEGWIJZER_FLOWS": str(FLOWS),
        "WEGWIJZER_WORKERS": str(workers),
        "COUNTED": str(here.effects),
        "FAULT": fault,
        "LEASE": str(lease),
        "SLOW": "1" if bounced and not here.replicas else "0",  # the one to be killed holds leases then
    }
    return Replica(own, known, here.folder / f"log-{own}")


def bouncer_program() -> str | None:
    """Where PgBouncer is; None when it is not installed."""
    return shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")


def _bounce(here: Site) -> int:
    program, own = bouncer_program(), free_port()
    if program is None:
        raise RuntimeError("PgBouncer is not installed.")
    settings = here.server.folder / "chaos.ini"
    settings.write_text(BOUNCER.format(server=here.server.port, own=own, folder=here.server.folder))
    as_whom = ["-u", "postgres"] if os.geteuid() == 0 else []
    here.bouncer = subprocess.Popen(
        [program, *as_whom, str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return own
