CREATE TABLE "effects" (
	"work_id" text PRIMARY KEY NOT NULL,
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"path" text NOT NULL,
	"attempt" integer NOT NULL,
	"key" text NOT NULL,
	"worker" text NOT NULL,
	"fence" integer NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	"evidence" json NOT NULL
);
