"""The headers of every answer. Nothing comes from elsewhere, nothing is framed, nothing personal is kept by a cache.

The content security policy has no `unsafe-*` and no other origin; so there is no inline script, style or event
attribute in any page. `Cache-Control` is `no-store` unless the answer says otherwise (static files do). HSTS only
where there is TLS.
"""

from __future__ import annotations

from collections.abc import Iterable

API_VERSION = "1.0.0"

POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

_ALWAYS = (
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_NO_STORE = (b"cache-control", b"no-store")
_VERSION = (b"api-version", API_VERSION.encode())

Header = tuple[bytes, bytes]


class Headers:
    """Puts the headers on an answer. `tls` where the product is reached over https only."""

    def __init__(self, tls: bool) -> None:
        self._page = _ALWAYS + ((_HSTS,) if tls else ())
        self._api = (*self._page, _VERSION)
        self._page_names, self._api_names = (frozenset(name for name, _ in own) for own in (self._page, self._api))

    def on(self, path: str, headers: Iterable[Header]) -> list[Header]:
        """The answer's own headers and ours; ours win, except for `Cache-Control`."""
        ours = self._api if path.startswith("/v1") else self._page
        names = self._page_names if ours is self._page else self._api_names
        kept, is_cached = [], False
        for header in headers:
            name = header[0].lower()
            if name not in names:
                kept.append(header)
                is_cached = is_cached or name == b"cache-control"
        if not is_cached:
            kept.append(_NO_STORE)
        kept.extend(ours)
        return kept
