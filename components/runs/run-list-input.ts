import type { RunStatus } from '#lib/contracts/runs.ts'
import { RUN_STATUSES } from '#lib/workflow/state.ts'

interface RunListParams {
  readonly q: string | null | undefined
  readonly status: RunStatus | null
  readonly workflowId: string | null | undefined
}

/** What the list asks the API for: the page on the server and the list in the browser must ask alike to share the answer. */
export function runListInput({ q, status, workflowId }: RunListParams) {
  const text = q?.trim() ?? ''
  return {
    ...(text === '' ? {} : { q: text }),
    ...(status === null ? {} : { status }),
    ...(workflowId ? { workflow_id: workflowId } : {}),
  }
}

/** A status of the API, or null for anything else that stands in an address. */
export function toStatus(text: string | null | undefined): RunStatus | null {
  return RUN_STATUSES.find((status) => status === text) ?? null
}
