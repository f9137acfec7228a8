import { httpSink, type SinkAnswer, type SunkRequest } from '#server/providers/http/sink.ts'

/** Something that reached the world outside. */
export interface Happened {
  readonly what: 'call' | 'model' | 'mail'
  /** The idempotency key, or the Message-ID. */
  readonly key: string
  readonly method: string
  /** The process that sent it. */
  readonly by: string
}

/** The world outside, in a process that nobody kills: an API, a model and a mail server that keep what they are sent. */
export interface Outside {
  readonly url: string
  readonly happened: Happened[]
  close(): Promise<void>
}

export async function openOutside(): Promise<Outside> {
  const happened: Happened[] = []
  const sink = await httpSink((request) => {
    const one = what(request)
    happened.push(one)
    const times = happened.filter(({ key }) => key === one.key).length
    return request.url.endsWith('/slow') && times === 1 ? NEVER : answer(request, times)
  })
  return { url: sink.url, happened, close: sink.close }
}

function what({ url, method, headers, body }: SunkRequest): Happened {
  const by = String(headers['x-worker'] ?? /^\/by\/(\d+)\//.exec(url)?.[1])
  if (url === '/mail') return { what: 'mail', key: JSON.parse(body).messageId, method, by }
  return { what: url.startsWith('/by/') ? 'model' : 'call', key: String(headers['idempotency-key']), method, by }
}

/** The same to each repeat, as an API answers that knows the key; only `shaky` fails at its first try, and `slow` hangs. */
export const ANSWER = { ok: true }

const NEVER = new Promise<SinkAnswer>(() => {})

function answer({ url }: SunkRequest, times: number): SinkAnswer {
  if (url.endsWith('/shaky') && times === 1) return { status: 503 }
  if (!url.startsWith('/by/')) return { body: ANSWER }
  return {
    body: {
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1_780_000_000,
      model: 'fake',
      choices: [{ index: 0, message: { role: 'assistant', content: 'A line.', refusal: null }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
    },
  }
}
