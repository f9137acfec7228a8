ALTER TYPE "public"."work_kind" ADD VALUE 'call';--> statement-breakpoint
ALTER TYPE "public"."work_kind" ADD VALUE 'hang_up';--> statement-breakpoint
ALTER TYPE "public"."work_kind" ADD VALUE 'return';--> statement-breakpoint
ALTER TYPE "public"."work_kind" ADD VALUE 'admit';--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "parent_run_id" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "parent_activity" json;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "forked_from" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "forked_at" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "concurrency_key" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "concurrency_max" integer;--> statement-breakpoint
CREATE INDEX "runs_by_parent" ON "runs" USING btree ("parent_run_id") WHERE "runs"."parent_run_id" is not null;--> statement-breakpoint
CREATE INDEX "runs_by_concurrency" ON "runs" USING btree ("concurrency_key","status","id") WHERE "runs"."concurrency_key" is not null and "runs"."ended_at" is null;