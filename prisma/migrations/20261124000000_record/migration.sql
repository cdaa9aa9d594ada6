CREATE TABLE "teams" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "opener_may_sign" BOOLEAN NOT NULL DEFAULT false,
    "deployer_may_sign" BOOLEAN NOT NULL DEFAULT false,
    "may_hold_several_roles" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "role_grants" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "team_id" UUID,
    "granted_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "role_grants_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "services" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slo" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "services_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "deployments" (
    "id" UUID NOT NULL,
    "team_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "service_name" TEXT NOT NULL,
    "predecessor_id" UUID,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_by_id" UUID NOT NULL,
    "opened_by_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "commit" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "deployment_at" TIMESTAMPTZ(3) NOT NULL,
    "deployed_by_id" UUID NOT NULL,
    "deployed_by_name" TEXT NOT NULL,
    "links" JSONB NOT NULL,
    "slo" JSONB NOT NULL,
    "checklist" JSONB NOT NULL,
    "opener_may_sign" BOOLEAN NOT NULL,
    "deployer_may_sign" BOOLEAN NOT NULL,
    "may_hold_several_roles" BOOLEAN NOT NULL,
    "revision" INTEGER NOT NULL,
    "head_hash" TEXT NOT NULL,
    "t0_at" TIMESTAMPTZ(3),
    "sign_off_round" INTEGER NOT NULL,
    "rollback_at" TIMESTAMPTZ(3),
    "rollback_by_id" UUID,
    "rollback_by_name" TEXT,
    "rollback_reason" TEXT,
    "frozen_phase" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_id" UUID,
    "ended_by_name" TEXT,
    "outcome" TEXT,
    "ended_reason" TEXT,
    "status" TEXT NOT NULL,
    "awaited_role" TEXT,
    "summary" JSONB NOT NULL,
    "last_event_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "deployments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "phases" (
    "deployment_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "started_by_id" UUID,
    "started_by_name" TEXT,
    "completed_at" TIMESTAMPTZ(3),
    "completed_by_id" UUID,
    "completed_by_name" TEXT,
    CONSTRAINT "phases_pkey" PRIMARY KEY ("deployment_id", "key")
);

CREATE TABLE "checklist_items" (
    "deployment_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "settled_at" TIMESTAMPTZ(3),
    "settled_by_id" UUID,
    "settled_by_name" TEXT,
    "reason" TEXT,
    CONSTRAINT "checklist_items_pkey" PRIMARY KEY ("deployment_id", "key")
);

CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "deployment_id" UUID NOT NULL,
    "item_key" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by_id" UUID NOT NULL,
    "recorded_by_name" TEXT NOT NULL,
    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "approvals" (
    "deployment_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_by_id" UUID NOT NULL,
    "signed_by_name" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,
    "comment" TEXT,
    "digest" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "may_hold_several_roles" BOOLEAN NOT NULL,
    "voided_at" TIMESTAMPTZ(3),
    "void_cause" TEXT,
    CONSTRAINT "approvals_pkey" PRIMARY KEY ("deployment_id", "round", "role")
);

CREATE TABLE "rejection_answers" (
    "deployment_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_by_id" UUID NOT NULL,
    "answered_by_name" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    CONSTRAINT "rejection_answers_pkey" PRIMARY KEY ("deployment_id", "round")
);

CREATE TABLE "installations" (
    "id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "head_hash" TEXT,
    CONSTRAINT "installations_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "events" (
    "stream_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "prev_seq" INTEGER,
    "prev_hash" TEXT,
    CONSTRAINT "events_pkey" PRIMARY KEY ("stream_id", "seq")
);

CREATE TABLE "rate_limits" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,
    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

CREATE UNIQUE INDEX "teams_name_key" ON "teams"("name");
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");
CREATE INDEX "role_grants_user_id_idx" ON "role_grants"("user_id");
CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions"("token_hash");
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");
CREATE UNIQUE INDEX "services_team_id_name_key" ON "services"("team_id", "name");
CREATE INDEX "deployments_opened_at_id_idx" ON "deployments"("opened_at" DESC, "id" DESC);
CREATE INDEX "deployments_team_id_opened_at_id_idx" ON "deployments"("team_id", "opened_at" DESC, "id" DESC);
CREATE INDEX "deployments_service_id_opened_at_id_idx" ON "deployments"("service_id", "opened_at" DESC, "id" DESC);
CREATE INDEX "deployments_status_opened_at_id_idx" ON "deployments"("status", "opened_at" DESC, "id" DESC);
CREATE INDEX "deployments_awaited_role_idx" ON "deployments"("awaited_role");
CREATE INDEX "deployments_predecessor_id_idx" ON "deployments"("predecessor_id");
CREATE UNIQUE INDEX "evidence_deployment_id_seq_key" ON "evidence"("deployment_id", "seq");
CREATE INDEX "approvals_signed_by_id_idx" ON "approvals"("signed_by_id");
CREATE UNIQUE INDEX "events_stream_id_seq_hash_key" ON "events"("stream_id", "seq", "hash");
CREATE INDEX "events_at_stream_id_seq_idx" ON "events"("at" DESC, "stream_id" DESC, "seq" DESC);
CREATE INDEX "events_actor_id_at_idx" ON "events"("actor_id", "at" DESC);
CREATE INDEX "events_type_at_idx" ON "events"("type", "at" DESC);

ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "role_grants" ADD CONSTRAINT "role_grants_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "services" ADD CONSTRAINT "services_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "services"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "deployments" ADD CONSTRAINT "deployments_predecessor_id_fkey" FOREIGN KEY ("predecessor_id") REFERENCES "deployments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "phases" ADD CONSTRAINT "phases_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "checklist_items" ADD CONSTRAINT "checklist_items_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_deployment_id_item_key_fkey" FOREIGN KEY ("deployment_id", "item_key") REFERENCES "checklist_items"("deployment_id", "key") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "rejection_answers" ADD CONSTRAINT "rejection_answers_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployments"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
