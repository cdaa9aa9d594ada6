-- How often a comment was edited, which has a bound, and whom it ever named, with the number of the event that
-- did so first: who tells of an edit reads no other edit.
ALTER TABLE comments ADD COLUMN named jsonb NOT NULL DEFAULT '{}', ADD COLUMN edits int NOT NULL DEFAULT 0;

WITH said AS (
  SELECT stream_id, seq, type, body::jsonb -> 'data' AS data FROM events
   WHERE type IN ('comment.added', 'comment.edited')),
named AS (
  SELECT id, jsonb_object_agg(person, seq) AS people FROM (
    SELECT said.data ->> 'commentId' AS id, person, min(said.seq) AS seq
      FROM said, jsonb_array_elements_text(said.data -> 'mentions') AS mentioned(person) GROUP BY 1, 2) AS first
   GROUP BY id),
edited AS (
  SELECT data ->> 'commentId' AS id, count(*) AS times FROM said WHERE type = 'comment.edited' GROUP BY 1)
UPDATE comments c
   SET named = coalesce((SELECT people FROM named WHERE named.id = c.id::text), '{}'),
       edits = coalesce((SELECT times FROM edited WHERE edited.id = c.id::text), 0);

GRANT UPDATE (named, edits) ON comments TO countersign_app;
