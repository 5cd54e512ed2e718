"""`make chaos`: every trial in full, a report at the end, the figures in docs/benchmarks.md. Exit code 1 for a fault.

python -m tests.chaos [--kills 40] [--answers 10000] [--rounds 1000] [--writes 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path
from time import monotonic

from tests.api.store.postgres_server import Server, binaries
from tests.bench.recorder import Row, Section, record
from tests.chaos.contests import claims, devices
from tests.chaos.ledger import Findings
from tests.chaos.site import Site, bouncer_program, site
from tests.chaos.trials import SEES, control, killed, taken_over

NOTES = (
    "kill -9 of a server process, or of PostgreSQL with all its children, at random moments while 16 clients answer",
    "over HTTP; whoever gets no answer asks again with the same Idempotency-Key. Every answer has an effect of its",
    "own, done at least once under one key. A planted fault must be seen by the same check, or the run counts for",
    "nothing. Loss of power is not shown by this: a virtual disk answers before it has written.",
)
LEASE = 5.0


def given(arguments: list[str]) -> argparse.Namespace:
    """How much of everything."""
    parser = argparse.ArgumentParser(prog="make chaos", description="Kill servers under load and count what is lost.")
    for name, default in (("kills", 40), ("answers", 10_000), ("rounds", 1_000), ("writes", 10_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args(arguments)


async def trials(server: Server, folder: Path, much: argparse.Namespace) -> list[Row]:
    """All of them, one after the other."""
    rows: list[Row] = []

    def told(more: list[Row]) -> None:
        rows.extend(more)
        for row in more:
            print(f"  {row.what}: {row.figure}", flush=True)

    async with site(server, _under(folder, "killed"), replicas=2, lease=LEASE) as here:
        start = monotonic()
        findings = await killed(here, much.kills, much.answers, much.seed, lease=LEASE)
        told(_killed(findings, here.kills, monotonic() - start))
        told(await _contests(here, much))
    for fault in SEES:
        async with site(server, _under(folder, fault), fault=fault, lease=LEASE) as here:
            told([_control(fault, await control(here, fault, kills=12, seed=much.seed))])
    if bouncer_program() is not None:
        async with site(server, _under(folder, "bounced"), replicas=2, bounced=True, lease=LEASE) as here:
            told(await _taken_over(here, much))
    return rows


def _under(folder: Path, name: str) -> Path:
    own = folder / name
    own.mkdir()
    return own


def _zero(what: str, count: int) -> Row:
    return Row(what, str(count), "0", count == 0)


def _killed(findings: Findings, kills: dict[str, int], seconds: float) -> list[Row]:
    struck = ", ".join(f"{count} of {what}" for what, count in kills.items())
    total = sum(kills.values())
    return [
        Row("two replicas on one PostgreSQL, killed at random", f"{total} kills ({struck})", ">= 30", total >= 30),
        Row("answers acknowledged meanwhile", f"{findings.answers:,}", ">= 10,000", findings.answers >= 10_000),
        *(_zero(f"of these {kind}", count) for kind, count in findings.faults.items()),
        Row("effects tried again under their own key", str(findings.tried_again)),
        Row("seconds that took", f"{seconds:.0f}"),
    ]


async def _contests(here: Site, much: argparse.Namespace) -> list[Row]:
    found = await devices(here, much.writes)
    claimed = await claims(here, much.rounds)
    doubtful = sum(rounds for winners, rounds in claimed.winners.items() if winners != 1)
    return [
        Row("two devices, conflicting writes on 10 journeys", f"{found.sent:,} sent, {found.accepted:,} accepted"),
        _zero("updates lost or doubled", found.lost),
        Row("16 workers claim one task", f"{claimed.rounds:,} rounds", ">= 1,000", claimed.rounds >= 1000),
        _zero("rounds without exactly one winner", doubtful),
    ]


def _control(fault: str, findings: Findings) -> Row:
    faults = findings.faults[SEES[fault]]
    return Row(f"planted fault {fault}: {SEES[fault]}", str(faults), "seen", faults > 0)


async def _taken_over(here: Site, much: argparse.Namespace) -> list[Row]:
    found = await taken_over(here, before=much.answers // 10, after=much.answers // 10, lease=LEASE)
    return [
        Row("behind PgBouncer one of two replicas killed for good: answers by the other", f"{found.after:,}"),
        Row("effects that it had leased and not done", str(found.held)),
        Row("longest silence of all clients together", f"{found.silent:.2f} s"),
        Row(
            f"effects of the dead one done by the other (lease {LEASE:g} s)",
            f"{found.late:.1f} s after the kill",
            f"<= {LEASE + 2:g} s",
            found.late <= LEASE + 2,
        ),
        _zero("lost, doubled or unpaired", sum(found.findings.faults.values())),
    ]


def main(arguments: list[str]) -> int:
    """Run, record, report."""
    much = given(arguments)
    if binaries() is None:
        print("PostgreSQL is not installed here; on Debian: apt-get install postgresql pgbouncer", file=sys.stderr)
        return 2
    server = Server("shared_buffers=256MB")
    with tempfile.TemporaryDirectory(dir="/var/tmp") as name:
        os.chmod(name, 0o755)  # noqa: S103  PostgreSQL's account reads PgBouncer's settings
        try:
            rows = asyncio.run(trials(server, Path(name), much))
        finally:
            server.stop()
    record(Section("chaos", "Killed at random", "make chaos", rows, peers=("asyncpg", "uvicorn"), notes=NOTES))
    missed = [row.what for row in rows if row.reached is False]
    print(f"Not as promised: {'; '.join(missed)}." if missed else "Everything as promised.")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
