import { setTimeout as pause } from 'node:timers/promises'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { systemClock } from '#lib/time.ts'
import { openDatabase } from '#server/db/client.ts'
import type { StartInput } from '#server/engine/port.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { beginNumbered, CALL, SOMEBODY } from '../setting.ts'
import { APPROVER, wordOf } from './work.ts'

/** What a client does with a run, by whatever way it comes in. Each call may be repeated. */
export interface Door {
  /** Starts run `n`, or answers the one that was started. Rejects where it was not acknowledged. */
  start(n: number): Promise<string>
  /** What the run asks for by now; it may take its time to say that there is nothing. */
  look(run_id: string): Promise<Looked>
  answer(run_id: string, ask: Ask, n: number): Promise<void>
  close(): Promise<void>
}

interface Looked {
  readonly status: string
  readonly ask: Ask | null
}

interface Ask {
  readonly type: 'form' | 'approval'
  readonly wait_id: string
  /** By REST, that of a form. */
  readonly token: string | null
}

const LOOK_AGAIN_MS = 100

/** Straight at the engine's port, as a web process has it. */
export function atPort(url: string, workflow: StartInput, onError: (error: unknown) => void): Door {
  const pool = openDatabase(url, { max: 5, name: 'rolling client' })
  const engine = createPostgresEngine({
    sql: pool.sql,
    clock: systemClock,
    catalog: stepCatalog,
    onError,
  })
  return {
    start: (n) => beginNumbered(engine, workflow, n),
    async look(run_id) {
      await pause(LOOK_AGAIN_MS)
      const run = await engine.describe(run_id)
      if (!run) throw new Error(`${run_id} is not there`)
      const [open] = run.waits
      return { status: run.status, ask: open ? { type: open.wait.kind, wait_id: open.wait_id, token: null } : null }
    },
    async answer(run_id, { type, wait_id }, n) {
      const of = { run_id, wait_id, generation: null, by: SOMEBODY }
      await engine.signal(
        CALL,
        type === 'form'
          ? { ...of, kind: 'form', values: { word: wordOf(n) } }
          : { ...of, kind: 'approval', decision: 'approve', comment: '', approver: APPROVER },
      )
    },
    async close() {
      await engine.close()
      await pool.close()
    },
  }
}

interface RunSeen {
  readonly status: string
  readonly waiting: { readonly wait_id: string; readonly type: 'form' | 'approval' } | null
  readonly resume_token: string | null
}

/** By REST, through any of several web processes: what one does not answer, the next one is asked. */
export function byRest(
  urls: readonly string[],
  key: string,
  workflow_id: string,
  first: number,
  onNext: () => void,
): Door {
  let at = first
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    for (let tries = 1; ; tries++) {
      const url = urls[at % urls.length]
      try {
        const response = await fetch(`${url}/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        })
        const answer = await response.json()
        // An answer of ours that was lost on its way, and came a second time.
        if (!response.ok && answer.code !== 'resume.already_decided')
          throw new Error(`${method} ${path}: ${response.status} ${answer.code}`)
        return answer
      } catch (error) {
        if (!(error instanceof TypeError) || tries > 3 * urls.length) throw error
        // Nobody listens there, or the connection was closed: as a proxy does, the next one.
        at++
        onNext()
        await pause(50 * tries)
      }
    }
  }
  return {
    start: async (n) =>
      (
        await call<{ run_id: string }>('POST', '/executions', {
          workflow_id,
          inputs: { n },
          idempotency_key: `rolling-${n}`,
        })
      ).run_id,
    async look(run_id) {
      const run = await call<RunSeen>('GET', `/executions/${run_id}?wait=25`)
      return { status: run.status, ask: run.waiting ? { ...run.waiting, token: run.resume_token } : null }
    },
    async answer(run_id, { type, wait_id, token }, n) {
      if (type === 'form') {
        const body = { resume_token: token, inputs: { word: wordOf(n) } }
        await call('POST', `/executions/${run_id}/resume`, body)
      } else await call('POST', `/approvals/${wait_id}/approve`, { approver: APPROVER })
    },
    close: async () => {},
  }
}
