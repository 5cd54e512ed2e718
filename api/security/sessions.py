"""Workers' sessions: a random token in a cookie (or a Bearer header), its digest in the store, an end that moves.

    sign in    right password: the old session ends and a new token is made, so nobody can plant one beforehand
    each use   ends after `session_minutes` without one; the end is moved when a fifth of that time has gone
    sign out   the session is taken from the store: a copied cookie is worth nothing

Tries are counted per account and per client: five, then one every twelve seconds. Called by the doors, through
`api.app`.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from api.clock import Clock
from api.problems import Refusal
from api.security import cookies, tokens
from api.security import request as asked
from api.security.accounts import Accounts, Worker
from api.security.rates import Rates
from api.settings import Settings
from api.store.port import Access, Session

TRIES = 5
TRIES_A_SECOND = 1 / 12


class Sessions:
    """Who is signed in. `store` keeps the sessions, `accounts` knows the passwords."""

    def __init__(self, settings: Settings, store: Access, accounts: Accounts, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._accounts = accounts
        self._clock = clock
        self._idle = timedelta(minutes=settings.session_minutes)
        self._tries = Rates(TRIES_A_SECOND, TRIES)

    async def sign_in(self, request: Request, account: str, password: str) -> tuple[Worker, str] | None:
        """The worker and a fresh token, or None when account or password is wrong. Raises Refusal (429)."""
        keys = (
            f"account {account.strip().lower()[:64]}",
            f"client {asked.client(request.scope, self._settings.proxies)}",
        )
        wait = max(self._tries.take(key) for key in keys)
        if wait:
            raise Refusal("too_many", retry_after=int(wait) + 1)
        worker = await asyncio.to_thread(self._accounts.sign_in, account, password)
        if worker is None:
            return None
        for key in keys:
            self._tries.forgive(key)
        await self.sign_out(request)
        token = tokens.new_secret(tokens.WORKER)
        await self._keep(worker, token, self._clock.now())
        return worker, token

    async def worker(self, request: Request) -> Worker | None:
        """Who sends this request, or None for nobody who is signed in."""
        token = self._token(request)
        if not token:
            return None
        now = self._clock.now()
        session = await self._store.session(self._settings.tenant, tokens.digest(token), now)
        worker = self._accounts.worker(session.worker) if session else None
        if session is None or worker is None:
            return None
        if session.expires_at - now < self._idle * 0.8:
            await self._keep(worker, token, now)
        return worker

    def known(self, account: str) -> Worker | None:
        """The worker with this account, as colleagues see them; None when it is gone."""
        return self._accounts.worker(account)

    async def sign_out(self, request: Request) -> None:
        """End the session of this request, if it has one."""
        if token := self._token(request):
            await self._store.end_session(self._settings.tenant, tokens.digest(token))

    def put(self, answer: Response, token: str) -> None:
        """Give the browser its token."""
        cookies.put(self._settings, answer, cookies.WORKER, token)

    def drop(self, answer: Response) -> None:
        """Take the browser's token back."""
        cookies.drop(self._settings, answer, cookies.WORKER)

    async def _keep(self, worker: Worker, token: str, now: datetime) -> None:
        rights = ",".join(sorted(worker.rights))
        session = Session(self._settings.tenant, tokens.digest(token), worker.account, now + self._idle, rights)
        await self._store.put_session(session)

    def _token(self, request: Request) -> str:
        bearer = asked.bearer(request.scope) or cookies.read(self._settings, request, cookies.WORKER)
        return bearer if bearer.startswith(tokens.WORKER) else ""
