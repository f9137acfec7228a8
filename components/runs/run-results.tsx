'use client'
import { usePathname } from 'next/navigation'
import { useLive } from '#components/live/use-live.ts'
import { toast } from '#components/ui/toast.ts'
import { keepRuns, runResults, startedRuns } from './started-runs.ts'

/** Shows nothing itself: tells of runs that were started in this tab and ended while another page is looked at. */
export function RunResults() {
  const path = usePathname()
  useLive((events) => {
    const started = startedRuns()
    const { left, messages } = runResults(started, events, path)
    if (left.length < started.length) keepRuns(left)
    for (const message of messages) toast(message)
  })
  return null
}
