import { accountTokens, messages, runSteps, runs, users, waits } from '#drizzle/schema/index.ts'
import { newId } from '#lib/ids.ts'
import type { Json, JsonObject } from '#lib/json.ts'
import type { ApprovalOpening, FormOpening } from '#lib/workflow/catalog.ts'
import type { OutputSource } from '#lib/workflow/data.ts'
import type { ApprovalWaitState, FormWaitState } from '#lib/workflow/state.ts'
import { PLAIN_APPROVAL } from '#lib/workflow/testkit.ts'
import { termsOf } from '#lib/workflow/waits.ts'
import type { Db } from '#server/db/client.ts'
import type { MessageRecord } from './records.ts'

export const AT = new Date('2026-03-01T09:30:00.000Z')

export const OPENING: ApprovalOpening = {
  ...PLAIN_APPROVAL,
  title: 'Review outline',
  show: {},
  approvers: [],
  choices: ['approve', 'reject'],
}

const FORM: FormOpening = {
  kind: 'form',
  title: 'Collect brief',
  description: 'What is it about?',
  fields: [{ key: 'topic', type: 'string', label: 'Topic', required: true }],
  schema: { type: 'object' },
  assignee: { email: 'sarah@company.com' },
  public: false,
  timeout_ms: null,
}

export interface Asked<W = ApprovalWaitState | FormWaitState, O = ApprovalOpening | FormOpening> {
  readonly run_id: string
  readonly wait_id: string
  readonly wait: W
  readonly opening: O
  readonly message: MessageRecord
}

/** Writes a run that asks for one approval and the message about it, as the engine would have. */
export async function askApproval(
  db: Db,
  more: {
    readonly opening?: Partial<ApprovalOpening>
    readonly wait?: Partial<ApprovalWaitState>
    readonly message?: Partial<MessageRecord>
    readonly outputs?: readonly { readonly output: JsonObject; readonly source: OutputSource }[]
    readonly starter?: { readonly name: string | null; readonly user_email: string | null }
    readonly workflowName?: string
    readonly outcome?: string
  } = {},
): Promise<Asked<ApprovalWaitState, ApprovalOpening>> {
  const opening: ApprovalOpening = { ...OPENING, ...more.opening }
  const wait: ApprovalWaitState = {
    kind: 'approval',
    key: 'root:review:1',
    path: 'root',
    step: 'review',
    visit: 1,
    opened_at: AT.toISOString(),
    generation: 1,
    expires_at: null,
    policy: opening.policy,
    approvers: [{ id: 'a1', email: 'editor@company.com', user_id: null }],
    decisions: [],
    digest: 'digest',
    bound: { keys: [], digest: 'digest', at: AT.toISOString() },
    reminders_sent: 0,
    escalated: false,
    terms: termsOf(opening),
    ...more.wait,
  }
  return ask(db, { ...more, wait, opening, kind: 'approval_request', approver: 'a1', to: 'editor@company.com' })
}

/** Writes a run that waits for a form and the message to its assignee. */
export async function askForm(
  db: Db,
  more: { readonly opening?: Partial<FormOpening> } = {},
): Promise<Asked<FormWaitState, FormOpening>> {
  const wait: FormWaitState = {
    kind: 'form',
    key: 'root:collect:1',
    path: 'root',
    step: 'collect',
    visit: 1,
    opened_at: AT.toISOString(),
    generation: 1,
    expires_at: '2026-03-02T09:30:00.000Z',
  }
  const opening: FormOpening = { ...FORM, ...more.opening }
  return ask(db, { wait, opening, kind: 'form_request', approver: null, to: 'sarah@company.com' })
}

/** Writes an account, with where its person was last. */
export async function account(db: Db, email: string, timeZone: string | null): Promise<void> {
  await db.insert(users).values({ id: newId('user'), email, role: 'editor', passwordHash: 'none', timeZone })
}

async function ask<W extends ApprovalWaitState | FormWaitState, O extends ApprovalOpening | FormOpening>(
  db: Db,
  asked: {
    readonly wait: W
    readonly opening: O
    readonly kind: string
    readonly approver: string | null
    readonly to: string
    readonly message?: Partial<MessageRecord>
    readonly outputs?: readonly { readonly output: Json; readonly source: OutputSource }[]
    readonly starter?: { readonly name: string | null; readonly user_email: string | null }
    readonly workflowName?: string
    readonly outcome?: string
  },
): Promise<Asked<W, O>> {
  const run_id = newId('run')
  const wait_id = newId('wait')
  await db.insert(runs).values({
    id: run_id,
    workflowId: newId('workflow'),
    workflowVersion: 1,
    workflowName: asked.workflowName ?? 'Blog Post Generator',
    status: 'waiting',
    state: {
      v: 1,
      status: 'waiting',
      epoch: 1,
      seq: 1,
      taken: 1,
      scopes: {},
      waits: {},
      timers: {},
      error: null,
      stopped_at: null,
    },
    revision: 1,
    epoch: 1,
    inputs: {},
    static: {},
    profile: { user_id: null, user_role: null, name: null, user_email: null, agent_id: null, ...asked.starter },
    requestId: newId('request'),
    createdAt: AT,
    updatedAt: AT,
  })
  for (const [i, { output, source }] of (asked.outputs ?? []).entries()) {
    await db.insert(runSteps).values({
      runId: run_id,
      epoch: 1,
      path: 'root',
      stepId: `step${i}`,
      visit: 1,
      attempt: 1,
      type: 'any',
      status: 'completed',
      seq: i + 1,
      output,
      source,
      startedAt: AT,
    })
  }
  await db.insert(waits).values({
    id: wait_id,
    runId: run_id,
    key: asked.wait.key,
    kind: asked.wait.kind,
    stepId: asked.wait.step,
    path: 'root',
    wait: asked.wait,
    opening: asked.opening,
    outcome: asked.outcome ?? null,
    openedAt: AT,
  })
  const [message] = await db
    .insert(messages)
    .values({
      id: newId('message'),
      kind: asked.kind,
      runId: run_id,
      waitId: wait_id,
      approver: asked.approver,
      generation: 1,
      to: asked.to,
      data: {},
      status: 'queued',
      createdAt: AT,
      ...asked.message,
    })
    .returning()
  if (!message) throw new Error('the message was not written')
  return { run_id, wait_id, wait: asked.wait, opening: asked.opening, message }
}

/** Writes an account token and the message that carries its link. */
export async function askAccount(
  db: Db,
  token: Partial<typeof accountTokens.$inferInsert> & { readonly kind: 'invite' | 'reset' },
  data: JsonObject = {},
): Promise<{ readonly message: MessageRecord; readonly token_id: string }> {
  const token_id = newId('token')
  await db.insert(accountTokens).values({
    id: token_id,
    email: 'new@company.com',
    createdAt: AT,
    expiresAt: new Date(AT.getTime() + 86_400_000),
    ...token,
  })
  const [message] = await db
    .insert(messages)
    .values({
      id: newId('message'),
      kind: token.kind,
      to: token.email ?? 'new@company.com',
      data: { account_token_id: token_id, ...data },
      status: 'queued',
      createdAt: AT,
    })
    .returning()
  if (!message) throw new Error('the message was not written')
  return { message, token_id }
}

/** The token of the first link to a wait in a mail as it goes over the wire. */
export function tokenIn(raw: string): string {
  const plain = raw.replace(/=\r?\n/g, '').replaceAll('=3D', '=')
  const [, token = ''] = /https:\/\/[^/\s]+\/[af]\/([^?\s"<]+)/.exec(plain) ?? []
  return token
}
