import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PlayOptions, play } from '#lib/simulation/play.ts'
import type { HttpReplies } from '#lib/simulation/scripted-http.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { AiPort } from '#lib/steps/kit.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { createEgress } from '#server/providers/http/egress.ts'
import { createHttpPort } from '#server/providers/http/http-port.ts'
import { type HttpSink, httpSink } from '#server/providers/http/sink.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ChildStart } from '../port.ts'
import { openMemoryStage } from '../testing/memory-stage.ts'
import { openPostgresStage, type PostgresStage } from '../testing/postgres-stage.ts'
import { mockAi, realSteps } from '../testing/real-steps.ts'
import { CASES, type Case, OTHER, OUTSIDE, outside } from '../testing/side-by-side-cases.ts'
import { CALL, drive, PROFILE, STARTED_BY, type Stage } from '../testing/stage.ts'
import { canonical, toldOf } from '../testing/told.ts'
import { directoryOf } from './directory.ts'

describe('the simulation, the memory engine and the Postgres engine', () => {
  let app: TestApp
  let postgres: PostgresStage
  let sink: HttpSink
  let script: HttpReplies = outside()
  let mock: AiPort = mockAi('success')
  const egress = createEgress({ allow: ['127.0.0.1'] })
  const troubles: unknown[] = []
  const trouble = (error: unknown) => void troubles.push(error)
  const people = directoryOf([])
  const define = (text: string) => {
    const written = text.replaceAll(OUTSIDE, sink.url)
    const { definition, diagnostics } = validateWorkflow(written, stepCatalog)
    if (!definition) throw new Error(JSON.stringify(diagnostics))
    return { text: written, definition }
  }
  const child = async (): Promise<ChildStart> => {
    const { definition, text } = define(OTHER)
    const published = await postgres.publish(definition, text)
    return { ok: true, start: { ...published, inputs: {}, static: {}, profile: PROFILE } }
  }
  const ports = () =>
    realSteps({
      http: createHttpPort(egress),
      schemas: app.schemas,
      ai: { generate: (request) => mock.generate(request) },
      child,
    })

  beforeAll(async () => {
    app = await testApp()
    sink = await httpSink(async ({ method, url, headers, body }, count) => {
      // Never in the order in which they were asked.
      await sleep((count * 7) % 13)
      const asked = { step: '', method, url: `${sink.url}${url}`, headers: {}, body }
      const reply = script(asked)
      return { status: reply?.status ?? 0, body: reply?.body ?? headers }
    })
    postgres = await openPostgresStage(app, ports(), trouble)
  })
  afterAll(async () => {
    await postgres.close()
    await egress.close()
    await sink.close()
    await app.drop()
    expect(troubles).toEqual([])
  })

  /** One case on an engine, from its start. */
  async function run(stage: Stage, { text, acts, mode = 'success' }: Case): Promise<string> {
    script = outside()
    mock = mockAi(mode)
    const { definition, text: written } = define(text)
    const published = await postgres.publish(definition, written)
    const start = { ...published, inputs: {}, static: {}, profile: PROFILE, idempotency: null }
    const started = await stage.engine.start(CALL, start)
    if (!started.ok) throw new Error(started.reason)
    await drive(stage, started.run_id, acts)
    return started.run_id
  }

  it.each(Object.entries(CASES))('tell the same rows of %s', async (_, given) => {
    const { text, acts, ends, mode = 'success' } = given
    const startsAt = app.clock.now().toISOString()
    const options: PlayOptions = {
      ...define(text),
      ...{ inputs: {}, acts, people, http: outside(), startedBy: STARTED_BY, startsAt, mode },
    }
    const played = await play(options)
    expect(played.problem).toBeNull()
    const simulated = toldOf(played)
    expect(simulated.run.status).toBe(ends)

    const memory = openMemoryStage({ clock: app.clock, ports: ports(), people, child, onError: trouble })
    const held = await run(memory, given)
    expect(canonical(memory.told(held))).toEqual(canonical(simulated))

    const stored = await run(postgres, given)
    expect(canonical(await postgres.told(stored))).toEqual(canonical(simulated))
  })
})
