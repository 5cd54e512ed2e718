"""Two replicas behind PgBouncer in transaction mode: one is killed, the other goes on and takes over its leases."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic, sleep

import pytest

from api.store.connect import postgres_store
from api.store.port import Committed, Effect
from tests.api.store.conftest import MASTER, MASTERS, on_postgres
from tests.api.store.ledger import check, write_and_kill
from tests.api.store.postgres_server import Server, free_port
from tests.api.store.samples import NOW, TENANT, answered, make, there

pytestmark = [pytest.mark.anyio, pytest.mark.postgres, pytest.mark.slow]
SETTINGS = """
[databases]
* = host=127.0.0.1 port={server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
auth_type = any
pool_mode = transaction
default_pool_size = 4
unix_socket_dir =
logfile = {folder}/pgbouncer.log
pidfile = {folder}/pgbouncer.pid
"""


@pytest.fixture
def bouncer(clean: Server) -> Iterator[int]:
    """The port of a PgBouncer before the server, with fewer connections than callers."""
    program = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
    if program is None:
        pytest.skip("PgBouncer is not installed (Debian: apt-get install pgbouncer); its test is skipped.")
    own = free_port()
    settings = clean.folder / "pgbouncer.ini"
    # auth_type any forces one login on everybody: ours
    wanted = SETTINGS.format(server=f"{clean.port} user=wegwijzer_app", own=own, folder=clean.folder)
    settings.write_text(wanted)
    as_whom = ["-u", "postgres"] if os.geteuid() == 0 else []
    running = subprocess.Popen([program, *as_whom, str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _wait(clean, own, running)
    yield own
    running.kill()
    running.wait()


def _wait(server: Server, port: int, running: subprocess.Popen[bytes]) -> None:
    until = monotonic() + 15
    while subprocess.run(
        [server.program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], check=False
    ).returncode:
        if running.poll() is not None or monotonic() > until:
            raise RuntimeError((server.folder / "pgbouncer.log").read_text()[-2000:])
        sleep(0.05)


async def test_more_callers_than_connections_lose_nothing(clean: Server, bouncer: int):
    """Two stores over one PgBouncer with four connections: every write on one version has one winner, none is lost."""
    url, keys = (f"postgresql://wegwijzer_app@127.0.0.1:{bouncer}/{name}" for name in ("journeys", "keys"))
    stores = [postgres_store(url, keys, MASTERS, 8, pgbouncer=True) for _ in range(2)]
    for store in stores:
        await store.open()
    await make(stores[0], "j1")

    async def device(number: int) -> int:
        store, accepted = stores[number % 2], 0
        for turn in range(10):
            base = await there(store, "j1")
            accepted += isinstance(await store.commit(answered(base, f"{number}-{turn}", turn)), Committed)
        return accepted

    accepted = sum(await asyncio.gather(*(device(number) for number in range(12))))
    assert (await there(stores[1], "j1")).version == 1 + accepted
    assert await stores[0].verify(TENANT, "j1")
    for store in stores:
        await store.close()


async def test_a_replica_takes_over_the_leases_of_a_killed_one(clean: Server):
    """What a dead replica had leased is handed out again when its lease ends, not before, and once."""
    dead, alive = on_postgres(clean), on_postgres(clean)
    await dead.open()
    await alive.open()
    await make(dead, "j1", effects=[Effect(f"e/{number}", "Notify", number, NOW) for number in range(20)])
    held = await dead.lease(NOW, 20, 30)
    await dead.close()
    assert len(held) == 20
    assert await alive.lease(NOW + timedelta(seconds=29), 20, 30) == []
    taken = await alive.lease(NOW + timedelta(seconds=30), 50, 30)
    assert sorted(job.key for job in taken) == sorted(job.key for job in held)
    for job in taken:
        await alive.done(job)
    assert await alive.lease(NOW + timedelta(hours=1), 50, 30) == []
    await alive.close()


async def test_killed_writers_behind_pgbouncer_lose_nothing(clean: Server, bouncer: int):
    """kill -9 of writers that work through PgBouncer: nothing lost, nothing doubled."""
    base = f"postgresql://wegwijzer_app@127.0.0.1:{bouncer}"
    ledger = write_and_kill(["postgres", f"{base}/journeys", f"{base}/keys"], MASTER, 2, "pgbouncer")
    store = on_postgres(clean)
    await store.open()
    findings = await check(store, ledger)
    await store.close()
    assert findings.answers > 50
    assert findings.clean, findings
