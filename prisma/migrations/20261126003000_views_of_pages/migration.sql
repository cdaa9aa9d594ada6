-- Views of more than one page: each knows its own, and a name is taken once a page.

ALTER TABLE saved_views ADD COLUMN page text NOT NULL DEFAULT 'history'
  CONSTRAINT saved_views_page CHECK (page IN ('board', 'history'));
ALTER TABLE saved_views ALTER COLUMN page DROP DEFAULT;
ALTER TABLE saved_views DROP CONSTRAINT saved_views_name_once;
ALTER TABLE saved_views ADD CONSTRAINT saved_views_name_once UNIQUE (user_id, page, name);
