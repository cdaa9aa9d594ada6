-- A keyed request that took effect and died before its answer takes none again, whatever others did since:
-- the statement that changes a record marks the request's claim.
ALTER TABLE idempotent_requests ADD COLUMN took_effect boolean NOT NULL DEFAULT false;
