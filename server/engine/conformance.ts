import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '#lib/json.ts'
import type { ExecutorResult, StepContext } from '#lib/steps/kit.ts'
import type { Clock } from '#lib/time.ts'
import type { WorkflowDefinition } from '#lib/workflow/definition.ts'
import { ONCE, workflow } from '#lib/workflow/testkit.ts'
import type { Call, Engine, SignalAnswer, StartInput } from './port.ts'

/** What an engine under test offers besides its port. */
export interface Harness {
  readonly engine: Engine
  readonly clock: TestClock
  /** Makes a definition known and answers what a start needs of it. */
  publish(
    definition: WorkflowDefinition,
  ): Promise<Pick<StartInput, 'workflow_id' | 'workflow_name' | 'workflow_version' | 'definition'>>
  /** Executes everything that is due now, and waits for it. */
  settle(): Promise<void>
  /** What the `call` steps do. Set before the run starts. */
  script: (context: StepContext) => Promise<ExecutorResult>
  /** The run's history as `type` or `type step`, in order. */
  history(run_id: string): Promise<readonly string[]>
  outputs(run_id: string): Promise<JsonObject>
  mails(run_id: string): Promise<readonly string[]>
  close(): Promise<void>
}

export interface TestClock extends Clock {
  advance(ms: number): void
}

export function createTestClock(start = '2026-01-05T09:00:00.000Z'): TestClock {
  let at = Date.parse(start)
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms
    },
  }
}

export const done = (output: Json = {}): ExecutorResult => ({ ok: true, output, input: null })
export const broken = (retryable = false): ExecutorResult => ({
  ok: false,
  error: { code: 'http.status', message: 'It answered 500.', retryable, retry_after_ms: null },
  input: null,
})

/** A promise that a test settles. */
export function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

const MINUTE = 60_000
const PROFILE = {
  user_id: 'usr_sarah',
  user_email: 'sarah@company.com',
  user_role: 'editor',
  name: 'Sarah',
  agent_id: null,
}
const asKey: Call = {
  actor: { kind: 'apiKey', id: 'key_1', name: 'ci', role: 'admin', scopes: null, agent_id: null },
  request_id: 'req_1',
  audit: null,
}
const by = { via: 'key', id: 'key_1', label: 'key ci' } as const

/** The behaviour every engine has: most of what is known of an engine is written here, once. */
export function engineConformance(name: string, open: () => Promise<Harness>): void {
  describe(`${name} engine`, () => {
    let h: Harness
    beforeEach(async () => {
      h = await open()
    })
    afterEach(() => h.close())

    const start = async (definition: WorkflowDefinition, more: Partial<StartInput> = {}) => {
      const answer = await h.engine.start(asKey, {
        ...(await h.publish(definition)),
        inputs: {},
        static: {},
        profile: PROFILE,
        idempotency: null,
        ...more,
      })
      if (!answer.ok) throw new Error(answer.reason)
      return answer.run_id
    }
    const seen = async (run_id: string) => {
      const run = await h.engine.describe(run_id)
      if (!run) throw new Error('no run')
      return run
    }
    const waitOf = async (run_id: string) => {
      const [wait] = (await seen(run_id)).waits
      if (!wait) throw new Error('no wait')
      return wait.wait_id
    }
    const decide = async (
      run_id: string,
      decision: 'approve' | 'reject' | 'revise',
      more: { approver?: string; generation?: number; wait_id?: string } = {},
    ): Promise<SignalAnswer> =>
      h.engine.signal(asKey, {
        kind: 'approval',
        run_id,
        wait_id: more.wait_id ?? (await waitOf(run_id)),
        generation: more.generation ?? null,
        decision,
        comment: 'said so',
        approver: more.approver ?? null,
        by,
      })
    const submit = async (run_id: string, values: JsonObject, wait_id?: string): Promise<SignalAnswer> =>
      h.engine.signal(asKey, {
        kind: 'form',
        run_id,
        wait_id: wait_id ?? (await waitOf(run_id)),
        generation: null,
        values,
        by,
      })

    const two = workflow(
      [
        { id: 'one', type: 'call' },
        { id: 'two', type: 'call' },
      ],
      { outputs: '{{ steps.two.output.n }}' },
    )
    const review = (more: object = {}) => ({
      id: 'review',
      type: 'gate',
      config: { approvers: [{ email: 'manager@company.com' }], ...more },
    })

    it('plays a sequence to its end', async () => {
      h.script = async ({ step }) => done({ n: step.id })
      const run_id = await start(two)
      await h.settle()
      expect((await seen(run_id)).status).toBe('completed')
      expect(await h.history(run_id)).toEqual([
        'run.created',
        'run.started',
        'step.started one',
        'step.completed one',
        'step.started two',
        'step.completed two',
        'run.completed',
      ])
      expect(await h.outputs(run_id)).toEqual({ one: { n: 'one' }, two: { n: 'two' } })
    })

    it('gives each visit one idempotency key over all its attempts', async () => {
      const keys: string[] = []
      h.script = async ({ idempotencyKey, activity }) => {
        keys.push(idempotencyKey)
        return activity.attempt < 3 ? broken(true) : done()
      }
      const run_id = await start(
        workflow([{ id: 'one', type: 'call', retry: { ...ONCE, max_attempts: 3, interval_ms: 1_000 } }]),
      )
      await h.settle()
      expect(keys).toHaveLength(1)
      h.clock.advance(999)
      await h.settle()
      expect(keys).toHaveLength(1)
      h.clock.advance(1)
      await h.settle()
      h.clock.advance(2_000)
      await h.settle()
      expect(keys).toEqual([`${run_id}:root:one:1:0`, `${run_id}:root:one:1:0`, `${run_id}:root:one:1:0`])
      expect((await seen(run_id)).status).toBe('completed')
    })

    it('answers the same run for the same idempotency key, and refuses the key for something else', async () => {
      h.script = async () => done()
      const input = {
        ...(await h.publish(two)),
        inputs: {},
        static: {},
        profile: PROFILE,
        idempotency: { key: 'k', fingerprint: 'f' },
      }
      const answers = await Promise.all(Array.from({ length: 10 }, () => h.engine.start(asKey, input)))
      const ids = new Set(answers.map((a) => (a.ok ? a.run_id : a.reason)))
      expect(ids.size).toBe(1)
      expect(answers.filter((a) => a.ok && !a.replayed)).toHaveLength(1)
      expect(await h.engine.start(asKey, { ...input, idempotency: { key: 'k', fingerprint: 'other' } })).toEqual({
        ok: false,
        reason: 'key_reused',
      })
    })

    it('fails with the error of the step', async () => {
      h.script = async () => broken()
      const run_id = await start(two)
      await h.settle()
      const { status, state } = await seen(run_id)
      expect({ status, error: state.error }).toEqual({
        status: 'failed',
        error: { code: 'http.status', message: 'It answered 500.', step: 'one' },
      })
    })

    it('waits for a form and takes one submission', async () => {
      h.script = async ({ scope }) => done({ got: scope.roots.runtime?.topic ?? null })
      const run_id = await start(
        workflow([
          { id: 'ask', type: 'ask', config: { assignee: 'sarah@company.com' } },
          { id: 'two', type: 'call' },
        ]),
      )
      await h.settle()
      expect(await h.mails(run_id)).toEqual(['form_request sarah@company.com'])
      const wait_id = await waitOf(run_id)
      const answers = await Promise.all(Array.from({ length: 5 }, () => submit(run_id, { topic: 'AI' }, wait_id)))
      expect(answers.filter((a) => a.ok)).toHaveLength(1)
      expect(answers.filter((a) => !a.ok && a.reason === 'decided')).toHaveLength(4)
      await h.settle()
      expect((await seen(run_id)).status).toBe('completed')
      expect(await h.outputs(run_id)).toEqual({ ask: { topic: 'AI' }, two: { got: 'AI' } })
    })

    it('records one decision when many arrive at once, and tells the others who decided', async () => {
      h.script = async () => done()
      const run_id = await start(
        workflow([
          review({ policy: 'any', approvers: [{ email: 'a@x.com' }, { email: 'b@x.com' }] }),
          { id: 'two', type: 'call' },
        ]),
      )
      const wait_id = await waitOf(run_id)
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          decide(run_id, i % 2 ? 'approve' : 'reject', { wait_id, approver: i % 3 ? 'a1' : 'a2' }),
        ),
      )
      const winners = answers.filter((a) => a.ok)
      expect(winners).toHaveLength(1)
      for (const answer of answers)
        if (!answer.ok) expect(answer).toMatchObject({ reason: 'decided', decided: { by: 'key ci' } })
      await h.settle()
      const history = await h.history(run_id)
      expect(history.filter((event) => event.startsWith('wait.decided'))).toHaveLength(1)
      expect((await seen(run_id)).status).toBe(
        winners[0]?.ok && history.includes('step.started two') ? 'completed' : 'failed',
      )
    })

    it('asks for a name where a key could mean several approvers', async () => {
      const run_id = await start(
        workflow([review({ policy: 'all', approvers: [{ email: 'a@x.com' }, { email: 'b@x.com' }] })]),
      )
      expect(await decide(run_id, 'approve')).toMatchObject({ ok: false, reason: 'approver_needed' })
      expect(await decide(run_id, 'approve', { approver: 'a@x.com' })).toMatchObject({
        ok: true,
        status: 'waiting',
        wait_open: true,
      })
      expect(await decide(run_id, 'approve')).toMatchObject({ ok: true, status: 'completed', wait_open: false })
    })

    it('refuses an answer to a wait of an older generation, of another run, or none', async () => {
      const run_id = await start(workflow([review()]))
      const other = await start(workflow([review()]))
      expect(await decide(run_id, 'approve', { generation: 7 })).toMatchObject({ ok: false, reason: 'stale' })
      expect(await decide(run_id, 'approve', { wait_id: await waitOf(other) })).toMatchObject({
        ok: false,
        reason: 'not_found',
      })
      expect(await decide(run_id, 'approve', { wait_id: 'wait_none' })).toMatchObject({
        ok: false,
        reason: 'not_found',
      })
    })

    it('reminds, and expires when its time has come', async () => {
      const run_id = await start(workflow([review({ timeout_ms: 10 * MINUTE, reminder_ms: 4 * MINUTE })]))
      h.clock.advance(4 * MINUTE)
      await h.settle()
      h.clock.advance(6 * MINUTE - 1)
      await h.settle()
      expect((await seen(run_id)).status).toBe('waiting')
      h.clock.advance(1)
      await h.settle()
      expect(await h.mails(run_id)).toEqual([
        'approval_request manager@company.com',
        'approval_reminder manager@company.com',
        'approval_reminder manager@company.com',
      ])
      expect((await seen(run_id)).state.error?.code).toBe('approval.expired')
    })

    it('fires what came due while nobody was there', async () => {
      const run_id = await start(workflow([review({ timeout_ms: 10 * MINUTE })]))
      h.clock.advance(7 * 24 * 60 * MINUTE)
      await h.settle()
      expect((await h.history(run_id)).filter((e) => e === 'run.failed')).toHaveLength(1)
    })

    it('hands a place to somebody else', async () => {
      const run_id = await start(workflow([review()]))
      const answer = await h.engine.signal(asKey, {
        kind: 'reassign',
        run_id,
        wait_id: await waitOf(run_id),
        generation: null,
        approver: 'a1',
        to: 'New@x.com',
        by,
      })
      expect(answer).toMatchObject({ ok: true, wait_open: true })
      expect(await decide(run_id, 'approve', { approver: 'manager@company.com' })).toMatchObject({
        ok: false,
        reason: 'not_approver',
      })
      expect(await decide(run_id, 'approve', { approver: 'new@x.com' })).toMatchObject({
        ok: true,
        status: 'completed',
      })
    })

    it('sends a draft back with the comment as feedback', async () => {
      const heard: (string | null)[] = []
      h.script = async ({ feedback }) => {
        heard.push(feedback)
        return done({ text: String(heard.length) })
      }
      const run_id = await start(
        workflow([{ id: 'draft', type: 'call' }, review({ on_revise: { to: 'draft', max: 3 } })]),
      )
      await h.settle()
      await decide(run_id, 'revise')
      await h.settle()
      expect(heard).toEqual([null, 'said so'])
      expect(await decide(run_id, 'approve')).toMatchObject({ ok: true, status: 'completed' })
    })

    it('begins nothing new after a cancel is answered', async () => {
      const executed: string[] = []
      const reached = gate()
      const answered = gate()
      h.script = async ({ step }) => {
        executed.push(step.id)
        reached.open()
        await answered.opened
        return done()
      }
      const run_id = await start(two)
      const settled = h.settle()
      await reached.opened
      expect(await h.engine.cancel(asKey, { run_id, reason: 'no longer needed' })).toMatchObject({
        ok: true,
        status: 'canceled',
      })
      answered.open()
      await settled
      expect(executed).toEqual(['one'])
      expect((await h.history(run_id)).at(-1)).toBe('run.canceled')
      expect(await h.engine.cancel(asKey, { run_id, reason: 'again' })).toMatchObject({
        ok: false,
        reason: 'wrong_state',
        status: 'canceled',
      })
    })

    it('drops the answer of a step that was under way when its run was canceled', async () => {
      h.script = async ({ activity }) => {
        const run_id = activity.step === 'one' ? run : ''
        await h.engine.cancel(asKey, { run_id, reason: 'stop' })
        return done({ late: true })
      }
      const run = await start(two)
      await h.settle()
      expect((await h.history(run)).at(-1)).toBe('run.canceled')
      expect(await h.outputs(run)).toEqual({})
    })

    it('goes on after a failure in a new epoch, keeping the good steps', async () => {
      let healthy = false
      const executed: string[] = []
      h.script = async ({ step }) => {
        executed.push(step.id)
        return step.id === 'two' && !healthy ? broken() : done({ n: step.id })
      }
      const run_id = await start(two)
      await h.settle()
      healthy = true
      expect(await h.engine.retry(asKey, { run_id, from_step: null, inputs: null })).toMatchObject({
        ok: true,
        status: 'running',
      })
      await h.settle()
      expect((await seen(run_id)).status).toBe('completed')
      expect(executed).toEqual(['one', 'two', 'two'])
    })

    it('says what there is not', async () => {
      expect(await h.engine.describe('run_none')).toBeNull()
      expect(await h.engine.cancel(asKey, { run_id: 'run_none', reason: '' })).toMatchObject({
        ok: false,
        reason: 'not_found',
      })
      const run_id = await start(two)
      expect(await h.engine.retry(asKey, { run_id, from_step: null, inputs: null })).toMatchObject({
        ok: false,
        reason: 'wrong_state',
      })
    })

    it('keeps characters that a database might not', async () => {
      h.script = async () => done({ text: 'a\u0000b \ud800 c \\u0000 🙂' })
      const run_id = await start(workflow([{ id: 'one', type: 'call' }]))
      await h.settle()
      expect((await seen(run_id)).status).toBe('completed')
      expect((await h.outputs(run_id)).one).toMatchObject({ text: expect.stringMatching(/^a.b . c \\u0000 🙂$/su) })
    })
  })
}
