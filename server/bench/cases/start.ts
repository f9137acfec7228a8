import { Agent } from 'undici'
import { apiKeys } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import { newApiKey } from '#server/auth/api-key.ts'
import { benchCase, median } from '../bench-case.ts'
import { startWebProcess } from '../kit/app.ts'
import type { Bench, Measure } from '../kit/bench.ts'
import { many, timed } from '../kit/measure.ts'
import { type PlainScript, plainScript } from '../kit/plain.ts'
import { createRig } from '../kit/rig.ts'
import { asked } from '../kit/workflows.ts'

const AT_ONCE = 100
const ROUNDS = 10

/** A hundred starts at once: how long each waits for its answer, by HTTP and at the port. */
export const startCase: Measure = async (bench) => {
  const { sql } = bench.database
  const rig = await createRig({ sql })
  try {
    const workflow = await rig.publish(asked)
    const script = await plainScript(sql, await rig.start(workflow))
    const atPort = await bursts(bench, () => rig.start(workflow), script)
    const byHttp = await withWeb(bench, (start) => bursts(bench, start, script))
    const baseline = 'baseline: the same rows by a script, as many at once'
    return [
      benchCase({
        name: 'START',
        ...byHttp,
        unit: 'ms',
        note: `${AT_ONCE} starts at once by HTTP, one web process, the caller on the same machine; ${baseline}`,
      }),
      benchCase({
        name: 'START-port',
        ...atPort,
        unit: 'ms',
        note: `${AT_ONCE} starts at once at the engine port; ${baseline}`,
      }),
    ]
  } finally {
    await rig.close()
  }
}

/** Bursts of starts and of the script in turn. */
async function bursts({ long }: Bench, start: () => Promise<unknown>, script: PlainScript) {
  const times: number[] = []
  const plain: number[] = []
  // The first bursts find connections and code cold.
  for (let i = -3; i < (long ? ROUNDS * 4 : ROUNDS); i++) {
    const ours = await burst(start)
    const theirs = await burst(script.run)
    if (i < 0) continue
    times.push(...ours)
    plain.push(...theirs)
  }
  return { value: median(times), baseline: median(plain), times }
}

async function burst(work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  await many(AT_ONCE, AT_ONCE, async () => void times.push(await timed(work)))
  return times
}

const SOURCE = `name: Asked
steps:
  - {id: ask, type: form, fields: [{key: topic, type: string, required: true}]}
`

/** A web process with a workflow to start, as a script would do it: with a key, over connections that stay open. */
async function withWeb<T>(
  { database, url }: Bench,
  measure: (start: () => Promise<unknown>) => Promise<T>,
): Promise<T> {
  const { key, hash, hint } = newApiKey()
  const rateLimit = 1_000_000
  await database.db.insert(apiKeys).values({ id: newId('apiKey'), name: 'bench', role: 'admin', rateLimit, hash, hint })
  const web = await startWebProcess(url)
  const agent = new Agent({ connections: AT_ONCE, pipelining: 1 })
  const post = async (path: string, body: unknown): Promise<{ readonly id?: string; readonly run_id?: string }> => {
    const { statusCode, body: answer } = await agent.request({
      origin: web.origin,
      path: `/api/v1${path}`,
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await answer.text()
    if (statusCode >= 300) throw new Error(`${path} answered ${statusCode}: ${text}`)
    return JSON.parse(text)
  }
  try {
    const { id } = await post('/workflows', { yaml: SOURCE })
    return await measure(() => post('/executions', { workflow_id: id }))
  } finally {
    await agent.close()
    await web.stop()
  }
}
