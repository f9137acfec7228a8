import { describe, expect, it } from 'vitest'
import { type GuideFacts, guideProgress } from './progress.ts'

type Run = NonNullable<GuideFacts['run']>

const run = (more: Partial<Run> = {}): Run => ({
  status: 'waiting',
  formDone: false,
  approval: 'none',
  mailSeen: false,
  timelineSeen: false,
  ...more,
})

describe('where somebody stands in the tour', () => {
  it.each<[string, GuideFacts, ReturnType<typeof guideProgress>]>([
    ['begins at the editor', { editorSeen: false, run: null }, { step: 'editor', working: false, stopped: false }],
    ['goes on with a run', { editorSeen: true, run: null }, { step: 'run', working: false, stopped: false }],
    [
      'is past the editor for who runs it without a look at it',
      { editorSeen: false, run: run() },
      { step: 'form', working: false, stopped: false },
    ],
    [
      'waits a moment for the form',
      { editorSeen: true, run: run({ status: 'running' }) },
      { step: 'form', working: true, stopped: false },
    ],
    [
      'waits a moment for the mail while the draft is written',
      { editorSeen: true, run: run({ status: 'running', formDone: true }) },
      { step: 'mail', working: true, stopped: false },
    ],
    [
      'goes on with the mail when the approval is asked for',
      { editorSeen: true, run: run({ formDone: true, approval: 'open' }) },
      { step: 'mail', working: false, stopped: false },
    ],
    [
      'goes on with the approval when the mail was opened',
      { editorSeen: true, run: run({ formDone: true, approval: 'open', mailSeen: true }) },
      { step: 'approval', working: false, stopped: false },
    ],
    [
      'goes on with the timeline when it is decided, by whichever way',
      { editorSeen: true, run: run({ status: 'running', formDone: true, approval: 'decided' }) },
      { step: 'timeline', working: true, stopped: false },
    ],
    [
      'is through when the ended run was looked at',
      { editorSeen: true, run: run({ status: 'completed', formDone: true, approval: 'decided', timelineSeen: true }) },
      { step: null, working: false, stopped: false },
    ],
    [
      'needs another run where the last one ended undecided',
      { editorSeen: true, run: run({ status: 'canceled', formDone: true, approval: 'none' }) },
      { step: 'run', working: false, stopped: true },
    ],
  ])('%s', (_, facts, expected) => expect(guideProgress(facts)).toEqual(expected))
})
