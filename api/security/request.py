"""What a request may look like before anybody reads it: address, headers, host, origin, client.

Pure functions of an ASGI scope; each raises Refusal, none echoes. Called by `api.security.front`.

Forged requests (CSRF): a browser says where a request comes from. For methods that change something, `Sec-Fetch-Site`
must be `same-origin` or `none`; where a browser does not send it, the host of `Origin` must be ours. A client that
sends neither is no browser and carries no cookie that it was not given by hand. A request with `Authorization` is not
judged: no browser adds that by itself. Cookies are SameSite besides (`api.security.cookies`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from api.problems import Refusal

PATH_LENGTH = 2048
QUERY_LENGTH = 8192
HEADERS = 100
HEADERS_LENGTH = 32_768
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
UNCHECKED_HOST = frozenset({"/healthz", "/readyz"})
_HOST = re.compile(r"^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ORDINARY = re.compile(rb"[!-$&-~]*")  # ASCII that can be seen, nothing escaped: UTF-8 without control characters

Scope = Any  # ASGI's MutableMapping[str, Any]; starlette.types.Scope says the same


def header(scope: Scope, name: bytes) -> str:
    """The first header of that name, or ""."""
    for found, value in scope["headers"]:
        if found == name:
            return str(value, "latin-1")
    return ""


def check(scope: Scope, hosts: Iterable[str]) -> None:
    """Raise Refusal unless address, headers, host and origin are in order."""
    check_size(scope)
    check_address(scope)
    check_host(scope, hosts)
    if scope["method"] not in SAFE:
        check_origin(scope)


def check_size(scope: Scope) -> None:
    """Refuse what is longer than anything this product asks for."""
    if len(scope.get("raw_path") or b"") > PATH_LENGTH or len(scope["query_string"]) > QUERY_LENGTH:
        raise Refusal("uri_too_long")
    headers = scope["headers"]
    if len(headers) > HEADERS or sum(map(len, chain.from_iterable(headers))) > HEADERS_LENGTH:
        raise Refusal("headers_too_large")


def check_address(scope: Scope) -> None:
    """Refuse a path or query that is not UTF-8 or holds control characters."""
    for part in (scope.get("raw_path") or scope["path"].encode(), scope["query_string"]):
        if _ORDINARY.fullmatch(part):
            continue
        try:
            text = unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            raise Refusal("invalid", "The address is not UTF-8.") from None
        if _CONTROL.search(text):
            raise Refusal("invalid", "The address holds a control character.")


def check_host(scope: Scope, hosts: Iterable[str]) -> None:
    """Refuse a host that is malformed or not ours. Health checks come from anywhere."""
    name = _host_name(header(scope, b"host"))
    if not name:
        raise Refusal("invalid", "The Host header is missing or malformed.")
    if scope["path"] in UNCHECKED_HOST:
        return
    hosts = tuple(hosts)
    if "*" not in hosts and name not in hosts:
        raise Refusal("misdirected")


@lru_cache(maxsize=64)  # the same few names in every request; what strangers make up pushes only itself out
def _host_name(host: str) -> str:
    """The name in a Host header, "" when that is malformed."""
    return _name(host) if _HOST.match(host) else ""


def check_origin(scope: Scope) -> None:
    """Refuse a change that another site asks a browser for."""
    if header(scope, b"authorization"):
        return
    site = header(scope, b"sec-fetch-site")
    if site:
        if site in ("same-origin", "none"):
            return
        raise Refusal("forbidden", "This came from another site; open the page here and try again.")
    origin = header(scope, b"origin")
    if origin and _name_of(origin) != _name(header(scope, b"host")):
        raise Refusal("forbidden", "This came from another site; open the page here and try again.")


def _name(host: str) -> str:
    """A host without its port, in lower case."""
    return re.sub(r":\d+$", "", host).lower()


def _name_of(origin: str) -> str:
    try:
        return _name(urlsplit(origin).netloc)
    except ValueError:
        return ""


def client(scope: Scope, proxies: int) -> str:
    """Who asks: the peer's address, or what the outermost of our own `proxies` saw."""
    peer = (scope.get("client") or ("",))[0]
    if not proxies:
        return str(peer)
    seen = [part.strip() for part in header(scope, b"x-forwarded-for").split(",") if part.strip()]
    return seen[-proxies] if len(seen) >= proxies else str(peer)


def bearer(scope: Scope) -> str:
    """The token of `Authorization: Bearer ...`, or ""."""
    scheme, _, token = header(scope, b"authorization").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def body_length(scope: Scope) -> int | None:
    """The announced length of the body: 0 for none, None for chunks of unknown length. Raise Refusal for nonsense."""
    if header(scope, b"transfer-encoding"):
        return None
    announced = header(scope, b"content-length")
    if not announced:
        return 0
    if not announced.isascii() or not announced.isdigit() or len(announced) > 15:
        raise Refusal("invalid", "Content-Length is no number.")
    return int(announced)
