-- What runs of a service is what reached T-0 last and was not rolled back.
CREATE INDEX deployments_running_idx ON deployments (service_id, t0_at DESC)
  WHERE t0_at IS NOT NULL AND rollback_at IS NULL;
