'use client'
import { useState } from 'react'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import { TestsView } from './tests-view.tsx'
import { useTests } from './use-tests.ts'

interface TestsPanelProps {
  /** The workflow as it stands in the editor. */
  readonly text: string
  /** Whether the tests are looked at. */
  readonly active: boolean
  readonly onJump: (line: number, column: number) => void
  readonly onStep: (step: string) => void
  /** Puts an edit into the text. */
  readonly onEdit: (edit: TextEdit) => void
}

/** The tests of the text in the editor, played whenever its author pauses. */
export function TestsPanel({ text, active, onJump, onStep, onEdit }: TestsPanelProps) {
  const tests = useTests(text, active)
  const [refused, setRefused] = useState<string | null>(null)
  const begin = async () => {
    const edit = await tests.first()
    setRefused(edit === null ? text : null)
    if (edit === null) return
    onEdit(edit)
    // The test begins below the line that stays empty.
    onJump(edit.line + edit.newText.search(/\S/), 1)
  }
  return (
    <TestsView
      {...tests}
      refused={refused === text}
      onAgain={tests.again}
      onBegin={begin}
      onJump={onJump}
      onStep={onStep}
    />
  )
}
