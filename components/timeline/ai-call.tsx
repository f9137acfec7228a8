import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { AiCallEntry } from '#lib/contracts/runs.ts'
import { money } from './run-words.ts'

interface AiCallsProps {
  readonly calls: readonly AiCallEntry[]
}

/** Every call to the model by itself: what it was asked, what it said, what was wrong with it, what it took. */
export function AiCalls({ calls }: AiCallsProps) {
  if (calls.length === 0) return null
  return (
    <div className="grid gap-2">
      {calls.map((call, i) => (
        <AiCall
          key={call.id}
          call={call}
          open={i === calls.length - 1 && (call.violations.length > 0 || call.error !== null)}
        />
      ))}
    </div>
  )
}

function AiCall({ call, open }: { readonly call: AiCallEntry; readonly open: boolean }) {
  const failed = call.error !== null || call.violations.length > 0
  return (
    <details open={open} className="group rounded-md border bg-surface">
      <summary className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-3 py-2 text-[0.8125rem] hover:bg-sunken">
        <span className="font-medium">{call.retry_count === 0 ? 'First answer' : `Re-ask ${call.retry_count}`}</span>
        <Badge tone={failed ? 'bad' : 'good'}>{verdict(call)}</Badge>
        <span className="tabular ml-auto flex flex-wrap gap-x-3 text-xs text-ink-subtle">
          <span>{call.model}</span>
          <span>{duration(call.latency_ms)}</span>
          <span>
            {call.tokens_prompt} → {call.tokens_output} tokens
          </span>
          <span>{call.cost_usd === null ? 'price unknown' : money(call.cost_usd)}</span>
        </span>
      </summary>
      <div className="grid gap-3 border-t p-3">
        {call.error && <p className="text-[0.8125rem] text-bad">{call.error}</p>}
        {call.violations.length > 0 && (
          <div>
            <p className="mb-1 text-xs font-medium text-ink-subtle">Violations of the schema</p>
            <ul className="grid gap-1 text-[0.8125rem]">
              {call.violations.map((violation) => (
                <li key={`${violation.path} ${violation.message}`}>
                  <code className="font-mono text-xs text-bad">{violation.path || 'the answer'}</code>{' '}
                  {violation.message}
                </li>
              ))}
            </ul>
          </div>
        )}
        <Verbatim title="Prompt" text={call.prompt} note={templateNote(call)} />
        <Verbatim title="Answer" text={call.answer ?? ''} />
      </div>
    </details>
  )
}

function Verbatim({ title, text, note }: { readonly title: string; readonly text: string; readonly note?: string }) {
  if (text === '') return null
  return (
    <div className="min-w-0">
      <div className="mb-1 flex items-center justify-between gap-2">
        <p className="text-xs font-medium text-ink-subtle">
          {title}
          {note && <span className="font-normal"> · {note}</span>}
        </p>
        <CopyButton text={text} variant="ghost" />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap"
      >
        <VisibleText text={text} />
      </pre>
    </div>
  )
}

function verdict(call: AiCallEntry): string {
  if (call.error !== null) return 'No answer'
  const count = call.violations.length
  if (count === 0) return 'Fits the schema'
  return count === 1 ? '1 violation' : `${count} violations`
}

function templateNote(call: AiCallEntry): string | undefined {
  return call.template_id ? `template ${call.template_id}, version ${call.template_version}` : undefined
}
