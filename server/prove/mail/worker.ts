import { appendFileSync } from 'node:fs'
import { systemClock } from '#lib/time.ts'
import { createKeyring } from '#server/auth/keyring.ts'
import { testPorts } from '#server/engine/postgres/worker/testing.ts'
import { deliver } from '#server/notifications/deliver.ts'
import type { EmailProvider } from '#server/providers/email/email.ts'
import { createResend } from '#server/providers/email/resend.ts'
import { createSmtp } from '#server/providers/email/smtp.ts'
import { becomeWorker } from '../become-worker.ts'
import type { Death, Point } from './points.ts'
import { isByApi } from './work.ts'

/**
 * A worker process of the proof `mail`: the real worker, the real mails, the real providers. At its point, if it has one,
 * it writes down where it is and kills itself.
 */
const [url = '', id = '', instance = '', smtpPort = '', apiUrl = '', secret = '', deaths = '', point = ''] =
  process.argv.slice(2)

/** So that some mails went well before. */
const DIES_AT = 10
let reached = 0
function reaches(here: Point, message_id: string): void {
  if (here !== point || ++reached < DIES_AT) return
  const death: Death = { worker: instance, point: here, message_id }
  appendFileSync(deaths, `${JSON.stringify(death)}\n`)
  process.kill(process.pid, 'SIGKILL')
}

const smtp = createSmtp(`smtp://${instance}:x@127.0.0.1:${smtpPort}`)
const api = createResend({ apiKey: instance, baseUrl: apiUrl })
const email: EmailProvider = {
  name: 'smtp',
  async send(mail, sent) {
    const message_id = mail.idempotencyKey
    if (isByApi(mail.to)) {
      reaches('before the request', message_id)
      const answer = await api.send(mail, sent)
      reaches('after the answer', message_id)
      return answer
    }
    const answer = await smtp.send(mail, async () => {
      reaches('before the mark', message_id)
      await sent()
      reaches('after the mark', message_id)
    })
    reaches('after 250', message_id)
    return answer
  },
  close() {},
}

await becomeWorker({ url, id, instance }, (database) => {
  const keys = createKeyring(secret)
  const parts = { database, email, keys, clock: systemClock, appUrl: 'https://scaff.example', mailFrom: null }
  return {
    concurrency: 4,
    leaseSeconds: 5,
    pollMs: 100,
    ports: { ...testPorts, executors: {}, deliver: (message_id, sent) => deliver(parts, message_id, sent) },
  }
})
