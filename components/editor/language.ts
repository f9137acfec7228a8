import type { WorkflowDiagnostic } from '#lib/contracts/common.ts'
import type { WorkflowInputs } from '#lib/contracts/workflows.ts'
import type { CompletionItem } from '#lib/workflow/assist/completion-item.ts'
import type { HoverText } from '#lib/workflow/assist/hover.ts'
import type { TextPoint } from '#lib/workflow/assist/language.ts'
import type { Definition } from '#lib/workflow/assist/navigate.ts'
import type { Refusal, Renamable, Renaming } from '#lib/workflow/assist/rename.ts'
import type { WorkflowChange } from '#lib/workflow/compare.ts'
import type { TextEdit } from '#lib/workflow/diagnostics.ts'
import type { WorkflowGraph } from '#lib/workflow/graph.ts'
import type { OutlineStep } from '#lib/workflow/outline.ts'
import type { Range } from '#lib/workflow/positions.ts'
import type { KnownSettings } from '#lib/workflow/validate-settings.ts'

export type { OutlineStep }

/** What the language says of one text. */
export interface LanguageAnswer {
  readonly diagnostics: readonly WorkflowDiagnostic[]
  /** null while the text is invalid. */
  readonly graph: WorkflowGraph | null
  readonly outline: readonly OutlineStep[]
  /** What a start asks for; null while the text is invalid, and where nothing is declared. */
  readonly inputs: WorkflowInputs | null
}

/** What can be asked of the worker, and what it answers. Of some only the newest question is: of the others null. */
export interface LanguageCalls {
  check: { readonly ask: { readonly text: string }; readonly answer: LanguageAnswer | null }
  complete: { readonly ask: TextPoint; readonly answer: readonly CompletionItem[] | null }
  hover: { readonly ask: TextPoint; readonly answer: HoverText | null }
  /** Where the name there was written down. */
  define: { readonly ask: TextPoint; readonly answer: Definition | null }
  /** Every place that speaks of the same. */
  uses: { readonly ask: TextPoint; readonly answer: readonly Range[] | null }
  renamable: { readonly ask: TextPoint; readonly answer: Renamable | Refusal }
  rename: { readonly ask: TextPoint & { readonly to: string }; readonly answer: Renaming }
  /** One edit that replaces the text; null where it is in order already, or cannot be read. */
  format: { readonly ask: { readonly text: string }; readonly answer: TextEdit | null }
  /** What differs in meaning; null where one of the texts is invalid. */
  compare: {
    readonly ask: { readonly before: string; readonly after: string }
    readonly answer: readonly WorkflowChange[] | null
  }
}

export type LanguageCall = keyof LanguageCalls

export type LanguageRequest =
  | { readonly [C in LanguageCall]: { readonly id: number; readonly call: C } & LanguageCalls[C]['ask'] }[LanguageCall]
  | { readonly call: 'known'; readonly known: KnownSettings }

export type LanguageReply =
  | { readonly ready: true }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failed: string }

/** The part of a Worker that is used here. */
export interface LanguageWorker {
  postMessage(request: LanguageRequest): void
  terminate(): void
  onmessage: ((event: { readonly data: LanguageReply }) => void) | null
  onerror: ((event: { preventDefault(): void }) => void) | null
}

/** How many workers may break over one question before it is given up. */
const ATTEMPTS = 3

/** Nothing of the language takes this long; a worker that is silent for so many ms will not come back. */
const SILENCE_MS = 2_000

interface Pending {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Asks the language's worker. One that hangs or breaks is replaced: what was asked of it is rejected, and the next question
 * goes to a fresh one. A question to a worker that is still being loaded waits for it as long as that takes.
 */
export class LanguageClient {
  readonly #spawn: () => LanguageWorker
  readonly #pending = new Map<number, Pending>()
  #worker: LanguageWorker | null = null
  #ready = false
  #known: KnownSettings = {}
  #silence: ReturnType<typeof setTimeout> | undefined
  #last = 0

  constructor(spawn: () => LanguageWorker) {
    this.#spawn = spawn
  }

  /** The names that the workspace has configured; texts that were checked before are not checked again. */
  setKnown(known: KnownSettings): void {
    this.#known = known
    this.#worker?.postMessage({ call: 'known', known })
  }

  ask<C extends LanguageCall>(call: C, ask: LanguageCalls[C]['ask']): Promise<LanguageCalls[C]['answer']> {
    // Within the promise: where no worker can be begun at all, that is an answer like any other.
    return new Promise<unknown>((resolve, reject) => {
      const worker = this.#worker ?? this.#begin()
      const id = ++this.#last
      this.#pending.set(id, { resolve, reject })
      worker.postMessage({ id, call, ...ask } as LanguageRequest)
      this.#listen()
    }) as Promise<LanguageCalls[C]['answer']>
  }

  /**
   * Asks until a worker answers: one that broke or was too slow is replaced, and the next may do better. Rejects when one
   * after the other broke; null when the question was not wanted any more.
   */
  async askAgain<C extends LanguageCall>(
    call: C,
    ask: LanguageCalls[C]['ask'],
    isWanted: () => boolean,
  ): Promise<LanguageCalls[C]['answer'] | null> {
    for (let attempt = 1; isWanted(); attempt++) {
      try {
        return await this.ask(call, ask)
      } catch (error) {
        if (attempt >= ATTEMPTS) throw error
      }
    }
    return null
  }

  dispose(): void {
    this.#end('The editor was closed.')
  }

  #begin(): LanguageWorker {
    const worker = this.#spawn()
    this.#worker = worker
    this.#ready = false
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker) this.#receive(data)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      if (worker === this.#worker) this.#end('The language’s worker broke.')
    }
    worker.postMessage({ call: 'known', known: this.#known })
    return worker
  }

  #receive(reply: LanguageReply): void {
    if ('ready' in reply) this.#ready = true
    else {
      const pending = this.#pending.get(reply.id)
      this.#pending.delete(reply.id)
      if ('failed' in reply) pending?.reject(new Error(reply.failed))
      else pending?.resolve(reply.answer)
    }
    this.#listen()
  }

  /** Begins to count the silence anew. */
  #listen(): void {
    clearTimeout(this.#silence)
    if (!this.#ready || this.#pending.size === 0) return
    this.#silence = setTimeout(() => this.#end('The language’s worker did not answer.'), SILENCE_MS)
  }

  #end(reason: string): void {
    clearTimeout(this.#silence)
    this.#worker?.terminate()
    this.#worker = null
    const left = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of left) reject(new Error(reason))
  }
}
