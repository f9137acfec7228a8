import type { JsonObject } from '#lib/json.ts'
import type { StepCatalog } from '#lib/workflow/catalog.ts'
import type { Profile, RunData, StepOutput } from '#lib/workflow/data.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { createProgram, type Program } from '#lib/workflow/program.ts'
import type { RunState } from '#lib/workflow/state.ts'
import type { Sql } from '#server/db/client.ts'
import { directoryOf, loadDirectory } from './directory.ts'

/** A run as a transition needs it, and the revision it was read at. */
export interface LoadedRun {
  readonly id: string
  readonly revision: number
  readonly state: RunState
  readonly data: RunData
  readonly program: Program
  readonly request_id: string
}

export interface RunLoader {
  load(run_id: string): Promise<LoadedRun | null>
  program(workflow_id: string, version: number): Promise<Program>
}

/** Definitions are immutable, so the programs of recent ones are kept. */
const KEPT_PROGRAMS = 200

export function createRunLoader(sql: Sql, catalog: StepCatalog): RunLoader {
  const programs = new Map<string, Program>()

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
        coalesce((select json_agg(json_build_object('path', path, 'step', step_id, 'visit', visit, 'output', output, 'source', source) order by seq)
                  from run_steps where run_id = runs.id and status = 'completed'), '[]') as outputs
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
      outputs: row.outputs,
      directory: asksPeople(loaded, catalog) ? await loadDirectory(sql) : directoryOf([]),
    }
    return { id: row.id, revision: row.revision, state: row.state, data, program: loaded, request_id: row.request_id }
  }

  return { load, program }
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
  outputs: StepOutput[]
}

/** Only workflows with waits need to know who the people are. */
export function asksPeople(program: Program, catalog: StepCatalog): boolean {
  return program.definition.steps.some((step) => catalog.get(step.type)?.behavior === 'wait')
}
