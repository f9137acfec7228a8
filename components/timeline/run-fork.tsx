'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTRPC } from '#components/trpc.tsx'
import { inputProblems, startError } from '#components/workflows/run-dialog-errors.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { ForkDialog } from './fork-dialog.tsx'

interface RunForkProps {
  readonly run: RunDetail
  readonly step: string
  readonly name: string
  readonly onClose: () => void
}

/** Starts another run from a step of this one and goes there. */
export function RunFork({ run, step, name, onClose }: RunForkProps) {
  const trpc = useTRPC()
  // However often it is sent from this dialog, it starts one run.
  const [key] = useState(() => crypto.randomUUID())
  const router = useRouter()
  const version = { id: run.workflow_id, query: { version: run.workflow_version } }
  const workflow = useQuery(trpc.workflows.get.queryOptions(version))
  const fork = useMutation(
    trpc.runs.fork.mutationOptions({ onSuccess: ({ run_id }) => router.push(`/runs/${encodeURIComponent(run_id)}`) }),
  )
  const problems = inputProblems(fork.error)
  return (
    <ForkDialog
      run={run}
      name={name}
      inputs={workflow.error ? null : workflow.data?.inputs}
      onClose={onClose}
      // Until the other run is there, so that a second press starts no second one.
      pending={fork.isPending || fork.isSuccess}
      error={problems.length > 0 ? null : startError(fork.error)}
      problems={problems}
      onFork={(inputs) =>
        fork.mutate({
          id: run.run_id,
          key,
          body: { from_step: step, ...(inputs === null ? {} : { inputs: { ...inputs } }) },
        })
      }
    />
  )
}
