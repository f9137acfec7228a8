'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ban, RotateCcw } from 'lucide-react'
import { lazy, useState } from 'react'
import type { SubmitForm } from '#components/forms/form-view.tsx'
import { FormView } from '#components/forms/form-view.tsx'
import { InlineApproval } from '#components/inbox/inline-approval.tsx'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { RunDetail, RunWait } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { ContextView } from './context-view.tsx'
import { RunPageView } from './run-page-view.tsx'
import type { RunTab } from './run-tabs.ts'
import { useRunEvents } from './use-run-events.ts'

const CancelDialog = lazy(async () => ({ default: (await import('./cancel-dialog.tsx')).CancelDialog }))
const RetryDialog = lazy(async () => ({ default: (await import('./retry-dialog.tsx')).RetryDialog }))

interface RunPageProps {
  readonly id: string
  readonly tab: RunTab
  /** The step whose beginning the context tab shows; empty: now. */
  readonly at: string
  /** Takes the answer to a form of this run. */
  readonly submitForm: (waitId: string, ...rest: Parameters<SubmitForm>) => ReturnType<SubmitForm>
}

export function RunPage({ id, tab, at, submitForm }: RunPageProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const detail = useQuery(trpc.runs.detail.queryOptions({ id }))
  const refresh = async () => {
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.runs.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.approvals.pathKey() }),
    ])
  }
  const run = detail.data
  const connected = useRunEvents(id, run !== undefined && !TERMINAL.has(run.status), () => void refresh())

  if (detail.error && !run) return <Notice tone="bad">{errorSentence(detail.error)}</Notice>
  if (!run) {
    return (
      <Card>
        <SkeletonRows label="Loading the run" />
      </Card>
    )
  }
  return (
    <RunPageView
      run={run}
      tab={tab}
      connected={connected}
      actions={<Actions run={run} onDone={refresh} />}
      answer={(wait) => <Answer key={wait.wait_id} run={run} wait={wait} submitForm={submitForm} onDone={refresh} />}
      context={<Context run={run} at={at} />}
    />
  )
}

function Actions({ run, onDone }: { readonly run: RunDetail; readonly onDone: () => Promise<void> }) {
  const trpc = useTRPC()
  const [dialog, setDialog] = useState<'cancel' | 'retry' | null>(null)
  const done = {
    onSuccess: async () => {
      setDialog(null)
      await onDone()
    },
  }
  const cancel = useMutation(trpc.runs.cancel.mutationOptions(done))
  const retry = useMutation(trpc.runs.retry.mutationOptions(done))
  const id = run.run_id
  return (
    <>
      {run.can.retry && (
        <Button variant="primary" onClick={() => setDialog('retry')}>
          <RotateCcw aria-hidden="true" />
          Retry
        </Button>
      )}
      {run.can.cancel && (
        <Button onClick={() => setDialog('cancel')}>
          <Ban aria-hidden="true" />
          Cancel
        </Button>
      )}
      <OnDemand open={dialog === 'cancel'}>
        <CancelDialog
          open
          onOpenChange={(open) => setDialog(open ? 'cancel' : null)}
          pending={cancel.isPending}
          error={errorSentence(cancel.error)}
          onCancelRun={(reason) => cancel.mutate({ id, body: reason.trim() === '' ? {} : { reason: reason.trim() } })}
        />
      </OnDemand>
      <OnDemand open={dialog === 'retry'}>
        <RetryDialog
          run={run}
          open
          onOpenChange={(open) => setDialog(open ? 'retry' : null)}
          pending={retry.isPending}
          error={errorSentence(retry.error)}
          onRetry={(step) => retry.mutate({ id, body: step === null ? {} : { from_step: step } })}
        />
      </OnDemand>
    </>
  )
}

interface AnswerProps extends Pick<RunPageProps, 'submitForm'> {
  readonly run: RunDetail
  readonly wait: RunWait
  readonly onDone: () => Promise<void>
}

/** The form or decision of a wait, for those who may answer it. */
function Answer({ run, wait, submitForm, onDone }: AnswerProps) {
  if (wait.form && wait.resume_token !== null) {
    const { title, description, fields, schema } = wait.form
    return (
      <div className="grid max-w-2xl gap-4">
        {description && <p className="text-sm whitespace-pre-wrap text-ink-muted">{description}</p>}
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
            expires_at: null,
          }}
        />
      </div>
    )
  }
  return wait.approval ? <InlineApproval id={wait.wait_id} onDone={onDone} /> : null
}

function Context({ run, at }: { readonly run: RunDetail; readonly at: string }) {
  const trpc = useTRPC()
  const replaceParams = useReplaceParams()
  const context = useQuery(trpc.runs.context.queryOptions({ id: run.run_id, query: at === '' ? {} : { at } }))
  return (
    <ContextView
      steps={run.workflow.steps}
      at={at}
      onAt={(next) => replaceParams({ at: next })}
      context={context.data}
      error={errorSentence(context.error)}
    />
  )
}
