import { setTimeout as sleep } from 'node:timers/promises'

/** SQL states that say "try again": serialisation, deadlock, restart and lost connections. */
const RETRYABLE = new Set([
  '40001',
  '40P01',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
])

const DELAYS_MS = [10, 50, 200, 500, 1_000, 2_000, 4_000]
/** For requests that somebody waits for: a server that restarts is back meanwhile, and one that is away is told of soon. */
export const WHILE_SOMEBODY_WAITS_MS = [50, 200, 500, 1_000, 2_000]

/** Whether the database says that another try helps, however deep its word is wrapped. */
export function isRetryable(error: unknown): boolean {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : null) {
    if ('code' in at && RETRYABLE.has(String(at.code))) return true
  }
  return false
}

/**
 * Tries again while the database says that this helps. Safe for what only reads, and for statements whose repetition
 * changes nothing, such as a compare-and-set: whether the first one did commit, its caller finds out.
 */
export async function retrying<T>(work: () => Promise<T>, delays: readonly number[] = DELAYS_MS): Promise<T> {
  for (const delay of delays) {
    try {
      return await work()
    } catch (error) {
      if (!isRetryable(error)) throw error
      await sleep(delay)
    }
  }
  return work()
}
