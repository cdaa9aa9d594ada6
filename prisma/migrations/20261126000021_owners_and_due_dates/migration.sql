-- Who is to settle an item, and until when where that was set.

ALTER TABLE checklist_items
  ADD COLUMN owner_id uuid,
  ADD COLUMN owner_name text,
  ADD COLUMN due_at timestamptz(3),
  ADD CONSTRAINT checklist_items_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  ADD CONSTRAINT checklist_items_owner_whole CHECK (num_nulls(owner_id, owner_name) IN (0, 2));
CREATE INDEX checklist_items_owner_id_idx ON checklist_items (owner_id);
GRANT UPDATE (owner_id, owner_name, due_at) ON checklist_items TO countersign_app;

-- For the history of one item: the events that are about several at once.
CREATE INDEX events_items_idx ON events USING gin ((body::jsonb -> 'data' -> 'items') jsonb_path_ops)
  WHERE body::jsonb -> 'data' -> 'items' IS NOT NULL;
