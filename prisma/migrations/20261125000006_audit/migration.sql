-- For auditors: text search over all history, saved views, who looked at what, retention with legal hold.

-- Punctuation parts words, so that `v2.14.0`, `payments-api` and an id are phrases of their parts.
CREATE FUNCTION search_words(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN translate(value, '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32));

-- What an event is found by: its hash, whoever did it, and every text that it carries, save the
-- checklist, which is the same in all openings. Cut, since a tsvector holds a megabyte at most.
CREATE FUNCTION event_search(body text, hash text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (
    SELECT to_tsvector('simple', search_words(hash || ' ' || left(concat_ws(' ',
      body::jsonb #>> '{actor,name}', body::jsonb #>> '{actor,token,name}',
      (SELECT string_agg(found.value #>> '{}', ' ')
         FROM jsonb_path_query(body::jsonb -> 'data' #- '{checklist}', 'strict $.** ? (@.type() == "string")') AS found(value))
    ), 100000))));

-- All words must be there, each as a beginning: `pay v2.14` finds payments-api v2.14.0.
CREATE FUNCTION search_query(value text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN (
    SELECT coalesce(string_agg('(' || words.phrase::text || ':*)', ' & ')::tsquery, ''::tsquery)
      FROM (SELECT phraseto_tsquery('simple', search_words(word)) AS phrase
              FROM regexp_split_to_table(value, '\s+') AS word) AS words
     WHERE numnode(words.phrase) > 0);

-- `stone_seq` is set on an event whose content was removed: its body is then a shell that names the
-- stone, an event in the installation's history. The hash stays, so that the chain still holds.
ALTER TABLE events
  ADD COLUMN stone_seq int GENERATED ALWAYS AS (((body::jsonb) ->> 'removed')::int) STORED,
  ADD COLUMN search tsvector GENERATED ALWAYS AS (event_search(body, hash)) STORED,
  DROP CONSTRAINT events_hash,
  ADD CONSTRAINT events_hash CHECK (stone_seq IS NOT NULL OR hash = encode(sha256(convert_to(body, 'UTF8')), 'hex'));
CREATE INDEX events_search_idx ON events USING gin (search);
CREATE INDEX events_item_idx ON events ((body::jsonb -> 'data' ->> 'item'), at, stream_id, seq)
  WHERE body::jsonb -> 'data' ->> 'item' IS NOT NULL;

CREATE TABLE saved_views (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  name text NOT NULL CONSTRAINT saved_views_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
  query text NOT NULL CONSTRAINT saved_views_query_length CHECK (char_length(query) BETWEEN 1 AND 2000),
  created_at timestamptz(3) NOT NULL,
  CONSTRAINT saved_views_name_once UNIQUE (user_id, name)
);
GRANT SELECT, INSERT, DELETE, UPDATE (name) ON saved_views TO countersign_app;

-- Who looked at what; a repeat within the same ten minutes is the same look.
CREATE TABLE access_log (
  id uuid PRIMARY KEY,
  at timestamptz(3) NOT NULL,
  span timestamptz(3) NOT NULL,
  actor_id uuid NOT NULL,
  actor_name text NOT NULL,
  act text NOT NULL CONSTRAINT access_log_act CHECK (act IN ('opened', 'searched', 'exported')),
  subject text NOT NULL CONSTRAINT access_log_subject_length CHECK (char_length(subject) BETWEEN 1 AND 2000),
  deployment_id uuid,
  team_id uuid,
  CONSTRAINT access_log_deployment_with_team CHECK (num_nulls(deployment_id, team_id) IN (0, 2))
);
CREATE UNIQUE INDEX access_log_once ON access_log (actor_id, act, span, md5(subject), deployment_id) NULLS NOT DISTINCT;
CREATE INDEX access_log_at_id_idx ON access_log (at DESC, id DESC);
GRANT SELECT, INSERT ON access_log TO countersign_app;

-- Days after the end of a deployment at which its content may go; null: nothing ever goes.
ALTER TABLE installations ADD COLUMN retention_days int
  CONSTRAINT installations_retention_days CHECK (retention_days BETWEEN 30 AND 36500);
GRANT UPDATE (retention_days) ON installations TO countersign_app;

ALTER TABLE deployments
  ADD COLUMN legal_hold_at timestamptz(3),
  ADD COLUMN legal_hold_by_id uuid,
  ADD COLUMN legal_hold_by_name text,
  ADD COLUMN legal_hold_reason text,
  ADD COLUMN stone_seq int,
  ADD CONSTRAINT deployments_legal_hold_whole CHECK (
    num_nulls(legal_hold_at, legal_hold_by_id, legal_hold_by_name, legal_hold_reason) IN (0, 4)),
  ADD CONSTRAINT deployments_removed_lawfully CHECK (
    stone_seq IS NULL OR (ended_at IS NOT NULL AND legal_hold_at IS NULL));
GRANT UPDATE (legal_hold_at, legal_hold_by_id, legal_hold_by_name, legal_hold_reason) ON deployments TO countersign_app;
CREATE INDEX deployments_ended_at_idx ON deployments (ended_at) WHERE ended_at IS NOT NULL AND stone_seq IS NULL;

-- What is left of an event: canonical JSON with its place, time, type and the id of whoever did it.
CREATE FUNCTION event_shell(stream uuid, seq int, type text, at text, actor_id text, prev text, stone int)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN format('{"actor":{"id":%s},"at":%s,"format":1,"prev":%s,"removed":%s,"seq":%s,"stream":%s,"type":%s}',
    to_json(actor_id), to_json(at), coalesce(to_json(prev)::text, 'null'), stone, seq, to_json(stream), to_json(type));

-- Whether the outermost frame of a call stack is the one function that may remove.
CREATE FUNCTION is_lawful_removal(stack text) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN stack ~ '(^|\n)[^\n".]* remove_deployment_content\(uuid,text,text\)[^\n"]*$';

CREATE FUNCTION refuse_change_of_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  stack text;
  stone int;
BEGIN
  GET DIAGNOSTICS stack = PG_CONTEXT;
  IF TG_OP = 'UPDATE' AND is_lawful_removal(stack) THEN
    stone := (NEW.body::jsonb ->> 'removed')::int;
    IF NEW.stream_id = OLD.stream_id AND NEW.seq = OLD.seq AND NEW.hash = OLD.hash AND OLD.stone_seq IS NULL
       AND NEW.body = event_shell(OLD.stream_id, OLD.seq, OLD.type, OLD.at, OLD.actor_id, OLD.prev_hash, stone) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'history is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

DROP TRIGGER events_append_only ON events;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_event();
ALTER TABLE events ENABLE ALWAYS TRIGGER events_append_only;

-- A stone is written with its removal, and a shell never comes in as a new event.
CREATE FUNCTION refuse_forged_stone() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  stack text;
BEGIN
  GET DIAGNOSTICS stack = PG_CONTEXT;
  IF NEW.stone_seq IS NOT NULL OR NOT is_lawful_removal(stack) THEN
    RAISE EXCEPTION 'a stone is written by the removal that it tells of' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER events_no_forged_stone AFTER INSERT ON events
  FOR EACH ROW WHEN (NEW.stone_seq IS NOT NULL OR NEW.type = 'retention.content-removed')
  EXECUTE FUNCTION refuse_forged_stone();
ALTER TABLE events ENABLE ALWAYS TRIGGER events_no_forged_stone;

-- The one way in which anything is ever removed. Refuses a record that has not ended, that the
-- retention span still covers or that is under legal hold, and a stone that tells it otherwise.
CREATE FUNCTION remove_deployment_content(record uuid, stone_body text, stone_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  installation installations%ROWTYPE;
  d deployments%ROWTYPE;
  stone jsonb := stone_body::jsonb;
  told jsonb := stone -> 'data';
  shells text;
BEGIN
  SELECT * INTO STRICT installation FROM installations
   WHERE id = '00000000-0000-4000-8000-000000000000' FOR UPDATE;
  SELECT * INTO STRICT d FROM deployments WHERE id = record FOR UPDATE;
  IF d.stone_seq IS NOT NULL THEN
    RAISE EXCEPTION 'its content has been removed' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_once';
  END IF;
  IF d.legal_hold_at IS NOT NULL THEN
    RAISE EXCEPTION 'it is under legal hold' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_not_under_hold';
  END IF;
  IF d.ended_at IS NULL OR installation.retention_days IS NULL
     OR d.ended_at + make_interval(hours => 24 * installation.retention_days) > now() THEN
    RAISE EXCEPTION 'the retention span covers it' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_after_span';
  END IF;
  SELECT encode(sha256(convert_to(string_agg(
           event_shell(e.stream_id, e.seq, e.type, e.at, e.actor_id, e.prev_hash, installation.revision + 1),
           E'\n' ORDER BY e.seq), 'UTF8')), 'hex')
    INTO shells FROM events e WHERE e.stream_id = record;
  IF (stone ->> 'type', (stone ->> 'seq')::int, stone ->> 'prev', told ->> 'deployment', (told ->> 'events')::int,
      told ->> 'headHash', (told ->> 'retentionDays')::int, told ->> 'shells')
     IS DISTINCT FROM
     ('retention.content-removed', installation.revision + 1, installation.head_hash, record::text, d.revision,
      d.head_hash, installation.retention_days, shells) THEN
    RAISE EXCEPTION 'the stone tells of something else' USING ERRCODE = 'check_violation', CONSTRAINT = 'removal_as_told';
  END IF;
  INSERT INTO events (stream_id, seq, body, hash) VALUES (installation.id, installation.revision + 1, stone_body, stone_hash);
  UPDATE installations SET revision = revision + 1, head_hash = stone_hash WHERE id = installation.id;
  UPDATE events SET body = event_shell(stream_id, seq, type, at, actor_id, prev_hash, installation.revision + 1)
   WHERE stream_id = record;
  DELETE FROM files WHERE deployment_id = record;
  DELETE FROM probes WHERE deployment_id = record;
  DELETE FROM check_runs WHERE deployment_id = record;
  DELETE FROM evidence WHERE deployment_id = record;
  DELETE FROM approvals WHERE deployment_id = record;
  DELETE FROM rejection_answers WHERE deployment_id = record;
  DELETE FROM break_glass WHERE deployment_id = record;
  DELETE FROM looks WHERE deployment_id = record;
  DELETE FROM checklist_items WHERE deployment_id = record;
  DELETE FROM phases WHERE deployment_id = record;
  UPDATE deployments SET stone_seq = installation.revision + 1, links = '[]',
         opened_by_name = 'removed', deployed_by_name = 'removed', ended_by_name = 'removed',
         ended_reason = CASE WHEN ended_reason IS NOT NULL THEN 'removed' END,
         rollback_by_name = CASE WHEN rollback_at IS NOT NULL THEN 'removed' END,
         rollback_reason = CASE WHEN rollback_at IS NOT NULL THEN 'removed' END
   WHERE id = record;
END $$;
REVOKE ALL ON FUNCTION remove_deployment_content(uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION remove_deployment_content(uuid, text, text) TO countersign_app;
