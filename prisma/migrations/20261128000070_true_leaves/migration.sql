-- The app's own role appends to the log what its server would append, whoever speaks in its name: the next
-- event of a stream, with the hashes of the subtrees that its leaf completes. So the server can sign it.
CREATE FUNCTION refuse_false_leaf() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  level int := 0;
  left_child bytea;
  node bytea := NEW.hash;
  completed bytea := '';
BEGIN
  IF NEW.seq > 1 AND NOT EXISTS (SELECT FROM log_leaves l WHERE l.stream_id = NEW.stream_id AND l.seq = NEW.seq - 1) THEN
    RAISE EXCEPTION 'log_leaves takes the events of a stream one after another' USING ERRCODE = 'check_violation';
  END IF;
  -- A leaf completes a subtree for each one-bit at the end of its index.
  WHILE (NEW.leaf_index >> level) & 1 = 1 LOOP
    SELECT CASE level WHEN 0 THEN l.hash ELSE substr(l.nodes, (level - 1) * 32 + 1, 32) END INTO left_child
      FROM log_leaves l WHERE l.leaf_index = NEW.leaf_index - (1::bigint << level);
    node := sha256('\x01'::bytea || left_child || node);
    completed := completed || node;
    level := level + 1;
  END LOOP;
  IF NEW.nodes IS DISTINCT FROM completed THEN
    RAISE EXCEPTION 'log_leaves takes no other subtrees than its leaves complete' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER log_leaves_true AFTER INSERT ON log_leaves
  FOR EACH ROW EXECUTE FUNCTION refuse_false_leaf();
ALTER TABLE log_leaves ENABLE ALWAYS TRIGGER log_leaves_true;
