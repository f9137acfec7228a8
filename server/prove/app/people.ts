import { repeatedly } from '../repeatedly.ts'
import type { Ledger } from '../storm/ledger-client.ts'
import type { People } from '../storm/people.ts'
import { wordOf } from '../storm/work.ts'
import { type Client, Refused } from './client.ts'

interface WaitingRun {
  readonly id: string
  readonly current_step: string | null
  readonly resume_token: string | null
  readonly inputs: { readonly n: number }
  readonly effects: readonly { readonly effect_id: string; readonly evidence: { readonly key: string } }[]
}

const LOOK_EVERY_MS = 200

/** The people of the storm, by REST: they answer forms, and look at the ledger where a run asks what happened. */
export function employPeopleByRest(client: Client, ledger: Ledger): People {
  const answered = new Set<string>()
  const said = new Map<string, ('done' | 'repeat')[]>()

  const answer = async ({ id, effects, current_step, resume_token, inputs }: WaitingRun) => {
    for (const { effect_id, evidence } of effects) {
      // The other side knows a request by the key it came with.
      const { key } = evidence
      const found = await ledger.look(key)
      const resolution = found
        ? { resolution: 'done', result: { status: 200, headers: {}, body: found.answer } }
        : { resolution: 'repeat' }
      // Before it is said: it may be taken, and its acknowledgement lost.
      said.set(key, [...(said.get(key) ?? []), found ? 'done' : 'repeat'])
      await client.call('POST', `/executions/${id}/effects/${encodeURIComponent(effect_id)}`, resolution)
    }
    if (resume_token === null || current_step === null) return
    const values = { [current_step]: wordOf(inputs.n, current_step) }
    await client.call('POST', `/executions/${id}/resume`, { resume_token, inputs: values })
    answered.add(`${id} ${current_step}`)
  }
  const living = repeatedly(LOOK_EVERY_MS, async () => {
    const list = await client.attempt<{ runs: { run_id: string }[] }>('GET', '/executions?status=waiting&limit=100')
    for (const { run_id } of list?.body.runs ?? []) {
      const run = await client.attempt<WaitingRun>('GET', `/executions/${run_id}`)
      if (!run) continue
      try {
        await answer(run.body)
      } catch (error) {
        // An answer whose acknowledgement was lost has been taken: the second one is told so.
        if (!(error instanceof Refused)) throw error
      }
    }
  })
  return { answered, said, stop: living.stop }
}
