const AGAIN_MS = 1_000

/**
 * For code that is fetched after its page: where the connection is gone just then it is asked for again, each second,
 * until it comes. Else one lost request would put an error in place of a page that is there already.
 */
export function patiently<T>(load: () => Promise<T>): () => Promise<T> {
  return async function attempt(): Promise<T> {
    for (;;) {
      try {
        return await load()
      } catch {
        await new Promise((again) => setTimeout(again, AGAIN_MS))
      }
    }
  }
}
