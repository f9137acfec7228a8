/** Where a worker kills itself, each with the mail it is at. */
export const POINTS = [
  'before the mark',
  'after the mark',
  'after 250',
  'before the request',
  'after the answer',
] as const

export type Point = (typeof POINTS)[number]

/** Written by a worker right before it kills itself. */
export interface Death {
  readonly worker: string
  readonly point: Point
  readonly message_id: string
}
