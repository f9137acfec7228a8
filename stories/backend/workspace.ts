import { ScaffError } from '#lib/errors.ts'
import type { JsonObject } from '#lib/json.ts'
import { type Played, type PlayOptions, play } from '#lib/simulation/play.ts'
import { waitIdOf } from '#lib/simulation/to-detail.ts'
import type { SimulationAct } from '#lib/simulation/types.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { WaitOpening } from '#lib/workflow/catalog.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { project } from '#lib/workflow/project.ts'
import type { WaitChange } from '#lib/workflow/rows.ts'
import type { WaitState } from '#lib/workflow/state.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'

/** Whoever is signed in. */
export const SARAH = { id: 'usr_sarah', name: 'Sarah Lind', email: 'sarah@company.com', role: 'admin' } as const

export interface StoredWorkflow {
  readonly id: string
  readonly text: string
  readonly definition: WorkflowDefinition
  readonly created_at: string
}

/** A wait of a run, open or closed. */
export interface FoundWait {
  readonly run_id: string
  readonly wait: WaitState
  readonly opening: WaitOpening
  readonly closed: WaitChange['closed']
}

/**
 * A workspace in memory whose runs are played by the real core. A run is nothing but its script; each act plays it anew, so
 * there are no rows that could say something else than an engine would.
 */
export class Workspace {
  readonly workflows = new Map<string, StoredWorkflow>()
  readonly #scripts = new Map<string, PlayOptions>()
  readonly #played = new Map<string, Promise<Played>>()

  /** Saves a text that has no errors; answers its id. */
  publish(text: string): string {
    const { definition, diagnostics } = validateWorkflow(text, stepCatalog)
    if (!definition) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
    const id = `wf_${this.workflows.size + 1}`
    this.workflows.set(id, { id, text, definition, created_at: new Date().toISOString() })
    return id
  }

  workflow(id: string): StoredWorkflow {
    const found = this.workflows.get(id)
    if (!found) throw new ScaffError('workflow.not_found', 'There is no such workflow.')
    return found
  }

  /** Starts a run in the name of whoever asks for it; throws what a start throws. */
  async start(workflow_id: string, inputs: JsonObject, startedBy: PlayOptions['startedBy'] = SARAH): Promise<Played> {
    const { text, definition } = this.workflow(workflow_id)
    const run = `run_${this.#scripts.size + 1}`
    const options: PlayOptions = {
      text,
      definition,
      inputs,
      acts: [],
      startedBy,
      startsAt: new Date().toISOString(),
      ids: { run, workflow: workflow_id, version: 1 },
    }
    const played = await play(options)
    this.#scripts.set(run, options)
    this.#played.set(run, Promise.resolve(played))
    return played
  }

  run(id: string): Promise<Played> {
    const found = this.#played.get(id)
    if (!found) throw new ScaffError('run.not_found', 'There is no such run.')
    return found
  }

  /** The newest first. */
  runs(): Promise<readonly Played[]> {
    return Promise.all([...this.#played.values()].toReversed())
  }

  /** Does one thing more in a run; one that cannot be done leaves it as it was. */
  async act(id: string, act: SimulationAct): Promise<Played> {
    const script = this.#scripts.get(id)
    if (!script) throw new ScaffError('run.not_found', 'There is no such run.')
    const options = { ...script, acts: [...script.acts, act] }
    const played = await play(options)
    if (played.problem) {
      const { message, fields } = played.problem
      const errors = fields.map((field) => ({ ...field, code: 'invalid' }))
      throw new ScaffError(fields.length > 0 ? 'form.invalid' : 'run.wrong_state', message, { errors })
    }
    this.#scripts.set(id, options)
    this.#played.set(id, Promise.resolve(played))
    return played
  }

  /** Every wait of every run, the newest first. */
  async waits(): Promise<readonly (FoundWait & { readonly id: string; readonly played: Played })[]> {
    const all = (await this.runs()).flatMap((played) => {
      const { run } = played
      return project(run.state, run.history)
        .waits.flatMap(({ key, opened, wait, closed }) =>
          opened
            ? [
                {
                  id: waitIdOf(run, key),
                  run_id: run.data.run.id,
                  wait: run.state.waits[key] ?? wait ?? opened.wait,
                  opening: opened.opening,
                  closed,
                  played,
                },
              ]
            : [],
        )
        .toReversed()
    })
    return all
  }

  async wait(id: string) {
    const found = (await this.waits()).find((wait) => wait.id === id)
    if (!found) throw new ScaffError('approval.not_found', 'There is nothing to answer with this id.')
    return found
  }
}
