import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { begin, person } from '#server/services/testing.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { ensureBuilt } from './build.mjs'
import { projectRoot } from './root.ts'

/** Real processes: the supervisor of one worker, as `npm run worker` has it, and a system outside that takes its time. */
describe('SIGTERM to a worker', () => {
  let app: TestApp
  let folder: string
  let outside: Server
  let url: string
  let asked: { key: string | undefined; answer: ServerResponse }[] = []
  let running: ChildProcess[] = []

  beforeAll(() => ensureBuilt(['server']))
  beforeEach(async () => {
    app = await testApp({ LOG_LEVEL: 'silent' })
    folder = mkdtempSync(join(tmpdir(), 'scaff-stop-'))
    asked = []
    running = []
    outside = createServer((request, answer) => {
      asked.push({ key: request.headers['idempotency-key'] as string | undefined, answer })
    }).listen(0, '127.0.0.1')
    await once(outside, 'listening')
    url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    for (const child of running) if (child.exitCode === null) child.kill('SIGKILL')
    outside.closeAllConnections()
    outside.close()
    await app.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  const startWorker = (): ChildProcess => {
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'production' as const,
      DATABASE_URL: app.env.databaseUrl ?? '',
      SCAFF_SECRET_KEY: app.env.secretKey ?? '',
      SCAFF_DATA_DIR: folder,
      EGRESS_ALLOW: '127.0.0.1',
    }
    const child = spawn(process.execPath, [join(projectRoot(), 'dist', 'main.mjs'), 'worker'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    running.push(child)
    return child
  }
  const beginRun = async (method: 'PUT' | 'POST') =>
    begin(
      app.context(await person(app, 'editor')),
      `name: Calls
steps:
  - {id: one, type: api_call, method: ${method}, url: ${url}/one, timeout: 5m}
  - {id: two, type: api_call, method: PUT, url: ${url}/two}
`,
    )
  const reached = (n: number) => expect.poll(() => asked.length, { timeout: 15_000 }).toBe(n)
  const answer = (n: number) => asked[n]?.answer.setHeader('content-type', 'application/json').end('{"ok":true}')
  const steps = () => app.database.sql`select step_id, status, attempt from run_steps order by seq`
  const free = () => app.database.sql`select payload->'activity'->>'step' as step, owner from work where kind = 'step'`

  it('lets it finish the call under way and ends with 0; the next step is for another worker', async () => {
    const { run_id } = await beginRun('POST')
    const first = startWorker()
    await reached(1)
    const ended = once(first, 'exit')
    first.kill('SIGTERM')
    // What belongs to the same wish does not hurry it.
    first.kill('SIGINT')
    await pause(1_500)
    expect(first.exitCode).toBeNull()
    answer(0)
    expect(await ended).toEqual([0, null])
    expect(await steps()).toMatchObject([{ step_id: 'one', status: 'completed', attempt: 1 }, { step_id: 'two' }])
    expect(await free()).toEqual([{ step: 'two', owner: null }])
    expect(asked).toHaveLength(1)
    expect(await app.database.sql`select status from runs where id = ${run_id}`).toEqual([{ status: 'running' }])
  })

  it('breaks the call off at the second one and gives it back; another worker repeats it with the same key', async () => {
    const { run_id } = await beginRun('PUT')
    const first = startWorker()
    await reached(1)
    const ended = once(first, 'exit')
    first.kill('SIGTERM')
    await pause(1_500)
    first.kill('SIGTERM')
    const hurried = performance.now()
    expect(await ended).toEqual([0, null])
    expect(performance.now() - hurried).toBeLessThan(5_000)
    expect(await free()).toEqual([{ step: 'one', owner: null }])
    expect(await app.database.sql`select id from workers`).toEqual([])

    startWorker()
    await reached(2)
    answer(1)
    await reached(3)
    answer(2)
    expect(asked[1]?.key).toBe(asked[0]?.key)
    await expect
      .poll(async () => (await app.database.sql`select status from runs where id = ${run_id}`)[0]?.status)
      .toBe('completed')
    expect(await steps()).toEqual([
      { step_id: 'one', status: 'completed', attempt: 1 },
      { step_id: 'two', status: 'completed', attempt: 1 },
    ])
    const last = running.at(-1) as ChildProcess
    const over = once(last, 'exit')
    last.kill('SIGTERM')
    expect(await over).toEqual([0, null])
  })
})
