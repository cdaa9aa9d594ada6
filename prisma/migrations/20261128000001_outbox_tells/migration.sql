-- Whoever fans the outbox out hears at the commit that something waits in it, and of nothing else.
CREATE FUNCTION tell_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('countersign_outbox', '');
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_tells AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION tell_outbox();
