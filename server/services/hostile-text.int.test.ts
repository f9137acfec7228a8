import { afterAll, beforeAll, describe, it } from 'vitest'
import { ScaffError } from '#lib/errors.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import { decideApproval } from './approvals/decide.ts'
import { listApprovals } from './approvals/list.ts'
import { openApprovalLink } from './approvals/open-link.ts'
import { reassignApproval } from './approvals/reassign.ts'
import type { ServiceContext } from './context.ts'
import { openFormLink } from './forms/open-link.ts'
import { submitForm } from './forms/submit.ts'
import { cancelRun } from './runs/cancel.ts'
import { getRunContext } from './runs/context.ts'
import { getRun } from './runs/get.ts'
import { listRuns } from './runs/list.ts'
import { resumeRun } from './runs/resume.ts'
import { retryRun } from './runs/retry.ts'
import { startRun } from './runs/start.ts'
import { approvalOf, begin, FORM, key, publish } from './testing.ts'
import { createWorkflow } from './workflows/create.ts'
import { getWorkflow } from './workflows/get.ts'
import { listWorkflows } from './workflows/list.ts'
import { updateWorkflow } from './workflows/update.ts'

let app: TestApp
let ctx: ServiceContext

beforeAll(async () => {
  app = await testApp({ LOG_LEVEL: 'silent' })
  ctx = app.context(key('admin'))
})
afterAll(() => app.drop())

/** Characters that databases, patterns and pages trip over. */
const TEXTS = {
  NUL: 'a\0b',
  'half a pair': '\ud800',
  quotes: `'";--`,
  pattern: '%_\\',
  bidi: '\u202egnp',
  long: 'x'.repeat(200),
}

/** Answered or refused, but never a defect of ours. */
async function orderly(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof ScaffError)) throw error
  })
}

describe.each(Object.entries(TEXTS))('a text with %s', (_what, text) => {
  it('is no trouble in what is looked for', async () => {
    const cursor = Buffer.from(JSON.stringify([text])).toString('base64url')
    const second = Buffer.from(JSON.stringify([1, text])).toString('base64url')
    await orderly(listWorkflows({ ctx, input: { q: text, tag: text.slice(0, 100) } }))
    await orderly(listWorkflows({ ctx, input: { cursor } }))
    await orderly(listRuns({ ctx, input: { q: text, workflow_id: text } }))
    await orderly(listRuns({ ctx, input: { cursor } }))
    await orderly(listApprovals({ ctx, input: { cursor: second } }))
    await orderly(listApprovals({ ctx, input: { cursor: second, sort: 'priority' } }))
    await orderly(getRun({ ctx, input: { id: text, query: {} } }))
    await orderly(getWorkflow({ ctx, input: { id: text, query: {} } }))
    await orderly(openApprovalLink({ ctx, input: { token: text } }))
    await orderly(openFormLink({ ctx, input: { token: text } }))
  })

  it('is no trouble in what is saved', async () => {
    await orderly(createWorkflow({ ctx, input: { yaml: FORM, name: text } }))
    const id = await publish(ctx, FORM)
    await orderly(
      updateWorkflow({ ctx, input: { id, ifVersion: null, body: { yaml: `${FORM}# ${text}\n`, message: text } } }),
    )
    await orderly(startRun({ ctx, input: { body: { workflow_id: id, inputs: { [text]: text } }, key: text } }))
    const run = await begin(ctx, FORM)
    await orderly(getRunContext({ ctx, input: { id: run.run_id, query: { at: text } } }))
    const wait_id = run.waiting?.wait_id ?? ''
    await orderly(
      submitForm({ ctx, input: { run_id: run.run_id, wait_id, answer: { form: { topic: `abc${text}` } } } }),
    )
    await orderly(cancelRun({ ctx, input: { id: run.run_id, body: { reason: text } } }))
    await orderly(retryRun({ ctx, input: { id: run.run_id, body: { from_step: text } } }))
  })

  it('is no trouble in a decision', async () => {
    const run = await begin(ctx, approvalOf('all'))
    const body = { resume_token: run.resume_token ?? '', inputs: { text } }
    await orderly(resumeRun({ ctx, input: { id: run.run_id, body } }))
    const { waiting } = await getRun({ ctx, input: { id: run.run_id, query: {} } })
    const id = waiting?.wait_id ?? ''
    await orderly(reassignApproval({ ctx, input: { id, body: { from: text, to: 'x@company.com' } } }))
    await orderly(decideApproval({ ctx, input: { id, decision: 'approve', body: { comment: text, approver: text } } }))
    await orderly(
      decideApproval({ ctx, input: { id, decision: 'approve', body: { comment: text, approver: 'ann@company.com' } } }),
    )
  })
})
