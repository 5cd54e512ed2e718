"""Requests that can succeed: for every operation of the API a journey or a task that is ready for it.

Made-up requests alone hardly ever come past "there is no such journey", and then nothing behind it is tested. A stage
prepares what one operation needs, over the API itself, and says what to send. Called by `tests.contract.hooks`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

FLOW = "van-alles"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class Ready:
    """What to put in a request. None leaves what is there."""

    path: dict[str, str] = field(default_factory=dict)
    token: str = ""
    body: Any = None


class Stage:
    """Prepares on one server. `worker` is the token of somebody who is signed in."""

    def __init__(self, url: str) -> None:
        self._calls = httpx.Client(base_url=url, timeout=30)
        entered = self._calls.post("/werk/inloggen", data={"account": "bram", "password": "wegwijzer"})
        self.worker = entered.cookies["wegwijzer-worker"]
        self._calls.cookies.clear()

    def ready(self, operation: str) -> Ready | None:
        """What this operation needs; None when it needs nothing."""
        prepare: Callable[[], Ready] | None = getattr(self, f"_{operation}", None)
        if prepare is not None:
            return prepare()
        return self._journey(BODIES[operation]) if operation in BODIES else None

    def _send(self, path: str, body: object, token: str) -> Any:
        answer = self._calls.post(f"/v1/{path}", json=body, headers={"Authorization": f"Bearer {token}"})
        answer.raise_for_status()
        return answer.json()

    def _journey(self, body: object = None, *before: tuple[str, object]) -> Ready:
        """A journey on which these writes were done."""
        begun = self._calls.post("/v1/journeys", json={"flow": FLOW, "prefill": {"woonplaats": "Hier"}}).json()
        for path, sent in before:
            self._send(f"journeys/{begun['id']}/{path}", sent, begun["secret"])
        return Ready({"journeyId": begun["id"]}, begun["secret"], body)

    def _task(self, body: object = None, *, claimed: bool = False, judged: bool = False) -> Ready:
        """A task of a journey: a call, or a judgement."""
        asked = [("contact-requests", {"channel": "phone"})]
        handed_on = [("answers", {"answers": {"klaar": True}}), ("unsure", {"fact": "lastig"}), ("steps", SUBMIT)]
        own = self._journey(None, *(handed_on if judged else asked))
        now = self._calls.get(f"/v1/journeys/{own.path['journeyId']}", headers={"Authorization": f"Bearer {own.token}"})
        task = now.json()["tasks"][0]["id"]
        if claimed:
            self._send(f"tasks/{task}/claim", {}, self.worker)
        return Ready({"taskId": task, **own.path}, self.worker, body)

    def _file(self, own: Ready, secret: str) -> Ready:
        door = {"Authorization": f"Bearer {secret}"}
        sent = self._calls.post(
            f"/v1/journeys/{own.path['journeyId']}/files",
            files={"file": ("a.pdf", PDF, "application/pdf")},
            headers=door,
        )
        sent.raise_for_status()
        return Ready({**own.path, "fileId": sent.json()["id"]}, own.token)

    def _startJourney(self) -> Ready:  # noqa: N802  the operation's own name, here and below
        return Ready(body={"flow": FLOW})

    def _readFlow(self) -> Ready:  # noqa: N802
        return Ready({"flow": FLOW})

    def _listTasks(self) -> Ready:  # noqa: N802
        return Ready(token=self.worker)

    def _mandate(self, own: Ready) -> Any:
        return self._send(f"journeys/{own.path['journeyId']}/mandates", {"name": "Jan"}, own.token)

    def _endMandate(self) -> Ready:  # noqa: N802
        own = self._journey()
        return Ready(own.path, own.token, {"id": self._mandate(own)["id"]})

    def _redeemCode(self) -> Ready:  # noqa: N802
        return Ready(body={"code": self._mandate(self._journey())["code"]})

    def _resume(self) -> Ready:
        return self._journey({}, ("pauses", {"days": 3}))

    def _useRemedy(self) -> Ready:  # noqa: N802
        return self._journey({"reason": "Nee."}, ("answers", {"answers": {"klaar": False}}), ("steps", SUBMIT))

    def _readFile(self) -> Ready:  # noqa: N802
        own = self._journey()
        return self._file(own, own.token)

    def _readTaskFile(self) -> Ready:  # noqa: N802
        own = self._journey(None, ("contact-requests", {"channel": "phone"}))
        door = {"Authorization": f"Bearer {own.token}"}
        now = self._calls.get(f"/v1/journeys/{own.path['journeyId']}", headers=door).json()
        kept = self._file(own, own.token)
        return Ready({**kept.path, "taskId": now["tasks"][0]["id"]}, self.worker)

    def _readTask(self) -> Ready:  # noqa: N802
        return self._task()

    def _claimTask(self) -> Ready:  # noqa: N802
        return self._task()

    def _returnTask(self) -> Ready:  # noqa: N802
        return self._task({"reason": "Geen tijd."}, claimed=True)

    def _judge(self) -> Ready:
        return self._task({"answers": {"lastig": True}, "motive": "Gebeld."}, claimed=True, judged=True)

    def _finishTask(self) -> Ready:  # noqa: N802
        return self._task({"note": "Gebeld."}, claimed=True)


SUBMIT = {"step": "submit"}
BODIES: dict[str, Any] = {
    "readJourney": None,
    "explainJourney": None,
    "readPage": None,
    "sendFile": None,
    "giveAnswers": {"answers": {"klaar": True}},
    "sayUnsure": {"fact": "lastig"},
    "switchChannel": {"channel": "desk"},
    "askPerson": {"channel": "phone"},
    "dispute": {"fact": "woonplaats", "reason": "Ik ben verhuisd."},
    "leaveSignal": {"step": "answering", "text": "Dit begrijp ik niet."},
    "takeStep": {"step": "withdraw"},
    "giveMandate": {"name": "Jan"},
    "pause": {"days": 3},
    "sayWhereToTell": {"email": "sanne@example.org"},
}
