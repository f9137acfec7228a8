'use client'
import { clsx } from 'clsx'
import { AtSign, ChevronRight, ExternalLink, Inbox, MailSearch } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { GuideSeen } from '#components/guide/guide-seen.tsx'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Failure } from '#components/ui/failure.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SearchField } from '#components/ui/search-field.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { LinkRel, OutboxMessage } from '#lib/contracts/outbox.ts'
import { repeatSentence } from './mail-words.ts'

export interface OutboxViewProps {
  /** undefined while it loads. */
  readonly messages: readonly OutboxMessage[] | undefined
  readonly error?: string | null
  /** Loads it once more. */
  readonly onRetry?: () => Promise<unknown>
  readonly to: string
  readonly onTo: (to: string) => void
  /** Only mails of this run. */
  readonly runId: string | null
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
}

export function OutboxView({
  messages,
  error,
  onRetry,
  to,
  onTo,
  runId,
  hasMore,
  loadingMore,
  onMore,
}: OutboxViewProps) {
  const held = messages?.some((message) => message.channel === 'outbox') ?? false
  const filtered = to.trim() !== '' || runId !== null
  return (
    <div className="grid gap-4">
      {held && (
        <Notice title="No mail provider is configured, so mails stay here">
          Their links work as they would in a mailbox. To have mails sent, set{' '}
          <code className="font-mono text-xs">RESEND_API_KEY</code> or{' '}
          <code className="font-mono text-xs">SMTP_URL</code> in the environment and restart.
        </Notice>
      )}
      <search className="flex flex-wrap items-center gap-3">
        <SearchField
          icon={AtSign}
          label="Show mails to one address"
          placeholder="Mails to one address"
          className="w-full max-w-xs"
          value={to}
          onChange={onTo}
        />
        {runId && (
          <Link href="/outbox" className="text-[0.8125rem] text-ink-muted underline underline-offset-2">
            Show mails of all runs
          </Link>
        )}
      </search>
      <Failure error={error} onRetry={onRetry} />
      {!messages && !error && (
        <Card>
          <SkeletonRows label="Loading mails" />
        </Card>
      )}
      {messages?.length === 0 && (
        <Card>
          {filtered ? (
            <EmptyState icon={MailSearch} title="No mail matches">
              The address has to be complete.
            </EmptyState>
          ) : (
            <EmptyState icon={Inbox} title="No mail yet">
              When a run asks somebody for an approval, the mail stands here with its links.
            </EmptyState>
          )}
        </Card>
      )}
      {messages && messages.length > 0 && (
        <Card className="overflow-hidden">
          <ul className="divide-y">
            {messages.map((message) => (
              <li key={message.id}>
                <Message message={message} unfolded={runId !== null && messages.length === 1} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      {hasMore && onMore && <MoreButton loading={loadingMore} onClick={onMore} />}
    </div>
  )
}

const STATUS: Readonly<Record<OutboxMessage['status'], { label: string; tone: Tone }>> = {
  queued: { label: 'On its way', tone: 'info' },
  sent: { label: 'Sent', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  skipped: { label: 'Not needed', tone: 'neutral' },
}

/** What a mail is for, where its subject does not say it at a glance. */
const KINDS: Readonly<Record<string, string | undefined>> = {
  approval_request: 'Request',
  approval_reminder: 'Reminder',
  approval_escalation: 'Escalation',
  form_request: 'Form',
  invite: 'Invitation',
  reset: 'Password reset',
  setup: 'Set-up',
}

/** The only mail of a run stands open: whoever came for it has one click less. */
function Message({ message, unfolded }: { readonly message: OutboxMessage; readonly unfolded: boolean }) {
  const [open, setOpen] = useState(unfolded)
  const status =
    message.channel === 'outbox' ? { label: 'Kept here', tone: 'neutral' as const } : STATUS[message.status]
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex list-none items-start gap-3 px-4 py-3 -outline-offset-2 transition-colors hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className={clsx(
            'mt-0.5 size-4 shrink-0 text-ink-subtle transition-transform rtl:-scale-x-100',
            open && 'rotate-90 rtl:rotate-90',
          )}
        />
        <span className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(0,1fr)_auto]">
          <span className="truncate text-sm font-medium">
            <VisibleText text={message.subject} />
          </span>
          <span className="flex items-center gap-3 text-[0.8125rem] text-ink-subtle sm:justify-end">
            <Badge tone={status.tone}>{status.label}</Badge>
            <RelativeTime at={message.sent_at ?? message.created_at} className="whitespace-nowrap" />
          </span>
          <span className="truncate text-[0.8125rem] text-ink-muted">
            {KINDS[message.kind] ?? 'Mail'} to <VisibleText text={message.to} />
          </span>
        </span>
      </summary>
      {open && <Opened message={message} />}
    </details>
  )
}

const RELS: Readonly<Record<LinkRel, string>> = {
  approve: 'Approve link',
  reject: 'Reject link',
  review: 'Review link',
  form: 'Form link',
  invite: 'Invitation link',
  reset: 'Reset link',
}

type Look = 'html' | 'text'

function Opened({ message }: { readonly message: OutboxMessage }) {
  const [look, setLook] = useState<Look>('html')
  return (
    <div className="grid gap-3 border-t bg-sunken p-4">
      <GuideSeen step="mail" runId={message.run_id} />
      {message.error && (
        <Notice tone={message.status === 'failed' ? 'bad' : 'info'}>
          <VisibleText text={message.error} />
        </Notice>
      )}
      {message.repeats > 0 && message.status !== 'skipped' && (
        <p className="text-[0.8125rem] text-ink-muted">{repeatSentence(message.repeats)}</p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {message.links.map((link) => (
          <span key={`${link.rel} ${link.url}`} className="flex">
            <ButtonLink
              href={link.url}
              target="_blank"
              rel="noreferrer"
              prefetch={false}
              size="sm"
              className="rounded-e-none border-e-0"
            >
              <ExternalLink aria-hidden="true" />
              {RELS[link.rel]}
            </ButtonLink>
            <CopyButton
              text={link.url}
              label=""
              aria-label={`Copy the ${RELS[link.rel].toLowerCase()}`}
              className="rounded-s-none"
            />
          </span>
        ))}
        <span className="ms-auto flex flex-wrap items-center gap-2">
          {message.run_id && (
            <ButtonLink href={`/runs/${message.run_id}`} size="sm" variant="ghost">
              Open the run
            </ButtonLink>
          )}
          <Segmented<Look>
            label="Show as"
            value={look}
            onChange={setLook}
            options={[
              { value: 'html', label: 'HTML' },
              { value: 'text', label: 'Text' },
            ]}
          />
        </span>
      </div>
      {look === 'text' ? (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself has to be reachable by keyboard
          tabIndex={0}
          className="max-h-[36rem] overflow-auto rounded-md border bg-surface p-4 font-mono text-xs whitespace-pre-wrap"
        >
          <VisibleText text={message.text} />
        </pre>
      ) : (
        // No scripts, no forms, no way out: the mail is only looked at.
        <iframe
          title={`Preview of “${message.subject}”`}
          sandbox=""
          srcDoc={message.html}
          className="h-[36rem] w-full rounded-md border bg-white"
        />
      )}
    </div>
  )
}
