import { describe, expect, it } from 'vitest'
import type { DecisionEntry, RunWait } from '#lib/contracts/run-waits.ts'
import { decisionSentence } from './attempt-words.ts'
import { awaited, list, money, quorumSentence, waitSentence } from './run-words.ts'

const quorum = { policy: 'any', needed: 1, approved: 0, rejected: 0, total: 2 } as const
const approver = (email: string, awaits = true) => ({ email, decided: null, awaited: awaits })
const wait: RunWait = {
  wait_id: 'wait_1',
  step_id: 'review',
  path: 'root',
  type: 'approval',
  resume_token: null,
  opened_at: '2026-03-01T10:00:00.000Z',
  expires_at: null,
  approval: {
    title: 'Review',
    message: '',
    show: {},
    approvers: [approver('manager@company.com'), approver('editor@company.com', false)],
    quorum,
    priority: 'normal',
    choices: ['approve', 'reject'],
    decisions: [],
  },
}

const decision: DecisionEntry = {
  approver: 'ana@company.com',
  decision: 'approve',
  comment: '',
  by: { via: 'link', id: 'a1', label: 'ana@company.com' },
  at: '2026-03-01T10:00:00.000Z',
}

describe('a run in plain words', () => {
  it('says for whom it waits and since when', () => {
    expect(waitSentence(wait, Date.parse('2026-03-01T12:10:00.000Z'))).toBe('Waiting for manager@company.com since 2 h')
    expect(waitSentence(wait, Date.parse('2026-03-01T10:00:10.000Z'))).toBe('Waiting for manager@company.com')
  })

  it('names a form’s assignee, or that anybody may fill it in', () => {
    const { approval: _, ...rest } = wait
    const form = { title: 'Brief', description: '', fields: [], schema: {}, assignee: null }
    expect(awaited({ ...rest, type: 'form', form })).toBe('somebody to fill in the form')
    expect(awaited({ ...rest, type: 'form', form: { ...form, assignee: 'sarah@company.com' } })).toBe(
      'sarah@company.com',
    )
  })

  it('keeps long lists of people short', () => {
    expect(list(['a', 'b'], 'or')).toBe('a or b')
    expect(list(['a', 'b', 'c', 'd', 'e'], 'and')).toBe('a, b, c and 2 others')
  })

  it('tells progress only where more than one approval is needed', () => {
    expect(quorumSentence(quorum)).toBeNull()
    expect(quorumSentence({ ...quorum, policy: 'all', needed: 2, approved: 1 })).toBe('1 of 2 approvals given')
  })

  it('never lets a key’s decision pass for a person’s own', () => {
    expect(decisionSentence(decision)).toBe('Approved by ana@company.com, by the mailed link')
    expect(decisionSentence({ ...decision, by: { via: 'key', id: 'k', label: 'CI' } })).toBe(
      'Approved with the API key “CI” on behalf of ana@company.com',
    )
    expect(decisionSentence({ ...decision, decision: 'reject', by: { via: 'timeout', id: '', label: '' } })).toBe(
      'Rejected by the time limit',
    )
  })

  it('writes small sums so that they are not nothing', () => {
    expect(money(0.00123)).toBe('$0.0012')
    expect(money(1.5)).toBe('$1.50')
    expect(money(0)).toBe('$0')
  })
})
