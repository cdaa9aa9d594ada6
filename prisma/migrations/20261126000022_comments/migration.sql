-- What people say on a record or at an item. Earlier texts, and those of deleted ones, are in the events.

CREATE TABLE comments (
  id uuid PRIMARY KEY,
  deployment_id uuid NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  item_key text,
  seq int NOT NULL,
  text text CONSTRAINT comments_text_length CHECK (char_length(text) BETWEEN 1 AND 10000),
  mentions uuid[] NOT NULL,
  added_at timestamptz(3) NOT NULL,
  added_by_id uuid NOT NULL,
  added_by_name text NOT NULL,
  edited_at timestamptz(3),
  deleted_at timestamptz(3),
  deleted_by_id uuid,
  deleted_by_name text,
  CONSTRAINT comments_deployment_id_seq_key UNIQUE (deployment_id, seq),
  CONSTRAINT comments_deleted_whole CHECK (num_nulls(deleted_at, deleted_by_id, deleted_by_name) IN (0, 3)),
  CONSTRAINT comments_deleted_without_text CHECK ((text IS NULL) = (deleted_at IS NOT NULL))
);
GRANT SELECT, INSERT, UPDATE (text, mentions, edited_at, deleted_at, deleted_by_id, deleted_by_name) ON comments TO countersign_app;

-- They go with the content of their record. Only the function that removes it sets a stone.
CREATE FUNCTION remove_comments_with_content() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM comments WHERE deployment_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER deployments_remove_comments AFTER UPDATE OF stone_seq ON deployments
  FOR EACH ROW WHEN (NEW.stone_seq IS NOT NULL) EXECUTE FUNCTION remove_comments_with_content();
ALTER TABLE deployments ENABLE ALWAYS TRIGGER deployments_remove_comments;
