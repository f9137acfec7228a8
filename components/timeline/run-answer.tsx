'use client'
import { Suspense } from 'react'
import type { SubmitForm } from '#components/forms/form-view.tsx'
import { ApprovalSkeleton } from '#components/inbox/approval-skeleton.tsx'
import { lazyPart } from '#components/ui/lazy-part.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunWait } from '#lib/contracts/run-waits.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'

// Most visits answer nothing; and who decides fills in no form.
const FormView = lazyPart(async () => (await import('#components/forms/form-view.tsx')).FormView)
const InlineApproval = lazyPart(async () => (await import('#components/inbox/inline-approval.tsx')).InlineApproval)

export interface RunAnswerProps {
  readonly run: RunDetail
  readonly wait: RunWait
  /** Takes the answer to a form of this run. */
  readonly submitForm: (waitId: string, ...rest: Parameters<SubmitForm>) => ReturnType<SubmitForm>
  readonly onDone: () => Promise<void>
}

/** The form or decision of a wait, for those who may answer it. */
export function RunAnswer(props: RunAnswerProps) {
  const { approval } = props.wait
  return (
    <Suspense
      fallback={
        approval ? (
          <ApprovalSkeleton values={valuesOf(approval)} />
        ) : (
          <SkeletonRows rows={2} label="Loading what it waits for" />
        )
      }
    >
      <Answer {...props} />
    </Suspense>
  )
}

function Answer({ run, wait, submitForm, onDone }: RunAnswerProps) {
  if (wait.approval) return <InlineApproval id={wait.wait_id} values={valuesOf(wait.approval)} onDone={onDone} />
  if (!wait.form || wait.resume_token === null) return null
  const { title, description, fields, schema, assignee } = wait.form
  return (
    <div className="grid max-w-2xl gap-4">
      {description && (
        <p dir="auto" className="text-sm whitespace-pre-wrap text-ink-muted">
          <VisibleText text={description} />
        </p>
      )}
      <FormView
        compact
        draft={wait.wait_id}
        action={async (previous, form) => {
          const answer = await submitForm(wait.wait_id, previous, form)
          await onDone()
          return answer
        }}
        form={{
          state: 'open',
          wait_id: wait.wait_id,
          run_id: run.run_id,
          title,
          description,
          workflow_name: run.workflow_name,
          fields,
          schema,
          values: {},
          errors: [],
          requested_by: run.started_by,
          assignee,
          expires_at: null,
        }}
      />
    </div>
  )
}

function valuesOf({ show }: NonNullable<RunWait['approval']>): number {
  return Object.keys(show).length
}
