-- The secret address at which a person's calendar program reads deployments; one a person.
CREATE TABLE calendar_addresses (
  user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  token_hash text NOT NULL UNIQUE CONSTRAINT calendar_addresses_hash_form CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3)
);
GRANT SELECT, INSERT, DELETE, UPDATE (token_hash, created_at, last_used_at) ON calendar_addresses TO countersign_app;
