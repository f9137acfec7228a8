'use client'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useLive } from '#components/live/use-live.ts'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { ContextView } from './context-view.tsx'

interface RunContextProps {
  readonly run: RunDetail
  readonly onStep: (step: string) => void
}

/** What a run knows, now or as of one of its steps. */
export function RunContext({ run, onStep }: RunContextProps) {
  const trpc = useTRPC()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const at = params.get('at') ?? ''
  const values = useQuery(trpc.runs.values.queryOptions({ id: run.run_id, query: at === '' ? {} : { at } }))
  useLive(() => void values.refetch(), { runId: run.run_id })
  return (
    <ContextView
      steps={run.workflow.steps}
      at={at}
      onAt={(next) => replaceParams({ at: next })}
      values={values.data}
      error={errorSentence(values.error)}
      onStep={onStep}
    />
  )
}
