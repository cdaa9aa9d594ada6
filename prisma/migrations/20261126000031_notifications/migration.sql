-- Who is told of what: the outbox, which a trigger fills in the statement that writes an event, and
-- what became of each row of it.

-- `kind` says why somebody is told: an event of the record, a role whose turn it became, or that the
-- turn goes on for long. Nothing of a record's content stands here: the event says it.
CREATE TABLE outbox (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  seq int NOT NULL,
  kind text NOT NULL CONSTRAINT outbox_kind CHECK (kind IN ('event', 'turn', 'reminder', 'escalation')),
  role text,
  at timestamptz(3) NOT NULL,
  fanned_out_at timestamptz(3),
  CONSTRAINT outbox_role CHECK ((kind = 'event') = (role IS NULL)),
  CONSTRAINT outbox_once UNIQUE NULLS NOT DISTINCT (deployment_id, seq, kind, role)
);
CREATE INDEX outbox_waiting_idx ON outbox (at, id) WHERE fanned_out_at IS NULL;

CREATE FUNCTION write_event_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (deployment_id, seq, kind, at) VALUES (NEW.stream_id, NEW.seq, 'event', NEW.at::timestamptz)
  ON CONFLICT ON CONSTRAINT outbox_once DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER events_to_outbox AFTER INSERT ON events
  FOR EACH ROW WHEN (NEW.type IN ('approval.granted', 'approval.rejected', 'sign-off.voided', 'items.assigned',
    'comment.added', 'rollback.triggered', 'phase.reopened', 'break-glass.requested', 'break-glass.confirmed',
    'deployment.completed', 'freeze.lifted')
    OR (NEW.type = 'evidence.added' AND NEW.actor_id = '00000000-0000-4000-8000-000000000001'
      AND NEW.body::jsonb #>> '{data,content,verdict}' = 'fail'))
  EXECUTE FUNCTION write_event_to_outbox();

-- A role that was not awaited before is told that it is its turn.
CREATE FUNCTION write_turns_to_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO outbox (deployment_id, seq, kind, role, at)
  SELECT NEW.id, NEW.revision, 'turn', awaited.role, NEW.last_event_at
    FROM unnest(NEW.awaited_roles) AS awaited(role) WHERE awaited.role <> ALL (OLD.awaited_roles)
  ON CONFLICT ON CONSTRAINT outbox_once DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER deployments_turns_to_outbox AFTER UPDATE OF awaited_roles ON deployments
  FOR EACH ROW WHEN (NOT NEW.awaited_roles <@ OLD.awaited_roles)
  EXECUTE FUNCTION write_turns_to_outbox();

CREATE TABLE notifications (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  outbox_id uuid NOT NULL REFERENCES outbox (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  person_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  kind text NOT NULL,
  at timestamptz(3) NOT NULL,
  read_at timestamptz(3),
  -- Waits for the day's summary by e-mail, until one took it.
  awaits_digest boolean NOT NULL DEFAULT false,
  digest_id uuid,
  CONSTRAINT notifications_once UNIQUE (outbox_id, person_id)
);
CREATE INDEX notifications_of_person_idx ON notifications (person_id, at DESC, id DESC);
CREATE INDEX notifications_unread_idx ON notifications (person_id) WHERE read_at IS NULL;
CREATE INDEX notifications_awaiting_digest_idx ON notifications (person_id) WHERE awaits_digest;
CREATE INDEX notifications_digest_idx ON notifications (digest_id) WHERE digest_id IS NOT NULL;

CREATE TABLE notification_choices (
  person_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  kind text NOT NULL,
  way text NOT NULL CONSTRAINT notification_choices_way CHECK (way IN ('app', 'mail', 'digest', 'off')),
  PRIMARY KEY (person_id, kind)
);

-- One message that goes outside, and how far it came. Its id goes with it, the same at each attempt.
CREATE TABLE message_deliveries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  -- Null for a day's summary, which is of several.
  outbox_id uuid REFERENCES outbox (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  person_id uuid REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  digest_on date,
  made_at timestamptz(3) NOT NULL,
  attempts int NOT NULL DEFAULT 0,
  attempted_at timestamptz(3),
  error text,
  delivered_at timestamptz(3),
  -- Why it was not sent after all, such as an account that was closed meanwhile.
  dropped text,
  CONSTRAINT message_deliveries_what CHECK (num_nonnulls(outbox_id, digest_on) = 1),
  CONSTRAINT message_deliveries_end CHECK (num_nonnulls(delivered_at, dropped) <= 1)
);
CREATE UNIQUE INDEX message_deliveries_to_person ON message_deliveries (outbox_id, person_id) WHERE person_id IS NOT NULL AND outbox_id IS NOT NULL;
CREATE UNIQUE INDEX message_deliveries_digest ON message_deliveries (person_id, digest_on) WHERE digest_on IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (fanned_out_at) ON outbox TO countersign_app;
GRANT SELECT, INSERT, UPDATE (read_at, awaits_digest, digest_id), DELETE ON notifications TO countersign_app;
GRANT SELECT, INSERT, UPDATE (way), DELETE ON notification_choices TO countersign_app;
GRANT SELECT, INSERT, UPDATE (attempts, attempted_at, error, delivered_at, dropped), DELETE ON message_deliveries TO countersign_app;
