import { setTimeout as pause } from 'node:timers/promises'
import type { JsonObject } from '#lib/json.ts'
import type { RunState } from '#lib/workflow/state.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import type { Sql } from '#server/db/client.ts'
import type { Engine } from '#server/engine/port.ts'
import { CALL } from '../setting.ts'
import type { Ledger } from './ledger-client.ts'
import { wordOf } from './work.ts'

const BY = { via: 'key', id: 'key_1', label: 'somebody' } as const
const LOOK_EVERY_MS = 100

/** What people did, by their own record. */
export interface People {
  /** Forms whose answer was acknowledged, `run step`. */
  readonly answered: ReadonlySet<string>
  /** Keys of effects of which nobody knew: what was said of each, in order. */
  readonly said: ReadonlyMap<string, readonly ('done' | 'repeat')[]>
  stop(): Promise<void>
}

/**
 * People who answer every form, and who look at the ledger where a run asks whether an effect happened: done with the answer
 * that stands there, or to be repeated when nothing does.
 */
export function employPeople(sql: Sql, engine: Engine, ledger: Ledger): People {
  const answered = new Set<string>()
  const said = new Map<string, ('done' | 'repeat')[]>()
  let stopping = false

  const fillIn = async () => {
    const open = await sql<{ id: string; run_id: string; step_id: string; n: number }[]>`
      select waits.id, run_id, step_id, (inputs->>'n')::int as n from waits join runs on runs.id = run_id where outcome is null`
    for (const { id, run_id, step_id, n } of open) {
      const values: JsonObject = { [step_id]: wordOf(n, step_id) }
      const answer = await engine.signal(CALL, { kind: 'form', run_id, wait_id: id, generation: null, values, by: BY })
      if (answer.ok) answered.add(`${run_id} ${step_id}`)
    }
  }
  const lookUp = async () => {
    const waiting = await sql<{ id: string; state: RunState }[]>`select id, state from runs where status = 'waiting'`
    for (const { id: run_id, state } of waiting) {
      for (const effect of unknownEffects(run_id, state).keys()) {
        const found = await ledger.look(effect)
        const resolution = found
          ? ({ do: 'done', result: { status: 200, headers: {}, body: found.answer } } as const)
          : ({ do: 'repeat' } as const)
        const answer = await engine.resolve(CALL, { run_id, effect, resolution, by: BY })
        if (answer.ok) said.set(effect, [...(said.get(effect) ?? []), resolution.do])
      }
    }
  }
  const living = (async () => {
    while (!stopping) {
      await fillIn()
      await lookUp()
      await pause(LOOK_EVERY_MS)
    }
  })()
  // Told when it is waited for.
  living.catch(() => {})
  return {
    answered,
    said,
    async stop() {
      stopping = true
      await living
    },
  }
}
