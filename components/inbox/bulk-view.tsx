'use client'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog, DialogActions } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Textarea } from '#components/ui/textarea.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { ApprovalBulkResult, ApprovalRow } from '#lib/contracts/approvals.ts'
import type { JsonObject } from '#lib/json.ts'
import { FoldedText } from './folded-text.tsx'
import { ShownValue } from './shown-value.tsx'
import { labelOf } from './value-words.ts'

export type BulkDecision = 'approve' | 'reject'

export interface BulkViewProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly decision: BulkDecision
  readonly approvals: readonly ApprovalRow[]
  /** What each shows, by its id; absent while it loads. */
  readonly shown: ReadonlyMap<string, JsonObject>
  readonly pending: boolean
  readonly error: string | null
  /** One for each, once it is done. */
  readonly results: ApprovalBulkResult['results'] | null
  readonly onDecide: (comment: string) => void
}

const WORDS = {
  approve: { title: 'Approve', verb: 'Approve', done: 'Approved', explain: 'Each goes on as it is shown here.' },
  reject: {
    title: 'Reject',
    verb: 'Reject',
    done: 'Rejected',
    explain: 'None of them goes on; your comment says why.',
  },
} as const

/** The same decision for several alike, each with what it shows: what is approved is read, not counted. */
export function BulkView(props: BulkViewProps) {
  const { open, onOpenChange, decision, approvals, shown, pending, error, results, onDecide } = props
  const comment = useRef<HTMLTextAreaElement>(null)
  const words = WORDS[decision]
  const complete = shown.size === approvals.length
  const send = () => {
    if (!pending && complete) onDecide(comment.current?.value ?? '')
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || results) return
    event.preventDefault()
    send()
  }
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={onOpenChange}
      title={results ? resultTitle(results) : `${words.title} ${approvals.length} requests`}
      description={results ? undefined : `${words.explain} This cannot be taken back.`}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the controls inside bubble to here */}
      <div className="grid gap-4" onKeyDown={onKeyDown}>
        {error && <Notice tone="bad">{error}</Notice>}
        <ul className="divide-y rounded-lg border">
          {approvals.map((approval) => (
            <li key={approval.id} className="grid gap-1 px-3.5 py-2.5">
              <p className="text-sm font-medium">
                <VisibleText text={approval.title} />
                {approval.requested_by && (
                  <span className="font-normal text-ink-muted">
                    {' · '}
                    <VisibleText text={approval.requested_by} />
                  </span>
                )}
              </p>
              {results ? (
                <Result result={results.find(({ id }) => id === approval.id)} done={words.done} />
              ) : (
                <Values show={shown.get(approval.id)} />
              )}
            </li>
          ))}
        </ul>
        {!results && (
          <Field label="Comment for all of them" optional>
            {(control) => <Textarea {...control} ref={comment} autoFocus rows={2} maxLength={10_000} dir="auto" />}
          </Field>
        )}
      </div>
      <DialogActions>
        {results ? (
          <Button variant="primary" onClick={() => onOpenChange(false)}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button
              variant={decision === 'reject' ? 'danger' : 'primary'}
              aria-disabled={pending || !complete || undefined}
              onClick={send}
            >
              {pending ? 'Sending…' : `${words.verb} all ${approvals.length}`}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  )
}

function Values({ show }: { readonly show: JsonObject | undefined }) {
  if (!show) return <p className="text-[0.8125rem] text-ink-subtle">Loading what it shows…</p>
  const entries = Object.entries(show)
  if (entries.length === 0) return <p className="text-[0.8125rem] text-ink-subtle">It shows no data.</p>
  return (
    <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[minmax(5rem,9rem)_minmax(0,1fr)]">
      {entries.map(([key, value]) => (
        <div key={key} className="contents">
          <dt className="pt-0.5 text-xs text-ink-subtle">
            <VisibleText text={labelOf(key)} />
          </dt>
          <dd className="min-w-0 [--fold:var(--surface)]">
            <ShownValue value={value} text={(text) => <FoldedText text={text} />} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Result({
  result,
  done,
}: {
  readonly result: ApprovalBulkResult['results'][number] | undefined
  readonly done: string
}) {
  if (!result) return null
  return (
    <p className="flex gap-1.5 text-[0.8125rem]">
      {result.ok ? (
        <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-good" />
      ) : (
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-bad" />
      )}
      {result.ok
        ? result.status === 'pending'
          ? `${done} by you; others are still asked.`
          : `${done}.`
        : result.detail}
    </p>
  )
}

function resultTitle(results: ApprovalBulkResult['results']): string {
  const failed = results.filter((result) => !result.ok).length
  if (failed === 0) return results.length === 1 ? 'It is decided' : `All ${results.length} are decided`
  return failed === results.length ? 'None was decided' : `${results.length - failed} of ${results.length} were decided`
}
