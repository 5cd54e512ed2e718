-- Answers that wait at the same moment, in one statement: one trip, one transaction, one flush. One tenant, and only
-- journeys that are there; tasks and signals are written elsewhere. Each command has any number of rows of events
-- (`e`), jobs that end (`x`) and jobs that are set (`j`): `n` says whose each of them is, 1 for the first.
-- Gives what became of each, in order: NULL committed; otherwise nothing of it was written, and the number is the
-- journey's version, 0 for none. A command id that came in meanwhile raises WW001, which takes back the whole
-- statement: the caller tries one by one.
-- The caller sorts by journey: whoever locks rows in one order never waits in a circle.
CREATE FUNCTION commit_answers(
    p_tenant text, p_journey text[], p_base integer[], p_version integer[], p_flow text[], p_flow_version text[],
    p_open smallint[], p_changed_at bigint[], p_retain_until bigint[], p_key_no smallint[], p_head bytea[],
    p_snapshot bytea[], p_command text[], p_body_hash bytea[], p_reply bytea[],
    e_n integer[], e_seq integer[], e_upto integer[], e_actor text[], e_action text[], e_channel text[],
    e_key_no smallint[], e_chain bytea[], e_sealed bytea[],
    x_n integer[] DEFAULT '{}', x_key text[] DEFAULT '{}',
    j_n integer[] DEFAULT '{}', j_key text[] DEFAULT '{}', j_kind text[] DEFAULT '{}', j_clock text[] DEFAULT '{}',
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
    INSERT INTO command (tenant, id, journey, at, body_hash, key_no, reply)
    SELECT p_tenant, c.id, c.journey, c.at, c.body_hash, c.key_no, c.reply
    FROM unnest(p_command, p_journey, p_changed_at, p_body_hash, p_key_no, p_reply, became)
        AS c (id, journey, at, body_hash, key_no, reply, became)
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
CREATE FUNCTION load_journeys(p_tenant text, p_journey text[], p_command text[])
RETURNS TABLE (
    n integer, tenant text, id text, reference text, secret_hash bytea, flow text, flow_version text, version integer,
    open smallint, started_at bigint, changed_at bigint, key_no smallint, head bytea, snapshot bytea,
    reply bytea, body_hash bytea, reply_key smallint, reply_of text
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
