import type { Queries } from '#server/db/client.ts'
import { retrying } from '#server/db/retrying.ts'
import { type AdvanceAnswer, type AdvanceInput, advance } from './advance.ts'
import { isRecorded } from './recorded.ts'

/** Statements on their way at once: while they are, what else is to be written gathers and shares the next one. */
const AT_ONCE = 3
/**
 * Runs that share a statement at most. A longer one would keep the first of them waiting for the last, and leave the database idle
 * while the next are computed, and this process idle while they are written.
 */
const SHARED = 16

export type Write = (input: AdvanceInput) => Promise<AdvanceAnswer>

/** Each run by a statement of its own, e.g. inside a transaction. */
export function writeAlone(sql: Queries): Write {
  return (input) => writeOne(sql, input, 0)
}

/**
 * `sent`: how often it was sent before. One of those may have committed although its answer was lost: what a repeat of it
 * does not write is then there already, and is answered as what it is, written.
 */
async function writeOne(sql: Queries, input: AdvanceInput, sent: number): Promise<AdvanceAnswer> {
  let times = sent
  const [answer] = await retrying(() => {
    times += 1
    return advance(sql, [input])
  })
  if (!answer) throw new Error('a run was written without an answer')
  if (answer.written || times === 1 || !(await retrying(() => isRecorded(sql, input)))) return answer
  return { written: true, claimed: null }
}

/**
 * Writes what is ready at the same moment by one statement, and so in one commit: nothing waits for company longer than for
 * what is on its way in this turn of the event loop, but what comes while statements are under way goes together. A statement
 * that fails is repeated run by run, so that one run's trouble is no other's.
 */
export function writeTogether(sql: Queries): Write {
  const waiting: Pending[] = []
  let underWay = 0
  let due = false

  async function send(batch: readonly Pending[]): Promise<void> {
    const [only, ...others] = batch
    if (only && others.length === 0) {
      await writeOne(sql, only.input, 0).then(only.done, only.failed)
      return
    }
    try {
      const answers = await advance(
        sql,
        batch.map(({ input }) => input),
      )
      for (const [i, { done, failed }] of batch.entries()) {
        const answer = answers[i]
        if (answer) done(answer)
        else failed(new Error('a run was written without an answer'))
      }
    } catch {
      // Told, if it is of the run's own making, by the statement that is its own.
      await Promise.all(batch.map(({ input, done, failed }) => writeOne(sql, input, 1).then(done, failed)))
    }
  }

  /** Later in this turn: those whose answers have just come go on first, and what they write next goes together. */
  function schedule(): void {
    if (due || underWay === AT_ONCE || waiting.length === 0) return
    due = true
    setImmediate(() => {
      due = false
      underWay += 1
      send(takeBatch(waiting)).finally(() => {
        underWay -= 1
        schedule()
      })
      schedule()
    })
  }

  return (input) =>
    new Promise((done, failed) => {
      waiting.push({ input, done, failed })
      schedule()
    })
}

interface Pending {
  readonly input: AdvanceInput
  readonly done: (answer: AdvanceAnswer) => void
  readonly failed: (error: unknown) => void
}

/** The oldest that can share a statement: all new runs or none, and no run twice. */
function takeBatch(waiting: Pending[]): readonly Pending[] {
  const creates = waiting[0]?.input.create !== null
  const runs = new Set<string>()
  const batch: Pending[] = []
  for (let i = 0; i < waiting.length && batch.length < SHARED; ) {
    const one = waiting[i]
    if (!one || (one.input.create !== null) !== creates || runs.has(one.input.run_id)) {
      i += 1
      continue
    }
    runs.add(one.input.run_id)
    batch.push(one)
    waiting.splice(i, 1)
  }
  return batch
}
