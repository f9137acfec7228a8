import type { HistoryStep } from '#lib/contracts/run-steps.ts'
import type { DecisionEntry } from '#lib/contracts/run-waits.ts'

const VIA = {
  app: 'in Scaff',
  link: 'by the mailed link',
  key: 'with an API key',
  timeout: 'by the time limit',
} as const

const DECIDED = { approve: 'Approved', reject: 'Rejected', revise: 'Sent back' } as const

/** "Approved by ana@example.com by the mailed link". A key never decides as a person: it says for whom. */
export function decisionSentence(entry: DecisionEntry): string {
  const verb = DECIDED[entry.decision]
  if (entry.by.via === 'timeout') return `${verb} ${VIA.timeout}`
  if (entry.by.via === 'key') return `${verb} with the API key “${entry.by.label}” on behalf of ${entry.approver}`
  const place = entry.by.label === entry.approver ? '' : ` for ${entry.approver}`
  return `${verb} by ${entry.by.label}${place}, ${VIA[entry.by.via]}`
}

const SOURCES = {
  person: 'Entered by a person',
  ai: 'Written by AI',
  call: 'Answered by another system',
  decision: 'Decided by people',
  pure: 'Computed by the workflow',
} as const

export function sourceLabel(source: HistoryStep['source']): string | null {
  return source === null ? null : SOURCES[source]
}
