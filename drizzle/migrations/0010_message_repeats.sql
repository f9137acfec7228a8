ALTER TABLE "messages" ADD COLUMN "sending" integer;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "repeats" integer DEFAULT 0 NOT NULL;