"""Every statement of the store, built once from the tables (`api.store.prepare`). Words of the port, not of SQL.

The hot path of PostgreSQL (load, commit) is in the database itself: `api.store.migrations`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ClauseElement,
    ColumnClause,
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from api.store import tables as t
from api.store.prepare import Prepared, prepare

P = bindparam
ZERO: ColumnClause[int] = literal_column("0")  # written out: partial indexes need it
ONE: ColumnClause[int] = literal_column("1")
NOTHING: ColumnClause[str] = literal_column("''")


def _insert(table: Table, on_conflict: str = "", replace: Sequence[str] = ()) -> Prepared:
    """Insert a row; `on_conflict` is "" (an error), "keep" (the row that is there) or "replace" (these columns)."""
    keys = [column.name for column in table.primary_key]
    names = replace or [column.name for column in table.columns if column.name not in keys]

    def build(insert: Callable[[Table], Any]) -> ClauseElement:
        row = insert(table).values({column.name: P(column.name, type_=column.type) for column in table.columns})
        if on_conflict == "keep":
            row = row.on_conflict_do_nothing()
        elif on_conflict == "replace":
            row = row.on_conflict_do_update(index_elements=keys, set_={name: row.excluded[name] for name in names})
        return cast(ClauseElement, row)

    return prepare(build(sqlite.insert), build(postgresql.insert))


def _journey_row() -> Select[tuple[object, ...]]:
    j = t.journey.c
    return select(
        j.tenant_id, j.id, j.reference, j.flow, j.flow_version, j.version, j.started_at, j.changed_at, j.retain_until
    )


_j, _e, _c, _b, _k = t.journey.c, t.event.c, t.command.c, t.job.c, t.task.c

# journeys
load = prepare(
    select(t.journey, _c.reply, _c.body_hash, _c.key_no.label("reply_key"), _c.journey.label("reply_of"))
    .select_from(
        t.journey.outerjoin(t.command, and_(_c.tenant_id == _j.tenant_id, _c.id == P("command_id", type_=_c.id.type)))
    )
    .where(_j.tenant_id == P("tenant_id"), _j.id == P("journey"))
)
command = prepare(select(t.command).where(_c.tenant_id == P("tenant_id"), _c.id == P("id")))
version = prepare(select(_j.version).where(_j.tenant_id == P("tenant_id"), _j.id == P("id")))
events = prepare(
    select(_e.journey, _e.seq, _e.upto, _e.at, _e.key_no, _e.sealed)
    .where(_e.tenant_id == P("tenant_id"), _e.journey == P("journey"))
    .order_by(_e.seq)
)
chain = prepare(select(t.event).where(_e.tenant_id == P("tenant_id"), _e.journey == P("journey")).order_by(_e.seq))
head = prepare(select(_j.head, _j.version).where(_j.tenant_id == P("tenant_id"), _j.id == P("journey")))
by_secret = prepare(select(_j.id).where(_j.tenant_id == P("tenant_id"), _j.secret_hash == P("secret_hash")))
by_reference = prepare(select(_j.id).where(_j.tenant_id == P("tenant_id"), _j.reference == P("reference")))
running = prepare(
    _journey_row()
    .where(_j.tenant_id == P("tenant_id"), _j.id > P("after"), _j.flow == P("flow"), _j.open == ONE)
    .where(or_(P("version", type_=_j.flow.type) == "", _j.flow_version == P("version")))
    .order_by(_j.tenant_id, _j.id)
    .limit(P("limit"))
)
audit = prepare(
    select(_e.at, _e.actor, _e.action, _e.channel, _e.seq)
    .where(_e.tenant_id == P("tenant_id"), _e.journey == P("journey"), _e.action != NOTHING)
    .order_by(_e.seq)
)

# a commit, row by row (SQLite; on PostgreSQL only what is not in the hot function)
add_journey = _insert(t.journey, "keep")
move_journey = prepare(
    update(t.journey)
    .where(_j.tenant_id == P("tenant_id"), _j.id == P("id"), _j.version == P("base"))
    .values(
        {
            name: P("v_" + name if name == "version" else name, type_=_j[name].type)
            for name in (
                "flow",
                "flow_version",
                "version",
                "open",
                "changed_at",
                "retain_until",
                "key_no",
                "head",
                "snapshot",
            )
        }
    )
)
add_event = _insert(t.event)
add_command = _insert(t.command, "keep")
set_job = _insert(t.job, "replace")
end_job = prepare(delete(t.job).where(_b.tenant_id == P("tenant_id"), _b.journey == P("journey"), _b.key == P("key")))
set_task = _insert(t.task, "replace")
add_signal = _insert(t.signal, "keep")

# access
_r, _s = t.resume_code.c, t.session.c
set_code = _insert(t.resume_code, "replace")
redeem = prepare(
    update(t.resume_code)
    .where(_r.tenant_id == P("tenant_id"), _r.handle == P("handle"))
    .where(_r.expires_at > P("now"), _r.tries > 0, _r.uses > 0)
    .values(
        tries=case((_r.code_hash == P("code_hash"), _r.tries), else_=_r.tries - 1),
        uses=case((_r.code_hash == P("code_hash"), _r.uses - 1), else_=_r.uses),
    )
    .returning(_r.journey, _r.code_hash, _r.tries)
)
add_session = _insert(t.session, "replace")
session = prepare(
    select(t.session).where(_s.tenant_id == P("tenant_id"), _s.token_hash == P("token_hash"), _s.expires_at > P("now"))
)
end_session = prepare(delete(t.session).where(_s.tenant_id == P("tenant_id"), _s.token_hash == P("token_hash")))

# work
task = prepare(select(t.task).where(_k.tenant_id == P("tenant_id"), _k.id == P("id")))
signals = prepare(
    select(t.signal)
    .where(t.signal.c.tenant_id == P("tenant_id"), t.signal.c.flow == P("flow"))
    .order_by(t.signal.c.at.desc(), t.signal.c.id)
    .limit(P("limit"))
)
_due = (
    select(_b.tenant_id, _b.journey, _b.key)
    .where(_b.exhausted == ZERO, _b.wake_at <= P("now"))
    .order_by(_b.wake_at)
    .limit(P("limit"))
    .with_for_update(skip_locked=True)
    .cte("due")
)
lease = prepare(
    update(t.job)
    .where(_b.tenant_id == _due.c.tenant_id, _b.journey == _due.c.journey, _b.key == _due.c.key)
    .values(wake_at=P("until", type_=_b.wake_at.type), lease=P("lease"), attempts=_b.attempts + 1)
    .returning(*t.job.columns)
)
_mine = and_(_b.tenant_id == P("tenant_id"), _b.journey == P("journey"), _b.key == P("key"), _b.lease == P("held"))
done = prepare(delete(t.job).where(_mine))
done_many = Prepared(  # one statement for a batch: each engine has its own way to take a list of keys
    sqlite="DELETE FROM job WHERE tenant_id = :tenant_id AND (journey, key, lease) IN "
    "(SELECT id_bytes(json_extract(value, '$[0]')), "
    "id_bytes(json_extract(value, '$[1]')), json_extract(value, '$[2]') FROM json_each(:held))",
    fixed_sqlite={},
    postgres="DELETE FROM job USING unnest($2::bytea[], $3::bytea[], $4::text[]) AS held (journey, key, lease) "
    "WHERE job.tenant_id = $1 AND job.journey = held.journey AND job.key = held.key AND job.lease = held.lease",
    fixed_postgres={},
    order=("tenant_id", "journeys", "keys", "leases"),
)
retry = prepare(update(t.job).where(_mine).values(wake_at=P("wake_at"), lease="", reason=P("reason")))
exhaust = prepare(update(t.job).where(_mine).values(exhausted=1, lease="", reason=P("reason")))
exhausted = prepare(
    select(t.job).where(_b.tenant_id == P("tenant_id"), _b.exhausted == ONE).order_by(_b.run_at).limit(P("limit"))
)

# flows
_f = t.published_flow.c
publish_flow = _insert(t.published_flow, "replace", ("published_at", "published_by"))
flow = prepare(select(t.published_flow).where(_f.tenant_id == P("tenant_id"), _f.version == P("version")))
flows = prepare(
    select(t.published_flow).where(_f.tenant_id == P("tenant_id")).order_by(_f.slug, _f.published_at.desc(), _f.version)
)

# uploads
_u = t.upload.c
_its_file = and_(_u.tenant_id == P("tenant_id"), _u.journey == P("journey"), _u.id == P("id"))
add_upload = _insert(t.upload, "keep")
upload = prepare(select(t.upload).where(_its_file))
uploads = prepare(
    select(_u.id, _u.at, _u.size, _u.key_no, _u.sealed)
    .where(_u.tenant_id == P("tenant_id"), _u.journey == P("journey"))
    .order_by(_u.at, _u.id)
)
attach_upload = prepare(update(t.upload).where(_its_file).values(attached=1).returning(_u.id))
seal_upload = prepare(
    update(t.upload)
    .where(_its_file)
    .values(attached=1, key_no=P("key_no"), sealed=P("sealed"), content=P("content"))
    .returning(_u.id)
)
drop_uploads_of = prepare(
    delete(t.upload).where(_u.tenant_id == P("tenant_id"), _u.journey == P("journey"), _u.key_no == P("key_no"))
)
_loose = select(_u.tenant_id, _u.journey, _u.id).where(_u.attached == ZERO, _u.at < P("before")).limit(P("limit"))
drop_loose = prepare(delete(t.upload).where(tuple_(_u.tenant_id, _u.journey, _u.id).in_(_loose)).returning(_u.id))

# ending
add_look = _insert(t.look, "keep")
looks = prepare(
    select(t.look).where(t.look.c.tenant_id == P("tenant_id"), t.look.c.journey == P("journey")).order_by(t.look.c.at)
)
add_erasure = _insert(t.erasure, "keep")
drop_dossier = tuple(
    prepare(delete(table).where(table.c.tenant_id == P("tenant_id"), table.c.journey == P("journey")))
    for table in (t.job, t.task, t.resume_code, t.signal, t.upload)
)
drop_journey = prepare(delete(t.journey).where(_j.tenant_id == P("tenant_id"), _j.id == P("journey")).returning(_j.id))
erasure = prepare(select(t.erasure).where(t.erasure.c.tenant_id == P("tenant_id"), t.erasure.c.journey == P("journey")))
expired = prepare(_journey_row().where(_j.retain_until <= P("now")).order_by(_j.retain_until).limit(P("limit")))
_old = select(_c.tenant_id, _c.id).where(_c.at < P("before")).order_by(_c.at).limit(P("limit")).cte("old")
forget_replies = prepare(
    delete(t.command).where(tuple_(_c.tenant_id, _c.id).in_(select(_old.c.tenant_id, _old.c.id))).returning(_c.id)
)

FILTERS = {
    "team": _k.team == P("team"),
    "skill": _k.skill == P("skill"),
    "kind": _k.kind == P("kind"),
    "flow": _k.flow == P("flow"),
    "journey": _k.journey == P("journey"),
    "claimed_by": _k.claimed_by == P("claimed_by"),
    "due_from": _k.due_at >= P("due_from"),
    "due_before": _k.due_at < P("due_before"),
    "channel": _k.channel == P("channel"),
    "after": tuple_(_k.rank, _k.due_at, _k.id)
    > tuple_(
        P("after_rank", type_=_k.rank.type), P("after_due", type_=_k.due_at.type), P("after_id", type_=_k.id.type)
    ),
}


@cache
def tasks(filters: frozenset[str], is_open: bool) -> Prepared:
    """A page of the worklist with these filters."""
    team_first = (_k.team,) if "team" in filters else ()
    query = select(t.task).where(*_wanted(filters, is_open))
    return prepare(query.order_by(*team_first, _k.rank, _k.due_at, _k.id).limit(P("limit")))


@cache
def count_tasks(filters: frozenset[str], is_open: bool) -> Prepared:
    """How many tasks these filters leave; whoever asks stops counting at :limit."""
    found = select(_k.id).where(*_wanted(filters, is_open))
    return prepare(select(func.count().label("found")).select_from(found.limit(P("limit")).subquery()))


def _wanted(filters: frozenset[str], is_open: bool) -> Iterator[ColumnElement[bool]]:
    """Status is written out, so the partial index serves."""
    yield _k.tenant_id == P("tenant_id")
    yield _k.status == (ZERO if is_open else ONE)
    yield from (FILTERS[name] for name in sorted(filters))
