-- Freeze windows: spans in which nothing begins at T-0, and the records that were let through.

ALTER TABLE teams ADD COLUMN time_zone text NOT NULL DEFAULT 'UTC'
  CONSTRAINT teams_time_zone_length CHECK (char_length(time_zone) BETWEEN 1 AND 60);
GRANT UPDATE (time_zone) ON teams TO countersign_app;

CREATE TABLE freeze_windows (
  id uuid PRIMARY KEY,
  -- Null: every team, every environment.
  team_id uuid REFERENCES teams (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  environment text CONSTRAINT freeze_windows_environment_length CHECK (char_length(environment) BETWEEN 1 AND 64),
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  reason text NOT NULL CONSTRAINT freeze_windows_reason CHECK (char_length(reason) BETWEEN 1 AND 200),
  created_at timestamptz(3) NOT NULL,
  created_by_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  created_by_name text NOT NULL,
  ended_at timestamptz(3),
  ended_by_id uuid REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ended_by_name text,
  CONSTRAINT freeze_windows_span CHECK (ends_at > starts_at),
  CONSTRAINT freeze_windows_ended_whole CHECK (num_nulls(ended_at, ended_by_id, ended_by_name) IN (0, 3))
);
CREATE INDEX freeze_windows_ends_at_idx ON freeze_windows (ends_at);

CREATE TABLE freeze_lifts (
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  freeze_id uuid NOT NULL REFERENCES freeze_windows (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  lifted_at timestamptz(3) NOT NULL,
  lifted_by_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  lifted_by_name text NOT NULL,
  -- The event that recorded it; gives the order.
  seq int NOT NULL,
  reason text NOT NULL CONSTRAINT freeze_lifts_reason CHECK (char_length(reason) BETWEEN 1 AND 4000),
  PRIMARY KEY (deployment_id, freeze_id)
);

-- A beginning at T-0 passes here with all other beginnings or before a new window, never beside one.
CREATE FUNCTION hold_beginnings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('countersign freezes'));
  RETURN NEW;
END $$;
CREATE TRIGGER freeze_windows_hold_beginnings BEFORE INSERT ON freeze_windows
  FOR EACH ROW EXECUTE FUNCTION hold_beginnings();
ALTER TABLE freeze_windows ENABLE ALWAYS TRIGGER freeze_windows_hold_beginnings;

CREATE FUNCTION refuse_second_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'a freeze window ends once' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER freeze_windows_end_once BEFORE UPDATE ON freeze_windows
  FOR EACH ROW EXECUTE FUNCTION refuse_second_end();
ALTER TABLE freeze_windows ENABLE ALWAYS TRIGGER freeze_windows_end_once;

-- The same rule as `freezeBlockers`, for a window that came while the beginning was decided on: lifted
-- for this record, or overridden by the break glass that lets it begin.
CREATE FUNCTION refuse_beginning_in_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('countersign freezes'));
  IF EXISTS (
    SELECT FROM freeze_windows w
     WHERE (w.team_id IS NULL OR w.team_id = NEW.team_id)
       AND (w.environment IS NULL OR lower(w.environment) = lower(NEW.environment))
       AND w.ended_at IS NULL AND w.starts_at <= NEW.t0_at AND NEW.t0_at < w.ends_at
       AND NOT EXISTS (SELECT FROM freeze_lifts l WHERE l.deployment_id = NEW.id AND l.freeze_id = w.id)
       AND NOT EXISTS (
         SELECT FROM break_glass b WHERE b.deployment_id = NEW.id AND b.used_at = NEW.t0_at
            AND b.overridden @> jsonb_build_array(jsonb_build_object('code', 'freeze-window', 'freeze', w.id::text)))
  ) THEN
    RAISE EXCEPTION 'nothing begins in a freeze'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'deployments_not_in_freeze';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER deployments_not_in_freeze AFTER UPDATE OF t0_at ON deployments
  FOR EACH ROW WHEN (NEW.t0_at IS DISTINCT FROM OLD.t0_at AND NEW.t0_at IS NOT NULL)
  EXECUTE FUNCTION refuse_beginning_in_freeze();
ALTER TABLE deployments ENABLE ALWAYS TRIGGER deployments_not_in_freeze;

-- Lifts are content of their record and go with it: `stone_seq` is set by `remove_deployment_content` alone.
CREATE FUNCTION remove_freeze_lifts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM freeze_lifts WHERE deployment_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER deployments_without_lifts AFTER UPDATE OF stone_seq ON deployments
  FOR EACH ROW WHEN (NEW.stone_seq IS NOT NULL) EXECUTE FUNCTION remove_freeze_lifts();
ALTER TABLE deployments ENABLE ALWAYS TRIGGER deployments_without_lifts;

GRANT SELECT, INSERT ON freeze_windows, freeze_lifts TO countersign_app;
GRANT UPDATE (ended_at, ended_by_id, ended_by_name) ON freeze_windows TO countersign_app;

-- The calendar asks by T-0, or by the date planned for it.
CREATE INDEX deployments_calendar_idx ON deployments ((coalesce(t0_at, deployment_at)));
