'use client'
import { skipToken, useQueries, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { useLive } from '#components/live/use-live.ts'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { useReplaceParams } from '#components/ui/search-param.ts'
import type { RunDetail } from '#lib/contracts/runs.ts'
import { TERMINAL } from '#lib/workflow/state.ts'
import { pretty } from './compare-row.tsx'
import { compareRuns } from './compare-runs.ts'
import { CompareView, type OutputsOf } from './compare-view.tsx'
import { RunChoice } from './run-choice.tsx'
import { refOf } from './selection.ts'
import { useNow } from './use-now.ts'

/** Outputs of so many steps are read to tell which differ. */
const OUTPUTS = 40
const CHOICES = 50

/** Two runs that the address names as `a` and `b`, kept up to date. */
export function Compare() {
  const trpc = useTRPC()
  const params = useSearchParams()
  const replaceParams = useReplaceParams()
  const [idA, idB] = [params.get('a'), params.get('b')]
  const a = useSide(idA)
  const b = useSide(idB)
  const workflow = (a.data ?? b.data)?.workflow_id
  const runs = useQuery(
    trpc.runs.list.queryOptions(workflow === undefined ? skipToken : { workflow_id: workflow, limit: CHOICES }),
  )
  const running = [a.data, b.data].some((run) => run && !TERMINAL.has(run.status))
  const now = useNow(running, (b.data ?? a.data)?.updated_at ?? new Date(0).toISOString())
  const outputs = useOutputs(a.data, b.data, now)
  return (
    <CompareView
      a={idA === null || a.error ? null : a.data}
      b={idB === null || b.error ? null : b.data}
      error={errorSentence(a.error ?? b.error)}
      chooseA={
        <RunChoice
          label="Run A"
          value={a.data ?? null}
          runs={runs.data?.runs}
          without={idB}
          onChange={(run) => replaceParams({ a: run })}
        />
      }
      chooseB={
        <RunChoice
          label="Run B"
          value={b.data ?? null}
          runs={runs.data?.runs}
          without={idA}
          onChange={(run) => replaceParams({ b: run })}
        />
      }
      onSwap={idA !== null && idB !== null ? () => replaceParams({ a: idB, b: idA }) : null}
      outputs={outputs}
      now={now}
    />
  )
}

function useSide(id: string | null) {
  const trpc = useTRPC()
  const run = useQuery(trpc.runs.detail.queryOptions(id === null ? skipToken : { id }))
  useLive(() => void (id !== null && run.refetch()), { runId: id ?? '' })
  return run
}

/** Reads the latest output of each step that both runs completed. */
function useOutputs(a: RunDetail | undefined, b: RunDetail | undefined, now: number): OutputsOf {
  const trpc = useTRPC()
  const both =
    a && b
      ? compareRuns(a, b, now).flatMap(({ id, a: one, b: other }) =>
          one?.status === 'completed' && other?.status === 'completed'
            ? [{ id, one: one.latest, other: other.latest }]
            : [],
        )
      : []
  const asked = both.slice(0, OUTPUTS)
  const read = useQueries({
    queries: asked.flatMap(({ one, other }) =>
      [
        { id: a?.run_id ?? '', attempt: refOf(one) },
        { id: b?.run_id ?? '', attempt: refOf(other) },
      ].map((input) => trpc.runs.step.queryOptions(input, { staleTime: Number.POSITIVE_INFINITY })),
    ),
  })
  return ({ id }) => {
    const at = asked.findIndex((each) => each.id === id)
    const [one, other] = at === -1 ? [] : [read[2 * at]?.data, read[2 * at + 1]?.data]
    return one && other ? { a: pretty(one.output), b: pretty(other.output) } : null
  }
}
