'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { Problem } from '#components/forms/problems.ts'
import { errorSentence, problemOf, useTRPC } from '#components/trpc.tsx'
import type { Workflow } from '#lib/contracts/workflows.ts'
import { RunDialogView } from './run-dialog-view.tsx'

interface RunDialogProps {
  readonly workflow: Pick<Workflow, 'id' | 'name' | 'inputs' | 'version'>
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Starts the version that is on show. One key for each opening of the dialog: a second click starts nothing twice. */
export function RunDialog({ workflow, open, onOpenChange }: RunDialogProps) {
  const trpc = useTRPC()
  const router = useRouter()
  const [key] = useState(() => crypto.randomUUID())
  const start = useMutation(
    trpc.runs.start.mutationOptions({ onSuccess: ({ run_id }) => router.push(`/runs/${run_id}`) }),
  )
  const problems = useMemo(() => inputProblems(start.error), [start.error])
  return (
    <RunDialogView
      open={open}
      onOpenChange={onOpenChange}
      name={workflow.name}
      inputs={workflow.inputs}
      pending={start.isPending || start.isSuccess}
      error={problems.length > 0 ? null : startError(start.error)}
      problems={problems}
      onStart={(inputs) =>
        start.mutate({ key, body: { workflow_id: workflow.id, version: workflow.version, inputs: { ...inputs } } })
      }
    />
  )
}

/** What is wrong with single inputs, to be shown at their fields. */
function inputProblems(error: unknown): readonly Problem[] {
  const problem = problemOf(error)
  if (problem?.code !== 'inputs.invalid') return []
  return itemsOf(problem).map(({ path, message }) => ({ path: path.replace(/^inputs\./, ''), message }))
}

/** The sentence, and each thing that is missing. */
function startError(error: unknown): string | null {
  const sentence = errorSentence(error)
  const problem = problemOf(error)
  if (sentence === null || problem === null) return sentence
  const items = itemsOf(problem).map((item) => item.message)
  return [sentence, ...items.filter((item) => !sentence.includes(item))].join(' ')
}

function itemsOf(problem: { readonly [member: string]: unknown }): readonly Problem[] {
  if (!Array.isArray(problem.errors)) return []
  return problem.errors.flatMap((item: unknown) =>
    typeof item === 'object' && item !== null && 'path' in item && 'message' in item
      ? [{ path: String(item.path), message: String(item.message) }]
      : [],
  )
}
