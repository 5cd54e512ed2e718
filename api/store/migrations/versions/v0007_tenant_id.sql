-- Load: one statement, so one trip and one transaction of its own.
CREATE FUNCTION load_journey(p_tenant text, p_journey bytea, p_command bytea)
RETURNS TABLE (
    tenant_id text, id bytea, reference text, secret_hash bytea, flow text, flow_version text, version integer,
    open smallint, started_at bigint, changed_at bigint, key_no smallint, head bytea, snapshot bytea,
    reply bytea, body_hash bytea, reply_key smallint, reply_of bytea
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant, true);
    RETURN QUERY
        SELECT j.tenant_id, j.id, j.reference, j.secret_hash, j.flow, j.flow_version, j.version, j.open, j.started_at,
               j.changed_at, j.key_no, j.head, j.snapshot, c.reply, c.body_hash, c.key_no, c.journey
        FROM journey AS j
        LEFT JOIN command AS c ON c.tenant_id = p_tenant AND c.id = p_command
        WHERE j.tenant_id = p_tenant AND j.id = p_journey;
END
$$
----
-- Journeys that are asked for at the same moment, each by its key. Joined plainly, a planner that was not told
-- yet how many journeys there are (a new table, a morning's rush) reads all of a tenant's for every group.
CREATE FUNCTION load_journeys(p_tenant text, p_journey bytea[], p_command bytea[])
RETURNS TABLE (
    n integer, tenant_id text, id bytea, reference text, secret_hash bytea, flow text, flow_version text,
    version integer, open smallint, started_at bigint, changed_at bigint, key_no smallint, head bytea, snapshot bytea,
    reply bytea, body_hash bytea, reply_key smallint, reply_of bytea
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('app.tenant', p_tenant, true);
    RETURN QUERY
        SELECT a.n::integer, j.tenant_id, j.id, j.reference, j.secret_hash, j.flow, j.flow_version, j.version, j.open,
               j.started_at, j.changed_at, j.key_no, j.head, j.snapshot, c.reply, c.body_hash, c.key_no, c.journey
        FROM unnest(p_journey, p_command) WITH ORDINALITY AS a (journey, command, n)
        CROSS JOIN LATERAL
            (SELECT * FROM journey AS i WHERE i.tenant_id = p_tenant AND i.id = a.journey OFFSET 0) AS j
        LEFT JOIN LATERAL
            (SELECT * FROM command AS i WHERE i.tenant_id = p_tenant AND i.id = a.command OFFSET 0) AS c ON true;
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
        INSERT INTO journey (tenant_id, id, reference, secret_hash, flow, flow_version, version, open, started_at,
                             changed_at, retain_until, key_no, head, snapshot)
        VALUES (p_tenant, p_journey, p_reference, p_secret_hash, p_flow, p_flow_version, p_version, p_open,
                p_started_at, p_changed_at, p_retain_until, p_key_no, p_head, p_snapshot)
        ON CONFLICT DO NOTHING;
    ELSE
        UPDATE journey
        SET flow = p_flow, flow_version = p_flow_version, version = p_version, open = p_open,
            changed_at = p_changed_at, retain_until = p_retain_until, key_no = p_key_no, head = p_head,
            snapshot = p_snapshot
        WHERE tenant_id = p_tenant AND id = p_journey AND version = p_base;
    END IF;
    IF NOT FOUND THEN
        SELECT version INTO current FROM journey WHERE tenant_id = p_tenant AND id = p_journey;
        RETURN coalesce(current, 0);
    END IF;
    INSERT INTO command (tenant_id, id, journey, at, key_no, reply)
    VALUES (p_tenant, p_command, p_journey, p_changed_at, p_key_no, p_reply)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this command ran before' USING ERRCODE = 'WW001';
    END IF;
    INSERT INTO event (tenant_id, journey, seq, upto, at, actor, action, channel, key_no, chain, sealed)
    SELECT p_tenant, p_journey, e.seq, e.upto, p_changed_at, e_actor,
           CASE e.seq WHEN p_base + 1 THEN e_action ELSE '' END, e_channel, e.key_no, e.chain, e.sealed
    FROM unnest(e_seq, e_upto, e_key_no, e_chain, e_sealed) AS e (seq, upto, key_no, chain, sealed);
    IF cardinality(p_ended) > 0 THEN
        DELETE FROM job WHERE tenant_id = p_tenant AND journey = p_journey AND key = ANY (p_ended);
    END IF;
    IF cardinality(j_key) > 0 THEN
        INSERT INTO job (tenant_id, journey, key, kind, clock, entry, run_at, wake_at, attempts, lease, exhausted,
                         reason, key_no, sealed)
        SELECT p_tenant, p_journey, j.key, j.kind, j.clock, j.entry, j.run_at, j.run_at, 0, '', 0, '', j.key_no,
               j.sealed
        FROM unnest(j_key, j_kind, j_clock, j_entry, j_run_at, j_key_no, j_sealed)
            AS j (key, kind, clock, entry, run_at, key_no, sealed)
        ON CONFLICT (tenant_id, journey, key) DO UPDATE
        SET kind = excluded.kind, clock = excluded.clock, entry = excluded.entry, run_at = excluded.run_at,
            wake_at = excluded.wake_at, attempts = 0, lease = '', exhausted = 0, reason = '',
            key_no = excluded.key_no, sealed = excluded.sealed;
    END IF;
    RETURN NULL;
END
$$
----
-- Commands that wait at the same moment, in one statement: one trip, one transaction, one flush. One tenant. A command
-- with base 0 makes its journey. Each has any number of rows of events (`e`), jobs that end (`x`), jobs that are set
-- (`j`), tasks (`t`) and signals (`g`): `n` says whose each of them is, 1 for the first. What only a start needs
-- (reference, hash of the secret, moment) is left out where nobody starts.
-- Gives what became of each, in order: NULL committed; otherwise nothing of it was written, and the number is the
-- journey's version, 0 for none. A command id that came in meanwhile raises WW001, which takes back the whole
-- statement: the caller tries one by one.
-- Journeys are locked in the caller's order, which is by id, and only then command ids, in their own order: whoever
-- locks in one order never waits in a circle.
CREATE FUNCTION commit_commands(
    p_tenant text, p_journey bytea[], p_base integer[], p_version integer[], p_flow text[], p_flow_version text[],
    p_open smallint[], p_changed_at bigint[], p_retain_until bigint[], p_key_no smallint[], p_head bytea[],
    p_snapshot bytea[], p_command bytea[], p_reply bytea[],
    e_n integer[], e_seq integer[], e_upto integer[], e_actor text[], e_action text[], e_channel text[],
    e_key_no smallint[], e_chain bytea[], e_sealed bytea[],
    p_reference text[] DEFAULT '{}', p_secret_hash bytea[] DEFAULT '{}', p_started_at bigint[] DEFAULT '{}',
    x_n integer[] DEFAULT '{}', x_key bytea[] DEFAULT '{}',
    j_n integer[] DEFAULT '{}', j_key bytea[] DEFAULT '{}', j_kind text[] DEFAULT '{}', j_clock text[] DEFAULT '{}',
    j_entry integer[] DEFAULT '{}', j_run_at bigint[] DEFAULT '{}', j_key_no smallint[] DEFAULT '{}',
    j_sealed bytea[] DEFAULT '{}',
    t_n integer[] DEFAULT '{}', t_id bytea[] DEFAULT '{}', t_reference text[] DEFAULT '{}',
    t_flow text[] DEFAULT '{}', t_kind text[] DEFAULT '{}', t_team text[] DEFAULT '{}', t_skill text[] DEFAULT '{}',
    t_rank smallint[] DEFAULT '{}', t_due_at bigint[] DEFAULT '{}', t_opened_at bigint[] DEFAULT '{}',
    t_claimed_by text[] DEFAULT '{}', t_status smallint[] DEFAULT '{}', t_key_no smallint[] DEFAULT '{}',
    t_sealed bytea[] DEFAULT '{}', t_channel text[] DEFAULT '{}', t_journey bytea[] DEFAULT '{}',
    g_n integer[] DEFAULT '{}', g_id text[] DEFAULT '{}', g_journey text[] DEFAULT '{}', g_flow text[] DEFAULT '{}',
    g_flow_version text[] DEFAULT '{}', g_step text[] DEFAULT '{}', g_at bigint[] DEFAULT '{}',
    g_key_no smallint[] DEFAULT '{}', g_sealed bytea[] DEFAULT '{}'
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
        IF p_base[n] = 0 THEN
            INSERT INTO journey (tenant_id, id, reference, secret_hash, flow, flow_version, version, open, started_at,
                                 changed_at, retain_until, key_no, head, snapshot)
            SELECT p_tenant, p_journey[n], p_reference[n], p_secret_hash[n], p_flow[n], p_flow_version[n],
                   p_version[n], p_open[n], p_started_at[n], p_changed_at[n], p_retain_until[n], p_key_no[n],
                   p_head[n], p_snapshot[n]
            WHERE NOT EXISTS (SELECT FROM command AS c WHERE c.tenant_id = p_tenant AND c.id = p_command[n])
            ON CONFLICT DO NOTHING;
        ELSE
            UPDATE journey
            SET flow = p_flow[n], flow_version = p_flow_version[n], version = p_version[n], open = p_open[n],
                changed_at = p_changed_at[n], retain_until = p_retain_until[n], key_no = p_key_no[n],
                head = p_head[n], snapshot = p_snapshot[n]
            WHERE tenant_id = p_tenant AND id = p_journey[n] AND version = p_base[n]
                  AND NOT EXISTS (SELECT FROM command AS c WHERE c.tenant_id = p_tenant AND c.id = p_command[n]);
        END IF;
        IF FOUND THEN
            current := NULL;
            moved := moved + 1;
        ELSE
            SELECT coalesce(max(version), 0) INTO current FROM journey WHERE tenant_id = p_tenant AND id = p_journey[n];
        END IF;
        became := array_append(became, current);
    END LOOP;
    INSERT INTO command (tenant_id, id, journey, at, key_no, reply)
    SELECT p_tenant, c.id, c.journey, c.at, c.key_no, c.reply
    FROM unnest(p_command, p_journey, p_changed_at, p_key_no, p_reply, became)
        AS c (id, journey, at, key_no, reply, became)
    WHERE c.became IS NULL
    ORDER BY c.id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written < moved THEN
        RAISE EXCEPTION 'a command ran before' USING ERRCODE = 'WW001';
    END IF;
    INSERT INTO event (tenant_id, journey, seq, upto, at, actor, action, channel, key_no, chain, sealed)
    SELECT p_tenant, p_journey[e.n], e.seq, e.upto, p_changed_at[e.n], e.actor, e.action, e.channel, e.key_no, e.chain,
           e.sealed
    FROM unnest(e_n, e_seq, e_upto, e_actor, e_action, e_channel, e_key_no, e_chain, e_sealed)
        AS e (n, seq, upto, actor, action, channel, key_no, chain, sealed)
    WHERE became[e.n] IS NULL;
    FOR n IN 1 .. cardinality(x_n) LOOP  -- by its key: a join may read all jobs of a tenant
        IF became[x_n[n]] IS NULL THEN
            DELETE FROM job WHERE tenant_id = p_tenant AND journey = p_journey[x_n[n]] AND key = x_key[n];
        END IF;
    END LOOP;
    IF cardinality(j_n) > 0 THEN
        INSERT INTO job (tenant_id, journey, key, kind, clock, entry, run_at, wake_at, attempts, lease, exhausted,
                         reason, key_no, sealed)
        SELECT p_tenant, p_journey[j.n], j.key, j.kind, j.clock, j.entry, j.run_at, j.run_at, 0, '', 0, '', j.key_no,
               j.sealed
        FROM unnest(j_n, j_key, j_kind, j_clock, j_entry, j_run_at, j_key_no, j_sealed)
            AS j (n, key, kind, clock, entry, run_at, key_no, sealed)
        WHERE became[j.n] IS NULL
        ON CONFLICT (tenant_id, journey, key) DO UPDATE
        SET kind = excluded.kind, clock = excluded.clock, entry = excluded.entry, run_at = excluded.run_at,
            wake_at = excluded.wake_at, attempts = 0, lease = '', exhausted = 0, reason = '',
            key_no = excluded.key_no, sealed = excluded.sealed;
    END IF;
    IF cardinality(t_n) > 0 THEN
        INSERT INTO task (tenant_id, id, journey, reference, flow, kind, team, skill, rank, due_at, opened_at,
                          claimed_by, status, key_no, sealed, channel)
        SELECT p_tenant, t.id, t.journey, t.reference, t.flow, t.kind, t.team, t.skill, t.rank, t.due_at, t.opened_at,
               t.claimed_by, t.status, t.key_no, t.sealed, t.channel
        FROM unnest(t_n, t_id, t_journey, t_reference, t_flow, t_kind, t_team, t_skill, t_rank, t_due_at, t_opened_at,
                    t_claimed_by, t_status, t_key_no, t_sealed, t_channel)
            AS t (n, id, journey, reference, flow, kind, team, skill, rank, due_at, opened_at, claimed_by, status,
                  key_no, sealed, channel)
        WHERE became[t.n] IS NULL
        ON CONFLICT (tenant_id, id) DO UPDATE
        SET journey = excluded.journey, reference = excluded.reference, flow = excluded.flow, kind = excluded.kind,
            team = excluded.team, skill = excluded.skill, rank = excluded.rank, due_at = excluded.due_at,
            opened_at = excluded.opened_at, claimed_by = excluded.claimed_by, status = excluded.status,
            key_no = excluded.key_no, sealed = excluded.sealed, channel = excluded.channel;
    END IF;
    IF cardinality(g_n) > 0 THEN
        INSERT INTO signal (tenant_id, id, journey, flow, flow_version, step, at, key_no, sealed)
        SELECT p_tenant, g.id, g.journey, g.flow, g.flow_version, g.step, g.at, g.key_no, g.sealed
        FROM unnest(g_n, g_id, g_journey, g_flow, g_flow_version, g_step, g_at, g_key_no, g_sealed)
            AS g (n, id, journey, flow, flow_version, step, at, key_no, sealed)
        WHERE became[g.n] IS NULL
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN became;
END
$$
