DROP FUNCTION id_bytes(text)
----
-- One entry a journey instead of one an event: a seq is used once, because the journey's version moves under its lock.
CREATE INDEX ix_event_journey ON event (tenant, journey)
----
CREATE INDEX ix_command_at ON command USING brin (at)
----
-- Row-level security, forced, as on every table; and the rights that were given.
DO $$
DECLARE
    own CONSTANT text := 'tenant = current_setting(''app.tenant'', true)';
    made text;
    given record;
BEGIN
    FOREACH made IN ARRAY ARRAY['event', 'command'] LOOP
        EXECUTE 'ALTER TABLE ' || made || ' ENABLE ROW LEVEL SECURITY';
        EXECUTE 'ALTER TABLE ' || made || ' FORCE ROW LEVEL SECURITY';
        EXECUTE 'CREATE POLICY own_tenant ON ' || made || ' USING (' || own || ') WITH CHECK (' || own || ')';
        FOR given IN
            SELECT acl.privilege_type AS what, acl.grantee::regrole AS whom
            FROM pg_class, aclexplode(relacl) AS acl
            WHERE pg_class.oid = ('older_' || made)::regclass AND acl.grantee NOT IN (0, relowner)
        LOOP
            EXECUTE 'GRANT ' || given.what || ' ON ' || made || ' TO ' || given.whom;
        END LOOP;
    END LOOP;
END
$$
----
CREATE POLICY old_for_reading ON command FOR SELECT USING (current_setting('app.sweep', true) = 'on')
----
CREATE POLICY old_for_removal ON command FOR DELETE USING (current_setting('app.sweep', true) = 'on')
----
ALTER TABLE event ALTER COLUMN sealed SET STORAGE EXTERNAL
----
ALTER TABLE command ALTER COLUMN reply SET STORAGE EXTERNAL
----
-- The functions as they were, wherever they were made; a function's arguments cannot be changed.
DO $$
DECLARE
    older regprocedure;
BEGIN
    FOR older IN SELECT oid FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        AND proname IN ('load_journey', 'load_journeys', 'commit_command', 'commit_answers')
    LOOP
        EXECUTE 'DROP FUNCTION ' || older;
    END LOOP;
END
$$
----
-- Load: one statement, so one trip and one transaction of its own.
CREATE FUNCTION load_journey(p_tenant text, p_journey bytea, p_command bytea)
RETURNS TABLE (
    tenant text, id bytea, reference text, secret_hash bytea, flow text, flow_version text, version integer,
    open smallint, started_at bigint, changed_at bigint, key_no smallint, head bytea, snapshot bytea,
    reply bytea, body_hash bytea, reply_key smallint, reply_of bytea
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant, true);
    RETURN QUERY
        SELECT j.tenant, j.id, j.reference, j.secret_hash, j.flow, j.flow_version, j.version, j.open, j.started_at,
               j.changed_at, j.key_no, j.head, j.snapshot, c.reply, c.body_hash, c.key_no, c.journey
        FROM journey AS j
        LEFT JOIN command AS c ON c.tenant = p_tenant AND c.id = p_command
        WHERE j.tenant = p_tenant AND j.id = p_journey;
END
$$
----
-- Commit: compare and swap the journey, then insert what the command wrote; one statement, one flush.
-- NULL: committed. Otherwise nothing was written, and the number is the journey's version, 0 for none.
-- A command id that is there already raises WW001, which takes back the whole statement.
-- Arrays cost the driver more than the server: what is the same for all events is said once, and a command without
-- jobs leaves the last eight out.
CREATE FUNCTION commit_command(
    p_tenant text, p_journey bytea, p_base integer, p_version integer,
    p_reference text, p_secret_hash bytea, p_flow text, p_flow_version text, p_open smallint,
    p_started_at bigint, p_changed_at bigint, p_retain_until bigint, p_key_no smallint, p_head bytea,
    p_snapshot bytea,
    p_command bytea, p_reply bytea,
    e_actor text, e_action text, e_channel text, e_seq integer[], e_upto integer[], e_key_no smallint[],
    e_chain bytea[], e_sealed bytea[],
    p_ended bytea[] DEFAULT '{}',
    j_key bytea[] DEFAULT '{}', j_kind text[] DEFAULT '{}', j_clock text[] DEFAULT '{}',
    j_entry integer[] DEFAULT '{}', j_run_at bigint[] DEFAULT '{}', j_key_no smallint[] DEFAULT '{}',
    j_sealed bytea[] DEFAULT '{}'
)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    current integer;
BEGIN
    PERFORM set_config('app.tenant', p_tenant, true);
    IF p_base = 0 THEN
        INSERT INTO journey (tenant, id, reference, secret_hash, flow, flow_version, version, open, started_at,
                             changed_at, retain_until, key_no, head, snapshot)
        VALUES (p_tenant, p_journey, p_reference, p_secret_hash, p_flow, p_flow_version, p_version, p_open,
                p_started_at, p_changed_at, p_retain_until, p_key_no, p_head, p_snapshot)
        ON CONFLICT DO NOTHING;
    ELSE
        UPDATE journey
        SET flow = p_flow, flow_version = p_flow_version, version = p_version, open = p_open,
            changed_at = p_changed_at, retain_until = p_retain_until, key_no = p_key_no, head = p_head,
            snapshot = p_snapshot
        WHERE tenant = p_tenant AND id = p_journey AND version = p_base;
    END IF;
    IF NOT FOUND THEN
        SELECT version INTO current FROM journey WHERE tenant = p_tenant AND id = p_journey;
        RETURN coalesce(current, 0);
    END IF;
    INSERT INTO command (tenant, id, journey, at, key_no, reply)
    VALUES (p_tenant, p_command, p_journey, p_changed_at, p_key_no, p_reply)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this command ran before' USING ERRCODE = 'WW001';
    END IF;
    INSERT INTO event (tenant, journey, seq, upto, at, actor, action, channel, key_no, chain, sealed)
    SELECT p_tenant, p_journey, e.seq, e.upto, p_changed_at, e_actor,
           CASE e.seq WHEN p_base + 1 THEN e_action ELSE '' END, e_channel, e.key_no, e.chain, e.sealed
    FROM unnest(e_seq, e_upto, e_key_no, e_chain, e_sealed) AS e (seq, upto, key_no, chain, sealed);
    IF cardinality(p_ended) > 0 THEN
        DELETE FROM job WHERE tenant = p_tenant AND journey = p_journey AND key = ANY (p_ended);
    END IF;
    IF cardinality(j_key) > 0 THEN
        INSERT INTO job (tenant, journey, key, kind, clock, entry, run_at, wake_at, attempts, lease, exhausted,
                         reason, key_no, sealed)
        SELECT p_tenant, p_journey, j.key, j.kind, j.clock, j.entry, j.run_at, j.run_at, 0, '', 0, '', j.key_no,
               j.sealed
        FROM unnest(j_key, j_kind, j_clock, j_entry, j_run_at, j_key_no, j_sealed)
            AS j (key, kind, clock, entry, run_at, key_no, sealed)
        ON CONFLICT (tenant, journey, key) DO UPDATE
        SET kind = excluded.kind, clock = excluded.clock, entry = excluded.entry, run_at = excluded.run_at,
            wake_at = excluded.wake_at, attempts = 0, lease = '', exhausted = 0, reason = '',
            key_no = excluded.key_no, sealed = excluded.sealed;
    END IF;
    RETURN NULL;
END
$$
----
-- Answers that wait at the same moment, in one statement: one trip, one transaction, one flush. One tenant, and only
-- journeys that are there; tasks and signals are written elsewhere. Each command has any number of rows of events
-- (`e`), jobs that end (`x`) and jobs that are set (`j`): `n` says whose each of them is, 1 for the first.
-- Gives what became of each, in order: NULL committed; otherwise nothing of it was written, and the number is the
-- journey's version, 0 for none. A command id that came in meanwhile raises WW001, which takes back the whole
-- statement: the caller tries one by one.
-- The caller sorts by journey: whoever locks rows in one order never waits in a circle.
CREATE FUNCTION commit_answers(
    p_tenant text, p_journey bytea[], p_base integer[], p_version integer[], p_flow text[], p_flow_version text[],
    p_open smallint[], p_changed_at bigint[], p_retain_until bigint[], p_key_no smallint[], p_head bytea[],
    p_snapshot bytea[], p_command bytea[], p_reply bytea[],
    e_n integer[], e_seq integer[], e_upto integer[], e_actor text[], e_action text[], e_channel text[],
    e_key_no smallint[], e_chain bytea[], e_sealed bytea[],
    x_n integer[] DEFAULT '{}', x_key bytea[] DEFAULT '{}',
    j_n integer[] DEFAULT '{}', j_key bytea[] DEFAULT '{}', j_kind text[] DEFAULT '{}', j_clock text[] DEFAULT '{}',
    j_entry integer[] DEFAULT '{}', j_run_at bigint[] DEFAULT '{}', j_key_no smallint[] DEFAULT '{}',
    j_sealed bytea[] DEFAULT '{}'
)
RETURNS integer[] LANGUAGE plpgsql AS $$
DECLARE
    became integer[] := '{}';
    current integer;
    moved integer := 0;
    written integer;
BEGIN
    PERFORM set_config('app.tenant', p_tenant, true);
    FOR n IN 1 .. cardinality(p_journey) LOOP
        UPDATE journey
        SET flow = p_flow[n], flow_version = p_flow_version[n], version = p_version[n], open = p_open[n],
            changed_at = p_changed_at[n], retain_until = p_retain_until[n], key_no = p_key_no[n], head = p_head[n],
            snapshot = p_snapshot[n]
        WHERE tenant = p_tenant AND id = p_journey[n] AND version = p_base[n]
              AND NOT EXISTS (SELECT FROM command AS c WHERE c.tenant = p_tenant AND c.id = p_command[n]);
        IF FOUND THEN
            current := NULL;
            moved := moved + 1;
        ELSE
            SELECT coalesce(max(version), 0) INTO current FROM journey WHERE tenant = p_tenant AND id = p_journey[n];
        END IF;
        became := array_append(became, current);
    END LOOP;
    INSERT INTO command (tenant, id, journey, at, key_no, reply)
    SELECT p_tenant, c.id, c.journey, c.at, c.key_no, c.reply
    FROM unnest(p_command, p_journey, p_changed_at, p_key_no, p_reply, became)
        AS c (id, journey, at, key_no, reply, became)
    WHERE c.became IS NULL
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < moved THEN
        RAISE EXCEPTION 'a command ran before' USING ERRCODE = 'WW001';
    END IF;
    INSERT INTO event (tenant, journey, seq, upto, at, actor, action, channel, key_no, chain, sealed)
    SELECT p_tenant, p_journey[e.n], e.seq, e.upto, p_changed_at[e.n], e.actor, e.action, e.channel, e.key_no, e.chain,
           e.sealed
    FROM unnest(e_n, e_seq, e_upto, e_actor, e_action, e_channel, e_key_no, e_chain, e_sealed)
        AS e (n, seq, upto, actor, action, channel, key_no, chain, sealed)
    WHERE became[e.n] IS NULL;
    IF cardinality(x_n) > 0 THEN
        DELETE FROM job USING unnest(x_n, x_key) AS x (n, key)
        WHERE job.tenant = p_tenant AND job.journey = p_journey[x.n] AND job.key = x.key AND became[x.n] IS NULL;
    END IF;
    IF cardinality(j_n) > 0 THEN
        INSERT INTO job (tenant, journey, key, kind, clock, entry, run_at, wake_at, attempts, lease, exhausted,
                         reason, key_no, sealed)
        SELECT p_tenant, p_journey[j.n], j.key, j.kind, j.clock, j.entry, j.run_at, j.run_at, 0, '', 0, '', j.key_no,
               j.sealed
        FROM unnest(j_n, j_key, j_kind, j_clock, j_entry, j_run_at, j_key_no, j_sealed)
            AS j (n, key, kind, clock, entry, run_at, key_no, sealed)
        WHERE became[j.n] IS NULL
        ON CONFLICT (tenant, journey, key) DO UPDATE
        SET kind = excluded.kind, clock = excluded.clock, entry = excluded.entry, run_at = excluded.run_at,
            wake_at = excluded.wake_at, attempts = 0, lease = '', exhausted = 0, reason = '',
            key_no = excluded.key_no, sealed = excluded.sealed;
    END IF;
    RETURN became;
END
$$
----
-- Journeys that are asked for at the same moment: one trip. `n` says which of those asked for; who is not there has
-- no row.
CREATE FUNCTION load_journeys(p_tenant text, p_journey bytea[], p_command bytea[])
RETURNS TABLE (
    n integer, tenant text, id bytea, reference text, secret_hash bytea, flow text, flow_version text, version integer,
    open smallint, started_at bigint, changed_at bigint, key_no smallint, head bytea, snapshot bytea,
    reply bytea, body_hash bytea, reply_key smallint, reply_of bytea
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant, true);
    RETURN QUERY
        SELECT a.n::integer, j.tenant, j.id, j.reference, j.secret_hash, j.flow, j.flow_version, j.version, j.open,
               j.started_at, j.changed_at, j.key_no, j.head, j.snapshot, c.reply, c.body_hash, c.key_no, c.journey
        FROM unnest(p_journey, p_command) WITH ORDINALITY AS a (journey, command, n)
        JOIN journey AS j ON j.tenant = p_tenant AND j.id = a.journey
        LEFT JOIN command AS c ON c.tenant = p_tenant AND c.id = a.command;
END
$$
