DROP INDEX "runs_by_workflow";--> statement-breakpoint
DROP INDEX "runs_by_status";--> statement-breakpoint
CREATE INDEX "runs_by_name" ON "runs" USING btree ("workflow_name","id");--> statement-breakpoint
CREATE INDEX "runs_by_starter" ON "runs" USING btree (coalesce("profile" ->> 'user_email', "profile" ->> 'agent_id', 'API key'),"id");--> statement-breakpoint
CREATE INDEX "runs_by_workflow" ON "runs" USING btree ("workflow_id","id");--> statement-breakpoint
CREATE INDEX "runs_by_status" ON "runs" USING btree ("status","id");