'use client'
import { useId, useState } from 'react'
import { type BarItem, BarList } from '#components/charts/bar-list.tsx'
import { money } from '#components/timeline/run-words.ts'
import { Card, CardHeader } from '#components/ui/card.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { SkeletonRows } from '#components/ui/skeleton.tsx'
import type { AiUse, AnalyticsAi } from '#lib/contracts/analytics.ts'

const VIEWS = [
  { value: 'workflow', label: 'Workflow' },
  { value: 'model', label: 'Model' },
] as const

const AT_MOST = 6

/** What calls to models cost, by workflow or by model. */
export function AiCostView({
  ai,
  initial = 'workflow',
}: {
  readonly ai: AnalyticsAi | undefined
  readonly initial?: 'workflow' | 'model'
}) {
  const [by, setBy] = useState<'workflow' | 'model'>(initial)
  const id = useId()
  return (
    <Card aria-labelledby={id}>
      <CardHeader
        id={id}
        title="Spent on AI"
        actions={
          ai && ai.total.calls > 0 && <Segmented label="Spent on AI by" value={by} options={VIEWS} onChange={setBy} />
        }
      />
      {!ai && <SkeletonRows rows={4} label="Loading what AI cost" />}
      {ai?.total.calls === 0 && (
        <p className="grid h-40 place-items-center px-4 text-center text-sm text-ink-muted">
          No model was asked in this time.
        </p>
      )}
      {ai && ai.total.calls > 0 && (
        <div className="py-2">
          <BarList
            label={by === 'workflow' ? 'Spent on AI by workflow' : 'Spent on AI by model'}
            columns={[by === 'workflow' ? 'Workflow' : 'Model', 'Cost', 'Tokens']}
            items={itemsOf(ai, by)}
          />
          {ai.total.unpriced > 0 && (
            <p className="px-4 pt-2 text-xs text-ink-subtle">
              {`Without ${ai.total.unpriced === 1 ? 'one call' : `${ai.total.unpriced} calls`} whose price is not known.`}
            </p>
          )}
        </div>
      )}
    </Card>
  )
}

function itemsOf(ai: AnalyticsAi, by: 'workflow' | 'model'): readonly BarItem[] {
  // Where nothing has a price, e.g. with the mock, tokens are all there is to compare.
  const measure = (use: AiUse) => (ai.total.usd > 0 ? use.usd : use.tokens_prompt + use.tokens_output)
  const figures = (use: AiUse) => ({
    value: measure(use),
    text: money(use.usd),
    note: `${(use.tokens_prompt + use.tokens_output).toLocaleString()} tokens`,
  })
  if (by === 'model') {
    return ai.by_model.slice(0, AT_MOST).map((use) => ({
      key: `${use.provider} ${use.model}`,
      label: use.provider === use.model ? use.model : `${use.model} (${use.provider})`,
      ...figures(use),
    }))
  }
  return ai.by_workflow.slice(0, AT_MOST).map((use) => ({
    key: use.workflow_id,
    label: use.name,
    href: `/workflows/${use.workflow_id}`,
    ...figures(use),
  }))
}
