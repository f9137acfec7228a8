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

export function isRetryable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && RETRYABLE.has(String(error.code))
}

/**
 * Tries again while the database says that this helps. Safe for statements whose repetition changes nothing: a
 * compare-and-set that did commit is answered with "not written" the second time, and its caller looks again.
 */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (const delay of DELAYS_MS) {
    try {
      return await work()
    } catch (error) {
      if (!isRetryable(error)) throw error
      await sleep(delay)
    }
  }
  return work()
}
