'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useLive } from '#components/live/use-live.ts'
import { rememberRun } from '#components/runs/started-runs.ts'
import { errorSentence, useTRPC } from '#components/trpc.tsx'
import { useThrottled } from '#components/ui/use-throttled.ts'
import type { Guide } from '#lib/contracts/guide.ts'

export interface GuideControls {
  /** undefined while it loads. */
  readonly guide: Guide | undefined
  readonly error: string | null
  /** Starts a run of the sample and goes to it. */
  readonly run: () => void
  readonly starting: boolean
  readonly dismiss: () => void
  /** Begins the tour, or begins it again, at the start page. */
  readonly begin: () => void
  readonly note: (step: 'editor' | 'mail' | 'timeline') => void
}

/** The person's tour, following what happens to the sample's runs. */
export function useGuide(): GuideControls {
  const trpc = useTRPC()
  const router = useRouter()
  const client = useQueryClient()
  const query = useQuery(trpc.guide.get.queryOptions())
  const refresh = () => client.invalidateQueries(trpc.guide.get.queryFilter())
  const look = useThrottled(() => void refresh(), 400)
  const tour = query.data?.tour
  useLive((events) => {
    if (tour && tour.step !== null && (events.length === 0 || tour.run_id === null || isAbout(events, tour.run_id)))
      look()
  })
  const begun = useRef(false)
  const start = useMutation(
    trpc.runs.start.mutationOptions({
      onSuccess: ({ run_id }) => {
        rememberRun({ run_id, name: tour?.workflow.name ?? 'The run' })
        router.push(`/runs/${run_id}`)
        return refresh()
      },
      onSettled: () => {
        begun.current = false
      },
    }),
  )
  const seen = useMutation(trpc.guide.seen.mutationOptions({ onSuccess: refresh }))
  const put = useMutation(trpc.guide.dismiss.mutationOptions({ onSuccess: refresh }))
  const begin = useMutation(
    trpc.guide.start.mutationOptions({
      onSuccess: async () => {
        router.push('/')
        await refresh()
      },
    }),
  )
  return {
    guide: query.data,
    error: errorSentence(start.error ?? put.error ?? begin.error),
    starting: start.isPending,
    run: () => {
      // A double click is one start: the second comes before anything is drawn anew.
      if (!tour || begun.current) return
      begun.current = true
      start.mutate({ body: { workflow_id: tour.workflow.id } })
    },
    dismiss: () => put.mutate(),
    begin: () => begin.mutate(),
    note: (step) => seen.mutate({ step }),
  }
}

function isAbout(events: readonly { readonly run_id: string }[], runId: string): boolean {
  return events.some((event) => event.run_id === runId)
}
