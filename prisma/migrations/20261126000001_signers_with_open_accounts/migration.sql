-- Whoever signs, for whom somebody signs, and whoever breaks the glass has an open account at that moment.

-- Held against a closing at the same moment, before the delegation is, as closing an account does it.
CREATE FUNCTION refuse_closed_accounts(people uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  open_accounts int;
BEGIN
  SELECT count(*) INTO open_accounts FROM (
    SELECT u.id FROM users u WHERE u.id = ANY (people) AND u.disabled_at IS NULL ORDER BY u.id FOR SHARE) AS held;
  IF open_accounts < (SELECT count(DISTINCT p) FROM unnest(people) AS p) THEN
    RAISE EXCEPTION 'only an open account signs, or is signed for'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_account_open';
  END IF;
END $$;

CREATE FUNCTION refuse_approval_of_closed_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- An upsert that voids an approval passes here before it becomes an update.
  IF NOT EXISTS (SELECT FROM approvals a WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round
      AND a.role = NEW.role AND a.signed_by_id = NEW.signed_by_id) THEN
    PERFORM refuse_closed_accounts(array_remove(ARRAY[NEW.signed_by_id, NEW.for_id], NULL));
  END IF;
  RETURN NEW;
END $$;
-- Triggers fire by their names: this one before `approvals_lawful`, which holds the delegation.
CREATE TRIGGER approvals_account_open BEFORE INSERT ON approvals
  FOR EACH ROW EXECUTE FUNCTION refuse_approval_of_closed_account();
ALTER TABLE approvals ENABLE ALWAYS TRIGGER approvals_account_open;

CREATE FUNCTION refuse_break_glass_of_closed_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id IS NOT NULL THEN
    PERFORM refuse_closed_accounts(ARRAY[NEW.confirmed_by_id]);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER break_glass_account_open BEFORE UPDATE ON break_glass
  FOR EACH ROW EXECUTE FUNCTION refuse_break_glass_of_closed_account();
ALTER TABLE break_glass ENABLE ALWAYS TRIGGER break_glass_account_open;
