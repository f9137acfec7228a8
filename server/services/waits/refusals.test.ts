import { describe, expect, it } from 'vitest'
import { closedError } from './closed.ts'
import type { WaitRecord } from './find.ts'
import { refusalError } from './refusals.ts'

const decided = { outcome: 'approved', by: 'ann@company.com', at: '2026-01-05T09:00:00.000Z' }

describe('a refused answer', () => {
  it.each([
    ['not_found', 'approval.not_found'],
    ['decided', 'resume.already_decided'],
    ['expired', 'approval.expired'],
    ['canceled', 'run.wrong_state'],
    ['stale', 'resume.token_expired'],
    ['not_approver', 'approval.not_allowed'],
    ['not_your_turn', 'approval.not_allowed'],
    ['choice_not_offered', 'request.invalid'],
    ['self_approval', 'approval.not_allowed'],
    ['approver_needed', 'approval.approver_needed'],
    ['already_asked', 'request.invalid'],
  ] as const)('%s is %s, with what to do', (reason, code) => {
    const error = refusalError({ ok: false, reason, decided: null })
    expect([error.code, error.extra]).toEqual([code, {}])
    expect(error.message).toMatch(/\.$/)
  })

  it('names who was first and when', () => {
    const error = refusalError({ ok: false, reason: 'decided', decided })
    expect(error.message).toContain('approved already by ann@company.com at 2026-01-05T09:00:00.000Z')
    expect(error.extra).toEqual({ decided })
  })

  it('reads the same for a wait that is found closed', () => {
    const closedAt = new Date(decided.at)
    const closed = (outcome: string) => {
      const record = { outcome, closedBy: { via: 'app', id: 'usr_1', label: decided.by }, closedAt }
      return closedError(record as WaitRecord)
    }
    expect(closed('approved').extra).toEqual({ decided })
    expect(closed('expired').code).toBe('approval.expired')
    expect(closed('canceled').code).toBe('run.wrong_state')
  })
})
