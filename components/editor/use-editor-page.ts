'use client'
import { FileText, FlaskConical, ListChecks, Save } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useRef } from 'react'
import { usePaletteActions } from '#components/palette/use-palette-actions.ts'
import { useReplaceParams } from '#components/ui/search-param.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import { type EditorPane, readPane } from './editor-pane.ts'
import type { OutlineStep } from './language.ts'
import { useLanguage } from './use-language.ts'
import { useLastGraph } from './use-last-graph.ts'
import type { WorkflowEditorHandle } from './workflow-editor-view.tsx'

const NO_STEPS: readonly OutlineStep[] = []

/** What editing a workflow and writing a new one share: the language, the pane in the address, the palette's actions. */
export function useEditorPage(text: string) {
  const { answer, checking, silent, reload } = useLanguage(text)
  const { graph, stale } = useLastGraph(answer)
  const replace = useReplaceParams()
  const params = useSearchParams()
  const pane = readPane(params.get('pane'))
  const onPane = (next: EditorPane) => replace({ pane: next === 'text' ? null : next })
  const ref = useRef<WorkflowEditorHandle>(null)
  usePaletteActions([
    { id: 'editor.save', label: 'Save this workflow', icon: Save, run: () => ref.current?.save() },
    {
      id: 'editor.format',
      label: 'Format the text',
      icon: FileText,
      keywords: 'yaml tidy',
      run: () => ref.current?.format(),
    },
    {
      id: 'editor.test',
      label: 'Test run',
      icon: FlaskConical,
      keywords: 'simulate try mock',
      run: () => ref.current?.testRun(),
    },
    {
      id: 'editor.tests',
      label: 'Tests of this workflow',
      icon: ListChecks,
      keywords: 'cases coverage check',
      run: () => ref.current?.tests(),
    },
  ])
  return {
    inputs: answer?.inputs ?? null,
    valid: answer !== undefined && answer.graph !== null,
    tests: {
      text,
      active: pane === 'tests',
      onJump: (line: number, column: number) => ref.current?.jumpTo(line, column),
      onStep: (step: string) => ref.current?.goTo(step),
      onEdit: (edit: TextEdit) => ref.current?.apply([edit]),
    },
    view: {
      ref,
      text,
      // Those of an earlier text would point at the wrong places for good.
      diagnostics: silent ? undefined : answer?.diagnostics,
      checking,
      onReload: silent ? reload : undefined,
      outline: answer?.outline ?? NO_STEPS,
      graph,
      stale,
      pane,
      onPane,
      startAt: params.get('step'),
    },
  }
}
