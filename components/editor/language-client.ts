'use client'
import { LanguageClient, type LanguageWorker } from './language.ts'

let shared: LanguageClient | null = null
let users = 0

function spawn(): LanguageWorker {
  // The messages of a Worker are untyped; `language.ts` says what they hold.
  return new Worker(new URL('./language.worker.ts', import.meta.url), { type: 'module' }) as unknown as LanguageWorker
}

/** The page's one client. Whoever uses it holds it; when nobody does any more, its worker ends. */
export function holdLanguage(): { readonly client: LanguageClient; release(): void } {
  shared ??= new LanguageClient(spawn)
  const client = shared
  users += 1
  let held = true
  return {
    client,
    release() {
      if (!held) return
      held = false
      users -= 1
      // A page that is rendered twice in a row keeps its worker.
      setTimeout(() => {
        if (users > 0 || shared !== client) return
        shared = null
        client.dispose()
      }, 1_000)
    },
  }
}
