import type { GuideStep } from '#lib/contracts/guide.ts'
import type { RunStatus } from '#lib/workflow/state.ts'

/** What happened so far, read from rows. */
export interface GuideFacts {
  readonly editorSeen: boolean
  /** The person's latest run of the sample since the tour began. */
  readonly run: {
    readonly status: RunStatus
    readonly formDone: boolean
    readonly approval: 'none' | 'open' | 'decided'
    /** After the approval was asked for. */
    readonly mailSeen: boolean
    /** After the run had ended. */
    readonly timelineSeen: boolean
  } | null
}

export interface GuideProgress {
  readonly step: GuideStep | null
  readonly working: boolean
  readonly stopped: boolean
}

/**
 * Where somebody stands in the tour. What happened decides, not the order of clicks: who fills in the form without having
 * looked at the editor is past the editor.
 */
export function guideProgress({ editorSeen, run }: GuideFacts): GuideProgress {
  const at = (step: GuideStep | null, working = false, stopped = false) => ({ step, working, stopped })
  if (run === null) return at(editorSeen ? 'run' : 'editor')
  const ended = run.status === 'completed' || run.status === 'failed' || run.status === 'canceled'
  if (ended && run.approval !== 'decided') return at('run', false, true)
  if (run.approval === 'open') return at(run.mailSeen ? 'approval' : 'mail')
  if (run.approval === 'decided') return at(run.timelineSeen ? null : 'timeline', !ended)
  return run.formDone ? at('mail', true) : at('form', run.status !== 'waiting')
}
