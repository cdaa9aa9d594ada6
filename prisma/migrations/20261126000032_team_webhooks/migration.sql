-- How a team hears: its webhooks, and after how long awaited approvers are reminded and leads told.

ALTER TABLE teams
  ADD COLUMN remind_after_hours int DEFAULT 4
    CONSTRAINT teams_remind_after CHECK (remind_after_hours BETWEEN 1 AND 720),
  ADD COLUMN escalate_after_hours int DEFAULT 24
    CONSTRAINT teams_escalate_after CHECK (escalate_after_hours BETWEEN 1 AND 720);

-- The address is a secret often enough: it stands here sealed, like the key that messages are signed with.
CREATE TABLE team_webhooks (
  id uuid PRIMARY KEY,
  team_id uuid NOT NULL REFERENCES teams (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  kind text NOT NULL CONSTRAINT team_webhooks_kind CHECK (kind IN ('slack', 'teams', 'signed')),
  name text NOT NULL CONSTRAINT team_webhooks_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
  host text NOT NULL,
  sealed_url text NOT NULL,
  sealed_secret text,
  news text[] NOT NULL,
  created_at timestamptz(3) NOT NULL,
  removed_at timestamptz(3),
  CONSTRAINT team_webhooks_secret CHECK ((kind = 'signed') = (sealed_secret IS NOT NULL))
);
CREATE INDEX team_webhooks_team_id_idx ON team_webhooks (team_id) WHERE removed_at IS NULL;

-- A test of a webhook tells of nothing; everything else of one row of the outbox, or of a day.
ALTER TABLE message_deliveries
  ADD COLUMN webhook_id uuid REFERENCES team_webhooks (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  DROP CONSTRAINT message_deliveries_what,
  ADD CONSTRAINT message_deliveries_to CHECK (num_nonnulls(person_id, webhook_id) = 1),
  ADD CONSTRAINT message_deliveries_what CHECK (
    CASE WHEN webhook_id IS NULL THEN num_nonnulls(outbox_id, digest_on) = 1 ELSE digest_on IS NULL END);
CREATE UNIQUE INDEX message_deliveries_to_webhook ON message_deliveries (outbox_id, webhook_id)
  WHERE webhook_id IS NOT NULL AND outbox_id IS NOT NULL;
CREATE INDEX message_deliveries_of_webhook_idx ON message_deliveries (webhook_id, made_at DESC) WHERE webhook_id IS NOT NULL;

-- Whose turn it was last, for reminders.
CREATE INDEX outbox_turns_idx ON outbox (deployment_id, role, seq DESC) WHERE kind = 'turn';

GRANT SELECT, INSERT, UPDATE (name, host, sealed_url, sealed_secret, news, removed_at) ON team_webhooks TO countersign_app;
