'use client'
import { Check, PencilLine, X } from 'lucide-react'
import { useState } from 'react'
import { ApprovalSubject } from '#components/inbox/approval-subject.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ValueSource } from '#lib/contracts/common.ts'
import type { DecisionKind, WaitApproval } from '#lib/contracts/run-waits.ts'

interface AnswerApprovalProps {
  readonly approval: WaitApproval
  readonly provenance: Readonly<Record<string, ValueSource>>
  readonly busy: boolean
  readonly onDecide: (approver: string, decision: DecisionKind, comment: string) => void
}

const CHOICES = {
  approve: { label: 'Approve', icon: Check, variant: 'primary' },
  revise: { label: 'Ask for changes', icon: PencilLine, variant: 'secondary' },
  reject: { label: 'Reject', icon: X, variant: 'danger' },
} as const

/** Decided at once and in anybody's place: nothing here binds anyone. */
export function AnswerApproval({ approval, provenance, busy, onDecide }: AnswerApprovalProps) {
  const awaited = approval.approvers.filter((approver) => approver.awaited)
  const [chosen, setChosen] = useState<string | null>(null)
  const [comment, setComment] = useState('')
  const approver = awaited.find(({ email }) => email === chosen)?.email ?? awaited[0]?.email ?? ''
  const { needed, approved } = approval.quorum
  return (
    <div className="grid gap-4">
      {approval.message && (
        <p className="text-sm whitespace-pre-wrap">
          <VisibleText text={approval.message} />
        </p>
      )}
      <ApprovalSubject show={approval.show} provenance={provenance} />
      {needed > 1 && (
        <p className="text-[0.8125rem] text-ink-muted">
          {approved} of {needed} approvals given.
        </p>
      )}
      {awaited.length > 1 ? (
        <Field label="Decide as">
          {(control) => (
            <Select {...control} value={approver} onChange={({ target }) => setChosen(target.value)}>
              {awaited.map(({ email }) => (
                <option key={email} value={email}>
                  {email}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : (
        <p className="text-[0.8125rem] text-ink-muted">
          You decide as{' '}
          <span dir="auto" className="font-medium text-ink">
            {approver}
          </span>
          .
        </p>
      )}
      <Field label="Comment" optional>
        {(control) => (
          <Textarea {...control} rows={2} value={comment} onChange={({ target }) => setComment(target.value)} />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        {(['approve', 'revise', 'reject'] as const)
          .filter((kind) => approval.choices.includes(kind))
          .map((kind) => {
            const { label, icon: Icon, variant } = CHOICES[kind]
            return (
              <Button
                key={kind}
                variant={variant}
                aria-disabled={busy || undefined}
                onClick={() => !busy && onDecide(approver, kind, comment)}
              >
                <Icon aria-hidden="true" className="size-4" />
                {label}
              </Button>
            )
          })}
      </div>
    </div>
  )
}
