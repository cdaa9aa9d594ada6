-- A failure of a live check stands until the check passes, whatever becomes of its address meanwhile; and
-- a record shows that the addresses of its service were changed.
ALTER TABLE check_runs ADD COLUMN address_changed_at timestamptz(3);
ALTER TABLE services ADD COLUMN checks_changed jsonb NOT NULL DEFAULT '{}';

CREATE TRIGGER check_runs_moved_surround AFTER UPDATE OF address_changed_at ON check_runs
  FOR EACH ROW WHEN (NEW.closes_gate AND NEW.address_changed_at IS DISTINCT FROM OLD.address_changed_at)
  EXECUTE FUNCTION tell_surroundings();
