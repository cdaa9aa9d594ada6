/** The migrations in `prisma/migrations`, oldest first; a test compares the two. */
export const MIGRATIONS = [
  "20261124000000_record",
  "20261124000001_constraints",
  "20261124000002_append_only_history",
  "20261124000003_machine_evidence",
  "20261125000000_signing",
  "20261125000001_identity",
  "20261125000002_proof",
  "20261125000004_repeats_and_reconfigured_checks",
  "20261125000005_signing_proof",
  "20261125000006_audit",
  "20261126000011_removal_by_events",
  "20261126000021_owners_and_due_dates",
  "20261126000022_comments",
  "20261126000031_notifications",
  "20261126000032_team_webhooks",
  "20261126000041_freezes",
] as const;
