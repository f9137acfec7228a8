'use client'
import { ExternalLink, Inbox, MailSearch } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Badge, type Tone } from '#components/ui/badge.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Card } from '#components/ui/card.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Input } from '#components/ui/input.tsx'
import { MoreButton } from '#components/ui/more-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { RelativeTime } from '#components/ui/time.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { LinkRel, OutboxMessage } from '#lib/contracts/outbox.ts'

export interface OutboxViewProps {
  /** undefined while it loads. */
  readonly messages: readonly OutboxMessage[] | undefined
  readonly error?: string | null
  readonly to: string
  readonly onTo: (to: string) => void
  /** Only mails of this run. */
  readonly runId: string | null
  readonly hasMore?: boolean
  readonly loadingMore?: boolean
  readonly onMore?: () => void
}

export function OutboxView({ messages, error, to, onTo, runId, hasMore, loadingMore, onMore }: OutboxViewProps) {
  const held = messages?.some((message) => message.channel === 'outbox') ?? false
  const filtered = to.trim() !== '' || runId !== null
  return (
    <div className="grid gap-4">
      {held && (
        <Notice title="Mails stay here, because no mail provider is configured">
          Their links work as they would in a mailbox. Set <code className="font-mono text-xs">RESEND_API_KEY</code> or{' '}
          <code className="font-mono text-xs">SMTP_URL</code> and restart to have mails sent.
        </Notice>
      )}
      <search className="flex flex-wrap items-center gap-3">
        <Input
          type="search"
          aria-label="Show mails to one address"
          placeholder="To: the full address"
          className="max-w-xs"
          value={to}
          onChange={(event) => onTo(event.target.value)}
        />
        {runId && (
          <Link href="/outbox" className="text-[0.8125rem] text-ink-muted underline underline-offset-2">
            Show mails of all runs
          </Link>
        )}
      </search>
      {error && <Notice tone="bad">{error}</Notice>}
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
                <Message message={message} />
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

function Message({ message }: { readonly message: OutboxMessage }) {
  const [open, setOpen] = useState(false)
  const status =
    message.channel === 'outbox' ? { label: 'Kept here', tone: 'neutral' as const } : STATUS[message.status]
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="grid list-none gap-x-4 gap-y-0.5 px-4 py-3 hover:bg-sunken sm:grid-cols-[minmax(0,1fr)_auto] [&::-webkit-details-marker]:hidden">
        <span className="truncate text-sm font-medium">
          <VisibleText text={message.subject} />
        </span>
        <span className="flex items-center gap-3 text-[0.8125rem] text-ink-subtle sm:justify-end">
          <Badge tone={status.tone}>{status.label}</Badge>
          <RelativeTime at={message.sent_at ?? message.created_at} />
        </span>
        <span className="truncate text-[0.8125rem] text-ink-muted">To {message.to}</span>
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

function Opened({ message }: { readonly message: OutboxMessage }) {
  const [plain, setPlain] = useState(false)
  return (
    <div className="grid gap-3 border-t bg-sunken p-4">
      {message.error && (
        <Notice tone={message.status === 'failed' ? 'bad' : 'info'}>
          <VisibleText text={message.error} />
        </Notice>
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
              className="rounded-r-none border-r-0"
            >
              <ExternalLink aria-hidden="true" />
              {RELS[link.rel]}
            </ButtonLink>
            <CopyButton text={link.url} className="rounded-l-none" />
          </span>
        ))}
        <span className="ml-auto flex gap-2">
          {message.run_id && (
            <ButtonLink href={`/runs/${message.run_id}`} size="sm" variant="ghost">
              Open the run
            </ButtonLink>
          )}
          <Button size="sm" variant="ghost" aria-pressed={plain} onClick={() => setPlain(!plain)}>
            {plain ? 'Show as HTML' : 'Show as text'}
          </Button>
        </span>
      </div>
      {plain ? (
        <pre className="max-h-[36rem] overflow-auto rounded-md border bg-surface p-4 font-mono text-xs whitespace-pre-wrap">
          <VisibleText text={message.text} />
        </pre>
      ) : (
        // No scripts, no forms, no way out: the mail is only looked at.
        <iframe
          title={`Preview of “${message.subject}”`}
          sandbox=""
          srcDoc={message.html}
          className="h-[36rem] w-full rounded-md border bg-white scheme-light"
        />
      )}
    </div>
  )
}
