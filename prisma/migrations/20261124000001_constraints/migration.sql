-- What Prisma's schema language cannot say: rows that break the product's rules cannot exist.

ALTER TABLE teams ADD CONSTRAINT teams_name_length CHECK (char_length(name) BETWEEN 1 AND 100);

ALTER TABLE users
  ADD CONSTRAINT users_email_form CHECK (email = lower(email) AND char_length(email) BETWEEN 3 AND 254 AND position('@' IN email) > 1),
  ADD CONSTRAINT users_name_length CHECK (char_length(name) BETWEEN 1 AND 100);

ALTER TABLE role_grants
  ADD CONSTRAINT role_grants_role CHECK (role IN
    ('admin', 'team-lead', 'engineer', 'engineering-lead', 'devops-sre', 'security', 'product', 'auditor')),
  ADD CONSTRAINT role_grants_once UNIQUE NULLS NOT DISTINCT (user_id, role, team_id);

ALTER TABLE sessions
  ADD CONSTRAINT sessions_token_hash_form CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT sessions_span CHECK (expires_at > created_at);

ALTER TABLE services ADD CONSTRAINT services_name_length CHECK (char_length(name) BETWEEN 1 AND 100);

ALTER TABLE deployments
  ADD CONSTRAINT deployments_opened_by_fkey FOREIGN KEY (opened_by_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT deployments_deployed_by_fkey FOREIGN KEY (deployed_by_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT deployments_commit_form CHECK (commit ~ '^[0-9a-f]{7,40}$'),
  ADD CONSTRAINT deployments_version_length CHECK (char_length(version) BETWEEN 1 AND 64),
  ADD CONSTRAINT deployments_environment_length CHECK (char_length(environment) BETWEEN 1 AND 64),
  ADD CONSTRAINT deployments_revision CHECK (revision >= 1),
  ADD CONSTRAINT deployments_sign_off_round CHECK (sign_off_round >= 1),
  ADD CONSTRAINT deployments_not_own_predecessor CHECK (predecessor_id <> id),
  ADD CONSTRAINT deployments_status CHECK (status IN
    ('in-progress', 'awaiting-sign-off', 'rejected', 'ready', 'rolling-back', 'completed', 'rolled-back', 'cancelled')),
  -- Rule 7: a rollback has its reason and comes after T-0; a cancellation before it.
  ADD CONSTRAINT deployments_rollback_whole CHECK (num_nulls(rollback_at, rollback_by_id, rollback_by_name, rollback_reason) IN (0, 4)),
  ADD CONSTRAINT deployments_rollback_after_t0 CHECK (rollback_at IS NULL OR t0_at <= rollback_at),
  ADD CONSTRAINT deployments_outcome CHECK (outcome IN ('completed', 'rolled-back', 'cancelled')),
  ADD CONSTRAINT deployments_ended_whole CHECK (num_nulls(ended_at, ended_by_id, ended_by_name, outcome) IN (0, 4)),
  ADD CONSTRAINT deployments_rolled_back_after_rollback CHECK (outcome <> 'rolled-back' OR rollback_at IS NOT NULL),
  ADD CONSTRAINT deployments_cancelled_before_t0 CHECK (outcome <> 'cancelled' OR (t0_at IS NULL AND ended_reason IS NOT NULL)),
  ADD CONSTRAINT deployments_ended_status CHECK ((ended_at IS NOT NULL) = (status IN ('completed', 'rolled-back', 'cancelled')));

ALTER TABLE phases
  ADD CONSTRAINT phases_started_whole CHECK (num_nulls(started_at, started_by_id, started_by_name) IN (0, 3)),
  ADD CONSTRAINT phases_completed_whole CHECK (num_nulls(completed_at, completed_by_id, completed_by_name) IN (0, 3)),
  ADD CONSTRAINT phases_in_order CHECK (completed_at >= started_at);

ALTER TABLE checklist_items
  ADD CONSTRAINT checklist_items_status CHECK (status IN ('open', 'done', 'not-applicable')),
  ADD CONSTRAINT checklist_items_settled CHECK (
    num_nulls(settled_at, settled_by_id, settled_by_name) = CASE WHEN status = 'open' THEN 3 ELSE 0 END),
  ADD CONSTRAINT checklist_items_reason CHECK (reason IS NULL OR (status = 'not-applicable' AND char_length(reason) BETWEEN 1 AND 4000));

ALTER TABLE evidence
  ADD CONSTRAINT evidence_source CHECK (source IN ('person', 'api')),
  ADD CONSTRAINT evidence_size CHECK (octet_length(content::text) <= 65536);

ALTER TABLE approvals
  ADD CONSTRAINT approvals_signed_by_fkey FOREIGN KEY (signed_by_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT approvals_role CHECK (role IN ('engineering-lead', 'devops-sre', 'security', 'product')),
  ADD CONSTRAINT approvals_decision CHECK (decision IN ('approved', 'rejected')),
  ADD CONSTRAINT approvals_rejected_with_reason CHECK (decision <> 'rejected' OR comment IS NOT NULL),
  ADD CONSTRAINT approvals_digest_form CHECK (digest ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT approvals_proof CHECK (proof IN ('password')),
  ADD CONSTRAINT approvals_voided_whole CHECK (num_nulls(voided_at, void_cause) IN (0, 2));

-- Rule 3: no person signs twice in a round, unless the team relaxed that when the record was opened.
CREATE UNIQUE INDEX approvals_one_role_a_person ON approvals (deployment_id, round, signed_by_id)
  WHERE NOT may_hold_several_roles;

-- Rule 3: neither the opener nor the deployer signs, and roles sign in the checklist's order.
CREATE FUNCTION refuse_unlawful_approval() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  d deployments%ROWTYPE;
  place int;
BEGIN
  -- An upsert that voids an approval passes here before it becomes an update.
  IF EXISTS (SELECT FROM approvals a
    WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round AND a.role = NEW.role) THEN
    RETURN NEW;
  END IF;
  SELECT * INTO STRICT d FROM deployments WHERE id = NEW.deployment_id;
  IF NOT d.opener_may_sign AND NEW.signed_by_id = d.opened_by_id THEN
    RAISE EXCEPTION 'whoever opened a deployment does not sign it' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT d.deployer_may_sign AND NEW.signed_by_id = d.deployed_by_id THEN
    RAISE EXCEPTION 'whoever is named as deployer does not sign' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.may_hold_several_roles <> d.may_hold_several_roles THEN
    RAISE EXCEPTION 'an approval keeps the relaxation of its deployment' USING ERRCODE = 'check_violation';
  END IF;
  SELECT ordinality INTO place
    FROM jsonb_array_elements(d.checklist -> 'signOff' -> 'steps') WITH ORDINALITY AS step
   WHERE step.value ->> 'role' = NEW.role;
  IF place IS NULL OR place - 1 <> (
    SELECT count(*) FROM approvals a
     WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round AND a.decision = 'approved'
  ) THEN
    RAISE EXCEPTION 'roles sign in the order of the sign-off' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

ALTER TABLE installations
  ADD CONSTRAINT installations_revision CHECK (revision >= 0),
  ADD CONSTRAINT installations_head CHECK ((revision = 0) = (head_hash IS NULL));

-- The installation's own history begins empty: its people, roles and teams.
INSERT INTO installations (id, revision) VALUES ('00000000-0000-4000-8000-000000000000', 0);
