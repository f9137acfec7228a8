ALTER TABLE "messages" ALTER COLUMN "data" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "run_events" ALTER COLUMN "data" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "run_steps" ALTER COLUMN "input" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "run_steps" ALTER COLUMN "output" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "run_steps" ALTER COLUMN "error" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "state" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "inputs" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "static" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "runs" ALTER COLUMN "outputs" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "waits" ALTER COLUMN "opening" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "constants" ALTER COLUMN "value" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "work" ALTER COLUMN "payload" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "workflow_versions" ALTER COLUMN "definition" SET DATA TYPE json;