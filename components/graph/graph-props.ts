import type { StepStatus } from '#lib/contracts/run-steps.ts'
import type { WorkflowGraph } from '#lib/workflow/graph.ts'

export interface StepMark {
  readonly status: StepStatus
  readonly visits: number
}

export interface GraphProps {
  readonly graph: WorkflowGraph
  readonly selected?: string | null | undefined
  readonly onSelect?: ((step: string) => void) | undefined
  /** How far a run came, by step. */
  readonly marks?: ReadonlyMap<string, StepMark> | undefined
  /** The ways a run took: `from>to`, and `from>` for the end. */
  readonly taken?: ReadonlySet<string> | undefined
  /** Steps with errors. */
  readonly problems?: ReadonlySet<string> | undefined
  /** The graph is that of an older text: the one at hand is not valid. */
  readonly stale?: boolean | undefined
}
