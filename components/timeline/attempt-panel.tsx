'use client'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { StatusBadge } from '#components/runs/status.tsx'
import { Button } from '#components/ui/button.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { Tooltip } from '#components/ui/tooltip.tsx'
import { useHotkeys } from '#components/ui/use-hotkeys.ts'
import { VisibleText } from '#components/ui/visible-text.tsx'
import { stepLook } from '#components/workflows/step-look.ts'
import type { StepSummary } from '#lib/contracts/run-steps.ts'
import { attemptTag } from './run-words.ts'

export interface AttemptPanelProps {
  readonly summary: StepSummary
  readonly name: string
  /** The address of this attempt; null where there is none, e.g. in a test run. */
  readonly permalink: string | null
  /** null at either end. */
  readonly onMove: { readonly back: (() => void) | null; readonly on: (() => void) | null }
  readonly onClose: () => void
  readonly children: ReactNode
}

/** One attempt beside the page, or above it where the screen is narrow. */
export function AttemptPanel(props: AttemptPanelProps) {
  const wide = useWide()
  return wide ? <Aside {...props} /> : <OverPage {...props} />
}

function Aside(props: AttemptPanelProps) {
  const { summary, name, onMove, onClose, children } = props
  const body = useRef<HTMLElement>(null)
  useHotkeys({ Escape: onClose })
  // Another attempt begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: moves when the attempt does
  useEffect(() => {
    if (body.current) body.current.scrollTop = 0
  }, [summary.step_id, summary.visit, summary.attempt, summary.epoch])
  return (
    <aside
      aria-label={`Step ${name}`}
      className="sticky top-[calc(var(--shell-top,0px)+1rem)] flex max-h-[calc(100dvh-var(--shell-top,0px)-2rem)] flex-col rounded-lg border bg-surface max-lg:hidden"
    >
      <header className="flex items-start gap-1 border-b py-2.5 ps-4 pe-2">
        <h2 className="min-w-0 flex-1">
          <Title name={name} summary={summary} />
        </h2>
        <Tools {...props} />
        <span aria-hidden="true" className="mx-1 my-1.5 h-4 w-px bg-line" />
        <Move onMove={onMove} />
        <Tooltip text="Close" keys={['Esc']}>
          <Button size="icon" variant="ghost" aria-label="Close" onClick={onClose}>
            <X aria-hidden="true" />
          </Button>
        </Tooltip>
      </header>
      <section
        ref={body}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Details"
        className="min-h-0 overflow-y-auto p-4 -outline-offset-2"
      >
        {children}
      </section>
    </aside>
  )
}

function OverPage(props: AttemptPanelProps) {
  const { summary, name, onMove, onClose, children } = props
  return (
    <Sheet
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={<Title name={name} summary={summary} />}
      actions={
        <span className="flex">
          <Tools {...props} />
          <Move onMove={onMove} />
        </span>
      }
    >
      {children}
    </Sheet>
  )
}

function Title({ name, summary }: Pick<AttemptPanelProps, 'name' | 'summary'>) {
  const tag = attemptTag(summary)
  return (
    <>
      <span dir="auto" className="block truncate text-sm font-semibold">
        <VisibleText text={name} />
      </span>
      <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs font-normal text-ink-muted">
        <StatusBadge status={summary.status} />
        {stepLook(summary.type).label}
        {tag && <span>· {tag}</span>}
      </span>
    </>
  )
}

function Tools({ permalink }: AttemptPanelProps) {
  if (permalink === null) return null
  return <CopyLink path={permalink} />
}

/** The whole address is known in the browser only. */
function CopyLink({ path }: { readonly path: string }) {
  const origin = useSyncExternalStore(
    () => () => {},
    () => location.origin,
    () => '',
  )
  return <CopyButton variant="ghost" text={origin + path} label="Copy link" />
}

function Move({ onMove }: Pick<AttemptPanelProps, 'onMove'>) {
  return (
    <>
      <Tooltip text="Attempt before" keys={['k']}>
        <Button
          size="icon"
          variant="ghost"
          aria-label="Attempt before"
          disabled={!onMove.back}
          onClick={() => onMove.back?.()}
        >
          <ChevronUp aria-hidden="true" />
        </Button>
      </Tooltip>
      <Tooltip text="Attempt after" keys={['j']}>
        <Button
          size="icon"
          variant="ghost"
          aria-label="Attempt after"
          disabled={!onMove.on}
          onClick={() => onMove.on?.()}
        >
          <ChevronDown aria-hidden="true" />
        </Button>
      </Tooltip>
    </>
  )
}

const WIDE = '(min-width: 1024px)'

/** The server draws it beside the page, where a narrow screen does not show it. */
function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(WIDE)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => window.matchMedia(WIDE).matches,
    () => true,
  )
}
