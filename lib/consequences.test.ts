import { describe, expect, it } from 'vitest'
import { consequencesOf, silenceOf } from './consequences.ts'
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

describe('what a choice leads to', () => {
  it('is said for each choice that is offered', () => {
    expect(Object.keys(consequencesOf(wait()))).toEqual(['approve', 'reject'])
    const all = consequencesOf(
      wait({}, { choices: ['approve', 'reject', 'revise'], on_revise: { to: 'draft', max: 3 }, on_reject: 'archive' }),
    )
    expect(all.revise).toContain('draft')
    expect(all.reject).toContain('archive')
  })

  it('depends on how many are still needed', () => {
    expect(consequencesOf(wait({ policy: 'all' })).approve).toContain('3 approvals')
    const last = { policy: 'all' as const, decisions: [decided('a1', 'approve'), decided('a2', 'approve')] }
    expect(consequencesOf(wait(last)).approve).toBe('The workflow goes on.')
    expect(consequencesOf(wait({ policy: { at_least: 2 } })).reject).toContain('others are still asked')
    const second = { policy: { at_least: 2 }, decisions: [decided('a1', 'reject')] }
    expect(consequencesOf(wait(second)).reject).toContain('stops')
  })

  it('tells what silence does', () => {
    const said = (on_timeout: ApprovalWaitState['terms']['on_timeout'], more = {}) =>
      silenceOf(wait(more, { on_timeout }))
    expect(said({ do: 'reject' })).toContain('rejected')
    expect(said({ do: 'approve' })).toContain('approved')
    expect(said({ do: 'fail' })).toContain('stops')
    expect(said({ do: 'escalate' })).toContain('others')
    expect(said({ do: 'escalate' }, { escalated: true })).toContain('rejected')
    expect(said({ do: 'jump', to: 'later' })).toContain('later')
    expect(said({ do: 'reject' }, { expires_at: null })).toBeNull()
  })
})
