-- One log over all histories, its signed checkpoints, where they were delivered, and what was verified.

-- A leaf names one event. `hash` and `nodes` are the hashes of the subtrees that the leaf completes
-- (RFC 6962), from its own up: with them any proof reads a few rows instead of all.
CREATE TABLE log_leaves (
  leaf_index bigint PRIMARY KEY CONSTRAINT log_leaves_from_zero CHECK (leaf_index >= 0),
  stream_id uuid NOT NULL,
  seq int NOT NULL,
  event_hash text NOT NULL,
  hash bytea NOT NULL,
  nodes bytea NOT NULL,
  previous bigint GENERATED ALWAYS AS (nullif(leaf_index, 0) - 1) STORED
    REFERENCES log_leaves (leaf_index) ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT log_leaves_stream_id_seq_key UNIQUE (stream_id, seq),
  CONSTRAINT log_leaves_hash CHECK (hash = sha256('\x00'::bytea || convert_to(
    '{"hash":"' || event_hash || '","seq":' || seq || ',"stream":"' || stream_id || '"}', 'UTF8'))),
  CONSTRAINT log_leaves_nodes CHECK (octet_length(nodes) % 32 = 0)
);

-- The signed note alone; the rest is read from it.
CREATE TABLE log_checkpoints (
  size bigint GENERATED ALWAYS AS (split_part(note, E'\n', 2)::bigint) STORED PRIMARY KEY,
  note text NOT NULL,
  at text NOT NULL GENERATED ALWAYS AS (substr(split_part(note, E'\n', 4), 6)) STORED,
  CONSTRAINT log_checkpoints_of_something CHECK (size >= 1),
  CONSTRAINT log_checkpoints_in_the_log FOREIGN KEY (last_leaf)
    REFERENCES log_leaves (leaf_index) ON DELETE RESTRICT ON UPDATE RESTRICT,
  last_leaf bigint NOT NULL GENERATED ALWAYS AS (split_part(note, E'\n', 2)::bigint - 1) STORED
);

-- One attempt to bring the checkpoints of these sizes somewhere outside.
CREATE TABLE checkpoint_deliveries (
  id uuid PRIMARY KEY,
  destination text NOT NULL CONSTRAINT checkpoint_deliveries_destination CHECK (destination IN ('file', 'webhook', 'mail')),
  target text NOT NULL,
  from_size bigint NOT NULL REFERENCES log_checkpoints (size) ON DELETE RESTRICT ON UPDATE RESTRICT,
  to_size bigint NOT NULL REFERENCES log_checkpoints (size) ON DELETE RESTRICT ON UPDATE RESTRICT,
  attempted_at timestamptz(3) NOT NULL,
  /* Why it failed; null when it was delivered. */
  error text,
  CONSTRAINT checkpoint_deliveries_span CHECK (from_size <= to_size)
);
CREATE INDEX checkpoint_deliveries_latest_idx ON checkpoint_deliveries (destination, attempted_at DESC);

CREATE TABLE verifications (
  id uuid PRIMARY KEY,
  scope jsonb NOT NULL,
  deployment_id uuid REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  asked_by_id uuid NOT NULL,
  asked_by_name text NOT NULL,
  asked_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3),
  events_total int,
  events_checked int NOT NULL DEFAULT 0,
  streams int,
  failure text,
  flaws jsonb,
  CONSTRAINT verifications_finished CHECK ((finished_at IS NULL) = (num_nonnulls(failure, flaws) = 0))
);
CREATE INDEX verifications_asked_at_idx ON verifications (asked_at DESC);

-- A leaf names an event that is there; what becomes of the event later, the leaf still tells.
CREATE FUNCTION refuse_leaf_without_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM events e
      WHERE e.stream_id = NEW.stream_id AND e.seq = NEW.seq AND e.hash = NEW.event_hash) THEN
    RAISE EXCEPTION 'the log names events that exist' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER log_leaves_of_events BEFORE INSERT ON log_leaves
  FOR EACH ROW EXECUTE FUNCTION refuse_leaf_without_event();
ALTER TABLE log_leaves ENABLE ALWAYS TRIGGER log_leaves_of_events;

CREATE TRIGGER log_leaves_append_only BEFORE UPDATE OR DELETE ON log_leaves
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER log_leaves_no_truncate BEFORE TRUNCATE ON log_leaves
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER log_checkpoints_append_only BEFORE UPDATE OR DELETE ON log_checkpoints
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER log_checkpoints_no_truncate BEFORE TRUNCATE ON log_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER checkpoint_deliveries_append_only BEFORE UPDATE OR DELETE ON checkpoint_deliveries
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history();
CREATE TRIGGER checkpoint_deliveries_no_truncate BEFORE TRUNCATE ON checkpoint_deliveries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_history();
ALTER TABLE log_leaves ENABLE ALWAYS TRIGGER log_leaves_append_only;
ALTER TABLE log_leaves ENABLE ALWAYS TRIGGER log_leaves_no_truncate;
ALTER TABLE log_checkpoints ENABLE ALWAYS TRIGGER log_checkpoints_append_only;
ALTER TABLE log_checkpoints ENABLE ALWAYS TRIGGER log_checkpoints_no_truncate;
ALTER TABLE checkpoint_deliveries ENABLE ALWAYS TRIGGER checkpoint_deliveries_append_only;
ALTER TABLE checkpoint_deliveries ENABLE ALWAYS TRIGGER checkpoint_deliveries_no_truncate;

GRANT SELECT, INSERT ON log_leaves, log_checkpoints, checkpoint_deliveries, verifications TO countersign_app;
GRANT UPDATE (finished_at, events_total, events_checked, streams, failure, flaws) ON verifications TO countersign_app;
