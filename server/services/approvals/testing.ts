import { afterAll, beforeAll } from 'vitest'
import type { Actor } from '#server/engine/port.ts'
import { type TestApp, testApp } from '#server/testing/app.ts'
import type { ServiceContext } from '../context.ts'
import { getRun } from '../runs/get.ts'
import { resumeRun } from '../runs/resume.ts'
import { approvalOf, begin, key, person } from '../testing.ts'
import { decideApproval } from './decide.ts'

export interface ApprovalBench {
  readonly app: TestApp
  /** An editor, who asks. */
  readonly sarah: ServiceContext
  /** The two approvers who are asked. */
  readonly ann: ServiceContext
  readonly bob: ServiceContext
  readonly admin: ServiceContext
  /** A key of an admin. */
  readonly bot: ServiceContext
  /** A run that waits at its approval; `id` is the approval's. */
  ask(policy?: string, more?: string, by?: ServiceContext): Promise<Asked>
  statusOf(run_id: string): Promise<string>
}

interface Asked {
  readonly run: Awaited<ReturnType<typeof getRun>>
  readonly run_id: string
  readonly id: string
}

/** People around one approval, for the tests of a file. */
export function approvalBench(): () => ApprovalBench {
  let bench: ApprovalBench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench.app.drop())
  return () => bench
}

async function openBench(): Promise<ApprovalBench> {
  const app = await testApp({ LOG_LEVEL: 'silent' })
  const as = async (role: 'editor' | 'approver' | 'admin', email: string) => app.context(await person(app, role, email))
  const sarah = await as('editor', 'sarah@company.com')
  const bot = app.context(key('admin'))
  const read = (id: string) => getRun({ ctx: bot, input: { id, query: {} } })
  return {
    ...{ app, sarah, bot },
    ann: await as('approver', 'ann@company.com'),
    bob: await as('approver', 'bob@company.com'),
    admin: await as('admin', 'admin@company.com'),
    async ask(policy = 'any', more = '', by = sarah) {
      const { run_id, resume_token } = await begin(by, approvalOf(policy) + more)
      const body = { resume_token: resume_token ?? '', inputs: { text: 'A post about durable runs' } }
      await resumeRun({ ctx: by, input: { id: run_id, body } })
      const run = await read(run_id)
      return { run, run_id, id: run.waiting?.wait_id ?? '' }
    },
    statusOf: async (run_id) => (await read(run_id)).status,
  }
}

export const decide = (ctx: ServiceContext, id: string, decision: 'approve' | 'reject' | 'revise', body: object = {}) =>
  decideApproval({ ctx, input: { id, decision, body } })

/** Who they are, apart from what they may. */
export const actorOf = (ctx: ServiceContext) => ctx.actor as Actor & { kind: 'user' }
