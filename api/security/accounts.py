"""Who works here: the accounts that may sign in, and what each may do.

In production a file (WEGWIJZER_WORKERS), one account a line, parts apart by `|`:

    # account | name people see | team | rights | password as `wegwijzer password` prints it
    anna.devries | Anna de Vries | groen | work, approve | scrypt$16384$8$1$...

Rights: `work` (pick up tasks), `approve` (second pair of eyes), `author` (flow developers' pages), `publish`. In demo
mode there is no file and there are the four accounts of DEMO, whose password is no secret. An organisation with its
own sign-on replaces this module's `Accounts`; nothing else knows passwords. Called by `api.security.sessions` and
`api.app`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from api.security import passwords
from api.settings import Settings, SettingsError

RIGHTS = frozenset({"work", "approve", "author", "publish"})
DEMO_PASSWORD = "wegwijzer"  # noqa: S105  printed at every demo start; production has no demo accounts
_ACCOUNT = re.compile(r"^[a-z0-9][a-z0-9.@_-]{0,63}$")


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who is signed in, or could be. `team` is "" for every team."""

    account: str
    name: str
    team: str = ""
    rights: frozenset[str] = frozenset({"work"})

    def may(self, right: str) -> bool:
        return right in self.rights


DEMO = (
    Worker("anna", "Anna de Vries", "", frozenset({"work"})),
    Worker("bram", "Bram Bakker", "", frozenset({"work", "approve"})),
    Worker("chaima", "Chaima el Idrissi", "", frozenset({"work", "approve"})),
    Worker("dirk", "Dirk Jansen", "", frozenset({"work", "author", "publish"})),
)


class Accounts:
    """The accounts by name, with what is kept of their passwords."""

    def __init__(self, entries: Iterable[tuple[Worker, str]]) -> None:
        self._entries = {worker.account: (worker, kept) for worker, kept in entries}

    def worker(self, account: str) -> Worker | None:
        """The account as it is now; None when it is gone."""
        worker, _ = self._entries.get(account, (None, ""))
        return worker

    def sign_in(self, account: str, password: str) -> Worker | None:
        """The worker when the password is right. Blocks as long for an account that does not exist."""
        worker, kept = self._entries.get(account.strip().lower(), (None, self._nobody))
        return worker if passwords.matches(password, kept) and worker is not None else None

    @cached_property
    def _nobody(self) -> str:
        return passwords.hashed("nobody")


@cache
def demo_accounts() -> Accounts:
    """The demo's accounts. Never in production: `api.settings` sees to that."""
    kept = passwords.hashed(DEMO_PASSWORD)
    return Accounts((worker, kept) for worker in DEMO)


def accounts(settings: Settings) -> Accounts:
    """The accounts that the settings name. Raises SettingsError with every fault of the file."""
    if settings.workers is None:
        return demo_accounts()
    return accounts_in(settings.workers)


def accounts_in(path: Path) -> Accounts:
    """The accounts in a file. Raises SettingsError with every fault, without echoing a line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SettingsError((f"The file of workers {path} cannot be read.",)) from None
    entries: list[tuple[Worker, str]] = []
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            parts = [part.strip() for part in line.split("|")]
            found = [f"{path}:{number}: {fault}" for fault in _faults(parts)]
            faults += found
            if not found:
                entries.append(_entry(parts))
    names = [worker.account for worker, _ in entries]
    faults += [
        f"{path}: account {name} stands there twice." for name in sorted({n for n in names if names.count(n) > 1})
    ]
    if not entries and not faults:
        faults = [f"{path}: there is no account in this file."]
    if faults:
        raise SettingsError(tuple(faults))
    return Accounts(entries)


def _faults(parts: list[str]) -> Iterator[str]:
    if len(parts) != 5:
        yield "a line has five parts: account | name | team | rights | password."
        return
    account, name, _, rights, kept = parts
    if not _ACCOUNT.match(account):
        yield "an account is lower-case letters, digits and . @ _ -"
    if not name:
        yield "the name that people see is missing."
    if not _rights(rights) or _rights(rights) - RIGHTS:
        yield f"rights are one or more of {', '.join(sorted(RIGHTS))}, with commas."
    if not kept.startswith("scrypt$") or passwords.matches(DEMO_PASSWORD, kept):
        yield "the password is not one made with: wegwijzer password"


def _entry(parts: list[str]) -> tuple[Worker, str]:
    account, name, team, rights, kept = parts
    return Worker(account, name, team, _rights(rights)), kept


def _rights(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(",") if part.strip())
