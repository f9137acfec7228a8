import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const Body = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  response_format: z.looseObject({ type: z.string() }).optional(),
})

/** One call as the server saw it. */
export interface FakeCall {
  readonly headers: IncomingHttpHeaders
  readonly body: z.infer<typeof Body>
}

/** What the server does with a call. `hang` never answers; `raw` is sent as it is. */
export type FakeReply =
  | {
      readonly text: string
      readonly finish_reason?: string
      readonly refusal?: string
      readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null
    }
  | {
      readonly status: number
      readonly error?: { readonly message: string; readonly param?: string; readonly code?: string }
      readonly headers?: Readonly<Record<string, string>>
    }
  | { readonly raw: string }
  | 'hang'

export interface FakeOpenAi {
  /** For `OPENAI_BASE_URL`. */
  readonly baseUrl: string
  readonly calls: readonly FakeCall[]
  /** Replies to the next calls in this order; afterwards the last one stays. */
  reply(...replies: readonly FakeReply[]): void
  close(): Promise<void>
}

/** A server that speaks the protocol of OpenAI's chat completions over real HTTP, on a port of its own. */
export async function startFakeOpenAi(): Promise<FakeOpenAi> {
  const calls: FakeCall[] = []
  let replies: FakeReply[] = [{ text: 'Hello.' }]
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(typeof body === 'string' ? body : JSON.stringify(body))
      }
      if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
        send(404, { error: { message: `No such address: ${request.method} ${request.url}` } })
        return
      }
      const parsed = Body.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      if (!parsed.success) {
        send(400, { error: { message: z.prettifyError(parsed.error) } })
        return
      }
      calls.push({ headers: request.headers, body: parsed.data })
      const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? 'hang'
      if (reply === 'hang') return
      if ('raw' in reply) send(200, reply.raw)
      else if ('status' in reply) send(reply.status, { error: { message: 'no', ...reply.error } }, reply.headers)
      else send(200, completion(parsed.data.model, reply, calls.length))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    reply(...next) {
      replies = [...next]
    },
    async close() {
      const closed = new Promise<void>((resolve, reject) =>
        server.close((error) => (error ? reject(error) : resolve())),
      )
      server.closeAllConnections()
      await closed
    },
  }
}

function completion(model: string, reply: Extract<FakeReply, { text: string }>, n: number) {
  const usage = reply.usage === undefined ? { prompt_tokens: 11, completion_tokens: 7 } : reply.usage
  return {
    id: `chatcmpl-${n}`,
    object: 'chat.completion',
    created: 1_780_000_000 + n,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: reply.text, refusal: reply.refusal ?? null },
        finish_reason: reply.finish_reason ?? 'stop',
        logprobs: null,
      },
    ],
    ...(usage === null ? {} : { usage: { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens } }),
  }
}
