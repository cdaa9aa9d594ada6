-- An edited comment may name somebody anew: whoever it had named before is left out when it is told of.
DROP TRIGGER events_to_outbox ON events;
CREATE TRIGGER events_to_outbox AFTER INSERT ON events
  FOR EACH ROW WHEN (NEW.type IN ('approval.granted', 'approval.rejected', 'sign-off.voided', 'items.assigned',
    'comment.added', 'rollback.triggered', 'phase.reopened', 'break-glass.requested', 'break-glass.confirmed',
    'deployment.completed', 'freeze.lifted')
    OR (NEW.type = 'comment.edited' AND NEW.body::jsonb #> '{data,mentions}' <> '[]')
    OR (NEW.type = 'evidence.added' AND NEW.actor_id = '00000000-0000-4000-8000-000000000001'
      AND NEW.body::jsonb #>> '{data,content,verdict}' = 'fail'))
  EXECUTE FUNCTION write_event_to_outbox();
