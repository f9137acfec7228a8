import type { GuideTour } from '#lib/contracts/guide.ts'

export interface GuideDockViewProps {
  readonly tour: GuideTour
  /** The step is taken on the page that is shown. */
  readonly here: boolean
  readonly error?: string | null
  readonly starting: boolean
  readonly onRun: () => void
  readonly onDismiss: () => void
}
