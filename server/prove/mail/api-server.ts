import { randomInt } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { sayPort } from '../say-port.ts'
import type { Requested } from './outside.ts'

/**
 * The provider with an API: as Resend does, it sends one mail for each idempotency key, answers a repeat with what it
 * answered first, and refuses a key that comes with another text or while its first request is under way.
 */
const [file = ''] = process.argv.slice(2)
const bodies = new Map<string, string>()
const underWay = new Set<string>()

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const key = String(request.headers['idempotency-key'])
  const worker = String(request.headers.authorization).replace('Bearer ', '')
  const body = await text(request)
  if (underWay.has(key)) return say(response, 409, { name: 'concurrent_idempotent_requests' })
  underWay.add(key)
  await pause(randomInt(10))
  const known = bodies.get(key)
  const outcome = known === undefined ? 'created' : known === body ? 'known' : 'other'
  bodies.set(key, known ?? body)
  const requested: Requested = { key, worker, outcome }
  appendFileSync(file, `${JSON.stringify(requested)}\n`)
  underWay.delete(key)
  await pause(randomInt(30))
  if (outcome === 'other') say(response, 409, { name: 'invalid_idempotent_request' })
  else say(response, 200, { id: key })
}

function say(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ statusCode: status, message: 'refused', ...body }))
}

const server = createServer((request, response) => {
  // A worker that is killed cuts its request before it is complete.
  answer(request, response).catch(() => response.destroy())
})
sayPort(server)
