import type { JsonObject } from '#lib/json.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { Profile, RunData } from '#lib/workflow/data.ts'
import { allSteps, type WorkflowDefinition } from '#lib/workflow/definition.ts'
import type { ActivityRef } from '#lib/workflow/events.ts'
import { createProgram, type Program } from '#lib/workflow/program.ts'
import { type KeptStep, restore } from '#lib/workflow/restore.ts'
import type { RunState } from '#lib/workflow/state.ts'
import type { Queries } from '#server/db/client.ts'
import type { RunLinks } from './advance.ts'
import { directoryOf, loadDirectory } from './directory.ts'

/** A run as a transition needs it, and the revision it was read at. */
export interface LoadedRun {
  readonly id: string
  readonly revision: number
  readonly state: RunState
  readonly data: RunData
  readonly program: Program
  readonly request_id: string
  readonly links: RunLinks
}

export interface RunLoader {
  load(run_id: string): Promise<LoadedRun | null>
  program(workflow_id: string, version: number): Promise<Program>
}

/** Definitions are immutable, so the programs of recent ones are kept. */
const KEPT_PROGRAMS = 200

export function createRunLoader(sql: Queries, catalog: StepCatalog): RunLoader {
  const programs = new Map<string, Program>()
  const forkTypes = catalog.list().flatMap(({ type, behavior }) => (behavior === 'fork' ? [type] : []))

  async function program(workflow_id: string, version: number): Promise<Program> {
    const key = `${workflow_id}:${version}`
    const kept = programs.get(key)
    if (kept) return kept
    const [row] = await sql<{ definition: WorkflowDefinition }[]>`
      select definition from workflow_versions where workflow_id = ${workflow_id} and version = ${version}`
    if (!row) throw new Error(`version ${version} of ${workflow_id} is not there`)
    const made = createProgram(row.definition, catalog)
    programs.set(key, made)
    const oldest = programs.keys().next().value
    if (programs.size > KEPT_PROGRAMS && oldest !== undefined) programs.delete(oldest)
    return made
  }

  async function load(run_id: string): Promise<LoadedRun | null> {
    const [row] = await sql<RunRow[]>`
      select id, workflow_id, workflow_version, workflow_name, revision, state, inputs, static, profile, request_id,
        parent_run_id, parent_activity, concurrency_key, concurrency_max,
        coalesce((select json_agg(json_build_object('epoch', epoch, 'path', path, 'step', step_id, 'visit', visit, 'output', output,
                                                    'source', source, 'completed', status = 'completed',
                                                    'fork', case when type = any(${forkTypes}) then input end) order by seq)
                  from run_steps where run_id = runs.id and (status = 'completed' or type = any(${forkTypes}))), '[]') as kept
      from runs where id = ${run_id}`
    if (!row) return null
    const loaded = await program(row.workflow_id, row.workflow_version)
    const data: RunData = {
      run: {
        id: row.id,
        workflow_id: row.workflow_id,
        workflow_name: row.workflow_name,
        workflow_version: row.workflow_version,
      },
      inputs: row.inputs,
      static: row.static,
      profile: row.profile,
      ...restore(row.state, row.kept),
      directory: asksPeople(loaded, catalog) ? await loadDirectory(sql) : directoryOf([]),
    }
    const { id, revision, state, request_id } = row
    return { id, revision, state, data, program: loaded, request_id, links: linksOf(row) }
  }

  return { load, program }
}

function linksOf({ parent_run_id, parent_activity, concurrency_key, concurrency_max }: RunRow): RunLinks {
  return {
    parent: parent_run_id && parent_activity ? { run_id: parent_run_id, activity: parent_activity } : null,
    concurrency: concurrency_key && concurrency_max ? { key: concurrency_key, max: concurrency_max } : null,
  }
}

interface RunRow {
  id: string
  workflow_id: string
  workflow_version: number
  workflow_name: string
  revision: number
  state: RunState
  inputs: JsonObject
  static: JsonObject
  profile: Profile
  request_id: string
  parent_run_id: string | null
  parent_activity: ActivityRef | null
  concurrency_key: string | null
  concurrency_max: number | null
  kept: KeptStep[]
}

/** Only workflows with waits need to know who the people are. */
export function asksPeople(program: Program, catalog: StepCatalog): boolean {
  return allSteps(program.definition.steps).some((step) => catalog.get(step.type)?.behavior === 'wait')
}
