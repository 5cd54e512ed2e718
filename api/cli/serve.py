"""`wegwijzer serve`: runs the product on this machine.

Without WEGWIJZER_ENV=production it is the demo: made-up accounts, keys of its own, a local database. The port is bound
before anything else is opened, and the addresses are printed once requests are answered. Ctrl-C or SIGTERM finishes
what was accepted and stops with exit code 0.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import gc
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from uvicorn.loops.auto import auto_loop_factory

from api.app import create_app
from api.cli.exits import GOOD, Unusable, reason
from api.cli.language import language_of
from api.registers.chosen import not_connected
from api.security.accounts import DEMO, DEMO_PASSWORD
from api.security.line import Line
from api.service.library import FLOW_FILE
from api.settings import Settings, load
from engine.errors import FlowError, Said, worded
from engine.lint.dutch import told

BACKLOG = 512
AT_ONCE = 1_000
GRACE_SECONDS = 10
IDLE_SECONDS = 5  # a connection between two requests; a proxy's own must end sooner (docs/settings.md)
GARBAGE = (10_000, 20, 20)  # a request leaves next to no cycles: once in some tens of requests is soon enough
NO_HOST = "This host is no address of this machine; leave --host out, or name one."


def arguments(parser: argparse.ArgumentParser) -> None:
    """What can be given instead of a setting."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on [127.0.0.1]")
    parser.add_argument("--port", type=_port, default=8000, help="port to listen on; 0 takes a free one [8000]")
    parser.add_argument("--flows", type=Path, metavar="FOLDER", help="folder of the flow files [flows]")
    kept = parser.add_mutually_exclusive_group()
    kept.add_argument("--data", dest="folder", type=Path, metavar="FOLDER", help="folder of the database [.wegwijzer]")
    kept.add_argument("--database", metavar="URL", help="postgresql://... or sqlite:///folder")


def run(given: argparse.Namespace) -> int:
    """Serve until told to stop. Raises WegwijzerError or Unusable, each a sentence, when it cannot start."""
    database = "" if given.folder else given.database  # a folder on the command line wins from a database elsewhere
    settings = load(os.environ, flows=given.flows, folder=given.folder, database=database)
    if not settings.flows.is_dir():
        raise Unusable(
            worded(
                "There is no folder {folder}; name the folder of the flow files with --flows FOLDER.",
                folder=settings.flows,
            )
        )
    # SIGINT comes back as KeyboardInterrupt once everything has been closed
    with (
        _listening(given.host, given.port) as listener,
        contextlib.suppress(KeyboardInterrupt),
        asyncio.Runner(loop_factory=auto_loop_factory()) as runner,
    ):
        runner.run(_serve(settings, listener, language_of(given)))
    return GOOD


async def _serve(settings: Settings, listener: socket.socket, language: str) -> None:
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        lifespan="off",  # opened here, so that a store that refuses is a sentence and not a trace
        log_level="error",
        access_log=False,  # its lines hold addresses with everything in them
        server_header=False,
        proxy_headers=False,  # api.security.request reads them, as far as the settings trust them
        limit_concurrency=AT_ONCE,
        http=Line,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    async with app.router.lifespan_context(app):
        gc.collect()
        gc.freeze()  # flows and code stay for good: looking through them for garbage costs a seventh of every request
        gc.set_threshold(*GARBAGE)
        left_out = about_flows(settings.flows, app.state.service.library.problems)
        for said in (*left_out, about_registers(settings, app)):
            if said:
                print(told(said, language), file=sys.stderr, flush=True)
        print("\n".join(told(line, language) for line in welcome(settings, listener)), flush=True)
        await uvicorn.Server(config).serve(sockets=[listener])


def about_flows(folder: Path, problems: Mapping[str, FlowError | OSError]) -> tuple[str, ...]:
    """Which flows nobody is served, a sentence each: what is first wrong with the file, or why it cannot be read."""
    found = []
    for slug, wrong in sorted(problems.items()):
        why = "" if isinstance(wrong, OSError) else wrong.problems[0].message
        if isinstance(wrong, OSError):
            why = worded("{path} cannot be read: {reason}.", path=folder / slug / FLOW_FILE, reason=reason(wrong))
        found.append(
            worded(
                "Left out is {flow}: {why} To see all: wegwijzer lint {folder}",
                flow=slug,
                why=why,
                folder=folder / slug,
            )
        )
    return tuple(found)


def about_registers(settings: Settings, app: FastAPI) -> str:
    """What an operator must know about registers that flows name and nobody connected; "" when there is nothing."""
    service = app.state.service
    away = not_connected(service.fetching.register, service.library.current.values())
    if not away:
        return ""
    named = ", ".join(away)
    if settings.registers:
        return worded(
            "Registers: {file} does not name {named}; each fact goes to its next supplier, and the journey says so.",
            file=settings.registers,
            named=named,
        )
    return worded(
        "Registers: WEGWIJZER_REGISTERS is not set, so nobody asks {named}; each fact goes to its next supplier, and "
        "the journey says so.",
        named=named,
    )


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens already: who comes early waits a moment. Raises Unusable when it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError:
        raise Unusable(worded(NO_HOST)) from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as refused:
        listener.close()
        raise Unusable(_why_not(refused.errno, port)) from None
    return listener


def _why_not(number: int | None, port: int) -> str:
    if number == errno.EADDRINUSE:
        return worded(
            "Port {port} is taken; choose another one: make run PORT={other} (or --port {other}).",
            port=port,
            other=port + 1,
        )
    if number == errno.EACCES:
        return worded("Port {port} needs more rights than this account has; choose one above 1023.", port=port)
    return worded(NO_HOST)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65_535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _without_secrets(address: str) -> str:
    """The address of a database as logs may have it: no name, no password, no options."""
    found = urlsplit(address)
    return f"{found.scheme}://{found.netloc.rpartition('@')[2]}{found.path}" if address else ""


def welcome(settings: Settings, listener: socket.socket) -> tuple[Said, ...]:
    """What is printed when the doors are open, line by line."""
    host, port = listener.getsockname()[:2]
    base = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    if settings.production:
        return (
            worded(
                "Wegwijzer serves {organisation} at {base} (production).", organisation=settings.organisation, base=base
            ),
        )
    accounts = ", ".join(worker.account for worker in DEMO)
    registers = settings.registers or worded("made-up people; WEGWIJZER_REGISTERS names real ones")
    return (
        worded("Wegwijzer runs as a demo: made-up people, accounts and keys; not for real citizens."),
        worded("  Citizens   {base}/", base=base),
        worded(
            "  Worklist   {base}/werk   sign in as {accounts}; the password is {password}",
            base=base,
            accounts=accounts,
            password=DEMO_PASSWORD,
        ),
        worded("  Develop    {base}/ontwikkelen   every flow with its findings; saved files serve at once", base=base),
        worded("  API        {base}/v1/openapi.json", base=base),
        worded("  Registers  {registers}", registers=registers),
        worded("  Kept in    {place}", place=_without_secrets(settings.database) or settings.folder),
        worded("Stop it with Ctrl-C."),
    )
