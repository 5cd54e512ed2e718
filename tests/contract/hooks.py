"""Loaded by schemathesis: two of three requests get a journey that is ready for them; all are counted.

CONTRACT_URL is the server, CONTRACT_COUNTS the file for the counts: `{operation: {status: times}}`.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import schemathesis
from schemathesis.core.parameters import ParameterLocation

from tests.contract.stage import PDF, Ready, Stage

stage = Stage(os.environ["CONTRACT_URL"])
chance = random.Random(1)  # noqa: S311
counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
SHARE = 2 / 3
HANDS_OFF = {"path", "header", "unknown"}


def _operation(case: Any) -> str:
    return str(case.operation.definition.raw["operationId"])


def _faults(case: Any) -> set[str]:
    """Where this request has a fault on purpose; empty for a well-formed one."""
    meta = case.meta
    if meta is None:
        return {"unknown"}
    return {str(place.value) for place in ParameterLocation if meta.is_negative_at(place)}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Put what can succeed in the place of what was made up; of a faulty request everything but the fault."""
    declared, faults = case.operation.definition.raw, _faults(case)
    if case._has_explicit_auth or faults & HANDS_OFF or chance.random() > SHARE:
        return
    if faults and declared["operationId"] == "sendFile":
        return  # in a form all is text: a number in the place of a file is a file
    ready = stage.ready(declared["operationId"])
    if ready is None:
        return
    wanted = {parameter["name"] for parameter in declared.get("parameters", ()) if parameter["in"] == "path"}
    case.path_parameters = {name: value for name, value in ready.path.items() if name in wanted}
    case.cookies.clear()
    case.headers.pop("Authorization", None)
    if ready.token:
        case.headers["Authorization"] = f"Bearer {ready.token}"
        case._has_explicit_auth = (
            True  # schemathesis then knows it as good, and asks again without and with a wrong one
        )
    if not faults and not _is_refused(case):
        _make_good(case, declared["operationId"], ready)


def _is_refused(case: Any) -> bool:
    """Whether it is one that is to be refused, as a whole."""
    return str(case.meta.generation.mode.value) != "positive"


def _make_good(case: Any, operation: str, ready: Ready) -> None:
    """Headers and body that can succeed."""
    case.headers.pop("If-Match", None)
    case.headers.pop("Idempotency-Key", None)
    if operation == "sendFile":
        case.body = {"file": PDF.decode()}
    elif ready.body is not None:
        case.body = ready.body


@schemathesis.hook
def after_call(context: Any, case: Any, response: Any) -> None:
    """Count; the file is written anew each time, as nobody says when it is over."""
    if case.method.upper() == case.operation.method.upper():
        counts[_operation(case)][response.status_code] += 1
        told = {name: dict(found) for name, found in counts.items()}
        Path(os.environ["CONTRACT_COUNTS"]).write_text(json.dumps(told))
