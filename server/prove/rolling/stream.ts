import { setTimeout as pause } from 'node:timers/promises'

/** A reader of the events of all runs, as a browser is one. */
export interface Stream {
  /** Runs whose end it heard of. */
  readonly ended: ReadonlySet<string>
  /** How often it had to go on elsewhere. */
  reopened(): number
  stop(): void
}

/** Follows the events through one of several web processes; when that ends the stream, it goes on at the next. */
export async function followStream(urls: readonly string[], key: string, first: number): Promise<Stream> {
  const ended = new Set<string>()
  const over = new AbortController()
  let opened = 0
  let position: string | null = null
  let onOpen = () => {}
  const open = new Promise<void>((resolve) => {
    onOpen = resolve
  })

  const take = (frame: string): void => {
    for (const line of frame.split('\n')) {
      if (line.startsWith('id: ')) position = line.slice(4)
      if (!line.startsWith('data: ')) continue
      const { run_id, type }: { run_id: string; type: string } = JSON.parse(line.slice(6))
      if (type === 'run.completed') ended.add(run_id)
    }
  }
  const read = async (url: string): Promise<void> => {
    const headers = { authorization: `Bearer ${key}`, ...(position === null ? {} : { 'last-event-id': position }) }
    const { ok, body } = await fetch(`${url}/api/v1/executions/events`, { headers, signal: over.signal })
    if (!ok || !body) throw new Error('no stream')
    opened++
    let rest = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const frames = (rest + chunk).split('\n\n')
      rest = frames.pop() ?? ''
      frames.forEach(take)
      if (position !== null) onOpen()
    }
  }
  const follow = async (): Promise<void> => {
    for (let at = first; !over.signal.aborted; at++) {
      // It ends in order or is cut off: either way another one is asked.
      await read(urls[at % urls.length] ?? '').catch(() => pause(100))
    }
  }
  void follow()
  await open
  return { ended, reopened: () => opened - 1, stop: () => over.abort() }
}
