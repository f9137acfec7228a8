'use client'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import { TestRunView } from './test-run-view.tsx'
import { useTestRun } from './use-test-run.ts'

interface TestRunPanelProps {
  /** The workflow as it stands in the editor. */
  readonly text: string
  readonly inputs: WorkflowInputs | null
  readonly valid: boolean
}

/** Runs the text of the editor in a worker of this page, with the mock; a later change of the text marks it as earlier. */
export function TestRunPanel({ text, inputs, valid }: TestRunPanelProps) {
  const test = useTestRun()
  return (
    <TestRunView
      inputs={inputs}
      valid={valid}
      played={test.played}
      acts={test.script?.acts.length ?? 0}
      stale={test.script !== null && test.script.text !== text}
      busy={test.busy}
      error={test.error}
      problems={test.problems}
      onStart={(given, mode) => test.start(text, given, mode)}
      onAct={test.act}
      onBack={test.back}
      onAgain={() => test.again(text)}
      onReset={test.reset}
    />
  )
}
