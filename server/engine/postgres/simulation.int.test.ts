import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BLUEPRINTS } from '#lib/blueprints/blueprints.ts'
import { type PlayOptions, play } from '#lib/simulation/play.ts'
import type { HttpReplies } from '#lib/simulation/scripted-http.ts'
import { answerEverything } from '#lib/simulation/testing.ts'
import type { SimulationAct } from '#lib/simulation/types.ts'
import { stepCatalog } from '#lib/steps/definitions.ts'
import type { HttpPort } from '#lib/steps/kit.ts'
import { DAY, HOUR } from '#lib/time.ts'
import { validateWorkflow } from '#lib/workflow/validate.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { openPostgresStage, type PostgresStage } from '../testing/postgres-stage.ts'
import { realSteps } from '../testing/real-steps.ts'
import { CALL, drive, STARTED_BY } from '../testing/stage.ts'
import { asStored, plain, type Told, toldOf } from '../testing/told.ts'
import { directoryOf } from './directory.ts'

/** Both worlds get the same replies. */
const script: HttpReplies = ({ method }) => ({
  status: method === 'POST' ? 201 : 200,
  body: { ok: true, id: 'cms-1', url: 'https://example.com/posts/1' },
})
const http: HttpPort = {
  request: async ({ method, url, headers, body }) => {
    const reply = script({ step: '', method, url, headers, body })
    const type = { 'content-type': 'application/json' }
    return { ok: true, status: reply?.status ?? 0, headers: type, body: JSON.stringify(reply?.body) }
  },
}

const fixture = (name: string) =>
  readFileSync(new URL(`../../../lib/workflow/fixtures/${name}.yaml`, import.meta.url), 'utf8')
const DELAYS = `name: Patience
steps:
  - {id: rest, type: delay, for: 90m}
  - {id: over, type: delay, until: 2020-01-01}
  - {id: review, type: approval, approvers: [manager@company.com], timeout: 2d, on_timeout: approve}
  - {id: later, type: delay, until: "default(due, now())"}
`
const WORKFLOWS: readonly (readonly [name: string, text: string])[] = [
  ...['config-style', 'content-draft-flow', 'review-loop', 'routing', 'short-style'].map(
    (name) => [name, fixture(name)] as const,
  ),
  ...BLUEPRINTS.map(({ id, yaml }) => [id, yaml] as const),
  ['delays', DELAYS],
]

/** One step after another: everything is in the same order too. `side-by-side.int.test.ts` has the rest. */
describe('a simulated run and the Postgres engine', () => {
  let app: TestApp
  let stage: PostgresStage
  const troubles: unknown[] = []

  beforeAll(async () => {
    app = await testApp()
    const child = () => Promise.reject(new Error('no step of these workflows calls another'))
    const ports = realSteps({ http, schemas: app.schemas, child })
    stage = await openPostgresStage(app, ports, (error) => troubles.push(error))
  })
  afterAll(async () => {
    await stage.close()
    await app.drop()
    expect(troubles).toEqual([])
  })

  const cases = WORKFLOWS.flatMap(([name, text]) =>
    (['approve', 'reject', 'revise', 'silence', 'cancel'] as const).map((way) => [name, way, text] as const),
  )

  it.each(cases)('%s, answered with %s, tell the same story', async (_, way, text) => {
    const decision = way === 'approve' || way === 'reject' || way === 'revise' ? way : 'approve'
    const people = directoryOf([])
    const definition = asStored(validateWorkflow(text, stepCatalog).definition ?? undefined)
    const full = await answerEverything({ text, definition, decision, people, http: script, startedBy: STARTED_BY })
    const acts: SimulationAct[] =
      way === 'silence'
        ? [{ do: 'wait', ms: 40 * DAY }]
        : way === 'cancel'
          ? [...full.acts.slice(0, 2), { do: 'wait', ms: HOUR }, { do: 'cancel', reason: 'enough' }]
          : full.problem
            ? full.acts.slice(0, full.problem.act)
            : full.acts
    const { inputs } = full.run
    const options: PlayOptions = { text, definition, inputs, acts, people, http: script, startedBy: STARTED_BY }
    const played = await play({ ...options, startsAt: app.clock.now().toISOString() })
    if (played.problem && way === 'cancel') return
    expect(played.problem).toBeNull()

    const { static: constants, profile } = played.run.data
    const started = await app.engine.start(CALL, {
      ...(await stage.publish(played.definition, text)),
      inputs: played.run.data.inputs,
      static: constants,
      profile,
      idempotency: null,
    })
    if (!started.ok) throw new Error(started.reason)
    await drive(stage, started.run_id, acts)
    expect(plain(comparable(await stage.told(started.run_id)))).toEqual(plain(comparable(toldOf(played))))
  })
})

/** Nothing branches off a run that is not kept. */
function comparable(told: Told): Told {
  return { ...told, run: { ...told.run, can: { ...told.run.can, fork: false } } }
}
