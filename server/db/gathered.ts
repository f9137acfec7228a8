import type { Db } from './client.ts'

/**
 * A look-up that callers of one moment share: those who ask for the same key before the question is sent get one answer.
 * It is sent after the last of them came, so that nobody gets what was true before he asked.
 */
export function gathered<V>(ask: (db: Db, key: string) => Promise<V>): (db: Db, key: string) => Promise<V> {
  const asking = new WeakMap<Db, Map<string, Promise<V>>>()
  return (db, key) => {
    const answers = asking.get(db) ?? new Map<string, Promise<V>>()
    asking.set(db, answers)
    const shared = answers.get(key)
    if (shared !== undefined) return shared
    const answer = new Promise((send) => setImmediate(send)).then(() => {
      answers.delete(key)
      return ask(db, key)
    })
    answers.set(key, answer)
    return answer
  }
}
