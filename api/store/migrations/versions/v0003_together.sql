-- Answers that wait at the same moment, in one statement: one trip, one transaction, one flush. One tenant, and only
-- commands of the commonest shape: a journey that is there, one row of events, no jobs.
-- Gives what became of each, in order: NULL committed; otherwise nothing of it was written, and the number is the
-- journey's version, 0 for none. A command id that came in meanwhile raises WW001, which takes back the whole
-- statement: the caller tries one by one.
-- The caller sorts by journey: whoever locks rows in one order never waits in a circle.
CREATE FUNCTION commit_answers(
    p_tenant text, p_journey text[], p_base integer[], p_version integer[], p_flow text[], p_flow_version text[],
    p_open smallint[], p_changed_at bigint[], p_retain_until bigint[], p_key_no smallint[], p_head bytea[],
    p_snapshot bytea[], p_command text[], p_body_hash bytea[], p_reply bytea[],
    e_actor text[], e_action text[], e_channel text[], e_key_no smallint[], e_sealed bytea[]
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
    SELECT p_tenant, e.journey, e.base + 1, e.version, e.at, e.actor, e.action, e.channel, e.key_no, e.chain, e.sealed
    FROM unnest(p_journey, p_base, p_version, p_changed_at, e_actor, e_action, e_channel, e_key_no, p_head, e_sealed,
                became)
        AS e (journey, base, version, at, actor, action, channel, key_no, chain, sealed, became)
    WHERE e.became IS NULL;
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
