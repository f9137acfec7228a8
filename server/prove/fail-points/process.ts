import { createRedactor } from '#lib/redact.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import { systemClock } from '#lib/time.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import { openDatabase } from '#server/db/client.ts'
import { createPostgresEngine } from '#server/engine/postgres/client/engine.ts'
import { startWorker, type Worker } from '#server/engine/postgres/worker/worker.ts'
import { readEnv } from '#server/env.ts'
import { createLogger } from '#server/log.ts'
import { deliver } from '#server/notifications/deliver.ts'
import { createAiPort } from '#server/providers/ai/port.ts'
import type { EmailProvider } from '#server/providers/email/email.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { createSchemaValidator } from '#server/schema/validator.ts'
import type { App } from '#server/services/context.ts'
import { childStart } from '#server/services/runs/child.ts'
import { createPromptPort } from '#server/services/templates/prompt-port.ts'
import { CALL } from '../setting.ts'
import { tap } from './tap.ts'
import type { Answers, Order, Wish, Word } from './words.ts'

/**
 * A process of the proof: the real worker with the real steps, and the engine as web processes use it. Only what lies beyond
 * the socket is made up. It ends itself by SIGKILL when it comes by the point that it was told.
 */
const [url = '', outside = ''] = process.argv.slice(2)
process.once('disconnect', () => process.exit())
const say = (word: Word) => process.send?.(word)
const trouble = (error: unknown) => say({ said: 'trouble', trouble: String((error as Error).cause ?? error) })

let death = { point: '', nth: 0 }
const at = (point: string): void => {
  say({ said: 'at', point })
  if (point !== death.point) return
  death = { ...death, nth: death.nth - 1 }
  if (death.nth === 0) process.kill(process.pid, 'SIGKILL')
}

const opened = openDatabase(url, { max: 6, name: `fail points ${process.pid}` })
const database = { ...opened, sql: tap(opened.sql, at) }
const { sql } = database
const secretKey = 'the-key-of-a-proof-0123456789-abcdefghij'
const appUrl = 'https://scaff.example'
const env = readEnv({ APP_URL: appUrl, DATABASE_URL: url, SCAFF_SECRET_KEY: secretKey, LOG_LEVEL: 'silent' })
const options = { sql, clock: systemClock, catalog: stepCatalog, onError: trouble }
const engine = createPostgresEngine(options)
const app: App = {
  database,
  engine,
  catalog: stepCatalog,
  schemas: createSchemaValidator(),
  keys: createKeyring(secretKey),
  clock: systemClock,
  env,
  log: createLogger({ level: 'silent', service: 'proof' }),
}

const http = createHttpPort(createEgress({ allow: ['127.0.0.1'] }))
const model = createAiPort({ ...env, openaiBaseUrl: `${outside}/by/${process.pid}/v1` })
const around = async <T>(ask: () => Promise<T>): Promise<T> => {
  at('before request')
  const answer = await ask()
  at('after answer')
  return answer
}
/** A mail server that would take a mail twice, and so needs the mark before it. */
const email: EmailProvider = {
  name: 'smtp',
  async send(mail, sent) {
    await sent()
    at('before mail')
    const headers = { 'x-worker': String(process.pid) }
    await fetch(`${outside}/mail`, { method: 'POST', headers, body: JSON.stringify({ messageId: mail.messageId }) })
    at('after mail')
    return { providerId: null }
  },
  close() {},
}

function work(id: string, leaseSeconds: number): Promise<Worker> {
  return startWorker({
    ...options,
    id,
    concurrency: 4,
    leaseSeconds,
    pollMs: 50,
    drainMs: 100,
    ports: {
      executors: stepExecutors,
      ai: { generate: (request) => around(() => model.generate(request)) },
      http: {
        request: (request) =>
          around(() => http.request({ ...request, headers: { ...request.headers, 'x-worker': String(process.pid) } })),
      },
      schemas: app.schemas,
      prompts: createPromptPort(database),
      secrets: async () => ({}),
      sensitiveConstants: async () => ({}),
      redact: (value, secrets) => createRedactor({ secrets, patterns: false }).json(value),
      child: ({ request_id, data }, workflow, inputs) =>
        childStart({
          ctx: { app, actor: null, requestId: request_id, ip: null },
          input: { workflow, inputs, profile: data.profile },
        }),
      deliver: (message_id, sent) =>
        deliver({ database, email, keys: app.keys, clock: systemClock, appUrl, mailFrom: null }, message_id, sent),
    },
  })
}

function grant(wish: Wish): Promise<Answers[keyof Answers]> {
  switch (wish.ask) {
    case 'start':
      return engine.start(CALL, wish.input)
    case 'signal':
      return engine.signal(CALL, wish.input)
    case 'cancel':
      return engine.cancel(CALL, wish.input)
    case 'resolve':
      return engine.resolve(CALL, wish.input)
  }
}

let worker: Worker | null = null
process.on('message', async (order: Order) => {
  if (order.do === 'die') death = order
  else if (order.do === 'answer') say({ said: 'answer', answer: await grant(order.wish) })
  else if (order.do === 'stop') {
    await worker?.stop()
    process.disconnect()
  } else {
    worker = await work(order.id, order.leaseSeconds)
    say({ said: 'working' })
  }
})
say({ said: 'loaded' })
