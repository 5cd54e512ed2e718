"""The promises under kill -9, over HTTP, in short; `make chaos` is the long form with the figures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.api.store.postgres_server import Server, binaries
from tests.chaos.contests import claims, devices
from tests.chaos.site import Site, bouncer_program, site
from tests.chaos.trials import SEES, control, killed, taken_over

pytestmark = [pytest.mark.anyio, pytest.mark.postgres, pytest.mark.slow]
FEW, LEASE = 6, 2.0


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A PostgreSQL of our own, that may be killed."""
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt-get install postgresql); its tests are skipped.")
    started = Server()
    yield started
    started.stop()


@pytest.fixture(scope="module")
async def pair(server: Server, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """Two replicas."""
    async with site(server, tmp_path_factory.mktemp("pair"), replicas=2, lease=LEASE) as here:
        yield here


async def test_one_claim_of_sixteen_wins(pair: Site):
    """Sixteen workers claim one task at one moment over two replicas: one gets it, every round."""
    assert (await claims(pair, 6)).winners == {1: 6}


async def test_two_devices_lose_no_update(pair: Site):
    """Two devices write one journey over two replicas, each on the version it saw: what was accepted is kept, once."""
    found = await devices(pair, 120, journeys=2)
    assert found.lost == 0
    assert 0 < found.accepted < found.sent


async def test_killed_servers_lose_and_double_nothing(pair: Site):
    """kill -9 of servers and of PostgreSQL under load: every acknowledged answer is there, once, with its effect."""
    findings = await killed(pair, kills=3, answers=100, seed=5, citizens=FEW, lease=LEASE)
    assert findings.answers >= 100
    assert findings.clean, findings
    assert sum(pair.kills.values()) >= 3


@pytest.mark.parametrize("fault", SEES)
async def test_a_planted_fault_is_seen(server: Server, tmp_path: Path, fault: str):
    """A database that forgets, keys that are not looked at, effects written apart: the same check sees each of them."""
    async with site(server, tmp_path, fault=fault, lease=LEASE) as here:
        findings = await control(here, fault, kills=12, citizens=FEW)
    assert getattr(findings, SEES[fault]), findings


async def test_the_other_replica_goes_on(server: Server, tmp_path: Path):
    """One of two replicas behind PgBouncer is killed for good: the other answers on and takes over its effects."""
    if bouncer_program() is None:
        pytest.skip("PgBouncer is not installed (Debian: apt-get install pgbouncer); its test is skipped.")
    async with site(server, tmp_path, replicas=2, bounced=True, lease=LEASE) as here:
        found = await taken_over(here, before=60, after=60, lease=LEASE, citizens=FEW)
    assert found.after >= 60
    assert found.held > 0
    assert found.findings.clean, found.findings
