CREATE TYPE "public"."account_token_kind" AS ENUM('setup', 'invite', 'reset');--> statement-breakpoint
CREATE TYPE "public"."agent_type" AS ENUM('openai', 'claude', 'custom');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('owner', 'admin', 'editor', 'approver', 'viewer');--> statement-breakpoint
CREATE TYPE "public"."message_status" AS ENUM('queued', 'sent', 'failed');--> statement-breakpoint
CREATE TYPE "public"."run_status" AS ENUM('queued', 'running', 'waiting', 'completed', 'failed', 'canceled');--> statement-breakpoint
CREATE TYPE "public"."step_status" AS ENUM('pending', 'running', 'waiting', 'completed', 'failed', 'skipped', 'canceled');--> statement-breakpoint
CREATE TYPE "public"."wait_kind" AS ENUM('form', 'approval');--> statement-breakpoint
CREATE TYPE "public"."work_kind" AS ENUM('step', 'timer', 'message');--> statement-breakpoint
CREATE TABLE "account_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" "account_token_kind" NOT NULL,
	"email" text,
	"role" "role",
	"user_id" text,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" "role" NOT NULL,
	"scopes" jsonb,
	"agent_id" text,
	"agent_type" "agent_type",
	"rate_limit" integer,
	"quota" integer,
	"hash" text NOT NULL,
	"hint" text NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "refresh_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"family" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "refresh_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text,
	"role" "role" NOT NULL,
	"password_hash" text NOT NULL,
	"disabled_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"run_id" text,
	"wait_id" text,
	"approver" text,
	"generation" integer DEFAULT 0 NOT NULL,
	"to" text NOT NULL,
	"data" jsonb NOT NULL,
	"channel" text,
	"status" "message_status" NOT NULL,
	"error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "ai_calls" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"epoch" integer NOT NULL,
	"path" text NOT NULL,
	"step_id" text NOT NULL,
	"visit" integer NOT NULL,
	"attempt" integer NOT NULL,
	"position" integer NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"template_id" text,
	"template_version" integer,
	"retry_count" integer NOT NULL,
	"prompt" text NOT NULL,
	"answer" text,
	"violations" jsonb NOT NULL,
	"tokens_prompt" integer NOT NULL,
	"tokens_output" integer NOT NULL,
	"latency_ms" integer NOT NULL,
	"cost_usd" double precision,
	"error" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval_decisions" (
	"wait_id" text NOT NULL,
	"generation" integer NOT NULL,
	"approver" text NOT NULL,
	"run_id" text NOT NULL,
	"decision" text NOT NULL,
	"comment" text NOT NULL,
	"by" jsonb NOT NULL,
	"digest" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "approval_decisions_wait_id_generation_approver_pk" PRIMARY KEY("wait_id","generation","approver")
);
--> statement-breakpoint
CREATE TABLE "run_events" (
	"id" bigserial NOT NULL,
	"run_id" text NOT NULL,
	"seq" integer NOT NULL,
	"epoch" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"step_id" text,
	"path" text,
	"data" jsonb NOT NULL,
	CONSTRAINT "run_events_run_id_seq_pk" PRIMARY KEY("run_id","seq"),
	CONSTRAINT "run_events_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "run_steps" (
	"run_id" text NOT NULL,
	"epoch" integer NOT NULL,
	"path" text NOT NULL,
	"step_id" text NOT NULL,
	"visit" integer NOT NULL,
	"attempt" integer NOT NULL,
	"type" text NOT NULL,
	"status" "step_status" NOT NULL,
	"seq" integer NOT NULL,
	"input" jsonb,
	"output" jsonb,
	"source" text,
	"error" jsonb,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"retry_at" timestamp (3) with time zone,
	CONSTRAINT "run_steps_run_id_epoch_path_step_id_visit_attempt_pk" PRIMARY KEY("run_id","epoch","path","step_id","visit","attempt")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"workflow_id" text NOT NULL,
	"workflow_version" integer NOT NULL,
	"workflow_name" text NOT NULL,
	"status" "run_status" NOT NULL,
	"state" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"epoch" integer NOT NULL,
	"current_step" text,
	"inputs" jsonb NOT NULL,
	"static" jsonb NOT NULL,
	"profile" jsonb NOT NULL,
	"outputs" jsonb,
	"error" jsonb,
	"idempotency_key" text,
	"fingerprint" text,
	"request_id" text NOT NULL,
	"cost_usd" double precision DEFAULT 0 NOT NULL,
	"tokens" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "wait_approvers" (
	"wait_id" text NOT NULL,
	"approver" text NOT NULL,
	"email" text NOT NULL,
	"user_id" text,
	CONSTRAINT "wait_approvers_wait_id_approver_pk" PRIMARY KEY("wait_id","approver")
);
--> statement-breakpoint
CREATE TABLE "waits" (
	"id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" "wait_kind" NOT NULL,
	"step_id" text NOT NULL,
	"path" text NOT NULL,
	"wait" jsonb NOT NULL,
	"opening" jsonb NOT NULL,
	"outcome" text,
	"closed_by" jsonb,
	"priority" integer DEFAULT 1 NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" text PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor" jsonb NOT NULL,
	"action" text NOT NULL,
	"target" text NOT NULL,
	"detail" jsonb NOT NULL,
	"request_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "constants" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"sensitive" boolean DEFAULT false NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" text
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"envelope" text NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" text
);
--> statement-breakpoint
CREATE TABLE "system" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "template_versions" (
	"template_id" text NOT NULL,
	"version" integer NOT NULL,
	"content" text NOT NULL,
	"message" text,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "template_versions_template_id_version_pk" PRIMARY KEY("template_id","version")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "work" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" "work_kind" NOT NULL,
	"run_id" text,
	"key" text NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	"owner" text,
	"fence" integer DEFAULT 0 NOT NULL,
	"payload" jsonb NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workflow_versions" (
	"workflow_id" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"definition" jsonb NOT NULL,
	"warnings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"message" text,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflow_versions_workflow_id_version_pk" PRIMARY KEY("workflow_id","version")
);
--> statement-breakpoint
CREATE TABLE "workflows" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"version" integer NOT NULL,
	"created_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "account_tokens" ADD CONSTRAINT "account_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refresh_tokens" ADD CONSTRAINT "refresh_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_versions" ADD CONSTRAINT "template_versions_template_id_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workflow_versions" ADD CONSTRAINT "workflow_versions_workflow_id_workflows_id_fk" FOREIGN KEY ("workflow_id") REFERENCES "public"."workflows"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "refresh_tokens_family" ON "refresh_tokens" USING btree ("family");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "messages_run" ON "messages" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "messages_list" ON "messages" USING btree ("id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "ai_calls_run" ON "ai_calls" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "approval_decisions_run" ON "approval_decisions" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_idempotency" ON "runs" USING btree ("workflow_id","idempotency_key");--> statement-breakpoint
CREATE INDEX "runs_by_workflow" ON "runs" USING btree ("workflow_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "runs_by_status" ON "runs" USING btree ("status","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "wait_approvers_email" ON "wait_approvers" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "waits_key" ON "waits" USING btree ("run_id","key");--> statement-breakpoint
CREATE INDEX "waits_open" ON "waits" USING btree ("kind","id" DESC NULLS LAST) WHERE "waits"."outcome" is null;--> statement-breakpoint
CREATE INDEX "waits_closed" ON "waits" USING btree ("kind","closed_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_log_target" ON "audit_log" USING btree ("target");--> statement-breakpoint
CREATE UNIQUE INDEX "work_key" ON "work" USING btree ("run_id","kind","key");--> statement-breakpoint
CREATE INDEX "work_due" ON "work" USING btree ("due") WHERE "work"."owner" is null;--> statement-breakpoint
CREATE INDEX "work_owner" ON "work" USING btree ("owner") WHERE "work"."owner" is not null;--> statement-breakpoint
CREATE INDEX "workflows_list" ON "workflows" USING btree ("deleted_at","id");