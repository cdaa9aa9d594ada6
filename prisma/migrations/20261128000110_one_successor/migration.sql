-- A record has one successor, whoever opens it. No unique index, since records may have got more before.
CREATE FUNCTION refuse_second_successor() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- Two at once come one after another.
  PERFORM FROM deployments WHERE id = NEW.predecessor_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM deployments WHERE predecessor_id = NEW.predecessor_id AND id <> NEW.id) THEN
    RAISE EXCEPTION 'the record has a successor' USING ERRCODE = 'check_violation', CONSTRAINT = 'deployments_one_successor';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deployments_one_successor BEFORE INSERT ON deployments
  FOR EACH ROW WHEN (NEW.predecessor_id IS NOT NULL) EXECUTE FUNCTION refuse_second_successor();
