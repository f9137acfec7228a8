import { Braces, CircleCheck, Globe, type LucideIcon, Play, Sparkles, User } from 'lucide-react'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { JsonView } from '#components/ui/json-view.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import { VisibleText } from '#components/ui/visible-text.tsx'
import type { RunDetail, RunValues, ValueMaker } from '#lib/contracts/runs.ts'
import type { Json, JsonObject } from '#lib/json.ts'

export interface ContextViewProps {
  readonly steps: RunDetail['workflow']['steps']
  /** The step whose beginning is shown; empty: now. */
  readonly at: string
  readonly onAt: (at: string) => void
  /** undefined: on its way. */
  readonly values: RunValues | undefined
  readonly error: string | null
  /** Opens the step that made a value. */
  readonly onStep: (step: string) => void
}

/** What expressions and templates see, and who made each value. */
export function ContextView({ steps, at, onAt, values, error, onStep }: ContextViewProps) {
  const name = (id: string) => steps.find((step) => step.id === id)?.name ?? id
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-ink-muted">
        <label htmlFor="context-at">As seen</label>
        <div className="w-64 max-w-full">
          <Select id="context-at" value={at} onChange={(event) => onAt(event.target.value)}>
            <option value="">now</option>
            {steps.map((step) => (
              <option key={step.id} value={step.id}>
                by step {step.name ?? step.id}
              </option>
            ))}
          </Select>
        </div>
      </div>
      {error && <Notice tone="bad">{error}</Notice>}
      {!values && !error && (
        <div className="rounded-lg border bg-surface">
          <SkeletonRows label="Loading the context" />
        </div>
      )}
      {values && (
        <>
          <Part
            title="runtime"
            description="What inputs and steps have produced so far, and who made it"
            values={values.context.runtime}
            empty="Nothing has been produced yet."
            maker={(key) => <Maker maker={values.made[key]} name={name} onStep={onStep} />}
          />
          <Part
            title="steps"
            description="The output of each step by itself"
            values={values.context.steps}
            empty="No step has completed yet."
            maker={(key) => (
              <Maker maker={{ step: key, source: values.steps[key] ?? null }} name={name} onStep={null} />
            )}
          />
          <Part
            title="static"
            description="The workspace’s constants; sensitive ones are left out"
            values={values.context.static}
            empty="This workflow reads no constants."
          />
          <Part
            title="profile"
            description="Who started the run"
            values={values.context.profile}
            empty="Nothing is known of who started it."
          />
        </>
      )}
    </div>
  )
}

interface PartProps {
  readonly title: string
  readonly description: string
  readonly values: JsonObject
  readonly empty: string
  readonly maker?: (key: string) => React.ReactNode
}

function Part({ title, description, values, empty, maker }: PartProps) {
  const entries = Object.entries(values)
  return (
    <section aria-label={title} className="overflow-clip rounded-lg border bg-surface">
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 border-b bg-sunken px-4 py-1.5">
        <h2 className="font-mono text-[0.8125rem] font-medium">{title}</h2>
        <p className="min-w-0 flex-1 text-xs text-ink-muted">{description}</p>
        {entries.length > 0 && <CopyButton variant="ghost" text={JSON.stringify(values, null, 2)} />}
      </header>
      {entries.length === 0 ? (
        <p className="px-4 py-3 text-[0.8125rem] text-ink-muted">{empty}</p>
      ) : (
        <dl className="divide-y divide-line/60">
          {entries.map(([key, value]) => (
            <Value key={key} name={key} value={value} maker={maker?.(key)} />
          ))}
        </dl>
      )}
    </section>
  )
}

function Value({
  name,
  value,
  maker,
}: {
  readonly name: string
  readonly value: Json
  readonly maker: React.ReactNode
}) {
  return (
    <div className="grid gap-x-4 gap-y-1 px-4 py-2 sm:grid-cols-[minmax(8rem,14rem)_minmax(0,1fr)_auto]">
      <dt className="font-mono text-xs leading-6 text-ink-muted">
        <VisibleText text={name} />
      </dt>
      {/* What may have to be scrolled must be reachable by keyboard; a stop at each short value would be in the way. */}
      <dd tabIndex={mayScroll(value) ? 0 : undefined} className="max-h-80 min-w-0 overflow-y-auto sm:pt-0.5">
        <JsonView value={value} />
      </dd>
      {maker && <dd className="sm:justify-self-end">{maker}</dd>}
    </div>
  )
}

/** Whether it may be higher than its box, which also depends on the width of the screen. */
function mayScroll(value: Json): boolean {
  const text = JSON.stringify(value, null, 1)
  return text.length > 300 || text.split('\n').length > 10
}

const SOURCES = {
  ai: { icon: Sparkles, label: 'AI wrote it', tone: 'accent' },
  person: { icon: User, label: 'A person entered it', tone: 'good' },
  decision: { icon: CircleCheck, label: 'People decided it', tone: 'good' },
  call: { icon: Globe, label: 'Another system answered it', tone: 'info' },
  pure: { icon: Braces, label: 'The workflow computed it', tone: 'neutral' },
} as const satisfies Record<NonNullable<ValueMaker['source']>, { icon: LucideIcon; label: string; tone: string }>

interface MakerProps {
  readonly maker: ValueMaker | undefined
  readonly name: (step: string) => string
  /** null: the value stands at its step already. */
  readonly onStep: ((step: string) => void) | null
}

/** Who made a value, by sign and word; the step can be opened. */
function Maker({ maker, name, onStep }: MakerProps) {
  if (!maker) return null
  const { step, source } = maker
  if (source === null) {
    return (
      <Badge>
        <Play aria-hidden="true" />
        Given at the start
      </Badge>
    )
  }
  const { icon: Icon, label, tone } = SOURCES[source]
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 sm:justify-end">
      <Badge tone={tone}>
        <Icon aria-hidden="true" />
        {label}
      </Badge>
      {step !== null && onStep && (
        <button
          type="button"
          onClick={() => onStep(step)}
          className="max-w-40 truncate rounded py-1 text-xs text-ink-muted hover:text-ink hover:underline"
        >
          {name(step)}
        </button>
      )}
    </span>
  )
}
