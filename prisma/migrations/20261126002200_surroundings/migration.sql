-- What an open page shows of a record and is no event of it. Whoever writes it, open pages hear of it at
-- the commit; the payload is the team whose records it concerns, or nothing for every team's.

CREATE FUNCTION tell_surroundings() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  PERFORM pg_notify('countersign_surroundings', CASE TG_TABLE_NAME
    WHEN 'users' THEN ''
    WHEN 'teams' THEN changed ->> 'id'
    WHEN 'check_runs' THEN (SELECT d.team_id::text FROM deployments d WHERE d.id = (changed ->> 'deployment_id')::uuid)
    ELSE coalesce(changed ->> 'team_id', '') END);
  RETURN NULL;
END $$;

CREATE TRIGGER freeze_windows_surround AFTER INSERT OR UPDATE ON freeze_windows
  FOR EACH ROW EXECUTE FUNCTION tell_surroundings();
CREATE TRIGGER services_surround AFTER UPDATE OF checks ON services
  FOR EACH ROW WHEN (NEW.checks IS DISTINCT FROM OLD.checks) EXECUTE FUNCTION tell_surroundings();
CREATE TRIGGER teams_surround AFTER UPDATE OF name, time_zone, second_factor_required ON teams
  FOR EACH ROW EXECUTE FUNCTION tell_surroundings();
CREATE TRIGGER role_grants_surround AFTER INSERT OR DELETE ON role_grants
  FOR EACH ROW EXECUTE FUNCTION tell_surroundings();
CREATE TRIGGER delegations_surround AFTER INSERT OR UPDATE ON delegations
  FOR EACH ROW EXECUTE FUNCTION tell_surroundings();
CREATE TRIGGER users_surround AFTER UPDATE OF name, disabled_at ON users
  FOR EACH ROW WHEN ((NEW.name, NEW.disabled_at) IS DISTINCT FROM (OLD.name, OLD.disabled_at))
  EXECUTE FUNCTION tell_surroundings();
-- The checks of an open phase speak by events of the record.
CREATE TRIGGER check_runs_surround AFTER UPDATE OF verdict ON check_runs
  FOR EACH ROW WHEN (NEW.closes_gate AND NEW.verdict <> OLD.verdict) EXECUTE FUNCTION tell_surroundings();
CREATE TRIGGER check_runs_begin_to_surround AFTER INSERT ON check_runs
  FOR EACH ROW WHEN (NEW.closes_gate AND NEW.verdict = 'fail') EXECUTE FUNCTION tell_surroundings();
-- A record names the one that came after it, and says when its content was removed.
CREATE TRIGGER deployments_surround AFTER INSERT ON deployments
  FOR EACH ROW WHEN (NEW.predecessor_id IS NOT NULL) EXECUTE FUNCTION tell_surroundings();
CREATE TRIGGER deployments_removed_surround AFTER UPDATE OF stone_seq ON deployments
  FOR EACH ROW EXECUTE FUNCTION tell_surroundings();
