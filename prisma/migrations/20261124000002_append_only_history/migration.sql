-- Rule 9: events are added, never changed or removed, and each hangs on the one before.

-- Everything but the number, the text and its hash is generated from the text.
ALTER TABLE events
  DROP COLUMN type, DROP COLUMN at, DROP COLUMN actor_id, DROP COLUMN prev_seq, DROP COLUMN prev_hash;
ALTER TABLE events
  ADD COLUMN type text NOT NULL GENERATED ALWAYS AS ((body::jsonb) ->> 'type') STORED,
  ADD COLUMN at text NOT NULL GENERATED ALWAYS AS ((body::jsonb) ->> 'at') STORED,
  ADD COLUMN actor_id text NOT NULL GENERATED ALWAYS AS ((body::jsonb) -> 'actor' ->> 'id') STORED,
  ADD COLUMN prev_seq int GENERATED ALWAYS AS (nullif(seq - 1, 0)) STORED,
  ADD COLUMN prev_hash text GENERATED ALWAYS AS ((body::jsonb) ->> 'prev') STORED;

CREATE INDEX events_at_stream_id_seq_idx ON events (at DESC, stream_id DESC, seq DESC);
CREATE INDEX events_actor_id_at_idx ON events (actor_id, at DESC);
CREATE INDEX events_type_at_idx ON events (type, at DESC);

ALTER TABLE events
  ADD CONSTRAINT events_seq CHECK (seq >= 1 AND ((body::jsonb) ->> 'seq')::int = seq),
  ADD CONSTRAINT events_stream CHECK ((body::jsonb) ->> 'stream' = stream_id::text),
  ADD CONSTRAINT events_size CHECK (octet_length(body) <= 1048576),
  ADD CONSTRAINT events_hash CHECK (hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')),
  ADD CONSTRAINT events_first_has_no_predecessor CHECK ((seq = 1) = (prev_hash IS NULL)),
  ADD CONSTRAINT events_chain FOREIGN KEY (stream_id, prev_seq, prev_hash)
    REFERENCES events (stream_id, seq, hash) ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'history is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
-- ALWAYS: also when session_replication_role is 'replica'.
ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only;
ALTER TABLE events ENABLE ALWAYS TRIGGER events_no_truncate;

CREATE TRIGGER approvals_lawful BEFORE INSERT ON approvals
  FOR EACH ROW EXECUTE FUNCTION refuse_unlawful_approval();
ALTER TABLE approvals ENABLE ALWAYS TRIGGER approvals_lawful;

-- What the app's own role may do: it owns nothing, and rewrites nothing that stands in the history.
-- Prisma's bookkeeping stays readable, so that readiness can be told.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM countersign_app;
GRANT USAGE ON SCHEMA public TO countersign_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO countersign_app;
GRANT INSERT ON teams, users, role_grants, sessions, services, deployments, phases,
  checklist_items, evidence, approvals, rejection_answers, events TO countersign_app;
GRANT INSERT, UPDATE, DELETE ON rate_limits TO countersign_app;
GRANT UPDATE ON teams, sessions, services TO countersign_app;
GRANT UPDATE (revision, head_hash) ON installations TO countersign_app;
GRANT UPDATE (name, password_hash, disabled_at) ON users TO countersign_app;
GRANT DELETE ON role_grants, sessions TO countersign_app;
GRANT UPDATE (started_at, started_by_id, started_by_name, completed_at, completed_by_id, completed_by_name)
  ON phases TO countersign_app;
GRANT UPDATE (status, settled_at, settled_by_id, settled_by_name, reason) ON checklist_items TO countersign_app;
GRANT UPDATE (voided_at, void_cause) ON approvals TO countersign_app;
GRANT UPDATE (version, commit, environment, deployment_at, deployed_by_id, deployed_by_name, links, slo,
  revision, head_hash, t0_at, sign_off_round,
  rollback_at, rollback_by_id, rollback_by_name, rollback_reason, frozen_phase,
  ended_at, ended_by_id, ended_by_name, outcome, ended_reason,
  status, awaited_role, summary, last_event_at) ON deployments TO countersign_app;
