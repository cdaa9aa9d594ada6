-- What a removal rests on is read from events, which the app's role can add and never change. The
-- columns that show the span and the hold follow those events; the app's role no longer writes them.

REVOKE UPDATE (retention_days) ON installations FROM countersign_app;
REVOKE UPDATE (legal_hold_at, legal_hold_by_id, legal_hold_by_name, legal_hold_reason) ON deployments FROM countersign_app;

CREATE FUNCTION follow_retention_event() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  told jsonb := NEW.body::jsonb;
BEGIN
  -- Whoever hangs this function on a table of their own must not speak with the owner's rights.
  IF TG_RELID <> 'public.events'::regclass THEN
    RAISE EXCEPTION 'this follows events alone' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NEW.type = 'retention.changed' THEN
    UPDATE installations SET retention_days = (told #>> '{data,to}')::int WHERE id = NEW.stream_id;
  ELSIF NEW.type = 'legal-hold.set' THEN
    UPDATE deployments SET legal_hold_at = NEW.at::timestamptz, legal_hold_by_id = NEW.actor_id::uuid,
           legal_hold_by_name = told #>> '{actor,name}', legal_hold_reason = told #>> '{data,reason}'
     WHERE id = NEW.stream_id;
  ELSE
    UPDATE deployments SET legal_hold_at = NULL, legal_hold_by_id = NULL, legal_hold_by_name = NULL, legal_hold_reason = NULL
     WHERE id = NEW.stream_id;
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION follow_retention_event() FROM PUBLIC;

CREATE TRIGGER events_followed_by_retention AFTER INSERT ON events
  FOR EACH ROW WHEN (NEW.type IN ('retention.changed', 'legal-hold.set', 'legal-hold.lifted'))
  EXECUTE FUNCTION follow_retention_event();
ALTER TABLE events ENABLE ALWAYS TRIGGER events_followed_by_retention;

-- A record's end is no earlier than what its history tells before it, so that an ending with a false
-- date ages no record.
CREATE OR REPLACE FUNCTION remove_deployment_content(record uuid, stone_body text, stone_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  installation installations%ROWTYPE;
  ending events%ROWTYPE;
  newest events%ROWTYPE;
  over timestamptz;
  span int;
  stone jsonb := stone_body::jsonb;
  told jsonb := stone -> 'data';
  shells text;
BEGIN
  SELECT * INTO STRICT installation FROM installations
   WHERE id = '00000000-0000-4000-8000-000000000000' FOR UPDATE;
  PERFORM FROM deployments WHERE id = record FOR UPDATE;
  SELECT * INTO STRICT newest FROM events WHERE stream_id = record ORDER BY seq DESC LIMIT 1;
  IF newest.stone_seq IS NOT NULL THEN
    RAISE EXCEPTION 'its content has been removed' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_once';
  END IF;
  IF 'legal-hold.set' = (SELECT type FROM events WHERE stream_id = record AND type IN ('legal-hold.set', 'legal-hold.lifted')
                          ORDER BY seq DESC LIMIT 1) THEN
    RAISE EXCEPTION 'it is under legal hold' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_not_under_hold';
  END IF;
  SELECT * INTO ending FROM events
   WHERE stream_id = record AND type IN ('deployment.completed', 'deployment.rolled-back', 'deployment.cancelled')
   ORDER BY seq DESC LIMIT 1;
  SELECT max(at::timestamptz) INTO over FROM events WHERE stream_id = record AND seq <= ending.seq;
  SELECT (body::jsonb #>> '{data,to}')::int INTO span FROM events
   WHERE stream_id = installation.id AND type = 'retention.changed' ORDER BY seq DESC LIMIT 1;
  IF over IS NULL OR span IS NULL OR over + make_interval(hours => 24 * span) > now() THEN
    RAISE EXCEPTION 'the retention span covers it' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_after_span';
  END IF;
  SELECT encode(sha256(convert_to(string_agg(
           event_shell(e.stream_id, e.seq, e.type, e.at, e.actor_id, e.prev_hash, installation.revision + 1),
           E'\n' ORDER BY e.seq), 'UTF8')), 'hex')
    INTO shells FROM events e WHERE e.stream_id = record;
  IF (stone ->> 'type', (stone ->> 'seq')::int, stone ->> 'prev', told ->> 'deployment', (told ->> 'events')::int,
      told ->> 'headHash', (told ->> 'retentionDays')::int, told ->> 'endedAt', told ->> 'shells')
     IS DISTINCT FROM
     ('retention.content-removed', installation.revision + 1, installation.head_hash, record::text, newest.seq,
      newest.hash, span, ending.at, shells) THEN
    RAISE EXCEPTION 'the stone tells of something else' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_as_told';
  END IF;
  INSERT INTO events (stream_id, seq, body, hash) VALUES (installation.id, installation.revision + 1, stone_body, stone_hash);
  UPDATE installations SET revision = revision + 1, head_hash = stone_hash WHERE id = installation.id;
  UPDATE events SET body = event_shell(stream_id, seq, type, at, actor_id, prev_hash, installation.revision + 1)
   WHERE stream_id = record;
  DELETE FROM files WHERE deployment_id = record;
  DELETE FROM probes WHERE deployment_id = record;
  DELETE FROM check_runs WHERE deployment_id = record;
  DELETE FROM evidence WHERE deployment_id = record;
  DELETE FROM approvals WHERE deployment_id = record;
  DELETE FROM rejection_answers WHERE deployment_id = record;
  DELETE FROM break_glass WHERE deployment_id = record;
  DELETE FROM looks WHERE deployment_id = record;
  DELETE FROM checklist_items WHERE deployment_id = record;
  DELETE FROM phases WHERE deployment_id = record;
  UPDATE deployments SET stone_seq = installation.revision + 1, links = '[]',
         opened_by_name = 'removed', deployed_by_name = 'removed', ended_by_name = 'removed',
         ended_reason = CASE WHEN ended_reason IS NOT NULL THEN 'removed' END,
         rollback_by_name = CASE WHEN rollback_at IS NOT NULL THEN 'removed' END,
         rollback_reason = CASE WHEN rollback_at IS NOT NULL THEN 'removed' END
   WHERE id = record;
END $$;
