import type { LanguageCall, LanguageRequest } from './language.ts'

/** A question with its number. */
export type Question = Extract<LanguageRequest, { readonly id: number }>

/** Of these only the newest is worth an answer: whoever asked before has typed or moved on since. */
const OVERTAKEN: ReadonlySet<LanguageCall> = new Set(['check', 'complete', 'hover', 'define', 'uses'])

interface Worker {
  answer(question: Question): void
  /** A newer question of the same kind came before its turn. */
  drop(question: Question): void
  /** Runs it once all that was sent meanwhile has arrived. */
  later(run: () => void): void
}

/** The questions that wait for a worker's next free moment. What somebody waits for at the cursor goes before the check of the text. */
export class LanguageQueue {
  readonly #worker: Worker
  #waiting: readonly Question[] = []

  constructor(worker: Worker) {
    this.#worker = worker
  }

  push(question: Question): void {
    const overtaken = OVERTAKEN.has(question.call)
      ? this.#waiting.find(({ call }) => call === question.call)
      : undefined
    if (overtaken) this.#worker.drop(overtaken)
    if (this.#waiting.length === 0) this.#worker.later(() => this.#next())
    this.#waiting = [...this.#waiting.filter((one) => one !== overtaken), question]
  }

  #next(): void {
    const next = this.#waiting.find(({ call }) => call !== 'check') ?? this.#waiting[0]
    if (next === undefined) return
    this.#waiting = this.#waiting.filter((one) => one !== next)
    // Asked for before the answer, which may take a while: what comes meanwhile is in the queue then.
    if (this.#waiting.length > 0) this.#worker.later(() => this.#next())
    this.#worker.answer(next)
  }
}
