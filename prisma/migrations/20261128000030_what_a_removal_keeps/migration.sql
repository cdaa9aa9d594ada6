-- A removal tells who removed what, and what it kept of the record's row, and all of that is held
-- against events, the row and the clock. A shorter span and a lifted hold count a week after their event.

-- The longest span that stood at any time in the week before a moment; null where everything was kept.
-- No change counts from earlier than what retention's own history tells before it.
CREATE FUNCTION retention_in_force(moment timestamptz) RETURNS int LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  WITH told AS (
    SELECT seq, type, (body::jsonb #>> '{data,to}')::int AS days, max(at::timestamptz) OVER (ORDER BY seq) AS since
      FROM events WHERE stream_id = '00000000-0000-4000-8000-000000000000'
       AND type IN ('retention.changed', 'retention.content-removed')),
  spans AS (
    SELECT days, since, lead(since) OVER (ORDER BY seq) AS until FROM told WHERE type = 'retention.changed')
  SELECT CASE WHEN min(since) <= moment - interval '168 hours'
               AND bool_and(days IS NOT NULL) FILTER (WHERE until IS NULL OR until > moment - interval '168 hours')
              THEN max(days) FILTER (WHERE until IS NULL OR until > moment - interval '168 hours') END
    FROM spans
$$;

-- What stays of a record's row, as one digest; `lib/db/kept-row.ts` computes the same without asking this.
CREATE FUNCTION kept_digest(d deployments) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    d.team_id, d.service_id, d.service_name, d.predecessor_id,
    extract(epoch FROM d.opened_at), d.opened_by_id, d.version, d.commit, d.environment,
    extract(epoch FROM d.deployment_at), d.deployed_by_id, d.slo, d.checklist,
    d.opener_may_sign, d.deployer_may_sign, d.may_hold_several_roles,
    extract(epoch FROM d.t0_at), d.sign_off_round, extract(epoch FROM d.rollback_at), d.rollback_by_id, d.frozen_phase,
    extract(epoch FROM d.ended_at), d.ended_by_id, d.outcome, d.status, d.awaited_roles, d.break_glass, d.summary,
    extract(epoch FROM d.last_event_at))::text, 'UTF8')), 'hex')
$$;

-- Whether a record's row tells what its events tell of what stays after a removal.
CREATE FUNCTION row_is_as_told(d deployments, ending events) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  opened jsonb;
  details jsonb;
  t0 text;
  rollback events%ROWTYPE;
BEGIN
  SELECT body::jsonb INTO opened FROM events WHERE stream_id = d.id AND seq = 1;
  SELECT jsonb_object_agg(field.key, field.value ORDER BY seq) INTO details
    FROM events, jsonb_each(coalesce(body::jsonb #> '{data,details}', body::jsonb #> '{data,to}')) AS field
   WHERE stream_id = d.id AND type IN ('deployment.opened', 'deployment.details-changed');
  SELECT at INTO t0 FROM events
   WHERE stream_id = d.id AND type = 'phase.started' AND (body::jsonb #>> '{data,atT0}')::boolean ORDER BY seq DESC LIMIT 1;
  SELECT * INTO rollback FROM events WHERE stream_id = d.id AND type = 'rollback.triggered' ORDER BY seq DESC LIMIT 1;
  RETURN (d.team_id::text, d.service_id::text, d.service_name, d.predecessor_id::text, d.opened_at, d.opened_by_id::text,
          d.checklist, d.version, d.commit, d.environment, d.deployment_at, d.deployed_by_id::text, d.slo)
     IS NOT DISTINCT FROM
         (opened #>> '{data,teamId}', opened #>> '{data,service,id}', opened #>> '{data,service,name}',
          opened #>> '{data,predecessorId}', (opened ->> 'at')::timestamptz, opened #>> '{actor,id}',
          opened #> '{data,checklist}', details ->> 'version', details ->> 'commit', details ->> 'environment',
          (details ->> 'deploymentAt')::timestamptz, details #>> '{deployedBy,id}', details -> 'slo')
     AND (d.t0_at, d.rollback_at, d.rollback_by_id::text, d.ended_at, d.ended_by_id::text, d.outcome, d.status)
     IS NOT DISTINCT FROM
         (t0::timestamptz, rollback.at::timestamptz, rollback.actor_id, ending.at::timestamptz, ending.actor_id,
          replace(ending.type, 'deployment.', ''), replace(ending.type, 'deployment.', ''));
END $$;

-- Whether it is the system by the clock, or an admin of all teams with an open account by hand.
CREATE FUNCTION may_remove(actor jsonb, policy text) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT coalesce(CASE policy
    WHEN 'by-the-clock' THEN actor = '{"kind": "system", "id": "00000000-0000-4000-8000-000000000001", "name": "Countersign"}'
    WHEN 'by-hand' THEN EXISTS (
      SELECT FROM users u JOIN role_grants g ON g.user_id = u.id AND g.role = 'admin' AND g.team_id IS NULL
       WHERE u.disabled_at IS NULL AND actor = jsonb_build_object('kind', 'person', 'id', u.id, 'name', u.name))
  END, false)
$$;

CREATE OR REPLACE FUNCTION remove_deployment_content(record uuid, stone_body text, stone_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  installation installations%ROWTYPE;
  d deployments%ROWTYPE;
  ending events%ROWTYPE;
  newest events%ROWTYPE;
  hold events%ROWTYPE;
  over timestamptz;
  freed timestamptz;
  span int;
  stone jsonb := stone_body::jsonb;
  told jsonb := stone -> 'data';
  -- The stone's own time is judged by, since whoever verifies it knows no other; the clock bounds it below.
  moment timestamptz := coalesce((stone ->> 'at')::timestamptz, now());
  shells text;
BEGIN
  SELECT * INTO STRICT installation FROM installations
   WHERE id = '00000000-0000-4000-8000-000000000000' FOR UPDATE;
  SELECT * INTO STRICT d FROM deployments WHERE id = record FOR UPDATE;
  SELECT * INTO STRICT newest FROM events WHERE stream_id = record ORDER BY seq DESC LIMIT 1;
  IF newest.stone_seq IS NOT NULL THEN
    RAISE EXCEPTION 'its content has been removed' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_once';
  END IF;
  SELECT * INTO hold FROM events WHERE stream_id = record AND type IN ('legal-hold.set', 'legal-hold.lifted')
   ORDER BY seq DESC LIMIT 1;
  IF hold.type = 'legal-hold.set' THEN
    RAISE EXCEPTION 'it is under legal hold' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_not_under_hold';
  END IF;
  SELECT max(at::timestamptz) INTO freed FROM events WHERE stream_id = record AND seq <= hold.seq;
  IF freed + interval '168 hours' > moment THEN
    RAISE EXCEPTION 'its legal hold was lifted within a week' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_after_hold';
  END IF;
  SELECT * INTO ending FROM events
   WHERE stream_id = record AND type IN ('deployment.completed', 'deployment.rolled-back', 'deployment.cancelled')
   ORDER BY seq DESC LIMIT 1;
  SELECT max(at::timestamptz) INTO over FROM events WHERE stream_id = record AND seq <= ending.seq;
  span := retention_in_force(moment);
  IF over IS NULL OR span IS NULL OR over + make_interval(hours => 24 * span) > moment THEN
    RAISE EXCEPTION 'the retention span covers it' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_after_span';
  END IF;
  IF abs(extract(epoch FROM moment - clock_timestamp())) > 300 THEN
    RAISE EXCEPTION 'the stone tells of another time' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_by_the_clock';
  END IF;
  IF NOT row_is_as_told(d, ending) THEN
    RAISE EXCEPTION 'its row differs from its history' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_of_what_was_told';
  END IF;
  SELECT encode(sha256(convert_to(string_agg(
           event_shell(e.stream_id, e.seq, e.type, e.at, e.actor_id, e.prev_hash, installation.revision + 1),
           E'\n' ORDER BY e.seq), 'UTF8')), 'hex')
    INTO shells FROM events e WHERE e.stream_id = record;
  IF NOT may_remove(stone -> 'actor', told ->> 'policy')
     OR (stone ->> 'type', (stone ->> 'seq')::int, stone ->> 'prev', told ->> 'deployment', told ->> 'service',
      told ->> 'version', (told ->> 'events')::int, told ->> 'headHash', (told ->> 'retentionDays')::int,
      told ->> 'endedAt', told ->> 'shells', told ->> 'kept')
     IS DISTINCT FROM
     ('retention.content-removed', installation.revision + 1, installation.head_hash, record::text, d.service_name,
      d.version, newest.seq, newest.hash, span, ending.at, shells, kept_digest(d)) THEN
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

-- Nothing happens to a record any more whose content was removed.
CREATE FUNCTION refuse_change_after_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'its content has been removed: its row stays as it is' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER deployments_stay_after_removal BEFORE UPDATE ON deployments
  FOR EACH ROW WHEN (OLD.stone_seq IS NOT NULL) EXECUTE FUNCTION refuse_change_after_removal();
ALTER TABLE deployments ENABLE ALWAYS TRIGGER deployments_stay_after_removal;
