"""`wegwijzer signals FLOW`: what citizens and workers said goes wrong in a process, the newest first.

Each with its moment, the step that it is about, the version of the flow and the journey's reference, so that it can be
answered. Words of people may say who they are: that the journey was looked into is recorded, under the account that
runs the command. Exit code 0; 2: the store cannot be used. Tests: tests/api/cli/test_signals.py.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import dataclass

from api.cli.exits import GOOD
from api.cli.language import language_of
from api.cli.publish import SHORT, store_options
from api.cli.store import Office, office
from api.store.lists import Signal
from engine.errors import worded
from engine.lint.dutch import told
from ui_schema.notation import local

MOST = 100
MOMENT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Heard:
    """A signal, and the reference of the journey that it came from."""

    signal: Signal
    reference: str


def arguments(parser: argparse.ArgumentParser) -> None:
    """About which process, and how many."""
    parser.add_argument("flow", metavar="SLUG", help="the name of a flow")
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help=f"at most so many [{MOST}]")
    parser.add_argument("--json", action="store_true", help="a line of JSON a signal")
    store_options(parser)


def run(given: argparse.Namespace) -> int:
    """Print them."""
    found, language = asyncio.run(_signals(given)), language_of(given)
    if given.json:
        for own in found:
            print(json.dumps(_plain(own), ensure_ascii=False))
    elif not found:
        print(told(worded("Nobody left a signal about {flow}.", flow=given.flow), language))
    else:
        print("\n".join(line for own in found for line in _lines(own)))
    return GOOD


async def _signals(given: argparse.Namespace) -> list[Heard]:
    async with office(given.folder, given.database) as own:
        found = await own.store.signals(own.tenant, given.flow, max(1, given.most))
        return [Heard(signal, await _reference(own, signal.journey)) for signal in found]


async def _reference(own: Office, journey: str) -> str:
    """The journey's reference; that somebody looked stands in its record from then on."""
    stored = await own.store.load(own.tenant, journey)
    await own.looked(journey, "signals")
    return stored.reference if stored is not None else ""


def _plain(own: Heard) -> dict[str, str]:
    signal = own.signal
    return {
        "at": signal.at.isoformat(),
        "step": signal.step,
        "text": signal.text,
        "version": signal.flow_version,
        "reference": own.reference,
    }


def _lines(own: Heard) -> list[str]:
    """The facts on one line, the words below it."""
    signal = own.signal
    facts = (local(signal.at).strftime(MOMENT), signal.step, signal.flow_version[:SHORT], own.reference)
    return ["  ".join(facts), *(f"    {line}" for line in signal.text.splitlines())]
