"""Every refusal over HTTP: one table of what can be wrong, one shape in which it is told (RFC 9457).

    engine.errors.AnswerError      400 invalid       the answer cannot be accepted; all faults at once
    engine.errors.FlowError        400 invalid       a flow file was sent that cannot be used; every problem in it
    engine.errors.RefusedEvent     409 conflict      not now; a few codes are 404 or 403 (_REFUSED)
    pydantic's validation          400 invalid       the NL API Design Rules want 400 where FastAPI says 422
    Refusal                        as its code says  what doors and security raise themselves
    anything else                  500 bug           ours; logged by class and place only, never with values

Nothing that was sent comes back: no value, no unknown name, no path; `instance` is a URN made for the occasion. Doors
raise, `api.app` registers the answers; everything in `api` above this room may call it.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import singledispatch
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.clock import SystemClock
from engine.errors import AnswerError, FlowError, RefusedEvent
from engine.lint.dutch import told
from ui_schema import texts
from ui_schema.shape import Language

PROBLEM_JSON = "application/problem+json"
TYPE = "urn:problem-type:wegwijzer:"

TROUBLES: Mapping[str, tuple[int, str, str]] = {
    # code: status, title, what to do
    "invalid": (400, "The request cannot be accepted", "Correct what is named under errors and send it again."),
    "unauthenticated": (401, "Who you are is not known", "Send the journey's secret, or sign in."),
    "forbidden": (403, "This is not yours to do", "Ask somebody whose work this is."),
    "not_found": (404, "There is nothing here for you", "Check the address, or go on with your code."),
    "method": (405, "This cannot be done here", "Use one of the methods that Allow names."),
    "timeout": (408, "This took too long to arrive", "Send it again, or less at a time."),
    "conflict": (409, "This cannot be done now", "Read the journey again and see what can be done."),
    "stale": (412, "Something changed in between", "Read the journey again and repeat with its new ETag."),
    "too_large": (413, "This is too large", "Send less at a time."),
    "uri_too_long": (414, "The address is too long", "Use a shorter address."),
    "media_type": (415, "This kind of content is not read here", "Send application/json, or a form to a page."),
    "misdirected": (421, "This host is not served here", "Use the address that was made known to you."),
    "key_reused": (422, "This Idempotency-Key was used for something else", "Use a new key for a new command."),
    "precondition": (428, "Say which version you saw", "Send If-Match with the ETag that you read."),
    "too_many": (429, "Too many requests", "Wait as long as Retry-After says."),
    "headers_too_large": (431, "The headers are too large", "Send fewer or shorter headers."),
    "bug": (500, "Something went wrong on our side", "Try again later; name the instance when you report it."),
    "unavailable": (503, "This does not work at the moment", "Wait as long as Retry-After says and send it again."),
}
BY_STATUS = {status: code for code, (status, _, _) in TROUBLES.items()}

log = logging.getLogger("wegwijzer")
_clock = SystemClock()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (`body`, `query`, `path`, `header`, `flow`), a pointer, a code, a sentence."""

    where: str
    pointer: str
    code: str
    detail: str


class Refusal(HTTPException):
    """A refusal that a door raises. `code` is a key of TROUBLES; `detail` replaces its advice and never echoes."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
        retry_after: int | None = None,
    ) -> None:
        status, self.title, advice = TROUBLES[code]
        self.code = code
        self.faults = tuple(faults)
        self.instance = f"urn:uuid:{_clock.new_id()}"
        extra = {**(headers or {})}
        if retry_after is not None:
            extra["Retry-After"] = str(retry_after)
        super().__init__(status, detail or advice, extra)

    @property
    def body(self) -> dict[str, Any]:
        """The members of RFC 9457, with `code` and `errors` beside them."""
        members: dict[str, Any] = {
            "type": TYPE + self.code,
            "title": self.title,
            "status": self.status_code,
            "detail": self.detail,
            "instance": self.instance,
            "code": self.code,
        }
        if self.faults:
            members["errors"] = [_spelled(fault) for fault in self.faults]
        return members


def _spelled(fault: Fault) -> dict[str, str]:
    members = asdict(fault)
    return {"in": members.pop("where"), **members}


def response(refusal: Refusal) -> Response:
    """The refusal as application/problem+json."""
    body = json.dumps(refusal.body, ensure_ascii=False, separators=(",", ":"))
    return Response(body, refusal.status_code, dict(refusal.headers or {}), PROBLEM_JSON)


_REFUSED = {
    "refused.not_found": "not_found",
    "refused.no_such_flow": "not_found",
    "refused.no_such_task": "not_found",
    "refused.forbidden": "forbidden",
}


@singledispatch
def refusal_of(error: Exception, language: str = "en") -> Refusal:
    """What an error is to the caller. Rooms above teach it their own errors with `refusal_of.register`."""
    frames = "; ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-6:]
    )
    refusal = Refusal("bug")
    log.error("bug: %s: %s at %s", refusal.instance, type(error).__name__, frames)
    return refusal


@refusal_of.register
def _(error: Refusal, language: str = "en") -> Refusal:
    return error


@refusal_of.register
def _(error: HTTPException, language: str = "en") -> Refusal:
    code = BY_STATUS.get(error.status_code, "invalid" if error.status_code < 500 else "unavailable")
    return Refusal(code, headers=error.headers)


@refusal_of.register
def _(error: AnswerError, language: str = "en") -> Refusal:
    return invalid_answers([error], language)


@refusal_of.register
def _(error: RefusedEvent, language: str = "en") -> Refusal:
    code = _REFUSED.get(error.code, "conflict")
    return Refusal(code, faults=[_fault(error, code, language, "")])


def refused_answer(error: RefusedEvent, language: str = "en") -> Refusal:
    """The same, pointing at the one of several answers that is not asked now."""
    code, fact = _REFUSED.get(error.code, "conflict"), error.params.get("fact")
    return Refusal(code, faults=[_fault(error, code, language, f"/answers/{fact}" if fact else "")])


def _fault(error: RefusedEvent, code: str, language: str, pointer: str) -> Fault:
    detail = _text(error.code, error.params, language) if texts.known(error.code) else TROUBLES[code][2]
    return Fault("body", pointer, error.code, detail)


@refusal_of.register
def _(error: FlowError, language: str = "en") -> Refusal:
    faults = [
        Fault(
            "flow",
            f"{problem.where.line}:{problem.where.column}",
            problem.code,
            f"{told(problem.message, language)} {told(problem.hint, language)}",
        )
        for problem in error.problems
    ]
    return Refusal("invalid", faults=faults)


def invalid_answers(errors: Sequence[AnswerError], language: str = "en", inside: str = "answers") -> Refusal:
    """Everything that is wrong with a set of answers, in one refusal. `inside` is where they stand in the body: "" for
    its own names."""
    return Refusal("invalid", faults=[fault for error in errors for fault in _faults(error, language, inside)])


def _faults(error: AnswerError, language: str, inside: str) -> Iterable[Fault]:
    detail = error.say.get(language) or next(iter(error.say.values()), "") or _text(error.code, error.params, language)
    before = f"/{inside}/" if inside else "/"
    for fact in (error.fact, *error.also):
        yield Fault("body", before + fact, error.code, detail)


def _text(code: str, params: Mapping[str, object], language: str) -> str:
    """The product's own sentence for a code, or what to do about invalid input in general."""
    if not texts.known(code):
        return TROUBLES["invalid"][2]
    return texts.say(Language(language), code, **params)


def language_of(accepted: str) -> str:
    """The first language of an Accept-Language header that the product speaks; English, the API's own, otherwise."""
    for part in accepted[:200].split(","):
        code = part.partition(";")[0].strip().partition("-")[0].lower()
        if code in set(Language):
            return code
    return Language.EN


def invalid_request(error: RequestValidationError, known: frozenset[str]) -> Refusal:
    """Pydantic's findings, all at once. `known` are the names in our own schemas: other names came from the caller.

    An address that cannot be one of ours is not there, like one that could be and is not (404).
    """
    if any(found["loc"][0] == "path" for found in error.errors()):
        return Refusal("not_found")
    return Refusal("invalid", faults=[_request_fault(found, known) for found in error.errors()])


def _request_fault(found: Mapping[str, Any], known: frozenset[str]) -> Fault:
    where, *path = found["loc"]
    shown = [str(step) if isinstance(step, int) or step in known else "*" for step in path]
    kind = str(found["type"])
    pointer = "".join(f"/{step}" for step in shown) if where == "body" else ".".join(shown)
    return Fault(str(where), pointer, f"request.{kind}", _said(kind, str(found["msg"])))


def _said(kind: str, message: str) -> str:
    """Pydantic's sentence without what it may quote from the input."""
    if kind == "extra_forbidden":
        return "There is a name here that is not known; leave it out."
    if kind in ("value_error", "assertion_error"):
        return "This value is not accepted."
    if kind.endswith(("_parsing", "_type", "_inclusive", "_delta")):
        message = message.split(", ", maxsplit=1)[0]
    return message.rstrip(".") + "."
