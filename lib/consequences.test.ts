import { describe, expect, it } from 'vitest'
import { consequenceOf, silenceOf } from './consequences.ts'
import type { ApprovalWaitState, Decision } from './workflow/state.ts'

const approvers = ['a1', 'a2', 'a3'].map((id) => ({ id, email: `${id}@company.com`, user_id: null }))
const decided = (approver: string, decision: Decision['decision']): Decision => ({
  approver,
  decision,
  comment: '',
  by: { via: 'link', id: approver, label: approver },
  at: '2026-01-01T00:00:00.000Z',
})

function wait(
  more: Partial<ApprovalWaitState> = {},
  terms: Partial<ApprovalWaitState['terms']> = {},
): ApprovalWaitState {
  return {
    kind: 'approval',
    key: 'root:review:1',
    path: 'root',
    step: 'review',
    visit: 1,
    opened_at: '2026-01-01T00:00:00.000Z',
    generation: 1,
    expires_at: '2026-01-02T00:00:00.000Z',
    policy: 'any',
    approvers,
    decisions: [],
    digest: 'd',
    bound: { keys: [], digest: 'd', at: '2026-01-01T00:00:00.000Z' },
    reminders_sent: 0,
    escalated: false,
    terms: {
      reminder_ms: null,
      timeout_ms: null,
      on_timeout: { do: 'reject' },
      escalate_to: [],
      on_reject: null,
      on_revise: null,
      choices: ['approve', 'reject'],
      self_approval: false,
      ...terms,
    },
    ...more,
  }
}

const steps = [
  { id: 'draft', name: null, next: 'review' },
  { id: 'review', name: 'Review outline', next: 'publish' },
  { id: 'publish', name: 'Publish to CMS', next: null },
].map((step) => ({
  type: 'set',
  when: null,
  retry: null,
  timeout_ms: null,
  on_error: null,
  output_key: null,
  config: {},
  ...step,
}))

describe('what a choice leads to', () => {
  it('names the step that follows, by the name that people know', () => {
    expect(consequenceOf('approve', wait(), steps)).toBe('The run goes on with “Publish to CMS”.')
    expect(consequenceOf('approve', wait({ step: 'publish' }), steps)).toBe('The run ends as completed.')
    expect(consequenceOf('reject', wait(), steps)).toBe('The run ends as failed, with your comment as the reason.')
    expect(consequenceOf('reject', wait({}, { on_reject: 'draft' }), steps)).toBe('The run goes on with “draft”.')
    const revising = wait({}, { on_revise: { to: 'draft', max: 3 } })
    expect(consequenceOf('revise', revising, steps)).toContain('back to “draft” with your comment')
  })

  it('depends on how many are still needed', () => {
    expect(consequenceOf('approve', wait({ policy: 'all' }), steps)).toMatch(/^After 2 more, the run goes on/)
    const last = { policy: 'all' as const, decisions: [decided('a1', 'approve'), decided('a2', 'approve')] }
    expect(consequenceOf('approve', wait(last), steps)).toMatch(/^The run goes on/)
    expect(consequenceOf('reject', wait({ policy: { at_least: 2 } }), steps)).toContain('Once it can no longer')
  })

  it('tells what silence does', () => {
    const said = (on_timeout: ApprovalWaitState['terms']['on_timeout'], more = {}) =>
      silenceOf(wait(more, { on_timeout }), steps)
    expect(said({ do: 'reject' })).toContain('rejected')
    expect(said({ do: 'approve' })).toContain('approved')
    expect(said({ do: 'fail' })).toContain('failed')
    expect(said({ do: 'escalate' })).toContain('others')
    expect(said({ do: 'escalate' }, { escalated: true })).toContain('rejected')
    expect(said({ do: 'jump', to: 'publish' })).toContain('“Publish to CMS”')
    expect(said({ do: 'reject' }, { expires_at: null })).toBeNull()
  })
})

describe('asked in a branch of another step', () => {
  it('what ends is that branch, not the run', () => {
    const inner = wait({ path: 'root/checks@0.1/legal' })
    expect(consequenceOf('approve', inner, [])).toBe('This branch is done.')
    expect(consequenceOf('reject', inner, [])).toBe('This branch ends as failed, with your comment as the reason.')
    expect(silenceOf(wait({ path: inner.path }, { on_timeout: { do: 'fail' } }), [])).toBe(
      'If nobody decides by then, this branch ends as failed.',
    )
  })

  it('what goes on is that item, and after how many', () => {
    const item = { path: 'root/orders@0.1/3', policy: 'all' as const }
    expect(consequenceOf('approve', wait(item), [])).toBe('After 2 more, this item is done.')
    expect(consequenceOf('reject', wait(item, { on_reject: 'note' }), [])).toContain('This item goes on with “note”.')
    expect(silenceOf(wait(item, { on_timeout: { do: 'jump', to: 'note' } }), [])).toBe(
      'If nobody decides by then, this item goes on with “note”.',
    )
  })
})
