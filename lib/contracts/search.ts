import { z } from 'zod'
import { RunStatus } from './runs.ts'

export const SearchQuery = z.strictObject({ q: z.string().max(200) })
export type SearchQuery = z.infer<typeof SearchQuery>

/** What the command palette finds by a few letters, at most eight of each kind. */
export const SearchResults = z.object({
  workflows: z.array(
    z.object({ id: z.string(), name: z.string(), tags: z.array(z.string()).readonly(), enabled: z.boolean() }),
  ),
  runs: z.array(
    z.object({ run_id: z.string(), workflow_name: z.string(), status: RunStatus, started_at: z.iso.datetime() }),
  ),
})
export type SearchResults = z.infer<typeof SearchResults>
