import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { createProgram } from '#lib/workflow/program.ts'
import { answerTo, naturally } from '#lib/workflow/testing/nature.ts'
import { testCatalog } from '#lib/workflow/testkit.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import type { Sql } from '#server/db/client.ts'
import type { Engine, RunDescription } from '#server/engine/port.ts'
import { CALL, SOMEBODY } from '../setting.ts'
import { chance, type Faults } from './faults.ts'
import { signalOf } from './undisturbed.ts'

interface People {
  readonly engine: Engine
  readonly sql: Sql
  readonly clock: { now(): Date; moveTo(at: string): void }
  readonly seed: number
  readonly faults: Faults
  /** By the id of their workflow. */
  readonly definitions: ReadonlyMap<string, WorkflowDefinition>
  /** Resolves when nothing is left to do now. */
  idle(): Promise<void>
}

/** Plays on until every run is over: people answer and say what became of lost requests, and time passes when nobody acts. */
export async function playOn(people: People): Promise<void> {
  const { engine, sql, clock, idle } = people
  for (;;) {
    await idle()
    const open = await sql<{ id: string }[]>`select id from runs where ended_at is null order by id`
    if (open.length === 0) return
    let acted = 0
    for (const { id } of open) {
      const run = await engine.describe(id)
      if (run) acted += (await resolve(people, run)) + (await answer(people, run))
    }
    if (acted > 0) continue
    const [next] = await sql<{ due: string | null }[]>`select min(due)::text as due from work where owner is null`
    if (!next?.due) throw new Error(`I1: ${open.length} runs wait for nothing, e.g. ${open[0]?.id}`)
    clock.moveTo(next.due)
  }
}

/** Says what really became of lost requests: it happened, or it is to be sent again. */
async function resolve({ engine, definitions, seed }: People, run: RunDescription): Promise<number> {
  const { run_id, workflow_id, state } = run
  const definition = definitions.get(workflow_id)
  if (!definition) throw new Error(`nobody knows the workflow of ${run_id}`)
  const unknown = unknownEffects(run_id, state)
  for (const [effect, activity] of unknown) {
    const made = naturally(createProgram(definition, testCatalog), activity)
    const done = made.ok && chance(`${seed} ${effect.slice(run_id.length)}`) < 0.5
    const resolution = done ? ({ do: 'done', result: made.result.output } as const) : ({ do: 'repeat' } as const)
    const told = await engine.resolve(CALL, { run_id, effect, resolution, by: SOMEBODY })
    if (told.ok) continue
    // Since the look, another branch may have broken this one off.
    const now = await engine.describe(run_id)
    if (now && unknownEffects(run_id, now.state).has(effect))
      throw new Error(`${effect} could not be resolved: ${told.reason}`)
  }
  return unknown.size
}

/** Answers the first of its waits; now and then twice at once, of which one must be refused. */
async function answer({ engine, clock, faults, seed }: People, run: RunDescription): Promise<number> {
  const [open] = run.waits
  if (!open) return 0
  const { run_id, state } = run
  const { key } = open.wait
  const signal = signalOf(run_id, open.wait_id, answerTo(state, open.wait, clock.now().toISOString()))
  const twice = chance(`${seed} ${key}`) < 0.3
  if (twice) faults.count.signal += 1
  const answers = await Promise.all([engine.signal(CALL, signal), ...(twice ? [engine.signal(CALL, signal)] : [])])
  const taken = answers.filter(({ ok }) => ok).length
  // Since the look, another branch may have decided the join, and broken off the one that asked.
  const brokenOff = answers.every((told) => !told.ok && told.reason === 'canceled')
  if (taken !== 1 && !brokenOff) throw new Error(`I4: ${run_id}: ${key} took ${taken} of ${JSON.stringify(answers)}`)
  return 1
}
