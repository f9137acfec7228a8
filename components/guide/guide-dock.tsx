'use client'
import { Compass } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useEffect, useEffectEvent } from 'react'
import { usePaletteActions } from '#components/palette/use-palette-actions.ts'
import { GuideDockView } from './guide-dock-view.tsx'
import { stepHref } from './guide-words.ts'
import { onSeen } from './seen.ts'
import { useGuide } from './use-guide.ts'

/** The tour on every page but the start page, where the card is; and the way to begin it again, in the palette. */
export function GuideDock() {
  const { guide, error, starting, run, dismiss, begin, note } = useGuide()
  const path = usePathname()
  const tour = guide?.tour ?? null

  const look = useEffectEvent((step: 'editor' | 'timeline') => note(step))
  const inEditor = tour?.step === 'editor' && path === `/workflows/${tour.workflow.id}/edit`
  const atTimeline = tour?.step === 'timeline' && !tour.working && path === `/runs/${tour.run_id}`
  useEffect(() => {
    if (inEditor) look('editor')
  }, [inEditor])
  useEffect(() => {
    if (atTimeline) look('timeline')
  }, [atTimeline])

  const opened = useEffectEvent((runId: string | null) => {
    if (tour?.step === 'mail' && runId === tour.run_id) note('mail')
  })
  useEffect(() => onSeen(({ runId }) => opened(runId)), [])

  usePaletteActions(
    guide?.available
      ? [
          {
            id: 'guide.begin',
            label: tour === null ? 'Take the tour' : 'Begin the tour again',
            icon: Compass,
            keywords: 'help guide sample first run getting started',
            run: begin,
          },
        ]
      : [],
  )

  if (tour === null || (path === '/' && tour.step !== null)) return null
  const href = stepHref(tour)
  const here = href !== null && href.split('?')[0] === path
  return <GuideDockView tour={tour} here={here} error={error} starting={starting} onRun={run} onDismiss={dismiss} />
}
