"""A refusal as a page: what is wrong in plain words, and always the way to a person.

status             text of the page       for a worker who is not signed in
404                not_found              401: to the page where one signs in; a developer: there is no such flow
403                forbidden
409, 412, 422      conflict
413, 414, 431      too_large
429                too_many
503, 408           unavailable
other 4xx          invalid
500                bug
"""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from api.problems import Refusal
from api.web.develop_drawing import DEVELOP, show_gone
from api.web.door import Visit, go, visit
from api.web.links import SIGN_IN, WORK
from ui_schema.build_loose import error_page as drawn_error
from ui_schema.build_work import Desk, work_error_page

NAMES = {
    401: "not_found",
    403: "forbidden",
    404: "not_found",
    405: "not_found",
    408: "unavailable",
    409: "conflict",
    412: "conflict",
    413: "too_large",
    414: "too_large",
    422: "conflict",
    429: "too_many",
    431: "too_large",
    500: "bug",
    503: "unavailable",
}


def error_page(request: Request, refusal: Refusal) -> Response:
    """The page for this refusal, with its status and headers."""
    own = visit(request)
    at_work = request.url.path.startswith((WORK, DEVELOP))
    if at_work and refusal.status_code == 401:
        return go(SIGN_IN)
    name = NAMES.get(refusal.status_code, "invalid")
    if request.url.path.startswith(DEVELOP) and refusal.status_code == 404:
        answer = show_gone(own)
    else:
        answer = _for_worker(own, name, refusal) if at_work else _for_citizen(own, name, refusal)
    for header, value in (refusal.headers or {}).items():
        answer.headers[header] = value
    return answer


def _for_worker(own: Visit, name: str, refusal: Refusal) -> Response:
    return own.show(work_error_page(Desk(own.language, own.house, own.now), name), refusal.status_code)


def _for_citizen(own: Visit, name: str, refusal: Refusal) -> Response:
    return own.show(drawn_error(name, own.language, own.house, own.now), refusal.status_code)
