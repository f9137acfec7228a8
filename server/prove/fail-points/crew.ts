import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { endProcess, heard, startProcess } from '../process.ts'
import type { Answers, Order, Wish, Word } from './words.ts'

export const LEASE_SECONDS = 2

/** Where a process is killed, and whether its successor has the same name or one of its own. */
export interface Death {
  readonly point: string
  readonly nth: number
  readonly heir: 'same name' | 'new name'
}

/** One process after the other: when one is killed, the next takes over what it held. */
export interface Crew {
  /** Points that the process at work came by since it began or was armed, in order. */
  readonly passed: readonly string[]
  /** Processes that were killed or told to stop, by their number, and when each was gone. */
  readonly gone: ReadonlyMap<string, number>
  readonly troubles: readonly string[]
  /** The process at work dies the first of these deaths, its successor the next one. */
  arm(deaths: readonly Death[]): Promise<void>
  /** Milliseconds from each death, or from when the successor went to work, to its first claim. */
  readonly takeovers: readonly number[]
  /** Deaths that nobody has died yet. */
  readonly pending: number
  /** Asks the process at work; where it dies over the request, the request is sent again to the next one. */
  ask<W extends Wish>(wish: W): Promise<{ readonly answer: Answers[W['ask']]; readonly again: boolean }>
  /** Tells the process at work to stop; when it is gone, by its end or by its death, the next one is at work. */
  stop(): Promise<void>
  close(): Promise<void>
}

/** Rejects with what ended a process that nobody had told to die. */
export async function hireCrew(program: string, url: string, outside: string): Promise<Crew> {
  const alive = new Set<ChildProcess>()
  const gone = new Map<string, number>()
  const stopping = new Set<ChildProcess>()
  const troubles: string[] = []
  let passed: string[] = []
  let deaths: readonly Death[] = []
  const takeovers: number[] = []
  /** Since when it is up to the successor to take over; null: it did. */
  let vacantSince: number | null = null
  let generation = 0
  let closing = false

  function load(): Promise<ChildProcess> {
    const child = startProcess(program, [url, outside])
    alive.add(child)
    child.once('exit', () => alive.delete(child))
    child.on('message', (word: Word) => {
      if (word.said === 'at') {
        passed.push(word.point)
        if (vacantSince !== null && word.point.startsWith('after claim')) {
          takeovers.push(performance.now() - vacantSince)
          vacantSince = null
        }
      }
      if (word.said === 'trouble') troubles.push(word.trouble)
    })
    const loaded = heard(child, says('loaded')).then(() => child)
    // Nobody misses it before it is needed.
    loaded.catch(() => {})
    return loaded
  }

  /** The next process goes to work, and one more is loaded meanwhile. */
  async function succeed(): Promise<ChildProcess> {
    const child = await spare
    spare = load()
    child.once('exit', (code, signal) => {
      if (closing) return
      const [death, ...later] = deaths
      gone.set(String(child.pid), Date.now())
      if (signal === 'SIGKILL' && death) {
        vacantSince = performance.now()
        if (death.heir === 'new name') generation += 1
        deaths = later
        passed = []
        working = succeed()
      } else if (code === 0 && stopping.has(child)) {
        working = succeed()
      } else {
        working = Promise.reject(new Error(`a process that was to live ended with ${signal ?? code}`))
      }
      working.catch(() => {})
    })
    if (deaths[0]) tell(child, { do: 'die', ...deaths[0] })
    tell(child, { do: 'work', id: `crew-${generation}`, leaseSeconds: LEASE_SECONDS })
    await heard(child, says('working'))
    if (vacantSince !== null) vacantSince = performance.now()
    return child
  }

  let spare = load()
  let working = succeed()
  await working
  return {
    get passed() {
      return passed
    },
    gone,
    troubles,
    takeovers,
    async arm(next) {
      const child = await working
      passed = []
      deaths = next
      if (next[0]) tell(child, { do: 'die', ...next[0] })
      else tell(child, { do: 'die', point: '', nth: 0 })
    },
    get pending() {
      return deaths.length
    },
    async ask(wish) {
      for (let again = false; ; again = true) {
        const child = await working
        const answered = heard(child, says('answer')).catch(() => null)
        tell(child, { do: 'answer', wish })
        // A process is asked one thing at a time, so this is the answer to that very wish.
        const word = await answered
        if (word) return { answer: word.answer as Answers[(typeof wish)['ask']], again }
      }
    },
    async stop() {
      const child = await working
      stopping.add(child)
      const exited = once(child, 'exit')
      tell(child, { do: 'stop' })
      await exited
      await working
    },
    async close() {
      closing = true
      for (const child of [...alive]) await endProcess(child)
    },
  }
}

function tell(child: ChildProcess, order: Order): void {
  // It may be dying at this moment: whoever waits for its answer is told by its end.
  if (child.connected) child.send(order, () => {})
}

const says =
  <S extends Word['said']>(said: S) =>
  (word: Word): word is Extract<Word, { said: S }> =>
    word.said === said
