import { setTimeout as pause } from 'node:timers/promises'

/** Refused or unanswered requests are made again after this, under the same key. */
const AGAIN_MS = 300
/** How long a program goes on asking. */
const PATIENCE_MS = 300_000
const UNANSWERED_MS = 10_000

/** A program that calls the API as `docs/api.md` has it: what was not acknowledged is asked again. */
export interface Client {
  /** The answer, at last. Rejects when what was asked is refused for good. */
  call<T>(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<T>
  /** One try; null where there was no answer, or one that says to come again. */
  attempt<T>(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<{ body: T } | null>
  /** Requests that had to be made again, by why. */
  readonly again: ReadonlyMap<string, number>
}

export function createClient(url: string, apiKey: string): Client {
  const again = new Map<string, number>()
  const client: Client = {
    again,
    async attempt<T>(method: 'GET' | 'POST', path: string, body?: object, key?: string) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(UNANSWERED_MS),
      })
        .then(async (answer) => ({ status: answer.status, text: await answer.text() }))
        .catch((error: unknown) => ({ status: 0, text: String(error) }))
      if (response.status >= 200 && response.status < 300) return { body: JSON.parse(response.text) as T }
      if (response.status !== 0 && response.status !== 429 && response.status < 500)
        throw new Refused(`${method} ${path}: ${response.status} ${response.text}`)
      const why = response.status === 0 ? 'no answer' : String(response.status)
      again.set(why, (again.get(why) ?? 0) + 1)
      return null
    },
    async call<T>(method: 'GET' | 'POST', path: string, body?: object, key?: string) {
      const deadline = performance.now() + PATIENCE_MS
      for (;;) {
        const answer = await client.attempt<T>(method, path, body, key)
        if (answer) return answer.body
        if (performance.now() > deadline)
          throw new Error(`${method} ${path} was not answered in ${PATIENCE_MS / 1_000} s`)
        await pause(AGAIN_MS)
      }
    },
  }
  return client
}

/** The answer is no, and stays no. */
export class Refused extends Error {}
