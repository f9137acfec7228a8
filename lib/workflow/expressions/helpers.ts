import type { Helper } from './helper.ts'
import { LIST_HELPERS } from './helpers-list.ts'
import { TEXT_HELPERS } from './helpers-text.ts'

const withDefault: Helper = {
  signature: 'default(x, y)',
  summary: 'x, or y where x is absent or null; with true as third argument also where x is empty',
  min: 2,
  max: 3,
  takesAbsence: true,
  run: ([value = null, fallback = null]) => value ?? fallback,
}

/** Every function there is, by name. A Map, so that no name reaches a prototype. */
export const HELPERS: ReadonlyMap<string, Helper> = new Map([
  ['default', withDefault],
  ['d', withDefault],
  ...TEXT_HELPERS,
  ...LIST_HELPERS,
])
