'use client'
import { clsx } from 'clsx'
import { type HTMLAttributes, type ReactNode, useId, useState, useSyncExternalStore } from 'react'
import { useTabs } from '#components/ui/use-tabs.ts'
import type { EditorPane } from './editor-pane.ts'
import { usePaneSize } from './pane-size.ts'

interface EditorPanesProps {
  readonly pane: EditorPane
  readonly onPane: (pane: EditorPane) => void
  readonly text: ReactNode
  readonly graph: ReactNode
  readonly outline: ReactNode
  readonly test: ReactNode
  readonly tests: ReactNode
}

const LABELS: Readonly<Record<EditorPane, string>> = {
  text: 'Text',
  graph: 'Graph',
  outline: 'Outline',
  test: 'Test run',
  tests: 'Tests',
}
const WIDE = '(min-width: 1024px)'

/** The text with one other pane beside it; on narrow screens one of them all. What was opened once stays as it is. */
export function EditorPanes({ pane, onPane, text, graph, outline, test, tests }: EditorPanesProps) {
  const wide = useSyncExternalStore(
    watchWidth,
    () => window.matchMedia(WIDE).matches,
    () => false,
  )
  const { size, separator } = usePaneSize()
  const name = useId()
  const beside = pane === 'text' ? 'graph' : pane
  const tabs = useTabs({ label: 'Panes of the editor', value: wide ? beside : pane, onValue: onPane })
  const [opened, setOpened] = useState<ReadonlySet<EditorPane>>(new Set())
  if (!opened.has(pane)) setOpened(new Set([...opened, pane]))

  /** Which of them is seen, on narrow and on wide screens; by style, so that the first paint is right. */
  const seen = (of: EditorPane) => clsx(pane !== of && 'max-lg:hidden', of !== 'text' && beside !== of && 'lg:hidden')
  return (
    <div
      style={{ '--beside': `${size}%` } as React.CSSProperties}
      className="grid min-h-0 flex-1 grid-rows-[auto_minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_auto_minmax(20rem,var(--beside))]"
    >
      <div {...tabs.list} className="flex h-9 gap-4 overflow-x-auto border-b px-3 lg:col-start-3 lg:row-start-1">
        {(Object.keys(LABELS) as EditorPane[]).map((each) => (
          <button
            key={each}
            {...tabs.tab(each)}
            className={clsx(
              '-mb-px flex shrink-0 items-center border-b-2 border-transparent text-[0.8125rem] text-ink-muted hover:text-ink focus-visible:-outline-offset-2',
              'aria-selected:border-ink aria-selected:font-medium aria-selected:text-ink',
              each === 'text' && 'lg:hidden',
            )}
          >
            {LABELS[each]}
          </button>
        ))}
      </div>
      <div
        {...tabs.panel('text')}
        tabIndex={-1}
        className={clsx('row-start-2 min-h-0 min-w-0 lg:col-start-1 lg:row-span-2 lg:row-start-1', seen('text'))}
      >
        {text}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved */}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-labelledby={name}
        tabIndex={0}
        aria-valuenow={size}
        {...separator}
        className="group relative hidden w-px cursor-col-resize touch-none bg-line before:absolute before:inset-y-0 before:-inset-x-3 before:z-20 hover:bg-accent focus-visible:bg-accent lg:col-start-2 lg:row-span-2 lg:row-start-1 lg:block"
      >
        <span id={name} hidden>
          Width of the pane beside the text
        </span>
      </div>
      <Pane tab={tabs.panel('graph')} look={seen('graph')}>
        {graph}
      </Pane>
      <Pane tab={tabs.panel('outline')} look={seen('outline')} scrolls>
        {outline}
      </Pane>
      <Pane tab={tabs.panel('test')} look={seen('test')} scrolls>
        {opened.has('test') && test}
      </Pane>
      <Pane tab={tabs.panel('tests')} look={seen('tests')} scrolls>
        {opened.has('tests') && tests}
      </Pane>
    </div>
  )
}

interface PaneProps {
  readonly tab: HTMLAttributes<HTMLDivElement>
  readonly look: string
  readonly scrolls?: boolean
  readonly children: ReactNode
}

function Pane({ tab, look, scrolls = false, children }: PaneProps) {
  return (
    <div
      {...tab}
      tabIndex={scrolls ? 0 : -1}
      className={clsx(
        'row-start-2 min-h-0 min-w-0 bg-surface focus-visible:-outline-offset-2 lg:col-start-3 lg:row-start-2',
        scrolls && 'overflow-y-auto',
        look,
      )}
    >
      {children}
    </div>
  )
}

function watchWidth(changed: () => void): () => void {
  const media = window.matchMedia(WIDE)
  media.addEventListener('change', changed)
  return () => media.removeEventListener('change', changed)
}
