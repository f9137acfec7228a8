import type { Queries } from '#server/db/client.ts'
import type { AdvanceInput } from './advance.ts'
import { rowsOf } from './advance-rows.ts'
import { toStoredJson } from './stored-json.ts'

/**
 * Whether all of this stands in the run's rows: what its history gained, what its steps gave, who decided in whose place, and
 * an answer that came before its wait. Then it was written, and only its answer was lost. A run that somebody else moved from
 * the same place tells something else there.
 */
export async function isRecorded(sql: Queries, input: AdvanceInput): Promise<boolean> {
  const { events, steps, decisions } = rowsOf([input]).lists
  if (events.length === 0) return false
  const { run_id, transition } = input
  const kept = transition.events.some(({ type }) => type === 'answer.kept') ? transition.state.early?.slice(-1) : []
  const [row] = await sql<{ stands: boolean }[]>`
    select not exists (
      select from json_to_recordset(${toStoredJson(events)}::text::json)
        as e(seq int, epoch int, type text, at timestamptz, data jsonb)
      where not exists (
        select from run_events as r where r.run_id = ${run_id} and r.seq = e.seq and r.epoch = e.epoch and r.type = e.type
          and r.at = e.at and r.data::jsonb = e.data)
    ) and not exists (
      select from json_to_recordset(${toStoredJson(steps)}::text::json)
        as s(epoch int, path text, step_id text, visit int, attempt int, status text, output jsonb)
      where s.status = 'completed' and not exists (
        select from run_steps as r where r.run_id = ${run_id} and r.epoch = s.epoch and r.path = s.path
          and r.step_id = s.step_id and r.visit = s.visit and r.attempt = s.attempt and r.output::jsonb is not distinct from s.output)
    ) and not exists (
      select from json_to_recordset(${toStoredJson(decisions)}::text::json) as d(wait text, generation int, approver text, at timestamptz)
      where not exists (
        select from waits join approval_decisions as r on r.wait_id = waits.id
        where waits.run_id = ${run_id} and waits.key = d.wait and r.generation = d.generation and r.approver = d.approver and r.at = d.at)
    ) and exists (
      select from runs where id = ${run_id} and coalesce(state::jsonb->'early', '[]') @> ${toStoredJson(kept)}::text::jsonb
    ) as stands`
  return row?.stands ?? false
}
