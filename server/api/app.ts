import { ScaffError } from '#lib/errors.ts'
import type { App } from '#server/services/context.ts'

declare global {
  var scaffApp: App | undefined
}

/**
 * Keeps the process's one App on `globalThis`: the process's own code and the pages that Next loads do not share module
 * state. It is there before any request comes.
 */
export function holdApp(app: App): void {
  globalThis.scaffApp = app
}

/** null while the process starts. */
export function findApp(): App | null {
  return globalThis.scaffApp ?? null
}

/** Throws `service.unavailable` while the process starts. */
export function getApp(): App {
  if (globalThis.scaffApp === undefined) {
    throw new ScaffError('service.unavailable', 'Scaff is starting. Try again in a moment.')
  }
  return globalThis.scaffApp
}
