import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditLog, workflows, workflowVersions } from '#drizzle/schema/index.ts'
import type { JsonObject } from '#lib/json.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { startRun } from '../runs/start.ts'
import { FORM, key, person, publish, refusal } from '../testing.ts'
import { compareWorkflowVersions } from './compare.ts'
import { createWorkflow } from './create.ts'
import { deleteWorkflow } from './delete.ts'
import { getWorkflow } from './get.ts'
import { listWorkflows } from './list.ts'
import { rollbackWorkflow } from './rollback.ts'
import { setWorkflowEnabled } from './set-enabled.ts'
import { updateWorkflow } from './update.ts'
import { validateWorkflowText } from './validate.ts'
import { validateStoredWorkflow } from './validate-stored.ts'
import { listWorkflowVersions } from './versions.ts'

let app: TestApp
let ctx: ServiceContext
let viewer: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(await person(app, 'editor'))
  viewer = app.context(await person(app, 'viewer'))
})
afterAll(() => app.drop())

const named = (name: string, more = '') => FORM.replace('name: Brief', `name: ${name}${more}`)
const counts = async () => {
  const { db } = app.database
  return [await db.$count(workflows), await db.$count(workflowVersions), await db.$count(auditLog)]
}

describe('saving a workflow', () => {
  it('keeps the text to the letter, and the steps beside it', async () => {
    const text = `# mine\n${FORM}`
    const saved = await createWorkflow({ ctx, input: { yaml: text, name: 'Blog' } })
    expect(saved).toMatchObject({ name: 'Blog', version: 1, status: 'created', enabled: true })
    const workflow = await getWorkflow({ ctx: viewer, input: { id: saved.id, query: {} } })
    expect(workflow).toMatchObject({
      id: saved.id,
      name: 'Blog',
      version: 1,
      latest_version: 1,
      start_step: 'brief',
      yaml: text,
    })
    expect(workflow.steps.map(({ id, type }) => [id, type])).toEqual([
      ['brief', 'form'],
      ['labels', 'set'],
    ])
  })

  it('takes an object in place of a text', async () => {
    const definition = { name: 'Object', steps: [{ id: 'a', type: 'set', values: { x: 1 } }] }
    const { id } = await createWorkflow({ ctx, input: { definition } })
    const { yaml, steps } = await getWorkflow({ ctx, input: { id, query: {} } })
    expect(yaml).toContain('name: Object')
    expect(steps).toHaveLength(1)
  })

  it('takes a canonical definition, and changes only what it says otherwise', async () => {
    const yaml = `# Ours
name: Canon # its name
start_step: a

steps:
  # The first.
  - {id: A, type: set, values: {x: 1}} # one
  - {id: b, type: delay, for_hours: 2} # two
`
    const { id } = await createWorkflow({ ctx, input: { yaml } })
    const { definition } = await getWorkflow({ ctx, input: { id, query: { definition: true } } })
    if (!definition) throw new Error('no definition')
    const change = (values: object): JsonObject => JSON.parse(JSON.stringify({ ...definition, ...values }))
    const update = (changed: JsonObject) =>
      updateWorkflow({ ctx, input: { id, ifVersion: null, body: { definition: changed } } })
    await update(change({ description: 'Now described' }))
    const after = await getWorkflow({ ctx, input: { id, query: {} } })
    expect(after.yaml).toBe(yaml.replace('# its name\n', '# its name\ndescription: Now described\n'))
    expect(after.definition).toBeUndefined()

    const copy = await createWorkflow({ ctx, input: { definition: change({ name: 'Copy' }) } })
    expect((await getWorkflow({ ctx, input: { id: copy.id, query: {} } })).yaml).toBe(`name: Copy
start_step: a

steps:
  - id: a
    type: set
    values: {x: 1}

  - id: b
    type: delay
    for: 2h
`)
    expect((await refusal(update(change({ ir: 2 })))).code).toBe('request.invalid')
    expect((await refusal(update(change({ start: 'nowhere' })))).code).toBe('workflow.invalid')
  })

  it('tells every error with its place, and saves nothing', async () => {
    const before = await counts()
    const error = await refusal(
      createWorkflow({ ctx, input: { yaml: 'name: X\nsteps:\n  - id: a\n    type: nonsense\n' } }),
    )
    expect(error.code).toBe('workflow.invalid')
    expect(error.errors[0]).toMatchObject({ line: 4, column: expect.any(Number), code: expect.any(String) })
    expect(await counts()).toEqual(before)
  })

  it('is for those who may', async () => {
    expect((await refusal(createWorkflow({ ctx: viewer, input: { yaml: FORM } }))).code).toBe('auth.forbidden')
    expect((await refusal(createWorkflow({ ctx: app.context(null), input: { yaml: FORM } }))).code).toBe(
      'auth.required',
    )
  })
})

describe('changing a workflow', () => {
  it('appends a version and keeps the old ones', async () => {
    const id = await publish(ctx, named('First'))
    const saved = await updateWorkflow({
      ctx,
      input: { id, ifVersion: 1, body: { yaml: named('Second'), message: 'A better name.' } },
    })
    expect(saved).toMatchObject({ id, version: 2, name: 'Second', status: 'updated' })
    expect((await getWorkflow({ ctx, input: { id, query: { version: 1 } } })).yaml).toContain('name: First')
    const { versions } = await listWorkflowVersions({ ctx, input: { id } })
    expect(versions.map(({ version, latest, message }) => [version, latest, message])).toEqual([
      [2, true, 'A better name.'],
      [1, false, null],
    ])
  })

  it('can be compared with an older one, in text and in meaning', async () => {
    const { id } = await createWorkflow({ ctx, input: { yaml: named('Compared') } })
    await updateWorkflow({ ctx, input: { id, ifVersion: 1, body: { yaml: named('Renamed') } } })
    const { from, to, changes } = await compareWorkflowVersions({ ctx: viewer, input: { id, from: 1, to: 2 } })
    expect([from, to]).toEqual([
      { version: 1, yaml: named('Compared') },
      { version: 2, yaml: named('Renamed') },
    ])
    expect(changes).toEqual([{ kind: 'changed', step: null, text: 'Name Compared → Renamed' }])
    const none = await refusal(compareWorkflowVersions({ ctx, input: { id, from: 1, to: 3 } }))
    expect(none.code).toBe('workflow.not_found')
  })

  it('is refused when somebody saved since', async () => {
    const id = await publish(ctx, FORM)
    await updateWorkflow({ ctx, input: { id, ifVersion: 1, body: { yaml: FORM } } })
    const error = await refusal(updateWorkflow({ ctx, input: { id, ifVersion: 1, body: { yaml: FORM } } }))
    expect([error.code, error.extra]).toEqual(['workflow.version_conflict', { latest_version: 2 }])
  })

  it('lets one of ten at the same moment through, and gives the others the version they lost to', async () => {
    const id = await publish(ctx, FORM)
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => updateWorkflow({ ctx, input: { id, ifVersion: 1, body: { yaml: FORM } } })),
    )
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1)
    for (const t of tries)
      if (t.status === 'rejected') expect(t.reason).toMatchObject({ code: 'workflow.version_conflict' })
    expect((await listWorkflowVersions({ ctx, input: { id } })).versions).toHaveLength(2)
  })

  it('saves nothing of a text with errors', async () => {
    const id = await publish(ctx, FORM)
    const error = await refusal(updateWorkflow({ ctx, input: { id, ifVersion: null, body: { yaml: 'name: [' } } }))
    expect(error.code).toBe('workflow.invalid')
    expect((await getWorkflow({ ctx, input: { id, query: {} } })).version).toBe(1)
  })

  it('keeps a display name that was given apart from the text', async () => {
    const { id } = await createWorkflow({ ctx, input: { yaml: FORM, name: 'Given' } })
    const { name } = await updateWorkflow({ ctx, input: { id, ifVersion: null, body: { yaml: named('Other') } } })
    expect(name).toBe('Given')
  })

  it('rolls back by saving the old text again', async () => {
    const id = await publish(ctx, named('One'))
    await updateWorkflow({ ctx, input: { id, ifVersion: null, body: { yaml: named('Two') } } })
    const saved = await rollbackWorkflow({ ctx, input: { id, body: { version: 1 } } })
    expect(saved).toMatchObject({ version: 3, status: 'rolled_back', name: 'One' })
    expect((await refusal(rollbackWorkflow({ ctx, input: { id, body: { version: 9 } } }))).code).toBe(
      'workflow.not_found',
    )
  })

  it('switches starts off and on', async () => {
    const id = await publish(ctx, FORM)
    expect((await setWorkflowEnabled({ ctx, input: { id, body: { enabled: false } } })).enabled).toBe(false)
    const error = await refusal(startRun({ ctx, input: { body: { workflow_id: id }, key: null } }))
    expect(error.code).toBe('workflow.disabled')
    await setWorkflowEnabled({ ctx, input: { id, body: { enabled: true } } })
    expect(await startRun({ ctx, input: { body: { workflow_id: id }, key: null } })).toMatchObject({
      status: 'waiting',
    })
  })

  it('is gone from every list once deleted', async () => {
    const id = await publish(ctx, FORM)
    await deleteWorkflow({ ctx, input: { id } })
    expect((await refusal(getWorkflow({ ctx, input: { id, query: {} } }))).code).toBe('workflow.not_found')
    expect((await refusal(deleteWorkflow({ ctx, input: { id } }))).code).toBe('workflow.not_found')
    expect((await listWorkflows({ ctx, input: { limit: 100 } })).workflows.map((w) => w.id)).not.toContain(id)
  })
})

describe('finding workflows', () => {
  it.each(['wf_00000000000000000000000000', 'nonsense', '', "' or 1=1 --", 'run_01jxyz'])(
    'has nothing at the id %j',
    async (id) => {
      expect((await refusal(getWorkflow({ ctx, input: { id, query: {} } }))).code).toBe('workflow.not_found')
      expect((await refusal(validateStoredWorkflow({ ctx, input: { id } }))).code).toBe('workflow.not_found')
    },
  )

  it('pages without losing or repeating one', async () => {
    const ids = []
    for (let i = 0; i < 5; i++) ids.push(await publish(ctx, named(`Paged ${i}`)))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const list = await listWorkflows({ ctx, input: { q: 'paged', limit: 2, ...(cursor ? { cursor } : {}) } })
      seen.push(...list.workflows.map((w) => w.id))
      cursor = list.next_cursor ?? undefined
    } while (cursor)
    expect(seen).toEqual(ids.toReversed())
  })

  it('filters by text, tag and whether it is enabled', async () => {
    const id = await publish(ctx, named('Odd_100%', '\ntags: [odd]'))
    await setWorkflowEnabled({ ctx, input: { id, body: { enabled: false } } })
    const find = async (input: Parameters<typeof listWorkflows>[0]['input']) =>
      (await listWorkflows({ ctx: viewer, input })).workflows.map((w) => w.id)
    expect(await find({ q: '_100%' })).toEqual([id])
    expect(await find({ q: 'odd' })).toEqual([id])
    expect(await find({ tag: 'odd' })).toEqual([id])
    expect(await find({ tag: 'odd', enabled: 'true' })).toEqual([])
    expect(await find({ tag: 'odd', enabled: false })).toEqual([id])
  })

  it('tells the last run of each', async () => {
    const id = await publish(ctx, named('Ran'))
    const { run_id } = await startRun({ ctx, input: { body: { workflow_id: id }, key: null } })
    const [row] = (await listWorkflows({ ctx, input: { q: 'ran' } })).workflows
    expect(row?.last_run).toMatchObject({ run_id, status: 'waiting' })
  })

  it('refuses a cursor that is not ours', async () => {
    for (const cursor of ['x', 'bm9uc2Vuc2U', Buffer.from('[1]').toString('base64url')]) {
      expect((await refusal(listWorkflows({ ctx, input: { cursor } }))).code).toBe('request.invalid')
    }
  })
})

describe('validating', () => {
  it('answers what a save would say, and saves nothing', async () => {
    const before = await counts()
    expect(await validateWorkflowText({ ctx: viewer, input: { yaml: FORM } })).toMatchObject({
      valid: true,
      errors: [],
    })
    const bad = await validateWorkflowText({ ctx, input: { yaml: 'name: X\nsteps:\n  - id: a\n    type: form\n' } })
    expect(bad.valid).toBe(false)
    expect(bad.errors[0]).toMatch(/^Line \d+, column \d+: /)
    expect(bad.diagnostics[0]).toMatchObject({ severity: 'error', line: expect.any(Number) })
    expect(await counts()).toEqual(before)
  })

  it('warns of a constant that is not set, and stops once it is', async () => {
    const yaml = 'name: X\nsteps:\n  - id: a\n    type: set\n    values: {b: "{{ static.brand }}"}\n'
    const id = await publish(ctx, yaml)
    const codes = async () =>
      (await validateStoredWorkflow({ ctx, input: { id } })).diagnostics.map((d) => `${d.severity} ${d.code}`)
    expect(await codes()).toContain('warning static.unset')
    await app.database.sql`insert into constants (name, value, updated_at) values ('brand', '"Acme"', now())`
    expect(await codes()).not.toContain('warning static.unset')
    await app.database.sql`delete from constants`
  })

  it('is for whoever may read', async () => {
    expect((await refusal(validateWorkflowText({ ctx: app.context(null), input: { yaml: FORM } }))).code).toBe(
      'auth.required',
    )
    const narrow = app.context(key('admin', ['run:start']))
    expect((await refusal(validateWorkflowText({ ctx: narrow, input: { yaml: FORM } }))).code).toBe('auth.forbidden')
  })
})
