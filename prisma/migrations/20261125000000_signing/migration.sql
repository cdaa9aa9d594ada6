-- Signing: quorum and parallel steps, stand-ins, break glass, and what an approver looked at last.

-- Several roles may be awaited at once.
ALTER TABLE deployments
  ADD COLUMN awaited_roles text[] NOT NULL DEFAULT '{}',
  ADD COLUMN break_glass text NOT NULL DEFAULT 'none';
UPDATE deployments SET awaited_roles = ARRAY[awaited_role] WHERE awaited_role IS NOT NULL;
DROP INDEX deployments_awaited_role_idx;
ALTER TABLE deployments DROP COLUMN awaited_role;
ALTER TABLE deployments
  ADD CONSTRAINT deployments_awaited_roles CHECK (
    awaited_roles <@ ARRAY['engineering-lead', 'devops-sre', 'security', 'product']),
  ADD CONSTRAINT deployments_break_glass CHECK (
    break_glass IN ('none', 'requested', 'open', 'review-owed', 'reviewed'));
CREATE INDEX deployments_awaited_roles_idx ON deployments USING gin (awaited_roles);
CREATE INDEX deployments_break_glass_idx ON deployments (break_glass)
  WHERE break_glass IN ('requested', 'review-owed');

-- A phase that break glass left behind.
ALTER TABLE phases
  ADD COLUMN left_incomplete boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT phases_left_incomplete CHECK (NOT left_incomplete OR completed_at IS NOT NULL);

-- An approver names a stand-in for a role and a span.
CREATE TABLE delegations (
  id uuid PRIMARY KEY,
  from_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  to_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  role text NOT NULL CONSTRAINT delegations_role CHECK (role IN ('engineering-lead', 'devops-sre', 'security', 'product')),
  team_id uuid REFERENCES teams (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  starts_at timestamptz(3) NOT NULL,
  ends_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3),
  end_cause text CONSTRAINT delegations_end_cause CHECK (end_cause IN ('withdrawn', 'role-lost', 'account-closed')),
  CONSTRAINT delegations_other_person CHECK (from_id <> to_id),
  CONSTRAINT delegations_span CHECK (ends_at > starts_at),
  CONSTRAINT delegations_ended_whole CHECK (num_nulls(ended_at, end_cause) IN (0, 2))
);
CREATE INDEX delegations_from_id_idx ON delegations (from_id);
CREATE INDEX delegations_to_id_idx ON delegations (to_id);

-- One approval for each person of a role; with whom they stood in for.
ALTER TABLE approvals
  ADD COLUMN for_id uuid REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD COLUMN for_name text,
  ADD COLUMN delegation_id uuid REFERENCES delegations (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT approvals_for_whole CHECK (num_nulls(for_id, for_name, delegation_id) IN (0, 3)),
  ADD CONSTRAINT approvals_for_other CHECK (for_id <> signed_by_id),
  DROP CONSTRAINT approvals_pkey,
  ADD CONSTRAINT approvals_pkey PRIMARY KEY (deployment_id, round, role, signed_by_id);
CREATE UNIQUE INDEX approvals_one_role_for_a_person ON approvals (deployment_id, round, role, for_id)
  WHERE for_id IS NOT NULL;

-- Rule 8. The blockers that were overridden stand beside it, as in the history.
CREATE TABLE break_glass (
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  request int NOT NULL,
  phase text NOT NULL,
  title text NOT NULL,
  requested_at timestamptz(3) NOT NULL,
  requested_by_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  requested_by_name text NOT NULL,
  reason text NOT NULL CONSTRAINT break_glass_reason CHECK (char_length(reason) BETWEEN 1 AND 4000),
  confirmed_at timestamptz(3),
  confirmed_by_id uuid REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  confirmed_by_name text,
  role text CONSTRAINT break_glass_role CHECK (role IN ('engineering-lead', 'devops-sre', 'security', 'product')),
  meaning text,
  digest text CONSTRAINT break_glass_digest_form CHECK (digest ~ '^[0-9a-f]{64}$'),
  proof text,
  blockers jsonb,
  used_at timestamptz(3),
  used_by_id uuid,
  used_by_name text,
  overridden jsonb,
  closed_at timestamptz(3),
  close_cause text,
  reviewed_at timestamptz(3),
  reviewed_by_id uuid REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  reviewed_by_name text,
  conclusion text CONSTRAINT break_glass_conclusion CHECK (conclusion IN ('justified', 'not-justified')),
  finding text CONSTRAINT break_glass_finding CHECK (char_length(finding) BETWEEN 1 AND 4000),
  PRIMARY KEY (deployment_id, request),
  CONSTRAINT break_glass_confirmed_whole CHECK (
    num_nulls(confirmed_at, confirmed_by_id, confirmed_by_name, role, meaning, digest, proof, blockers) IN (0, 8)),
  CONSTRAINT break_glass_used_whole CHECK (num_nulls(used_at, used_by_id, used_by_name, overridden) IN (0, 4)),
  CONSTRAINT break_glass_closed_whole CHECK (num_nulls(closed_at, close_cause) IN (0, 2)),
  CONSTRAINT break_glass_reviewed_whole CHECK (
    num_nulls(reviewed_at, reviewed_by_id, reviewed_by_name, conclusion, finding) IN (0, 5)),
  CONSTRAINT break_glass_two_people CHECK (confirmed_by_id <> requested_by_id),
  CONSTRAINT break_glass_used_after_confirmation CHECK (used_at IS NULL OR confirmed_at IS NOT NULL),
  CONSTRAINT break_glass_used_or_closed CHECK (used_at IS NULL OR closed_at IS NULL),
  CONSTRAINT break_glass_reviewed_by_another CHECK (
    reviewed_by_id IS NULL OR (confirmed_at IS NOT NULL AND (used_at IS NOT NULL OR closed_at IS NOT NULL)
      AND reviewed_by_id <> requested_by_id AND reviewed_by_id <> confirmed_by_id
      AND (used_by_id IS NULL OR reviewed_by_id <> used_by_id)))
);
CREATE UNIQUE INDEX break_glass_one_pending ON break_glass (deployment_id)
  WHERE used_at IS NULL AND closed_at IS NULL;

-- What a person saw of a record last, and before this visit: for 'what changed since'.
CREATE TABLE looks (
  person_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  seq int NOT NULL CONSTRAINT looks_seq CHECK (seq >= 1),
  at timestamptz(3) NOT NULL,
  since_seq int,
  since_at timestamptz(3),
  PRIMARY KEY (person_id, deployment_id),
  CONSTRAINT looks_since_whole CHECK (num_nulls(since_seq, since_at) IN (0, 2))
);

-- Rule 3 in one place: duties, order by stages, quorum, the role or the mandate, one voice a person.
-- The row of the record is held, so that approvals of one record pass here one after another.
CREATE OR REPLACE FUNCTION refuse_unlawful_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d deployments%ROWTYPE;
  step record;
  people uuid[] := array_remove(ARRAY[NEW.signed_by_id, NEW.for_id], NULL);
BEGIN
  SELECT * INTO STRICT d FROM deployments WHERE id = NEW.deployment_id FOR NO KEY UPDATE;
  -- An upsert that voids an approval passes here before it becomes an update.
  IF EXISTS (SELECT FROM approvals a WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round
      AND a.role = NEW.role AND a.signed_by_id = NEW.signed_by_id) THEN
    RETURN NEW;
  END IF;
  IF NEW.round <> d.sign_off_round THEN
    RAISE EXCEPTION 'an approval is of the current round' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT d.opener_may_sign AND d.opened_by_id = ANY (people) THEN
    RAISE EXCEPTION 'whoever opened a deployment does not sign it' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT d.deployer_may_sign AND d.deployed_by_id = ANY (people) THEN
    RAISE EXCEPTION 'whoever is named as deployer does not sign' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.may_hold_several_roles <> d.may_hold_several_roles THEN
    RAISE EXCEPTION 'an approval keeps the relaxation of its deployment' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM approvals a WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round
      AND (a.role = NEW.role OR NOT d.may_hold_several_roles)
      AND (a.signed_by_id = ANY (people) OR a.for_id = ANY (people))) THEN
    RAISE EXCEPTION 'nobody signs twice, nor for somebody who signed' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT FROM approvals a WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round
      AND a.decision = 'rejected') THEN
    RAISE EXCEPTION 'nobody signs while a rejection stands' USING ERRCODE = 'check_violation';
  END IF;
  -- Held against an end of the delegation at the same moment.
  IF NEW.for_id IS NOT NULL THEN
    PERFORM FROM delegations g
      WHERE g.id = NEW.delegation_id AND g.from_id = NEW.for_id AND g.to_id = NEW.signed_by_id AND g.role = NEW.role
        AND (g.team_id IS NULL OR g.team_id = d.team_id)
        AND g.ended_at IS NULL AND g.starts_at <= NEW.signed_at AND NEW.signed_at < g.ends_at
      FOR SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'a stand-in signs within a delegation that stands'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_delegation_stands';
    END IF;
  END IF;
  PERFORM FROM role_grants r
    WHERE r.user_id = coalesce(NEW.for_id, NEW.signed_by_id) AND r.role = NEW.role
      AND (r.team_id IS NULL OR r.team_id = d.team_id);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'only a holder of the role signs, or their stand-in'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_role_held';
  END IF;
  -- Each step with its stage, its quorum and the approvals it has.
  SELECT s.stage, s.quorum, s.approved,
         (SELECT count(*) FROM sign_off_steps(d.checklist, NEW.deployment_id, NEW.round) o
           WHERE o.stage < s.stage AND o.approved < o.quorum) AS unfinished
    INTO step
    FROM sign_off_steps(d.checklist, NEW.deployment_id, NEW.round) s WHERE s.role = NEW.role;
  IF NOT FOUND OR step.unfinished > 0 THEN
    RAISE EXCEPTION 'roles sign in the order of the sign-off' USING ERRCODE = 'check_violation';
  END IF;
  IF step.approved >= step.quorum THEN
    RAISE EXCEPTION 'the role has its quorum already' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

-- The steps of a sign-off as data: a step opens a new stage unless it goes with the one before it.
CREATE FUNCTION sign_off_steps(checklist jsonb, deployment uuid, current_round int)
RETURNS TABLE (role text, stage bigint, quorum int, approved bigint) LANGUAGE sql STABLE AS $$
  SELECT s.value ->> 'role',
         count(*) FILTER (WHERE NOT coalesce((s.value ->> 'withPrevious')::boolean, false))
           OVER (ORDER BY s.ordinality),
         coalesce((s.value ->> 'quorum')::int, 1),
         (SELECT count(*) FROM approvals a WHERE a.deployment_id = deployment AND a.round = current_round
             AND a.role = s.value ->> 'role' AND a.decision = 'approved')
    FROM jsonb_array_elements(checklist -> 'signOff' -> 'steps') WITH ORDINALITY AS s
$$;

-- Rule 8: whoever breaks the glass is bound by the same duties as a signer.
CREATE FUNCTION refuse_unlawful_break_glass() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d deployments%ROWTYPE;
BEGIN
  IF NEW.confirmed_by_id IS NULL THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT FROM break_glass b WHERE b.deployment_id = NEW.deployment_id AND b.request = NEW.request) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'glass is broken after somebody asked' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.confirmed_by_id IS NOT NULL THEN
    IF (OLD.confirmed_by_id, OLD.confirmed_at, OLD.digest, OLD.blockers)
       IS DISTINCT FROM (NEW.confirmed_by_id, NEW.confirmed_at, NEW.digest, NEW.blockers) THEN
      RAISE EXCEPTION 'a confirmation stays what it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO STRICT d FROM deployments WHERE id = NEW.deployment_id;
  IF (NOT d.opener_may_sign AND NEW.confirmed_by_id = d.opened_by_id)
     OR (NOT d.deployer_may_sign AND NEW.confirmed_by_id = d.deployed_by_id) THEN
    RAISE EXCEPTION 'neither opener nor deployer breaks the glass' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT FROM role_grants r WHERE r.user_id = NEW.confirmed_by_id AND r.role = NEW.role
      AND (r.team_id IS NULL OR r.team_id = d.team_id)) THEN
    RAISE EXCEPTION 'only an approver of the team breaks the glass'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'approvals_role_held';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER break_glass_lawful BEFORE INSERT OR UPDATE ON break_glass
  FOR EACH ROW EXECUTE FUNCTION refuse_unlawful_break_glass();
ALTER TABLE break_glass ENABLE ALWAYS TRIGGER break_glass_lawful;

GRANT SELECT, INSERT ON delegations, break_glass TO countersign_app;
GRANT SELECT, INSERT, UPDATE ON looks TO countersign_app;
GRANT UPDATE (ended_at, end_cause) ON delegations TO countersign_app;
GRANT UPDATE (awaited_roles, break_glass) ON deployments TO countersign_app;
GRANT UPDATE (left_incomplete) ON phases TO countersign_app;
GRANT UPDATE (confirmed_at, confirmed_by_id, confirmed_by_name, role, meaning, digest, proof, blockers,
  used_at, used_by_id, used_by_name, overridden, closed_at, close_cause,
  reviewed_at, reviewed_by_id, reviewed_by_name, conclusion, finding) ON break_glass TO countersign_app;
