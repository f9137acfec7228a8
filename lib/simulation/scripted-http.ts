import type { Json, JsonSchema } from '#lib/json.ts'
import { makeInstance } from '#lib/mock-ai/instance.ts'
import { seedOf } from '#lib/mock-ai/random.ts'
import type { HttpPort } from '#lib/steps/kit.ts'
import type { StepError } from '#lib/workflow/events.ts'

/** A call that a simulated run would make. */
export interface SimulatedCall {
  readonly step: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export interface SimulatedReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Json
}

/** Replies in place of the outside world; null: the one made up for the step. */
export type HttpReplies = (call: SimulatedCall) => SimulatedReply | null

/** The same, where it may also be that no reply comes. */
export type HttpScript = (call: SimulatedCall) => ReturnType<HttpReplies> | { readonly error: StepError }

/** What a step gets where nothing else is said. */
interface Otherwise {
  readonly step: string
  readonly status: number
  readonly schema: JsonSchema | null
  readonly seed: number
  /** Called before a call that times out, with how long it takes. */
  readonly onSilence?: (ms: number) => void
}

/** Nothing ever goes out: each call is answered by the script, else by a body that fits the step's `response_schema`. */
export function scriptedHttp(script: HttpScript | undefined, otherwise: Otherwise): HttpPort {
  return {
    request: async ({ method, url, headers, body, timeout_ms }) => {
      const call = { step: otherwise.step, method, url, headers, body }
      const reply = script?.(call) ?? { status: otherwise.status, body: plausible(otherwise) }
      if ('error' in reply) {
        if (reply.error.code === 'http.timeout') otherwise.onSilence?.(timeout_ms)
        return { ok: false, error: reply.error }
      }
      return {
        ok: true,
        status: reply.status,
        headers: { 'content-type': 'application/json', ...reply.headers },
        body: typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body),
      }
    },
  }
}

function plausible({ step, schema, seed }: Otherwise): Json {
  const made = schema === null ? null : makeInstance(schema, '', seedOf(seed, step))
  return made?.value ?? { ok: true, id: 'test-1', url: 'https://example.com/test-1' }
}
