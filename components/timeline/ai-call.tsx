import { ChevronRight } from 'lucide-react'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { AiCallEntry } from '#lib/contracts/run-steps.ts'
import { MarkedAnswer, ViolationNumber } from './marked-answer.tsx'
import { money } from './run-words.ts'
import { Block } from './value-box.tsx'

/** Every call to the model by itself: what it was asked, what it said, what was wrong with it, what it took. */
export function AiCalls({ calls }: { readonly calls: readonly AiCallEntry[] }) {
  if (calls.length === 0) return null
  return (
    <section className="grid gap-2">
      <h3 className="text-xs font-medium text-ink-muted">
        {calls.length === 1 ? 'One call to the model' : `${calls.length} calls to the model`}
      </h3>
      <ol className="grid gap-2">
        {calls.map((call) => (
          <li key={call.id}>
            <AiCall call={call} open={calls.length === 1 || call.violations.length > 0 || call.error !== null} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function AiCall({ call, open }: { readonly call: AiCallEntry; readonly open: boolean }) {
  const failed = call.error !== null || call.violations.length > 0
  return (
    <details open={open} className="group rounded-md border bg-surface">
      <summary className="flex list-none flex-wrap items-center gap-x-2 gap-y-1 rounded-md px-2.5 py-2 text-[0.8125rem] hover:bg-hover [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden="true"
          className="size-4 shrink-0 text-ink-subtle transition-transform group-open:rotate-90 rtl:-scale-x-100"
        />
        <span className="font-medium">
          {call.retry_count === 0 ? 'First answer' : `Asked again, ${call.retry_count}`}
        </span>
        <Badge tone={failed ? 'bad' : 'good'}>{verdict(call)}</Badge>
        <span className="tabular ms-auto flex flex-wrap gap-x-3 text-xs text-ink-muted">
          <span>{duration(call.latency_ms)}</span>
          <span>{(call.tokens_prompt + call.tokens_output).toLocaleString('en')} tokens</span>
          <span>{price(call)}</span>
        </span>
      </summary>
      <div className="grid gap-3 border-t p-3">
        <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-muted">
          <Fact name="Model" value={`${call.provider} ${call.model}`} />
          {call.template_id && <Fact name="Template" value={`${call.template_id}, version ${call.template_version}`} />}
          <Fact name="Prompt" value={`${call.tokens_prompt.toLocaleString('en')} tokens`} />
          <Fact name="Answer" value={`${call.tokens_output.toLocaleString('en')} tokens`} />
        </dl>
        {call.error && <Notice tone="bad">{call.error}</Notice>}
        {call.violations.length > 0 && <Violations violations={call.violations} />}
        {call.answer !== null && call.answer !== '' && (
          <Block
            title="Answer, as it came"
            note={call.violations.length > 0 ? 'violations underlined' : undefined}
            actions={<CopyButton text={call.answer} variant="ghost" />}
          >
            <MarkedAnswer answer={call.answer} violations={call.violations} />
          </Block>
        )}
        <details className="group/prompt">
          <summary className="w-fit rounded text-xs font-medium text-ink-muted hover:text-ink">Prompt</summary>
          <div className="mt-1">
            <Block title="What it was asked" actions={<CopyButton text={call.prompt} variant="ghost" />}>
              <pre dir="auto" className="font-mono text-xs leading-5 whitespace-pre-wrap">
                <VisibleText text={call.prompt} />
              </pre>
            </Block>
          </div>
        </details>
      </div>
    </details>
  )
}

function Violations({ violations }: Pick<AiCallEntry, 'violations'>) {
  return (
    <ol aria-label="Violations of the schema" className="grid gap-1 text-[0.8125rem]">
      {violations.map((violation, i) => (
        <li key={`${violation.path} ${violation.message}`} className="flex gap-1.5">
          <ViolationNumber mark={i} />
          <span className="min-w-0">
            <code className="font-mono text-xs text-bad">{violation.path || 'the answer'}</code> {violation.message}
          </span>
        </li>
      ))}
    </ol>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-subtle">{name}</dt>
      <dd className="tabular">{value}</dd>
    </div>
  )
}

function verdict(call: AiCallEntry): string {
  if (call.error !== null) return 'No answer'
  const count = call.violations.length
  if (count === 0) return 'Fits the schema'
  return count === 1 ? '1 violation' : `${count} violations`
}

function price(call: AiCallEntry): string {
  if (call.provider === 'mock') return 'free'
  return call.cost_usd === null ? 'price unknown' : money(call.cost_usd)
}
