/**
 * Builds those of `server` (bundles in `dist`) and `web` (pages in `.next`) that are missing or older than their sources.
 * Ends the process with a sentence when that fails.
 */
export function ensureBuilt(targets: readonly ('server' | 'web')[]): Promise<void>
