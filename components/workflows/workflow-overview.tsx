'use client'
import { useState } from 'react'
import { LazyGraph } from '#components/graph/lazy-graph.tsx'
import { Card, CardHeader } from '#components/ui/card.tsx'
import type { Workflow } from '#lib/contracts/workflows.ts'
import { isJsonObject } from '#lib/json.ts'
import { StepsOutline } from './steps-outline.tsx'

/** What a workflow does: its graph beside its steps, what a start asks for, and what comes out. */
export function WorkflowOverview({ workflow }: { readonly workflow: Workflow }) {
  const { graph, steps, start_step, inputs, outputs } = workflow
  const [selected, setSelected] = useState<string | null>(null)
  const results = isJsonObject(outputs) ? Object.keys(outputs) : []
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <div className="grid gap-4">
        <StepsOutline steps={steps} start={start_step} selected={selected} onSelect={setSelected} />
        {inputs && inputs.fields.length > 0 && (
          <Card>
            <CardHeader title="Asked at the start" />
            <ul className="divide-y">
              {inputs.fields.map(({ key, label, type, required }) => (
                <li key={key} className="flex flex-wrap items-baseline gap-x-2 px-4 py-2 text-[0.8125rem]">
                  <bdi className="font-medium">{label}</bdi>
                  <code className="font-mono text-xs text-ink-muted">{key}</code>
                  <span className="ms-auto text-xs text-ink-muted">
                    {type}
                    {required ? ', required' : ''}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        )}
        {results.length > 0 && (
          <Card>
            <CardHeader title="What comes out" />
            <ul className="flex flex-wrap gap-1.5 px-4 py-3">
              {results.map((key) => (
                <li key={key} className="rounded bg-hover px-1.5 py-px font-mono text-xs text-ink-muted">
                  {key}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </div>
      <LazyGraph
        graph={graph}
        selected={selected}
        onSelect={(step) => {
          setSelected(step)
          document.getElementById(`step-${step}`)?.scrollIntoView({ block: 'nearest' })
        }}
        className="h-[min(44rem,72dvh)] rounded-lg border lg:sticky lg:top-4 max-lg:order-first max-lg:h-80"
      />
    </div>
  )
}
