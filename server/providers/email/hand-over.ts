import { Readable } from 'node:stream'
import type { Sent } from './email.ts'

/** A mail on its way over a connection, as far as its sender knows. */
export interface HandOver {
  /** The mail as the connection reads it: nothing of it before it is kept that it goes out. */
  pass(mail: Readable): Readable
  /** Why it was not to be sent; null: nobody said so. */
  withheld(): { readonly reason: unknown } | null
  /** Whether all of it was read. Before that its end was never written, so that no server takes it for a mail. */
  whole(): boolean
  /** The connection is given up: what has not been read by now never is. */
  end(): void
}

/** Holds a mail back until the server has asked for its text and `sent` is committed. */
export function handOver(sent: Sent): HandOver {
  let withheld: { readonly reason: unknown } | null = null
  let whole = false
  let ended = false
  async function* guarded(mail: Readable): AsyncGenerator<Uint8Array> {
    try {
      await sent()
    } catch (reason) {
      withheld = { reason }
      throw reason
    }
    if (ended) throw new Error('the connection was given up meanwhile')
    yield* mail
    whole = true
  }
  return {
    pass: (mail) => Readable.from(guarded(mail), { objectMode: false }),
    withheld: () => withheld,
    whole: () => whole,
    end() {
      ended = true
    },
  }
}
