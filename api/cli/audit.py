"""`wegwijzer audit REFERENCE`: who did what in a journey, and who looked into it, the oldest first.

For the officer who answers for it, and for a citizen who asks who saw the dossier. A line has the moment, the
worker's account or what else it was (`citizen`, `clock`, `register`), the deed and the channel; never what was told.
That this was asked is recorded too. Exit code 0; 2: no journey has this reference, or the store cannot be used. Tests:
tests/api/cli/test_signals.py.
"""

from __future__ import annotations

import argparse
import asyncio
import json

from api.cli.exits import GOOD, Unusable
from api.cli.publish import store_options
from api.cli.store import office
from api.security.tokens import reference_of
from api.store.lists import Audited
from engine.errors import worded
from ui_schema.notation import local

MOMENT = "%Y-%m-%d %H:%M:%S"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Of which journey."""
    parser.add_argument("reference", metavar="REFERENCE", help="of a journey, as WW-K7QM-3X9T")
    parser.add_argument("--json", action="store_true", help="a line of JSON a deed")
    store_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print the record."""
    lines = asyncio.run(_audit(given))
    widest = max((len(own.actor) for own in lines), default=0)
    for own in lines:
        if given.json:
            print(json.dumps(_plain(own)))
        else:
            print(f"{local(own.at).strftime(MOMENT)}  {own.actor:<{widest}}  {own.action}  {own.channel}".rstrip())
    return GOOD


async def _audit(given: argparse.Namespace) -> list[Audited]:
    async with office(given.folder, given.database) as own:
        reference = reference_of(given.reference)
        journey = await own.store.by_reference(own.tenant, reference) if reference else None
        if journey is None:
            raise Unusable(worded("No journey has the reference {reference} here.", reference=given.reference))
        found = await own.store.audit(own.tenant, journey)
        await own.looked(journey, "audit")
        return found


def _plain(own: Audited) -> dict[str, str]:
    return {"at": own.at.isoformat(), "actor": own.actor, "action": own.action, "channel": own.channel}
