/**
 * Whether code of a page failed to come, by the name the bundler gives such errors. Asking again in the same page finds
 * nothing, after an update of the server for instance; the page as it is now brings its own.
 */
export function isMissingPart({ name }: Error): boolean {
  return name === 'ChunkLoadError'
}
