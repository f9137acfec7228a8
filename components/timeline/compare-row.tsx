'use client'
import { clsx } from 'clsx'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { TextDiff } from '#components/diff/text-diff.tsx'
import { StatusIcon } from '#components/runs/status.tsx'
import { Badge } from '#components/ui/badge.tsx'
import { duration } from '#components/ui/time-format.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { Json } from '#lib/json.ts'
import { type ComparedStep, change, type StepSide } from './compare-runs.ts'
import { money } from './run-words.ts'
import { attemptParams, refOf } from './selection.ts'

interface CompareRowProps {
  readonly step: ComparedStep
  readonly outputs: { readonly a: string; readonly b: string } | null
  readonly differs: boolean
  /** Ids of the runs. */
  readonly runs: { readonly a: string; readonly b: string }
}

const GRID =
  'grid grid-cols-2 gap-x-4 gap-y-1 px-3 @2xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,1fr)_7rem] @2xl:items-center'

export function CompareHead() {
  return (
    <div aria-hidden="true" className={clsx(GRID, 'border-b py-1.5 text-xs text-ink-subtle')}>
      <span className="@max-2xl:hidden">Step</span>
      <span>A</span>
      <span>B</span>
    </div>
  )
}

/** One step in both runs; where it came to different outputs, these can be opened. */
export function CompareRow({ step, outputs, differs, runs }: CompareRowProps) {
  const [open, setOpen] = useState(false)
  const { icon: Icon, label } = stepLook(step.type)
  const outputDiffers = outputs !== null && outputs.a !== outputs.b
  return (
    <>
      <div className={clsx(GRID, 'py-2 text-[0.8125rem]', differs && 'bg-warn-soft/40')}>
        <span className="flex min-w-0 items-center gap-2 @max-2xl:col-span-2">
          <Icon aria-label={label} className="size-3.5 shrink-0 text-ink-subtle" />
          <span dir="auto" className="truncate font-medium">
            <VisibleText text={step.name ?? step.id} />
          </span>
          {differs && <span className="sr-only">differs</span>}
        </span>
        <Side letter="A" side={step.a} run={runs.a} />
        <Side letter="B" side={step.b} run={runs.b} than={step.a} />
        <span className="flex items-center @max-2xl:col-span-2 @2xl:justify-end">
          {outputDiffers ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="flex min-h-6 items-center gap-1 rounded text-xs text-ink hover:underline"
            >
              <ChevronRight
                aria-hidden="true"
                className={clsx('size-3.5 transition-transform', open ? 'rotate-90' : 'rtl:-scale-x-100')}
              />
              Other output
            </button>
          ) : (
            outputs && <span className="text-xs text-ink-subtle">Same output</span>
          )}
        </span>
      </div>
      {open && outputs && (
        <div className="border-t">
          <TextDiff
            before={outputs.a}
            after={outputs.b}
            beforeLabel={`Output of ${step.name ?? step.id} in A`}
            afterLabel="in B"
          />
        </div>
      )}
    </>
  )
}

interface SideProps {
  readonly letter: string
  readonly side: StepSide | null
  readonly run: string
  /** What it is measured by. */
  readonly than?: StepSide | null
}

function Side({ letter, side, run, than }: SideProps) {
  if (!side) {
    return (
      <span className="flex items-center gap-2 text-ink-subtle">
        <StatusIcon status="pending" />
        not reached
      </span>
    )
  }
  const link = new URLSearchParams()
  for (const [key, value] of Object.entries(attemptParams(refOf(side.latest)))) if (value !== null) link.set(key, value)
  const took = side.execution + side.waiting
  const delta = than ? change(than.execution + than.waiting, took, duration) : null
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5">
      <Link
        href={`/runs/${run}?${link}`}
        className="tabular flex min-h-6 items-center gap-2 rounded whitespace-nowrap hover:underline"
      >
        <StatusIcon status={side.status} />
        <span className="sr-only">in run {letter}:</span>
        {duration(took)}
      </Link>
      {delta && <span className="tabular text-xs whitespace-nowrap text-ink-muted">{delta}</span>}
      {side.attempts > 1 && <span className="text-xs whitespace-nowrap text-ink-muted">{side.attempts} attempts</span>}
      {side.cost !== null && side.cost > 0 && (
        <span className="tabular text-xs text-ink-muted">{money(side.cost)}</span>
      )}
    </span>
  )
}

/** What both began with, or came to. */
export function CompareBodies({ title, a, b }: { readonly title: string; readonly a: Json; readonly b: Json }) {
  const [before, after] = [pretty(a), pretty(b)]
  return (
    <section aria-label={title} className="overflow-clip rounded-lg border bg-surface">
      <header className="flex min-h-11 items-center gap-2 border-b bg-sunken px-3 py-1.5 last:border-b-0">
        <h2 className="text-[0.8125rem] font-medium">{title}</h2>
        <Badge tone={before === after ? 'neutral' : 'warn'}>{before === after ? 'the same' : 'different'}</Badge>
      </header>
      {before !== after && (
        <TextDiff before={before} after={after} beforeLabel={`${title} in A`} afterLabel={`${title} in B`} />
      )}
    </section>
  )
}

/** As text, with the keys in one order, so that only values differ. */
export function pretty(value: Json): string {
  return JSON.stringify(sorted(value), null, 2)
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  )
}
