'use client'
import {
  type ReactNode,
  type Ref,
  useCallback,
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { LazyGraph } from '#components/graph/lazy-graph.tsx'
import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import type { WorkflowGraph } from '#lib/workflow/graph.ts'
import type { OutlineStep } from '#lib/workflow/outline.ts'
import type { EditorPane } from './editor-pane.ts'
import { EditorPanes } from './editor-panes.tsx'
import { editsOfAll, stepAt, stepId, stepsWithErrors } from './editor-step.ts'
import { EditorToolbar, type EditorToolbarProps } from './editor-toolbar.tsx'
import { NoGraph } from './no-graph.tsx'
import { NotChecked } from './not-checked.tsx'
import { ProblemsList } from './problems-list.tsx'
import { StepOutline } from './step-outline.tsx'
import { YamlEditor, type YamlEditorHandle } from './yaml-editor.tsx'

const NONE: readonly WorkflowDiagnostic[] = []

export interface WorkflowEditorHandle {
  save(): void
  format(): void
  testRun(): void
  tests(): void
  jumpTo(line: number, column: number): void
  /** Goes to the lines of a step. */
  goTo(step: string): void
  /** One step of undo. */
  apply(edits: readonly TextEdit[]): void
}

export interface WorkflowEditorViewProps extends Omit<EditorToolbarProps, 'onTestRun' | 'canSave'> {
  readonly text: string
  readonly onText: (text: string) => void
  /** Of the text as it was checked last; undefined before the first check. */
  readonly diagnostics: readonly WorkflowDiagnostic[] | undefined
  readonly checking: boolean
  /** Given where nothing looks at the text any more: asks for it anew. */
  readonly onReload?: (() => void) | undefined
  readonly outline: readonly OutlineStep[]
  /** null: no valid text yet. */
  readonly graph: WorkflowGraph | null
  /** The graph is that of an earlier text. */
  readonly stale: boolean
  readonly pane: EditorPane
  readonly onPane: (pane: EditorPane) => void
  /** The id of a step to begin at, as a link from elsewhere names it. */
  readonly startAt?: string | null
  readonly testRun: ReactNode
  readonly tests: ReactNode
  /** Above the text: what went wrong, what was kept. */
  readonly notices?: ReactNode
  readonly ref?: Ref<WorkflowEditorHandle>
}

/** The text of a workflow, and beside it what the text means: a graph, an outline, a run for trying out. */
export function WorkflowEditorView(props: WorkflowEditorViewProps) {
  const {
    text,
    onText,
    diagnostics,
    checking,
    onReload,
    outline,
    graph,
    stale,
    pane,
    onPane,
    testRun,
    tests,
    notices,
    ref,
    startAt = null,
  } = props
  const { onSave, saving, dirty, version } = props
  const editor = useRef<YamlEditorHandle>(null)
  const [line, setLine] = useState<number | null>(null)
  const [problemsOpen, setProblemsOpen] = useState(false)
  const current = line === null ? null : stepAt(outline, line)
  // An empty text says nothing, and one that nobody reads stays unread.
  const reading = diagnostics === undefined && onReload === undefined && text.trim() !== ''
  const problems = useMemo(() => stepsWithErrors(outline, diagnostics ?? []), [outline, diagnostics])
  const canSave = text.trim() !== '' && (dirty || version === null)

  const jumpTo = (at: number, column: number) => {
    if (pane !== 'text' && window.matchMedia('(max-width: 1023px)').matches) onPane('text')
    setLine(at)
    // After a hidden pane is shown again.
    requestAnimationFrame(() => editor.current?.jumpTo(at, column))
  }
  const select = (step: string) => {
    const found = outline.find((each) => stepId(each) === step)
    if (found) jumpTo(found.line, 1 + (text.split('\n')[found.line - 1]?.search(/\S/) ?? 0))
  }
  const begun = useRef(startAt === null)
  // Gone to once, as soon as it is known where it stands.
  const begin = useEffectEvent(() => {
    if (begun.current || startAt === null || outline.length === 0) return
    begun.current = true
    select(startAt)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again when the outline is another one
  useEffect(() => begin(), [outline])
  // One function for good: what is drawn beside the text is not drawn anew with each key.
  const latest = useRef(select)
  useLayoutEffect(() => {
    latest.current = select
  })
  const onSelect = useCallback((step: string) => latest.current(step), [])
  const save = () => {
    if (saving || !canSave) return
    const error = checking ? undefined : diagnostics?.find(({ severity }) => severity === 'error')
    if (error === undefined) onSave()
    else {
      setProblemsOpen(true)
      jumpTo(error.line, error.column)
    }
  }
  // Wherever the focus is: a button that was pressed may be gone.
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's' || event.defaultPrevented) return
    event.preventDefault()
    if (document.querySelector('[role="dialog"]') === null) save()
  })
  useEffect(() => {
    const hear = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [])
  const fix = (which: readonly WorkflowDiagnostic[]) => {
    editor.current?.apply(editsOfAll(which))
    editor.current?.focus()
  }
  useImperativeHandle(ref, () => ({
    save,
    format: () => editor.current?.format(),
    testRun: () => onPane('test'),
    tests: () => onPane('tests'),
    jumpTo,
    goTo: select,
    apply: (edits) => editor.current?.apply(edits),
  }))

  return (
    <div className="flex h-[calc(100dvh-var(--shell-top,0px)-var(--shell-bottom,0px))] min-h-[30rem] flex-col bg-surface">
      <EditorToolbar {...props} onSave={save} canSave={canSave} onTestRun={() => onPane('test')} />
      {(notices || onReload) && (
        <div className="grid max-h-[40vh] shrink-0 gap-2 overflow-y-auto border-b p-2">
          {onReload && <NotChecked onReload={onReload} />}
          {notices}
        </div>
      )}
      <EditorPanes
        pane={pane}
        onPane={onPane}
        text={
          <YamlEditor
            ref={editor}
            label="Workflow in YAML"
            value={text}
            onChange={onText}
            markers={diagnostics ?? NONE}
            onCursorLine={setLine}
            onSave={save}
            className="h-full rounded-none! border-0!"
          />
        }
        graph={
          graph ? (
            <LazyGraph
              graph={graph}
              stale={stale}
              selected={current}
              onSelect={onSelect}
              problems={problems}
              className="h-full"
            />
          ) : (
            <NoGraph reading={reading} steps={outline.length} />
          )
        }
        outline={
          <StepOutline reading={reading} outline={outline} current={current} problems={problems} onSelect={onSelect} />
        }
        test={testRun}
        tests={tests}
      />
      <ProblemsList
        diagnostics={diagnostics}
        checking={checking}
        silent={onReload !== undefined}
        open={problemsOpen}
        onOpen={setProblemsOpen}
        onJump={jumpTo}
        onFix={fix}
      />
    </div>
  )
}
