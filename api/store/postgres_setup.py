"""PostgreSQL's schema and roles, and what is checked at every start.

Two roles: the owner makes and changes tables (`wegwijzer upgrade`), the app works in them. The app role is neither
superuser nor owner, cannot pass row-level security, and cannot change or remove an event, a look or an erasure.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import asyncpg

from api.store.errors import StoreRefused
from api.store.migrate import must_upgrade
from api.store.postgres_keys import STEPS as KEY_STEPS
from api.store.postgres_keys import TABLE as KEY_TABLE
from api.store.postgres_pool import CONNECT_SECONDS, LOST, unavailable

APPEND_ONLY = ("event", "look", "erasure")
CHANGEABLE = ("journey", "command", "job", "task", "signal", "resume_code", "session", "upload")
PUBLISHED = "published_flow"  # a version never changes; publishing it again moves it to the front
ONE_AT_A_TIME = 7_246_119  # an advisory lock: only migrations take it
CHECKS = """
SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous,
       current_setting('full_page_writes') AS pages, role.rolsuper, role.rolbypassrls,
       (SELECT count(*) FROM pg_class WHERE relname = 'journey' AND pg_has_role(current_user, relowner, 'MEMBER'))
           AS owned,
       to_regclass('alembic_version') IS NOT NULL AS there
FROM pg_roles AS role WHERE role.rolname = current_user
"""


async def migrate_postgres(url: str, app_role: str = "") -> None:
    """Bring the database to this version's schema, as its owner; `app_role` then gets the rights it needs.

    Raise StoreRefused for a database of a newer version or a role that is not there.
    """
    async with _owner(url) as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        at = await _revision(connection)
        if must_upgrade(at):
            await connection.execute(import_module("api.store.upgrade").postgres_steps(at))
        if app_role:
            await _grant(connection, app_role)


async def migrate_keys(url: str, app_role: str = "") -> None:
    """Make the key database's one table; `app_role` may read, add and destroy keys, never change one."""
    async with _owner(url) as connection, connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        await connection.execute(KEY_TABLE)
        for is_older, step in KEY_STEPS:
            if await connection.fetchval(is_older):
                await connection.execute(step)
        if app_role:
            role = await _known(connection, app_role)
            await connection.execute(f"GRANT SELECT, INSERT, DELETE ON dossier_key TO {role}")


@asynccontextmanager
async def _owner(url: str) -> AsyncIterator[Any]:
    """A connection for the owner's work."""
    try:
        connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS)
        try:
            yield connection
        finally:
            await connection.close()
    except LOST as lost:
        raise unavailable(lost) from lost


async def _revision(connection: Any) -> str:
    if not await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL"):
        return ""
    return str(await connection.fetchval("SELECT version_num FROM alembic_version"))


async def _grant(connection: Any, role: str) -> None:
    known = await _known(connection, role)
    await connection.execute(
        f"GRANT SELECT, INSERT ON {', '.join(APPEND_ONLY)} TO {known};"
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {', '.join(CHANGEABLE)} TO {known};"
        f"REVOKE UPDATE, DELETE ON {PUBLISHED} FROM {known};"
        f"GRANT SELECT, INSERT, UPDATE (published_at, published_by) ON {PUBLISHED} TO {known};"
        f"GRANT SELECT ON alembic_version TO {known};"
    )


async def _known(connection: Any, role: str) -> str:
    """The role's name as SQL writes it."""
    known = await connection.fetchval("SELECT quote_ident(rolname) FROM pg_roles WHERE rolname = $1", role)
    if known is None:
        raise StoreRefused(f"PostgreSQL has no role '{role}'; make it first: CREATE ROLE {role} LOGIN PASSWORD '...'")
    return str(known)


async def check(connection: Any) -> None:
    """Raise StoreRefused, one sentence, when this server or role would break a promise."""
    found = await connection.fetchrow(CHECKS)
    if "off" in (found["fsync"], found["synchronous"], found["pages"]):
        raise StoreRefused(
            "PostgreSQL may lose what it has acknowledged; set fsync, synchronous_commit and full_page_writes to on."
        )
    if found["rolsuper"] or found["rolbypassrls"] or found["owned"]:
        raise StoreRefused(
            "This PostgreSQL role is superuser, owner or above row-level security; connect as the app role instead."
        )
    if not found["there"] or must_upgrade(await _revision(connection)):
        raise StoreRefused("The database lacks this version's tables; run: wegwijzer upgrade")
