"""A register as another organisation runs it: FastAPI under uvicorn, on a socket of its own, in a thread.

Two people, an API key, and a mood that a test sets: well, slow, broken, garbled, wrong, huge. `stop` kills it.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

KEY = "sleutel-van-het-register"
BSN, ALONE, STRANGER = "999993653", "999990627", "999999999"
PEOPLE = {
    BSN: {
        "naam": {"volledigeNaam": "Suzanne Moulin"},
        "geboorte": {"datum": {"datum": "1985-12-01"}},
        "partners": [{"soortVerbintenis": "huwelijk"}],
    },
    ALONE: {"naam": {"volledigeNaam": "Stefan Stefansson"}, "geboorte": {"datum": {"datum": "1990-02-28"}}},
}
FILE = """
hosts: [127.0.0.1]
registers:
  brp:
    address: http://127.0.0.1:{port}/api
    key: {{header: X-API-KEY}}
    answer_seconds: 1
facts:
  brp.persoon:
    register: brp
    post: /personen
    body: {{burgerservicenummer: ["{{subject}}"], fields: [naam, geboorte.datum]}}
    value: {{name: /personen/0/naam/volledigeNaam, birthdate: /personen/0/geboorte/datum/datum}}
  brp.geboortedatum:
    register: brp
    post: /personen
    body: {{burgerservicenummer: ["{{subject}}"], fields: [geboorte.datum]}}
    value: {{at: /personen/0/geboorte/datum/datum, as: date}}
  brp.partner:
    register: brp
    post: /personen
    body: {{burgerservicenummer: ["{{subject}}"], fields: [partners]}}
    value: {{at: /personen/0/partners, as: known}}
try_as:
  "999993653": Suzanne (test)
  "999990627": Stefan (test)
  "999999999": Niemand (test)
"""


class RegisterServer:
    """`asked` are the fields of every question, in order; `mood` is how it answers from now on."""

    def __init__(self, listener: socket.socket) -> None:
        self.port: int = listener.getsockname()[1]
        self.mood = "well"
        self.asked: list[tuple[str, str]] = []
        app = FastAPI()
        app.post("/api/personen")(self._persons)
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()

    async def _persons(self, request: Request) -> Response:
        sent = await request.json()
        self.asked.append((",".join(sent["burgerservicenummer"]), ",".join(sent["fields"])))
        if request.headers.get("X-API-KEY") != KEY:
            return JSONResponse({"title": "Niet toegestaan"}, 401)
        if self.mood == "slow":
            await asyncio.sleep(3)
        return self._in_this_mood(sent)

    def _in_this_mood(self, sent: Any) -> Response:
        odd = {
            "broken": JSONResponse({"title": "Fout"}, 500),
            "absent": JSONResponse({"title": "Niet gevonden"}, 404),
            "garbled": Response("<html>onderhoud</html>", media_type="text/html"),
            "huge": JSONResponse({"personen": ["x" * 100_000]}),
            "wrong": JSONResponse(
                {"personen": [{"naam": {"volledigeNaam": 7}, "geboorte": {"datum": {"datum": True}}}]}
            ),
        }
        if self.mood in odd:
            return odd[self.mood]
        return JSONResponse({"personen": [PEOPLE[own] for own in sent["burgerservicenummer"] if own in PEOPLE]})

    def stop(self) -> None:
        """Gone: nobody listens any more."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)


@contextmanager
def register_server() -> Iterator[RegisterServer]:
    """A running register, stopped at the end if it still runs."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = RegisterServer(listener)
    try:
        yield server
    finally:
        server.stop()
