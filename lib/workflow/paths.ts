import type { ActivityRef } from './events.ts'

/**
 * Scope paths. The root is `root`; what a step opens stands under `<path>/<step>@<epoch>.<visit>`, one scope for each
 * block or item: `root/reviews@0.1/legal`, `root/orders@0.1/17`. So a scope is never met twice in a run.
 */
export const ROOT = 'root'

/** Where the scopes that this visit opens stand. */
export function forkPath(ref: Pick<ActivityRef, 'path' | 'step' | 'visit' | 'epoch'>): string {
  return `${ref.path}/${ref.step}@${ref.epoch}.${ref.visit}`
}

/** The scope of one block or item of a fork. */
export function innerPath(fork: string, name: string | number): string {
  return `${fork}/${name}`
}

/** Block name or item number; null for the root. */
export function nameInFork(path: string): string | null {
  return path === ROOT ? null : path.slice(path.lastIndexOf('/') + 1)
}

/** The fork path of a scope; null for the root. */
export function forkOf(path: string): string | null {
  return path === ROOT ? null : path.slice(0, path.lastIndexOf('/'))
}

/** The scope whose step opened this one; null for the root. */
export function outerPath(path: string): string | null {
  const fork = forkOf(path)
  return fork === null ? null : fork.slice(0, fork.lastIndexOf('/'))
}

/** A scope and all around it, the root first. */
export function scopeChain(path: string): readonly string[] {
  const outer = outerPath(path)
  return outer === null ? [path] : [...scopeChain(outer), path]
}

/** Whether a scope stands anywhere under a fork. */
export function isUnder(path: string, fork: string): boolean {
  return path.startsWith(`${fork}/`)
}
