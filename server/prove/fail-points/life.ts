import { setTimeout as pause } from 'node:timers/promises'
import type { RunState, RunStatus } from '#lib/workflow/state.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import type { Sql } from '#server/db/client.ts'
import type { SignalInput, StartInput } from '#server/engine/port.ts'
import type { Findings } from '../report.ts'
import type { Case } from './cases.ts'
import type { Crew } from './crew.ts'
import { ANSWER, type Outside } from './outside.ts'

export const EDITOR = { via: 'key', id: 'key_1', label: 'editor@company.com' } as const
const LOOK_EVERY_MS = 10
/** A run that is not over by then is lost. */
const LOST_AFTER_MS = 30_000

/** What people did in the life of some runs. */
export interface Life {
  readonly run_ids: readonly string[]
  /** Effects of which a run asked what became of them. */
  readonly unknown: number
}

/**
 * Starts runs and does what people do until all of them are over and nothing is left to be done: answers what waits, looks
 * outside where a run does not know. Whatever a crash leaves unanswered is asked again, as a caller does.
 */
export async function live(
  { sql, crew, outside }: { readonly sql: Sql; readonly crew: Crew; readonly outside: Outside },
  input: StartInput,
  {
    name,
    runs = 1,
    canceled = false,
    stopped = false,
  }: Pick<Case, 'runs' | 'canceled' | 'stopped'> & { readonly name: string },
  { expect }: Findings,
): Promise<Life> {
  const run_ids: string[] = []
  let unknown = 0
  for (let n = 0; n < runs; n++) {
    const idempotency = { key: `${name} ${n}`, fingerprint: name }
    const { answer } = await crew.ask({ ask: 'start', input: { ...input, idempotency } })
    if (!answer.ok) throw new Error(answer.reason)
    run_ids.push(answer.run_id)
  }

  const signal = async (wish: SignalInput) => {
    const { answer, again } = await crew.ask({ ask: 'signal', input: wish })
    const own = !answer.ok && again && answer.reason === 'decided' && answer.decided?.by === EDITOR.label
    expect(answer.ok || own, `I4: an answer was refused with ${JSON.stringify(answer)}`)
  }
  // Whoever is asked by mail answers the mail.
  const decide = async () => {
    const open = await sql<{ id: string; run_id: string; step_id: string; kind: string; silent: boolean }[]>`
      select id, run_id, step_id, kind, opening->>'message' = 'in silence' as silent from waits
      where outcome is null and run_id = any (${run_ids})
        and not exists (select 1 from messages where messages.wait_id = waits.id and status = 'queued')`
    for (const { id: wait_id, run_id, step_id, kind, silent } of open) {
      const wait = { run_id, wait_id, generation: null, by: EDITOR }
      if (canceled) {
        const { answer, again } = await crew.ask({ ask: 'cancel', input: { run_id, reason: 'enough' } })
        expect(answer.ok || (again && answer.status === 'canceled'), `a cancel was refused: ${JSON.stringify(answer)}`)
      } else if (kind === 'form') await signal({ ...wait, kind: 'form', values: { [step_id]: 'a brief' } })
      else if (!silent)
        await signal({ ...wait, kind: 'approval', decision: 'approve', comment: '', approver: EDITOR.label })
    }
  }
  const lookUp = async () => {
    const waiting = await sql<{ id: string; state: RunState }[]>`select id, state from runs where status = 'waiting'`
    for (const { id: run_id, state } of waiting) {
      for (const effect of unknownEffects(run_id, state).keys()) {
        const happened = outside.happened.some(({ key }) => key === effect)
        const resolution = happened
          ? ({ do: 'done', result: { status: 200, headers: {}, body: ANSWER } } as const)
          : ({ do: 'repeat' } as const)
        const { answer, again } = await crew.ask({ ask: 'resolve', input: { run_id, effect, resolution, by: EDITOR } })
        expect(answer.ok || again, `what a person found out was refused: ${JSON.stringify(answer)}`)
        unknown += 1
      }
    }
  }

  let toStop = stopped
  const deadline = performance.now() + LOST_AFTER_MS
  for (;;) {
    if (toStop && outside.happened.some(({ key }) => key.includes(':slow:'))) {
      toStop = false
      await crew.stop()
    }
    await decide()
    await lookUp()
    const [left] = await sql<{ runs: RunStatus[]; work: number }[]>`
      select (select coalesce(json_agg(status), '[]') from runs where ended_at is null) as runs,
        (select count(*)::int from work) as work`
    if (left?.runs.length === 0 && left.work === 0) return { run_ids, unknown }
    if (performance.now() > deadline) {
      expect(false, `I1: ${left?.runs.length} runs are not over (${left?.runs}), ${left?.work} rows of work are left`)
      return { run_ids, unknown }
    }
    await pause(LOOK_EVERY_MS)
  }
}
