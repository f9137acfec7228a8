import { randomInt } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { tokenIn } from '#server/notifications/testing.ts'
import { sayPort } from '../say-port.ts'
import type { Taken } from './outside.ts'

/** The mail server of the proof: it keeps what it takes before it says `250`, and takes its time before and after. */
const [file = ''] = process.argv.slice(2)

const server = new SMTPServer({
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  // Whoever sends says by its name which process it is.
  onAuth: ({ username }, _session, done) => done(null, { user: username ?? '' }),
  onData(stream, session, done) {
    text(stream).then(async (raw) => {
      await pause(randomInt(10))
      const [, message_id = ''] = /^message-id: <([^@>]+)@/im.exec(raw) ?? []
      const taken: Taken = { message_id, worker: String(session.user), token: tokenIn(raw) }
      appendFileSync(file, `${JSON.stringify(taken)}\n`)
      await pause(randomInt(30))
      done()
    }, done)
  },
})
// A worker that is killed cuts its connections.
server.on('error', () => {})
sayPort(server.server)
