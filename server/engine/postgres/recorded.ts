import type { Queries } from '#server/db/client.ts'
import type { AdvanceInput } from './advance.ts'
import { rowsOf } from './advance-rows.ts'
import { toStoredJson } from './stored-json.ts'

/**
 * Whether a run's history holds just what this would have added to it: then it was written, and only its answer was lost. A
 * run that somebody else moved from the same place tells something else there.
 */
export async function isRecorded(sql: Queries, input: AdvanceInput): Promise<boolean> {
  const { events } = rowsOf([input]).lists
  if (events.length === 0) return false
  const [row] = await sql<{ stands: boolean }[]>`
    select count(*) = ${events.length} as stands
    from json_to_recordset(${toStoredJson(events)}::text::json) as e(seq int, epoch int, type text, at timestamptz, data jsonb)
      join run_events as r
        on r.run_id = ${input.run_id} and r.seq = e.seq and r.epoch = e.epoch and r.type = e.type and r.at = e.at and r.data::jsonb = e.data`
  return row?.stands ?? false
}
