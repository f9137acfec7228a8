'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useRef, useState } from 'react'
import { rememberRun } from '#components/runs/started-runs.ts'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import type { Workflow } from '#lib/contracts/workflows.ts'
import type { JsonObject } from '#lib/json.ts'
import { inputProblems, missingNames, startError } from './run-dialog-errors.ts'
import { RunDialogView } from './run-dialog-view.tsx'

interface RunDialogProps {
  readonly workflow: Pick<Workflow, 'id' | 'name' | 'inputs' | 'version'>
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** What the fields hold at first: the inputs of an earlier run, or of an address. */
  readonly prefill?: JsonObject
}

const NOTHING: JsonObject = {}

/**
 * Starts the version that is on show, or another. One key for each opening of the dialog: a second click, or a second
 * try after an answer that was lost, starts nothing twice.
 */
export function RunDialog({ workflow, open, onOpenChange, prefill = NOTHING }: RunDialogProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const [key] = useState(() => crypto.randomUUID())
  const [version, setVersion] = useState(workflow.version)
  const versions = useQuery(trpc.workflows.versions.queryOptions({ id: workflow.id }))
  const readiness = useQuery(trpc.runs.readiness.queryOptions({ workflow_id: workflow.id, version }))
  const other = useQuery(
    trpc.workflows.get.queryOptions({ id: workflow.id, query: { version } }, { enabled: version !== workflow.version }),
  )
  const begun = useRef(false)
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ run_id }) => {
        rememberRun({ run_id, name: workflow.name })
        router.push(`/runs/${run_id}`)
      },
      onError: () => {
        begun.current = false
      },
    }),
  )
  const problems = useMemo(() => inputProblems(start.error), [start.error])
  const refused = missingNames(start.error)
  return (
    <RunDialogView
      open={open}
      onOpenChange={onOpenChange}
      name={workflow.name}
      inputs={version === workflow.version ? workflow.inputs : other.data?.inputs}
      prefill={prefill}
      versions={versions.data?.versions ?? []}
      version={version}
      onVersion={(next) => {
        start.reset()
        setVersion(next)
      }}
      missing={readiness.data?.missing ?? refused}
      pending={start.isPending || start.isSuccess}
      error={
        problems.length > 0 || refused.length > 0
          ? errorSentence(other.error)
          : (startError(start.error) ?? errorSentence(other.error))
      }
      problems={problems}
      onStart={(inputs) => {
        // A double click is one start: the second comes before anything here is drawn anew.
        if (begun.current) return
        begun.current = true
        start.mutate({ key, body: { workflow_id: workflow.id, version, inputs: { ...inputs } } })
      }}
    />
  )
}
