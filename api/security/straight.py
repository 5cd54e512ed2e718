"""The straight way to a route: what FastAPI would find out anew for every request, found out once.

    Straight(app, routers, refused)      ASGI, between the front door and FastAPI

FastAPI declares and describes; its way to a route looks through every route, solves the tree of dependencies one by
one and validates an answer that is valid by its type. A `Plan` is a route taken apart once: its parameters, its body,
its dependencies in the order in which they run. Straight goes only a request that fits at once:

    path and method       one of a table; the plan of a path that two routes could answer is left out
    body                  whole, `application/json`, strict JSON, valid
    parameters            valid, or left out where there is a default

All else (another method, a fault of any kind, a form) goes on to FastAPI from the start, before any dependency ran: so
refusals are made in one place and none is made here. What a route raises goes to `refused`, as in `api.app`.
A route whose declaration holds something that is not known here has no plan. What FastAPI keeps of a route is its own
affair and may change: where it is not, name by name, what was read here (`api.security.as_read`), no route has a plan
and all goes FastAPI's way, slower and right (docs/adr/0016-the-short-way.md). Mounted by `api.app`; tests:
tests/api/security/test_straight.py.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from inspect import iscoroutinefunction
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from fastapi import APIRouter, params
from fastapi.exceptions import RequestValidationError, ResponseValidationError
from fastapi.routing import APIRoute
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Refusal
from api.security import strict_json
from api.security.as_read import is_as_read
from engine.errors import WegwijzerError

if TYPE_CHECKING:
    from fastapi._compat import ModelField
    from fastapi.dependencies.models import Dependant

Refused = Callable[[Request, Exception], Awaitable[Response]]
RAISED = (HTTPException, RequestValidationError, WegwijzerError)
"""What `api.app` has an answer to; anything else is a bug, and the front door's."""
METHODS = frozenset({"GET", "POST"})
PLAIN = (str, int, bool, type(None))
MISSING = object()
log = logging.getLogger("wegwijzer.straight")


class _Unfit(Exception):
    """This request, or this route, does not go straight."""


@dataclass(frozen=True, slots=True)
class _Parameter:
    """One value out of path, query or headers. `otherwise` is what it is when it was left out, MISSING for none."""

    name: str
    place: type[params.Param]
    key: str
    header: bytes
    field: ModelField
    otherwise: object

    def read(self, asked: _Asked) -> object:
        """The valid value. Raises _Unfit."""
        if self.place is params.Path:
            found: str | None = asked.path.get(self.key)
        elif self.place is params.Header:
            found = asked.header(self.header)
        else:
            found = asked.query.get(self.key) if asked.query else None
        if found is not None:
            return _valid(self.field, found)
        if self.otherwise is MISSING:
            raise _Unfit
        return self.otherwise


class _Asked:
    """What a request holds, for parameters."""

    __slots__ = ("_headers", "path", "query")

    def __init__(self, scope: Scope, path: Mapping[str, str]) -> None:
        self._headers = scope["headers"]
        self.path = path
        self.query = QueryParams(scope["query_string"]) if scope["query_string"] else None

    def header(self, name: bytes) -> str | None:
        """The first of that name."""
        for key, value in self._headers:
            if key == name:
                return str(value, "latin-1")
        return None


@dataclass(frozen=True, slots=True)
class _Call:
    """A dependency, or the route itself: what it is called with. `wants` are results of calls before it."""

    call: Callable[..., Awaitable[Any]]
    parameters: tuple[_Parameter, ...]
    wants: tuple[tuple[str, int], ...]
    body: str
    request: str
    answer: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A route taken apart. `calls` in the order in which they run, the route itself last."""

    calls: tuple[_Call, ...]
    body: ModelField | None
    told: ModelField
    model: object
    status: int
    marks: bool  # whether one of `calls` puts headers or a status on the answer

    def read(self, scope: Scope, path: Mapping[str, str], body: bytes) -> list[dict[str, object]]:
        """What each call is given of the request. Raises _Unfit; nothing was called by then."""
        asked = _Asked(scope, path)
        sent: object = None
        if self.body is not None:
            sent = _valid(self.body, _parsed(asked, body))
        read: list[dict[str, object]] = []
        for call in self.calls:
            given = {own.name: own.read(asked) for own in call.parameters}
            if call.body:
                given[call.body] = sent
            read.append(given)
        return read

    async def run(self, request: Request, given: list[dict[str, object]]) -> Response:
        """Call what is to be called, and make the answer."""
        answer = _unmarked() if self.marks else None
        done: list[object] = []
        for call, named in zip(self.calls, given, strict=True):
            for name, number in call.wants:
                named[name] = done[number]
            if call.request:
                named[call.request] = request
            if call.answer:
                named[call.answer] = answer
            done.append(await call.call(**named))
        said = done[-1]
        return said if isinstance(said, Response) else self._answered(said, answer)

    def _answered(self, said: object, marked: Response | None) -> Response:
        if type(said) is not self.model:
            said, wrong = self.told.validate(said, {}, loc=("response",))
            if wrong:
                raise ResponseValidationError(wrong)
        content = self.told.serialize_json(said)
        status = (marked.status_code if marked is not None else 0) or self.status
        made = Response(content, status, media_type="application/json")
        made.raw_headers.extend(marked.raw_headers if marked is not None else ())
        return made


def _unmarked() -> Response:
    """What a route may put headers and a status on, before there is an answer."""
    answer = Response()
    answer.raw_headers, answer.status_code = [], 0
    return answer


def _valid(field: ModelField, value: object) -> Any:
    found, wrong = field.validate(value, {})
    if wrong:
        raise _Unfit
    return found


def _parsed(asked: _Asked, body: bytes) -> object:
    kind = asked.header(b"content-type") or ""
    if not body or kind.partition(";")[0].strip().lower() != "application/json":
        raise _Unfit
    try:
        return strict_json.parse(body)
    except Refusal:
        raise _Unfit from None


class Straight:
    """See the top of this module."""

    def __init__(self, app: ASGIApp, routers: Iterable[APIRouter], refused: Refused) -> None:
        self.app = app
        self._refused = refused
        self._table = table(route for router in routers for route in router.routes if isinstance(route, APIRoute))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = find(self._table, scope["method"], scope["path"]) if _may(scope) else None
        if found is None:
            await self.app(scope, receive, send)
            return
        plan, path = found
        message: Message | None = None
        try:
            if plan.body is not None:
                message = await receive()
                if message.get("more_body") or message["type"] != "http.request":
                    raise _Unfit
            given = plan.read(scope, path, message["body"] if message is not None else b"")
        except _Unfit:
            await self.app(scope, receive if message is None else _again(message, receive), send)
            return
        scope["path_params"] = path
        request = Request(scope, receive)
        try:
            answer = await plan.run(request, given)
        except RAISED as error:
            answer = await self._refused(request, error)
        await answer(scope, receive, send)


def _may(scope: Scope) -> bool:
    return scope["type"] == "http" and not scope.get("root_path")


def _again(message: Message, receive: Receive) -> Receive:
    """`receive` with a message that was taken from it before."""
    pending = [message]

    async def received() -> Message:
        return pending.pop() if pending else await receive()

    return received


Shape = tuple[int, ...]
Table = Mapping[int, Mapping[Shape, Mapping[tuple[str, ...], tuple[Plan, tuple[tuple[int, str], ...]]]]]
"""By number of parts of a path, and which of these are fixed: method and fixed parts -> plan, and where the others
stand."""


def find(table: Table, method: str, path: str) -> tuple[Plan, dict[str, str]] | None:
    """The plan for a request, and its path parameters."""
    parts = path.split("/")
    for shape, known in table.get(len(parts), {}).items():
        found = known.get((method, *[parts[at] for at in shape]))
        if found is not None:
            plan, named = found
            given = {name: parts[at] for at, name in named}
            return (plan, given) if all(given.values()) else None
    return None


def table(routes: Iterable[APIRoute]) -> Table:
    """All plans there are, by path. A path that two routes could answer is left to FastAPI, which takes the first."""
    own = list(routes)
    made: dict[int, dict[Shape, dict[tuple[str, ...], tuple[Plan, tuple[tuple[int, str], ...]]]]] = {}
    for route in own:
        parts = route.path.split("/")
        plan = planned(route)
        if plan is None or any(_alike(route, other) for other in own if other is not route):
            continue
        shape = tuple(at for at, part in enumerate(parts) if not part.startswith("{"))
        named = tuple((at, part[1:-1]) for at, part in enumerate(parts) if part.startswith("{"))
        for method in route.methods or ():
            known = made.setdefault(len(parts), {}).setdefault(shape, {})
            known[(method, *[parts[at] for at in shape])] = (plan, named)
    return made


def _alike(one: APIRoute, other: APIRoute) -> bool:
    """Whether some path with some method could be meant for both."""
    ours, theirs = one.path.split("/"), other.path.split("/")
    same = len(ours) == len(theirs) and all(
        a == b or a.startswith("{") or b.startswith("{") for a, b in zip(ours, theirs, strict=True)
    )
    return same and bool(set(one.methods or ()) & set(other.methods or ()))


def planned(route: APIRoute) -> Plan | None:
    """The plan of a route; None where FastAPI's own way is the only one that is known to be right."""
    if not is_as_read(route):
        log.warning("FastAPI is not the one that was read here: %s goes its own way, slower.", route.path)
        return None
    body, told = route.body_field, route.response_field
    if told is None or not set(route.methods or ()) <= METHODS or not _simple(route) or ":" in route.path:
        return None
    try:
        calls: list[_Call] = []
        _take_apart(route.dependant, calls, {})
    except _Unfit:
        return None
    if body is not None and (not isinstance(body.field_info, params.Body) or isinstance(body.field_info, params.Form)):
        return None
    marks = any(call.answer for call in calls)
    return Plan(tuple(calls), body, told, route.response_model, route.status_code or 200, marks)


def _simple(route: APIRoute) -> bool:
    """Whether its answer is its model as JSON, whole."""
    filters = (route.response_model_include, route.response_model_exclude, route.stream_item_field, route.max_body_size)
    unset = (
        route.response_model_exclude_unset,
        route.response_model_exclude_defaults,
        route.response_model_exclude_none,
    )
    body, bodies = route.body_field, route.dependant.body_params
    is_own = body is None or (len(bodies) == 1 and bodies[0] is body)
    is_json = not isinstance(route.response_class, type)
    return is_json and not any(filters) and not any(unset) and is_own and route.response_model_by_alias


def _take_apart(dependant: Dependant, calls: list[_Call], seen: dict[Any, int]) -> int:
    """Put a dependency behind those that it rests on; where it stands. One that was seen before runs once."""
    call = dependant.call
    if dependant.use_cache and call in seen:
        return seen[call]
    if not iscoroutinefunction(call) or _unknown(dependant):
        raise _Unfit
    wants = [(own.name or "", _take_apart(own, calls, seen)) for own in dependant.dependencies]
    places = (dependant.path_params, dependant.query_params, dependant.header_params)
    calls.append(
        _Call(
            call,
            tuple(_parameter(field) for fields in places for field in fields),
            tuple((name, number) for name, number in wants if name),
            dependant.body_params[0].name if dependant.body_params else "",
            dependant.request_param_name or "",
            dependant.response_param_name or "",
        )
    )
    seen[call] = len(calls) - 1
    return seen[call]


def _unknown(dependant: Dependant) -> bool:
    names: Sequence[object] = (
        dependant.websocket_param_name,
        dependant.http_connection_param_name,
        dependant.background_tasks_param_name,
        dependant.security_scopes_param_name,
        dependant.own_oauth_scopes,
        dependant.parent_oauth_scopes,
        dependant.cookie_params,
        dependant.concurrency,
    )
    return any(names)


def _parameter(field: ModelField) -> _Parameter:
    info = field.field_info
    if not isinstance(info, (params.Path, params.Query, params.Header)) or not _plain(info.annotation):
        raise _Unfit
    if info.default_factory is not None or info.validate_default or info.validation_alias not in (None, field.alias):
        raise _Unfit
    otherwise = MISSING if info.is_required() else field.default
    if otherwise is not MISSING and not isinstance(otherwise, (*PLAIN, Enum)):
        raise _Unfit
    return _Parameter(field.name, type(info), field.alias, field.alias.lower().encode("latin-1"), field, otherwise)


def _plain(annotation: object) -> bool:
    """One value, not many: text, a number, one of a few words, or none."""
    if get_origin(annotation) in (Union, UnionType):
        return all(_plain(own) for own in get_args(annotation))
    return isinstance(annotation, type) and issubclass(annotation, (*PLAIN, Enum))
