'use client'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { DateTime } from '#components/ui/date-time.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { Approval } from '#lib/contracts/approvals.ts'
import { ChangedValue } from './approval-changes.tsx'
import { ApprovalState } from './approval-state.tsx'
import { ApprovalSubject } from './approval-subject.tsx'
import { changedKeys } from './changed-keys.ts'
import { Due } from './due.tsx'
import { EarlierNote } from './earlier-request.tsx'
import { FoldedText } from './folded-text.tsx'
import { People } from './people.tsx'

/** Everything there is to know before deciding: who asks, what exactly, what changed, who decides, until when. */
export function ApprovalBody({ approval }: { readonly approval: Approval }) {
  const open = approval.status === 'pending'
  return (
    <div className="grid gap-6">
      <ApprovalState approval={approval} />
      {approval.message && (
        <p className="max-w-[72ch] text-sm leading-6 whitespace-pre-wrap people-text">
          <VisibleText text={approval.message} />
        </p>
      )}
      <Subject approval={approval} />
      <section aria-labelledby="people" className="grid gap-2">
        <h2 id="people" className="text-sm font-semibold">
          Who decides
        </h2>
        <People approvers={approval.approvers} decisions={approval.decisions} quorum={approval.quorum} open={open} />
      </section>
      <Facts approval={approval} />
    </div>
  )
}

type Look = 'changes' | 'values'

function Subject({ approval }: { readonly approval: Approval }) {
  const { previous, show, provenance } = approval
  const [look, setLook] = useState<Look>('changes')
  const changed = previous ? new Set(changedKeys(previous.show, show).changed) : null
  const diffed = previous !== null && changed !== null && look === 'changes'
  return (
    <section aria-labelledby="subject" className="grid gap-2.5">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
        <h2 id="subject" className="text-sm font-semibold">
          What is approved
        </h2>
        {changed && changed.size > 0 && (
          <Segmented<Look>
            label="How it is shown"
            value={look}
            onChange={setLook}
            options={[
              { value: 'changes', label: 'What changed' },
              { value: 'values', label: 'As it is now' },
            ]}
          />
        )}
      </div>
      {previous && <EarlierNote previous={previous} show={show} />}
      <ApprovalSubject
        show={show}
        provenance={provenance}
        text={(text) => <FoldedText text={text} />}
        instead={(key) =>
          diffed && changed.has(key) ? <ChangedValue name={key} before={previous.show} now={show} /> : null
        }
      />
    </section>
  )
}

function Facts({ approval }: { readonly approval: Approval }) {
  const open = approval.status === 'pending'
  return (
    <dl className="grid gap-x-6 gap-y-3 border-t pt-4 text-[0.8125rem] sm:grid-cols-2">
      {open && (
        <Fact name="Time limit">
          <Due at={approval.expires_at} />
          {approval.silence && <span className="block text-ink-muted">{approval.silence}</span>}
        </Fact>
      )}
      <Fact name="Asked">
        <DateTime at={approval.opened_at} /> (<RelativeTime at={approval.opened_at} />)
      </Fact>
      <Fact name="Workflow">
        <Link href={`/workflows/${approval.workflow_id}`} className="underline underline-offset-2">
          <VisibleText text={approval.workflow_name} />
        </Link>
      </Fact>
      <Fact name="Run">
        <Link href={`/runs/${approval.run_id}`} className="underline underline-offset-2">
          Open the run
        </Link>
      </Fact>
      <Fact name="Fingerprint of what is shown">
        <span className="flex items-center gap-1.5">
          <code className="font-mono text-xs break-all" title={approval.digest}>
            {approval.digest.slice(0, 16)}…
          </code>
          <CopyButton
            text={approval.digest}
            size="sm"
            variant="ghost"
            aria-label="Copy the whole fingerprint"
            label=""
          />
        </span>
        <span className="block text-ink-muted">
          Kept with each decision. If a value changes later, the approval is void.
        </span>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-subtle">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
