-- A live check of a completed phase that begins to fail touches nothing on the record, but its people
-- are told: once for each turn from good to bad.

ALTER TABLE check_runs
  ADD COLUMN failing_since timestamptz(3),
  ADD COLUMN closes_gate boolean NOT NULL DEFAULT false;
UPDATE check_runs SET failing_since = ran_at WHERE verdict = 'fail';

ALTER TABLE outbox
  ADD COLUMN item_key text,
  ADD COLUMN checker text,
  ADD COLUMN began_at timestamptz(3),
  DROP CONSTRAINT outbox_kind,
  DROP CONSTRAINT outbox_role,
  DROP CONSTRAINT outbox_once,
  ADD CONSTRAINT outbox_kind CHECK (kind IN ('event', 'turn', 'reminder', 'escalation', 'check')),
  ADD CONSTRAINT outbox_role CHECK ((kind IN ('event', 'check')) = (role IS NULL)),
  ADD CONSTRAINT outbox_check CHECK (num_nonnulls(item_key, checker, began_at) = CASE kind WHEN 'check' THEN 3 ELSE 0 END),
  ADD CONSTRAINT outbox_once UNIQUE NULLS NOT DISTINCT (deployment_id, seq, kind, role, item_key, checker, began_at);

CREATE FUNCTION write_failing_check_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.failing_since IS NOT NULL THEN RETURN NULL; END IF;
  INSERT INTO outbox (deployment_id, seq, kind, item_key, checker, began_at, at)
  SELECT d.id, d.revision, 'check', NEW.item_key, NEW.checker, NEW.failing_since, NEW.ran_at
    FROM deployments d WHERE d.id = NEW.deployment_id AND d.ended_at IS NULL
  ON CONFLICT ON CONSTRAINT outbox_once DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER check_runs_failing_to_outbox AFTER INSERT OR UPDATE ON check_runs
  FOR EACH ROW WHEN (NEW.closes_gate AND NEW.failing_since IS NOT NULL)
  EXECUTE FUNCTION write_failing_check_to_outbox();
