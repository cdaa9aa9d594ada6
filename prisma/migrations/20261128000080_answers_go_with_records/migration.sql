-- An answer kept for a repeat says what its record held, so it goes with the record's content. Those of
-- before do not know their record; they are forgotten by themselves within two days.
ALTER TABLE idempotent_requests ADD COLUMN record_id uuid;
CREATE INDEX idempotent_requests_record_id_idx ON idempotent_requests (record_id);

CREATE FUNCTION forget_answers_of_removed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM idempotent_requests WHERE record_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER deployments_take_their_answers AFTER UPDATE OF stone_seq ON deployments
  FOR EACH ROW WHEN (OLD.stone_seq IS NULL AND NEW.stone_seq IS NOT NULL) EXECUTE FUNCTION forget_answers_of_removed();
