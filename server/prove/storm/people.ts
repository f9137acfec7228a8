import type { JsonObject } from '#lib/json.ts'
import type { RunState } from '#lib/workflow/state.ts'
import { unknownEffects } from '#lib/workflow/unknown-effects.ts'
import type { Sql } from '#server/db/client.ts'
import type { Engine } from '#server/engine/port.ts'
import { type Repeated, repeatedly } from '../repeatedly.ts'
import { CALL, SOMEBODY } from '../setting.ts'
import type { Ledger } from './ledger-client.ts'
import { wordOf } from './work.ts'

const LOOK_EVERY_MS = 100

type Said = 'done' | 'repeat'

/** What people did, by their own record. */
export interface People extends Repeated {
  /** Forms whose answer was acknowledged, `run step`. */
  readonly answered: ReadonlySet<string>
  /** Keys of effects of which nobody knew: what was said of each, in order. */
  readonly said: ReadonlyMap<string, readonly Said[]>
}

/**
 * People who answer every form, and who look at the ledger where a run asks whether an effect happened: done with the answer
 * that stands there, or to be repeated when nothing does. An error that is none to them is met by coming again.
 */
export function employPeople(
  { sql, engine, ledger }: { readonly sql: Sql; readonly engine: Engine; readonly ledger: Ledger },
  comesAgain: (error: unknown) => boolean = () => false,
): People {
  const answered = new Set<string>()
  const said = new Map<string, Said[]>()

  const fillIn = async () => {
    const open = await sql<{ id: string; run_id: string; step_id: string; n: number }[]>`
      select waits.id, run_id, step_id, (inputs->>'n')::int as n from waits join runs on runs.id = run_id where outcome is null`
    for (const { id, run_id, step_id, n } of open) {
      const values: JsonObject = { [step_id]: wordOf(n, step_id) }
      const answer = await engine.signal(CALL, {
        kind: 'form',
        run_id,
        wait_id: id,
        generation: null,
        values,
        by: SOMEBODY,
      })
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
        const answer = await engine.resolve(CALL, { run_id, effect, resolution, by: SOMEBODY })
        if (answer.ok) said.set(effect, [...(said.get(effect) ?? []), resolution.do])
      }
    }
  }
  const living = repeatedly(LOOK_EVERY_MS, async () => {
    try {
      await fillIn()
      await lookUp()
    } catch (error) {
      if (!comesAgain(error)) throw error
    }
  })
  return { answered, said, stop: living.stop }
}

/** How often people said each thing of effects of which nobody knew. */
export function timesSaid({ said }: Pick<People, 'said'>): Readonly<Record<Said, number>> {
  const all = [...said.values()].flat()
  const done = all.filter((what) => what === 'done').length
  return { done, repeat: all.length - done }
}
