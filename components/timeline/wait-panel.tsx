'use client'
import { clsx } from 'clsx'
import { Hourglass } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { utc } from '#components/ui/time-format.ts'
import { useClock } from '#components/ui/viewer-time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunWait } from '#lib/contracts/run-waits.ts'
import { quorumSentence, waitSentence } from './run-words.ts'
import { WaitMails } from './wait-mails.tsx'

interface WaitPanelProps {
  readonly wait: RunWait
  /** Shows the form or decision where it is not shown here. */
  readonly onAnswer?: () => void
  readonly className?: string
  /** The form or decision, for those who may answer. */
  readonly children?: ReactNode
}

/** For whom a run waits, for what and until when, and the way to answer right there. */
export function WaitPanel({ wait, onAnswer, className, children }: WaitPanelProps) {
  const title = wait.approval?.title ?? wait.form?.title ?? wait.step_id
  const progress = wait.approval ? quorumSentence(wait.approval.quorum) : null
  return (
    <section
      aria-label="What it waits for"
      className={clsx('overflow-clip rounded-lg border border-warn-line bg-surface', className)}
    >
      <header className="flex flex-wrap items-start gap-x-3 gap-y-2 bg-warn-soft px-4 py-3">
        <Hourglass aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn" />
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-sm font-medium">
            <WaitSentence wait={wait} />
          </h2>
          <p className="text-[0.8125rem] text-ink-muted">
            {wait.approval ? 'To decide: ' : 'To fill in: '}
            <VisibleText text={title} />
            {progress && ` · ${progress}`}
            {wait.expires_at && (
              <>
                {' · '}ends <RelativeTime at={wait.expires_at} />
              </>
            )}
          </p>
          {wait.mails && <WaitMails mails={wait.mails} />}
        </div>
        {wait.approval && wait.approval.quorum.needed > 1 && <Progress {...wait.approval.quorum} />}
        {wait.form?.link && <CopyButton text={wait.form.link} label="Copy the public link" />}
        {onAnswer && (
          <Button size="sm" onClick={onAnswer}>
            {wait.approval ? 'Decide' : 'Fill in'}
          </Button>
        )}
      </header>
      {children && <div className="border-t border-warn-line px-4 py-3">{children}</div>}
    </section>
  )
}

/** One mark for each approval it takes; the sentence beside it says the same. */
function Progress({ needed, approved }: { readonly needed: number; readonly approved: number }) {
  const marks = Math.min(needed, 10)
  return (
    <span aria-hidden="true" className="mt-1.5 flex gap-1">
      {Array.from({ length: marks }, (_, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: marks are alike and never move
          key={i}
          className={`h-2 w-5 rounded-full border border-warn ${i < (approved / needed) * marks ? 'bg-warn' : ''}`}
        />
      ))}
    </span>
  )
}

function WaitSentence({ wait }: { readonly wait: RunWait }) {
  return <span title={`Since ${utc(wait.opened_at)}`}>{waitSentence(wait, useClock())}</span>
}
