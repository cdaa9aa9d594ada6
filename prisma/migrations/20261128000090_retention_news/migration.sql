-- A change of the retention span is told of too: a row of the outbox without a record is about an event
-- of the installation's own history.
ALTER TABLE outbox
  ALTER COLUMN deployment_id DROP NOT NULL,
  ADD CONSTRAINT outbox_of_installation CHECK (deployment_id IS NOT NULL OR kind = 'event');

CREATE OR REPLACE FUNCTION write_event_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (deployment_id, seq, kind, at)
  VALUES (NULLIF(NEW.stream_id, '00000000-0000-4000-8000-000000000000'), NEW.seq, 'event', NEW.at::timestamptz)
  ON CONFLICT ON CONSTRAINT outbox_once DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER events_of_retention_to_outbox AFTER INSERT ON events
  FOR EACH ROW WHEN (NEW.type = 'retention.changed') EXECUTE FUNCTION write_event_to_outbox();
