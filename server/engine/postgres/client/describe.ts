import type { RunState } from '#lib/workflow/state.ts'
import type { RunDescription } from '../../port.ts'
import type { EngineParts } from '../parts.ts'

export async function describe(parts: EngineParts, run_id: string): Promise<RunDescription | null> {
  const [row] = await parts.sql<
    { workflow_id: string; workflow_version: number; state: RunState; ids: Record<string, string> | null }[]
  >`
    select workflow_id, workflow_version, state,
      (select jsonb_object_agg(key, id) from waits where run_id = runs.id and outcome is null) as ids
    from runs where id = ${run_id}`
  if (!row) return null
  const { workflow_id, workflow_version, state } = row
  const waits = Object.values(state.waits).map((wait) => ({ wait_id: row.ids?.[wait.key] ?? '', wait }))
  return { run_id, workflow_id, workflow_version, status: state.status, state, waits }
}
