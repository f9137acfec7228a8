import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** Worker processes beside this one, as they stand on machines of their own. */
export interface WorkerProcesses {
  /** Lets all of them begin. */
  go(): Promise<void>
  /** Ends them in order. */
  stop(): Promise<void>
}

/** Starts processes that are ready to work, and wait. */
export async function spawnWorkers(url: string, count: number, concurrency: number): Promise<WorkerProcesses> {
  const program = join(import.meta.dirname, '..', 'worker.ts')
  const children = Array.from({ length: count }, () =>
    fork(program, [url, String(concurrency)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
  )
  await Promise.all(children.map(next))
  const ask = (text: string) =>
    Promise.all(
      children.map((child) => {
        const answer = next(child)
        child.send(text)
        return answer
      }),
    )
  return {
    go: async () => void (await ask('go')),
    async stop() {
      const gone = children.map((child) => once(child, 'exit'))
      for (const child of children) child.disconnect()
      await Promise.all(gone)
    },
  }
}

/** The next thing it says. Rejects when it ends instead. */
async function next(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController()
  const failed = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a worker process ended with ${code}`)
  })
  try {
    const [message]: unknown[] = await Promise.race([once(child, 'message', { signal: ended.signal }), failed])
    return message
  } finally {
    failed.catch(() => {})
    ended.abort()
  }
}
