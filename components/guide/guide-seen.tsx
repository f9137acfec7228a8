'use client'
import { useEffect } from 'react'
import { noteSeen, type SeenMail } from './seen.ts'

/** Shows nothing: tells the tour that what it stands in is being looked at. */
export function GuideSeen({ step, runId }: SeenMail) {
  useEffect(() => noteSeen({ step, runId }), [step, runId])
  return null
}
