CREATE INDEX "ai_calls_by_time" ON "ai_calls" USING btree ("at");--> statement-breakpoint
CREATE INDEX "runs_by_time" ON "runs" USING btree ("created_at","status","workflow_id","ended_at","id");