-- Second factors hold for every approval of a quorum, and for breaking the glass.

CREATE OR REPLACE FUNCTION refuse_weak_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- An upsert that voids an approval passes here before it becomes an update.
  IF NEW.proof = 'password' AND NOT EXISTS (SELECT FROM approvals a
      WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round AND a.role = NEW.role
        AND a.signed_by_id = NEW.signed_by_id)
    AND (SELECT t.second_factor_required FROM deployments d JOIN teams t ON t.id = d.team_id WHERE d.id = NEW.deployment_id)
  THEN
    RAISE EXCEPTION 'the team asks for a second factor to sign' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE break_glass
  ADD CONSTRAINT break_glass_proof CHECK (proof IN ('password', 'password+totp', 'password+recovery-code', 'passkey'));

CREATE FUNCTION refuse_weak_break_glass() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.confirmed_by_id IS NULL AND NEW.proof = 'password'
    AND (SELECT t.second_factor_required FROM deployments d JOIN teams t ON t.id = d.team_id WHERE d.id = NEW.deployment_id)
  THEN
    RAISE EXCEPTION 'the team asks for a second factor to break the glass' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER break_glass_proof_strong BEFORE UPDATE ON break_glass
  FOR EACH ROW EXECUTE FUNCTION refuse_weak_break_glass();
ALTER TABLE break_glass ENABLE ALWAYS TRIGGER break_glass_proof_strong;
