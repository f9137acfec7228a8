import type { CaseName } from './cases.ts'

/**
 * Every place at which a process is killed: before and after each commit of the engine, and around each thing that happens
 * outside. This is the list: a point that a process comes by and that does not stand here breaks the proof, and so does one
 * that stands here and at which nobody was killed.
 */
export const FAIL_POINTS = {
  'before start': { case: 'set' },
  'after start': { case: 'set' },
  'after claim step': { case: 'api_call GET' },
  'before sent': { case: 'api_call POST' },
  'after sent': { case: 'api_call POST' },
  'before request': { case: 'api_call POST' },
  'after answer': { case: 'api_call POST' },
  'before settle step': { case: 'ai_generate' },
  'after settle step': { case: 'conditional' },
  'before settle unknown': { case: 'api_call POST, unknown' },
  'after settle unknown': { case: 'api_call POST, unknown' },
  'before resolve': { case: 'api_call POST, unknown' },
  'after resolve': { case: 'api_call POST, unknown' },
  'after message row': { case: 'form' },
  'after claim message': { case: 'form' },
  'before mail sent': { case: 'approval' },
  'after mail sent': { case: 'approval' },
  'before mail': { case: 'approval' },
  'after mail': { case: 'approval' },
  'before finish message': { case: 'approval' },
  'after finish message': { case: 'approval' },
  'before signal': { case: 'form' },
  'after signal': { case: 'approval' },
  'before cancel': { case: 'cancel' },
  'after cancel': { case: 'cancel' },
  'after timer row': { case: 'delay' },
  'after claim timer': { case: 'delay' },
  'before settle timer': { case: 'delay' },
  'after settle timer': { case: 'approval that expires' },
  'before give back': { case: 'parallel' },
  'after give back': { case: 'parallel' },
  'after call row': { case: 'workflow' },
  'after claim call': { case: 'workflow' },
  'before child start': { case: 'workflow' },
  'after child start': { case: 'workflow' },
  'before finish call': { case: 'workflow' },
  'after finish call': { case: 'workflow' },
  'after return row': { case: 'workflow' },
  'after claim return': { case: 'workflow' },
  'before settle return': { case: 'workflow' },
  'after settle return': { case: 'workflow' },
  'after hang_up row': { case: 'workflow left behind' },
  'after claim hang_up': { case: 'workflow left behind' },
  'before finish hang_up': { case: 'workflow left behind' },
  'after finish hang_up': { case: 'workflow left behind' },
  'before finish return': { case: 'workflow left behind' },
  'after finish return': { case: 'workflow left behind' },
  'after admit row': { case: 'concurrency' },
  'after claim admit': { case: 'concurrency' },
  'before admit': { case: 'concurrency' },
  'after admit': { case: 'concurrency' },
  'before finish admit': { case: 'concurrency' },
  'after finish admit': { case: 'concurrency' },
} as const satisfies { readonly [point: string]: { readonly case: CaseName } }

export type FailPoint = keyof typeof FAIL_POINTS

/** The points of the short form: what falls between an effect, a mail, a timer or an answer and its commit. */
export const SHORT_POINTS: readonly FailPoint[] = [
  'before start',
  'after start',
  'after claim step',
  'before sent',
  'after sent',
  'after answer',
  'before settle step',
  'after settle step',
  'after message row',
  'after mail',
  'after signal',
  'after timer row',
]

/** Killed there, a process may leave something that happened outside and of which nothing is written yet. */
export const HAPPENED: ReadonlySet<string> = new Set<FailPoint>(['after answer', 'before settle step', 'after mail'])
