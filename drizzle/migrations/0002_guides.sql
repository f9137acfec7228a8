CREATE TABLE "guides" (
	"user_id" text PRIMARY KEY NOT NULL,
	"workflow_id" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"editor_seen_at" timestamp (3) with time zone,
	"mail_seen_at" timestamp (3) with time zone,
	"timeline_seen_at" timestamp (3) with time zone,
	"dismissed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "guides" ADD CONSTRAINT "guides_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;