-- News that could not be told stands aside, so that the rest does not wait for it; a job of its own tries again.
ALTER TABLE outbox ADD COLUMN put_aside_at timestamptz(3);
DROP INDEX outbox_waiting_idx;
CREATE INDEX outbox_waiting_idx ON outbox (at, id) WHERE fanned_out_at IS NULL AND put_aside_at IS NULL;
GRANT UPDATE (put_aside_at) ON outbox TO countersign_app;
