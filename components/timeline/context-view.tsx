import { Card, CardHeader } from '#components/ui/card.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { RunContext, RunDetail } from '#lib/contracts/runs.ts'

interface ContextViewProps {
  readonly steps: RunDetail['workflow']['steps']
  /** The step whose beginning is shown; empty: now. */
  readonly at: string
  readonly onAt: (at: string) => void
  readonly context: RunContext | undefined
  readonly error: string | null
}

const PARTS = [
  { key: 'runtime', title: 'runtime', description: 'What inputs and steps have produced so far' },
  { key: 'steps', title: 'steps', description: 'The output of each step by itself' },
  { key: 'static', title: 'static', description: 'Constants; sensitive ones are masked' },
  { key: 'profile', title: 'profile', description: 'Who started the run' },
] as const

/** What expressions and templates see. */
export function ContextView({ steps, at, onAt, context, error }: ContextViewProps) {
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-ink-muted">
        <label htmlFor="context-at">As seen</label>
        <div className="w-64 max-w-full">
          <Select id="context-at" value={at} onChange={(event) => onAt(event.target.value)}>
            <option value="">now</option>
            {steps.map((step) => (
              <option key={step.id} value={step.id}>
                by step {step.id}
              </option>
            ))}
          </Select>
        </div>
      </div>
      {error && <Notice tone="bad">{error}</Notice>}
      {!context && !error && (
        <Card>
          <SkeletonRows label="Loading the context" />
        </Card>
      )}
      {context &&
        PARTS.map(({ key, title, description }) => (
          <Card key={key}>
            <CardHeader title={<code className="font-mono">{title}</code>} description={description} />
            <div className="overflow-x-auto p-4">
              <JsonView value={context[key]} />
            </div>
          </Card>
        ))}
    </div>
  )
}
