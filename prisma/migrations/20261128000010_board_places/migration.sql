-- The board asks by urgency: what rolls back, the longest first; what is past T-0, the newest first; what
-- is planned, by its date; what has ended, the newest first. Each band has 10^14 milliseconds of its own.
CREATE FUNCTION board_place(ended_at timestamptz, rollback_at timestamptz, t0_at timestamptz, deployment_at timestamptz)
  RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (CASE
    WHEN ended_at IS NOT NULL THEN 400000000000000 - extract(epoch FROM ended_at - timestamptz '1970-01-01 00:00:00Z') * 1000
    WHEN rollback_at IS NOT NULL THEN extract(epoch FROM rollback_at - timestamptz '1970-01-01 00:00:00Z') * 1000
    WHEN t0_at IS NOT NULL THEN 200000000000000 - extract(epoch FROM t0_at - timestamptz '1970-01-01 00:00:00Z') * 1000
    ELSE 200000000000000 + extract(epoch FROM deployment_at - timestamptz '1970-01-01 00:00:00Z') * 1000
  END)::bigint;

CREATE INDEX deployments_board_idx ON deployments (board_place(ended_at, rollback_at, t0_at, deployment_at), id);
