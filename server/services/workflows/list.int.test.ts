import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { cancelRun } from '../runs/cancel.ts'
import { startRun } from '../runs/start.ts'
import { FORM, key, person, publish, refusal } from '../testing.ts'
import { deleteWorkflow } from './delete.ts'
import { listWorkflows } from './list.ts'
import { setWorkflowEnabled } from './set-enabled.ts'
import { listWorkflowTags } from './tags.ts'

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
})
afterAll(() => app.drop())

const named = (name: string, tags = '') => FORM.replace('name: Brief', `name: "${name}"${tags && `\ntags: [${tags}]`}`)
const pageBy = async (sort: 'created' | 'updated' | 'name', cursor?: string) =>
  listWorkflows({ ctx, input: { sort, limit: 2, q: 'sorted', ...(cursor === undefined ? {} : { cursor }) } })

describe('the list of workflows', () => {
  it('goes on in each order where its page ended', async () => {
    const ids: Record<string, string> = {}
    for (const name of ['sorted b', 'Sorted A', 'sorted c']) {
      app.clock.pass(1_000)
      ids[name] = await publish(ctx, named(name))
    }
    app.clock.pass(1_000)
    await setWorkflowEnabled({ ctx, input: { id: ids['sorted b'] ?? '', body: { enabled: false } } })
    const expected = {
      created: ['sorted c', 'Sorted A', 'sorted b'],
      updated: ['sorted b', 'sorted c', 'Sorted A'],
      name: ['Sorted A', 'sorted b', 'sorted c'],
    } as const
    for (const sort of ['created', 'updated', 'name'] as const) {
      const first = await pageBy(sort)
      const second = await pageBy(sort, first.next_cursor ?? '')
      expect([...first.workflows, ...second.workflows].map(({ name }) => name)).toEqual(expected[sort])
      expect(second.next_cursor).toBeNull()
    }
  })

  it('refuses a cursor of its own making politely', async () => {
    const odd = Buffer.from(JSON.stringify(['not a time', 'x'])).toString('base64url')
    expect((await pageBy('updated', odd)).workflows).toEqual([])
    expect((await refusal(pageBy('name', 'nonsense'))).code).toBe('request.invalid')
  })

  it('tells how the last ten runs of each stand, the newest first', async () => {
    const id = await publish(ctx, named('Often'))
    const other = await publish(ctx, named('Often, another'))
    const started: string[] = []
    for (let i = 0; i < 12; i++) {
      started.push((await startRun({ ctx, input: { body: { workflow_id: id }, key: null } })).run_id)
    }
    await cancelRun({ ctx, input: { id: started[10] ?? '', body: {} } })
    const { workflows } = await listWorkflows({ ctx, input: { q: 'often', sort: 'name' } })
    expect(workflows.map((row) => row.id)).toEqual([id, other])
    expect(workflows[0]?.last_run).toMatchObject({ run_id: started[11], status: 'waiting' })
    expect(workflows[0]?.recent).toEqual(['waiting', 'canceled', ...Array(8).fill('waiting')])
    expect(workflows[1]).toMatchObject({ last_run: null, recent: [] })
  })

  it('counts the tags in use, and those of deleted workflows no longer', async () => {
    await publish(ctx, named('One', 'sales, urgent'))
    await publish(ctx, named('Two', 'sales'))
    const gone = await publish(ctx, named('Three', 'sales, old'))
    await deleteWorkflow({ ctx, input: { id: gone } })
    expect(await listWorkflowTags({ ctx })).toEqual({
      tags: [
        { tag: 'sales', count: 2 },
        { tag: 'urgent', count: 1 },
      ],
    })
    expect((await refusal(listWorkflowTags({ ctx: app.context(key('viewer', ['run:read'])) }))).code).toBe(
      'auth.forbidden',
    )
  })
})
