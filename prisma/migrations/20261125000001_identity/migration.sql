-- Identity: second factors, sign-in in two steps, recovery of an account, and the log of who came in.

ALTER TABLE teams ADD COLUMN second_factor_required boolean NOT NULL DEFAULT false;

-- Where a session began and how it was proven; `proven_at` moves on when its person proves themselves again.
ALTER TABLE sessions
  ADD COLUMN address text,
  ADD COLUMN agent text CONSTRAINT sessions_agent_length CHECK (char_length(agent) <= 400),
  ADD COLUMN proof text NOT NULL DEFAULT 'password',
  ADD COLUMN proven_at timestamptz(3),
  ADD COLUMN last_seen_at timestamptz(3),
  ADD CONSTRAINT sessions_proof CHECK (proof IN ('password', 'password+totp', 'password+recovery-code', 'passkey'));
UPDATE sessions SET proven_at = created_at, last_seen_at = created_at;
ALTER TABLE sessions ALTER COLUMN proven_at SET NOT NULL, ALTER COLUMN last_seen_at SET NOT NULL;

ALTER TABLE approvals
  DROP CONSTRAINT approvals_proof,
  ADD CONSTRAINT approvals_proof CHECK (proof IN ('password', 'password+totp', 'password+recovery-code', 'passkey'));

-- A team that asks for a second factor gets no signature without one, whoever writes it.
CREATE FUNCTION refuse_weak_proof() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- An upsert that voids an approval passes here before it becomes an update.
  IF NEW.proof = 'password' AND NOT EXISTS (SELECT FROM approvals a
      WHERE a.deployment_id = NEW.deployment_id AND a.round = NEW.round AND a.role = NEW.role)
    AND (SELECT t.second_factor_required FROM deployments d JOIN teams t ON t.id = d.team_id WHERE d.id = NEW.deployment_id)
  THEN
    RAISE EXCEPTION 'the team asks for a second factor to sign' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approvals_proof_strong BEFORE INSERT ON approvals
  FOR EACH ROW EXECUTE FUNCTION refuse_weak_proof();
ALTER TABLE approvals ENABLE ALWAYS TRIGGER approvals_proof_strong;

CREATE TABLE passkeys (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  credential_id text NOT NULL UNIQUE CONSTRAINT passkeys_credential_length CHECK (char_length(credential_id) BETWEEN 1 AND 1400),
  public_key bytea NOT NULL,
  counter bigint NOT NULL CONSTRAINT passkeys_counter CHECK (counter BETWEEN 0 AND 4294967295),
  rp_id text NOT NULL,
  transports text[] NOT NULL,
  name text NOT NULL CONSTRAINT passkeys_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
  synced boolean NOT NULL,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3)
);
CREATE INDEX passkeys_user_id_idx ON passkeys (user_id);

-- The secret stands here sealed with a key that is not in the database.
CREATE TABLE totp_factors (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  sealed_secret text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  confirmed_at timestamptz(3),
  last_step int NOT NULL DEFAULT 0,
  last_used_at timestamptz(3)
);

CREATE TABLE recovery_codes (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  code_hash text NOT NULL UNIQUE CONSTRAINT recovery_codes_hash_form CHECK (code_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) NOT NULL,
  used_at timestamptz(3)
);
CREATE INDEX recovery_codes_user_id_idx ON recovery_codes (user_id);

-- What a passkey is asked to sign: once, soon, for one person and one purpose.
CREATE TABLE passkey_challenges (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  purpose text NOT NULL CONSTRAINT passkey_challenges_purpose CHECK (purpose IN ('enrol', 'sign-in', 'step-up', 'sign')),
  nonce text NOT NULL CONSTRAINT passkey_challenges_nonce_form CHECK (char_length(nonce) = 43),
  rp_id text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX passkey_challenges_expires_at_idx ON passkey_challenges (expires_at);

-- Somebody who gave the right password and has not shown the second factor yet: not a session.
CREATE TABLE pending_sign_ins (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  token_hash text NOT NULL UNIQUE CONSTRAINT pending_sign_ins_hash_form CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL
);
CREATE INDEX pending_sign_ins_user_id_idx ON pending_sign_ins (user_id);
CREATE INDEX pending_sign_ins_expires_at_idx ON pending_sign_ins (expires_at);

CREATE TABLE recovery_links (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  token_hash text NOT NULL UNIQUE CONSTRAINT recovery_links_hash_form CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  drops_factors boolean NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  ended_at timestamptz(3)
);
CREATE INDEX recovery_links_user_id_idx ON recovery_links (user_id);

CREATE TABLE security_log (
  id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  at timestamptz(3) NOT NULL,
  kind text NOT NULL CONSTRAINT security_log_kind_form CHECK (kind ~ '^[a-z-]+\.[a-z-]+$'),
  user_id uuid REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  address text,
  detail text CONSTRAINT security_log_detail_length CHECK (char_length(detail) <= 400)
);
CREATE INDEX security_log_at_id_idx ON security_log (at DESC, id DESC);
CREATE INDEX security_log_user_id_at_idx ON security_log (user_id, at DESC, id DESC);

CREATE TABLE api_token_addresses (
  token_id uuid NOT NULL REFERENCES api_tokens (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  address text NOT NULL,
  first_seen_at timestamptz(3) NOT NULL,
  PRIMARY KEY (token_id, address)
);

GRANT SELECT, INSERT, DELETE ON passkeys, totp_factors, recovery_codes, passkey_challenges, pending_sign_ins,
  security_log TO countersign_app;
GRANT SELECT, INSERT ON recovery_links, api_token_addresses TO countersign_app;
GRANT UPDATE (counter, synced, last_used_at) ON passkeys TO countersign_app;
GRANT UPDATE (sealed_secret, created_at, confirmed_at, last_step, last_used_at) ON totp_factors TO countersign_app;
GRANT UPDATE (used_at) ON recovery_codes TO countersign_app;
GRANT UPDATE (ended_at) ON recovery_links TO countersign_app;
