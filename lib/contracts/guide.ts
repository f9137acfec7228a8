import { z } from 'zod'
import { GUIDE_STEPS } from '../guide-steps.ts'

export const GuideStep = z.enum(GUIDE_STEPS)
export type GuideStep = z.infer<typeof GuideStep>

/** What no run tells: that somebody looked at a page. */
export const GuideSeen = z.strictObject({ step: z.enum(['editor', 'mail', 'timeline']) })
export type GuideSeen = z.infer<typeof GuideSeen>

export const GuideTour = z.object({
  workflow: z.object({ id: z.string(), name: z.string() }),
  /** What is to be done now; null when all of it is done. */
  step: GuideStep.nullable(),
  /** The run that the tour follows: the person's latest of the sample. */
  run_id: z.string().nullable(),
  /** The open form of that run. */
  form_wait_id: z.string().nullable(),
  approval_id: z.string().nullable(),
  /** The run is on its way to what the step needs; a moment later it is there. */
  working: z.boolean(),
  /** The last run ended before it was decided, so another one is needed. */
  stopped: z.boolean(),
})
export type GuideTour = z.infer<typeof GuideTour>

export const Guide = z.object({
  /** null: none was begun, it was put away, or its sample was deleted. */
  tour: GuideTour.nullable(),
  /** Whether this person may take it: it needs the rights to write workflows, to start runs and to read the Outbox. */
  available: z.boolean(),
  /** No AI provider is configured: the mock writes. */
  mock: z.boolean(),
})
export type Guide = z.infer<typeof Guide>
