-- Machine evidence: verdicts that may be overruled, files, tokens, checks of running services.

ALTER TABLE evidence
  ADD COLUMN overruled_at timestamptz(3),
  ADD COLUMN overruled_by_id uuid,
  ADD COLUMN overruled_by_name text,
  ADD COLUMN overrule_reason text,
  DROP CONSTRAINT evidence_source,
  ADD CONSTRAINT evidence_source CHECK (source IN ('person', 'api', 'system')),
  ADD CONSTRAINT evidence_overruled_whole CHECK (
    num_nulls(overruled_at, overruled_by_id, overruled_by_name, overrule_reason) IN (0, 4)),
  ADD CONSTRAINT evidence_overruled_no_pass CHECK (
    overruled_at IS NULL OR (content ->> 'kind' = 'check' AND content ->> 'verdict' <> 'pass'));

-- The addresses that live checks of a service go to.
ALTER TABLE services ADD COLUMN checks jsonb NOT NULL DEFAULT '{}';
ALTER TABLE services ADD CONSTRAINT services_checks_size CHECK (octet_length(checks::text) <= 65536);

CREATE TABLE files (
  id uuid PRIMARY KEY,
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  name text NOT NULL CONSTRAINT files_name_length CHECK (char_length(name) BETWEEN 1 AND 200),
  media_type text NOT NULL,
  bytes int NOT NULL,
  sha256 text NOT NULL,
  content bytea NOT NULL,
  stored_at timestamptz(3) NOT NULL,
  CONSTRAINT files_bytes CHECK (bytes = octet_length(content) AND bytes BETWEEN 1 AND 20971520),
  CONSTRAINT files_sha256 CHECK (sha256 = encode(sha256(content), 'hex'))
);
-- Compressing what is mostly compressed already costs more than it saves.
ALTER TABLE files ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX files_deployment_id_idx ON files (deployment_id);

CREATE TABLE api_tokens (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  name text NOT NULL CONSTRAINT api_tokens_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
  token_hash text NOT NULL UNIQUE CONSTRAINT api_tokens_hash_form CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  scopes text[] NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  CONSTRAINT api_tokens_scopes CHECK (cardinality(scopes) >= 1 AND scopes <@ ARRAY['read', 'evidence', 'write']),
  CONSTRAINT api_tokens_span CHECK (expires_at > created_at)
);
CREATE INDEX api_tokens_user_id_idx ON api_tokens (user_id);

-- An answer is kept with its key, so that a repeated request gets the same one.
CREATE TABLE idempotent_requests (
  caller text NOT NULL,
  key text NOT NULL CONSTRAINT idempotent_requests_key_length CHECK (char_length(key) BETWEEN 1 AND 255),
  fingerprint text NOT NULL,
  claimed_at timestamptz(3) NOT NULL,
  status int,
  body text,
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotent_requests_claimed_at_idx ON idempotent_requests (claimed_at);

-- What live checks saw last, and each look of those that judge a series.
CREATE TABLE check_runs (
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  item_key text NOT NULL,
  checker text NOT NULL,
  ran_at timestamptz(3) NOT NULL,
  verdict text NOT NULL CONSTRAINT check_runs_verdict CHECK (verdict IN ('pass', 'fail', 'unknown')),
  summary text NOT NULL,
  PRIMARY KEY (deployment_id, item_key, checker)
);

CREATE TABLE probes (
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  item_key text NOT NULL,
  checker text NOT NULL,
  at timestamptz(3) NOT NULL,
  ok boolean NOT NULL,
  detail text NOT NULL,
  PRIMARY KEY (deployment_id, item_key, checker, at)
);

-- GitHub asked whether a job may deploy, and waits for the answer.
CREATE TABLE protection_requests (
  id uuid PRIMARY KEY,
  delivery_id text NOT NULL UNIQUE,
  repository text NOT NULL,
  environment text NOT NULL,
  commit text NOT NULL,
  callback_url text NOT NULL,
  installation_id bigint NOT NULL,
  received_at timestamptz(3) NOT NULL,
  answered_at timestamptz(3),
  answer text CONSTRAINT protection_requests_answer CHECK (answer IN ('approved', 'rejected', 'given-up')),
  CONSTRAINT protection_requests_answered_whole CHECK (num_nulls(answered_at, answer) IN (0, 2))
);
CREATE INDEX protection_requests_waiting_idx ON protection_requests (received_at) WHERE answered_at IS NULL;

GRANT SELECT, INSERT ON files, api_tokens, protection_requests TO countersign_app;
GRANT UPDATE (last_used_at, revoked_at) ON api_tokens TO countersign_app;
GRANT UPDATE (answered_at, answer) ON protection_requests TO countersign_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotent_requests TO countersign_app;
GRANT SELECT, INSERT, UPDATE ON check_runs TO countersign_app;
GRANT SELECT, INSERT, DELETE ON probes TO countersign_app;
GRANT UPDATE (overruled_at, overruled_by_id, overruled_by_name, overrule_reason) ON evidence TO countersign_app;
