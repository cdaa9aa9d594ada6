-- A repeated request gets the very answer of the first one, its headers included.
ALTER TABLE idempotent_requests ADD COLUMN headers jsonb;

-- When a service's addresses change, what was seen at the old ones is forgotten.
GRANT DELETE ON check_runs TO countersign_app;
