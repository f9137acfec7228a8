import { createRedactor } from '#lib/redact.ts'
import { stepExecutors } from '#lib/steps/executors.ts'
import { MINUTE } from '#lib/time.ts'
import { createApp } from '#server/app.ts'
import { aborted, CHILD_WISH_MS, stopSignals } from '#server/boot/stop-signals.ts'
import { logNews } from '#server/engine/observe.ts'
import { WORK_CHANNEL } from '#server/engine/postgres/notifier.ts'
import { startWorker } from '#server/engine/postgres/worker/worker.ts'
import { readEnv } from '#server/env.ts'
import { deliver } from '#server/notifications/deliver.ts'
import { createAiPort } from '#server/providers/ai/port.ts'
import { createEmail } from '#server/providers/email/create-email.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { sweepAccounts } from '#server/services/accounts/sweep.ts'
import { childStart } from '#server/services/runs/child.ts'
import { resolveSensitive, secretValues } from '#server/services/settings/resolve.ts'
import { createPromptPort } from '#server/services/templates/prompt-port.ts'

/** Connections: steps that execute hold none, so a few serve many. */
const CONNECTIONS = 8
/** How often what is over is removed; several workers do it in turns. */
const SWEEP_MS = 10 * MINUTE
/** The net under missed notifications. */
const POLL_MS = 500
/** How long steps under way may go on after SIGTERM; the supervisor says how long that is. */
const DRAIN_MS = Number(process.env.SCAFF_DRAIN_MS ?? 25_000)

const { stop, hurry } = stopSignals(CHILD_WISH_MS)
const env = readEnv(process.env)
const app = await createApp({ env, service: 'worker', connections: CONNECTIONS })
const { database, log, keys, clock } = app
const email = createEmail(env)
const egress = createEgress({ allow: env.egressAllow })

const worker = await startWorker({
  id: process.env.SCAFF_WORKER_ID ?? null,
  sql: database.sql,
  clock,
  catalog: app.catalog,
  observe: logNews(log),
  onError: (error) => log.error({ err: error }, 'worker'),
  concurrency: env.workerConcurrency,
  leaseSeconds: env.leaseSeconds,
  pollMs: POLL_MS,
  drainMs: DRAIN_MS,
  ports: {
    executors: stepExecutors,
    ai: createAiPort(env),
    http: createHttpPort(egress),
    schemas: app.schemas,
    prompts: createPromptPort(database),
    secrets: (names) => secretValues(app, names),
    sensitiveConstants: () => resolveSensitive(database.db),
    redact: (value, secrets) => createRedactor({ secrets, patterns: false }).json(value),
    child: ({ request_id, data }, workflow, inputs) =>
      childStart({
        ctx: { app, actor: null, requestId: request_id, ip: null },
        input: { workflow, inputs, profile: data.profile },
      }),
    deliver: (message_id, sent) =>
      deliver({ database, email, keys, clock, appUrl: env.appUrl, mailFrom: env.mailFrom }, message_id, sent),
  },
})

await database.sql.listen(WORK_CHANNEL, () => worker.nudge())
log.info({ worker_id: worker.id, concurrency: env.workerConcurrency }, 'worker ready')

worker.ended.catch((error) => {
  log.error({ err: error }, 'the worker ended')
  process.exit(1)
})

function sweep(): void {
  sweepAccounts(app).then(
    (swept) => {
      if (swept) log.info({ swept }, 'sessions, tokens and tries that are over were removed')
    },
    (error: unknown) => log.warn({ err: error }, 'sessions and tokens that are over were not removed'),
  )
}
const sweeping = setInterval(sweep, SWEEP_MS)
sweep()

await aborted(stop)
clearInterval(sweeping)
log.info({ signal: stop.reason }, 'worker stops')
try {
  const brokenOff = await worker.stop(hurry)
  log.info({ broken_off: brokenOff }, 'worker stopped')
  await app.close()
  process.exit(0)
} catch (error) {
  log.error({ err: error }, 'the worker did not stop in order')
  process.exit(1)
}
