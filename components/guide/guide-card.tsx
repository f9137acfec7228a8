'use client'
import { GuideCardView } from './guide-card-view.tsx'
import { useGuide } from './use-guide.ts'

/** The tour on the start page; nothing for who has none, has put it away or is through. */
export function GuideCard() {
  const { guide, error, starting, run, dismiss } = useGuide()
  if (!guide?.tour || guide.tour.step === null) return null
  return (
    <GuideCardView
      tour={guide.tour}
      mock={guide.mock}
      error={error}
      starting={starting}
      onRun={run}
      onDismiss={dismiss}
    />
  )
}
