import { Spline } from 'lucide-react'
import { GraphPlaceholder } from '#components/graph/lazy-graph.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'

interface NoGraphProps {
  /** The text is being looked at for the first time. */
  readonly reading: boolean
  /** How many steps can be told apart in it. */
  readonly steps: number
}

/** In place of a graph that is not there: it is on its way, it waits for a text without errors, or there is nothing to draw. */
export function NoGraph({ reading, steps }: NoGraphProps) {
  if (reading) {
    return (
      <div role="status" className="h-full bg-sunken">
        <span className="sr-only">Reading the text</span>
        <GraphPlaceholder />
      </div>
    )
  }
  if (steps > 0) {
    return (
      <EmptyState icon={Spline} title="The graph waits for a valid text">
        It is drawn as soon as the text has no errors.
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={Spline} title="No graph yet">
      It is drawn as soon as the text has steps.
    </EmptyState>
  )
}
