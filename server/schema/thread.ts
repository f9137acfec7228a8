import { parentPort } from 'node:worker_threads'
import { judge } from './judge.ts'
import type { Message, Question } from './messages.ts'

/**
 * The entry of the validation thread: it may hang or run out of memory, because the process it serves does not. Bundled as
 * `dist/schema-thread.mjs`.
 */
const port = parentPort
if (port === null) throw new Error('This file is the entry of a worker thread.')

port.on('message', ({ id, schema, value }: Question) => {
  const judgement = judge(schema, value)
  say('failure' in judgement ? { kind: 'failure', id, ...judgement } : { kind: 'violations', id, ...judgement })
})
say({ kind: 'ready' })

type Body<M> = M extends Message ? Omit<M, 'cpu_ms'> : never

function say(body: Body<Message>): void {
  port?.postMessage({ ...body, cpu_ms: spent() })
}

/** Before Node 24 a thread cannot tell; the validator then goes by the clock. */
function spent(): number {
  if (typeof process.threadCpuUsage !== 'function') return 0
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}
