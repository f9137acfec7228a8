import { open } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { createRandom, seedOf } from '#lib/mock-ai/random.ts'
import { sayPort } from '../say-port.ts'
import type { LedgerRecord } from './ledger-client.ts'
import { link } from './work.ts'

/**
 * The outside world of the storm: a process of its own, which keeps every raw request in a file of its own and has it on
 * the disk before it answers. Then it takes its time, so that workers are killed between effect and commit.
 */
const [file = '', seed = '', slowestMs = ''] = process.argv.slice(2)
const storage = await open(file, 'a')
const known = new Map<string, LedgerRecord>()

let lines = ''
let writing: Promise<void> | null = null
/** Requests of one moment share a sync; the next ones wait for the next. */
async function keep(record: LedgerRecord): Promise<void> {
  lines += `${JSON.stringify(record)}\n`
  while (writing) await writing
  if (lines === '') return
  const batch = lines
  lines = ''
  writing = storage
    .appendFile(batch)
    .then(() => storage.datasync())
    .finally(() => {
      writing = null
    })
  await writing
}

async function effect(request: IncomingMessage): Promise<object> {
  const at = Date.now()
  const step = request.url?.split('/').at(-1) ?? ''
  const { value, word } = (await json(request)) as { value: string | number; word: string }
  const key = String(request.headers['idempotency-key'])
  const record: LedgerRecord = {
    key,
    method: request.method ?? '',
    worker: String(request.headers['x-worker']),
    at,
    answer: { value: link(String(value), word, step) },
  }
  await keep(record)
  known.set(key, record)
  await pause(createRandom(seedOf(seed, key)).int(10, Number(slowestMs)))
  return record.answer
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '', 'http://ledger')
  // A person who looks whether something has happened.
  const asked = url.searchParams.get('key')
  const answer = asked === null ? await effect(request) : (known.get(asked) ?? null)
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answer))
})
sayPort(server)
