-- Sweeps look over all tenants at what is due; what they find is sealed all the same.
CREATE POLICY due ON job USING (current_setting('app.sweep', true) = 'on')
----
CREATE POLICY expired ON journey FOR SELECT USING (current_setting('app.sweep', true) = 'on')
----
CREATE POLICY old_for_reading ON command FOR SELECT USING (current_setting('app.sweep', true) = 'on')
----
CREATE POLICY old_for_removal ON command FOR DELETE USING (current_setting('app.sweep', true) = 'on')
----
-- Rows of a journey are rewritten at every answer: leave room on the page so that no index needs to know.
ALTER TABLE journey SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05)
----
ALTER TABLE job SET (autovacuum_vacuum_scale_factor = 0.01)
----
ALTER TABLE task SET (autovacuum_vacuum_scale_factor = 0.01)
----
ALTER TABLE journey ALTER COLUMN snapshot SET STORAGE EXTERNAL, ALTER COLUMN secret_hash SET STORAGE PLAIN
----
ALTER TABLE event ALTER COLUMN sealed SET STORAGE EXTERNAL
----
ALTER TABLE command ALTER COLUMN reply SET STORAGE EXTERNAL
----
-- Load: one statement, so one trip and one transaction of its own.
CREATE FUNCTION load_journey(p_tenant text, p_journey text, p_command text)
RETURNS TABLE (
    tenant text, id text, reference text, secret_hash bytea, flow text, flow_version text, version integer,
    open smallint, started_at bigint, changed_at bigint, key_no smallint, head bytea, snapshot bytea,
    reply bytea, body_hash bytea, reply_key smallint, reply_of text
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
    p_tenant text, p_journey text, p_base integer, p_version integer,
    p_reference text, p_secret_hash bytea, p_flow text, p_flow_version text, p_open smallint,
    p_started_at bigint, p_changed_at bigint, p_retain_until bigint, p_key_no smallint, p_head bytea,
    p_snapshot bytea,
    p_command text, p_body_hash bytea, p_reply bytea,
    e_actor text, e_action text, e_channel text, e_seq integer[], e_upto integer[], e_key_no smallint[],
    e_chain bytea[], e_sealed bytea[],
    p_ended text[] DEFAULT '{}',
    j_key text[] DEFAULT '{}', j_kind text[] DEFAULT '{}', j_clock text[] DEFAULT '{}',
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
    INSERT INTO command (tenant, id, journey, at, body_hash, key_no, reply)
    VALUES (p_tenant, p_command, p_journey, p_changed_at, p_body_hash, p_key_no, p_reply)
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
